"""C11: an application in one's own words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.applications import NOTHING, Application, Status, application

TODAY = date(2026, 11, 26)  # a Thursday
PIECES = "postulé chez Ikea comme vendeuse le 3 mars 31/02 entretien d' & , m'a pris il y a 99 ans"
TEXTS = st.text(max_size=200) | st.lists(st.sampled_from(PIECES.split())).map(" ".join)
DAYS = st.dates(date(1999, 1, 1), date(2090, 1, 1))
JOBS = {"vendeuse", "jardinier", "serveuse", "boulanger", "nurse", "cuisinier", "livreur"}


def read(text: str) -> Application:
    return application(text, TODAY, is_job=lambda words: words in JOBS)


@pytest.mark.parametrize(
    ("text", "company", "job", "status", "day"),
    [
        ("postulé chez Leroy Merlin comme vendeuse hier", "Leroy Merlin", "vendeuse", "sent", "2026-11-25"),
        ("postulé chez Leroy Merlin, vendeuse", "Leroy Merlin", "vendeuse", "sent", None),
        ("Truffaut, jardinier, envoyé dimanche", "Truffaut", "jardinier", "sent", "2026-11-22"),
        ("candidature Decathlon vendeuse", "Decathlon", "vendeuse", "sent", None),
        (
            "entretien mardi chez Carrefour pour caissière",
            "Carrefour",
            "caissière",
            "interview",
            "2026-12-01",
        ),
        ("refusée mardi par Carrefour", "Carrefour", None, "refused", "2026-11-24"),
        ("refusée par la mairie de Lyon", "mairie de Lyon", None, "refused", None),
        ("j'ai postulé à La Poste", "La Poste", None, "sent", None),
        ("Amazon m'a pris !", "Amazon", None, "offer", None),
        ("il faut que je postule chez Ikea", "Ikea", None, "todo", None),
        ("je postule demain chez Kiabi", "Kiabi", None, "todo", "2026-11-27"),
        ("applied to Sainsbury's as a cashier 10 days ago", "Sainsbury's", "cashier", "sent", "2026-11-16"),
        ("sent my CV to Marks & Spencer", "Marks & Spencer", None, "sent", None),
        ("entretien à 14h demain chez H&M", "H&M", None, "interview", "2026-11-27"),
        ("j'ai postulé à Lyon comme serveuse", None, "serveuse", "sent", None),
        ("pas prise chez Lidl après l'entretien", "Lidl", None, "refused", None),
    ],
)
def test_an_application_is_told_in_one_line(
    text: str, company: str | None, job: str | None, status: str, day: str | None
) -> None:
    found = read(text)
    told = (found.company, found.job, found.status, found.date.isoformat() if found.date else None)
    assert told == (company, job, Status(status), day)


@pytest.mark.parametrize("text", ["bonjour", "oui", "je cherche un emploi", "3 mois", "", "🙂", "Lyon"])
def test_nothing_is_made_up(text: str) -> None:
    assert read(text) == NOTHING


@pytest.mark.parametrize(
    "text",
    [
        "j'ai rdv chez le dentiste lundi",
        "entretien avec ma conseillère Pôle emploi vendredi",
        "entretien de la voiture demain",
        "j'ai postulé pour un logement social",
        "I applied for a loan",
        "la CAF m'a refusé mon dossier",
        "j'ai envoyé un colis hier",
        "j'ai pris le bus",
    ],
)
def test_what_is_not_about_work_is_no_application(text: str) -> None:
    assert read(text) == NOTHING


@pytest.mark.parametrize(
    "text",
    [
        "mon mari a postulé chez Ikea",
        "ma fille a un entretien demain",
        "my son was rejected by the school",
        "elle a eu le poste",
        "j'ai envoyé une carte à ma soeur",
    ],
)
def test_the_application_of_somebody_else_is_not_ones_own(text: str) -> None:
    assert read(text) == NOTHING


@pytest.mark.parametrize(
    "text",
    [
        "comment je fais pour postuler ?",
        "how do I apply?",
        "est-ce que Lidl m'a refusé ?",
        "si je postule chez Ikea ils vont rire",
        "je postulerai jamais chez Amazon",
        "I haven't applied anywhere this week",
        "aucune candidature cette semaine",
        "j'ai pas postulé chez Amazon finalement",
        "j'ai peur de postuler",
        "pas d'entretien cette semaine",
    ],
)
def test_what_is_asked_supposed_or_denied_is_no_application(text: str) -> None:
    assert read(text) == NOTHING


def test_a_question_in_another_sentence_takes_nothing_away() -> None:
    assert read("J'ai postulé chez Kiabi. Et maintenant ?").company == "Kiabi"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("pas encore envoyé mon cv à Sephora", Status.TODO),
        ("toujours pas postulé chez Kiabi", Status.TODO),
        ("ils m'ont pas prise", Status.REFUSED),
        ("they didn't hire me", Status.REFUSED),
        ("ils avaient pris quelqu'un d'autre", Status.REFUSED),
        ("jai postuler hier", Status.SENT),
        ("faut postuler", Status.TODO),
        ("Lidl ma jamais repondu", Status.SENT),
        ("EDF réponse positive, entretien à venir", Status.INTERVIEW),
        ("pris chez Lidl après l'entretien", Status.OFFER),
        ("Ikea : non", Status.REFUSED),
    ],
)
def test_a_denial_turns_what_is_said(text: str, status: Status) -> None:
    assert read(text).status is status


@pytest.mark.parametrize(
    ("text", "company", "job"),
    [
        ("relancé Decathlon", "Decathlon", None),
        ("postulé H&M vendeuse", "H&M", "vendeuse"),
        ("applied NHS nurse", "NHS", "nurse"),
        ("Super U vendeuse postulé hier", "Super U", "vendeuse"),
        ("vendeuse Super U, cv envoyé", "Super U", "vendeuse"),
        ("postulé chez Dupuis vendeuse", "Dupuis", "vendeuse"),
        ("Boulanger a refusé ma candidature de vendeuse", "Boulanger", "vendeuse"),
        ("refus de Boulanger", "Boulanger", None),
        ("agent d'entretien chez Onet : refusé", "Onet", "agent d'entretien"),
        ("postulé mairie de Nantes jardinier hier", "mairie de Nantes", "jardinier"),
        ("essai au restaurant Chez Marcel comme serveuse", "restaurant Chez Marcel", "serveuse"),
        ("postulé via Indeed à une offre de livreur", None, "livreur"),
        ("répondu à l'annonce de livreur chez Pizza Hut", "Pizza Hut", "livreur"),
        ("postulé sur le site de Kiabi", "Kiabi", None),
        ("le directeur de Leclerc me reçoit demain", "Leclerc", None),
        ("Asda ghosted then said no", "Asda", None),
        ("relancé Decathlon par mail", "Decathlon", None),
    ],
)
def test_company_and_job_are_told_apart(text: str, company: str | None, job: str | None) -> None:
    found = read(text)
    assert (found.company, found.job) == (company, job)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("j'ai eu mon entretien mardi chez Renault", date(2026, 11, 24)),
        ("j'ai eu un entretien pour mardi chez Renault", date(2026, 12, 1)),
        ("rdv demain 10h Intermarché", date(2026, 11, 27)),
        ("prise chez Picard, je commence le 7 décembre", date(2026, 12, 7)),
        ("Greggs want me to start Monday", None),
        ("postulé chez O2 comme vendeuse", None),
        ("envoyé mon cv à O2 hier", date(2026, 11, 25)),
    ],
)
def test_the_day_is_that_of_what_is_said(text: str, day: date | None) -> None:
    assert read(text).date == day


def test_no_day_is_made_of_a_whole_month() -> None:
    assert read("postulé chez Ikea en mars").date is None


@given(TEXTS, DAYS)
def test_what_is_named_was_typed(text: str, today: date) -> None:
    found = application(text, today)
    typed = text.replace("’", "'")
    assert found.company is None or found.company in typed or not typed.isascii()
    assert found.job is None or found.job in typed or not typed.isascii()
    assert found.status is not None or found == NOTHING
