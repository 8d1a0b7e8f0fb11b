"""The words of a message to several people: variables, the two forms of address, and what each reads in the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.advice.wording import FORM
from bot.counsellors.group_text import (
    LONGEST_WORDS,
    ByCounsellor,
    CounsellorName,
    GroupText,
    label,
    lines,
    said,
)
from bot.dialogs.texts import Voice

LONGEST: Final = 1000
NAMES: Final = {
    "prenom": "first",
    "prénom": "first",
    "first_name": "first",
    "signature": "who",
    "moi": "who",
    "me": "who",
}
"""What can stand in braces in the words."""
FIRST, SIGN, FORMS = ByCounsellor("{prenom}"), ByCounsellor("{signature}"), ByCounsellor("{venez|viens}")
_BRACED = re.compile(r"\{([^{}|]*)\}")
_NO_NAME = re.compile(r"[ \t\u00a0]*\{(?:prenom|prénom|first_name)\}")


def fault(words: str) -> GroupText | None:
    """What is wrong with them, said to the counsellor; None when they can be sent."""
    if not words.strip():
        return said("bulk.empty")
    if len(words) > LONGEST:
        return said("bulk.too_long", n=len(words), most=LONGEST)
    rest = FORM.sub("|", words)  # what stood around it is not read as one word
    for name in _BRACED.findall(rest):
        if name.strip().lower() not in NAMES:
            return said("bulk.unknown_variable", words=ByCounsellor(f"{{{name}}}"), first=FIRST, sign=SIGN)
    if re.search(r"[{}]", _BRACED.sub("", rest)):
        return said("bulk.loose_brace", first=FIRST, forms=FORMS)
    return None


def read_by(words: str, voice: Voice, first_name: str | None, who: str) -> str:
    """What somebody reads. `who`: the counsellor's name. Without a first name, its place is closed up."""
    first = label(first_name).text if first_name else ""
    text = words if first not in ("", "?") else _NO_NAME.sub("", words)
    chosen = FORM.sub(lambda found: found[1 if voice.form == "vous" else 2], text)
    values = {"first": first, "who": who}
    return _BRACED.sub(lambda found: values[NAMES[found[1].strip().lower()]], chosen).strip()


def shown(words: str) -> GroupText:
    """The counsellor's own words in front of the team, line by line."""
    return lines(*(said("bulk.line", words=ByCounsellor(piece)) for piece in _pieces(words)))


def _pieces(words: str) -> Iterator[str]:
    for line in words.splitlines():
        for first in range(0, max(len(line), 1), LONGEST_WORDS):
            yield line[first : first + LONGEST_WORDS] or " "


def as_read(words: str, voice: Voice, first_name: str | None, who: CounsellorName) -> GroupText:
    """What somebody of that voice reads, in front of the team."""
    return shown(read_by(words, voice, first_name, who.text))
