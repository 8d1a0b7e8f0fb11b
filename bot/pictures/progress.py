"""The picture of somebody's progress: a calendar of their days, and what each week brought, on the same columns.

Everything that can be read in it is given, already in the reader's language. A day is told by its shape and by its
colour, so that one of the two is enough; nothing is red. At 320 pixels, half its width, the smallest letters are eleven
pixels high.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from PIL import Image, ImageDraw

from bot.pictures import paper, signs

WEEKS: Final = 12

_LEFT, _STEP = 64, 45  # pixels: the letters of the weekdays, a column
_TOP, _DAY = 150, 45  # pixels: where the calendar begins, the height of a day
_LEGEND, _LEGEND_ROW = 22, 42  # pixels: above the legend, a line of it
_ROW, _BAR = 132, 52  # pixels: a row of the weeks, its highest bar
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
    image = Image.new("RGB", (paper.WIDTH, _height(progress)), paper.PAPER)
    pen = ImageDraw.Draw(image)
    paper.text(
        pen, (paper.MARGIN, 26), progress.title, paper.LARGE, paper.INK, paper.WIDTH - 2 * paper.MARGIN
    )
    named = (
        f"{progress.subtitle} · {progress.name}" if paper.is_readable(progress.name) else progress.subtitle
    )
    paper.text(pen, (paper.MARGIN, 72), named, paper.USUAL, paper.SOFT, paper.WIDTH - 2 * paper.MARGIN)
    _calendar(image, pen, progress)
    below = _TOP + 7 * _DAY + _LEGEND
    below = _legend(image, pen, progress, below)
    for row in progress.rows:
        _row(pen, row, below)
        below += _ROW
    return paper.png(image)


def _height(progress: Progress) -> int:
    lines = -(-len(progress.legend) // 2)
    return _TOP + 7 * _DAY + _LEGEND + lines * _LEGEND_ROW + 20 + len(progress.rows) * _ROW + 8


# The calendar


def _column(week: int) -> int:
    """The middle of a week's column."""
    return _LEFT + week * _STEP + _STEP // 2


def _calendar(image: Image.Image, pen: ImageDraw.ImageDraw, progress: Progress) -> None:
    for column, name in progress.months:
        paper.text(pen, (_LEFT + column * _STEP + 4, _TOP - 34), name, paper.SMALL, paper.SOFT, paper.WIDTH)
    for day, letter in enumerate(progress.weekdays):
        middle = _TOP + day * _DAY + _DAY // 2
        pen.text(
            (paper.MARGIN + 10, middle), letter, fill=paper.SOFT, font=paper.font(paper.SMALL), anchor="mm"
        )
        for week, marks in enumerate(progress.weeks):
            _place(image, marks[day], _column(week), middle)


def _legend(image: Image.Image, pen: ImageDraw.ImageDraw, progress: Progress, top: int) -> int:
    """Two a line; where it ends."""
    half = (paper.WIDTH - 2 * paper.MARGIN) // 2
    for number, (mark, word) in enumerate(progress.legend):
        left, line = paper.MARGIN + number % 2 * half, top + number // 2 * _LEGEND_ROW
        _place(image, mark, left + 14, line + 16)
        paper.text(pen, (left + 42, line), word, paper.USUAL, paper.INK, half - 48)
    bottom = top + -(-len(progress.legend) // 2) * _LEGEND_ROW
    pen.line((paper.MARGIN, bottom + 8, paper.WIDTH - paper.MARGIN, bottom + 8), fill=paper.LINE, width=2)
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
            pen.rounded_rectangle((0, 0, side - 1, side - 1), radius=side // 6, fill=paper.BLUE)
            tick = [(side * x // 36, side * y // 36) for x, y in ((9, 19), (15, 25), (27, 12))]
            pen.line(tick, fill=paper.PAPER, width=side // 8, joint="curve")
        case signs.OPEN:
            edge = side // 10
            pen.ellipse((edge, edge, side - edge, side - edge), outline=paper.BROWN, width=side // 8)
        case signs.REST:
            pen.rounded_rectangle(
                (side // 5, side * 4 // 9, side * 4 // 5, side * 5 // 9), side // 18, fill=paper.GREY
            )
        case _:
            pen.ellipse((side * 4 // 9, side * 4 // 9, side * 5 // 9, side * 5 // 9), fill=paper.GREY)
    return stamp.reduce(_FINE)


# The weeks


def _row(pen: ImageDraw.ImageDraw, row: Row, top: int) -> None:
    total = paper.one_line(row.total)
    total_wide = pen.textlength(total, font=paper.font(paper.USUAL))
    paper.text(
        pen,
        (paper.MARGIN, top),
        row.label,
        paper.USUAL,
        paper.INK,
        paper.WIDTH - 3 * paper.MARGIN - int(total_wide),
    )
    pen.text(
        (paper.WIDTH - paper.MARGIN, top), total, fill=paper.SOFT, font=paper.font(paper.USUAL), anchor="ra"
    )
    floor = top + _ROW - 18
    pen.line((_LEFT, floor, _LEFT + WEEKS * _STEP, floor), fill=paper.LINE, width=2)
    highest = max((*row.weeks, 1))
    for week, count in enumerate(row.weeks):
        if count > 0:
            high = max(4, round(_BAR * count / max(highest, 4)))
            middle = _column(week)
            pen.rectangle((middle - 13, floor - high, middle + 13, floor - 1), fill=paper.BLUE)
            number, size = (str(count), paper.SMALL) if count < 100 else ("99+", paper.TINY)
            pen.text((middle, floor - high - 3), number, fill=paper.INK, font=paper.font(size), anchor="ms")
