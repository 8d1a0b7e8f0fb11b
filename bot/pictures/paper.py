"""What pictures share: the paper, its colours, its letters, and how it becomes a small file."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

FONT = Path(__file__).parent / "fonts" / "DejaVuSans.ttf"
MOST_BYTES: Final = 60_000
WIDTH: Final = 640  # pixels
MARGIN: Final = 28  # pixels: the edge
TINY, SMALL, USUAL, LARGE = 18, 22, 24, 34  # pixels: heights of letters
COLOURS = 48
INK, SOFT, PAPER, LINE = "#1f2933", "#52606d", "#ffffff", "#cbd2d9"
BLUE, BROWN, GREY = "#0068a8", "#a85b00", "#7b8794"  # told apart with every kind of colour vision


def png(image: Image.Image) -> bytes:
    """The bytes, in few colours."""
    file = BytesIO()
    flat = image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    flat.save(file, "PNG")
    return file.getvalue()


@lru_cache(maxsize=8)
def font(size: int) -> ImageFont.FreeTypeFont:
    """The letters of all pictures."""
    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)


def text(pen: ImageDraw.ImageDraw, at: tuple[int, int], text: str, size: int, colour: str, room: int) -> None:
    """One line, cut with an ellipsis where it is longer than `room` pixels."""
    letters = font(size)
    line = one_line(text)
    if pen.textlength(line, font=letters) > room:
        while line and pen.textlength(f"{line}…", font=letters) > room:
            line = line[:-1]
        line = f"{line.rstrip()}…"
    pen.text(at, line, fill=colour, font=letters)


def one_line(text: str) -> str:
    """Without line breaks, and no longer than anybody reads."""
    return " ".join(text[:_LONGEST_LINE].split())


_LONGEST_LINE = 100  # characters
_MISSING = "\ufdd0"
"""A code that no font has a letter for."""


def is_readable(text: str) -> bool:
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
    letters = font(USUAL)
    missing, drawn = letters.getmask(_MISSING), letters.getmask(character)
    return (drawn.size, bytes(drawn)) != (missing.size, bytes(missing))
