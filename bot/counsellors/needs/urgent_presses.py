"""The buttons of the list and of the alerts: the one thing to do, that it was seen to, whether an alert was useful."""

from __future__ import annotations

from typing import Final

from bot.counsellors.group_text import said
from bot.counsellors.messages import writing
from bot.counsellors.needs import urgent_list
from bot.counsellors.needs.urgent import Suggested
from bot.counsellors.needs.urgent_list import DONE, MORE
from bot.counsellors.turn import GroupTurn, acting
from bot.dialogs.incoming import Press
from bot.dialogs.replies import Button
from storage import alerts, attention, links, people
from storage.links import LinkRow

SEEN: Final = "seen"
"""Of an alert: it was seen to."""
USEFUL, NOT_USEFUL = "yes", "no"
"""With the number of an alert behind: what the counsellor says of it."""
LONGEST_NUMBER: Final = 18
_EXAMPLES: Final = frozenset((Suggested.CALL, Suggested.MEET, Suggested.EASIER, Suggested.HELLO))
"""What comes with words that could be said."""


def press(turn: GroupTurn, pressed: Press) -> bool:
    """Do what the button asks; False when it fits nothing."""
    value, link = pressed.value, turn.link
    if value.startswith(MORE):
        return _more(turn, value.removeprefix(MORE))
    if link is None:
        return False
    if value in (DONE, SEEN):
        _seen_to(turn, link, of_list=value == DONE)
        return True
    if value in {each.value for each in Suggested}:
        _do(turn, link, Suggested(value))
        return True
    for answer in (USEFUL, NOT_USEFUL):
        if value.startswith(answer):
            return _judge(turn, link, value.removeprefix(answer), useful=answer == USEFUL)
    return False


def _more(turn: GroupTurn, number: str) -> bool:
    if number not in {"1", "2", "3", "4", "5", "6", "7", "8", "9"}:
        return False
    text, rows = urgent_list.page(turn, int(number))
    turn.answer(text, buttons=rows)
    return True


def _seen_to(turn: GroupTurn, link: LinkRow, *, of_list: bool) -> None:
    """What they asked for and what waited is settled; the list is shown as it is now."""
    if not acting(turn, link, "seen to"):
        return
    attention.handled(turn.conn, link.id, turn.now)
    links.save(turn.conn, link.id, waiting_since=None, human_asked_at=None, call_asked_at=None)
    links.want_card(turn.conn, link.id, turn.now)
    turn.notice(said("urgent.handled", person=turn.label_of(link)))
    if of_list and turn.event.message_id is not None:
        text, rows = urgent_list.page(turn, 0)
        turn.desk.rewrite(turn.event.message_id, text, buttons=rows)


def _do(turn: GroupTurn, link: LinkRow, suggested: Suggested) -> None:
    """The one thing to do, in the person's topic; from a private chat, there."""
    if suggested is Suggested.PREPARE:
        turn.note(link, "card opened")
        links.want_card(turn.conn, link.id, turn.now)
        turn.notice(said("urgent.in_topic", person=turn.label_of(link)))
        return
    if not acting(turn, link, "list used"):
        return
    person = people.load_person(turn.conn, link.person_id)
    if person is None or person.status == "unreachable":
        turn.notice(said("urgent.not_by_bob", person=turn.label_of(link)), alert=True)
        return
    if suggested in _EXAMPLES:
        words = turn.voice(f"urgent.words.{suggested}")
        turn.desk.say(
            said(f"urgent.example.{suggested}"),
            link_id=None if turn.in_private else link.id,
            buttons=((Button(turn.voice("urgent.button.copy"), copy=words),),),
        )
    writing.ask(turn, "")
    if not turn.in_private and turn.event.thread_id is None:
        turn.notice(said("urgent.in_topic", person=turn.label_of(link)))


def _judge(turn: GroupTurn, link: LinkRow, number: str, *, useful: bool) -> bool:
    """Whether an alert was of use: only whoever acts for the person says."""
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        return False
    alert = alerts.by_id(turn.conn, int(number))
    if alert is None or alert.link_id != link.id:
        return False
    if not link.followed_by(turn.member.id, turn.today):
        who = turn.name_of(link.covering(turn.today) or link.counsellor_id)
        turn.notice(said("group.not_yours", who=who, person=turn.label_of(link)), alert=True)
        return True
    alerts.answer(turn.conn, alert, useful)
    turn.notice(said("urgent.thanks"))
    return True
