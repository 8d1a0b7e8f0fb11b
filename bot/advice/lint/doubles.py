"""Actions that say nearly the same thing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from bot.advice.faults import Fault
from bot.advice.items import Action
from bot.advice.wording import choose_form

TOO_CLOSE = 88
"""token_set_ratio (0 to 100) from which two texts count as doubles."""


def doubles(actions: Sequence[Action]) -> Iterator[Fault]:
    """One fault per pair and language, on the later of the two."""
    for language in ("fr", "en"):
        texts = [_plain(choose_form(action.wording(language).text, "vous")) for action in actions]
        ratios = process.cdist(texts, texts, scorer=fuzz.token_set_ratio, score_cutoff=TOO_CLOSE)
        for first, second in np.argwhere(np.triu(ratios, k=1) >= TOO_CLOSE).tolist():
            kept, double = actions[first], actions[second]
            message = f"says nearly the same as {kept.id} ({kept.file})"
            yield Fault(double.file, double.id, f"{language}.text", message)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
