"""The texts as readers get them: with usual values, in French vous, French tu and English."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.dialogs.texts import Voice, load_texts
from bot.dialogs.wordlint import forms_of

TEXTS = load_texts()
VOUS, TU, ENGLISH = Voice("fr", "vous"), Voice("fr", "tu"), Voice("en")
in_each_register = pytest.mark.parametrize("voice", [VOUS, TU, ENGLISH], ids=["vous", "tu", "english"])

FRENCH_VALUES = {
    "action": "Appelez une entreprise.", "answer": "Lyon", "change": "avec le permis", "command": "menu",
    "city": "Paris", "former": "appeler la mairie", "last": "12 décembre", "contact": "contact@elan.example",
    "day": "mardi 1er décembre", "easier": "Lisez une annonce.",
    "emergency": "15", "europe": "112", "fallback": "la version courte suffit", "first": "Ouvrez une annonce.",
    "hour": "10 h", "label": "serveur de bar",
    "line": "3114", "n": 15, "name": "Camille", "next": "Prochaine action : demain à 9 h.",
    "number": 3, "obstacle": "la fatigue gagne", "operator": "Association Élan",
    "privacy": "https://elan.example/bob", "question": "Quelle ville ?", "quote": "demain à 10 h.",
    "since": "1er septembre 2026", "reason": "elle prend plus de temps", "reasons": "la recherche dure",
    "rhythm": "3 par semaine",
    "step": "Ouvrez une annonce.", "title": "Passer par les gens", "total": 10, "when": "demain à 10 h",
    "words": "serveuse",
    "counts": "2 candidatures", "employer": "Leroy Merlin", "goal": "2 candidatures et 1 contact", "job": "vendeuse",
    "large": "3 candidatures et 3 contacts", "medium": "2 candidatures et 2 contacts",
    "of_job": " (poste : vendeuse)", "on_day": " du 26 novembre", "reached": "1 candidature et 1 contact",
    "site": "indeed.fr", "small": "1 candidature et 1 contact", "state": "envoyée le 26 novembre",
    "first_name": "Camille",
    "team": "Mission locale de Nantes", "members": "Karim et Nadia", "receipt": "3918FF8B",
    "card": "Sofia M.\nAction en cours : un contact", "seen": "le prénom et le rythme", "link": "https://t.me/BobBot",
    "days": 30, "rights": "• Gérer les sujets", "moment": "mardi à 10 h", "received": 12, "what": "un contact",
    "person": "Sofia M.", "who": "Nadia", "waiting": 3, "others": 2, "answered": "mardi à 11 h",
    "opens": 9, "closes": 17, "on_days": "lundi et mardi",
    "sign": "nom", "forms": "venez ou viens", "most": 80, "which": "Tout le monde", "seconds": 30, "planned": 12,
    "place": "salle 2", "done": 4, "told": 5, "wrote": 2, "written": 3, "meetings": 1, "weeks": 4, "median": 5,
    "least": 5, "replies": 7, "until": "vendredi à 10 h",
    "other": "Karim",
}  # fmt: skip
"""A usual value for every variable of the texts."""
ENGLISH_VALUES = FRENCH_VALUES | {
    "members": "Karim and Nadia", "card": "Sofia M.\nCurrent action: a contact", "seen": "your first name",
    "answered": "Tuesday at 11:00",
    "on_days": "Monday and Tuesday", "rights": "• Manage topics", "moment": "Tuesday at 10:00", "what": "a contact",
    "which": "Everybody", "place": "room 2", "until": "Friday at 10:00", "forms": "venez or viens",
    "action": "Call a company.", "change": "With a driving licence",
    "day": "Tuesday 1 December",
    "easier": "Read one advert.", "fallback": "the short version will do", "first": "Open an advert.",
    "hour": "10:00", "label": "waiter",
    "next": "Next action: tomorrow at 9:00.", "obstacle": "you're too tired",
    "question": "Which town?", "quote": "tomorrow at 10:00.", "reason": "it takes more time",
    "reasons": "the search goes on", "since": "1 September 2026", "rhythm": "3 a week", "step": "Open an advert.",
    "counts": "2 applications", "goal": "2 applications and 1 contact", "job": "cashier",
    "large": "3 applications and 3 contacts", "medium": "2 applications and 2 contacts",
    "of_job": " (job: cashier)", "on_day": " of 26 November", "reached": "1 application and 1 contact",
    "small": "1 application and 1 contact", "state": "sent on 26 November",
    "title": "Go through people", "when": "tomorrow at 10:00", "words": "waiter",
}  # fmt: skip


def said(key: str, voice: Voice) -> str:
    """The text as a reader gets it, with usual values."""
    return voice(key, **(FRENCH_VALUES if voice.language == "fr" else ENGLISH_VALUES))


def everything() -> Iterator[tuple[str, Voice, str]]:
    for key in TEXTS:
        for voice in (VOUS, TU, ENGLISH):
            if voice.language == "en" or voice.form in forms_of(key):
                yield key, voice, said(key, voice)


def listed(faults: list[str]) -> str:
    return "\n" + "\n".join(faults)
