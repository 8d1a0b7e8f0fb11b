"""What blocks most, said with the person's own answers; the one question that would decide; and their own view."""

from __future__ import annotations

from bot.advice.profile import ObstacleId
from bot.dialogs import asking, reasons, rhythm, strategies
from bot.dialogs.machine import Dialogue, Row, Step
from bot.dialogs.questions import BY_FIELD, QUESTIONS
from bot.dialogs.replies import Button, Reply
from bot.dialogs.turn import Turn

MOST_QUESTIONS = 2
"""Deciding questions asked in a row before Bob says what he thinks with what he has."""


def announce(turn: Turn, *, first: bool = False, asked: int = 0) -> None:
    """Say the diagnosis, or ask the one question that would decide. `first`: strategies and next steps follow."""
    found = turn.diagnosed()
    askable = [BY_FIELD[name].name for name in found.missing if name in BY_FIELD]
    if found.main is None and askable and asked < MOST_QUESTIONS:
        DIALOGUE.enter(turn, "asking", question=askable[0], first=first, asked=asked + 1)
        return
    DIALOGUE.enter(turn, "told", first=first)


def _tell(step: Step) -> None:
    turn, voice = step.turn, step.turn.voice
    found = turn.diagnosed()
    lines = reasons.diagnosis_lines(turn, found)
    buttons: tuple[tuple[Button, ...], ...] = (
        (
            DIALOGUE.button(voice("diagnosis.agree"), "agree", "told"),
            DIALOGUE.button(voice("diagnosis.differ"), "differ", "told"),
        ),
    )
    turn.say(Reply("\n\n".join(lines), title=voice("diagnosis.title"), buttons=buttons))
    if step.data.get("first"):
        strategies.show(turn)
        next_steps(turn)
    turn.person.focus = None


def next_steps(turn: Turn) -> None:
    """When the next action comes, and what can be done meanwhile."""
    due = rhythm.next_due(turn.profile, turn.now, turn.person.last_push)
    when = turn.voice.moment(due.astimezone(turn.local_now.tzinfo), turn.today)
    turn.tell("diagnosis.next_steps", when=when)


def _ask(step: Step) -> None:
    turn, voice = step.turn, step.turn.voice
    question = QUESTIONS[step.data["question"]]
    chosen = set(step.data.get("chosen", []))
    rows = asking.option_buttons(DIALOGUE, turn, question, "asking", chosen)
    if question.several:
        rows = (*rows, (DIALOGUE.button(voice("questions.that_is_all"), asking.DONE, "asking"),))
    skip = (DIALOGUE.button(voice("questions.skip"), asking.SKIP, "asking"),)
    text = f"{voice('diagnosis.one_question')}\n\n{question.ask(voice)}"
    turn.say(Reply(text, buttons=(*rows, skip)))


def _keep(step: Step) -> None:
    step.turn.profile = step.turn.profile.with_answers(**step.answer.values)


def _pass(step: Step) -> None:
    question = QUESTIONS[step.data["question"]]
    missing = [name for name in question.fields if getattr(step.turn.profile, name) is None]
    step.turn.profile = step.turn.profile.skipping(*missing)


def _again(step: Step) -> None:
    announce(step.turn, first=bool(step.data.get("first")), asked=int(step.data.get("asked", 0)))


def _agreed(step: Step) -> None:
    step.turn.tell("diagnosis.agreed")


def _offer_views(step: Step) -> None:
    turn, voice = step.turn, step.turn.voice
    names = [(reasons.obstacle_name(turn, obstacle), obstacle.value) for obstacle in ObstacleId]
    rows = tuple((DIALOGUE.button(name, value, "differing"),) for name, value in names)
    keep = (DIALOGUE.button(voice("diagnosis.never_mind"), "keep", "differing"),)
    turn.say(Reply(voice("diagnosis.your_view"), buttons=(*rows, keep)))


def _take_view(step: Step) -> None:
    turn = step.turn
    turn.profile = turn.profile.with_answers(own_view=ObstacleId(step.answer))
    name = reasons.obstacle_name(turn, ObstacleId(step.answer))
    turn.tell("diagnosis.view_taken", name=name)
    strategies.show(turn)
    turn.person.focus = None


def _kept(step: Step) -> None:
    step.turn.tell("diagnosis.view_kept")
    step.turn.person.focus = None


DIALOGUE = Dialogue(
    "diagnosis",
    states={"told": (_tell,), "asking": (_ask,), "differing": (_offer_views,), "settled": ()},
    rows=(
        Row("answer", "asking", "settled", (), (_keep, _again)),
        Row("skip", "asking", "settled", (), (_pass, _again)),
        Row("agree", ("told", "settled"), "settled", (), (_agreed,)),
        Row("differ", ("told", "settled"), "differing"),
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
    if value in ("agree", "differ", "keep"):
        return DIALOGUE.fire(turn, value)
    return value in set(ObstacleId) and DIALOGUE.fire(turn, "view", value)


def _press_question(turn: Turn, value: str) -> bool:
    place = DIALOGUE.open(turn)
    question = QUESTIONS[place.data["question"]]
    if value == asking.SKIP:
        return DIALOGUE.fire(turn, "skip")
    answer = asking.option(turn, question.name, value)
    if answer is None:
        return False
    asking.answered(turn, question.ask(turn.voice), answer.label)
    return DIALOGUE.fire(turn, "answer", answer)


def typed(turn: Turn, text: str) -> bool:
    """Typed words: an answer to the deciding question, or the name of an obstacle; False when not understood."""
    place = DIALOGUE.open(turn)
    if place.state == "asking":
        answer = asking.read(turn, place.data["question"], text)
        if answer is None:
            turn.lead.append(QUESTIONS[place.data["question"]].unclear(turn.voice))
            DIALOGUE.repeat(turn)
            return False
        return DIALOGUE.fire(turn, "answer", answer)
    if place.state == "differing":
        from bot.dialogs import answers

        picked = answers.choice(text, {o.value: reasons.obstacle_name(turn, o) for o in ObstacleId})
        return bool(picked) and DIALOGUE.fire(turn, "view", picked)
    return False
