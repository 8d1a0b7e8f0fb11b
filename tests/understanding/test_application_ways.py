"""C11: by what way an application went, links, and what adverts and answers name."""

from __future__ import annotations

import pytest

from bot.commands.understand import is_job
from bot.understanding.application_ways import (
    LONGEST_LINK,
    WAYS,
    advert,
    followed_up,
    host_of,
    linked,
    names,
    way,
    way_of_link,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("postulé via Indeed pour un poste de cariste", "platform"),
        ("j'ai déposé mon CV en main propre au garage", "person"),
        ("candidature spontanée envoyée à la boulangerie", "spontaneous"),
        ("inscrite chez Manpower", "agency"),
        ("répondu à une annonce de Darty", "advert"),
        ("speculative application to Tesco", "spontaneous"),
        ("dropped off my CV at the bakery", "person"),
        ("postulé chez Darty", None),
    ],
)
def test_the_way_is_heard(text: str, expected: str | None) -> None:
    assert way(text) == expected
    assert expected is None or expected in WAYS


def test_a_link_is_taken_out_of_its_sentence() -> None:
    found = linked("à postuler : vendeur chez Fnac (https://www.fnac.com/jobs?id=1).")
    assert found is not None
    assert found.link == "https://www.fnac.com/jobs?id=1"
    assert found.words == "à postuler : vendeur chez Fnac ("
    assert host_of(found.link) == "fnac.com"


@pytest.mark.parametrize(
    "text", ["postulé chez Darty", "http://", "javascript:alert(1)", "https://localhost/x", "https://[::1/x"]
)
def test_what_no_browser_would_open_for_them_is_no_link(text: str) -> None:
    assert linked(text) is None


def test_an_endless_link_is_not_kept() -> None:
    assert linked("https://exemple.fr/" + "a" * LONGEST_LINK) is None


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://fr.indeed.com/viewjob?jk=1", "platform"),
        ("https://candidat.francetravail.fr/offres/1", "platform"),
        ("https://www.adecco.fr/offre", "agency"),
        ("https://recrutement.darty.com/offre", "advert"),
    ],
)
def test_the_site_of_a_link_tells_its_way(link: str, expected: str) -> None:
    assert way_of_link(link) == expected


@pytest.mark.parametrize(
    ("text", "company", "job"),
    [
        ("Agent d'entretien H/F - ONET - Angers", "ONET", "Agent d'entretien"),
        ("We are hiring a barista at Costa Coffee", "Costa Coffee", "barista"),
        ("Nous recherchons un(e) aide-soignant(e) en CDI.", None, "aide-soignant"),
        ("Bonjour, suite à votre candidature chez Carrefour, un entretien mardi ?", "Carrefour", None),
        ("Coucou regarde ça", None, None),
    ],
)
def test_an_advert_names_employer_and_job(text: str, company: str | None, job: str | None) -> None:
    assert advert(text, is_job) == (company, job)


@pytest.mark.parametrize(
    ("text", "company", "job"),
    [
        ("Leroy Merlin, vendeuse", "Leroy Merlin", "vendeuse"),
        ("la boulangerie Paul", "boulangerie Paul", None),
        ("vendeuse chez Zara", "Zara", "vendeuse"),
        ("waiter at Pizza Express", "Pizza Express", "waiter"),
        ("serveur", None, "serveur"),
    ],
)
def test_an_answer_names_employer_and_job(text: str, company: str | None, job: str | None) -> None:
    assert names(text, is_job) == (company, job)


@pytest.mark.parametrize(
    "text", ["relancé Leroy Merlin", "j'ai relancé Darty hier", "followed up with Tesco"]
)
def test_a_follow_up_is_heard(text: str) -> None:
    assert followed_up(text)
    assert not followed_up("postulé chez Darty")
