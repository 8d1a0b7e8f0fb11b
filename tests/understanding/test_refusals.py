"""An employer's refusal told in passing, and what only looks like one."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding.refusals import refusal_told

TODAY = date(2026, 11, 26)

TOLD = [
    "j'ai eu un refus",
    "J’ai encore eu un refus hier.",
    "refusé chez Leroy Merlin",
    "encore un refus",
    "j'ai été refusée",
    "ma candidature n'a pas été retenue",
    "ils ont pris quelqu'un d'autre",
    "j'ai un refus de Carrefour",
    "j'ai eu une réponse négative",
    "ils m'ont dit non",
    "ils m'ont dit non au téléphone",
    "on m'a répondu non",
    "j'ai pas été prise",
    "2 refus aujourd'hui",
    "they said no",
    "they told me no again",
    "got rejected",
    "I got a rejection email",
    "they went with someone else",
    "it's a no from Tesco",
    "they turned me down",
    "didn't get the job",
]

NOT_TOLD = [
    "non",
    "je refuse",
    "pas pour moi",
    "not interested",
    "j'ai peur d'un refus",
    "que faire après un refus ?",
    "j'ai eu un refus ?",
    "comment répondre à un refus",
    "les refus me fatiguent",
    "marre des refus",
    "je n'ai pas eu de refus",
    "si j'ai un refus je fais quoi",
    "if they say no",
    "j'ai refusé l'offre",
    "j'ai refusé un CDD",
    "I turned down the offer",
    "I declined their offer",
    "ma soeur a été refusée",
    "le permis refusé",
    "refus de la mairie pour la crèche",
    "demande de logement refusée",
    "j'ai postulé chez Lidl",
    "j'ai un entretien demain",
    "j'ai toujours pas de réponse",
    "on lui a dit oui",
    "c'est fait",
    "",
]


@pytest.mark.parametrize("text", TOLD)
def test_a_refusal_is_heard(text: str) -> None:
    assert refusal_told(text, TODAY)


@pytest.mark.parametrize("text", NOT_TOLD)
def test_what_only_looks_like_one_is_not(text: str) -> None:
    assert not refusal_told(text, TODAY)


def test_a_long_story_is_not_summed_up_as_a_refusal() -> None:
    assert not refusal_told("j'ai eu un refus " + "et puis je suis allée me promener " * 8, TODAY)
