"""What opens a subject: what people say of themselves, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.topics import SUBJECTS, subject

SAID = {
    "prison": (
        "je sors de prison", "Je suis sorti de prison il y a un mois",
        "bonjour je sors de prison et je cherche un travail",
        "J'ai fait 3 ans de prison.", "jai fait 6 mois de taule", "je sors juste de détention", "J'étais incarcéré",
        "je viens de sortir de prison", "j'ai un casier judiciaire", "je suis sous bracelet électronique",
        "I just got out of prison", "I've been in jail", "I have a criminal record", "i'm on probation",
    ),
    "exile": (
        "I'm a refugee", "je suis réfugiée politique", "Je suis demandeur d'asile", "je viens d'arriver en France",
        "je suis arrivée en France en 2024", "j'ai fui la guerre", "j'ai le statut de réfugié", "je suis sans papiers",
        "j'attends mon titre de séjour", "I am an asylum seeker", "I just arrived in France",
    ),
    "health": (
        "je suis en arrêt maladie", "En arrêt maladie depuis un an", "J'ai un cancer", "je sors d'un burn-out",
        "je suis en dépression", "j'ai des problèmes de santé", "je suis en arrêt de travail", "je suis en ALD",
        "I'm on sick leave", "I have cancer", "i have health problems",
    ),
}  # fmt: skip

OF_OTHERS = (
    "surveillant de prison", "je veux travailler en prison", "I want to work in a prison",
    "éducatrice auprès des réfugiés",
    "mon fils est malade", "demain je suis malade", "infirmière", "conseiller santé", "France Travail",
    "je cherche un travail en France", "je suis arrivé en France Travail", "arrêt de bus", "casier vierge",
    "je sors d'une formation", "j'ai fait une formation", "j'ai quitté mon travail", "nurse", "my health insurance job",
    "agent d'accueil", "", "?", "🙂",
)  # fmt: skip


@pytest.mark.parametrize(("name", "text"), [(name, text) for name in SAID for text in SAID[name]])
def test_what_people_say_of_themselves_names_the_subject(name: str, text: str) -> None:
    assert subject(text) == name


@pytest.mark.parametrize("text", OF_OTHERS)
def test_a_job_another_person_or_another_matter_names_none(text: str) -> None:
    assert subject(text) is None


@given(st.text(max_size=300))
def test_any_text_at_all_is_read(text: str) -> None:
    assert subject(text) in (None, *SUBJECTS)
