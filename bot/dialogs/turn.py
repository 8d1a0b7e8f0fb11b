"""One event of one person, as the dialogues see it: what is known, what changes, what is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.advice import applications, weeks
from bot.advice.diagnosis import Diagnosis, diagnose
from bot.advice.facts import Facts, Family, History, Outcome
from bot.advice.items import Catalogue
from bot.advice.learning.exploring import InUse
from bot.advice.occupation import Occupation
from bot.advice.profile import Profile
from bot.dialogs.appointment import Appointment
from bot.dialogs.effects import Effect
from bot.dialogs.following import FollowedBy, Invitation
from bot.dialogs.from_team import Assigned, Proposed
from bot.dialogs.replies import Button, Reply, Toast
from bot.dialogs.texts import Voice, voice_of
from bot.sources.found import Found
from bot.sources.looked_up import NO_LOOKUPS, Lookups, widened
from bot.sources.occupations import KnownOccupation, Occupations
from bot.sources.places import Place, Places


@dataclass(slots=True)
class OpenDialogue:
    """Where the person stands in one conversation. `data` is small and JSON-like."""

    state: str
    version: int
    data: dict[str, Any] = field(default_factory=dict)
    updated_at: datetime | None = None


@dataclass(slots=True)
class Person:
    """The working copy of a person; what changes here is saved by the shell."""

    language: str
    form: str
    profile: Profile = field(default_factory=Profile)
    status: str = "active"  # active | paused | stopped | unreachable
    paused_until: datetime | None = None
    pause_reason: str | None = None
    focus: str | None = None
    dialogues: dict[str, OpenDialogue] = field(default_factory=dict)
    consents: frozenset[str] = frozenset()
    consent_version: str | None = None
    last_push: date | None = None  # latest local date whose daily push is used up
    unanswered: int = 0  # unasked messages in a row without an answer
    last_seen: datetime | None = None  # before this event, to the hour

    @property
    def voice(self) -> Voice:
        return voice_of(self.language, self.form)


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as the person made it."""

    local_when: datetime
    place: str | None
    obstacle: str | None
    fallback: str | None


@dataclass(frozen=True, slots=True)
class ActionView:
    """One action that the person received."""

    id: int
    catalogue_id: str
    day: date
    outcome: Outcome
    easier: bool
    stuck: bool
    reasons: tuple[str, ...] = ()
    plan: PlanView | None = None
    felt: str | None = None
    explored: bool = False  # left to chance among the best (`bot.advice.learning.exploring`)
    own_words: str | None = None  # the person's own action; `catalogue_id` then names nothing
    author: str | None = (
        None  # the counsellor who assigned it, by name; `own_words` are then the counsellor's
    )
    closed_on: date | None = None  # local date


@dataclass(frozen=True, slots=True)
class World:
    """What is the same for everybody: the catalogue, what was learnt of it, and who runs this Bob."""

    catalogue: Catalogue
    operator: str
    contact: str
    privacy_url: str
    occupations: Occupations
    places: Places
    learning: InUse = field(default_factory=InUse)
    username: str = ""  # of the bot at Telegram, for links to it
    planless_percent: float = 10  # of the weeks of those who agreed to research (`bot.dialogs.research`)


NO_HISTORY = History()
SAME_WORDS = 0.95
"""Score of a job found in the list from which the words are its name."""


@dataclass(slots=True)
class Turn:
    """The model of one event. Callbacks compute and append; they never do I/O."""

    world: World
    person: Person
    now: datetime  # aware, UTC
    seed: str
    history: History = NO_HISTORY
    board: tuple[applications.Application, ...] = ()
    """The person's applications; empty where they never noted one."""
    reviews: tuple[weeks.Review, ...] = ()
    """Their weekly reviews, newest first."""
    open_action: ActionView | None = None
    pressed_action: ActionView | None = None
    appointments: tuple[Appointment, ...] = ()
    """Those still to come, cancelled ones too."""
    assigned: tuple[Assigned, ...] = ()
    """Actions that a counsellor chose and that wait for their day, the earliest first."""
    proposed: tuple[Proposed, ...] = ()
    """What a counsellor proposes, and the person may still answer."""
    lookups: Lookups = NO_LOOKUPS
    """What live sources said of the typed words, asked before the turn."""
    invitation: Invitation | None = None
    """The counsellor's offer that waits for a yes or a no, while it holds."""
    followed_by: tuple[FollowedBy, ...] = ()
    """The teams that follow the person."""
    answered_link: int | None = None
    """The event answers a message that a counsellor of this link wrote."""
    on_message: bool = False
    """The event is a press: what is said may take the place of the pressed message."""
    replies: list[Reply] = field(default_factory=list)
    toast: Toast | None = None
    effects: list[Effect] = field(default_factory=list)
    lead: list[str] = field(default_factory=list)
    """Short lines to put before the next message of this turn."""

    @property
    def voice(self) -> Voice:
        return self.person.voice

    @property
    def profile(self) -> Profile:
        return self.person.profile

    @profile.setter
    def profile(self, profile: Profile) -> None:
        self.person.profile = profile

    @property
    def local_now(self) -> datetime:
        """The person's wall clock, aware."""
        return self.now.astimezone(ZoneInfo(self.person.profile.time_zone))

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that the person is in."""
        return ZoneInfo(self.person.profile.time_zone)

    @property
    def today(self) -> date:
        return self.local_now.date()

    @property
    def facts(self) -> Facts:
        today, profile = self.today, self.profile
        if self.board:
            profile = applications.fed(profile, self.board, today)
        return Facts(
            profile,
            today,
            self.occupation,
            self.history,
            self.seed,
            self.preferred(today) if self.goal else None,
        )

    @property
    def goal(self) -> weeks.Goal | None:
        """What the person set in their last review that had a goal."""
        return next((review.goal for review in self.reviews if review.goal is not None), None)

    def preferred(self, day: date) -> Family | None:
        """The family that the goal asks for on that day."""
        return weeks.preferred(self.goal, self.profile, self.board, self.history, day)

    def diagnosed(self) -> Diagnosis:
        """The diagnosis of the person as they are now."""
        return diagnose(self.facts)

    @property
    def occupation(self) -> Occupation | None:
        known = self.world.occupations.by_code(self.person.profile.job_code)
        return known.facts if known else None

    def find_job(self, text: str) -> Found[KnownOccupation]:
        """What a person typed about their job."""
        known = self.world.occupations
        return widened(known.search(text), self.lookups.job, text, known.by_code)

    def is_job(self, words: str) -> bool:
        """Whether the embedded list knows these very words as a job."""
        found = self.world.occupations.search(words).candidates
        return bool(found) and found[0].score >= SAME_WORDS

    def find_place(self, text: str) -> Found[Place]:
        """What a person typed about their town."""
        known = self.world.places
        return widened(known.search(text), self.lookups.place, text, known.by_code)

    def say(self, reply: Reply | str, buttons: tuple[tuple[Button, ...], ...] = ()) -> None:
        """Add a message, after the lines that wait in `lead` (an edit of an old message leaves them waiting)."""
        message = Reply(reply, buttons=buttons) if isinstance(reply, str) else reply
        if self.lead and not message.replace:
            lines, self.lead = "\n".join(self.lead), []
            if message.title:
                self.replies.append(Reply(lines))
            else:
                message = replace(message, text=f"{lines}\n\n{message.text}")
        self.replies.append(message)

    def tell(self, key: str, **values: Any) -> None:
        """Add a plain message by its key."""
        self.say(self.voice(key, **values))

    def do(self, *effects: Effect) -> None:
        self.effects.extend(effects)


def words_known(profile: Profile, voice: Voice, *, blanks: bool = False) -> Mapping[str, str]:
    """Values of the catalogue's variables; with `blanks`, an unknown one is a bracketed blank to fill in."""
    known: dict[str, str] = {}
    if profile.first_name:
        known["first_name"] = profile.first_name
    if profile.job:
        known["job"] = profile.job
    if profile.place:
        known |= {
            "place": profile.place,
            "in_place": voice.in_place(profile.place),
            "near_place": voice.near_place(profile.place),
        }
    if not blanks:
        return known
    return {name: voice(f"common.blank.{name}") for name in VARIABLES} | known


VARIABLES = ("first_name", "job", "place", "in_place", "near_place")
