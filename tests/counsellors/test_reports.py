"""Reports: the counsellor's own people in private, the team's figures in the group, each Monday on request."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.advice.facts import Outcome
from bot.commands import team_report
from bot.counsellors.group_text import PersonLabel
from bot.counsellors.reporting import reports
from bot.counsellors.reporting.team_figures import PersonWeek, last_week, team_figures
from bot.dialogs.texts import Voice
from bot.pictures.drawing import picture_png
from storage import agenda, answers, appointments, audit, links, relays, team_weeks, teams
from storage.appointments import AppointmentRow
from storage.engine import Store
from tests.counsellors.following import TUESDAY, paris
from tests.counsellors.office import GROUP, KARIM, NADIA, WORLD
from tests.counsellors.round import Round, Shown

PARIS = ZoneInfo("Europe/Paris")
NAMES = (
    "Ana",
    "Bela",
    "Cleo",
    "Dora",
    "Elia",
    "Fina",
    "Gaia",
    "Hana",
    "Ines",
    "Jade",
    "Kim",
    "Lou",
    "Mia",
    "Noa",
)


@pytest.fixture
def round_(store: Store) -> Round:
    return Round(store)


def report(office: Round, chat: int = NADIA, who: int = NADIA) -> Shown:
    return office.order("bilan_equipe", who=who, chat=chat)


def wrote(office: Round, link: int, direction: str, at: datetime, *, kind: str = "text") -> None:
    number = next(office.ids)
    office(
        relays.add, link, direction, at, source=(1, number), to_chat=2, kind=kind, outbox_id=None,
        counsellor_id=office.nadia,
    )  # fmt: skip


def met(office: Round, link: int, at: datetime, state: str = "planned") -> None:
    person = office.person_of(link)
    office(
        appointments.save,
        AppointmentRow(
            f"{link}{at}{state}", person, "counsellor", None, at.replace(tzinfo=None), "UTC", state, 0, None, at,  # type: ignore[arg-type]
            None, None, at,
        ),
    )  # fmt: skip


def answered(office: Round, link: int, asked: datetime, at: datetime) -> None:
    office(links.save, link, waiting_since=asked)
    office(answers.answered, office.link(link), office.nadia, at)
    office(links.save, link, waiting_since=None)


# One's own people


def test_each_persons_last_week_in_one_line(round_: Round) -> None:
    link = round_.follow("Sofia", last_contact_at=paris(20))
    for days_ago, outcome in (
        (7, Outcome.DONE),
        (6, Outcome.REFUSED),
        (5, Outcome.EXPIRED),
        (1, Outcome.DONE),
    ):
        round_.acted(link, days_ago, outcome)
    wrote(round_, link, "to_team", paris(17))
    wrote(round_, link, "to_team", paris(23))  # this week
    wrote(round_, link, "to_person", paris(18))
    wrote(round_, link, "to_person", paris(18), kind="prompt")
    met(round_, link, paris(19))
    met(round_, link, paris(20), "cancelled")
    assert report(round_).text == (
        "Semaine du lundi 16 novembre au dimanche 22 novembre. Personnes suivies : 1.\n"
        "• Sofia M. : actions 1 sur 3 (répondu 2). A écrit 1 fois, a reçu 1. Rendez-vous 1, "
        "contact vendredi 20 novembre"
    )


def test_what_a_card_does_not_show_is_a_dash(round_: Round) -> None:
    link = round_.follow("Sofia", last_contact_at=None)
    round_(links.save, link, shown=["action"])
    round_.acted(link, 7, Outcome.DONE)
    met(round_, link, paris(19))
    text = report(round_).text
    assert (
        "actions n.c. sur n.c. (répondu n.c.). A écrit 0 fois, a reçu 0. Rendez-vous n.c., contact n.c."
        in text
    )
    assert "n.c. : la fiche ne le montre pas" in text


def test_only_ones_own_people_are_listed_and_each_reads_who_opened_it(round_: Round) -> None:
    mine, karims = round_.follow("Sofia"), round_.follow("Ali", round_.karim)
    text = report(round_).text
    assert "Sofia" in text
    assert "Ali" not in text
    opened = [(one.what, one.actor) for one in round_(audit.entries, round_.person_of(mine))]
    assert opened[-1] == ("report opened", "Nadia")
    assert "report opened" not in [one.what for one in round_(audit.entries, round_.person_of(karims))]


def test_the_file_has_everybody_and_no_formula(round_: Round) -> None:
    link = round_.follow("Sofia")
    shown = report(round_)
    round_.push(shown, "Fichier tableur", chat=NADIA)
    file = round_.chats.of(NADIA)[-1]
    assert file.reply.document_name == "bilan-2026-11-16.csv"
    assert (
        (file.reply.document or "").splitlines()[1].startswith("Sofia M.;2026-11-16;0;0;0;0;0;0;2026-11-19")
    )
    assert round_(audit.entries, round_.person_of(link))[-1].what == "report exported"
    week = last_week(TUESDAY, PARIS)
    evil = PersonWeek(round_.link(link), PersonLabel("=cmd()"), 1, 1, 1, 0, 0, None, None)
    assert reports.as_csv(Voice("en"), week, [evil]).splitlines()[1] == "'=cmd(),2026-11-16,1,1,1,0,0,,"


def test_a_report_comes_on_mondays_only_where_it_was_asked_for(round_: Round) -> None:
    link = round_.follow("Sofia")
    monday = paris(30, 8)
    round_.now = monday
    round_(reports.send_reports_due, WORLD, round_.now, 10)
    round_.deliver()
    assert round_.chats.of(NADIA) == []
    round_.now = TUESDAY
    shown = report(round_)
    toast = round_.push(shown, "Chaque lundi", chat=NADIA)
    assert toast is not None
    assert round_(team_weeks.is_wished, round_.nadia)
    assert round_(agenda.next_due, after=TUESDAY) <= monday
    round_.now = monday
    assert round_(reports.send_reports_due, WORLD, round_.now, 10) == 1
    assert round_(reports.send_reports_due, WORLD, round_.now, 10) == 0
    round_.deliver()
    sent = round_.chats.of(NADIA)[-1]
    assert "Semaine du lundi 23 novembre" in sent.text
    assert round_(audit.entries, round_.person_of(link))[-1].what == "report sent"
    round_.push(sent, "Plus le lundi", chat=NADIA)
    round_.now = paris(7, 8, month=12)
    assert round_(reports.send_reports_due, WORLD, round_.now, 10) == 0


def test_who_left_the_team_gets_no_report_any_more(round_: Round) -> None:
    round_.follow("Sofia")
    round_(team_weeks.wish, round_.nadia, paris(30, 8))
    round_(teams.leave, round_.nadia, TUESDAY)
    round_(reports.send_reports_due, WORLD, paris(30, 8), 10)
    round_.deliver()
    assert round_.chats.of(NADIA) == []
    assert not round_(team_weeks.is_wished, round_.nadia)


@pytest.mark.parametrize(
    ("now", "next_one"),
    [(TUESDAY, paris(30, 8)), (paris(30, 7), paris(30, 8)), (paris(30, 8), paris(7, 8, month=12))],
)
def test_the_next_monday(now: datetime, next_one: datetime) -> None:
    assert reports.next_monday(now, PARIS) == next_one


def test_long_lists_are_cut_and_the_file_has_the_rest(round_: Round) -> None:
    for number in range(42):
        round_.follow(f"P{chr(97 + number % 26)}")
    text = report(round_).text
    assert "… et 2 autres, dans le fichier." in text


# The team


def a_full_team(office: Round) -> list[int]:
    """Nadia follows 12 people, Karim 2; of Nadia's, 6 did an action and 5 wrote."""
    mine = [office.follow(name) for name in NAMES[:12]]
    for name in NAMES[12:]:
        office.acted(office.follow(name, office.karim), 7, Outcome.DONE)
    for link in mine[:6]:
        office.acted(link, 7, Outcome.DONE)
    for link in mine[:5]:
        wrote(office, link, "to_team", paris(18))
        answered(office, link, paris(18, 9), paris(18, 12))
    return mine


def test_the_team_sees_counts_and_no_small_one(round_: Round) -> None:
    a_full_team(round_)
    shown = report(round_, chat=GROUP)
    assert shown.text == (
        "Équipe « Élan », semaine du lundi 16 novembre au dimanche 22 novembre.\n"
        "Personnes suivies : 14\n"
        "Ont fait une action : 8\n"
        "Ont écrit à l'équipe : 5\n"
        "Ont reçu un message de l'équipe : n.c.\n"
        "Ont eu un rendez-vous : n.c.\n"
        "Attendent une réponse maintenant : n.c.\n"
        "Réponses sur 4 semaines : 5. La moitié en 3 h ouvrées au plus, neuf sur dix en 3 h.\n"
        "Sur l'image, la dernière semaine : 8 actions faites, 5 réponses données.\n"
        "n.c. : moins de 5 personnes, ou un chiffre qui en révélerait un autre."
    )
    assert not any(name in shown.text for name in NAMES)


def test_its_picture_says_the_same(round_: Round) -> None:
    a_full_team(round_)
    values = report(round_, chat=GROUP).reply.picture
    assert values is not None
    assert values["rows"] == [
        ["Actions faites", [None] * 7 + [8]],
        ["Réponses données", [None] * 7 + [5]],
    ]
    assert picture_png(values)


def test_who_hides_the_rhythm_is_in_no_count_of_actions(round_: Round) -> None:
    mine = a_full_team(round_)
    for link in mine[:2]:
        round_(links.save, link, shown=["action"])
    (team,) = round_(teams.teams)
    found = round_(team_figures, team, TUESDAY)
    assert found.rows["acted"].total == 6
    assert found.done[-1] == 6


def test_a_persons_topic_is_no_place_for_it(round_: Round) -> None:
    link = round_.follow("Sofia")
    assert "sujet général" in round_.order("report", thread=7000 + link).text


def test_only_working_hours_count_and_those_of_who_answered(round_: Round) -> None:
    mine = a_full_team(round_)
    for link in mine[5:11]:
        answered(round_, link, paris(19, 17), paris(20, 10))  # an hour in the evening, one in the morning
    (team,) = round_(teams.teams)
    found = round_(team_figures, team, TUESDAY)
    assert found.answers is not None
    assert (found.answers.count, found.answers.median, found.answers.most) == (11, 2, 3)


def test_strangers_get_no_report(round_: Round) -> None:
    a_full_team(round_)
    shown = report(round_, chat=GROUP, who=KARIM)  # any member may
    assert "Équipe" in shown.text
    refused = report(round_, chat=GROUP, who=599)
    assert "Équipe" not in refused.text


def test_the_command_line_prints_the_same_figures(round_: Round) -> None:
    a_full_team(round_)
    (team,) = round_(teams.teams)
    values = team_report.as_values("Élan", round_(team_figures, team, TUESDAY))
    assert values["people"]["acted"] == {"by_counsellor": [None, None], "all": 8}
    assert values["people"]["followed"] == {"by_counsellor": [None, None], "all": 14}
    assert json.loads(json.dumps(values)) == values
    text = team_report.as_text(values)
    assert "did an action: 8 (Nadia -, Karim -)" in text
    assert "5 answers, half within 3, nine of ten within 3" in text


def test_a_week_is_the_teams_own(round_: Round) -> None:
    week = last_week(paris(23, 0, 30), PARIS)
    assert week.monday == paris(16, 12).date()
    assert week.ends - week.begins == timedelta(days=7)
    assert last_week(paris(26), PARIS).monday == paris(16, 12).date()
    assert week.ends == paris(23, 0)
