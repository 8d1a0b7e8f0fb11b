"""`/atelier`: a workshop from its four lines to the invitations, and the buttons of its list."""

from __future__ import annotations

from typing import Final

from bot.counsellors import prompts
from bot.counsellors.group_text import GroupText, lines, said
from bot.counsellors.incoming import GroupKind
from bot.counsellors.messages import to_person
from bot.counsellors.several import choosing
from bot.counsellors.turn import GroupTurn
from bot.counsellors.workshops import event_changes, events_list, events_words, seating, seats
from bot.counsellors.workshops.events_list import button
from bot.dialogs.incoming import Press
from bot.dialogs.replies import Rows
from storage import people, teams, workshops
from storage.links import LinkRow
from storage.team_words import PromptRow
from storage.workshops import WorkshopRow

LIST: Final = "group workshop list"


def start(turn: GroupTurn, argument: str) -> None:
    """The command: with the four parts after it, or asking for them."""
    if turn.event.thread_id is not None:
        turn.answer(said("bulk.not_here"))
        return
    workshop_id = workshops.create(
        turn.conn,
        turn.team.id,
        turn.member.id,
        turn.now,
        chat_id=turn.event.chat_id,
        time_zone=turn.team.time_zone,
    )
    if argument.strip():
        _details(turn, workshop_id, argument)
    else:
        _ask(turn, workshop_id, "details")


def _ask(turn: GroupTurn, workshop_id: int, what: str) -> None:
    workshops.save(turn.conn, workshop_id, asked=what)
    ask = said(f"bulk.event.ask.{what}")
    prompts.ask(turn, "workshop", ask, "bulk.hint", workshop=workshop_id, what=what)


def answered(turn: GroupTurn, prompt: PromptRow) -> None:
    """An answer to one of these questions; once it was taken, or another asked, answers to it are talk."""
    row = workshops.by_id(turn.conn, prompt.data["workshop"])
    if row is None or row.asked != prompt.data["what"]:
        return
    if turn.event.kind is not GroupKind.TEXT:
        turn.answer(said("bulk.only_text"))
    elif row.asked == "details":
        _details(turn, row.id, turn.event.text)
    elif row.asked == "moment":
        event_changes.move(turn, row, turn.event.text)
    elif row.asked == "seats":
        event_changes.resize(turn, row, turn.event.text)


def _details(turn: GroupTurn, workshop_id: int, text: str) -> None:
    written = events_words.details(text, events_words.wall_clock(turn.now, turn.team.time_zone))
    if isinstance(written, GroupText):
        turn.answer(written)
        if turn.event.reply_to is None:
            _ask(turn, workshop_id, "details")
        return
    workshops.save(
        turn.conn,
        workshop_id,
        title=written.title,
        place=written.place,
        local_when=written.when,
        starts_at=events_words.instant(written.when, turn.team.time_zone),
        seats=written.seats,
        asked=None,
    )
    row = workshops.by_id(turn.conn, workshop_id)
    assert row is not None
    text_of, rows = _picking(turn, row)
    turn.desk.say(text_of, buttons=rows, purpose=f"{LIST} {workshop_id}")


def _mine(turn: GroupTurn) -> list[LinkRow]:
    """The counsellor's people who can be written to."""
    followed = choosing.followed(turn.conn, turn.team.id, turn.member.id, turn.today)
    found = []
    for link in followed:
        record = people.load_person(turn.conn, link.person_id)
        if record is not None and record.status not in (*to_person.SILENT, "paused"):
            found.append(link)
    return found


def _picking(turn: GroupTurn, row: WorkshopRow) -> tuple[GroupText, Rows]:
    seats_now = workshops.seats_of(turn.conn, row.id)
    return events_list.picking(turn.conn, turn.voice, row, _mine(turn), seats_now)


def _is_theirs(turn: GroupTurn, author_id: int) -> bool:
    """Whether this member may change it: its author, or anybody of the team once the author has left."""
    author = teams.counsellor_of(turn.conn, author_id)
    return author_id == turn.member.id or author is None or author.left_at is not None


# Buttons


def press(turn: GroupTurn, pressed: Press) -> bool:
    """A button about a workshop; only those of its author count, while they are in the team."""
    number = pressed.step.removeprefix("w")
    if not (pressed.step.startswith("w") and number.isascii() and number.isdigit() and len(number) < 18):
        return False
    row = workshops.by_id(turn.conn, int(number), lock=True)
    if row is None or row.team_id != turn.team.id or row.chat_id != turn.event.chat_id:
        return False
    if not _is_theirs(turn, row.counsellor_id):
        turn.notice(said("bulk.not_yours"), alert=True)
        return True
    if row.state == "cancelled" or row.starts_at is None or turn.event.message_id is None:
        return False
    if turn.now >= row.starts_at:
        turn.notice(said("bulk.event.over"), alert=True)
        return True
    workshops.save(turn.conn, row.id, message_id=turn.event.message_id)
    verb, _, value = pressed.value.partition("-")
    if verb in ("p", "g"):
        return _pick(turn, row, verb, value)
    if verb == "go":
        return _invite(turn, row)
    if verb == "drop" and row.state == "draft":
        workshops.save(turn.conn, row.id, state="cancelled")
        turn.desk.rewrite(turn.event.message_id, said("bulk.dropped"))
        return True
    return row.state == "open" and _on_announced(turn, row, verb)


def _on_announced(turn: GroupTurn, row: WorkshopRow, verb: str) -> bool:
    message = turn.event.message_id
    assert message is not None
    match verb:
        case "more":
            text, rows = _picking(turn, row)
            turn.desk.rewrite(message, text, buttons=rows)
        case "back":
            _show(turn, row.id)
        case "seats":
            _ask(turn, row.id, "seats")
        case "move":
            _ask(turn, row.id, "moment")
        case "cancel":
            yes = button(turn.voice, turn.voice("bulk.event.cancel_yes"), row.id, "cancelled")
            no = button(turn.voice, turn.voice("bulk.event.back"), row.id, "back")
            text = lines(events_list.head(row), said("bulk.event.cancel_ask"))
            turn.desk.rewrite(message, text, buttons=((yes, no),))
        case "cancelled":
            event_changes.cancel(turn, row)
            _show(turn, row.id)
        case _:
            return False
    return True


def _pick(turn: GroupTurn, row: WorkshopRow, verb: str, value: str) -> bool:
    if not (value.isascii() and value.isdigit() and len(value) < 18):
        return False
    if verb == "g":
        workshops.save(turn.conn, row.id, page=int(value[:4]))
    else:
        link = next((one for one in _mine(turn) if one.id == int(value)), None)
        if link is None:
            return False
        if not workshops.unpick(turn.conn, row.id, link.id):
            workshops.pick(turn.conn, row.id, link.id, link.person_id)
    fresh = workshops.by_id(turn.conn, row.id)
    assert fresh is not None
    assert turn.event.message_id is not None
    text, rows = _picking(turn, fresh)
    turn.desk.rewrite(turn.event.message_id, text, buttons=rows)
    return True


def _invite(turn: GroupTurn, row: WorkshopRow) -> bool:
    """Those who are picked get their invitation; whom this counsellor does not follow any more is left out."""
    mine = {link.id for link in _mine(turn)}
    picked = [seat for seat in workshops.seats_of(turn.conn, row.id) if seat.state == "picked"]
    for seat in picked:
        if seat.link_id not in mine:
            workshops.unpick(turn.conn, row.id, seat.link_id)
    invited = [seat for seat in picked if seat.link_id in mine]
    if not invited:
        return False
    workshops.save(turn.conn, row.id, state="open")
    event = seating.load(turn.conn, row.id)
    assert event is not None
    for seat in invited:
        turn.note(event.places[seat.id].link, "workshop invitation")
    seating.carry_out(turn.conn, event, seats.invite(event.seating, turn.now), turn.now)
    _show(turn, row.id)
    return True


def _show(turn: GroupTurn, workshop_id: int) -> None:
    """The list as it is now, in the pressed message."""
    row = workshops.by_id(turn.conn, workshop_id)
    shown = turn.event.message_id
    assert row is not None
    assert shown is not None
    text, rows = events_list.announced(turn.conn, turn.voice, row, seating.load(turn.conn, row.id))
    turn.desk.rewrite(shown, text, buttons=rows)
