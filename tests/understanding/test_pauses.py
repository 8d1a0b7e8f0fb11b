"""C7: a pause in one's own words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.pauses import PauseKind, pause

TODAY = date(2026, 11, 26)  # a Thursday
PIECES = "pause jusqu'au 12 31 février lundi 2 semaines du au fin du mois back in 99 ans"
TEXTS = st.text(max_size=200) | st.lists(st.sampled_from(PIECES.split())).map(" ".join)
DAYS = st.dates(date(1999, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("text", "until", "kind"),
    [
        ("vacances jusqu'au 12", "2026-12-12", "until"),
        ("jusqu'au 26", "2026-12-26", "until"),  # today is the 26th
        ("pause jusqu'à lundi", "2026-11-30", "until"),
        ("je reprends en septembre", "2027-09-01", "until"),
        ("absent tout le mois de décembre", "2026-12-31", "until"),
        ("du 3 au 10 décembre", "2026-12-10", "until"),
        ("vacances du 24 au 2", "2027-01-02", "until"),
        ("back on the 15th", "2026-12-15", "until"),
        ("je pars 2 semaines", "2026-12-10", "days"),
        ("je pars en vacances lundi pour 2 semaines", "2026-12-14", "days"),
        ("stop pendant un mois", "2026-12-26", "days"),
        ("malade", None, "open"),
        ("malade depuis 3 jours", None, "open"),
        ("jusqu'à nouvel ordre", None, "open"),
        ("je pars en vacances demain", None, "open"),
        ("je pars dans 2 jours", None, "unclear"),
        ("jusqu'au 31 février", None, "unclear"),
        ("je ne suis pas malade", None, "unclear"),
        ("j'ai un entretien lundi", None, "unclear"),
        ("oui", None, "unclear"),
    ],
)
def test_a_pause_ends_when_it_was_said(text: str, until: str | None, kind: str) -> None:
    found = pause(text, TODAY)
    assert (found.until and found.until.isoformat(), found.kind.value) == (until, kind)


@pytest.mark.parametrize(
    "text",
    [
        "i don't want a pause", "je n'ai jamais demandé de pause", "how long can i pause?", "c'est quoi une pause",
        "pourquoi une pause ?", "arrêtez la pause", "end the pause", "aucune pause", "pause café", "pause de midi",
        "je peux travailler jusqu'à 20h", "j'ai un travail jusqu'au 12", "j'étais en pause jusqu'à hier",
        "pas 2 semaines", "0 jours", "2 ans", "9" * 400 + " jours", "jusqu'en 2030",
        "i dont want a pause", "i dont wanna pause", "i didnt ask for a pause", "don't snooze",
        "j'ai fait une pause de 2 ans",
        "i had a break of 2 years", "break a leg", "im back", "i'm back from holiday", "pas lundi", "-3 jours",
        "je cherche un stage jusqu'au 18 décembre", "j'ai un cdd jusqu'au 12",
    ],
)  # fmt: skip
def test_a_refusal_a_question_and_other_things_are_no_pause(text: str) -> None:
    assert pause(text, TODAY).kind is PauseKind.UNCLEAR


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("la semaine prochaine", "2026-11-30"), ("absent la semaine prochaine", "2026-12-06"), ("next month",
        "2026-12-01"),
        ("off next week", "2026-12-06"), ("jeudi en 15", "2026-12-10"), ("monday week", "2026-12-07"),
        ("après noël", "2026-12-26"), ("début janvier", "2027-01-01"), ("jusqu'au 5, j'ai un déménagement",
        "2026-12-05"),
        ("pdt 2 semaines", "2026-12-10"), ("3 semaines max", "2026-12-17"), ("donnez moi une semaine", "2026-12-03"),
        ("reprenez dans un mois", "2026-12-26"), ("une quinzaine", "2026-12-11"), ("une semaine, non deux",
        "2026-12-10"),
        ("a week, actually make it two", "2026-12-10"), ("a week, no two", "2026-12-10"), ("juska mardi", "2026-12-01"),
        ("unti saturday", "2026-11-28"), ("im back on tuesday", "2026-12-01"),
        ("je suis de retour mardi", "2026-12-01"),
        ("let's pick this up in january", "2027-01-01"), ("je bosse jusqu'au 18 décembre", "2026-12-18"),
        ("en stage jusqu'au 18 décembre", "2026-12-18"), ("from the 1st to the 20th of december", "2026-12-20"),
        ("from 24 to 31 december", "2026-12-31"), ("du lundi au vendredi", "2026-12-04"), ("until 12/15", "2026-12-15"),
        ("a week from monday", "2026-12-07"), ("pas lundi, mardi", "2026-12-01"),
        ("jusqu'à lundi, pas mardi", "2026-11-30"), ("no more messages for a week", "2026-12-03"),
        ("pas de message pendant 4 jours", "2026-11-30"), ("snooze for 2 days", "2026-11-28"),
        ("mute for 3 days", "2026-11-29"),
        ("not for too long, like 4 days", "2026-11-30"), ("j'ai besoin d'un break de 2 semaines", "2026-12-10"),
        ("un mois svp, j'ai des soucis de santé", "2026-12-26"),
    ],
)  # fmt: skip
def test_an_answer_to_until_when(text: str, until: str) -> None:
    assert pause(text, TODAY).until == date.fromisoformat(until)


@pytest.mark.parametrize(
    "text",
    [
        "je sais pas encore", "je vous dirai", "je reviendrai vers vous", "le temps de me soigner", "a while",
        "jusqu'à ce que ma fille aille mieux", "I'll let you know", "no idea how long", "sans limite",
        "ne m'envoyez plus rien pour le moment",
    ],
)  # fmt: skip
def test_an_end_that_is_not_known_yet_is_open(text: str) -> None:
    assert pause(text, TODAY) == pause("pause", TODAY)


@given(
    st.integers(1, 300),
    st.sampled_from(("{} jours", "pause de {} jours", "{} days off", "{}j")),
)
def test_so_many_days_are_so_many_days(days: int, form: str) -> None:
    found = pause(form.format(days), TODAY)
    assert (found.until, found.kind) == (TODAY + timedelta(days=days), PauseKind.DAYS)


@given(TEXTS, DAYS)
def test_a_pause_never_ends_in_the_past(text: str, today: date) -> None:
    found = pause(text, today)
    assert (found.until is not None) == (found.kind in (PauseKind.UNTIL, PauseKind.DAYS))
    assert found.until is None or found.until >= today


@given(st.sampled_from(["vacances jusqu'à Noël", "je reprends en février", "arrêt maladie jusqu'au 4"]))
def test_capitals_and_accents_change_nothing(text: str) -> None:
    bare = text.translate(str.maketrans("àéèêëîïôûç", "aeeeeiiouc"))
    assert pause(text, TODAY) == pause(text.upper(), TODAY) == pause(bare, TODAY) != pause("oui", TODAY)
