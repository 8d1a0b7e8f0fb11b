"""The steps of the first conversation: which question each asks, how it is said, and what an answer does."""

from __future__ import annotations

from bot.advice.profile import JobChoice, Profile, Situation
from bot.dialogs import asking
from bot.dialogs.answer import Answer
from bot.dialogs.machine import Condition, Step
from bot.dialogs.questions import QUESTIONS
from bot.dialogs.replies import Button, ButtonMaker, Reply
from bot.dialogs.turn import Turn

BUTTON = ButtonMaker("onboarding")
TOTAL = 10

NUMBERS = {
    "first_name": 1,
    "job": 2,
    "jobs": 2,
    "job_pick": 2,
    "place": 3,
    "place_pick": 3,
    "distance": 3,
    "situation": 4,
    "months": 5,
    "experience": 6,
    "diploma": 7,
    "barriers": 8,
    "applications": 9,
    "interviews": 9,
    "hour": 10,
}
"""States that ask, with the number of the question (some questions take two messages)."""

QUESTION_OF = {"jobs": "job", "job_pick": "job", "place_pick": "place"}
PICKS = ("job_pick", "place_pick")
"""States that offer what was found for the words typed just before."""


def question_of(state: str) -> str | None:
    """The name of the question that a state asks; None for the micro-action and the end."""
    return QUESTION_OF.get(state, state) if state in NUMBERS else None


# Conditions


def names_no_job(step: Step) -> bool:
    values = step.answer.values
    return values.get("job_choice") is JobChoice.SEVERAL and not values.get("job")


def has_proposals(step: Step) -> bool:
    return bool(step.answer.is_open)


def _may_have_experience(profile: Profile) -> bool:
    return profile.job is not None and profile.situation is not Situation.FIRST_JOB


def has_experience_to_tell(step: Step) -> bool:
    return _may_have_experience(step.turn.profile)


def searches(step: Step) -> bool:
    return step.turn.profile.search_started is not False


def applied(step: Step) -> bool:
    said = step.answer.values if isinstance(step.answer, Answer) else {}
    return bool(said.get("applications", step.turn.profile.applications) != 0)


def had_micro(step: Step) -> bool:
    return bool(step.data.get("micro"))


def came_from(state: str) -> Condition:
    """Whether that state asked the question before."""

    def came_from_it(step: Step) -> bool:
        trail = step.data.get("trail", [])
        return bool(trail) and trail[-1] == state

    came_from_it.__name__ = f"came_from_{state}"
    return came_from_it


def first_open(turn: Turn) -> str:
    """The first step whose question is neither answered nor skipped; "done" when there is none."""
    profile = turn.profile
    left_out = {
        "experience": not _may_have_experience(profile),
        "applications": profile.search_started is False,
        "interviews": profile.search_started is False or profile.applications == 0,
    }
    for state in NUMBERS:
        question = QUESTIONS.get(state)
        if question is None or left_out.get(state):
            continue
        if all(profile.open_question(name) for name in question.fields):
            return state
    return "done"


# What an answer does


def keep(step: Step) -> None:
    """Save the answer, remember the way back, and say it back."""
    answer: Answer = step.answer
    values = dict(answer.values)
    if values.get("situation") is Situation.FIRST_JOB and step.turn.profile.experience_years is None:
        values["experience_years"] = 0.0
    step.turn.profile = step.turn.profile.with_answers(**values)
    if answer.label and not answer.is_open:
        step.turn.lead.append(step.turn.voice("onboarding.noted", answer=answer.label))
    _leave(step)
    if answer.proposals is not None:
        step.data["proposals"], step.data["words"] = list(answer.proposals), answer.words


def skip(step: Step) -> None:
    """Go on; a question without an answer will not be asked again. An answer given before stays."""
    question = QUESTIONS[question_of(step.state) or ""]
    if question.is_answered(step.turn.profile):
        step.turn.lead.append(step.turn.voice("onboarding.kept"))
    else:
        step.turn.profile = step.turn.profile.skipping(*question.fields)
        step.turn.lead.append(step.turn.voice("onboarding.skipped"))
    _leave(step)


def propose(step: Step) -> None:
    """Other words for a job or a town that was being picked: look again."""
    answer: Answer = step.answer
    step.turn.profile = step.turn.profile.with_answers(**answer.values)
    step.data["proposals"], step.data["words"] = list(answer.proposals or ()), answer.words


def _leave(step: Step) -> None:
    if step.state not in PICKS:  # the way back from what follows is to the question itself
        step.data.setdefault("trail", []).append(step.state)
    _forget(step)


def go_back(step: Step) -> None:
    step.data["trail"].pop()
    _forget(step)


def _forget(step: Step) -> None:
    for name in ("chosen", "proposals", "words"):
        step.data.pop(name, None)


def toggle(step: Step) -> None:
    asking.toggled(step.data, step.answer)
    _show(step, replace=True)


# How a question is said


def ask(step: Step) -> None:
    _show(step, replace=False)


def _show(step: Step, *, replace: bool) -> None:
    turn, data = step.turn, step.data
    if not replace:
        data["lead"] = "\n".join(turn.lead)
        turn.lead = []
    name = question_of(step.state) or ""
    question = QUESTIONS[name]
    if question.several and "chosen" not in data:
        data["chosen"] = sorted(str(code) for code in getattr(turn.profile, question.fields[0]) or ())
    rows: tuple[tuple[Button, ...], ...] = ()
    if step.state != "jobs":
        rows = asking.rows(BUTTON, turn, name, data, step.state, picking=step.state in PICKS)
    text = question_text(step)
    present = _present_answer(step)
    if present:
        text += "\n" + turn.voice("onboarding.present", answer=present)
    turn.say(Reply(text, buttons=(*rows, _way_out(step, present)), replace=replace))


def question_text(step: Step) -> str:
    """The question as its message reads, the words that came before it included (an edit must not lose them)."""
    turn, data = step.turn, step.data
    name = question_of(step.state) or ""
    if step.state == "jobs":
        question = turn.voice("questions.job.which")
    else:
        question = asking.text_of(turn, name, data, picking=step.state in PICKS)
    text = turn.voice("onboarding.progress", number=NUMBERS[step.state], total=TOTAL, question=question)
    return f"{data['lead']}\n\n{text}" if data.get("lead") else text


def _present_answer(step: Step) -> str | None:
    """What was answered before, when the person came back to the question."""
    if step.state in PICKS or step.state == "jobs":
        return None
    question = QUESTIONS[question_of(step.state) or ""]
    return None if question.several else question.shown(step.turn.profile, step.turn.voice)


def _way_out(step: Step, present: str | None) -> tuple[Button, ...]:
    voice = step.turn.voice
    skip_it = BUTTON(voice("onboarding.keep" if present else "questions.skip"), asking.SKIP, step.state)
    if not step.data.get("trail") and step.state not in PICKS:
        return (skip_it,)
    return (BUTTON(voice("questions.back"), asking.BACK, step.state), skip_it)
