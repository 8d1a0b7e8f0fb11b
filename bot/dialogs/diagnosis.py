"""What blocks most, said with the person's own answers; the one question that would decide; and their own view."""

from __future__ import annotations

from bot.advice.diagnosis import GOOD, NEEDS_ATTENTION, NEUTRAL, UNDETERMINED
from bot.advice.profile import ObstacleId
from bot.dialogs import asking, reasons, strategies
from bot.dialogs.answer import Answer
from bot.dialogs.machine import Dialogue, Row, Step
from bot.dialogs.next_action import next_moment
from bot.dialogs.questions import BY_FIELD, QUESTIONS
from bot.dialogs.replies import ButtonMaker, Reply
from bot.dialogs.turn import Turn
from bot.understanding import choices, intents
from bot.understanding.intents import Intent

MOST_QUESTIONS = 2
"""Deciding questions asked in a row before Bob says what he thinks with what he has."""
VIEWS_AT_ONCE = 6
"""Obstacles to choose from in one message; twelve would fill a phone."""
_BUTTON = ButtonMaker("diagnosis")


def announce(turn: Turn, *, first: bool = False, asked: int = 0) -> None:
    """Say the diagnosis, or ask the one question that would decide. `first`: with what comes next."""
    found = turn.diagnosed()
    askable = [BY_FIELD[name].name for name in found.missing if name in BY_FIELD]
    if found.main is None and askable and asked < MOST_QUESTIONS:
        DIALOGUE.enter(turn, "asking", question=askable[0], first=first, asked=asked + 1)
        return
    DIALOGUE.enter(turn, "told", first=first)
    DIALOGUE.leave(turn)


# The diagnosis


def _tell(step: Step) -> None:
    turn, voice = step.turn, step.turn.voice
    lines = reasons.diagnosis_lines(turn, turn.diagnosed())
    agree = _BUTTON(voice("diagnosis.agree"), "agree", "told")
    differ = _BUTTON(voice("diagnosis.differ"), "differ", "told")
    footer = _next_steps(turn) if step.data.get("first") else None
    title = voice("diagnosis.title")
    turn.say(Reply("\n\n".join(lines), title=title, buttons=((agree, differ),), footer=footer))


def _next_steps(turn: Turn) -> str:
    """When the next action comes, and what can be done meanwhile."""
    when = next_moment(turn)
    return turn.voice("diagnosis.next_steps", when=when) if when else turn.voice("day.no_next")


def _agreed(step: Step) -> None:
    _close_pressed(step, "diagnosis.agree")
    step.turn.lead.append(step.turn.voice("diagnosis.agreed"))
    strategies.show(step.turn)


def _close_pressed(step: Step, label: str) -> None:
    """The pressed message keeps the diagnosis, with the answer in the place of its buttons."""
    turn, voice = step.turn, step.turn.voice
    lines = reasons.diagnosis_lines(turn, turn.diagnosed())
    text = "\n\n".join([*lines, f"→ {voice(label)}"])
    turn.say(Reply(text, title=voice("diagnosis.title"), replace=True))


# The one question that would decide


def _ask(step: Step) -> None:
    _show_question(step, replace=False)


def _show_question(step: Step, *, replace: bool) -> None:
    turn, name = step.turn, step.data["question"]
    rows = asking.rows_with_skip(_BUTTON, turn, name, step.data, "asking")
    turn.say(Reply(_question_text(turn, name), buttons=rows, replace=replace))


def _question_text(turn: Turn, name: str) -> str:
    return f"{turn.voice('diagnosis.one_question')}\n\n{QUESTIONS[name].ask(turn.voice)}"


def _toggle(step: Step) -> None:
    asking.toggled(step.data, step.answer)
    _show_question(step, replace=step.turn.on_message)


def _keep(step: Step) -> None:
    answer: Answer = step.answer
    step.turn.profile = step.turn.profile.with_answers(**answer.values)


def _pass(step: Step) -> None:
    fields = QUESTIONS[step.data["question"]].fields
    missing = [name for name in fields if getattr(step.turn.profile, name) is None]
    step.turn.profile = step.turn.profile.skipping(*missing)


def _again(step: Step) -> None:
    """On to the next question, or to the diagnosis. (The place that this event leaves is made anew.)"""
    first, asked = bool(step.data.get("first")), int(step.data.get("asked", 0))
    DIALOGUE.leave(step.turn)
    announce(step.turn, first=first, asked=asked)


# Their own view


def _offer_views(step: Step) -> None:
    _show_views(step, replace=False)


def _show_views(step: Step, *, replace: bool) -> None:
    turn, voice = step.turn, step.turn.voice
    views, first = _views(turn), int(step.data.get("views_from", 0))
    names = [(reasons.obstacle_name(turn, one), one.value) for one in views[first : first + VIEWS_AT_ONCE]]
    rows = [(_BUTTON(name[0].upper() + name[1:], value, "differing"),) for name, value in names]
    last = first + VIEWS_AT_ONCE >= len(views)
    rows.append(
        (_BUTTON(voice("diagnosis.first_views" if last else "diagnosis.more_views"), "more", "differing"),)
    )
    rows.append((_BUTTON(voice("diagnosis.never_mind"), "keep", "differing"),))
    turn.say(Reply(voice("diagnosis.your_view"), buttons=tuple(rows), replace=replace))


def _views(turn: Turn) -> list[ObstacleId]:
    """Every obstacle, the likeliest first: those that deserve attention, then unknown ones, and last what Bob said."""
    found = turn.diagnosed()
    states = {other.id: other.state for other in found.others}
    order = (NEEDS_ATTENTION, UNDETERMINED, NEUTRAL, GOOD)

    def likely(obstacle: ObstacleId) -> tuple[bool, int]:
        return obstacle is found.main, order.index(states.get(obstacle, NEUTRAL))

    return sorted(ObstacleId, key=likely)


def _more_views(step: Step) -> None:
    first = int(step.data.get("views_from", 0)) + VIEWS_AT_ONCE
    step.data["views_from"] = first if first < len(ObstacleId) else 0
    _show_views(step, replace=step.turn.on_message)


def _take_focus(step: Step) -> None:
    _close_pressed(step, "diagnosis.differ")
    DIALOGUE.take_focus(step.turn)


def _take_view(step: Step) -> None:
    turn = step.turn
    name = reasons.obstacle_name(turn, ObstacleId(step.answer))
    if turn.on_message:
        asking.answered(turn, turn.voice("diagnosis.your_view"), name)
    turn.profile = turn.profile.with_answers(own_view=ObstacleId(step.answer))
    turn.lead.append(turn.voice("diagnosis.view_taken", name=name))
    DIALOGUE.leave(turn)
    strategies.show(turn)


def _kept(step: Step) -> None:
    turn = step.turn
    DIALOGUE.leave(turn)
    turn.say(Reply(turn.voice("diagnosis.view_kept"), replace=turn.on_message))


DIALOGUE = Dialogue(
    _BUTTON.dialogue,
    version=_BUTTON.version,
    states={"told": (_tell,), "asking": (_ask,), "differing": (_offer_views,), "settled": ()},
    rows=(
        Row("answer", "asking", "settled", (), (_keep, _again)),
        Row("skip", "asking", "settled", (), (_pass, _again)),
        Row("toggle", "asking", None, (), (_toggle,)),
        Row("agree", "told", "settled", (), (_agreed,)),
        Row("differ", ("told", "settled"), "differing", (), (_take_focus,)),
        Row("more", "differing", None, (), (_more_views,)),
        Row("view", "differing", "settled", (), (_take_view,)),
        Row("keep", "differing", "settled", (), (_kept,)),
    ),
    initial="settled",
)


def press(turn: Turn, value: str) -> bool:
    """A button of the diagnosis; False when it fits nothing."""
    place = DIALOGUE.open(turn)
    if place.state == "asking":
        return _press_question(turn, value)
    if value in ("agree", "differ", "keep", "more"):
        return DIALOGUE.fire(turn, value)
    return value in set(ObstacleId) and DIALOGUE.fire(turn, "view", value)


def _press_question(turn: Turn, value: str) -> bool:
    place = DIALOGUE.open(turn)
    name = place.data.get("question", "")
    if name not in QUESTIONS:
        return False
    text = _question_text(turn, name)
    if value == asking.SKIP:
        asking.answered(turn, text, turn.voice("questions.skip"))
        return DIALOGUE.fire(turn, "skip")
    if asking.is_toggle(name, value):
        return DIALOGUE.fire(turn, "toggle", value)
    answer = asking.pressed(turn, name, place.data, value, picking=False)
    if answer is None:
        return False
    asking.answered(turn, text, answer.label)
    return DIALOGUE.fire(turn, "answer", answer)


def typed(turn: Turn, text: str) -> bool:
    """Typed words: an answer to the deciding question, or the name of an obstacle. False: nothing was asked."""
    place = DIALOGUE.open(turn)
    if place.state == "asking" and place.data.get("question") in QUESTIONS:
        return _typed_answer(turn, place.data["question"], text)
    if place.state != "differing":
        return False
    if intents.intent(text) in (Intent.NO, Intent.BACK, Intent.SKIP, Intent.NOTHING):
        return DIALOGUE.fire(turn, "keep")
    picked = choices.choice(text, {one.value: reasons.obstacle_name(turn, one) for one in ObstacleId})
    if picked:
        return DIALOGUE.fire(turn, "view", picked)
    turn.lead.append(turn.voice("questions.unclear"))
    DIALOGUE.repeat(turn)
    return True


def _typed_answer(turn: Turn, name: str, text: str) -> bool:
    if intents.intent(text) is Intent.SKIP:
        return DIALOGUE.fire(turn, "skip")
    answer = asking.read(turn, name, DIALOGUE.open(turn).data, text, picking=False)
    if answer is None:
        turn.lead.append(QUESTIONS[name].unclear(turn.voice, text))
        DIALOGUE.repeat(turn)
        return True
    return DIALOGUE.fire(turn, "answer", answer)
