"""An action of one's own: "aujourd'hui je vais plutôt appeler la mairie", "my action: call the town hall"."""

from __future__ import annotations

import re

from bot.understanding.text import LONGEST

_MINE = re.compile(
    r"^\s*(?:(?:ok|non|no|bon|alors|well|so)[\s,.!]+)*(?:"
    r"(?:ajoute[zr]?|note[zr]?|add|note)(?: plut[oô]t)? (?:une|mon|an|my) action\s*[:=–—-]\s*"
    r"|(?:mon action|ma propre action|mon action du jour|my (?:own )?action|my own)(?: [aà] moi| (?:for )?today)?"
    r"(?:\s*(?:c['’ ]?est|sera|is|will be)(?: de| d['’]| to)?|\s*[:=–—-])\s*"
    r"|(?:(?:aujourd['’ ]?hui|ce matin|cet apr[eè]s[- ]midi|today|this morning|this afternoon)[\s,]+)"
    r"(?:je vais|j['’]vais|i['’ ]?ll|i will|i am going to|i['’ ]?m going to)\s+(?:plut[oô]t\s+|rather\s+|instead\s+)?"
    r"|(?:[aà] la place|instead)[\s,]+(?:je vais|j['’]vais|i['’ ]?ll|i will|i['’ ]?m going to)\s+"
    r"|(?:(?:aujourd['’ ]?hui|today)[\s,]+)?(?:"
    r"(?:je vais|j['’]vais|je pr[eé]f[eè]re|j['’]aimerais mieux)\s+plut[oô]t\s+"
    r"|(?:je pr[eé]f[eè]re|j['’]aimerais mieux)\s+(?=\w+(?:er|ir)\b)(?!parler|rester|garder|changer|avoir)"
    r"|(?:i['’ ]?d rather|i would rather|i['’ ]?ll rather)\s+)"
    r")(?P<words>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_INSTEAD = re.compile(
    r"^\s*i(?:['’ ]?ll| will)\s+(?P<words>.+?)\s+instead[\s.!]*$", re.IGNORECASE | re.DOTALL
)
_NO_ACTION = re.compile(
    r"^(?:rien|pas|ne |me reposer|dormir|arr[eê]ter|attendre|not |nothing|rest\b|sleep|stop|wait|la faire|le faire"
    r"|do it|mieux|bien|mal|better|fine)\b",
    re.IGNORECASE,
)
LEAST_LETTERS = 4


def own_action(text: str) -> str | None:
    """The words of the action; None where somebody tells of none."""
    if "?" in text:
        return None
    found = _MINE.match(text[:LONGEST]) or _INSTEAD.match(text[:LONGEST])
    if found is None:
        return None
    words = found["words"].strip(" .,:;!")
    if sum(letter.isalpha() for letter in words) < LEAST_LETTERS or _NO_ACTION.match(words):
        return None
    return words
