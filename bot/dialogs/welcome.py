"""Before the profile: the first screen and the consent; and the consent asked again when it has ended or its text changed."""

from __future__ import annotations

from bot.advice.profile import AgeBand
from bot.dialogs import asking, onboarding
from bot.dialogs.effects import BecomePerson, DeletePerson, ForgetVisitor, GiveConsent
from bot.dialogs.machine import Dialogue, Row, Step
from bot.dialogs.replies import Button, Reply
from bot.dialogs.turn import Turn

CONSENT_VERSION = "2026-11"
"""Version of the consent's text (`welcome.*` in the locales): change it with the text, and everybody is asked again."""


def _first_screen(step: Step) -> None:
    _screen(step, replace=False)


def _screen(step: Step, *, replace: bool) -> None:
    turn, voice = step.turn, step.turn.voice
    minor = step.state == "minor"
    key = {"minor": "welcome.minor", "again": "welcome.again"}.get(step.state, "welcome.first")
    world = turn.world
    text = voice(key, operator=world.operator, contact=world.contact, privacy=world.privacy_url)
    agree = DIALOGUE.button(voice("welcome.agree_minor" if minor else "welcome.agree"), "agree", step.state)
    rows: list[tuple[Button, ...]] = [(agree,)]
    if step.state == "first":
        rows.append(
            (
                DIALOGUE.button(voice("welcome.fifteen"), "fifteen", "first"),
                DIALOGUE.button(voice("welcome.younger"), "younger", "first"),
            )
        )
    rows.append((DIALOGUE.button(voice("welcome.decline"), "decline", step.state),))
    rows.append(_language_buttons(turn, step.state))
    turn.say(Reply(text, buttons=tuple(rows), replace=replace))


def _language_buttons(turn: Turn, state: str) -> tuple[Button, ...]:
    person = turn.person
    if person.language == "en":
        return (DIALOGUE.button("Français", "fr-vous", state),)
    other = ("vous", "Vouvoiement") if person.form == "tu" else ("tu", "On se tutoie")
    return (DIALOGUE.button(other[1], f"fr-{other[0]}", state), DIALOGUE.button("English", "en-vous", state))


def _speak(step: Step) -> None:
    """Another language or form: the same screen, edited in place."""
    language, form = step.answer.split("-")
    step.turn.person.language, step.turn.person.form = language, form
    _screen(step, replace=True)


def _agree(step: Step) -> None:
    turn = step.turn
    _shut(turn, "welcome.agreed")
    if step.state == "again":
        turn.do(GiveConsent("use"))
        turn.person.consents |= {"use"}
        if turn.person.status == "stopped":
            turn.person.status = "active"
        return
    turn.do(BecomePerson(), GiveConsent("use"))
    turn.person.consents = frozenset({"use"})
    if step.state == "minor":
        turn.profile = turn.profile.with_answers(age=AgeBand.MINOR)


def _start_questions(step: Step) -> None:
    turn = step.turn
    DIALOGUE.close(turn)
    if "onboarding" in turn.person.dialogues:
        turn.tell("welcome.back_again")
        if not onboarding.is_done(turn):
            onboarding.resume(turn)
        return
    turn.tell("welcome.first_tip")
    onboarding.begin(turn)


def _decline(step: Step) -> None:
    turn = step.turn
    _shut(turn, "welcome.declined")
    turn.tell("welcome.farewell")
    turn.do(DeletePerson() if step.state == "again" else ForgetVisitor())


def _too_young(step: Step) -> None:
    turn = step.turn
    _shut(turn, "welcome.younger")
    turn.tell("welcome.too_young")
    turn.do(ForgetVisitor())


def _shut(turn: Turn, key: str) -> None:
    world = turn.world
    text = turn.voice(
        "welcome.short", operator=world.operator, contact=world.contact, privacy=world.privacy_url
    )
    asking.answered(turn, text, turn.voice(key))


DIALOGUE = Dialogue(
    "welcome",
    states={
        "first": (_first_screen,),
        "minor": (_first_screen,),
        "again": (_first_screen,),
        "agreed": (_start_questions,),
        "gone": (),
    },
    rows=(
        Row("speak", ("first", "minor", "again"), None, (), (_speak,)),
        Row("agree", ("first", "minor", "again"), "agreed", (), (_agree,)),
        Row("fifteen", "first", "minor"),
        Row("younger", "first", "gone", (), (_too_young,)),
        Row("decline", ("first", "minor", "again"), "gone", (), (_decline,)),
    ),
    initial="first",
)


def press(turn: Turn, value: str) -> bool:
    """A button of the first screen; False when it fits nothing."""
    if value in ("fr-vous", "fr-tu", "en-vous"):
        return DIALOGUE.fire(turn, "speak", value)
    return value in ("agree", "fifteen", "younger", "decline") and DIALOGUE.fire(turn, value)
