"""`/profil`: every answer in one message, each edited in place; what an edit changes is said in three lines at most."""

from __future__ import annotations

from typing import Any

from bot.advice.profile import AgeBand, Profile
from bot.dialogs import asking, changes, proposals
from bot.dialogs.answer import Answer
from bot.dialogs.machine import Dialogue, Row, Step
from bot.dialogs.questions import QUESTIONS
from bot.dialogs.replies import Button, ButtonMaker, Reply
from bot.dialogs.rhythm import DEFAULT_DAYS
from bot.dialogs.turn import OpenDialogue, Turn
from bot.understanding import choices, intents
from bot.understanding.intents import Intent

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
MORE_VALUE = "more"
_BUTTON = ButtonMaker("profile")


def show(turn: Turn) -> None:
    """The profile, in one message; typed words go on belonging to the conversation that had them."""
    DIALOGUE.leave(turn)
    DIALOGUE.enter(turn, "menu", take_focus=False)


# The list


def _menu(step: Step) -> None:
    turn, voice = step.turn, step.turn.voice
    listed = [name for name in (*MAIN, *MORE) if name in MAIN or _shown(turn, name) is not None]
    colon = " : " if turn.person.language == "fr" else ": "
    lines = [
        f"{QUESTIONS[name].short(voice)}{colon}{_shown(turn, name) or voice('profile.nothing')}"
        for name in listed
    ]
    buttons = [
        _BUTTON(QUESTIONS[name].short(voice), name, "menu") for name in listed if _may_edit(turn, name)
    ]
    if len(listed) < len(MAIN) + len(MORE):
        buttons.append(_BUTTON(voice("profile.more"), MORE_VALUE, "menu"))
    note = step.data.pop("note", None)
    text = "\n".join([*([note, ""] if note else []), *lines, "", voice("profile.invite")])
    replace = bool(step.data.pop("replace", False)) and turn.on_message
    title = voice("profile.title")
    turn.say(Reply(text, title=title, buttons=asking.rows_of(buttons, 3), replace=replace))


def _shown(turn: Turn, name: str) -> str | None:
    return QUESTIONS[name].shown(turn.profile, turn.voice)


def _may_edit(turn: Turn, name: str) -> bool:
    """Everything but the age of somebody who is under age: it is what their protection hangs on."""
    return not (name == "age" and turn.profile.age is AgeBand.MINOR)


def _more(step: Step) -> None:
    turn, voice = step.turn, step.turn.voice
    names = [name for name in MORE if _shown(turn, name) is None]
    rows = asking.rows_of([_BUTTON(QUESTIONS[name].short(voice), name, "menu") for name in names], 3)
    back = _BUTTON(voice("questions.back"), asking.BACK, "menu")
    turn.say(Reply(voice("profile.more_lead"), buttons=(*rows, (back,)), replace=turn.on_message))


# Editing one answer


def _edit(step: Step) -> None:
    step.data.clear()
    step.data["question"] = step.answer
    question = QUESTIONS[step.answer]
    if question.several:
        chosen = getattr(step.turn.profile, question.fields[0])
        if chosen is None and question.always_shown:
            chosen = DEFAULT_DAYS
        step.data["chosen"] = sorted(str(code) for code in chosen or ())
    DIALOGUE.take_focus(step.turn)


def _ask(step: Step) -> None:
    _show_question(step)


def _toggle(step: Step) -> None:
    asking.toggled(step.data, step.answer)
    _show_question(step)


def _show_question(step: Step) -> None:
    turn, voice, data = step.turn, step.turn.voice, step.data
    name = data["question"]
    picking = proposals.is_picking(data)
    rows = asking.rows(_BUTTON, turn, name, data, "editing", picking=picking)
    back = _BUTTON(voice("questions.back"), asking.BACK, "editing")
    ways: tuple[Button, ...] = (back,)
    if QUESTIONS[name].is_answered(turn.profile) and not QUESTIONS[name].always_shown:
        ways = (back, _BUTTON(voice("profile.erase"), asking.SKIP, "editing"))
    turn.say(Reply(_question_text(turn, data), buttons=(*rows, ways), replace=turn.on_message))


def _question_text(turn: Turn, data: dict[str, Any]) -> str:
    name, picking = data["question"], proposals.is_picking(data)
    text = asking.text_of(turn, name, data, picking=picking)
    present = None if QUESTIONS[name].several else _shown(turn, name)
    return f"{text}\n{turn.voice('onboarding.present', answer=present)}" if present and not picking else text


def _propose(step: Step) -> None:
    """Words that may stand for several jobs or towns: nothing is changed until one is chosen."""
    answer: Answer = step.answer
    pending = {
        name: list(value) if isinstance(value, tuple) else value for name, value in answer.values.items()
    }
    step.data.update(proposals=list(answer.proposals or ()), words=answer.words, pending=pending)


def _save(step: Step) -> None:
    _change(step, _changed(step), step.turn.voice("profile.saved"))


def _changed(step: Step) -> Profile:
    return changes.with_answer(step.turn.profile, step.data.get("pending", {}) | dict(step.answer.values))


def _is_another_job(step: Step) -> bool:
    """A job in which the person's experience is not known: it was told for the former one."""
    return (
        step.data["question"] == "job"
        and step.turn.profile.experience_years is not None
        and _changed(step).experience_years is None
    )


def _save_job(step: Step) -> None:
    """The new job, then at once the one question whose answer went with the former job."""
    changes.apply(step.turn, _changed(step))
    _forget_question(step)
    step.data["question"] = "experience"
    step.turn.lead.append(step.turn.voice("profile.saved"))


def _erase(step: Step) -> None:
    question = QUESTIONS[step.data["question"]]
    _change(step, step.turn.profile.skipping(*question.fields), step.turn.voice("profile.erased_note"))


def _change(step: Step, changed: Profile, said: str) -> None:
    """The new profile; what follows is said at the top of the list, which takes the place of the question."""
    step.data["note"] = "\n".join([said, *changes.apply(step.turn, changed)])
    _back_to_list(step)


def _forget_question(step: Step) -> None:
    for name in ("question", "chosen", "proposals", "words", "pending"):
        step.data.pop(name, None)


def _back_to_list(step: Step) -> None:
    _forget_question(step)
    step.data["replace"] = True
    DIALOGUE.leave(step.turn)


DIALOGUE = Dialogue(
    _BUTTON.dialogue,
    version=_BUTTON.version,
    states={"menu": (_menu,), "editing": (_ask,)},
    rows=(
        Row("edit", "menu", "editing", (), (_edit,)),
        Row("more", "menu", None, (), (_more,)),
        Row("list", "menu", "=", (), (_back_to_list,)),
        Row("toggle", "editing", None, (), (_toggle,)),
        Row("propose", "editing", "=", (), (_propose,)),
        Row("answer", "editing", "=", (_is_another_job,), (_save_job,)),
        Row("answer", "editing", "menu", (), (_save,)),
        Row("erase", "editing", "menu", (), (_erase,)),
        Row("back", "editing", "menu", (), (_back_to_list,)),
    ),
    initial="menu",
)


def press(turn: Turn, value: str) -> bool:
    """A button of the profile; False when it fits nothing."""
    place = DIALOGUE.open(turn)
    if place.state == "menu":
        if value in (MORE_VALUE, asking.BACK):
            return DIALOGUE.fire(turn, "more" if value == MORE_VALUE else "list")
        return value in QUESTIONS and _may_edit(turn, value) and DIALOGUE.fire(turn, "edit", value)
    name = _question_being_edited(turn, place)
    if name is None:
        return False
    if value in (asking.BACK, asking.SKIP):
        return DIALOGUE.fire(turn, "back" if value == asking.BACK else "erase")
    if asking.is_toggle(name, value):
        return DIALOGUE.fire(turn, "toggle", value)
    answer = asking.pressed(turn, name, place.data, value, picking=proposals.is_picking(place.data))
    return answer is not None and DIALOGUE.fire(turn, "answer", answer)


def typed(turn: Turn, text: str) -> bool:
    """Typed words for the answer being edited; Bob says so when they are not understood. False: nothing is edited."""
    place = DIALOGUE.open(turn)
    name = _question_being_edited(turn, place)
    if name is None:
        return False
    said = intents.intent(text)
    if said is Intent.BACK or (said is Intent.SKIP and not (name == "job" and intents.unsure(text))):
        return DIALOGUE.fire(turn, "back")
    if choices.choice(text, {"erase": turn.voice("profile.erase")}):
        return DIALOGUE.fire(turn, "erase")
    picking = proposals.is_picking(place.data)
    answer = asking.read(turn, name, place.data, text, picking=picking)
    if answer is None:
        turn.lead.append(QUESTIONS[name].unclear(turn.voice, text))
        DIALOGUE.repeat(turn)
        return True
    return DIALOGUE.fire(turn, "propose" if answer.is_open else "answer", answer)


def _question_being_edited(turn: Turn, place: OpenDialogue) -> str | None:
    name = place.data.get("question")
    return name if place.state == "editing" and name in QUESTIONS else None
