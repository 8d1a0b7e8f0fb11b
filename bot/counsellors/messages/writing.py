"""The Write button: Bob asks for the words in a message of its own, and what answers it goes to the person."""

from __future__ import annotations

from bot.counsellors import without_rights
from bot.counsellors.group_text import said
from bot.counsellors.turn import GroupTurn, acting
from bot.dialogs.incoming import Press
from storage import links, relays


def ask(turn: GroupTurn, argument: str) -> None:
    """`/ecrire` in a topic, or the Write button."""
    link = turn.link
    if not acting(turn, link, "write asked"):
        return
    assert link is not None
    if link.cut_at is not None:
        turn.notice(said("group.relay.cut", person=turn.label_of(link)), alert=True)
        return
    chat = turn.desk.say(
        said("group.write_here", person=turn.label_of(link)),
        link_id=None if turn.in_private else link.id,
        answer_wanted=turn.voice("group.write_hint"),
        purpose="relay prompt",
    )
    person_chat = links.chat_of(turn.conn, link.person_id)
    if chat is not None and person_chat is not None:
        relays.add(
            turn.conn,
            link.id,
            "to_team",
            turn.now,
            source=(relays.PROMPT, chat),
            to_chat=turn.event.chat_id,
            kind="prompt",
            outbox_id=chat,
            counsellor_id=turn.member.id,
        )


def press(turn: GroupTurn, pressed: Press) -> bool:
    """The Write button of a card, and the one that makes a deleted topic again."""
    if pressed.value == "topic":
        return _make_topic(turn)
    if pressed.value != "ask":
        return False
    ask(turn, "")
    return True


def _make_topic(turn: GroupTurn) -> bool:
    """The topic that was deleted again and again is wanted: what the person wrote meanwhile goes there."""
    link = turn.link
    if not acting(turn, link, "topic made again"):
        return True
    assert link is not None
    return without_rights.make_topic(turn.conn, link, turn.now)
