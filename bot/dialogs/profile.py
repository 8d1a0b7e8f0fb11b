"""`/profil`: every answer in one message, each one edited in place; what the edit changes is said in three lines at most."""

from __future__ import annotations

from bot.advice.conditions.parsing import all_true
from bot.advice.facts import Outcome
from bot.advice.profile import JobChoice, ObstacleId, Profile
from bot.dialogs import asking, daily, reasons
from bot.dialogs.asking import Answer
from bot.dialogs.effects import CloseAction, DropPlan
from bot.dialogs.machine import Dialogue, Row, Step
from bot.dialogs.questions import QUESTIONS
from bot.dialogs.replies import Button, Reply
from bot.dialogs.turn import Turn

MAIN = (
    "first_name",
    "job",
    "place",
    "distance",
    "situation",
    "months",
    "experience",
    "diploma",
    "barriers",
    "applications",
    "interviews",
    "hour",
    "days",
    "zone",
)
"""Always listed; the other questions are listed once they are answered."""
MORE = (
    "leads",
    "offers",
    "liking",
    "network",
    "contracts",
    "hours_wanted",
    "minutes",
    "age",
    "licence",
    "has_cv",
    "computer",
)


def show(turn: Turn) -> None:
    """The profile, in one message."""
    DIALOGUE.enter(turn, "menu")


def _menu(step: Step) -> None:
    _show_menu(step, replace=False)


def _show_menu(step: Step, *, replace: bool) -> None:
    turn, voice = step.turn, step.turn.voice
    listed = list(MAIN)
    listed += [name for name in MORE if QUESTIONS[name].shown(turn.profile, voice) is not None]
    lines = []
    for name in listed:
        answer = QUESTIONS[name].shown(turn.profile, voice) or voice("profile.nothing")
        lines.append(
            f"{voice(f'questions.{name}.short')} : {answer}"
            if turn.person.language == "fr"
            else f"{voice(f'questions.{name}.short')}: {answer}"
        )
    buttons = [DIALOGUE.button(voice(f"questions.{name}.short"), name, "menu") for name in listed]
    if any(QUESTIONS[name].shown(turn.profile, voice) is None for name in MORE):
        buttons.append(DIALOGUE.button(voice("profile.more"), "more", "menu"))
    turn.say(
        Reply(
            "\n".join([*lines, "", voice("profile.invite")]),
            title=voice("profile.title"),
            buttons=asking.rows_of(buttons, 3),
            replace=replace,
        )
    )
    if turn.person.focus == "profile":
        turn.person.focus = None


def _more(step: Step) -> None:
    turn, voice = step.turn, step.turn.voice
    names = [name for name in MORE if QUESTIONS[name].shown(turn.profile, voice) is None]
    buttons = [DIALOGUE.button(voice(f"questions.{name}.short"), name, "menu") for name in names]
    turn.say(Reply(voice("profile.more_lead"), buttons=asking.rows_of(buttons, 3)))


def _edit(step: Step) -> None:
    step.data.clear()
    step.data["question"] = step.answer
    step.turn.person.focus = "profile"


def _ask(step: Step) -> None:
    _show_question(step, replace=bool(step.data.pop("replace", True)))


def _show_question(step: Step, *, replace: bool) -> None:
    turn, voice = step.turn, step.turn.voice
    name = step.data["question"]
    question = QUESTIONS[name]
    if question.several and "chosen" not in step.data:
        step.data["chosen"] = sorted(str(code) for code in getattr(turn.profile, question.fields[0]) or ())
    rows: tuple[tuple[Button, ...], ...]
    if step.data.get("proposals"):
        text = voice(f"questions.{name}.pick", words=step.data.get("words", ""))
        rows = asking.proposal_buttons(DIALOGUE, turn, name, step.data["proposals"], "editing")
    else:
        text = question.ask(voice)
        rows = asking.option_buttons(DIALOGUE, turn, question, "editing", set(step.data.get("chosen", [])))
    if question.several:
        rows = (*rows, (DIALOGUE.button(voice("questions.that_is_all"), asking.DONE, "editing"),))
    back = DIALOGUE.button(voice("questions.back"), asking.BACK, "editing")
    erase = DIALOGUE.button(voice("profile.erase"), asking.SKIP, "editing")
    turn.say(Reply(text, buttons=(*rows, (back, erase)), replace=replace))


def _toggle(step: Step) -> None:
    step.data["chosen"] = sorted(set(step.data.get("chosen", [])) ^ {step.answer})
    _show_question(step, replace=True)


def _propose(step: Step) -> None:
    answer: Answer = step.answer
    step.data |= {"proposals": list(answer.proposals), "words": answer.words, "replace": False}
    step.turn.profile = step.turn.profile.with_answers(**_cleared(answer))


def _save(step: Step) -> None:
    turn = step.turn
    before, main_before = turn.profile, turn.diagnosed().main
    turn.profile = turn.profile.with_answers(**_cleared(step.answer))
    _say_changes(turn, before, main_before)


def _cleared(answer: Answer) -> dict[str, object]:
    """The answers to save; naming one job ends "several" or "I don't know yet"."""
    values = dict(answer.values)
    if values.get("job") and "job_choice" not in values:
        values["job_choice"] = JobChoice.ONE
    return values


def _erase(step: Step) -> None:
    turn = step.turn
    before, main_before = turn.profile, turn.diagnosed().main
    question = QUESTIONS[step.data["question"]]
    turn.profile = turn.profile.skipping(*question.fields)
    _say_changes(turn, before, main_before)


def _say_changes(turn: Turn, before: Profile, main_before: ObstacleId | None) -> None:
    """What the edit changed, in three lines at most; an open action that no longer fits is withdrawn."""
    lines = [turn.voice("profile.saved")]
    main = turn.diagnosed().main
    if main is not None and main is not main_before:
        lines.append(turn.voice("profile.new_main", name=reasons.obstacle_name(turn, main)))
    if _withdraw_if_unfit(turn):
        lines.append(turn.voice("profile.withdrawn"))
    elif (before.hour, before.days, before.time_zone) != (
        turn.profile.hour,
        turn.profile.days,
        turn.profile.time_zone,
    ):
        lines.append(daily.next_words(turn))
    turn.say("\n".join(lines[:3]))


def _withdraw_if_unfit(turn: Turn) -> bool:
    view = turn.open_action
    if view is None or not daily.is_open(view):
        return False
    try:
        action = turn.world.catalogue.action(view.catalogue_id)
    except KeyError:
        return False
    if all_true(action.when, turn.facts) is not False:
        return False
    turn.do(CloseAction(view.id, Outcome.WITHDRAWN), DropPlan(view.id))
    return True


def _menu_again(step: Step) -> None:
    _show_menu(step, replace=True)


DIALOGUE = Dialogue(
    "profile",
    states={"menu": (_menu,), "remenu": (_menu_again,), "editing": (_ask,)},
    rows=(
        Row("edit", ("menu", "remenu"), "editing", (), (_edit,)),
        Row("more", ("menu", "remenu"), None, (), (_more,)),
        Row("toggle", "editing", None, (), (_toggle,)),
        Row("propose", "editing", "editing", (), (_propose,)),
        Row("answer", "editing", "menu", (), (_save,)),
        Row("skip", "editing", "menu", (), (_erase,)),
        Row("back", "editing", "remenu"),
    ),
    initial="menu",
)


def press(turn: Turn, value: str) -> bool:
    """A button of the profile; False when it fits nothing."""
    place = DIALOGUE.open(turn)
    if place.state != "editing":
        if value == "more":
            return DIALOGUE.fire(turn, "more")
        return value in QUESTIONS and DIALOGUE.fire(turn, "edit", value)
    name = place.data["question"]
    question = QUESTIONS[name]
    if value == asking.BACK:
        return DIALOGUE.fire(turn, "back")
    if value == asking.SKIP:
        asking.answered(turn, question.ask(turn.voice), turn.voice("profile.erased"))
        return DIALOGUE.fire(turn, "skip")
    if question.several and value != asking.DONE:
        return value in question.options and DIALOGUE.fire(turn, "toggle", value)
    answer = _pressed(turn, name, value)
    if answer is None:
        return False
    asking.answered(turn, question.ask(turn.voice), answer.label)
    return DIALOGUE.fire(turn, "answer", answer)


def _pressed(turn: Turn, name: str, value: str) -> Answer | None:
    place, question = DIALOGUE.open(turn), QUESTIONS[name]
    if question.several:
        chosen = set(place.data.get("chosen", []))
        labels = question.labels(turn.voice)
        return Answer(
            question.chosen(chosen),
            ", ".join(labels[code] for code in sorted(chosen)) or turn.voice("questions.nothing_named"),
        )
    if place.data.get("proposals"):
        if value == asking.KEEP_WORDS:
            return Answer({}, place.data.get("words", ""))
        if value not in place.data["proposals"]:
            return None
        label = asking.proposal_label(turn, name, value)
        return Answer({"job_code": value} if name == "job" else asking.place_values(turn, value), label)
    return asking.option(turn, name, value)


def typed(turn: Turn, text: str) -> bool:
    """Typed words for the answer being edited; False when not understood."""
    place = DIALOGUE.open(turn)
    if place.state != "editing":
        return False
    answer = asking.read(turn, place.data["question"], text)
    if answer is None:
        turn.lead.append(QUESTIONS[place.data["question"]].unclear(turn.voice))
        place.data["replace"] = False
        DIALOGUE.repeat(turn)
        return False
    if answer.proposals:
        return DIALOGUE.fire(turn, "propose", answer)
    return DIALOGUE.fire(turn, "answer", answer)
