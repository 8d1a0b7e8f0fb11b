"""Ready words of a counsellor, kept by `/reponses`, sent with one tap; variables in braces are filled in."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from bot.counsellors import prompts
from bot.counsellors.group_text import ByCounsellor, lines, said
from bot.counsellors.messages import answering, to_person
from bot.counsellors.turn import VERSION, GroupTurn, acting
from bot.dialogs.incoming import Press
from bot.dialogs.replies import Button, Reply
from bot.dialogs.texts import voice_of
from bot.understanding.text import clean
from storage import links, outbox, people, relays, team_words
from storage.links import LinkRow
from storage.team_words import PromptRow, QuickReplyRow

ROOM: Final = "quick"
LONGEST: Final = 500
MOST: Final = 9
APART: Final = timedelta(seconds=10)
VARIABLES: Final = ("prenom", "first_name", "date", "signature", "moi", "me")
_BRACES: Final = re.compile(r"\{\s*([\w-]*)\s*\}")
_VERBS: Final = re.compile(r"(use|drop)-(\d{1,18})")


def command(turn: GroupTurn, argument: str) -> None:
    """`/reponses`: the counsellor's ready words; with words, these are kept too."""
    if argument.strip():
        _keep(turn, argument)
        return
    found = team_words.quick(turn.conn, turn.member.id)
    listed = [
        said("acting.numbered", n=place, what=ByCounsellor(row.words)) for place, row in enumerate(found, 1)
    ]
    head = said("acting.quick.list") if found else said("acting.quick.none")
    uses = _buttons(turn, "use", found) if turn.link is not None else ()
    drops = _buttons(turn, "drop", found)
    add = (_button(turn, turn.voice("acting.quick.button.add"), "add"),)
    rows = (*_by_three(uses), *_by_three(drops), add)
    turn.answer(lines(head, *listed, said("acting.quick.variables")), buttons=rows)


def _button(turn: GroupTurn, label: str, value: str) -> Button:
    return Button(label, ROOM, VERSION, str(turn.link.id) if turn.link is not None else "", value)


def _buttons(turn: GroupTurn, verb: str, found: list[QuickReplyRow]) -> tuple[Button, ...]:
    return tuple(
        _button(turn, turn.voice(f"acting.quick.button.{verb}", n=place), f"{verb}-{row.id}")
        for place, row in enumerate(found, 1)
    )


def _by_three(row: tuple[Button, ...]) -> tuple[tuple[Button, ...], ...]:
    return tuple(row[first : first + 3] for first in range(0, len(row), 3))


def answered(turn: GroupTurn, prompt: PromptRow) -> None:
    words = prompts.words_of(turn)
    if words is not None:
        _keep(turn, words)


def _keep(turn: GroupTurn, typed: str) -> None:
    unknown = [name for name in _BRACES.findall(typed) if name.lower() not in VARIABLES]
    if len(typed.strip()) > LONGEST:
        turn.answer(said("acting.note.long", most=LONGEST))
    elif unknown:
        text = lines(
            said("acting.quick.unknown", words=ByCounsellor(unknown[0])), said("acting.quick.variables")
        )
        prompts.ask(turn, "quick", text, "acting.hint.quick")
    elif len(team_words.quick(turn.conn, turn.member.id)) >= MOST:
        turn.answer(said("acting.quick.full", n=MOST))
    else:
        team_words.add_quick(turn.conn, turn.member.id, clean(typed, LONGEST))
        turn.answer(said("acting.quick.kept"))


def press(turn: GroupTurn, pressed: Press) -> bool:
    """Send, delete or add ready words; only one's own."""
    if pressed.value == "ask":
        command(turn, "")
        return True
    if pressed.value == "add":
        prompts.ask(
            turn,
            "quick",
            lines(said("acting.quick.ask"), said("acting.quick.variables")),
            "acting.hint.quick",
        )
        return True
    found = _VERBS.fullmatch(pressed.value)
    if found is None:
        return False
    row = next((one for one in team_words.quick(turn.conn, turn.member.id) if one.id == int(found[2])), None)
    if row is None:
        return False
    if found[1] == "drop":
        team_words.drop_quick(turn.conn, turn.member.id, row.id)
        turn.notice(said("acting.quick.dropped"))
        return True
    _send(turn, row)
    return True


def _send(turn: GroupTurn, row: QuickReplyRow) -> None:
    """To the person, in the counsellor's name; the topic keeps the words that went out."""
    link = turn.link
    if not acting(turn, link, "message sent"):
        return
    assert link is not None
    record, chat = people.load_person(turn.conn, link.person_id), links.chat_of(turn.conn, link.person_id)
    if record is None or chat is None or record.status == "unreachable":
        turn.answer(said("acting.unreachable", person=turn.label_of(link)))
        return
    voice = voice_of(record.language, record.form)
    known = {
        "prenom": record.profile.first_name or "",
        "moi": turn.member.name,
        "date": voice.date(turn.today),
    }
    known |= {"first_name": known["prenom"], "signature": known["moi"], "me": known["moi"]}
    if _just_sent(turn, link, row):
        turn.notice(said("acting.quick.just_sent"))
        return
    words = " ".join(_BRACES.sub(lambda match: known.get(match[1].lower(), ""), row.words).split())
    text = Reply(words, title=voice("counsellor.from", who=turn.member.name))
    to_person.add(turn.conn, link, chat, text, turn.now, counsellor_id=turn.member.id, purpose=_purpose(row))
    answering.answered(turn.conn, link, turn.member.id, turn.now)
    links.want_card(turn.conn, link.id, turn.now)
    shown = ByCounsellor(_BRACES.sub(lambda match: _told(turn, match[1].lower()), row.words))
    turn.answer(said("acting.quick.sent", person=turn.label_of(link), words=shown))


def _just_sent(turn: GroupTurn, link: LinkRow, row: QuickReplyRow) -> bool:
    """Whether these words went to the person a moment ago: a button is easily pressed twice."""
    calls = [pair.outbox_id for pair in relays.of_link(turn.conn, link.id) if turn.now - pair.at < APART]
    rows = [outbox.row(turn.conn, call) for call in calls if call is not None]
    return any(each is not None and each.purpose == _purpose(row) for each in rows)


def _purpose(row: QuickReplyRow) -> str:
    return f"relay words {row.id}"


def _told(turn: GroupTurn, name: str) -> str:
    """The value of a variable as the team reads it: nothing that it does not see on the card."""
    assert turn.link is not None
    if name in ("prenom", "first_name"):
        return turn.label_of(turn.link).text.split()[0]
    return turn.member.name if name in ("signature", "moi", "me") else turn.voice.date(turn.today)
