"""An action in a counsellor's own words: what has to be mended before a person gets it, in clear lines."""

from __future__ import annotations

import re
from typing import Final

from bot.advice.lint import words
from bot.counsellors.group_text import ByCounsellor, GroupText, said
from bot.dialogs import wordlint

LONGEST: Final = 200
"""Characters: it is one sentence that a tired person reads once."""
MOST_WORDS: Final = 30
LEAST_WORDS: Final = 2


def faults(text: str, language: str) -> list[GroupText]:
    """What to mend in the words, each as one line; empty when a person may get them. `language`: of the team."""
    found: list[GroupText] = []
    counted = wordlint.word_count(text)
    if counted < LEAST_WORDS:
        found.append(said("acting.fault.short"))
    if counted > MOST_WORDS or len(text) > LONGEST:
        found.append(said("acting.fault.long", n=counted, most=MOST_WORDS))
    gendered = (words.GENDERED, words.AGREES_WITH_PERSON) if language == "fr" else (words.GENDERED_EN,)
    checks = (
        ("tone", (words.FORBIDDEN_TONE[language],)),
        ("jargon", (words.JARGON[language],)),
        ("gender", gendered),
    )
    for name, patterns in checks:
        held = next((match for pattern in patterns if (match := pattern.search(text))), None)
        if held is not None:
            found.append(said(f"acting.fault.{name}", words=ByCounsellor(held[0])))
    opening = words.VAGUE_FIRST_VERBS[language].match(text)
    if opening is not None:
        found.append(said("acting.fault.vague", words=ByCounsellor(opening[0])))
    if re.search(r"https?://|www\.", text):
        found.append(said("acting.fault.link"))
    if text.count("!") > 1:
        found.append(said("acting.fault.shout"))
    return found
