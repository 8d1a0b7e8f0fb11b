"""Every sentence of the catalogue as a reader gets it: by field, language and form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.advice.items import Action, Strategy
from bot.advice.unwritten import WORDS, is_mark
from bot.advice.wording import choose_form

Item = Action | Strategy

SAMPLE = {
    "first_name": "Camille",
    "job": "agent de service",
    "place": "Saint-Denis",
    "in_place": "à Saint-Denis",
    "near_place": "près de Saint-Denis",
}
"""Variables that a text may use, with a value of usual length for counting words."""

_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")
_ADDRESS = re.compile(r"(?:https?://\S+)|(?:\b[\w-]+(?:\.[\w-]+)*\.(?:fr|org|eu|com|gouv)\b(?:/\S*)?)")
_BRACKETED = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Said:
    """One field of an item in one language. `spoken`: Bob speaks to the person (false for what they will
    send).
    """

    item: Item | None
    language: str
    field: str
    text: str
    spoken: bool

    @property
    def path(self) -> str:
        return f"{self.language}.{self.field}"

    def rendered(self, form: str = "vous") -> str:
        """The words in that form, variables left in place."""
        return choose_form(self.text, form) if self.language == "fr" else self.text

    def bare(self, form: str = "vous") -> str:
        """Rendered, without quotations, addresses and bracketed blanks: the words that are Bob's own."""
        return _ADDRESS.sub(" ", _BRACKETED.sub(" ", _QUOTED.sub(" ", self.rendered(form))))


def sayings(item: Item) -> Iterator[Said]:
    """All the fields of words of an item that are written."""
    for language in ("fr", "en"):
        wording = item.wording(language)
        for field in WORDS:
            text = getattr(wording, field, None)
            if text and not is_mark(text):
                yield Said(item, language, field, text, spoken=field != "payload")


def word_count(text: str) -> int:
    """Words between spaces that hold a letter or a figure; variables count as their usual value."""
    for name, value in SAMPLE.items():
        text = text.replace("{" + name + "}", value)
    return sum(any(c.isalnum() for c in word) for word in text.split())


def sentence_count(text: str) -> int:
    """Sentences, at least one. A colon, or a stop inside a number or an address, does not end one."""
    ends = re.findall(r"[.!?…]+(?=[\s»”\")\]]|$)", _ADDRESS.sub("adresse", text.strip()))
    closed = bool(re.search(r"[.!?…][»”\")\]\s]*$", text.strip()))
    return max(1, len(ends) + (0 if closed else 1))
