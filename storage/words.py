"""The words that a column may hold. The tables' CHECK constraints are made from these."""

from typing import Literal, get_args

Status = Literal["active", "paused", "stopped", "unreachable"]
ConsentKind = Literal["use", "sharing", "research", "surveys"]
DayOrigin = Literal["push", "micro", "covered", "missed"]
ActionOrigin = Literal["push", "asked", "micro"]
RecallState = Literal["waiting", "sent", "dropped", "answered"]
ApplicationState = Literal["todo", "sent", "interview", "offer", "refused"]
ReviewSubject = Literal["applications", "contacts"]
StrategyState = Literal["accepted", "later", "refused"]
Lane = Literal["interactive", "bulk"]
Method = Literal["send", "edit", "delete", "pin", "copy", "copy_album", "edit_copy", "react", "topic"]
RowState = Literal["waiting", "leased", "started", "sent", "failed", "lost"]
UNSETTLED: tuple[RowState, ...] = ("waiting", "leased", "started")
InboxState = Literal["waiting", "set_aside"]
AppointmentKind = Literal["interview", "counsellor", "job_centre", "group", "private", "other"]
AppointmentState = Literal["planned", "cancelled"]
EventKind = Literal[
    "delivered",
    "accepted",
    "planned",
    "done",
    "helped",
    "easier",
    "stuck",
    "refused",
    "applications",
    "interviews",
    "offer",
    "job",
]
GroupState = Literal["active", "lost"]
DigestPlace = Literal["group", "private", "none"]
WordsTo = Literal["topic", "private"]
TopicState = Literal["opening", "open", "closed"]
Direction = Literal["to_team", "to_person"]
Audited = Literal[
    "consent given: use",
    "consent given: sharing",
    "consent given: research",
    "consent given: surveys",
    "consent withdrawn: use",
    "consent withdrawn: sharing",
    "consent withdrawn: research",
    "consent withdrawn: surveys",
    "export",
    "came by an invitation",
    "linked with a team",
    "sharing changed",
    "left a team",
    "card opened",
    "write asked",
    "message sent",
    "message taken back",
    "topic made again",
    "human asked",
    "call asked",
    "seen to",
    "list used",
    "list changed",
    "message to several people",
    "messages to several off",
    "messages to several on",
    "report opened",
    "report exported",
    "report sent",
    "workshop invitation",
    "workshop moved",
    "workshop cancelled",
    "action looked up",
    "action assigned",
    "action changed",
    "appointments opened",
    "appointment proposed",
    "appointment changed",
    "break asked",
    "favourite changed",
    "handover asked",
    "handover began",
    "handover over",
    "message for later",
    "note written",
    "notes opened",
    "note deleted",
]
"""What an entry of the audit log can say: a closed list, so that it can hold nothing of anybody.

Each has its sentence in `bot/locales/access.toml`.
"""
BulkState = Literal["draft", "sending", "done", "undone"]
RecipientState = Literal["waiting", "queued", "delivered", "failed", "undone"]
WorkshopState = Literal["draft", "open", "cancelled"]
SeatState = Literal["picked", "kept", "offered", "accepted", "waiting", "declined", "missed"]
AlertKind = Literal["call", "human", "stuck", "nothing_done"]
Arm = Literal["prompt", "no_prompt"]
AssignmentState = Literal["draft", "waiting", "given", "over", "withdrawn"]
ProposalKind = Literal["appointment", "pause", "cover", "transfer"]
ProposalState = Literal["draft", "waiting", "said", "accepted", "declined", "withdrawn", "over"]
LaterState = Literal["waiting", "sent", "cancelled"]


def listed(words: object) -> tuple[str, ...]:
    """The words of one of the literals above, in order."""
    return tuple(get_args(words))
