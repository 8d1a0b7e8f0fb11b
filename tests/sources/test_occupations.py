"""Job titles as people type them: sure, asked back, or honestly not in the list."""

from __future__ import annotations

import pytest

from bot.sources.occupations import occupations


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("serveuse", "G1803"),
        ("Serveur", "G1803"),
        ("AIDE-SOIGNANTE", "J1501"),
        ("cuistot", "G1602"),
        ("dev web", "M1805"),
        ("prépa de commandes", "N1103"),
        ("waiter", "G1803"),
        ("forklift driver", "N1101"),
        ("Boulangère", "D1102"),
        ("agent d’entretien", "K2204"),
    ],
)
def test_a_known_title_is_taken_whatever_its_case_accents_or_gender(typed: str, code: str) -> None:
    found = occupations().search(typed).sure
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("typed", "code"), [("asistante dentere", "J1303"), ("serveur en restoration", "G1803")]
)
def test_a_misspelt_title_is_asked_back(typed: str, code: str) -> None:
    match = occupations().search(typed)
    assert match.sure is None
    assert code in [entry.code for entry in match.close]


def test_a_title_that_two_occupations_share_is_asked_back() -> None:
    match = occupations().search("vendeuse")
    assert match.sure is None
    assert {"D1106", "D1214"} <= {entry.code for entry in match.close}


@pytest.mark.parametrize("typed", ["", "   ", "astronaute", "zzzzzz", "🙂", "x" * 5000, "<b>", "{name}"])
def test_what_is_not_in_the_list_is_left_open(typed: str) -> None:
    match = occupations().search(typed)
    assert match.sure is None
    assert len(match.close) <= 5


def test_every_occupation_has_both_genders_or_one_neutral_title_and_english() -> None:
    for entry in {id(e): e for e in map(occupations().by_code, _codes()) if e}.values():
        assert entry.label("fr")
        assert entry.label("en")
        assert entry.facts.code == entry.code


def _codes() -> list[str]:
    import tomllib

    from bot.sources.occupations import FILE

    return [item["code"] for item in tomllib.loads(FILE.read_text("utf-8"))["occupation"]]


def test_no_code_is_there_twice() -> None:
    codes = _codes()
    assert len(codes) == len(set(codes)) == len(occupations())
