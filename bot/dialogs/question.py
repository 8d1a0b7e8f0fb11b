"""What a question is: the profile fields it fills, its options, and how typed words become answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.advice.profile import Profile
from bot.dialogs.texts import Voice
from bot.understanding import choices

Values = Mapping[str, Any]
"""Answers for the profile, by field."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question. Its words live in `bot/locales/questions.toml` under its name.

    `fields`: the profile fields it fills; `options`: option code -> answers for the profile; `understand`: typed words
    and the local date -> answers; `show`: the present answer in words, where the option's label would not do.
    """

    name: str
    fields: tuple[str, ...]
    options: Mapping[str, Values] = field(default_factory=dict)
    understand: Callable[[str, date], Values | None] | None = None
    show: Callable[[Profile, Voice], str | None] | None = None
    several: bool = False  # many options may be chosen
    ranges: frozenset[str] = (
        frozenset()
    )  # options that stand for more than the value they fill in ("2 à 5 ans")
    needs_date: Callable[[str], bool] | None = None  # whether words hang on a date that Bob cannot know
    always_shown: bool = False  # it has an answer even when nobody gave one
    per_row: int = 2

    def labels(self, voice: Voice) -> dict[str, str]:
        """Option code -> label, in the order of the buttons."""
        return {code: voice(f"questions.{self.name}.options.{code}") for code in self.options}

    def ask(self, voice: Voice) -> str:
        return voice(f"questions.{self.name}.ask")

    def short(self, voice: Voice) -> str:
        """Its name, as a line of the profile."""
        return voice(f"questions.{self.name}.short")

    def unclear(self, voice: Voice, text: str) -> str:
        """What is said when these words were not understood."""
        if self.needs_date is not None and self.needs_date(text):
            return voice("questions.unknown_date")
        key = f"questions.{self.name}.unclear"
        return voice(key) if voice.has(key) else voice("questions.unclear")

    def read(self, text: str, voice: Voice, today: date) -> Values | None:
        """Answers for the profile from typed words; None when not understood."""
        own = self.labels(voice)
        keywords = choices.keywords_of(self.name)
        if self.several:
            found = choices.choices(text, own, keywords)
            return self.chosen(found) if found else None
        if self.understand is not None:
            understood = self.understand(text, today)
            if understood is not None:
                return understood
        other = self.labels(Voice("en" if voice.language == "fr" else "fr", voice.form))
        code = choices.choice(text, own, keywords) or choices.choice(text, other, keywords)
        return self.options[code] if code else None

    def codes(self, values: Values) -> set[str]:
        """The options that these answers of a several-choice question stand for."""
        return {str(value) for value in values.get(self.fields[0]) or ()}

    def chosen(self, codes: set[str]) -> Values:
        """Answers for the profile from several option codes."""
        if not codes:
            return {self.fields[0]: frozenset()}
        return {self.fields[0]: frozenset().union(*(self.options[code][self.fields[0]] for code in codes))}

    def chosen_label(self, codes: set[str], voice: Voice) -> str:
        """Several options in words."""
        labels = [label for code, label in self.labels(voice).items() if code in codes]
        return ", ".join(labels) or voice("questions.nothing_named")

    def is_answered(self, profile: Profile) -> bool:
        return any(getattr(profile, name) is not None for name in self.fields)

    def range_shown(self, profile: Profile, voice: Voice) -> str | None:
        """The label of the range that was chosen, as it reads inside a sentence; None for an exact answer.

        Bob must not quote "3 ans" to somebody who said "2 à 5 ans".
        """
        for code in self.ranges:
            if all(getattr(profile, name) == value for name, value in self.options[code].items()):
                label = voice(f"questions.{self.name}.options.{code}")
                return label[0].lower() + label[1:]
        return None

    def shown(self, profile: Profile, voice: Voice) -> str | None:
        """The present answer in words, or None."""
        if not self.always_shown and not self.is_answered(profile):
            return None
        if self.show is not None:
            return self.range_shown(profile, voice) or self.show(profile, voice)
        if self.several:
            return self.chosen_label({str(code) for code in getattr(profile, self.fields[0]) or ()}, voice)
        for code, values in self.options.items():
            if all(getattr(profile, name) == value for name, value in values.items()):
                return voice(f"questions.{self.name}.options.{code}")
        return str(getattr(profile, self.fields[0]))
