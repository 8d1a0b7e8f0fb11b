"""`/candidatures`: every application with its state, in one message; each opens on its own buttons.

What is told in a sentence, by a link or a forwarded message comes in through `bot.dialogs.board_told`. Buttons name an
application by its number, so they work whatever was said meanwhile.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.advice.applications import Application, State
from bot.advice.follow_ups import DELAYS
from bot.dialogs import asking, in_work, setbacks
from bot.dialogs.board_kept import BUTTON, add, back_to, by_number, change, drop, keep, take_back
from bot.dialogs.board_words import as_csv, kept_name, listed, name_of, noted_state, state_of
from bot.dialogs.machine import Dialogue, Row, Step
from bot.dialogs.replies import Button, Reply, Rows
from bot.dialogs.turn import Turn
from bot.understanding import application_ways, board_said, intents
from bot.understanding.applications import Status, application
from bot.understanding.intents import Intent

PER_PAGE = 9
EXPORT_NAME = "board.file_name"
LONGEST_ANSWER = 12
"""Words of an answer to "which employer?"; more are about something else."""


# The list


def show(turn: Turn) -> None:
    """`/candidatures`."""
    turn.on_message = False
    DIALOGUE.leave(turn)
    DIALOGUE.fire(turn, "list", 0)


def _list(step: Step) -> None:
    turn, voice = step.turn, step.turn.voice
    if not turn.board:
        turn.say(Reply(voice("board.empty"), title=voice("board.title"), replace=turn.on_message))
        return
    ordered = listed(turn.board)
    pages = (len(ordered) - 1) // PER_PAGE
    page = min(max(int(step.answer or 0), 0), pages)
    shown = ordered[page * PER_PAGE : (page + 1) * PER_PAGE]
    lines, state = [], None
    for place, one in enumerate(shown, page * PER_PAGE + 1):
        if one.state is not state:
            state = one.state
            count = sum(other.state is state for other in ordered)
            lines += ["", voice("board.heading", state=voice(f"board.many.{state}"), number=count)]
        lines.append(f"{place}. {name_of(voice, one)} · {state_of(voice, one)}")
    buttons = [
        _button(str(place), f"see-{one.number}") for place, one in enumerate(shown, page * PER_PAGE + 1)
    ]
    ways = [_button(voice("board.button.csv"), "csv")]
    if page < pages:
        ways.insert(0, _button(voice("board.button.next"), f"page-{page + 1}"))
    if page > 0:
        ways.insert(0, _button(voice("board.button.before"), f"page-{page - 1}"))
    text = "\n".join([voice("board.invite"), *lines])
    rows = (*asking.rows_of(buttons, 3), tuple(ways))
    turn.say(Reply(text, title=voice("board.title"), buttons=rows, replace=turn.on_message))


def _button(label: str, value: str) -> Button:
    return BUTTON(label, value, "any")


# One of them


def _see(step: Step) -> None:
    _show_one(step.turn, _found(step), replace_it=step.turn.on_message)


def _found(step: Step) -> Application:
    number = step.answer[0] if isinstance(step.answer, tuple) else step.answer
    one = by_number(step.turn, number)
    if one is None:
        raise LookupError("the table lets nothing through without an application")
    return one


def _show_one(turn: Turn, one: Application, *, replace_it: bool, lead: str | None = None) -> None:
    voice = turn.voice
    state = state_of(voice, one)
    lines = [*([lead] if lead else []), f"{state[0].upper()}{state[1:]}."]
    if one.followed:
        lines.append(voice("board.followed", day=voice.short_date(one.followed)))
    rows = move_rows(turn, one)
    if one.place:
        rows = ((Button(voice("day.open_link"), url=one.place),), *rows)
    turn.say(Reply("\n".join(lines), title=name_of(voice, one), buttons=rows, replace=replace_it))


def move_rows(turn: Turn, one: Application) -> Rows:
    """Buttons for every state that it is not in, then the way out."""
    voice = turn.voice
    states = [
        _button(voice(f"board.button.{state}"), f"{state}-{one.number}")
        for state in State
        if state is not one.state
    ]
    remove = _button(voice("board.button.remove"), f"remove-{one.number}")
    return (*asking.rows_of(states, 2), (remove, _button(voice("board.button.list"), "list")))


def _is_there(step: Step) -> bool:
    number = step.answer[0] if isinstance(step.answer, tuple) else step.answer
    return by_number(step.turn, number) is not None


def _is_elsewhere(step: Step) -> bool:
    """There, and in another state than the one asked for: a second tap moves nothing."""
    one = by_number(step.turn, step.answer[0])
    return one is not None and one.state is not step.answer[1]


def _move(step: Step) -> None:
    turn, (_, state) = step.turn, step.answer
    former = _found(step)
    moved = former.moved(state, turn.today)
    if state is State.INTERVIEW:  # its day is not known: it may lie ahead
        moved = replace(moved, days={day: when for day, when in moved.days.items() if day is not state})
    change(turn, former, moved)
    say_noted(turn, moved, replace_it=turn.on_message)


def say_noted(turn: Turn, one: Application, *, replace_it: bool = False) -> None:
    """What is noted now, what will come of it, and a way to undo."""
    voice = turn.voice
    lines = [voice("board.noted", name=name_of(voice, one), state=state_of(voice, one))]
    if not in_work.is_working(turn.person):  # to whom nothing comes of it unasked
        lines += _what_comes(turn, one)
    undo = _button(voice("day.button.undo"), f"undo-{one.number}")
    row = (undo, _button(voice("board.button.list"), "list"))
    turn.say(Reply("\n".join(lines), buttons=(row,), replace=replace_it))
    if one.state is State.REFUSED:
        setbacks.DIALOGUE.fire(turn, "refused")


def _what_comes(turn: Turn, one: Application) -> list[str]:
    voice = turn.voice
    if one.state is State.SENT and one.wanted and State.SENT in one.days:
        left = DELAYS[one.channel] - (turn.today - one.days[State.SENT]).days
        return [voice("board.will_follow", n=left) if left > 1 else voice("board.will_follow_soon")]
    if one.state is State.INTERVIEW and State.INTERVIEW not in one.days:
        return [voice("board.which_day")]
    if one.state is State.INTERVIEW and one.day >= turn.today:
        return [voice("board.thanks_after")]
    return [voice("board.offer")] if one.state is State.OFFER else []


# Undo, remove


def _may_be_undone(step: Step) -> bool:
    undo = step.data.get("undo")
    return undo is not None and undo["number"] == step.answer and _is_there(step)


def _undo(step: Step) -> None:
    turn, undo = step.turn, step.data.pop("undo")
    one = _found(step)
    if "state" not in undo:
        name = name_of(turn.voice, one)
        take_back(turn, one)
        turn.say(Reply(turn.voice("board.undone_added", name=name), replace=turn.on_message))
        return
    back = back_to(one, undo)
    take_back(turn, one, back)
    _show_one(turn, back, replace_it=turn.on_message, lead=turn.voice("board.undone"))


def _ask_remove(step: Step) -> None:
    turn, one = step.turn, _found(step)
    yes = _button(turn.voice("board.button.removed"), f"removed-{one.number}")
    no = _button(turn.voice("board.button.keep"), f"see-{one.number}")
    text = turn.voice("board.remove", name=name_of(turn.voice, one))
    turn.say(Reply(text, buttons=((yes, no),), replace=turn.on_message))


def _remove(step: Step) -> None:
    turn, one = step.turn, _found(step)
    step.data.pop("undo", None)
    drop(turn, one.number)
    back = _button(turn.voice("board.button.list"), "list")
    turn.say(Reply(turn.voice("board.is_removed"), buttons=((back,),), replace=turn.on_message))


def _export(step: Step) -> None:
    turn, voice = step.turn, step.turn.voice
    turn.say(
        Reply(
            voice("board.export_caption"),
            document_name=f"{voice(EXPORT_NAME)}.csv",
            document=as_csv(voice, turn.board),
        )
    )


# Which employer?


def ask_name(turn: Turn, state: State, **known: Any) -> None:
    """Keep it, and ask for the employer: one that is told without a name."""
    one = add(turn, state, **known)
    place = DIALOGUE.open(turn)
    place.data["naming"] = one.number
    place.state = "naming"
    DIALOGUE.take_focus(turn)
    DIALOGUE.repeat(turn)


def _ask(step: Step) -> None:
    turn = step.turn
    one = by_number(turn, step.data.get("naming", 0))
    state = noted_state(turn.voice, one) if one else ""
    skip = BUTTON(turn.voice("questions.skip"), asking.SKIP, "naming")
    turn.say(Reply(turn.voice("board.which_employer", state=state), buttons=((skip,),)))


def _name(step: Step) -> None:
    turn, (company, job, went) = step.turn, step.answer
    one = by_number(turn, step.data.pop("naming", 0))
    DIALOGUE.leave(turn)
    if one is None:
        return
    named = replace(one, company=company or one.company, job=job or one.job)
    if went and named.state is State.TODO:  # a link, then "j'y ai postulé"
        change(turn, one, named := named.moved(State.SENT, turn.today))
    keep(turn, named)
    say_noted(turn, named)


def _skip_name(step: Step) -> None:
    turn = step.turn
    one = by_number(turn, step.data.pop("naming", 0))
    DIALOGUE.leave(turn)
    if one is not None:
        say_noted(turn, one, replace_it=turn.on_message)


_ANY = ("quiet", "naming")
DIALOGUE = Dialogue(
    BUTTON.dialogue,
    version=BUTTON.version,
    states={"quiet": (), "naming": (_ask,)},
    rows=(
        Row("list", _ANY, None, (), (_list,)),
        Row("see", _ANY, None, (_is_there,), (_see,)),
        Row("move", _ANY, None, (_is_elsewhere,), (_move,)),
        Row("undo", _ANY, None, (_may_be_undone,), (_undo,)),
        Row("remove", _ANY, None, (_is_there,), (_ask_remove,)),
        Row("removed", _ANY, None, (_is_there,), (_remove,)),
        Row("export", _ANY, None, (), (_export,)),
        Row("name", "naming", "quiet", (), (_name,)),
        Row("skip", "naming", "quiet", (), (_skip_name,)),
    ),
    initial="quiet",
)


def press(turn: Turn, value: str) -> bool:
    """A button of the board; False when it fits nothing: stale, forged, of an application that is gone."""
    verb, _, number = value.partition("-")
    if value in ("list", "csv"):
        return DIALOGUE.fire(turn, "export" if value == "csv" else "list", 0)
    if value == asking.SKIP:
        return DIALOGUE.fire(turn, "skip")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return False
    if verb == "page":
        return DIALOGUE.fire(turn, "list", int(number))
    if verb in set(State):
        return DIALOGUE.fire(turn, "move", (int(number), State(verb)))
    return verb in ("see", "undo", "remove", "removed") and DIALOGUE.fire(turn, verb, int(number))


def typed(turn: Turn, text: str) -> bool:
    """The employer and the job, where they were asked for. False for all else: it gives the focus back."""
    place, said = DIALOGUE.open(turn), intents.intent(text)
    if place.state == "naming" and said in (Intent.SKIP, Intent.NO, Intent.NOTHING, Intent.BACK):
        return DIALOGUE.fire(turn, "skip")
    other = board_said.is_sentence(text) or board_said.counts_several(text)
    told = application(text, turn.today, is_job=turn.is_job)
    other = other and not (told.company or told.job)
    if place.state != "naming" or said is not None or len(text.split()) > LONGEST_ANSWER or other:
        place.state = "quiet"
        place.data.pop("naming", None)
        DIALOGUE.leave(turn)
        return False
    company, job = application_ways.names(text, turn.is_job)
    names = (kept_name(company or (None if job else text)), kept_name(job))
    return any(names) and DIALOGUE.fire(turn, "name", (*names, told.status is Status.SENT))
