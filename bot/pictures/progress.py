"""The picture of somebody's progress: a calendar of their days, and what each week brought, on the same columns.

Everything that can be read in it is given, already in the reader's language. A day is told by its shape and by its
colour, so that one of the two is enough; nothing is red. At 320 pixels, half its width, the smallest letters are eleven
pixels high.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageDraw, ImageFont

from bot.pictures import signs

FONT = Path(__file__).parent / "fonts" / "DejaVuSans.ttf"
WEEKS: Final = 12
MOST_BYTES: Final = 60_000
WIDTH: Final = 640  # pixels

_LEFT, _STEP, _MARGIN = 64, 45, 28  # pixels: the letters of the weekdays, a column, the edge
_TOP, _DAY = 150, 45  # pixels: where the calendar begins, the height of a day
_LEGEND, _LEGEND_ROW = 22, 42  # pixels: above the legend, a line of it
_ROW, _BAR = 132, 52  # pixels: a row of the weeks, its highest bar
_TINY, _SMALL, _USUAL, _LARGE = 18, 22, 24, 34  # pixels: heights of letters
_COLOURS = 48
_INK, _SOFT, _PAPER, _LINE = "#1f2933", "#52606d", "#ffffff", "#cbd2d9"
_BLUE, _BROWN, _GREY = "#0068a8", "#a85b00", "#7b8794"  # told apart with every kind of colour vision
_FINE = 4  # marks are drawn so many times larger, then reduced


@dataclass(frozen=True, slots=True)
class Row:
    """What one kind of thing came to: a count for each week, the oldest first, and all in all in words."""

    label: str
    total: str
    weeks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """What the picture shows.

    name: the person's, left out where the font has no letters for it. weekdays: a letter for each, Monday first.
    weeks: seven marks each, the oldest week first. months: the column at which each begins, and its name. legend: a
    word for each mark.
    """

    title: str
    subtitle: str
    name: str
    weekdays: tuple[str, ...]
    weeks: tuple[str, ...]
    months: tuple[tuple[int, str], ...]
    legend: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]

    def to_json(self) -> dict[str, Any]:
        """A dictionary of plain values."""
        return {
            "title": self.title,
            "subtitle": self.subtitle,
            "name": self.name,
            "weekdays": list(self.weekdays),
            "weeks": list(self.weeks),
            "months": [list(month) for month in self.months],
            "legend": [list(entry) for entry in self.legend],
            "rows": [[row.label, row.total, list(row.weeks)] for row in self.rows],
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Progress:
        """The reverse of `to_json`. Raises KeyError, TypeError or ValueError for anything else."""
        return cls(
            title=str(values["title"]),
            subtitle=str(values["subtitle"]),
            name=str(values["name"]),
            weekdays=tuple(map(str, values["weekdays"])),
            weeks=tuple(str(week) for week in values["weeks"][:WEEKS]),
            months=tuple((int(column), str(name)) for column, name in values["months"]),
            legend=tuple((str(mark), str(word)) for mark, word in values["legend"]),
            rows=tuple(
                Row(str(label), str(total), tuple(int(count) for count in weeks[:WEEKS]))
                for label, total, weeks in values["rows"]
            ),
        )


def draw(progress: Progress) -> bytes:
    """The PNG, on paper white; the same values always give the same picture."""
    image = Image.new("RGB", (WIDTH, _height(progress)), _PAPER)
    pen = ImageDraw.Draw(image)
    _text(pen, (_MARGIN, 26), progress.title, _LARGE, _INK, WIDTH - 2 * _MARGIN)
    named = f"{progress.subtitle} · {progress.name}" if _is_readable(progress.name) else progress.subtitle
    _text(pen, (_MARGIN, 72), named, _USUAL, _SOFT, WIDTH - 2 * _MARGIN)
    _calendar(image, pen, progress)
    below = _TOP + 7 * _DAY + _LEGEND
    below = _legend(image, pen, progress, below)
    for row in progress.rows:
        _row(pen, row, below)
        below += _ROW
    return _png(image)


def _height(progress: Progress) -> int:
    lines = -(-len(progress.legend) // 2)
    return _TOP + 7 * _DAY + _LEGEND + lines * _LEGEND_ROW + 20 + len(progress.rows) * _ROW + 8


def _png(image: Image.Image) -> bytes:
    file = BytesIO()
    flat = image.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    flat.save(file, "PNG")
    return file.getvalue()


# The calendar


def _column(week: int) -> int:
    """The middle of a week's column."""
    return _LEFT + week * _STEP + _STEP // 2


def _calendar(image: Image.Image, pen: ImageDraw.ImageDraw, progress: Progress) -> None:
    for column, name in progress.months:
        _text(pen, (_LEFT + column * _STEP + 4, _TOP - 34), name, _SMALL, _SOFT, WIDTH)
    for day, letter in enumerate(progress.weekdays):
        middle = _TOP + day * _DAY + _DAY // 2
        pen.text((_MARGIN + 10, middle), letter, fill=_SOFT, font=_font(_SMALL), anchor="mm")
        for week, marks in enumerate(progress.weeks):
            _place(image, marks[day], _column(week), middle)


def _legend(image: Image.Image, pen: ImageDraw.ImageDraw, progress: Progress, top: int) -> int:
    """Two a line; where it ends."""
    half = (WIDTH - 2 * _MARGIN) // 2
    for number, (mark, word) in enumerate(progress.legend):
        left, line = _MARGIN + number % 2 * half, top + number // 2 * _LEGEND_ROW
        _place(image, mark, left + 14, line + 16)
        _text(pen, (left + 42, line), word, _USUAL, _INK, half - 48)
    bottom = top + -(-len(progress.legend) // 2) * _LEGEND_ROW
    pen.line((_MARGIN, bottom + 8, WIDTH - _MARGIN, bottom + 8), fill=_LINE, width=2)
    return bottom + 20


def _place(image: Image.Image, mark: str, x: int, y: int) -> None:
    if mark in signs.MARKS:
        stamp = _stamp(mark)
        image.paste(stamp, (x - stamp.width // 2, y - stamp.height // 2), stamp)


@lru_cache(maxsize=len(signs.MARKS))
def _stamp(mark: str) -> Image.Image:
    """A full square with a tick, a ring, a dash, a point."""
    side = 36 * _FINE
    stamp = Image.new("RGBA", (side, side), (255, 255, 255, 0))
    pen = ImageDraw.Draw(stamp)
    match mark:
        case signs.DONE:
            pen.rounded_rectangle((0, 0, side - 1, side - 1), radius=side // 6, fill=_BLUE)
            tick = [(side * x // 36, side * y // 36) for x, y in ((9, 19), (15, 25), (27, 12))]
            pen.line(tick, fill=_PAPER, width=side // 8, joint="curve")
        case signs.OPEN:
            edge = side // 10
            pen.ellipse((edge, edge, side - edge, side - edge), outline=_BROWN, width=side // 8)
        case signs.REST:
            pen.rounded_rectangle(
                (side // 5, side * 4 // 9, side * 4 // 5, side * 5 // 9), side // 18, fill=_GREY
            )
        case _:
            pen.ellipse((side * 4 // 9, side * 4 // 9, side * 5 // 9, side * 5 // 9), fill=_GREY)
    return stamp.reduce(_FINE)


# The weeks


def _row(pen: ImageDraw.ImageDraw, row: Row, top: int) -> None:
    total = _one_line(row.total)
    total_wide = pen.textlength(total, font=_font(_USUAL))
    _text(pen, (_MARGIN, top), row.label, _USUAL, _INK, WIDTH - 3 * _MARGIN - int(total_wide))
    pen.text((WIDTH - _MARGIN, top), total, fill=_SOFT, font=_font(_USUAL), anchor="ra")
    floor = top + _ROW - 18
    pen.line((_LEFT, floor, _LEFT + WEEKS * _STEP, floor), fill=_LINE, width=2)
    highest = max((*row.weeks, 1))
    for week, count in enumerate(row.weeks):
        if count > 0:
            high = max(4, round(_BAR * count / max(highest, 4)))
            middle = _column(week)
            pen.rectangle((middle - 13, floor - high, middle + 13, floor - 1), fill=_BLUE)
            number, size = (str(count), _SMALL) if count < 100 else ("99+", _TINY)
            pen.text((middle, floor - high - 3), number, fill=_INK, font=_font(size), anchor="ms")


# Letters


@lru_cache(maxsize=8)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)


def _text(
    pen: ImageDraw.ImageDraw, at: tuple[int, int], text: str, size: int, colour: str, room: int
) -> None:
    """One line, cut with an ellipsis where it is longer than `room` pixels."""
    font = _font(size)
    text = _one_line(text)
    if pen.textlength(text, font=font) > room:
        while text and pen.textlength(f"{text}…", font=font) > room:
            text = text[:-1]
        text = f"{text.rstrip()}…"
    pen.text(at, text, fill=colour, font=font)


def _one_line(text: str) -> str:
    return " ".join(text[:_LONGEST_LINE].split())


_LONGEST_LINE = 100  # characters
_MISSING = "\ufdd0"
"""A code that no font has a letter for."""


def _is_readable(text: str) -> bool:
    """Whether it can be drawn as it reads: each character in the font, from left to right, without joining."""
    return bool(text.strip()) and all(map(_is_drawable, text))


@lru_cache(maxsize=4096)
def _is_drawable(character: str) -> bool:
    if unicodedata.bidirectional(character) in ("R", "AL", "AN", "RLE", "RLO", "RLI", "NSM"):
        return False
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Mc"):
        return False
    if character.isspace():
        return character == " "
    font = _font(_USUAL)
    missing, drawn = font.getmask(_MISSING), font.getmask(character)
    return (drawn.size, bytes(drawn)) != (missing.size, bytes(missing))
