"""The QR code of a link, to be shown on a screen or printed: whoever scans it opens the link."""

from __future__ import annotations

from io import BytesIO
from typing import Final

import segno
from PIL import Image

MODULE: Final = 10  # pixels of one square
QUIET: Final = 4  # squares of white around it, as readers expect
LONGEST_LINK: Final = 300  # characters: longer ones make squares too small for a cheap camera


def draw(link: str) -> bytes:
    """The PNG; the same link always gives the same picture. Raises ValueError for one that is empty or too long."""
    if not 0 < len(link) <= LONGEST_LINK:
        raise ValueError(f"a link of 1 to {LONGEST_LINK} characters, not {len(link)}")
    squares = [bytes(row) for row in segno.make_qr(link, error="m").matrix]
    side = len(squares)
    code = Image.new("1", (side + 2 * QUIET, side + 2 * QUIET), 1)
    for y, row in enumerate(squares):
        for x, is_dark in enumerate(row):
            if is_dark:
                code.putpixel((x + QUIET, y + QUIET), 0)
    file = BytesIO()
    code.resize((code.width * MODULE, code.height * MODULE), Image.Resampling.NEAREST).save(file, "PNG")
    return file.getvalue()
