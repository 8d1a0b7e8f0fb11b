"""Jobs found and lost, in the words that people use."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding.jobs_found import JobFound, first_day, job_found, job_over

TODAY = date(2026, 11, 26)
"""A Thursday."""
MONDAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    "words",
    [
        "j'ai trouvé un travail",
        "j'ai trouvé ! je commence lundi",
        "found work at last",
        "J’ai trouvé du travail !",
        "ça y est j'ai trouvé un boulot",
        "jai enfin trouvé un taf",
        "j'ai décroché un CDI",
        "j'ai eu le poste",
        "J'ai signé mon contrat",
        "j'ai été embauchée",
        "je suis prise chez Leclerc",
        "je suis embauché",
        "ils m'ont prise",
        "on m'a embauchée en CDD",
        "je commence mon nouveau travail lundi",
        "j'ai trouvé un emploi à la mairie",
        "I got the job",
        "I got the job!",
        "I found a job",
        "I've found a new job at the bakery",
        "I got hired",
        "I've been hired",
        "I've been hired at Tesco",
        "Decathlon m'a embauchée",
        "Lidl m'a recrutée en CDI",
        "je viens d'être embauchée chez Korian",
        "je viens de signer mon contrat",
        "Tesco hired me",
        "they hired me",
        "I finally landed a job",
        "I start my new job on Monday",
    ],
)
def test_plain_words_are_heard_at_once(words: str) -> None:
    found = job_found(words, TODAY)
    assert found is not None
    assert found.sure


@pytest.mark.parametrize(
    "words",
    [
        "j'ai trouvé !",
        "J'ai trouvé",
        "Trouvé !",
        "ça y est, j'ai trouvé !",
        "je commence lundi",
        "I start on Monday",
        "I found one",
        "j'ai un travail maintenant",
        "j'ai trouvé un travail mais à mi-temps",
    ],
)
def test_words_that_may_mean_something_else_are_asked_back(words: str) -> None:
    found = job_found(words, TODAY)
    assert found is not None
    assert not found.sure


@pytest.mark.parametrize(
    "words",
    [
        "",
        "j'ai trouvé une annonce",
        "j'ai trouvé un travail qui m'intéresse sur Indeed",
        "je n'ai pas trouvé de travail",
        "j'ai pas trouvé",
        "je cherche un travail",
        "si je trouve un travail, je vous le dis",
        "mon frère a trouvé un travail",
        "comment trouver un travail",
        "j'ai trouvé un travail ?",
        "j'ai eu un entretien",
        "je commence une formation lundi",
        "je commence à chercher",
        "je commence à en avoir marre",
        "j'ai trouvé ça utile",
        "j'ai trouvé le numéro",
        "j'ai trouvé trois entreprises",
        "c'est fait",
        "je suis pris demain",
        "I found an ad",
        "I haven't found a job",
        "I didn't get the job",
        "I would like to find a job",
        "my sister got a job",
        "I start looking tomorrow",
        "I start my training on Monday",
        "I found it useful",
        "j'ai postulé pour un poste",
        "je ne suis pas prise",
        "ils m'ont pas embauchée",
    ],
)
def test_other_words_are_left_alone(words: str) -> None:
    assert job_found(words, TODAY) is None


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("j'ai trouvé un travail, je commence lundi", MONDAY),
        ("je commence demain", date(2026, 11, 27)),
        ("j'ai eu le poste, je démarre le 7 décembre", date(2026, 12, 7)),
        ("I got the job and I start on Monday", MONDAY),
        ("j'ai trouvé un travail, j'ai commencé lundi", date(2026, 11, 23)),
        ("j'ai trouvé un travail lundi", None),
    ],
)
def test_the_first_day_is_the_one_of_the_start(words: str, start: date | None) -> None:
    found = job_found(words, TODAY)
    assert found is not None
    assert found.start == start


@pytest.mark.parametrize(
    ("words", "start"),
    [("lundi", MONDAY), ("le 7 décembre", date(2026, 12, 7)), ("on Monday", MONDAY), ("bof", None)],
)
def test_asked_for_the_first_day_a_bare_date_is_enough(words: str, start: date | None) -> None:
    assert first_day(words, TODAY, asked=True) == start


@pytest.mark.parametrize(
    "words",
    [
        "ça n'a pas marché",
        "ça a pas marché",
        "ils m'ont pas gardée",
        "j'ai perdu mon travail",
        "j'ai été virée",
        "mon contrat est fini",
        "je cherche à nouveau",
        "fin de ma période d'essai",
        "it didn't work out",
        "I lost my job",
        "they let me go",
        "my contract ended",
    ],
)
def test_the_end_of_a_job_is_heard(words: str) -> None:
    assert job_over(words)


@pytest.mark.parametrize(
    "words", ["", "ça va", "c'est dur", "ça marche bien", "is it over?", "ça a marché", "merci"]
)
def test_a_job_that_goes_on_is_not_over(words: str) -> None:
    assert not job_over(words)


def test_a_very_long_text_is_a_story() -> None:
    assert job_found("j'ai trouvé un travail " + "et voilà " * 5000, TODAY) is None
    assert not job_over("j'ai perdu mon travail " + "et voilà " * 5000)


def test_what_is_heard_is_small() -> None:
    assert job_found("j'ai trouvé un travail", TODAY) == JobFound(True)


def test_the_first_day_is_kept_where_somebody_was_just_hired() -> None:
    told = job_found("je viens d'être embauchée chez Korian, je commence le 1er décembre", TODAY)
    assert told == JobFound(sure=True, start=date(2026, 12, 1))


@pytest.mark.parametrize(
    "words", ["Decathlon ne m'a pas embauchée", "Lidl m'a prise en photo", "my brother hired me"]
)
def test_not_hired(words: str) -> None:
    assert job_found(words, TODAY) is None


@pytest.mark.parametrize(
    "words", ["j'ai perdu mon travail", "I don't have a job anymore", "je n'ai plus de travail"]
)
def test_a_job_that_is_no_more(words: str) -> None:
    assert job_over(words)
