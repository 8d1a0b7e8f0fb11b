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
        ("they binned my application at Argos", Status.REFUSED),
        ("la candidature chez Dyson a rien donné", Status.REFUSED),
        ("no luck with Iceland", Status.REFUSED),
        ("Bricorama me prend à l'essai", Status.OFFER),
        ("Lidl me prend pour un essai", Status.INTERVIEW),
        ("offre reçue de Sopra", Status.OFFER),
        ("ghostée par L'Oréal", Status.SENT),
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
        ("postulé chef de cuisine chez Ladurée", "Ladurée", "chef de cuisine"),
        ("postulé chez Carrefour chef de rayon", "Carrefour", "chef de rayon"),
        ("applied for chef de partie at Hilton", "Hilton", "chef de partie"),
        ("postulé second de cuisine chez Flunch", "Flunch", "second de cuisine"),
        ("postulé directeur de magasin chez Lidl", "Lidl", "directeur de magasin"),
        ("j'ai vu l'offre de chef de rang chez Flunch", "Flunch", "chef de rang"),
        ("le chef de rayon de Leclerc m'a rappelé", "Leclerc", None),
        ("le directeur de Dupuis m'a rappelé", "Dupuis", None),
        ("cv remis au gérant du bar Le Central", "bar Le Central", None),
        ("postulé femme de chambre hôtel Mercure", "hôtel Mercure", "femme de chambre"),
        ("ATSEM mairie de Pau envoyé le 24", "mairie de Pau", "ATSEM"),
        ("postulé caissière magasin Action", "Action", "caissière"),
        ("g postulé o mcdo kom équipier", "mcdo", "équipier"),
        ("offre reçue : Capgemini, développeur web", "Capgemini", "développeur web"),
        ("bonne nouvelle : Lidl m'a prise", "Lidl", None),
        ("Costa want me as a barista", "Costa", "barista"),
        ("entretien prévu le 3 décembre", None, None),
        ("interview scheduled for Monday", None, None),
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
        ("2nd interview at Ryanair next thursday", date(2026, 12, 3)),
        ("1er entretien chez Darty lundi", date(2026, 11, 30)),
        ("my 2nd interview is on the 3rd of December", date(2026, 12, 3)),
        ("entretien ok chez Lidl le 3/12", date(2026, 12, 3)),
        ("applied to ISS on 11/23", date(2026, 11, 23)),
        ("applied to Costa 11/23/2026", date(2026, 11, 23)),
        ("interview with Boots on 12/15", date(2026, 12, 15)),
        ("postulé chez Lidl le 5/11", date(2026, 11, 5)),
        ("aplyd 2 kfc last nite", date(2026, 11, 25)),
        ("postulé chez Chef Sam", None),
        ("postulé chez Juin Traiteur", None),
        ("entretien chez Lidl sam", date(2026, 11, 28)),
        ("postulé chez O2 comme vendeuse", None),
        ("envoyé mon cv à O2 hier", date(2026, 11, 25)),
    ],
)
def test_the_day_is_that_of_what_is_said(text: str, day: date | None) -> None:
    assert read(text).date == day


@pytest.mark.parametrize(
    "text",
    [
        "almost applied to Tesco",
        "j'ai presque postulé chez Zara",
        "nearly applied to Asda but changed my mind",
        "Lidl a failli me prendre",
        "applying is hard",
        "postuler c'est dur",
        "the application form was long",
        "je fais passer des entretiens chez Orange",
        "I do interviews for Santander",
        "j'ai retiré ma candidature chez Alten",
        "I withdrew from the BBC one",
        "no luck finding a job",
        "j'ai envoyé 2 colis",
    ],
)
def test_what_was_nearly_done_taken_back_or_only_spoken_of_is_no_application(text: str) -> None:
    assert read(text) == NOTHING


def test_what_follows_an_application_taken_back_stands() -> None:
    assert read("j'ai changé d'avis, je postule chez Kiabi").company == "Kiabi"
    assert read("j'ai retiré ma candidature chez Alten, j'ai postulé chez Kiabi") == NOTHING


@pytest.mark.parametrize(
    "text", ["j'ai envoyé 1 cv", "sent 5 applications", "envoyé plusieurs cv", "j'ai envoyé deux cv"]
)
def test_letters_may_be_counted(text: str) -> None:
    assert read(text) == Application(status=Status.SENT)


def test_no_day_is_made_of_a_whole_month() -> None:
    assert read("postulé chez Ikea en mars").date is None


@given(TEXTS, DAYS)
def test_what_is_named_was_typed(text: str, today: date) -> None:
    found = application(text, today)
    typed = text.replace("’", "'")
    assert found.company is None or found.company in typed or not typed.isascii()
    assert found.job is None or found.job in typed or not typed.isascii()
    assert found.status is not None or found == NOTHING
