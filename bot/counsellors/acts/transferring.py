"""Somebody else follows a person: for a time, with a return by itself, or for good, with a letter.

`/transferer` in the topic: whom, then until when. The person hears of it first, with both names, and may say no. A
relay begins the next morning; a change for good three days later. Where a counsellor has left, any member may take over
those who have nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from bot.counsellors import prompts
from bot.counsellors.acts import letters, standing
from bot.counsellors.group_text import CounsellorName, lines, said
from bot.counsellors.turn import VERSION, GroupTurn, acting, has_nobody
from bot.dialogs.incoming import Press
from bot.dialogs.replies import Button
from bot.understanding.pauses import pause
from storage import links, people, proposals, teams
from storage.team_words import PromptRow
from storage.words import Audited

ROOM: Final = "transfer"
DAYS: Final = (7, 14, 30)
LONGEST: Final = timedelta(days=120)
NOTICE: Final = timedelta(days=3)
"""Between the announcement of a change for good and the change: time to say no."""
NOTICE_ALONE: Final = timedelta(days=1)
"""Where nobody follows the person any more: until then nobody can answer them."""
LONGEST_WORDS: Final = 500


def command(turn: GroupTurn, argument: str) -> None:
    """`/transferer` in a topic: to whom. Elsewhere: the people who have nobody any more."""
    if turn.link is None:
        _list_without_anybody(turn)
    elif _may(turn, "handover asked"):
        _ask_whom(turn)


def _may(turn: GroupTurn, what: Audited) -> bool:
    """Whether this member may hand the person over: their counsellor, who covers, or anybody where they have nobody."""
    link = turn.link
    if link is not None and link.team_id == turn.team.id and has_nobody(turn, link):
        turn.note(link, what)
        return True
    return acting(turn, link, what)


def _list_without_anybody(turn: GroupTurn) -> None:
    left = [link for link in links.of_team(turn.conn, turn.team.id) if has_nobody(turn, link)]
    if not left:
        turn.answer(said("acting.transfer.nobody_alone"))
        return
    listed = [said("acting.star.line", person=turn.label_of(link)) for link in left[:20]]
    turn.answer(lines(said("acting.transfer.alone", n=len(left)), *listed))


def _ask_whom(turn: GroupTurn) -> None:
    assert turn.link is not None
    current = turn.link.counsellor_id
    colleagues = [one for one in teams.members(turn.conn, turn.team.id) if one.id != current]
    if not colleagues:
        turn.answer(said("acting.transfer.no_colleague"))
        return
    buttons = [_button(turn, CounsellorName(one.name).text, f"to-{one.id}") for one in colleagues[:12]]
    turn.answer(said("acting.transfer.whom", person=turn.label_of(turn.link)), buttons=_rows(buttons))


def _rows(buttons: Iterable[Button]) -> tuple[tuple[Button, ...], ...]:
    row = list(buttons)
    return tuple(tuple(row[first : first + 3]) for first in range(0, len(row), 3))


def _button(turn: GroupTurn, label: str, value: str) -> Button:
    assert turn.link is not None
    return Button(label[:40], ROOM, VERSION, str(turn.link.id), value)


def _ask_how_long(turn: GroupTurn, to: int) -> None:
    assert turn.link is not None
    days = tuple(_button(turn, turn.voice("acting.button.days", n=each), f"for-{to}-{each}") for each in DAYS)
    others = (
        _button(turn, turn.voice("acting.button.other_date"), f"until-{to}"),
        _button(turn, turn.voice("acting.transfer.button.good"), f"good-{to}"),
    )
    who = turn.name_of(to)
    buttons = (others[1:],) if has_nobody(turn, turn.link) else (days, others)
    turn.answer(said("acting.transfer.how_long", person=turn.label_of(turn.link), who=who), buttons=buttons)


# For a time


def answered_until(turn: GroupTurn, prompt: PromptRow) -> None:
    """The last day of a relay, typed."""
    words = prompts.words_of(turn)
    if words is None or not _may(turn, "handover asked"):
        return
    found = pause(f"jusqu'au {words[:100]}", turn.today).back or pause(words[:100], turn.today).back
    if found is None:
        prompts.ask(turn, "transfer", said("acting.break.until"), "acting.hint.until", to=prompt.data["to"])
        return
    _cover(turn, int(prompt.data["to"]), found - timedelta(days=1))


def _cover(turn: GroupTurn, to: int, until: date) -> None:
    """A relay from tomorrow to `until` included, said to the person now."""
    assert turn.link is not None
    begins = turn.today + timedelta(days=1)
    if not begins <= until <= turn.today + LONGEST:
        prompts.ask(turn, "transfer", said("acting.break.until"), "acting.hint.until", to=to)
        return
    if not _start(turn, "cover", {"to": to, "on": begins.isoformat(), "until": until.isoformat()}):
        return
    who = turn.name_of(to)
    turn.answer(
        said("acting.transfer.cover", person=turn.label_of(turn.link), who=who, day=begins, until=until)
    )


def _start(turn: GroupTurn, kind: Any, data: dict[str, Any], state: Any = "waiting") -> int | None:
    """Note it, in the place of one that has not begun; its number, None where there is nobody to tell."""
    assert turn.link is not None
    record = people.load_person(turn.conn, turn.link.person_id)
    if record is None:
        return None
    for row in proposals.of_link(turn.conn, turn.link.id):
        if row.kind in ("cover", "transfer") and row.state in ("draft", "waiting", "said"):
            proposals.save(turn.conn, row.id, state="over", due_at=None)
    standing.mark(turn.conn, record.id, turn.now)
    return proposals.add(
        turn.conn,
        turn.link.id,
        turn.link.counsellor_id,
        kind,
        turn.now,
        state=state,
        data=data,
        due_at=standing.within_hours(record, turn.now) if state == "waiting" else None,
    )


# For good


def _for_good(turn: GroupTurn, to: int) -> None:
    """A change for good: the counsellor's words for the letter are asked for first."""
    assert turn.link is not None
    on = turn.today + (NOTICE_ALONE if has_nobody(turn, turn.link) else NOTICE)
    found = letters.lines_of(turn.conn, turn.link, turn.team, turn.now)
    number = _start(
        turn,
        "transfer",
        {
            "to": to,
            "on": on.isoformat(),
            "letter": "asked",
            "lines": found,
            "left_out": [],
            "gone": has_nobody(turn, turn.link),
        },
        "draft",
    )
    if number is None:
        return
    skip = _button(turn, turn.voice("acting.transfer.button.no_words"), f"send-{number}")
    none = _button(turn, turn.voice("acting.transfer.button.no_letter"), f"bare-{number}")
    who, person = turn.name_of(to), turn.label_of(turn.link)
    text = lines(said("acting.transfer.letter", who=who, person=person), *letters.shown(found))
    turn.answer(text, buttons=((skip, none),))
    prompts.ask(
        turn,
        "letter",
        said("acting.transfer.words", most=LONGEST_WORDS),
        "acting.hint.letter",
        proposal=number,
    )


def answered_letter(turn: GroupTurn, prompt: PromptRow) -> None:
    """The counsellor's words of the letter."""
    words = prompts.words_of(turn)
    if words is None or not _may(turn, "handover asked"):
        return
    row = proposals.by_id(turn.conn, int(prompt.data["proposal"]))
    if row is None or row.state != "draft" or turn.link is None or row.link_id != turn.link.id:
        turn.answer(said("group.stale"))
        return
    if len(words) > LONGEST_WORDS:
        text = said("acting.note.long", most=LONGEST_WORDS)
        prompts.ask(turn, "letter", text, "acting.hint.letter", proposal=row.id)
        return
    _announce(turn, row.id, {**row.data, "lines": [*row.data["lines"], {"what": "words", "words": words}]})


def _announce(turn: GroupTurn, number: int, data: dict[str, Any]) -> None:
    assert turn.link is not None
    record = people.load_person(turn.conn, turn.link.person_id)
    if record is None:
        return
    due = standing.within_hours(record, turn.now)
    proposals.save(turn.conn, number, data=data, state="waiting", due_at=due)
    who, day = turn.name_of(data["to"]), date.fromisoformat(data["on"])
    key = "acting.transfer.announced" if data["letter"] == "asked" else "acting.transfer.announced_bare"
    turn.answer(said(key, person=turn.label_of(turn.link), who=who, day=day))


# Buttons


def press(turn: GroupTurn, pressed: Press) -> bool:
    """Whom, until when, and how the letter goes; "Hand over" of the menu."""
    verb, _, rest = pressed.value.partition("-")
    if verb == "ask":
        command(turn, "")
        return True
    numbers = rest.split("-")
    if turn.link is None or not all(
        each.isascii() and each.isdigit() and len(each) <= 18 for each in numbers
    ):
        return False
    if verb in ("send", "bare"):
        return _press_letter(turn, verb, int(numbers[0]))
    colleague = teams.counsellor_of(turn.conn, int(numbers[0]))
    here = colleague is not None and colleague.team_id == turn.team.id and colleague.joined_at is not None
    if colleague is None or not here or colleague.left_at is not None:
        return False
    if verb not in ("to", "for", "until", "good") or (
        verb == "for" and rest.partition("-")[2] not in map(str, DAYS)
    ):
        return False
    if not _may(turn, "handover asked"):
        return True
    match verb:
        case "to":
            _ask_how_long(turn, colleague.id)
        case "for":
            _cover(turn, colleague.id, turn.today + timedelta(days=int(numbers[1])))
        case "until":
            prompts.ask(turn, "transfer", said("acting.break.until"), "acting.hint.until", to=colleague.id)
        case _:
            _for_good(turn, colleague.id)
    return True


def _press_letter(turn: GroupTurn, verb: str, number: int) -> bool:
    row = proposals.by_id(turn.conn, number)
    if row is None or turn.link is None or row.link_id != turn.link.id or row.state != "draft":
        return False
    if _may(turn, "handover asked"):
        _announce(turn, row.id, row.data if verb == "send" else {**row.data, "letter": "none"})
    return True
