"""Being followed by a counsellor: the offer and what would be shown, the yes and its receipt, writing, leaving.

Nothing goes to a team before the yes; what is shown can be changed, and all of it ends in two taps (`/qui`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.dialogs import access, following, handing_on
from bot.dialogs.effects import (
    SENT,
    AgreeToTeam,
    AskForHuman,
    ChangeSharing,
    LeaveTeam,
    SendToTopic,
    TakeBack,
    WriteToTeam,
)
from bot.dialogs.following import FollowedBy
from bot.dialogs.incoming import Incoming, Kind
from bot.dialogs.machine import Dialogue, Row, Step
from bot.dialogs.replies import Button, Reply, Rows
from bot.dialogs.texts import Voice
from bot.dialogs.turn import Turn

COPIED = frozenset(
    (Kind.TEXT, Kind.VOICE, Kind.PHOTO, Kind.DOCUMENT, Kind.STICKER, Kind.LOCATION, Kind.FORWARDED)
)
"""What can be handed on to a counsellor."""
CUT_FROM = 3500
"""Characters of a text whose rest may follow: apps cut at 4,096, at a space where there is one."""
REST_WITHIN = timedelta(seconds=5)


# The offer


def offer(turn: Turn) -> None:
    """An invitation was opened: what the team would see, and the choice. Somebody new answers the questions first."""
    assert turn.invitation is not None
    place = DIALOGUE.open(turn)
    words = (turn.profile.first_name or "").split()
    place.data = {
        "invitation": turn.invitation.code,
        "shown": list(following.LINES),
        "words_to": "topic",
        "initial": words[1][0] if len(words) > 1 and words[1][0].isalpha() else "",
    }
    place.state = "invited"


def offer_if_ready(turn: Turn) -> None:
    """The offer that waits, once the questions were gone through. Typed words stay with whoever has them."""
    place = turn.person.dialogues.get(DIALOGUE.name)
    if place is not None and place.state == "invited" and turn.invitation is not None:
        DIALOGUE.enter(turn, "preview", take_focus=False, **place.data)


def not_valid(turn: Turn) -> None:
    """The invitation was used, or its time is over."""
    turn.tell("counsellor.not_valid")


def _preview(step: Step) -> None:
    turn, data = step.turn, step.data
    one = turn.invitation
    if one is None:
        not_valid(turn)
        return
    voice = turn.voice
    shown = set(data.get("shown", ()))
    name = following.name_of(turn.profile.first_name, str(data.get("initial", "")))
    card = [name, *(text for line, text in one.card if line in shown)]
    text = voice(
        "counsellor.preview",
        who=one.counsellor,
        team=one.team,
        members=voice.listing(list(one.members)),
        card="\n".join(card),
        words=voice(f"counsellor.words.{data.get('words_to', 'topic')}", who=one.counsellor),
    )
    title = voice("counsellor.preview_title")
    turn.say(Reply(text, title=title, buttons=_choices(turn, data), replace=turn.on_message))


def _choices(turn: Turn, data: dict[str, object]) -> Rows:
    voice = turn.voice
    shown = data.get("shown")
    kept = set(shown) if isinstance(shown, list) else set()
    toggles = tuple(
        _button(_toggle_label(voice, line, shown=line in kept), f"line_{line}") for line in following.LINES
    )
    other = "private" if data.get("words_to") == "topic" else "topic"
    return (
        toggles[:2],
        toggles[2:],
        (
            _button(voice(f"counsellor.to.{other}"), "words"),
            _button(
                voice(
                    "counsellor.button.no_initial" if data.get("initial") else "counsellor.button.add_initial"
                ),
                "initial",
            ),
        ),
        (_button(voice("counsellor.button.yes"), "yes"), _button(voice("counsellor.button.no"), "no")),
    )


def _toggle_label(voice: Voice, line: str, *, shown: bool) -> str:
    return voice(f"counsellor.hide.{line}") if shown else voice(f"counsellor.show.{line}")


def _toggle(step: Step) -> None:
    shown = [line for line in step.data.get("shown", []) if line != step.answer]
    if len(shown) == len(step.data.get("shown", [])):
        shown.append(str(step.answer))
    step.data["shown"] = [line for line in following.LINES if line in shown]


def _other_words(step: Step) -> None:
    step.data["words_to"] = "private" if step.data.get("words_to") == "topic" else "topic"


def _has_initial(step: Step) -> bool:
    return bool(step.data.get("initial"))


def _drop_initial(step: Step) -> None:
    step.data["initial"] = ""


def _ask_initial(step: Step) -> None:
    DIALOGUE.take_focus(step.turn)
    step.turn.on_message = False
    step.turn.tell("counsellor.ask_initial")


def _keep_initial(step: Step) -> None:
    step.data["initial"] = next((letter.upper() for letter in str(step.answer) if letter.isalpha()), "")
    DIALOGUE.leave(step.turn)


def typed(turn: Turn, text: str) -> bool:
    """Typed words where this conversation asked for some: the initial. What goes to a counsellor is `heard`."""
    return DIALOGUE.fire(turn, "letter", text)


def _agree(step: Step) -> None:
    turn, data = step.turn, step.data
    turn.do(
        AgreeToTeam(
            str(data.get("invitation", "")),
            tuple(data.get("shown", ())),
            str(data.get("words_to", "topic")),
            str(data.get("initial", "")),
        )
    )


def agreed(turn: Turn, link: FollowedBy | None) -> None:
    """Said by the shell once the yes was recorded; None: the invitation was used or has ended meanwhile."""
    if link is None:
        not_valid(turn)
        return
    voice = turn.voice
    text = voice(
        "counsellor.receipt",
        receipt=link.receipt,
        day=f"{voice.date(turn.today)} {turn.today.year}",
        who=link.counsellor,
        team=link.team,
        n=link.answer_days,
    )
    write = _button(voice("counsellor.button.write", who=link.counsellor), f"write_{link.link}")
    turn.say(
        Reply(text, title=voice("counsellor.receipt_title"), buttons=((write,),), replace=turn.on_message)
    )


def _decline(step: Step) -> None:
    turn = step.turn
    step.data.clear()
    turn.say(Reply(turn.voice("counsellor.declined"), replace=turn.on_message))


# Who follows, and what they see


def show(turn: Turn) -> None:
    """`/qui`: who follows the person, who can read what, and the way out."""
    turn.on_message = False
    if not turn.followed_by:
        if turn.invitation is not None and DIALOGUE.name in turn.person.dialogues:
            DIALOGUE.enter(turn, "preview", take_focus=False, **turn.person.dialogues[DIALOGUE.name].data)
            return
        turn.tell("counsellor.nobody")
        return
    for link in turn.followed_by:
        turn.say(Reply(_who(turn, link), title=link.team, buttons=_who_rows(turn, link)))


def _who(turn: Turn, link: FollowedBy) -> str:
    voice = turn.voice
    key = "counsellor.who_gone" if link.gone else "counsellor.who"
    lines = [voice(key, who=link.counsellor, day=voice.date(link.linked_on), receipt=link.receipt)]
    if link.cover and link.cover_until:
        lines.append(voice("counsellor.covered", who=link.cover, day=voice.date(link.cover_until)))
    if link.back is not None and not link.gone:
        lines.append(voice("counsellor.back", who=link.who, when=voice.moment(link.back, turn.today)))
    lines.append(voice("counsellor.readers", members=voice.listing(list(link.members))))
    if not (link.gone and link.words_to == "private"):
        lines.append(voice(f"counsellor.words.{link.words_to}", who=link.who))
    seen = [voice(f"counsellor.line.{line}") for line in link.shown]
    lines.append(voice("counsellor.sees", seen=voice.listing([voice("counsellor.line.name"), *seen])))
    lines.append(voice("counsellor.never"))
    return "\n".join(lines)


def _who_rows(turn: Turn, link: FollowedBy) -> Rows:
    voice = turn.voice
    toggles = tuple(
        _button(_toggle_label(voice, line, shown=line in link.shown), f"show_{line}_{link.link}")
        for line in following.LINES
    )
    other = "private" if link.words_to == "topic" else "topic"
    return (
        *((button,) for button in _reach(turn, link)),
        toggles[:2],
        toggles[2:],
        (_button(voice(f"counsellor.to.{other}"), f"to_{other}_{link.link}"), access.button(turn)),
        (_button(voice("counsellor.button.leave"), f"leave_{link.link}"),),
    )


def _reach(turn: Turn, link: FollowedBy) -> tuple[Button, ...]:
    """To write, and to be called; who has left calls nobody, and what is written is read by the team."""
    voice = turn.voice
    if link.gone:
        return (_button(voice("counsellor.button.write_gone", team=link.team), f"write_{link.link}"),)
    return (
        _button(voice("counsellor.button.write", who=link.who), f"write_{link.link}"),
        _button(voice("counsellor.button.call_me"), f"call_{link.link}"),
    )


# Writing


def write(turn: Turn, text: str = "") -> None:
    """`/conseiller`: what is sent next goes to the counsellor. With words, these do."""
    if not turn.followed_by:
        turn.tell("counsellor.nobody_to_write", operator=turn.world.operator, contact=turn.world.contact)
        return
    if len(turn.followed_by) > 1:
        rows = tuple(
            (_button(f"{one.who} · {one.team}"[:60], f"write_{one.link}"),) for one in turn.followed_by
        )
        turn.say(Reply(turn.voice("counsellor.which"), buttons=rows))
        return
    _ask_words(turn, turn.followed_by[0])


def _ask_words(turn: Turn, link: FollowedBy) -> None:
    turn.on_message = False
    DIALOGUE.enter(turn, "writing", link=link.link)


def _say_write(step: Step) -> None:
    turn = step.turn
    link = _link(turn, step.data.get("link"))
    if link is None:
        turn.tell("counsellor.nobody")
        return
    rather_not = _button(turn.voice("counsellor.button.rather_not"), "rather_not")
    key = "counsellor.ask.gone" if link.gone else f"counsellor.ask.{link.words_to}"
    turn.say(Reply(turn.voice(key, who=link.who), buttons=((rather_not,),)))


def heard(turn: Turn, incoming: Incoming) -> bool:
    """What the person sends to a counsellor: an answer to a message of theirs, or what follows "write"."""
    if incoming.kind not in COPIED:
        return False
    link = _link(turn, turn.answered_link)
    if link is not None:
        _send(turn, link)
        _expect_more(turn, link, incoming)
        return True
    place = turn.person.dialogues.get(DIALOGUE.name)
    if place is None:
        return False
    if _is_the_rest(turn, incoming):
        return True
    if turn.person.focus != DIALOGUE.name or place.state != "writing":
        return False
    link = _link(turn, place.data.get("link"))
    DIALOGUE.leave(turn)
    place.state = "quiet"
    if link is None:
        turn.tell("counsellor.nobody")
        return True
    place.data = {}
    _send(turn, link)
    _expect_more(turn, link, incoming)
    return True


def _expect_more(turn: Turn, link: FollowedBy, incoming: Incoming) -> None:
    """A text as long as Telegram takes may be the beginning of a longer one, whose rest comes as another message."""
    place = turn.person.dialogues.get(DIALOGUE.name)
    if place is not None and incoming.kind is Kind.TEXT and len(incoming.text) >= CUT_FROM:
        until = turn.now + REST_WITHIN
        place.data = {**place.data, "rest_of": link.link, "rest_until": until.isoformat()}


def _is_the_rest(turn: Turn, incoming: Incoming) -> bool:
    """Hand on the rest of a long text, cut by the person's app and not by them."""
    place = turn.person.dialogues[DIALOGUE.name]
    until, link = place.data.get("rest_until"), _link(turn, place.data.get("rest_of"))
    if until is None:
        return False
    place.data = {key: value for key, value in place.data.items() if not key.startswith("rest_")}
    late = turn.now > datetime.fromisoformat(until)
    if late or link is None or link.obstacle is not None or incoming.kind is not Kind.TEXT:
        return False
    turn.do(WriteToTeam(link.link))
    _expect_more(turn, link, incoming)
    return True


def _send(turn: Turn, link: FollowedBy) -> None:
    if link.obstacle is not None:
        turn.say(handing_on.impossible(turn.voice, link))
        return
    turn.do(WriteToTeam(link.link))
    turn.say(handing_on.on_its_way(turn, link, SENT))


def _rather_not(step: Step) -> None:
    turn = step.turn
    DIALOGUE.leave(turn)
    turn.say(Reply(turn.voice("counsellor.not_sent"), replace=turn.on_message))


# A human


def human(turn: Turn) -> None:
    """ "Je veux parler à quelqu'un": their counsellor, or else whoever runs Bob."""
    voice = turn.voice
    if not turn.followed_by:
        turn.tell("help.human", operator=turn.world.operator, contact=turn.world.contact)
        return
    rows = tuple(_reach(turn, one) for one in turn.followed_by)
    there = [one.who for one in turn.followed_by if not one.gone]
    if there:
        turn.say(Reply(voice("counsellor.human", who=voice.listing(there)), buttons=rows))
        return
    gone = voice("counsellor.gone", who=turn.followed_by[0].who)
    turn.say(
        Reply(
            gone + "\n" + voice("help.human", operator=turn.world.operator, contact=turn.world.contact),
            buttons=rows,
        )
    )


def _call(turn: Turn, link: FollowedBy) -> None:
    if link.gone:
        turn.say(Reply(turn.voice("counsellor.gone", who=link.who), buttons=(_reach(turn, link),)))
        return
    turn.do(AskForHuman(link.link))
    turn.say(
        Reply(turn.voice("counsellor.call_asked", who=link.who, n=link.answer_days), replace=turn.on_message)
    )


# Presses


def press(turn: Turn, value: str) -> bool:
    """A button of these messages, in whatever state: each names what it is about."""
    verb, _, rest = value.partition("_")
    if verb == "line" and rest in following.LINES:
        return DIALOGUE.fire(turn, "line", rest)
    if value in ("words", "initial", "yes", "no", "rather_not", "stay"):
        return DIALOGUE.fire(turn, value)
    link = _link(turn, _number(value.rpartition("_")[2]))
    if link is None:
        return False
    middle = rest.rpartition("_")[0]
    match verb:
        case "write":
            _ask_words(turn, link)
        case "call":
            _call(turn, link)
        case "show" if middle in following.LINES:
            _change(turn, link, line=middle)
        case "to" if middle in ("topic", "private"):
            _change(turn, link, words_to=middle)
        case "undo" if (message := _number(middle)) is not None:
            turn.do(TakeBack(link.link, message))
        case "team" if (message := _number(middle)) is not None:
            turn.do(SendToTopic(link.link, message))
        case "leave":
            _ask_leave(turn, link)
        case "left":
            leave(turn, link)
        case _:
            return False
    return True


def _change(turn: Turn, link: FollowedBy, *, line: str | None = None, words_to: str | None = None) -> None:
    shown = [each for each in following.LINES if (each in link.shown) != (each == line)]
    turn.do(ChangeSharing(link.link, tuple(shown), words_to or link.words_to))
    changed = replace(link, shown=tuple(shown), words_to=words_to or link.words_to)
    turn.say(
        Reply(_who(turn, changed), title=link.team, buttons=_who_rows(turn, changed), replace=turn.on_message)
    )


def _ask_leave(turn: Turn, link: FollowedBy) -> None:
    voice = turn.voice
    yes = _button(voice("counsellor.button.leave_yes"), f"left_{link.link}")
    stay = _button(voice("counsellor.button.leave_no"), "stay")
    turn.say(Reply(voice("counsellor.leave_sure", who=link.counsellor), buttons=((yes,), (stay,))))


def leave(turn: Turn, link: FollowedBy) -> None:
    """The person leaves a team: its access ends with this turn."""
    turn.do(LeaveTeam(link.link))
    turn.followed_by = tuple(one for one in turn.followed_by if one.link != link.link)
    turn.say(Reply(turn.voice("counsellor.left", who=link.counsellor), replace=turn.on_message))


def leave_all(turn: Turn) -> None:
    """The person takes back their agreement to Bob: nobody follows them any more."""
    for link in turn.followed_by:
        turn.do(LeaveTeam(link.link))
    turn.followed_by = ()


def _stay(step: Step) -> None:
    step.turn.say(Reply(step.turn.voice("counsellor.stays"), replace=step.turn.on_message))


def _link(turn: Turn, link: object) -> FollowedBy | None:
    """The team of that link, among those that follow the person."""
    return next((one for one in turn.followed_by if one.link == link), None)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def _button(label: str, value: str) -> Button:
    return DIALOGUE.button(label, value, "any")


DIALOGUE = Dialogue(
    "counsellor",
    states={
        "quiet": (),
        "invited": (),
        "preview": (_preview,),
        "initial": (_ask_initial,),
        "writing": (_say_write,),
    },
    rows=(
        Row("line", "preview", "=", (), (_toggle,)),
        Row("words", "preview", "=", (), (_other_words,)),
        Row("initial", "preview", "=", (_has_initial,), (_drop_initial,)),
        Row("initial", "preview", "initial"),
        Row("letter", "initial", "preview", (), (_keep_initial,)),
        Row("yes", "preview", "quiet", (), (_agree,)),
        Row("no", "preview", "quiet", (), (_decline,)),
        Row("rather_not", "writing", "quiet", (), (_rather_not,)),
        Row("stay", ("quiet", "invited", "preview", "initial", "writing"), None, (), (_stay,)),
    ),
    initial="quiet",
)
