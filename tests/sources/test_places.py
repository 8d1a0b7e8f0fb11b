"""Towns as people type them."""

from __future__ import annotations

import pytest

from bot.sources.places import places


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Nantes", "44109"),
        ("nantes", "44109"),
        ("ste foy les lyon", "69202"),
        ("Le Havre", "76351"),
        ("Saint-Denis 974", "97411"),
        ("st denis 93", "93066"),
        ("LYON", "69123"),
    ],
)
def test_a_known_town_is_taken(typed: str, code: str) -> None:
    found = places().search(typed).sure
    assert found is not None
    assert found.code == code


def test_namesakes_are_told_apart_by_their_department() -> None:
    match = places().search("saint denis")
    assert match.sure is None
    assert {"Saint-Denis (93)", "Saint-Denis (974)"} <= {entry.label for entry in match.close}


def test_a_town_that_has_smaller_namesakes_is_asked_back_not_guessed() -> None:
    match = places().search("Montreuil")
    assert match.sure is None
    assert [entry.label for entry in match.close] == ["Montreuil (93)"]


@pytest.mark.parametrize("typed", ["Trifouillis-les-Oies", "", "56100", "<b>Paris</b>" * 50])
def test_what_is_not_in_the_list_is_left_open(typed: str) -> None:
    assert places().search(typed).sure is None


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("97411", "Indian/Reunion"),
        ("97209", "America/Martinique"),
        ("97302", "America/Cayenne"),
        ("75056", "Europe/Paris"),
    ],
)
def test_overseas_towns_have_their_own_clock(code: str, zone: str) -> None:
    place = places().by_code(code)
    assert place is not None
    assert place.time_zone == zone
