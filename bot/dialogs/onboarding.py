"""The first conversation: ten questions, one at a time, each with buttons and free text, all skippable.

A first micro-action comes in the middle, before the profile is complete. The place in the table is persisted after
every answer, so that the same question comes back whatever happened meanwhile.
"""

from __future__ import annotations

from datetime import timedelta

from bot.advice.facts import Outcome
from bot.advice.profile import JobChoice, Situation
from bot.advice.selection import choose
from bot.dialogs import action_message, answers, asking, diagnosis
from bot.dialogs.asking import Answer
from bot.dialogs.effects import NEW_ACTION, CloseAction, OpenAction, TakeDay
from bot.dialogs.machine import Condition, Dialogue, Row, Step
from bot.dialogs.questions import QUESTIONS
from bot.dialogs.replies import Button, Reply
from bot.dialogs.turn import Turn

TOTAL = 10
MICRO_MINUTES = 3
STALE_AFTER = timedelta(days=30)

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


def question_of(state: str) -> str | None:
    """The name of the question that a state asks; None for the micro-action and the end."""
    return QUESTION_OF.get(state, state) if state in NUMBERS else None


# Conditions


def _names_no_job(step: Step) -> bool:
    values = step.answer.values
    return values.get("job_choice") is JobChoice.SEVERAL and not values.get("job")


def _has_proposals(step: Step) -> bool:
    return bool(step.answer.proposals)


def _has_experience_to_tell(step: Step) -> bool:
    profile = step.turn.profile
    return profile.job_choice is not JobChoice.UNDECIDED and profile.situation is not Situation.FIRST_JOB


def _searches(step: Step) -> bool:
    return step.turn.profile.search_started is not False


def _applied(step: Step) -> bool:
    said = step.answer.values if isinstance(step.answer, Answer) else {}
    return bool(said.get("applications", step.turn.profile.applications) != 0)


def _had_micro(step: Step) -> bool:
    return bool(step.data.get("micro"))


def _came_from(state: str) -> Condition:
    def came_from(step: Step) -> bool:
        trail = step.data.get("trail", [])
        return bool(trail) and trail[-1] == state

    came_from.__name__ = f"came_from_{state}"
    return came_from


# What happens


def _keep(step: Step) -> None:
    """Save the answer, remember the way back, and say it back."""
    answer: Answer = step.answer
    values = dict(answer.values)
    if values.get("situation") is Situation.FIRST_JOB and step.turn.profile.experience_years is None:
        values["experience_years"] = 0.0
    step.turn.profile = step.turn.profile.with_answers(**values)
    if answer.proposals:
        step.data["proposals"] = list(answer.proposals)
        step.data["words"] = answer.words
    if answer.label:
        step.turn.lead.append(step.turn.voice("onboarding.noted", answer=answer.label))
    _leave(step)


def _skip(step: Step) -> None:
    question = QUESTIONS[question_of(step.state) or ""]
    unanswered = [name for name in question.fields if getattr(step.turn.profile, name) is None]
    if unanswered:
        step.turn.profile = step.turn.profile.skipping(*unanswered)
    step.turn.lead.append(step.turn.voice("onboarding.skipped"))
    _leave(step)


def _leave(step: Step) -> None:
    step.data.setdefault("trail", []).append(step.state)
    step.data.pop("chosen", None)


def _return(step: Step) -> None:
    step.data["trail"].pop()
    step.data.pop("chosen", None)


def _toggle(step: Step) -> None:
    chosen = set(step.data.get("chosen", []))
    step.data["chosen"] = sorted(chosen ^ {step.answer})
    _show(step, replace=True)


def _ask(step: Step) -> None:
    _show(step, replace=False)


def _show(step: Step, *, replace: bool) -> None:
    turn = step.turn
    if not replace:
        step.data["lead"] = "\n".join(turn.lead)
        turn.lead = []
    buttons: tuple[tuple[Button, ...], ...]
    name = question_of(step.state) or ""
    if step.state in ("job_pick", "place_pick"):
        buttons = asking.proposal_buttons(DIALOGUE, turn, name, step.data.get("proposals", []), step.state)
    elif step.state == "jobs":
        buttons = ()
    else:
        chosen = set(step.data.get("chosen", []))
        buttons = asking.option_buttons(DIALOGUE, turn, QUESTIONS[name], step.state, chosen)
        if QUESTIONS[name].several:
            label = "questions.that_is_all" if chosen else "questions.nothing_named"
            buttons = (*buttons, (DIALOGUE.button(turn.voice(label), asking.DONE, step.state),))
    turn.say(Reply(_question_text(step), buttons=(*buttons, _way_out(step)), replace=replace))


def _question_text(step: Step) -> str:
    """The question as its message reads, the words that came before it included (an edit must not lose them)."""
    turn = step.turn
    keys = {
        "jobs": "questions.job.which",
        "job_pick": "questions.job.pick",
        "place_pick": "questions.place.pick",
    }
    key = keys.get(step.state, f"questions.{question_of(step.state)}.ask")
    question = turn.voice(key, words=step.data.get("words", ""))
    text = turn.voice("onboarding.progress", number=NUMBERS[step.state], total=TOTAL, question=question)
    lead = step.data.get("lead")
    return f"{lead}\n\n{text}" if lead else text


def _way_out(step: Step) -> tuple[Button, ...]:
    voice = step.turn.voice
    skip = DIALOGUE.button(voice("questions.skip"), asking.SKIP, step.state)
    if not step.data.get("trail"):
        return (skip,)
    return (DIALOGUE.button(voice("questions.back"), asking.BACK, step.state), skip)


def _offer_micro(step: Step) -> None:
    """The first micro-action, which is day 1's; shown again as it is after an interruption."""
    turn = step.turn
    step.data["micro"] = True
    if turn.open_action is not None:
        action = turn.world.catalogue.action(turn.open_action.catalogue_id)
        token, because = str(turn.open_action.id), turn.open_action.reasons
    else:
        facts = turn.facts
        choice = choose(facts, turn.diagnosed(), turn.world.catalogue, max_minutes=MICRO_MINUTES)
        if choice.action is None:
            turn.tell("onboarding.no_micro")
            return
        action, token = turn.world.catalogue.action(choice.action), NEW_ACTION
        because = tuple(map(str, choice.reasons))
        turn.do(
            OpenAction(
                action.id,
                action.family,
                action.effort,
                action.minutes,
                "micro",
                tuple(map(str, choice.reasons)),
            ),
            TakeDay(turn.today, "micro"),
        )
        turn.person.last_push = max(turn.today, turn.person.last_push or turn.today)
    turn.tell("onboarding.micro_lead")
    shown = action_message.compose(turn, action, because)
    done = DIALOGUE.button(turn.voice("onboarding.micro_done"), f"done-{token}", "micro")
    later = DIALOGUE.button(turn.voice("onboarding.micro_later"), asking.SKIP, "micro")
    turn.say(action_message.with_buttons(shown, ((done, later),)))


def _micro_done(step: Step) -> None:
    if step.turn.open_action is not None:
        step.turn.do(CloseAction(step.turn.open_action.id, Outcome.DONE))
    step.turn.lead.append(step.turn.voice("onboarding.micro_bravo"))


def _micro_later(step: Step) -> None:
    step.turn.lead.append(step.turn.voice("onboarding.micro_kept"))


def _finish(step: Step) -> None:
    """The profile is there: say what Bob understood, the diagnosis, and when the first action comes."""
    turn = step.turn
    if turn.person.focus == "onboarding":
        turn.person.focus = None
    step.dialogue.data = {}
    diagnosis.announce(turn, first=True)


ASKING = tuple(NUMBERS)
_PATH = (
    # trigger, from, to, conditions: the first line that holds is taken
    ("answer", "first_name", "job", ()),
    ("answer", "job", "jobs", (_names_no_job,)),
    ("answer", "job", "job_pick", (_has_proposals,)),
    ("answer", "job", "place", ()),
    ("answer", "jobs", "job_pick", (_has_proposals,)),
    ("answer", "jobs", "place", ()),
    ("answer", "job_pick", "place", ()),
    ("answer", "place", "place_pick", (_has_proposals,)),
    ("answer", "place", "distance", ()),
    ("answer", "place_pick", "distance", ()),
    ("answer", "distance", "situation", ()),
    ("answer", "situation", "months", ()),
    ("answer", "months", "experience", (_had_micro, _has_experience_to_tell)),
    ("answer", "months", "diploma", (_had_micro,)),
    ("answer", "months", "micro", ()),
    ("answer", "experience", "diploma", ()),
    ("answer", "diploma", "barriers", ()),
    ("answer", "barriers", "applications", (_searches,)),
    ("answer", "barriers", "hour", ()),
    ("answer", "applications", "interviews", (_applied,)),
    ("answer", "applications", "hour", ()),
    ("answer", "interviews", "hour", ()),
    ("answer", "hour", "done", ()),
)


def _rows() -> list[Row]:
    rows = [Row(trigger, source, to, when, (_keep,)) for trigger, source, to, when in _PATH]
    for source in ASKING:
        seen = set()
        for _, start, to, when in _PATH:
            reachable = [condition for condition in when if condition not in (_names_no_job, _has_proposals)]
            if start == source and len(reachable) == len(when) and to not in seen:
                seen.add(to)
                rows.append(Row("skip", source, to, when, (_skip,)))
    for trigger, do in (("micro_done", _micro_done), ("skip", _micro_later)):
        rows.append(Row(trigger, "micro", "experience", (_has_experience_to_tell,), (do,)))
        rows.append(Row(trigger, "micro", "diploma", (), (do,)))
    rows.append(Row("toggle", "barriers", None, (), (_toggle,)))
    for later in (*ASKING, "micro"):
        rows += [
            Row("back", later, earlier, (_came_from(earlier),), (_return,))
            for earlier in ASKING
            if earlier != later
        ]
    return rows


DIALOGUE = Dialogue(
    "onboarding",
    states=dict.fromkeys(ASKING, (_ask,)) | {"micro": (_offer_micro,), "done": (_finish,)},
    rows=_rows(),
    initial="first_name",
)


def is_done(turn: Turn) -> bool:
    """Whether the questions were all gone through."""
    place = turn.person.dialogues.get("onboarding")
    return place is not None and place.state == "done"


def begin(turn: Turn) -> None:
    """Ask the first question of a new person."""
    DIALOGUE.enter(turn, "first_name")


def resume(turn: Turn) -> None:
    """Ask the current question again; after 30 days, ask first whether to go on or start again."""
    place = DIALOGUE.open(turn)
    turn.person.focus = "onboarding"
    if place.updated_at and turn.now - place.updated_at > STALE_AFTER:
        voice = turn.voice
        go_on = DIALOGUE.button(voice("onboarding.go_on"), "go-on", place.state)
        again = DIALOGUE.button(voice("onboarding.again"), "again", place.state)
        turn.say(Reply(voice("onboarding.long_ago"), buttons=((go_on, again),)))
        return
    DIALOGUE.repeat(turn)


def restart(turn: Turn) -> None:
    """Start the questions again; answers given before stay until they are answered anew."""
    DIALOGUE.enter(turn, "first_name")


def press(turn: Turn, value: str) -> bool:
    """A button of the current question; False when it fits nothing."""
    place = DIALOGUE.open(turn)
    name = question_of(place.state)
    if value == "go-on":
        place.updated_at = turn.now
        DIALOGUE.repeat(turn)
        return True
    if value == "again":
        restart(turn)
        return True
    if value in (asking.BACK, asking.SKIP):
        return DIALOGUE.fire(turn, value)
    if place.state == "micro":
        return value.startswith("done-") and DIALOGUE.fire(turn, "micro_done")
    if name is None:
        return False
    return _press_option(turn, place.state, name, value)


def _press_option(turn: Turn, state: str, name: str, value: str) -> bool:
    question = QUESTIONS[name]
    place = DIALOGUE.open(turn)
    text = _question_text(Step(state, turn, place))
    if question.several:
        if value != asking.DONE:
            return value in question.options and DIALOGUE.fire(turn, "toggle", value)
        chosen = place.data.get("chosen", [])
        labels = question.labels(turn.voice)
        shown = ", ".join(labels[code] for code in chosen) or turn.voice("questions.nothing_named")
        answer: Answer | None = Answer(question.chosen(set(chosen)))
        asking.answered(turn, text, shown)
        return DIALOGUE.fire(turn, "answer", answer)
    answer = (
        _picked(turn, state, value)
        if state in ("job_pick", "place_pick")
        else asking.option(turn, name, value)
    )
    if answer is None:
        return False
    asking.answered(turn, text, answer.label)
    return DIALOGUE.fire(turn, "answer", Answer(answer.values))


def _picked(turn: Turn, state: str, value: str) -> Answer | None:
    """The proposal that was pressed for a job or a place, or "keep my words"."""
    place = DIALOGUE.open(turn)
    if value == asking.KEEP_WORDS:
        return Answer({}, place.data.get("words", ""))
    if value not in place.data.get("proposals", []):
        return None
    if state == "job_pick":
        return Answer({"job_code": value}, asking.proposal_label(turn, "job", value))
    return Answer(asking.place_values(turn, value), asking.proposal_label(turn, "place", value))


def typed(turn: Turn, text: str) -> bool:
    """Typed words for the current question; False when they are not understood (and then Bob has said so)."""
    place = DIALOGUE.open(turn)
    if place.state == "micro":
        turn.lead.append(turn.voice("onboarding.micro_unclear"))
        DIALOGUE.repeat(turn)
        return False
    if place.state in ("job_pick", "place_pick"):
        picked = _typed_pick(turn, place.state, text)
        if picked is not None:
            return DIALOGUE.fire(turn, "answer", picked)
    name = question_of(place.state) or "first_name"
    answer = asking.read(turn, name, text)
    if answer is None:
        turn.lead.append(QUESTIONS[name].unclear(turn.voice))
        DIALOGUE.repeat(turn)
        return False
    if answer.proposals and place.state in (
        "job_pick",
        "place_pick",
    ):  # they typed it otherwise: propose anew
        turn.profile = turn.profile.with_answers(**answer.values)
        place.data |= {"proposals": list(answer.proposals), "words": answer.words}
        DIALOGUE.repeat(turn)
        return True
    return DIALOGUE.fire(turn, "answer", answer)


def _typed_pick(turn: Turn, state: str, text: str) -> Answer | None:
    place = DIALOGUE.open(turn)
    name = question_of(state) or ""
    proposals: list[str] = place.data.get("proposals", [])
    said = answers.intent(text)
    if said is answers.Intent.NO or said is answers.Intent.NOTHING:
        return _picked(turn, state, asking.KEEP_WORDS)
    if said is answers.Intent.YES and len(proposals) == 1:
        return _picked(turn, state, proposals[0])
    code = answers.choice(text, {code: asking.proposal_label(turn, name, code) for code in proposals})
    return _picked(turn, state, code) if code else None
