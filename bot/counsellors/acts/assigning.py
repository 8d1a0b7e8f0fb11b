"""An action for somebody, in three taps at most: which one, when; then, if the counsellor wants, why.

`/action` proposes three, `/action words` searches the catalogue, `/action libre words` takes the counsellor's own.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.advice.facts import Facts
from bot.advice.items import Action
from bot.counsellors import prompts
from bot.counsellors.acts import finding, own_words, rooms, standing
from bot.counsellors.group_text import ByCounsellor, CatalogueTitle, GroupText, lines, said
from bot.counsellors.turn import VERSION, GroupTurn, acting
from bot.dialogs.incoming import Press
from bot.dialogs.replies import Button, Rows
from bot.understanding.text import clean
from storage import assignments, days, people
from storage.assignments import AssignmentRow
from storage.links import LinkRow
from storage.people import PersonRecord
from storage.team_words import PromptRow
from storage.words import Audited

ROOM: Final = rooms.ASSIGN
FREE: Final = re.compile(r"(?:libre|free)\b\s*", re.IGNORECASE)
HISTORY_DAYS: Final = 90
LONGEST_REASON: Final = 200
_DAY: Final = re.compile(r"(\d{1,18})-(\d{8})")


def button(turn: GroupTurn, label: str, value: str) -> Button:
    """A button of this room about the person of the turn."""
    assert turn.link is not None
    return Button(label, ROOM, VERSION, str(turn.link.id), value)


# Which one


def command(turn: GroupTurn, argument: str) -> None:
    """`/action`, with or without words."""
    record = _may_assign(turn)
    if record is None:
        return
    free = FREE.match(argument)
    if free is not None:
        _take_words(turn, argument[free.end() :])
    elif argument.strip():
        _search(turn, argument)
    else:
        _propose(turn, record, 0)


def _may_assign(turn: GroupTurn, what: Audited = "action looked up") -> PersonRecord | None:
    """The person, when this member may act for them and actions reach them; else that is said."""
    if not acting(turn, turn.link, what):
        return None
    assert turn.link is not None
    record = people.load_person(turn.conn, turn.link.person_id)
    if record is None or not standing.days_ahead(turn.conn, record, turn.now):
        turn.notice(said("acting.no_actions", person=turn.label_of(turn.link)), alert=True)
        return None
    return record


def _propose(turn: GroupTurn, record: PersonRecord, page: int) -> None:
    today = turn.now.astimezone(ZoneInfo(record.profile.time_zone)).date()
    since = date.fromordinal(today.toordinal() - HISTORY_DAYS)
    facts = Facts(record.profile, today, None, days.history(turn.conn, record.id, since), record.id)
    found = finding.proposals(facts, turn.world.catalogue, page)
    more = button(turn, turn.voice("acting.button.others"), f"page-{(page + 1) % finding.MOST_PAGES}")
    _list(turn, said("acting.which", person=turn.label_of(_link(turn))), found, more)


def _search(turn: GroupTurn, words: str) -> None:
    found = finding.search(turn.world.catalogue, words, turn.team.language)
    head = said("acting.found") if found else said("acting.none_found")
    more = button(turn, turn.voice("acting.button.proposals"), "page-0")
    _list(turn, head, found, more)


def _list(turn: GroupTurn, head: GroupText, found: list[Action], more: Button) -> None:
    listed = [
        said("acting.numbered", n=place, what=finding.title(action, turn.voice))
        for place, action in enumerate(found, 1)
    ]
    picks = tuple(
        button(turn, str(place), f"pick-{finding.code(action)}") for place, action in enumerate(found, 1)
    )
    own = button(turn, turn.voice("acting.button.own_words"), "own")
    rows = (*(picks[first : first + 3] for first in range(0, len(picks), 3)), (more, own))
    _show(turn, lines(head, *listed, said("acting.how_to_search")), tuple(row for row in rows if row))


def _show(turn: GroupTurn, text: GroupText, rows: Rows = ()) -> None:
    """In the place of the pressed message of this room; as a message of its own after a command, or from the card."""
    event = turn.event
    if event.callback_id is not None and event.message_id is not None and not _is_card(turn):
        in_topic = _link(turn).id if event.thread_id is not None else None
        turn.desk.rewrite(event.message_id, text, link_id=in_topic, buttons=rows)
    else:
        turn.answer(text, buttons=rows)


def _is_card(turn: GroupTurn) -> bool:
    """Whether the pressed button is one of the card, which stays as it is."""
    return turn.event.press is not None and turn.event.press.value == "ask"


def _link(turn: GroupTurn) -> LinkRow:
    assert turn.link is not None
    return turn.link


# In the counsellor's words


def ask_words(turn: GroupTurn) -> None:
    text = said("acting.write_action", person=turn.label_of(_link(turn)), most=own_words.MOST_WORDS)
    prompts.ask(turn, "words", text, "acting.hint.action")


def answered_words(turn: GroupTurn, prompt: PromptRow) -> None:
    """The words of an action, in answer to the question."""
    words = prompts.words_of(turn)
    if words is not None and _may_assign(turn, "action assigned") is not None:
        _take_words(turn, words)


def _take_words(turn: GroupTurn, typed: str) -> None:
    words = clean(typed, own_words.LONGEST * 2)
    if not words:
        ask_words(turn)
        return
    faults = own_words.faults(words, turn.team.language)
    if faults:
        text = lines(said("acting.to_mend"), *faults, said("acting.try_again"))
        prompts.ask(turn, "words", text, "acting.hint.action")
        return
    _ask_day(turn, _draft(turn, words=words[0].upper() + words[1:]))


def _draft(turn: GroupTurn, *, catalogue_id: str | None = None, words: str | None = None) -> int:
    return assignments.draft(
        turn.conn,
        _link(turn).id,
        turn.member.id,
        turn.member.name,
        turn.now,
        catalogue_id=catalogue_id,
        words=words,
    )


# When


def _ask_day(turn: GroupTurn, number: int) -> None:
    row, record = assignments.by_id(turn.conn, number), people.load_person(turn.conn, _link(turn).person_id)
    if row is None or record is None:
        return
    offered = standing.days_ahead(turn.conn, record, turn.now)
    today = turn.now.astimezone(ZoneInfo(record.profile.time_zone)).date()
    labels = [turn.voice.day(day, today) for day in offered]
    picks = tuple(
        button(turn, label[0].upper() + label[1:], f"day-{number}-{day:%Y%m%d}")
        for label, day in zip(labels, offered, strict=True)
    )
    drop = button(turn, turn.voice("acting.button.drop"), f"drop-{number}")
    gone = said("acting.todays_gone") if standing.has_had_todays(record, turn.now) else None
    text = lines(said("acting.when", what=_named(turn, row), person=turn.label_of(_link(turn))), gone)
    _show(turn, text, (picks, (drop,)))


def _named(turn: GroupTurn, row: AssignmentRow) -> CatalogueTitle | ByCounsellor:
    """The action in front of the team: the catalogue's title, or the counsellor's own words."""
    if row.words is not None:
        return ByCounsellor(row.words)
    item = turn.world.catalogue.by_id.get(row.catalogue_id or "")
    return finding.title(item, turn.voice) if isinstance(item, Action) else CatalogueTitle("…")


def _set_day(turn: GroupTurn, row: AssignmentRow, day: date) -> bool:
    record = _may_assign(turn, "action assigned")
    if record is None:
        return True
    if row.state != "draft" or day not in standing.days_ahead(turn.conn, record, turn.now):
        return False
    assignments.save(turn.conn, row.id, due_on=day, state="waiting")
    standing.mark(turn.conn, record.id, turn.now)
    _confirm(turn, row, day)
    return True


def _confirm(turn: GroupTurn, row: AssignmentRow, day: date) -> None:
    text = said("acting.assigned", person=turn.label_of(_link(turn)), day=day, what=_named(turn, row))
    why = button(turn, turn.voice("acting.button.why"), f"why-{row.id}")
    drop = button(turn, turn.voice("acting.button.drop"), f"drop-{row.id}")
    _show(turn, text, ((why, drop),))


# Why, and never mind


def answered_reason(turn: GroupTurn, prompt: PromptRow) -> None:
    """A word of the counsellor's that goes with the action."""
    words, row = prompts.words_of(turn), assignments.by_id(turn.conn, int(prompt.data["assignment"]))
    if words is None or row is None or not acting(turn, turn.link, "action changed"):
        return
    if row.state != "waiting" or row.link_id != _link(turn).id:
        turn.answer(said("acting.already_given"))
        return
    if len(words) > LONGEST_REASON:
        text = said("acting.reason_long", most=LONGEST_REASON)
        prompts.ask(turn, "reason", text, "acting.hint.reason", assignment=row.id)
        return
    assignments.save(turn.conn, row.id, reason=clean(words, LONGEST_REASON))
    turn.answer(said("acting.reason_kept", person=turn.label_of(_link(turn))))


def _drop(turn: GroupTurn, row: AssignmentRow) -> None:
    if not acting(turn, turn.link, "action changed"):
        return
    gone = assignments.withdraw(turn.conn, row.id)
    _show(turn, said("acting.dropped") if gone else said("acting.already_given"))


def press(turn: GroupTurn, pressed: Press) -> bool:
    """A button of these messages, or "Action" on the card; False when it fits nothing."""
    verb, _, rest = pressed.value.partition("-")
    if turn.link is None:
        return False
    if verb in ("ask", "page", "pick", "own"):
        return _press_choice(turn, verb, rest)
    found = _DAY.fullmatch(rest) if verb == "day" else None
    number = found[1] if found is not None else rest
    if not (number.isascii() and number.isdigit() and len(number) <= 18):
        return False
    row = assignments.by_id(turn.conn, int(number))
    if row is None or row.link_id != turn.link.id:
        return False
    match verb:
        case "day" if found is not None:
            day = _date(found[2])
            return day is not None and _set_day(turn, row, day)
        case "why" if row.state == "waiting":
            if acting(turn, turn.link, "action changed"):
                text = said("acting.write_reason", person=turn.label_of(turn.link))
                prompts.ask(turn, "reason", text, "acting.hint.reason", assignment=row.id)
        case "drop" if row.state in ("draft", "waiting", "given"):
            _drop(turn, row)
        case _:
            return False
    return True


def _press_choice(turn: GroupTurn, verb: str, rest: str) -> bool:
    record = _may_assign(turn)
    if record is None:
        return True
    if verb == "own":
        ask_words(turn)
        return True
    if verb == "pick":
        action = finding.by_code(turn.world.catalogue, rest)
        if action is None:
            return False
        _ask_day(turn, _draft(turn, catalogue_id=action.id))
        return True
    _propose(turn, record, int(rest) if rest in ("0", "1", "2") else 0)
    return True


def _date(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007  (a wall clock)
    except ValueError:
        return None
