"""The commands: the names that are understood, the menu, and what each one does."""

from __future__ import annotations

from bot.dialogs import (
    appointment_book,
    board,
    counsellor,
    found,
    mydata,
    offering,
    onboarding,
    own,
    profile,
    progress,
    settings,
    strategies,
    topics,
    weekly,
    welcome_back,
    why,
)
from bot.dialogs.next_action import next_words
from bot.dialogs.turn import Turn

COMMANDS = {
    "start": "start",
    "profil": "profil",
    "profile": "profil",
    "action": "action",
    "monaction": "monaction",
    "myaction": "monaction",
    "pourquoi": "pourquoi",
    "why": "pourquoi",
    "strategies": "strategies",
    "pistes": "strategies",
    "progres": "progres",
    "progress": "progres",
    "trouve": "trouve",
    "found": "trouve",
    "hired": "trouve",
    "rdv": "rdv",
    "rendezvous": "rdv",
    "appointments": "rdv",
    "appointment": "rdv",
    "agenda": "rdv",
    "sujets": "sujets",
    "topics": "sujets",
    "moins": "moins",
    "less": "moins",
    "pause": "moins",
    "reprendre": "reprendre",
    "resume": "reprendre",
    "stop": "stop",
    "langue": "langue",
    "language": "langue",
    "candidatures": "candidatures",
    "applications": "candidatures",
    "bilan": "bilan",
    "review": "bilan",
    "aide": "aide",
    "help": "aide",
    "conseiller": "conseiller",
    "counsellor": "conseiller",
    "ecrireconseiller": "conseiller",
    "qui": "qui",
    "who": "qui",
    "mesdonnees": "mesdonnees",
    "mydata": "mesdonnees",
    "supprimer": "supprimer",
    "delete": "supprimer",
}
"""Every name that is understood -> the command. Underscores and case are ignored."""
MENU = (
    "action",
    "monaction",
    "profil",
    "pourquoi",
    "strategies",
    "rdv",
    "candidatures",
    "bilan",
    "progres",
    "trouve",
    "sujets",
    "moins",
    "reprendre",
    "stop",
    "conseiller",
    "qui",
    "langue",
    "aide",
    "mesdonnees",
    "start",
)
"""Commands of the menu, in its order; their names and descriptions are `commands.*` in the locales."""
WITHOUT_CONSENT = frozenset(("mesdonnees", "supprimer", "stop", "langue", "qui"))
"""One's data, their deletion and the way out stay within reach."""
AFTER_QUESTIONS = frozenset(
    (
        *("action", "monaction", "pourquoi", "strategies", "rdv", "candidatures", "bilan"),
        *("progres", "trouve", "reprendre"),
    )
)
"""What makes no sense before the questions were gone through."""


def named(command: str) -> str | None:
    """The command that a typed name stands for; None when there is none."""
    return COMMANDS.get(command.lower().replace("_", ""))


def run(turn: Turn, name: str, argument: str) -> None:
    """Do what a command asks. `argument`: what was typed after it."""
    if name in AFTER_QUESTIONS and not onboarding.is_done(turn):
        _questions_first(turn, name)
        return
    match name:
        case "start":
            _start(turn, argument)
        case "profil":
            profile.show(turn)
        case "action":
            turn.person.focus = None
            offering.show(turn)
        case "monaction":
            own.show(turn, argument)
        case "pourquoi":
            why.show(turn)
        case "strategies":
            strategies.show(turn)
        case "rdv":
            appointment_book.show(turn)
        case "candidatures":
            board.show(turn)
        case "bilan":
            weekly.show(turn)
        case "progres":
            progress.show(turn)
        case "trouve":
            found.begin(turn)
        case "sujets":
            topics.show(turn)
        case "moins":
            settings.show(turn, "less")
        case "reprendre":
            if not found.come_back(turn):
                settings.resume(turn)
        case "stop":
            settings.stop(turn)
        case "langue":
            settings.show(turn, "language")
        case "conseiller":
            counsellor.write(turn, argument)
        case "qui":
            counsellor.show(turn)
        case "aide":
            help_message(turn)
        case "mesdonnees":
            mydata.show(turn)
        case "supprimer":
            mydata.ask_delete(turn)


def help_message(turn: Turn) -> None:
    """`/aide`."""
    turn.tell("help.text", operator=turn.world.operator, contact=turn.world.contact)


def _questions_first(turn: Turn, name: str) -> None:
    if name == "reprendre":
        settings.wake(turn)
    turn.lead.append(turn.voice("help.questions_first"))
    onboarding.resume(turn)


def _start(turn: Turn, code: str) -> None:
    """A second /start never loses an answer."""
    if code and turn.invitation is not None:
        counsellor.offer(turn)
        if not onboarding.is_done(turn):
            one = turn.invitation
            turn.lead.append(turn.voice("counsellor.invited", who=one.counsellor, team=one.team))
            onboarding.resume(turn)
        return
    if code:
        turn.lead.append(turn.voice("welcome.unknown_code"))
    if not onboarding.is_done(turn):
        turn.lead.append(turn.voice("onboarding.resumed"))
        onboarding.resume(turn)
        return
    if welcome_back.is_due(turn):
        welcome_back.greet(turn)
        return
    if turn.person.status in ("paused", "stopped"):
        turn.tell("help.back_while_quiet")
        return
    name = turn.profile.first_name
    turn.tell("help.hello_named" if name else "help.hello", name=name or "", next=next_words(turn))
