"""One more question, now and then: after an action that was done, the one whose answer would help most to choose.

At most one a local day, never in the middle of a plan, and one that is passed, or left twice, is never asked again.
"""

from __future__ import annotations

from bot.advice.questions import most_deciding
from bot.dialogs import asking, changes, in_work
from bot.dialogs.answer import Answer
from bot.dialogs.machine import Dialogue, Row, Step
from bot.dialogs.questions import BY_FIELD, QUESTIONS
from bot.dialogs.replies import ButtonMaker, Reply
from bot.dialogs.turn import Turn
from bot.understanding import intents
from bot.understanding.intents import Intent

FIELDS = (
    "leads",
    "liking",
    "network",
    "contracts",
    "minutes_per_day",
    "driving_licence",
    "has_cv",
    "has_computer",
    "age",
)
LAST = ("age",)
"""Asked after all the others: it is nobody's business but where it opens a right."""
ABOUT_THE_JOB = ("liking", "network")
"""Their words speak of "this job": for people who named one."""
MOST_TIMES = 2
"""How often one question is put before its silence counts as a "rather not"."""
_BUTTON = ButtonMaker("later")


def ask_if_due(turn: Turn) -> None:
    """Ask one question, if one is due and worth it."""
    place = DIALOGUE.open(turn)
    if "plan" in turn.person.dialogues or turn.person.status != "active" or in_work.is_working(turn.person):
        return
    if turn.person.focus not in (None, DIALOGUE.name) or place.data.get("on") == turn.today.isoformat():
        return
    _pass_silent(turn, place.data.get("times", {}))
    askable = [name for name in FIELDS if turn.profile.job or name not in ABOUT_THE_JOB]
    field = most_deciding(turn.facts, turn.world.catalogue, askable, LAST)
    if field is None:
        return
    name = BY_FIELD[field].name
    times = dict(place.data.get("times", {}))
    times[name] = times.get(name, 0) + 1
    DIALOGUE.enter(turn, "asking", question=name, on=turn.today.isoformat(), times=times)


def _pass_silent(turn: Turn, times: dict[str, int]) -> None:
    """Questions that were left unanswered often enough are not asked again."""
    tired = [name for name, count in times.items() if count >= MOST_TIMES and name in QUESTIONS]
    unanswered = [
        field for name in tired for field in QUESTIONS[name].fields if turn.profile.open_question(field)
    ]
    if unanswered:
        turn.profile = turn.profile.skipping(*unanswered)


def _ask(step: Step) -> None:
    _show(step, replace=False)


def _toggle(step: Step) -> None:
    asking.toggled(step.data, step.answer)
    _show(step, replace=step.turn.on_message)


def _show(step: Step, *, replace: bool) -> None:
    turn, name = step.turn, step.data["question"]
    rows = asking.rows_with_skip(_BUTTON, turn, name, step.data, "asking")
    turn.say(Reply(_text(turn, name), buttons=rows, replace=replace))


def _text(turn: Turn, name: str) -> str:
    return f"{turn.voice('later.intro')}\n{QUESTIONS[name].ask(turn.voice)}"


def _keep(step: Step) -> None:
    turn, answer, name = step.turn, step.answer, step.data["question"]
    lines = [turn.voice("later.thanks"), *changes.apply(turn, turn.profile.with_answers(**answer.values))]
    _settle(step, name, answer.label, "\n".join(lines))


def _skip(step: Step) -> None:
    turn, name = step.turn, step.data["question"]
    turn.profile = turn.profile.skipping(*QUESTIONS[name].fields)
    _settle(step, name, turn.voice("questions.skip"), turn.voice("later.skipped"))


def _settle(step: Step, name: str, label: str, text: str) -> None:
    turn = step.turn
    if turn.on_message:
        text = f"{QUESTIONS[name].ask(turn.voice)}\n→ {label}\n\n{text}"
    turn.say(Reply(text, replace=turn.on_message))
    for key in ("question", "chosen"):
        step.data.pop(key, None)
    DIALOGUE.leave(turn)


DIALOGUE = Dialogue(
    _BUTTON.dialogue,
    version=_BUTTON.version,
    states={"quiet": (), "asking": (_ask,)},
    rows=(
        Row("answer", "asking", "quiet", (), (_keep,)),
        Row("skip", "asking", "quiet", (), (_skip,)),
        Row("toggle", "asking", None, (), (_toggle,)),
    ),
    initial="quiet",
)


def press(turn: Turn, value: str) -> bool:
    """A button of the question; False when it fits nothing."""
    place = DIALOGUE.open(turn)
    name = place.data.get("question")
    if place.state != "asking" or name not in QUESTIONS:
        return False
    if value == asking.SKIP:
        return DIALOGUE.fire(turn, "skip")
    if asking.is_toggle(name, value):
        return DIALOGUE.fire(turn, "toggle", value)
    answer = asking.pressed(turn, name, place.data, value, picking=False)
    return answer is not None and DIALOGUE.fire(turn, "answer", answer)


def is_answer(turn: Turn, text: str) -> bool:
    """Whether typed words answer the question that was put."""
    place = DIALOGUE.open(turn)
    name = place.data.get("question")
    if place.state != "asking" or name not in QUESTIONS:
        return False
    return asking.read(turn, name, place.data, text, picking=False) is not None


def typed(turn: Turn, text: str) -> bool:
    """Typed words that answer the question. False for all others: it does not insist, and gives the focus back."""
    place = DIALOGUE.open(turn)
    name = place.data.get("question")
    if place.state != "asking" or name not in QUESTIONS:
        return False
    if intents.intent(text) is Intent.SKIP:
        return DIALOGUE.fire(turn, "skip")
    answer: Answer | None = asking.read(turn, name, place.data, text, picking=False)
    if answer is not None:
        return DIALOGUE.fire(turn, "answer", answer)
    DIALOGUE.leave(turn)
    return False
