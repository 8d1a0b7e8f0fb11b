"""A file for a spreadsheet: the byte-order mark that Excel needs, semicolons where decimals have commas.

No cell begins as a formula does, whatever anybody wrote.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula."""


def as_csv(language: str, rows: Iterable[Sequence[str]]) -> str:
    """The file's text. `rows`: the heads of the columns first."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";" if language == "fr" else ",", lineterminator="\r\n")
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return "\ufeff" + file.getvalue()


def harmless(cell: str) -> str:
    """The cell on one line, with an apostrophe before what a spreadsheet would work out."""
    flat = " ".join(cell.split())
    return f"'{flat}" if flat.startswith(_FORMULA) else flat
