"""A8: what people really type: lengths, dates, hours, moments, counts; and "not understood" for the rest."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogs.questions import QUESTIONS
from bot.dialogs.texts import Voice
from bot.understanding import durations, hours, intents, numbers, words
from bot.understanding.intents import Intent

TODAY = date(2026, 11, 26)  # a Thursday
NOW = datetime(2026, 11, 26, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("6 mois", 6),
        ("six mois", 6),
        ("un an", 12),
        ("un an et demi", 18),
        ("depuis un an et quelques", 12),
        ("2 ans et 3 mois", 27),
        ("three weeks", 0.69),
        ("vingt-deux ans", 264),
        ("vingt et un mois", 21),
        ("dix-sept ans", 204),
        ("soixante-douze mois", 72),
        ("twenty-two months", 22),
        ("a year and a half", 18),
        ("8", 8),
        ("environ 10 mois", 10),
        ("2 jours", 0.07),
        ("longtemps", None),
        ("", None),
        ("oui", None),
        ("j'ai 45 ans de carrière et 3 enfants en 2 mois", 542),
    ],
)
def test_lengths_of_time(text: str, months: float | None) -> None:
    assert durations.months(text) == months


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("depuis Pâques", 7.7),  # 5 April 2026
        ("since Easter", 7.7),
        ("depuis janvier", 10.8),
        ("depuis décembre", 11.8),  # of last year
        ("since March 2025", 20.9),
        ("depuis la rentrée", 2.8),
        ("depuis Noël", 11.1),
        ("depuis 2024", 34.9),
        ("depuis 2026", None),
        ("depuis janvier 2031", None),
        ("depuis longtemps", None),
        ("entre 2020 et 2024", None),
    ],
)
def test_since_when(text: str, months: float | None) -> None:
    assert durations.since(text, TODAY) == months


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("9h", time(9)),
        ("9 h 30", time(9, 30)),
        ("18:15", time(18, 15)),
        ("6 pm", time(18)),
        ("12 am", time(0)),
        ("midi", time(12)),
        ("à 14h", time(14)),
        ("vers 8 heures", time(8)),
        ("9", time(9)),
        ("25h", None),
        ("9h75", None),
        ("tard", None),
    ],
)
def test_hours(text: str, at: time | None) -> None:
    assert hours.hour(text) == at


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("demain 10h", "2026-11-27 10:00"),
        ("demain à 10 h", "2026-11-27 10:00"),
        ("tomorrow at 9", "2026-11-27 09:00"),
        ("après-demain matin", "2026-11-28 09:00"),
        ("ce soir", "2026-11-26 18:00"),
        ("14h30", "2026-11-26 14:30"),
        ("8h", "2026-11-27 08:00"),  # has passed today
        ("dans 2 heures", "2026-11-26 12:00"),
        ("in 20 minutes", "2026-11-26 10:20"),
        ("lundi 14h", "2026-11-30 14:00"),
        ("Monday 2 pm", "2026-11-30 14:00"),
        ("jeudi 9h", "2026-12-03 09:00"),
        ("maintenant", "2026-11-26 10:00"),
        ("un de ces jours", None),
        ("hier", None),
    ],
)
def test_moments(text: str, expected: str | None) -> None:
    found = hours.moment(text, NOW)
    assert (found.strftime("%Y-%m-%d %H:%M") if found else None) == expected


@given(st.text(max_size=300), st.datetimes(min_value=datetime(2025, 1, 1), max_value=datetime(2030, 1, 1)))
def test_a_moment_is_never_in_the_past(text: str, now: datetime) -> None:
    local = now.replace(second=0, microsecond=0, tzinfo=ZoneInfo("Europe/Paris"))
    found = hours.moment(text, local)
    assert (
        found is None or found >= local.replace(tzinfo=local.tzinfo) or (local - found).total_seconds() <= 60
    )


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("12", 12),
        ("une dizaine", 10),
        ("aucun", 0),
        ("zéro", 0),
        ("a dozen", 12),
        ("environ 15 je crois", 15),
        ("2,5", 2.5),
        ("entre 5 et 10", None),
        ("beaucoup", None),
    ],
)
def test_counts(text: str, count: float | None) -> None:
    assert numbers.number(text) == count


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("passer", Intent.SKIP),
        ("Passer !", Intent.SKIP),
        ("OUI", Intent.YES),
        ("nan", Intent.NO),
        ("c'est fait", Intent.DONE),
        ("c’est fait", Intent.DONE),
        ("je bloqe", Intent.STUCK),
        ("retour", Intent.BACK),
        ("je veux parler à quelqu'un", Intent.HUMAN),
        ("supprimer mes données", Intent.DELETE),
        ("serveuse", None),
        ("Angers", None),
        ("x" * 500, None),
        ("", None),
        ("   ", None),
        ("🙂", None),
    ],
)
def test_words_that_mean_the_same_everywhere(text: str, intent: Intent | None) -> None:
    assert intents.intent(text) is intent


def test_i_do_not_know_is_told_from_a_plain_skip() -> None:
    assert intents.unsure("je ne sais pas")
    assert intents.unsure("No idea")
    assert not intents.unsure("passer")


def test_two_options_named_at_once_are_none_where_one_is_asked() -> None:
    question = QUESTIONS["situation"]
    assert question.read("au chômage, avant en formation", Voice("fr"), TODAY) is None
    assert question.read("licencié en juin", Voice("fr"), TODAY) is not None


@pytest.mark.parametrize("name", [name for name in QUESTIONS if QUESTIONS[name].options])
@pytest.mark.parametrize("voice", [Voice("fr"), Voice("fr", "tu"), Voice("en")], ids=["vous", "tu", "en"])
def test_every_label_can_be_typed_as_it_reads(name: str, voice: Voice) -> None:
    question = QUESTIONS[name]
    for code, label in question.labels(voice).items():
        if name == "job":
            continue  # read with the list of occupations
        read = question.read(label, voice, TODAY)
        assert read is not None, label
        if not question.ranges:
            assert dict(read) == dict(question.options[code]), label


def test_every_label_is_told_apart_from_the_others() -> None:
    for question in QUESTIONS.values():
        for voice in (Voice("fr"), Voice("en")):
            labels = list(question.labels(voice).values())
            assert len(set(labels)) == len(labels)


def test_the_words_are_there_in_plain_form() -> None:
    assert words.by_phrase("intents")["c est fait"] == "done"
    assert words.group("nothing there") == {}
    assert words.first_within("parts", "demain dans la matinee") == "09:00"
