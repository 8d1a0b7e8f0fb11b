"""An appointment that a counsellor proposes: `/rdv demain 14h`. It is one once the person agrees; moved, cancelled."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.counsellors import prompts
from bot.counsellors.acts import rooms, standing
from bot.counsellors.group_text import ByCounsellor, GroupText, lines, said
from bot.counsellors.turn import VERSION, GroupTurn, acting
from bot.dialogs.incoming import Press
from bot.dialogs.replies import Button
from bot.understanding import appointments as words
from storage import people, proposals
from storage.proposals import ProposalRow
from storage.team_words import PromptRow

ROOM: Final = rooms.RDV
FURTHEST: Final = timedelta(days=400)
MOST_LISTED: Final = 5
LONGEST_PLACE: Final = 80
_CLOCK: Final = (
    r"\d{1,2}(?:\s?(?:heures?\b|h|:)\s?(?:\d{2}(?!\d))?|\s?(?:[ap]\.?m\b\.?))(?:\s?[ap]\.?m\b\.?)?"
)
_HOUR: Final = re.compile(rf"\b(?P<hour>{_CLOCK})(?:\s*(?:-|–|à|to)\s*{_CLOCK})?", re.IGNORECASE)
_OR: Final = re.compile(r"\W*(?:ou|or)\b", re.IGNORECASE)
_STANDING: Final = ("waiting", "said", "accepted")


def command(turn: GroupTurn, argument: str) -> None:
    """`/rdv` with a moment proposes one; alone, it lists those to come and asks for a moment."""
    if not acting(turn, turn.link, "appointments opened"):
        return
    if argument.strip():
        _take(turn, argument, None)
    else:
        _list(turn)


def _list(turn: GroupTurn) -> None:
    assert turn.link is not None
    coming = _coming(turn)
    for row in coming[:MOST_LISTED]:
        buttons = ((_button(turn, "move", row), _button(turn, "off", row)),)
        turn.answer(_line(turn, row), buttons=buttons)
    prompts.ask(
        turn,
        "rdv",
        said("acting.rdv.ask", person=turn.label_of(turn.link)),
        "acting.hint.moment",
        proposal=None,
    )


def _coming(turn: GroupTurn) -> list[ProposalRow]:
    assert turn.link is not None
    rows = [
        row
        for row in proposals.of_link(turn.conn, turn.link.id)
        if row.kind == "appointment" and row.state in _STANDING and starts_at(row.data) > turn.now
    ]
    return sorted(rows, key=lambda row: starts_at(row.data))


def starts_at(data: dict[str, Any]) -> datetime:
    """The instant of an appointment as it is kept in a proposal."""
    return datetime.fromisoformat(data["when"]).replace(tzinfo=ZoneInfo(data["zone"]))


def _moment(turn: GroupTurn, data: dict[str, Any]) -> datetime:
    """On the team's wall clock, naive."""
    return starts_at(data).astimezone(turn.zone).replace(tzinfo=None)


def _line(turn: GroupTurn, row: ProposalRow) -> GroupText:
    state = "agreed" if row.state == "accepted" else "asked"
    return said(f"acting.rdv.{state}", moment=_moment(turn, row.data))


def _button(turn: GroupTurn, verb: str, row: ProposalRow) -> Button:
    return Button(
        turn.voice(f"acting.rdv.button.{verb}"), ROOM, VERSION, str(row.link_id), f"{verb}-{row.id}"
    )


def answered_moment(turn: GroupTurn, prompt: PromptRow) -> None:
    """The moment, in answer to the question."""
    typed = prompts.words_of(turn)
    if typed is not None and acting(turn, turn.link, "appointment proposed"):
        _take(turn, typed, prompt.data.get("proposal"))


def _take(turn: GroupTurn, typed: str, moved: int | None) -> None:
    """Read the moment and propose it. `moved`: the proposal that it moves."""
    assert turn.link is not None
    told = read(typed[:200], turn.today)
    if told.day is None or told.at is None:
        text = said("acting.rdv.unclear" if told.no_such is None else "acting.rdv.no_such_day")
        prompts.ask(turn, "rdv", text, "acting.hint.moment", proposal=moved)
        return
    when = datetime.combine(told.day, told.at)
    starts = when.replace(tzinfo=turn.zone)
    if not turn.now < starts <= turn.now + FURTHEST:
        prompts.ask(turn, "rdv", said("acting.rdv.past"), "acting.hint.moment", proposal=moved)
        return
    data = {
        "when": when.isoformat(),
        "zone": turn.team.time_zone,
        "place": (told.place or "")[:LONGEST_PLACE],
    }
    _propose(turn, data, moved)


def read(typed: str, today: date) -> words.Told:
    """Day, hour and place of what a counsellor types: the place is all that comes after the hour, as it stands.

    A number of a street is then no minute, and none of it is lost: the person goes where the words say.
    """
    whole = words.appointment(f"rdv {typed}", today)
    hour = _HOUR.search(typed)
    if hour is None:
        return whole
    first = words.appointment(f"rdv {typed[: hour.end('hour')]}", today)
    after = typed[hour.end() :]
    if first.day is None or first.at is None or _OR.match(after):
        return whole
    return replace(first, place=" ".join(after.split()).strip(" ,.;:-–") or first.place)


def _propose(turn: GroupTurn, data: dict[str, Any], moved: int | None) -> None:
    assert turn.link is not None
    record = people.load_person(turn.conn, turn.link.person_id)
    if record is None:
        return
    person, due = turn.label_of(turn.link), standing.within_hours(record, turn.now)
    if record.status == "unreachable" or starts_at(data) <= due:
        turn.answer(
            said(
                "acting.unreachable" if record.status == "unreachable" else "acting.rdv.too_soon",
                person=person,
            )
        )
        return
    row = proposals.by_id(turn.conn, moved) if moved is not None else None
    same = next((each for each in _coming(turn) if each.data["when"] == data["when"]), None)
    if row is None and same is not None:  # said twice, or the place follows
        if data["place"] in ("", same.data.get("place", "")):
            buttons = ((_button(turn, "move", same), _button(turn, "off", same)),)
            turn.answer(_line(turn, same), buttons=buttons)
            return
        row = same
    if row is not None and row.link_id == turn.link.id and row.state in _STANDING:
        if not data["place"]:
            data["place"] = row.data.get("place", "")
        data = {**row.data, **data}
        proposals.save(
            turn.conn, row.id, data=data, state="waiting", due_at=due, counsellor_id=turn.member.id
        )
        number = row.id
    else:
        number = proposals.add(
            turn.conn,
            turn.link.id,
            turn.member.id,
            "appointment",
            turn.now,
            state="waiting",
            data=data,
            uid=secrets.token_hex(12),
            due_at=due,
        )
    standing.mark(turn.conn, record.id, turn.now)
    made = proposals.by_id(turn.conn, number)
    assert made is not None
    at_eight = said("acting.in_the_morning") if due > turn.now else None
    place = said("acting.rdv.place", place=ByCounsellor(data["place"])) if data["place"] else None
    text = lines(said("acting.rdv.proposed", person=person, moment=_moment(turn, data)), place, at_eight)
    turn.answer(text, buttons=((_button(turn, "move", made), _button(turn, "off", made)),))


def press(turn: GroupTurn, pressed: Press) -> bool:
    """Move or cancel one, or "Appointment" on the card; False when it fits nothing."""
    verb, _, rest = pressed.value.partition("-")
    if verb == "ask":
        command(turn, "")
        return True
    if turn.link is None or not (rest.isascii() and rest.isdigit() and len(rest) <= 18):
        return False
    row = proposals.by_id(turn.conn, int(rest))
    fits = (
        row is not None
        and row.link_id == turn.link.id
        and row.kind == "appointment"
        and row.state in _STANDING
    )
    if row is None or not fits or starts_at(row.data) <= turn.now or verb not in ("move", "off"):
        return False
    if not acting(turn, turn.link, "appointment changed"):
        return True
    if verb == "move":
        text = said("acting.rdv.move", moment=_moment(turn, row.data))
        prompts.ask(turn, "rdv", text, "acting.hint.moment", proposal=row.id)
        return True
    unsaid = not row.data.get("said")  # the person never heard of it
    proposals.save(
        turn.conn, row.id, state="over" if unsaid else "withdrawn", due_at=None if unsaid else turn.now
    )
    turn.answer(said("acting.rdv.off", person=turn.label_of(turn.link), moment=_moment(turn, row.data)))
    return True
