"""What Bob may write where a team reads: by its type, nothing else can be said there.

A text is a key of the locale files and values of the few kinds below. None of them holds health, money, family,
motives, a phone number, a full name or a free text of a profile: nothing that Bob writes in a group can name them.
Words that people and counsellors write themselves are relayed as they are, by copies of their messages
(`bot.counsellors.desk.Desk.copy`), never through here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from bot.advice.facts import Family
from bot.dialogs.following import name_of
from bot.dialogs.texts import Voice

LONGEST_WORDS: Final = 500
NAMESPACES: Final = frozenset(("group", "acting", "urgent", "bulk", "reports", "team"))
"""Locale files whose texts may be said to a team."""


@dataclass(frozen=True, slots=True)
class PersonLabel:
    """How a followed person is called in front of a team: first name and an initial. Made by `label`.

    With `link_id`, what is said of them can be found again when they leave.
    """

    text: str
    link_id: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class CounsellorName:
    """The name by which a counsellor is known in the team and to those whom they follow."""

    text: str


@dataclass(frozen=True, slots=True)
class TeamName:
    """The name of a team."""

    text: str


@dataclass(frozen=True, slots=True)
class ByCounsellor:
    """Words that a counsellor typed in front of the team: a note, a reason, a title of theirs."""

    text: str


@dataclass(frozen=True, slots=True)
class Secret:
    """A code or an address for a counsellor: an invitation, an activation code."""

    text: str


@dataclass(frozen=True, slots=True)
class ActionKind:
    """Of an action that a person has, no more than the kind: its words may tell what holds the person back."""

    family: Family | None

    @property
    def key(self) -> str:
        told = self.family in _TOLD
        return f"group.kind.{self.family.value}" if told and self.family else "group.kind.own"


@dataclass(frozen=True, slots=True)
class CatalogueTitle:
    """The title of an action of the catalogue that a counsellor looks up or assigns, without anybody's answers."""

    text: str


_TOLD: Final = frozenset(
    (Family.APPLICATION, Family.NETWORK, Family.SKILL, Family.EXPLORATION, Family.ORGANISATION)
)
"""Families that say nothing of health, rights (money) or motives."""


@dataclass(frozen=True, slots=True)
class OnDate:
    """A day, or a naive moment of the team's wall clock, that is read on later days too: told by its date, never as
    "today" or "tomorrow".
    """

    at: date


Sayable = (
    PersonLabel
    | CounsellorName
    | TeamName
    | ByCounsellor
    | Secret
    | ActionKind
    | CatalogueTitle
    | OnDate
    | date
    | int
)
_WRAPPED = (PersonLabel, CounsellorName, TeamName, ByCounsellor, Secret, CatalogueTitle)


def label(first_name: str | None, initial: str = "", link_id: int | None = None) -> PersonLabel:
    """ "Sofia M.": the first word of the first name, letters only, and one letter. "?" for somebody without a name."""
    return PersonLabel(name_of(first_name, initial), link_id)


@dataclass(frozen=True, slots=True)
class GroupText:
    """A text for a team: `key` of a locale file, filled with `values`; or `parts`, one to a line."""

    key: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    parts: tuple[GroupText, ...] = ()
    named_beside: frozenset[int] = frozenset()
    """Links of those whom the rest of the message names: its buttons, its document."""

    def people(self) -> Iterator[int]:
        """The links of those whom it names."""
        yield from self.named_beside
        for part in (*self.parts, *dict(self.values).values()):
            if isinstance(part, GroupText):
                yield from part.people()
            elif isinstance(part, PersonLabel) and part.link_id is not None:
                yield part.link_id

    def render(self, voice: Voice, today: date) -> str:
        """The words. `today` is the team's date, from which days are told."""
        if self.parts:
            return "\n".join(part.render(voice, today) for part in self.parts)
        words = voice(self.key, **{name: _shown(value, voice, today) for name, value in self.values.items()})
        for value in self.values.values():
            if isinstance(value, PersonLabel) and value.text.endswith("."):
                words = words.replace(f"{value.text}.", value.text)  # "Sofia M." at the end of a sentence
        return words


def said(key: str, **values: Sayable | GroupText) -> GroupText:
    """A text of a locale file. TypeError for a value that may not be said, ValueError for a key of elsewhere.

    Values: the kinds above; `date` is told as a day, a naive `datetime` as a moment of the team's wall clock; `n` and
    other counts as they are. A plain string is refused: it could hold anything.
    """
    if key.partition(".")[0] not in NAMESPACES:
        raise ValueError(f"{key} is no text for a team")
    for name, value in values.items():
        if not isinstance(value, (*_WRAPPED, ActionKind, OnDate, date, int, GroupText)):
            raise TypeError(f"{key}: {name} may not be said to a team ({type(value).__name__})")
    return GroupText(key, dict(values))


def naming(text: GroupText, link_ids: Iterable[int]) -> GroupText:
    """The same text, of a message that names these people elsewhere than in it: on its buttons, in its document."""
    return replace(text, named_beside=frozenset(link_ids))


def lines(*parts: GroupText | None) -> GroupText:
    """Texts under each other; None is left out."""
    return GroupText(parts=tuple(part for part in parts if part is not None))


def _shown(value: object, voice: Voice, today: date) -> object:
    match value:
        case GroupText():
            return value.render(voice, today)
        case ActionKind():
            return voice(value.key)
        case OnDate(datetime() as at):
            return voice("common.moment", day=voice.date(at.date()), hour=voice.hour(at.time()))
        case OnDate(day):
            return voice.date(day)
        case datetime():
            return voice.moment(value, today)
        case date():
            return voice.day(value, today)
        case ByCounsellor(text):
            return " ".join(text.split())[:LONGEST_WORDS]
        case PersonLabel(text) | CounsellorName(text) | TeamName(text) | Secret(text) | CatalogueTitle(text):
            return text
        case _:
            return value
