"""What a turn wants done outside of itself, as values. The shell carries them out in the turn's one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.advice.applications import Application
from bot.advice.facts import Outcome, Refusal
from bot.advice.learning.exploring import Decision
from bot.advice.weeks import Review
from bot.dialogs.appointment import Appointment

NEW_ACTION = "@new"
"""Step of a button that speaks of the action opened in this same turn: its id does not exist yet."""


@dataclass(frozen=True, slots=True)
class OpenAction:
    """Open an action; an open one is closed with `closing` in the same transaction."""

    catalogue_id: str
    family: str
    effort: str
    minutes: int
    origin: str  # push | asked | micro
    reasons: tuple[str, ...] = ()
    closing: Outcome = Outcome.REPLACED
    decision: Decision | None = None
    own_words: str | None = None
    author: str | None = None
    """Name of the counsellor who assigned it."""
    assignment: int | None = None
    """Number of what they assigned."""


@dataclass(frozen=True, slots=True)
class CloseAction:
    """Close an action once; closing a closed one has no effect.

    `late`: a new day had closed it, and it was done all the same.
    """

    action: int
    outcome: Outcome
    refusal: Refusal | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class ReopenAction:
    """Undo a "done"."""

    action: int


@dataclass(frozen=True, slots=True)
class MarkAction:
    """Note what the person said of an action; None leaves a mark as it is."""

    action: int
    easier: bool | None = None
    stuck: bool | None = None
    felt: str | None = None


@dataclass(frozen=True, slots=True)
class AskHelp:
    """Tell the counsellor who assigned an action that a hand with it is welcome."""

    action: int


@dataclass(frozen=True, slots=True)
class AnswerProposal:
    """What the person answers to something that a counsellor proposes.

    answer: yes | no | other | letter | leave, or drop-N: the line N of a letter is left out.
    """

    proposal: int
    answer: str


@dataclass(frozen=True, slots=True)
class SavePlan:
    """Keep a plan for an action. `local_when` is the person's wall clock; no recall when `recall` is False."""

    action: int
    local_when: datetime
    place: str | None
    obstacle: str | None
    fallback: str | None
    recall: bool = True


@dataclass(frozen=True, slots=True)
class DropPlan:
    """Forget the plan of an action and its recall."""

    action: int


@dataclass(frozen=True, slots=True)
class RestorePlan:
    """Undo that: a recall still to come comes."""

    action: int


@dataclass(frozen=True, slots=True)
class DropMessages:
    """Nothing that waits to be sent to this person is sent any more: they blocked Bob."""


@dataclass(frozen=True, slots=True)
class TakeDay:
    """Use up the person's daily push of this local date (the first micro-action is day 1's)."""

    day: date
    origin: str


@dataclass(frozen=True, slots=True)
class AnswerStrategy:
    """Keep what the person answered to a strategy."""

    strategy: str
    state: str  # accepted | later | refused
    reason: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class NoteRefusal:
    """Keep that the person told of an employer's refusal on this local date."""

    day: date


@dataclass(frozen=True, slots=True)
class KeepApplication:
    """Add an application to the board, or replace the one of its number."""

    application: Application


@dataclass(frozen=True, slots=True)
class RemoveApplication:
    """Delete the application of that number."""

    number: int


@dataclass(frozen=True, slots=True)
class KeepReview:
    """Add the weekly review of a date, or replace it."""

    review: Review


@dataclass(frozen=True, slots=True)
class KeepAppointment:
    """Keep an appointment, or what has changed of it; its reminders are derived anew."""

    appointment: Appointment


@dataclass(frozen=True, slots=True)
class CountForResearch:
    """Count something of somebody who agreed to research; below zero: take the last back.

    what: accepted | applications | interviews | offer | job.
    """

    what: str
    amount: int = 1
    action: str | None = None


@dataclass(frozen=True, slots=True)
class GiveConsent:
    """Record a yes: kind use | sharing | research | surveys. `version`: of the text; None: of the first screen's."""

    kind: str
    version: str | None = None


@dataclass(frozen=True, slots=True)
class RevokeConsent:
    """Record the end of a consent."""

    kind: str


@dataclass(frozen=True, slots=True)
class AgreeToTeam:
    """Link the person with the team of an invitation (digest of its code); the shell says what came of it."""

    invitation: str
    shown: tuple[str, ...]
    words_to: str  # topic | private
    initial: str = ""


@dataclass(frozen=True, slots=True)
class ChangeSharing:
    """What a team's card shows from now on, and where the person's words go."""

    link: int
    shown: tuple[str, ...]
    words_to: str


@dataclass(frozen=True, slots=True)
class LeaveTeam:
    """End a link, and the team's access, at once."""

    link: int


@dataclass(frozen=True, slots=True)
class WriteToTeam:
    """Hand the message of this event on to the team of that link."""

    link: int


SENT = "@sent"
"""In the value of a button: the message of this event, which is handed on to a team. Dialogues know no message ids."""


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Take back a message that was handed on to the team of that link; the shell says what came of it."""

    link: int
    message: int


@dataclass(frozen=True, slots=True)
class SendToTopic:
    """Hand a message on to the topic, which could not go to a private chat; the shell says what came of it."""

    link: int
    message: int


@dataclass(frozen=True, slots=True)
class AskForHuman:
    """The person would like to talk with a human."""

    link: int


@dataclass(frozen=True, slots=True)
class BecomePerson:
    """The visitor agreed: make the profile (once, however often it is asked)."""


@dataclass(frozen=True, slots=True)
class ForgetVisitor:
    """The visitor declined: nothing is kept once the farewell is delivered."""


@dataclass(frozen=True, slots=True)
class ExportData:
    """Send everything kept about the person as a file."""

    caption: str


@dataclass(frozen=True, slots=True)
class NoteJob:
    """Keep that the person told of a job on this local date."""

    day: date


@dataclass(frozen=True, slots=True)
class EndJob:
    """Keep that the job ended, as the person told on this local date; `mistaken`: that there was none."""

    day: date
    mistaken: bool = False


@dataclass(frozen=True, slots=True)
class CountAnswer:
    """Count an answer to a survey. Nothing of the person is kept with it."""

    question: str
    answer: str
    year: int


@dataclass(frozen=True, slots=True)
class ShowProgress:
    """Say what the person did so far (`bot.dialogs.progress.reply`)."""


@dataclass(frozen=True, slots=True)
class ShowAccess:
    """Say who can see what of the person, and a page of what was done with it (`bot.dialogs.access.reply`)."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class AnswerSeat:
    """Take or give on a seat in a workshop. What becomes of it is said by the shell (`bot.dialogs.workshop`)."""

    seat: int
    going: bool


@dataclass(frozen=True, slots=True)
class RefuseSeveral:
    """Have no messages to several people from the team of this link for a while, or have them again (`off` False)."""

    link: int
    off: bool


@dataclass(frozen=True, slots=True)
class OfferCall:
    """Offer to ask the person's counsellors, if they have any, to call (`bot.dialogs.call_me`)."""


@dataclass(frozen=True, slots=True)
class AskForCall:
    """The person agreed that the counsellor of this link be asked to call. Nothing is kept of why."""

    link: int


@dataclass(frozen=True, slots=True)
class DeletePerson:
    """Delete everything kept about the person, at once."""


Effect = (
    OpenAction
    | CloseAction
    | ReopenAction
    | MarkAction
    | AskHelp
    | AnswerProposal
    | SavePlan
    | DropPlan
    | RestorePlan
    | DropMessages
    | TakeDay
    | AnswerStrategy
    | NoteRefusal
    | KeepApplication
    | RemoveApplication
    | KeepReview
    | KeepAppointment
    | CountForResearch
    | GiveConsent
    | RevokeConsent
    | AgreeToTeam
    | ChangeSharing
    | LeaveTeam
    | WriteToTeam
    | TakeBack
    | SendToTopic
    | AskForHuman
    | BecomePerson
    | ForgetVisitor
    | ExportData
    | NoteJob
    | EndJob
    | CountAnswer
    | ShowProgress
    | ShowAccess
    | AnswerSeat
    | RefuseSeveral
    | OfferCall
    | AskForCall
    | DeletePerson
)
