"""The picture of somebody's weeks: as it was looked at and found good, small, and drawn whatever the name."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from bot.pictures import paper, signs
from bot.pictures import progress as drawing
from bot.pictures.drawing import progress_png
from bot.pictures.paper import MOST_BYTES
from bot.pictures.progress import WEEKS, Progress, Row, draw
from tests.pictures.people import CASES, told

GOLDEN = Path(__file__).parent / "golden"
WITHIN = 40
"""How much of 255 an edge may differ between builds of the library that draws letters."""
FEW = 0.002
"""Share of the pixels that may differ by more."""


def picture_of(case: str) -> dict[str, object]:
    past, language, form, name = CASES[case]
    values = told(past(), language, form, name).picture
    assert values is not None
    return values


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


@pytest.mark.parametrize("case", CASES)
def test_the_picture_is_the_one_that_was_looked_at(case: str) -> None:
    """With GOLDEN=write in the environment the pictures are written anew: look at them before they are kept."""
    png, path = progress_png(picture_of(case)), GOLDEN / f"{case}.png"
    if os.environ.get("GOLDEN") == "write":
        path.write_bytes(png)
    drawn, kept = opened(png), opened(path.read_bytes())
    assert drawn.size == kept.size
    difference = ImageChops.difference(drawn, kept).convert("L").histogram()
    assert sum(difference[WITHIN:]) <= FEW * sum(difference)


@pytest.mark.parametrize("case", CASES)
def test_the_picture_is_small_in_bytes_and_on_the_screen(case: str) -> None:
    png = progress_png(picture_of(case))
    assert len(png) <= MOST_BYTES
    width, height = opened(png).size
    assert width == 2 * 320
    assert height / width < 1.6  # is seen as a whole on a phone
    assert width + height <= 10_000
    assert height <= 20 * width  # Telegram's own bounds for a photo


def test_the_same_values_give_the_same_bytes() -> None:
    values = picture_of("ninety-days-vous")
    assert progress_png(values) == progress_png(values)


def test_the_smallest_letters_have_nine_pixels_at_half_size() -> None:
    assert min(paper.TINY, paper.SMALL, paper.USUAL, paper.LARGE) >= 18


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_letters_and_marks_stand_out_from_the_paper() -> None:
    for colour in (paper.INK, paper.SOFT, paper.BLUE, paper.BROWN):
        assert contrast(colour, paper.PAPER) >= 4.5
    assert contrast(paper.GREY, paper.PAPER) >= 3


def test_a_day_is_told_by_its_shape_alone() -> None:
    """In black and white, no two marks are alike: who sees no colours loses nothing."""
    shapes = []
    for mark in signs.MARKS:
        stamp = drawing._stamp(mark)
        paper = Image.new("RGB", stamp.size, "white")
        paper.paste(stamp, (0, 0), stamp)
        shapes.append(paper.convert("L").point(lambda light: 0 if light < 160 else 255))
    for at, one in enumerate(shapes):
        for other in shapes[at + 1 :]:
            differing = ImageChops.difference(one, other).histogram()[255]
            assert differing > 0.02 * one.width * one.height


def test_the_copy_of_the_drawing_on_its_way_is_the_drawing() -> None:
    values = picture_of("ninety-days-en")
    assert Progress.from_json(values).to_json() == values


SAMPLE = Progress.from_json(picture_of("one-day-tu"))


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        "محمد",
        "אמא",
        "アミナ",
        "\u202eanimA",
        "a\u0301\u0301\u0301",
        "🙂",
        "A\nB",
        "\x00",
        "<b>Amina</b>",
    ],
)
def test_a_name_without_letters_of_the_font_is_left_out_or_drawn_as_it_reads(name: str) -> None:
    nameless, named = draw(replace(SAMPLE, name="")), draw(replace(SAMPLE, name=name))
    assert (named == nameless) is (name != "<b>Amina</b>")


@settings(max_examples=30, deadline=None)
@given(
    name=st.text(max_size=300),
    title=st.text(max_size=300),
    counts=st.lists(st.integers(0, 10**9), min_size=WEEKS, max_size=WEEKS),
)
@example(name="a\nb", title="\n", counts=[0] * WEEKS)
def test_whatever_is_written_in_it_the_picture_is_drawn_within_its_size(
    name: str, title: str, counts: list[int]
) -> None:
    values = replace(SAMPLE, name=name, title=title, rows=(Row(title, name, tuple(counts)),))
    assert len(draw(values)) <= MOST_BYTES
