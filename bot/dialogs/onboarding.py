"""The first conversation: ten questions, one at a time, each with buttons and free text, all skippable.

A first micro-action comes in the middle, before the profile is complete. The place in the table is persisted after
every answer, so that the same question comes back whatever happened meanwhile.
"""

from __future__ import annotations

from datetime import timedelta

from bot.dialogs import asking, diagnosis, micro, rhythm
from bot.dialogs import onboarding_steps as steps
from bot.dialogs.answer import Answer
from bot.dialogs.machine import Condition, Dialogue, Row, Step
from bot.dialogs.onboarding_steps import BUTTON, NUMBERS, PICKS, question_of
from bot.dialogs.questions import QUESTIONS
from bot.dialogs.replies import Reply
from bot.dialogs.turn import Turn
from bot.understanding import choices, intents
from bot.understanding.intents import Intent

STALE_AFTER = timedelta(days=30)


def _finish(step: Step) -> None:
    """The profile is there: say what Bob understood, and when the first action comes.

    Once today's hour has passed, that is the next due day: nothing follows on the heels of the diagnosis.
    """
    turn = step.turn
    step.data.clear()
    turn.person.focus = None
    if turn.local_now.time() >= rhythm.local_hour(turn.profile):
        turn.person.last_push = max(turn.today, turn.person.last_push or turn.today)
    diagnosis.announce(turn, first=True)


ASKING = tuple(NUMBERS)
_PATH: tuple[tuple[str, str, tuple[Condition, ...]], ...] = (
    # from, to, conditions: the first line that holds is taken
    ("first_name", "job", ()),
    ("job", "jobs", (steps.names_no_job,)),
    ("job", "job_pick", (steps.has_proposals,)),
    ("job", "place", ()),
    ("jobs", "job_pick", (steps.has_proposals,)),
    ("jobs", "place", ()),
    ("job_pick", "jobs", (steps.names_no_job,)),
    ("job_pick", "place", ()),
    ("place", "place_pick", (steps.has_proposals,)),
    ("place", "distance", ()),
    ("place_pick", "distance", ()),
    ("distance", "situation", ()),
    ("situation", "months", ()),
    ("months", "experience", (steps.had_micro, steps.has_experience_to_tell)),
    ("months", "diploma", (steps.had_micro,)),
    ("months", "micro", ()),
    ("experience", "diploma", ()),
    ("diploma", "barriers", ()),
    ("barriers", "applications", (steps.searches,)),
    ("barriers", "hour", ()),
    ("applications", "interviews", (steps.applied,)),
    ("applications", "hour", ()),
    ("interviews", "hour", ()),
    ("hour", "done", ()),
)
_ON_THE_ANSWER = (steps.names_no_job, steps.has_proposals)
"""Conditions that only an answer can meet: a skip passes their lines by."""


def _rows() -> list[Row]:
    rows = [Row("answer", source, to, when, (steps.keep,)) for source, to, when in _PATH]
    rows += [
        Row("skip", source, to, when, (steps.skip,))
        for source, to, when in _PATH
        if not set(when) & set(_ON_THE_ANSWER)
    ]
    for trigger, do in (("micro_done", micro.done), ("skip", micro.later)):
        rows.append(Row(trigger, "micro", "experience", (steps.has_experience_to_tell,), (do,)))
        rows.append(Row(trigger, "micro", "diploma", (), (do,)))
    rows.append(Row("toggle", "barriers", None, (), (steps.toggle,)))
    rows += [Row("propose", state, "=", (), (steps.propose,)) for state in PICKS]
    for later in (*ASKING, "micro"):
        rows += [
            Row("back", later, earlier, (steps.came_from(earlier),), (steps.go_back,))
            for earlier in ASKING
            if earlier != later and earlier not in PICKS
        ]
    return rows


DIALOGUE = Dialogue(
    BUTTON.dialogue,
    version=BUTTON.version,
    states=dict.fromkeys(ASKING, (steps.ask,)) | {"micro": (micro.offer,), "done": (_finish,)},
    rows=_rows(),
    initial="first_name",
    safe=steps.first_open,
)


def is_done(turn: Turn) -> bool:
    """Whether the questions were all gone through."""
    place = turn.person.dialogues.get("onboarding")
    return place is not None and DIALOGUE.open(turn).state == "done"


def begin(turn: Turn) -> None:
    """Ask the first question of a new person."""
    DIALOGUE.enter(turn, "first_name")


def resume(turn: Turn) -> None:
    """Ask the current question again; after 30 days, ask first whether to go on or start again."""
    place = DIALOGUE.open(turn)
    turn.person.focus = "onboarding"
    if not is_old(turn):
        DIALOGUE.repeat(turn)
        return
    voice = turn.voice
    turn.lead.clear()  # this message greets by itself
    go_on = BUTTON(voice("onboarding.go_on"), "go-on", place.state)
    again = BUTTON(voice("onboarding.again"), "again", place.state)
    turn.say(Reply(voice("onboarding.long_ago"), buttons=((go_on, again),)))


def is_old(turn: Turn) -> bool:
    """Whether the questions were left more than 30 days ago."""
    place = DIALOGUE.open(turn)
    return place.updated_at is not None and turn.now - place.updated_at > STALE_AFTER


def _go_on(turn: Turn) -> None:
    DIALOGUE.open(turn).updated_at = turn.now
    DIALOGUE.repeat(turn)


def _restart(turn: Turn) -> None:
    """Start the questions again; answers given before stay until they are answered anew."""
    DIALOGUE.enter(turn, "first_name", micro=bool(DIALOGUE.open(turn).data.get("micro")))


def at_micro(turn: Turn) -> bool:
    """Whether the micro-action is what waits for an answer."""
    place = turn.person.dialogues.get("onboarding")
    return place is not None and place.state == "micro"


def micro_done(turn: Turn) -> bool:
    """The micro-action was done: on to the next question."""
    return DIALOGUE.fire(turn, "micro_done")


def press(turn: Turn, value: str) -> bool:
    """A button of the current question; False when it fits nothing."""
    place = DIALOGUE.open(turn)
    state, name = place.state, question_of(place.state)
    if value in ("go-on", "again"):
        label = turn.voice("onboarding.go_on" if value == "go-on" else "onboarding.again")
        asking.answered(turn, turn.voice("onboarding.long_ago"), label)
        if value == "go-on":
            _go_on(turn)
        else:
            _restart(turn)
        return True
    if value in (asking.BACK, asking.SKIP):
        return DIALOGUE.fire(turn, value)
    if name is None or (state == "jobs"):
        return False
    if asking.is_toggle(name, value):
        return DIALOGUE.fire(turn, "toggle", value)
    text = steps.question_text(Step(state, turn, place))
    answer = asking.pressed(turn, name, place.data, value, picking=state in PICKS)
    if answer is None:
        return False
    asking.answered(turn, text, answer.label)
    return DIALOGUE.fire(turn, "answer", Answer(answer.values))


def typed(turn: Turn, text: str) -> bool:
    """Typed words for the current question; Bob says so when they are not understood. False when all was asked."""
    place = DIALOGUE.open(turn)
    if place.state == "done":
        return False
    if is_old(turn):
        _typed_after_long(turn, text)
        return True
    if place.state == "micro":
        _typed_at_micro(turn, text)
        return True
    name, picking = question_of(place.state) or "", place.state in PICKS
    answer = asking.read(turn, name, place.data, text, picking=picking)
    if answer is None:
        turn.lead.append(QUESTIONS[name].unclear(turn.voice, text))
        DIALOGUE.repeat(turn)
        return True
    if answer.is_open and picking:
        return DIALOGUE.fire(turn, "propose", answer)
    return DIALOGUE.fire(turn, "answer", answer)


def _typed_after_long(turn: Turn, text: str) -> None:
    labels = {"go-on": turn.voice("onboarding.go_on"), "again": turn.voice("onboarding.again")}
    match choices.choice(text, labels):
        case "go-on":
            _go_on(turn)
        case "again":
            _restart(turn)
        case _:
            resume(turn)


def _typed_at_micro(turn: Turn, text: str) -> None:
    said = intents.intent(text)
    if said is Intent.DONE:
        micro_done(turn)
    elif said is Intent.LATER:
        DIALOGUE.fire(turn, "skip")
    else:
        micro.unclear(turn)
