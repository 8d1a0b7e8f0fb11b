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
JOBS = {"vendeuse", "jardinier", "serveuse"}


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


def test_no_day_is_made_of_a_whole_month() -> None:
    assert read("postulé chez Ikea en mars").date is None


@given(TEXTS, DAYS)
def test_what_is_named_was_typed(text: str, today: date) -> None:
    found = application(text, today)
    typed = text.replace("’", "'")
    assert found.company is None or found.company in typed or not typed.isascii()
    assert found.job is None or found.job in typed or not typed.isascii()
    assert found.status is not None or found == NOTHING
