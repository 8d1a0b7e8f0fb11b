"""Long texts cut into messages: between paragraphs if possible, else lines, sentences, words.

Never inside an entity. Lengths are UTF-16 units, as Telegram counts them once entities are parsed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.telegram.limits import utf16_length

BETWEEN = "\n\n"
_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")
_SENTENCE_END = re.compile(r"[.!?…][»\")]*[^\S\n]+")
_JOINERS = "\u200d\ufe0e\ufe0f\u20e3"


class Style(StrEnum):
    """How a block is shown: the name of the HTML tag around it, or plain."""

    PLAIN = ""
    BOLD = "b"
    PRE = "pre"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of one style, cleaned and not escaped. Blocks of one message are parted by an empty line."""

    text: str
    style: Style = Style.PLAIN

    @property
    def size(self) -> int:
        return utf16_length(self.text)


def split_blocks(blocks: Sequence[Block], limit: int) -> list[list[Block]]:
    """Distribute blocks over messages of at most `limit` units each, in order; no message is empty."""
    parts: list[list[Block]] = []
    part: list[Block] = []
    room = limit
    waiting = [piece for block in reversed(blocks) for piece in reversed(_pieces(block))]
    while waiting:
        piece = waiting.pop()
        space = room - (len(BETWEEN) if part else 0)
        if piece.size <= space:
            part.append(piece)
            room = space - piece.size
            continue
        heading_alone = bool(part) and all(block.style is Style.BOLD for block in part)
        if piece.size > limit or (heading_alone and piece.style is Style.PLAIN):
            # What is too long for any message starts where it stands; a title never stays alone.
            head, tail = cut(piece.text, space) if space > limit // 4 or heading_alone else ("", piece.text)
            if head:
                part.append(Block(head, piece.style))
            if tail:
                waiting.append(Block(tail, piece.style))
        else:
            waiting.append(piece)
        parts.append(part)
        part, room = [], limit
    return [part for part in [*parts, part] if part]


def cut(text: str, limit: int) -> tuple[str, str]:
    """The longest pleasant beginning of at most `limit` units, and the rest; both stripped where they meet.

    `text` is longer than `limit`. The beginning is never empty for a limit of 2 or more.
    """
    end = _index_within(text, limit)
    place = _pleasant_place(text, end)
    return text[:place].rstrip(), text[place:].lstrip()


def _pieces(block: Block) -> list[Block]:
    """Plain text goes paragraph by paragraph; a title and a ready-made text stay whole."""
    if block.style is not Style.PLAIN:
        return [block] if block.text.strip() else []
    return [Block(text) for text in _PARAGRAPHS.split(block.text.strip()) if text.strip()]


def _index_within(text: str, limit: int) -> int:
    """How many characters fit in `limit` UTF-16 units."""
    units = 0
    for index, character in enumerate(text):
        units += 2 if character > "\uffff" else 1
        if units > limit:
            return index
    return len(text)


def _pleasant_place(text: str, end: int) -> int:
    """Where to cut at or before `end`: after a line, a sentence, a word, else between two characters."""
    least = end // 2
    for mark in ("\n\n", "\n"):
        if (found := text.rfind(mark, least, end + len(mark))) > 0 and found <= end:
            return found
    sentences = [found.end() for found in _SENTENCE_END.finditer(text, least, end + 1) if found.end() <= end]
    if sentences:
        return sentences[-1]
    for index in range(min(end, len(text) - 1), max(least, 1), -1):
        if text[index].isspace():
            return index
    return _between_characters(text, end)


def _between_characters(text: str, end: int) -> int:
    """Step back from the middle of an accented letter or a composed emoji (a few steps at most)."""
    for index in range(end, max(end - 24, 0), -1):
        follows = text[index] if index < len(text) else ""
        joined = follows and (
            unicodedata.combining(follows) or follows in _JOINERS or "\U0001f3fb" <= follows <= "\U0001f3ff"
        )
        if not joined and text[index - 1] != "\u200d":
            return index
    return end
