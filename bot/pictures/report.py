"""The picture of a team's weeks: bars for each kind of thing. A week with too few people has a dash, no bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from PIL import Image, ImageDraw

from bot.pictures import paper

MOST_WEEKS: Final = 8
MOST_ROWS: Final = 4
_LEFT, _STEP = 36, 72  # pixels: where the columns begin, a column
_TOP, _ROW, _BAR = 128, 190, 86  # pixels: where the rows begin, a row, its highest bar
_WIDE = 20  # pixels: half of a bar


@dataclass(frozen=True, slots=True)
class Row:
    """A count for each week, the oldest first; None where it is not told."""

    label: str
    weeks: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What the picture shows, already in the team's language. weeks: what stands under each column."""

    title: str
    subtitle: str
    weeks: tuple[str, ...]
    rows: tuple[Row, ...]
    legend: str  # of the dash

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Report:
        """From plain values. Raises KeyError, TypeError or ValueError for anything else."""
        return cls(
            str(values["title"]),
            str(values["subtitle"]),
            tuple(map(str, values["weeks"][:MOST_WEEKS])),
            tuple(
                Row(str(label), tuple(None if n is None else int(n) for n in weeks[:MOST_WEEKS]))
                for label, weeks in values["rows"][:MOST_ROWS]
            ),
            str(values["legend"]),
        )


def draw(report: Report) -> bytes:
    """The PNG; the same values always give the same picture."""
    height = _TOP + len(report.rows) * _ROW + 56
    image = Image.new("RGB", (paper.WIDTH, height), paper.PAPER)
    pen = ImageDraw.Draw(image)
    room = paper.WIDTH - 2 * paper.MARGIN
    paper.text(pen, (paper.MARGIN, 26), report.title, paper.LARGE, paper.INK, room)
    paper.text(pen, (paper.MARGIN, 72), report.subtitle, paper.USUAL, paper.SOFT, room)
    for number, row in enumerate(report.rows):
        _row(pen, row, report.weeks, _TOP + number * _ROW)
    paper.text(pen, (paper.MARGIN, height - 44), report.legend, paper.SMALL, paper.SOFT, room)
    return paper.png(image)


def _row(pen: ImageDraw.ImageDraw, row: Row, weeks: tuple[str, ...], top: int) -> None:
    paper.text(pen, (paper.MARGIN, top), row.label, paper.USUAL, paper.INK, paper.WIDTH - 2 * paper.MARGIN)
    floor = top + _ROW - 46
    pen.line((_LEFT - 8, floor, _LEFT + MOST_WEEKS * _STEP, floor), fill=paper.LINE, width=2)
    highest = max((*(n for n in row.weeks if n is not None), 1))
    for week, count in enumerate(row.weeks):
        middle = _LEFT + week * _STEP + _STEP // 2 - 8
        if week < len(weeks):
            under = paper.one_line(weeks[week])
            pen.text((middle, floor + 8), under, fill=paper.SOFT, font=paper.font(paper.TINY), anchor="ma")
        if count is None:
            pen.rectangle((middle - 10, floor - 12, middle + 10, floor - 8), fill=paper.GREY)
            continue
        high = max(4, round(_BAR * count / max(highest, 4))) if count else 0
        if high:
            pen.rectangle((middle - _WIDE, floor - high, middle + _WIDE, floor - 1), fill=paper.BLUE)
        number = str(count) if count < 10_000 else "9999+"
        pen.text(
            (middle, floor - high - 3), number, fill=paper.INK, font=paper.font(paper.SMALL), anchor="ms"
        )
