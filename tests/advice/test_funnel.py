from __future__ import annotations

from typing import Any

import pytest

from bot.advice.funnel import Stage, funnel_stage, search_is_started
from bot.advice.profile import Profile


@pytest.mark.parametrize(
    ("answers", "stage"),
    [
        ({}, None),
        ({"leads": 0}, None),
        ({"leads": 1, "applications": 0}, Stage.LEADS),
        ({"leads": 8, "applications": 0}, Stage.APPLICATIONS),
        ({"applications": 1}, None),  # few leads or few applications: nobody can tell
        ({"applications": 3, "interviews": 0}, Stage.ANSWERS),
        ({"applications": 16, "interviews": 2}, Stage.ANSWERS),
        ({"applications": 15, "interviews": 2}, Stage.OFFERS),
        ({"applications": 9}, None),
        ({"interviews": 1}, Stage.OFFERS),
        ({"applications": 9, "interviews": 2, "offers": 0}, Stage.OFFERS),
        ({"offers": 1}, Stage.THROUGH),
        ({"applications": 2, "interviews": 0, "situation": "employed"}, Stage.ANSWERS),
        ({"applications": 2, "interviews": 0, "leads": 5, "situation": "out_of_work"}, Stage.APPLICATIONS),
    ],
)
def test_the_funnel_stops_where_the_counts_say(answers: dict[str, Any], stage: Stage | None) -> None:
    assert funnel_stage(Profile.model_validate(answers)) == stage


def test_a_search_is_started_by_word_or_by_deed_and_never_by_guess() -> None:
    assert search_is_started(Profile()) is None
    assert search_is_started(Profile(months=0, applications=0)) is None
    assert search_is_started(Profile(applications=1)) is True
    assert search_is_started(Profile(search_started=False, applications=1)) is False
