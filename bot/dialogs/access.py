"""Who can see what of a person, and who did what with it through Bob: the part of the audit log that is theirs.

It keeps no place in a conversation: a button holds the page that it opens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from bot.dialogs.effects import ShowAccess
from bot.dialogs.replies import Button, ButtonMaker, Reply
from bot.dialogs.turn import Turn

BUTTON = ButtonMaker("access")
ENTRIES = 8
"""How many entries a page holds."""
LAST_PAGE = 999
_OPEN, _STEP, _PAGE = "open", "page", re.compile(r"\d{1,3}")


@dataclass(frozen=True, slots=True)
class Reader:
    """A team that follows the person: its members can read the topic, the counsellor and who covers for them act."""

    team: str
    members: tuple[str, ...]
    counsellor: str | None
    cover: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was done or opened. `what`: one of `storage.words.Audited`; `by`: a counsellor's name."""

    what: str
    at: datetime
    by: str | None = None


def show(turn: Turn, page: int = 0) -> None:
    """That page, newest first. The shell looks it up, and says `reply`."""
    turn.do(ShowAccess(page))


def press(turn: Turn, value: str) -> bool:
    """A button of these messages; False when it fits nothing."""
    if value == _OPEN:
        turn.on_message = False  # the message of the button stays as it is
        show(turn)
        return True
    if not value.isascii() or _PAGE.fullmatch(value) is None:
        return False
    show(turn, int(value))
    return True


def button(turn: Turn) -> Button:
    """The button that opens it, for other conversations."""
    return BUTTON(turn.voice("access.button.open"), _OPEN, _STEP)


def reply(
    turn: Turn, readers: tuple[Reader, ...], entries: tuple[Entry, ...], page: int, *, more: bool
) -> Reply:
    """What the person reads; `more`: there are older entries."""
    voice = turn.voice
    lines = [] if page else [*(_reader(turn, reader) for reader in readers)]
    if not page and not readers:
        lines.append(voice("access.nobody"))
    elif not page:
        lines.append(voice("access.unseen"))
    told = [_entry(turn, entry) for entry in entries]
    lines += [voice("access.done"), *told] if told else [voice("access.nothing")]
    older = (BUTTON(voice("access.button.older"), str(page + 1), _STEP),) if more and page < LAST_PAGE else ()
    newer = (BUTTON(voice("access.button.newer"), str(page - 1), _STEP),) if page else ()
    row = (*newer, *older)
    return Reply(
        "\n".join(lines),
        title=voice("access.title"),
        buttons=(row,) if row else (),
        replace=turn.on_message,
    )


def _reader(turn: Turn, reader: Reader) -> str:
    voice = turn.voice
    members = voice.listing(list(reader.members)) if reader.members else voice("access.no_member")
    lines = [voice("access.reads", team=reader.team, members=members)]
    if reader.counsellor is not None:
        lines.append(voice("access.acts", who=reader.counsellor))
    if reader.cover is not None:
        lines.append(voice("access.covers", who=reader.cover))
    return "\n".join(lines)


def _entry(turn: Turn, entry: Entry) -> str:
    voice, at = turn.voice, entry.at.astimezone(turn.zone)
    key = f"access.what.{slug(entry.what)}"
    what = voice(key if voice.has(key) else "access.what.other")
    when = voice("access.when", day=_day(turn, at), hour=voice.hour(at.time()))
    if entry.by is None:
        return voice("access.entry", when=when, what=what)
    return voice("access.entry_by", when=when, what=what, who=entry.by)


def _day(turn: Turn, at: datetime) -> str:
    """The date; with its year, when that is another one."""
    day = turn.voice.short_date(at.date())
    return day if at.year == turn.today.year else f"{day} {at.year}"


def slug(what: str) -> str:
    """What is done as it is written in a key: "consent given: use" is "consent_given_use"."""
    return re.sub(r"\W+", "_", what)
