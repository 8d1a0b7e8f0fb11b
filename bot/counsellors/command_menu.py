"""The commands that Telegram offers while a counsellor types: in a team's group, and in their private chat."""

from __future__ import annotations

from typing import Final

from bot.dialogs.texts import Voice

Listed = list[tuple[str, str]]
"""(name without slash, description), in their order."""

IN_GROUP: Final[tuple[tuple[str, str], ...]] = (
    ("urgent", "urgent"),
    ("fiche", "card"),
    ("ecrire", "write"),
    ("action", "action"),
    ("rdv", "appointment"),
    ("note", "note"),
    ("notes", "notes"),
    ("favori", "star"),
    ("pause", "break"),
    ("reponses", "replies"),
    ("plus_tard", "later"),
    ("effacer", "delete"),
    ("transferer", "transfer"),
    ("diffuser", "broadcast"),
    ("liste", "list"),
    ("atelier", "workshop"),
    ("bilan_equipe", "report"),
    ("horaires", "hours"),
    ("absence", "away"),
    ("equipe", "team"),
    ("inviter", "invite"),
    ("aide", "help"),
)
"""Every command of `bot.counsellors.registry.COMMANDS`: its French and its English name, the most used first."""
IN_PRIVATE: Final = ("inviter", "urgent", "horaires", "absence", "reponses", "equipe")
"""Those that mean something in a private chat, by their French names."""


def in_group(language: str) -> Listed:
    """The menu of a team's group in "fr" or "en"."""
    voice, place = Voice(language), 0 if language == "fr" else 1
    return [(names[place], voice(f"team_menu.{names[0]}")) for names in IN_GROUP]


def in_private(language: str) -> Listed:
    """What a counsellor's private chat has beside the commands of job seekers."""
    private = {names[0 if language == "fr" else 1] for names in IN_GROUP if names[0] in IN_PRIVATE}
    return [line for line in in_group(language) if line[0] in private]
