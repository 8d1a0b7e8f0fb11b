"""The tables, by subject. The Core tables that statements are made of are in `storage.tables.core`."""

from storage.tables.acting import (
    Assignment,
    Favourite,
    LaterMessage,
    Proposal,
    QuickReply,
    TeamNote,
    TeamPrompt,
)
from storage.tables.applications import Application, Review
from storage.tables.appointments import Appointment
from storage.tables.bulk import Answered, Bulk, BulkOff, BulkRecipient, ListMember, ReportWish
from storage.tables.consents import Consent
from storage.tables.days import Action, Day, EmployerRefusal, Plan, StrategyAnswer
from storage.tables.events import Event, EventSubject
from storage.tables.following import Alert, Attention, DaysOff, Watch
from storage.tables.inbox import Inbox, UpdateSeen
from storage.tables.jobs import Job, SurveyCount
from storage.tables.keeping import Counter, Meta
from storage.tables.learnt import Learnt
from storage.tables.links import Link, Mention, Relay, Topic
from storage.tables.outbox import Outbox, SenderPause
from storage.tables.people import Account, Dialogue, Person, Visitor
from storage.tables.privacy import Audit, Deletion, Subject
from storage.tables.rome import RomeMobility, RomeOccupation, RomeSuccessor, RomeTitle, RomeVersion
from storage.tables.teams import Counsellor, Hint, Invitation, Team, TeamGroup
from storage.tables.workshops import Seat, Workshop

__all__ = [
    "Account",
    "Action",
    "Alert",
    "Answered",
    "Application",
    "Appointment",
    "Assignment",
    "Attention",
    "Audit",
    "Bulk",
    "BulkOff",
    "BulkRecipient",
    "Consent",
    "Counsellor",
    "Counter",
    "Day",
    "DaysOff",
    "Deletion",
    "Dialogue",
    "EmployerRefusal",
    "Event",
    "EventSubject",
    "Favourite",
    "Hint",
    "Inbox",
    "Invitation",
    "Job",
    "LaterMessage",
    "Learnt",
    "Link",
    "ListMember",
    "Mention",
    "Meta",
    "Outbox",
    "Person",
    "Plan",
    "Proposal",
    "QuickReply",
    "Relay",
    "ReportWish",
    "Review",
    "RomeMobility",
    "RomeOccupation",
    "RomeSuccessor",
    "RomeTitle",
    "RomeVersion",
    "Seat",
    "SenderPause",
    "StrategyAnswer",
    "Subject",
    "SurveyCount",
    "Team",
    "TeamGroup",
    "TeamNote",
    "TeamPrompt",
    "Topic",
    "UpdateSeen",
    "Visitor",
    "Watch",
    "Workshop",
]
