"""The picture of a team's weeks: as it was looked at and found good, small, and drawn whatever is in it."""

from __future__ import annotations

import io
import os
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from bot.counsellors.reporting import reports
from bot.counsellors.reporting.figures import Row
from bot.counsellors.reporting.team_figures import TeamFigures, week_of
from bot.dialogs.texts import Voice
from bot.pictures.drawing import picture_png
from bot.pictures.paper import MOST_BYTES
from storage.teams import TeamRow
from tests.counsellors.following import TUESDAY
from tests.pictures.test_progress import FEW, GOLDEN, WITHIN

PARIS = ZoneInfo("Europe/Paris")
MONDAY = date(2026, 11, 16)


def values(
    language: str, done: tuple[int | None, ...], answered: tuple[int | None, ...], name: str = "Élan"
) -> dict[str, object]:
    """As the report's own code makes them."""
    mondays = tuple(MONDAY - timedelta(weeks=back) for back in reversed(range(8)))
    found = TeamFigures(week_of(MONDAY, PARIS), (), Row((), 0), {}, None, mondays, done, answered)
    team = TeamRow("t", name, language, "Europe/Paris", "group", TUESDAY)
    return reports.picture(Voice(language), team, found)


LONG = "A team with a name that goes on for quite a while"
CASES = {
    "report-usual-fr": values("fr", (12, 18, 9, None, 22, 31, 28, 35), (5, 7, None, None, 6, 9, 12, 8)),
    "report-empty-en": values("en", (None,) * 8, (None,) * 8),
    "report-busy-en": values("en", tuple(range(800, 12_000, 1_500)), (999,) * 8, LONG),
}  # fmt: skip


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


@pytest.mark.parametrize("case", CASES)
def test_the_picture_is_the_one_that_was_looked_at(case: str) -> None:
    """With GOLDEN=write in the environment the pictures are written anew: look at them before they are kept."""
    png, path = picture_png(CASES[case]), Path(GOLDEN) / f"{case}.png"
    if os.environ.get("GOLDEN") == "write":
        path.write_bytes(png)
    drawn, kept = opened(png), opened(path.read_bytes())
    assert drawn.size == kept.size
    difference = ImageChops.difference(drawn, kept).convert("L").histogram()
    assert sum(difference[WITHIN:]) <= FEW * sum(difference)


@pytest.mark.parametrize("case", CASES)
def test_it_is_small_in_bytes_and_on_the_screen(case: str) -> None:
    png = picture_png(CASES[case])
    width, height = opened(png).size
    assert len(png) <= MOST_BYTES
    assert width == 2 * 320
    assert height / width < 1.6


def test_a_week_that_is_not_told_has_no_bar() -> None:
    """Zero, hidden and many look different."""
    drawn = {picture_png(values("fr", (n,) * 8, (9,) * 8)) for n in (0, None, 9)}
    assert len(drawn) == 3


@settings(max_examples=25, deadline=None)
@given(
    done=st.tuples(*[st.none() | st.integers(0, 10**9)] * 8),
    name=st.text(max_size=80),
)
def test_whatever_is_in_it_it_is_drawn(done: tuple[int | None, ...], name: str) -> None:
    assert opened(picture_png(values("fr", done, done, name))).size[0] == 640
