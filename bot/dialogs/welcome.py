"""Before the profile: first screen, consent; and the consent asked again when it ended or its text changed."""

from __future__ import annotations

from bot.advice.profile import AgeBand
from bot.dialogs import asking, mydata, onboarding
from bot.dialogs.effects import BecomePerson, ForgetVisitor, GiveConsent
from bot.dialogs.machine import Dialogue, Row, Step
from bot.dialogs.replies import Button, ButtonMaker, Reply
from bot.dialogs.settings import STOPPED
from bot.dialogs.turn import Turn

CONSENT_VERSION = "2026-11"
"""Version of the consent's text (`welcome.*` in the locales): change it with the text, and everybody is asked again."""

_BUTTON = ButtonMaker("welcome")
_ASKING = ("first", "minor", "again")
_LANGUAGES = ("fr-vous", "fr-tu", "en-vous")
LEAVING = ("decline", "younger")
"""Answers after which nothing is kept."""


def _screen(step: Step) -> None:
    """The screen of this state; after a button, in the place of the one before."""
    turn, voice, world = step.turn, step.turn.voice, step.turn.world
    key = {"minor": "welcome.minor", "again": "welcome.again"}.get(step.state, "welcome.first")
    text = voice(key, operator=world.operator, contact=world.contact, privacy=world.privacy_url)
    if not turn.on_message and turn.lead:
        text = "\n\n".join([*turn.lead, text])
    turn.lead = []
    agree = voice("welcome.agree_minor" if step.state == "minor" else "welcome.agree")
    rows: list[tuple[Button, ...]] = [(_BUTTON(agree, "agree", step.state),)]
    decline = _BUTTON(voice("welcome.decline"), "decline", step.state)
    if step.state == "first":
        fifteen = _BUTTON(voice("welcome.fifteen"), "fifteen", "first")
        rows.append((fifteen, _BUTTON(voice("welcome.younger"), "younger", "first")))
    if step.state == "minor":
        rows.append((_BUTTON(voice("questions.back"), asking.BACK, "minor"), decline))
    else:
        rows.append((decline,))
    rows.append(_language_buttons(turn, step.state))
    turn.say(Reply(text, buttons=tuple(rows), replace=turn.on_message))


def _language_buttons(turn: Turn, state: str) -> tuple[Button, ...]:
    person = turn.person
    if person.language == "en":
        return (_BUTTON("Français", "fr-vous", state),)
    other = ("vous", "Vouvoiement") if person.form == "tu" else ("tu", "On se tutoie")
    return (_BUTTON(other[1], f"fr-{other[0]}", state), _BUTTON("English", "en-vous", state))


def _speak(step: Step) -> None:
    person = step.turn.person
    person.language, person.form = step.answer.split("-")


def _agree(step: Step) -> None:
    turn = step.turn
    _shut(turn, "welcome.agreed")
    if step.state != "again":
        turn.do(BecomePerson(), GiveConsent("use"))
        turn.person.consents = frozenset({"use"})
        if step.state == "minor":
            turn.profile = turn.profile.with_answers(age=AgeBand.MINOR)
        return
    ended = "use" not in turn.person.consents
    turn.do(GiveConsent("use"))
    turn.person.consents |= {"use"}
    if ended and turn.person.status == "stopped" and turn.person.pause_reason != STOPPED:
        turn.person.status = "active"  # the end of the consent had stopped it, not the person


def _start_questions(step: Step) -> None:
    turn = step.turn
    DIALOGUE.close(turn)
    if "onboarding" not in turn.person.dialogues:
        turn.lead.append(turn.voice("welcome.first_tip"))
        onboarding.begin(turn)
    elif onboarding.is_done(turn):
        turn.tell("welcome.back_again")
    else:
        turn.lead.append(turn.voice("welcome.back_again"))
        onboarding.resume(turn)


def _decline(step: Step) -> None:
    turn = step.turn
    _shut(turn, "welcome.declined")
    if step.state == "again":
        DIALOGUE.close(turn)
        mydata.revoke(turn)
        return
    turn.tell("welcome.farewell")
    turn.do(ForgetVisitor())


def _too_young(step: Step) -> None:
    turn = step.turn
    _shut(turn, "welcome.younger")
    turn.tell("welcome.too_young")
    turn.do(ForgetVisitor())


def _shut(turn: Turn, key: str) -> None:
    """The pressed screen becomes its essentials and the answer."""
    world, voice = turn.world, turn.voice
    text = voice("welcome.short", operator=world.operator, contact=world.contact, privacy=world.privacy_url)
    asking.answered(turn, text, voice(key))


DIALOGUE = Dialogue(
    _BUTTON.dialogue,
    version=_BUTTON.version,
    states=dict.fromkeys(_ASKING, (_screen,)) | {"agreed": (_start_questions,), "gone": ()},
    rows=(
        Row("speak", _ASKING, "=", (), (_speak,)),
        Row("agree", _ASKING, "agreed", (), (_agree,)),
        Row("fifteen", "first", "minor"),
        Row("back", "minor", "first"),
        Row("younger", "first", "gone", (), (_too_young,)),
        Row("decline", _ASKING, "gone", (), (_decline,)),
    ),
    initial="first",
)


def press(turn: Turn, value: str) -> bool:
    """A button of the first screen; False when it fits nothing."""
    if value in _LANGUAGES:
        return DIALOGUE.fire(turn, "speak", value)
    return value in ("agree", "fifteen", asking.BACK, *LEAVING) and DIALOGUE.fire(turn, value)
