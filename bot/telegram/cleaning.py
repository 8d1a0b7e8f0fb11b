"""Text made safe: nothing that Telegram refuses, that a database refuses, or that turns a line around."""

from __future__ import annotations

import re
import unicodedata

# Controls but tab and newline; marks that embed or override direction (they could turn a whole line around).
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\x85")
_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_RUN_RIGHT_TO_LEFT = re.compile(f"[{_RIGHT_TO_LEFT}](?:[^\\S\n]*[{_RIGHT_TO_LEFT}\u0300-\u036f])*")
_BLANKS = "\u115f\u1160\u2800\u3164\uffa0"  # letters and patterns that show nothing
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"


def clean(text: str) -> str:
    """The same text without what breaks a message: control characters, lone surrogates, direction overrides.

    Line ends become newlines; pairs of surrogates that a careless encoder left apart become their character.
    """
    if _SURROGATES.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """Cleaned, on one line, single spaces; for labels, names of files and the like."""
    return " ".join(clean(text).split())


def visible(text: str) -> bool:
    """Whether anything can be seen in it; Telegram refuses a text or a label made of blanks alone."""
    return any(unicodedata.category(one)[0] not in "CZ" and one not in _BLANKS for one in text)


def isolate(text: str) -> str:
    """Wrap words written from right to left so that they leave the rest of their line in place.

    A line that has no left-to-right letter is left alone: nothing in it could be turned around.
    """
    if not _RUN_RIGHT_TO_LEFT.search(text):
        return text
    return "\n".join(_isolate_line(line) for line in text.split("\n"))


def _isolate_line(line: str) -> str:
    if not any(unicodedata.bidirectional(character) == "L" for character in line):
        return line
    return _RUN_RIGHT_TO_LEFT.sub(lambda found: f"{_ISOLATE}{found[0]}{_END_ISOLATE}", line)
