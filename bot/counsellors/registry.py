"""The commands and buttons in front of a team, and whose they are. Each room of this package adds its own."""

from __future__ import annotations

from collections.abc import Callable

from bot.counsellors import away, inviting, prompts, working_hours
from bot.counsellors.acts import registry as acts
from bot.counsellors.messages import taking_back, writing
from bot.counsellors.needs import urgent_list, urgent_presses
from bot.counsellors.reporting import reports
from bot.counsellors.several import bulk, lists
from bot.counsellors.turn import GroupTurn
from bot.counsellors.workshops import events, events_list
from bot.dialogs.incoming import Press
from storage.team_words import PromptRow

COMMANDS: dict[str, Callable[[GroupTurn, str], None]] = {
    "aide": inviting.help_message,
    "help": inviting.help_message,
    "equipe": inviting.show_team,
    "team": inviting.show_team,
    "inviter": inviting.invite,
    "invite": inviting.invite,
    "fiche": inviting.show_card,
    "card": inviting.show_card,
    "ecrire": writing.ask,
    "write": writing.ask,
    "diffuser": bulk.start,
    "broadcast": bulk.start,
    "liste": lists.toggle,
    "list": lists.toggle,
    "atelier": events.start,
    "bilan_equipe": reports.show,
    "report": reports.show,
    "workshop": events.start,
    **acts.COMMANDS,
    "urgent": urgent_list.show,
    "absence": away.away,
    "away": away.away,
    "effacer": taking_back.by_counsellor,
    "delete": taking_back.by_counsellor,
    "horaires": working_hours.show_or_set,
    "hours": working_hours.show_or_set,
}
"""Every name that is understood in a group of a team or in a counsellor's private chat, and what it does."""

PRESSES: dict[str, Callable[[GroupTurn, Press], bool]] = {
    "writing": writing.press,
    bulk.ROOM: bulk.press,
    events_list.ROOM: events.press,
    reports.ROOM: reports.press,
    **acts.PRESSES,
    "urgent": urgent_presses.press,
}
"""By the room that a button names: does what it asks; False when it fits nothing (stale or forged)."""

ANSWERS: dict[str, Callable[[GroupTurn, PromptRow], None]] = {
    **acts.ANSWERS,
    "bulk": bulk.answered,
    "workshop": events.answered,
}
"""By the kind of a question of Bob's: what the answer to it does."""


def answered(turn: GroupTurn) -> bool:
    """Whether the event answers one of Bob's questions: then it is carried out, and is nothing else.

    The question is for whoever was asked; what a colleague answers to it is talk.
    """
    prompt = prompts.asked(turn)
    if prompt is None:
        return False
    theirs = prompt.counsellor_id == turn.member.id and not turn.event.forwarded
    if theirs and prompt.kind in ANSWERS:
        ANSWERS[prompt.kind](turn, prompt)
    return True
