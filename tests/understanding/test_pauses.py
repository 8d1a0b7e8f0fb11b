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
