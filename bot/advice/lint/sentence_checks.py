"""Checks on the sentences of conditions, obstacles and answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.advice.conditions.registry import CONDITIONS
from bot.advice.faults import Fault
from bot.advice.items import Catalogue
from bot.advice.lint.said import Said
from bot.advice.lint.wording_checks import check_spoken
from bot.advice.sentences import ConditionText, ObstacleTexts, Phrase
from bot.advice.wording import choose_form, placeholders

CONDITIONS_FILE, DIAGNOSIS_FILE = "conditions.toml", "diagnosis.toml"

KNOWN = frozenset(
    "n duration months years applications interviews leads offers done minutes named"
    " job place in_place near_place first_name".split()
)
"""Variables that a sentence may use; the renderer knows their values from the person's answers."""

_VOWEL = re.compile(r"[aeiouyhâàéèêëîïôœù]", re.IGNORECASE)

Named = Iterator[tuple[str, str, Phrase]]  # item, field, phrase


def check_sentences(catalogue: Catalogue) -> Iterator[Fault]:
    """Faults in conditions.toml and diagnosis.toml."""
    for name, field, phrase in _conditions(catalogue):
        yield from _phrase(CONDITIONS_FILE, name, field, phrase)
        if not field.endswith("_if"):
            yield from _after_because(name, field, phrase)
    for name, field, phrase in _diagnosis(catalogue):
        yield from _phrase(DIAGNOSIS_FILE, name, field, phrase)
    for name in catalogue.sentences:
        if name in CONDITIONS and CONDITIONS[name].change is None and _has_instead(catalogue.sentences[name]):
            message = "has a counterfactual (fr_if), and a person is not asked to change this"
            yield Fault(CONDITIONS_FILE, name, "fr_if", message)


def _conditions(catalogue: Catalogue) -> Named:
    for name, text in catalogue.sentences.items():
        yield from ((name, field, phrase) for field, phrase in _fields(text))
        for key, variant in text.variants.items():
            yield from ((name, f"by.{key}.{field}", phrase) for field, phrase in _fields(variant))


def _fields(text: ConditionText) -> Iterator[tuple[str, Phrase]]:
    for field, phrase in (("{}", text.phrase), ("not_{}", text.negated), ("{}_if", text.instead)):
        if phrase is not None:
            yield field, phrase


def _diagnosis(catalogue: Catalogue) -> Named:
    texts = catalogue.diagnosis
    for name, obstacle in texts.obstacles.items():
        yield from ((f"obstacle.{name}", field, phrase) for field, phrase in _obstacle(obstacle))
        for case, words in obstacle.cases.items():
            yield from ((f"obstacle.{name}.case.{case}", field, phrase) for field, phrase in _obstacle(words))
    yield from ((f"state.{name}", "{}", phrase) for name, phrase in texts.states.items())
    yield from ((f"general.{name}", "{}", phrase) for name, phrase in texts.general.items())
    yield from ((f"citation.{name}", "{}", found.phrase) for name, found in texts.citations.items())


def _obstacle(texts: ObstacleTexts) -> Iterator[tuple[str, Phrase]]:
    yield from (("name_{}", texts.name), ("headline_{}", texts.headline), ("first_{}", texts.first))


def _versions(phrase: Phrase) -> Iterator[tuple[str, str, str]]:
    """(language, suffix, words)."""
    for language in ("fr", "en"):
        for suffix in ("", "_one", "_none"):
            words = getattr(phrase, f"{language}{suffix}")
            if words is not None:
                yield language, suffix, words


def _phrase(file: str, name: str, field: str, phrase: Phrase) -> Iterator[Fault]:
    for language, suffix, words in _versions(phrase):
        path = f"{field.format(language)}{suffix}"
        said = Said(None, language, field, words, spoken=True)
        yield from (Fault(file, name, path, message) for message in check_spoken(said))
        for variable in placeholders(words):
            if variable not in KNOWN:
                yield Fault(file, name, path, f"uses the variable {{{variable}}}, which has no value")


def _after_because(name: str, field: str, phrase: Phrase) -> Iterator[Fault]:
    """What follows "Parce que" starts with a consonant and a small letter, and has no stop at its end."""
    for language, suffix, words in _versions(phrase):
        path = f"{field.format(language)}{suffix}"
        for form in ("vous", "tu"):
            said = choose_form(words, form)
            if language == "fr" and _VOWEL.match(said):
                yield Fault(CONDITIONS_FILE, name, path, 'starts with a vowel after "Parce que"')
            if said[:1].isupper() or said.endswith("."):
                yield Fault(
                    CONDITIONS_FILE, name, path, "has a capital at its start or a full stop at its end"
                )


def _has_instead(text: ConditionText) -> bool:
    return any(variant.instead is not None for variant in (text, *text.variants.values()))
