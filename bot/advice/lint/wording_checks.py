"""Checks on words: length, tone, gender, register, language, variables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.advice.conditions.parsing import Literal
from bot.advice.items import Action, Strategy
from bot.advice.lint import words
from bot.advice.lint.said import SAMPLE, Item, Said, sayings, sentence_count, word_count
from bot.advice.wording import FORM, PLACEHOLDER, placeholders

MAX_WORDS = 45
"""In text and first together (and in a strategy's text); a reason is added later, 60 words in all."""

MAX_AVERAGE = 12
"""Words per sentence, on average."""

MAX_EASIER_AVERAGE = 15
"""The same for the easier variant, which is often a single sentence."""

MAX_PAYLOAD_WORDS = 130
TITLE_WORDS = (2, 6)

_GUARANTEES = {
    "first_name": "first_name_known",
    "job": "job_known",
    "place": "place_known",
    "in_place": "place_known",
    "near_place": "place_known",
}

Found = Iterator[tuple[str, str]]  # field, message


def check_words(item: Item) -> Found:
    """All faults in the words of one item."""
    yield from _lengths(item)
    for said in sayings(item):
        yield from ((said.path, message) for message in _check(said))
    yield from _same_in_both(item)


def check_spoken(said: Said) -> Iterator[str]:
    """Faults of a sentence that Bob says, wherever it comes from; its variables are not looked at."""
    yield from _braces(said)
    yield from _tone(said)
    yield from _gender(said)
    yield from _other_language(said)
    yield from _registers(said)


def _check(said: Said) -> Iterator[str]:
    yield from _braces(said)
    yield from _variables(said)
    yield from _tone(said)
    yield from _gender(said)
    yield from _other_language(said)
    if said.spoken:
        yield from _registers(said)


def _lengths(item: Item) -> Found:
    for language in ("fr", "en"):
        parts = {said.field: said.rendered() for said in sayings(item) if said.language == language}
        opening = f"{parts.get('text', '')} {parts.get('first', '')}".strip()
        if word_count(opening) > MAX_WORDS:
            where = "text and first" if isinstance(item, Action) else "text"
            yield f"{language}.text", f"{where} have {word_count(opening)} words; {MAX_WORDS} at most"
        sentences = sentence_count(parts.get("text", "")) + (
            "first" in parts and sentence_count(parts["first"])
        )
        if word_count(opening) > MAX_AVERAGE * sentences:
            average = word_count(opening) / sentences
            yield f"{language}.text", f"{average:.1f} words per sentence on average; {MAX_AVERAGE} at most"
        easier = parts.get("easier", "")
        if word_count(easier) > MAX_EASIER_AVERAGE * sentence_count(easier):
            yield f"{language}.easier", f"sentences of more than {MAX_EASIER_AVERAGE} words"
        if isinstance(item, Action) and sentence_count(parts.get("easier", "")) > 2:
            yield f"{language}.easier", "more than two sentences"
        if word_count(parts.get("payload", "")) > MAX_PAYLOAD_WORDS:
            yield f"{language}.payload", f"more than {MAX_PAYLOAD_WORDS} words"
        if isinstance(item, Strategy):
            yield from _strategy_lengths(language, parts)


def _strategy_lengths(language: str, parts: dict[str, str]) -> Found:
    low, high = TITLE_WORDS
    if "title" in parts and not low <= word_count(parts["title"]) <= high:
        yield f"{language}.title", f"expected {low} to {high} words"
    if sentence_count(parts.get("text", "")) > 3:
        yield f"{language}.text", "more than three sentences"


def _braces(said: Said) -> Iterator[str]:
    if said.language == "en" and FORM.search(said.text):
        yield "has a {vous|tu} place; English has none"
    rest = PLACEHOLDER.sub("", FORM.sub("", said.text))
    if "{" in rest or "}" in rest:
        yield "has a brace that is neither {vous|tu} nor a {variable}"
    for left, right in FORM.findall(said.text):
        if left == right:
            yield f"says the same on both sides: {{{left}|{right}}}"


def _variables(said: Said) -> Iterator[str]:
    guaranteed = {literal.name for literal in _certain(said.item)}
    for name in placeholders(said.text):
        if name not in SAMPLE:
            yield f"uses the variable {{{name}}}; known ones are {', '.join(SAMPLE)}"
        elif said.spoken and _GUARANTEES[name] not in guaranteed:
            yield f'uses {{{name}}}, so `when` needs the line "{_GUARANTEES[name]}"'
    if match := words.ARTICLE_BEFORE_JOB[said.language].search(said.rendered()):
        yield f"has a word before {{job}} that may not agree with it: {match[0]!r}"
    for form in ("vous", "tu"):
        if match := words.WORD_BEFORE_PLACE[said.language].search(said.rendered(form)):
            yield f"has a word too many before a place: {match[0]!r}"
            return


def _certain(item: Item | None) -> list[Literal]:
    """Literals that hold whenever the item is offered: those alone on their line."""
    if item is None:
        return []
    return [
        line.literals[0] for line in item.when if len(line.literals) == 1 and not line.literals[0].negated
    ]


def _literals(item: Item | None) -> list[Literal]:
    return [literal for line in (item.when if item else ()) for literal in line.literals]


def _tone(said: Said) -> Iterator[str]:
    bare = said.bare()
    if said.spoken:
        if match := words.FORBIDDEN_TONE[said.language].search(bare):
            yield f"sounds like an order, a reproach or a promise: {match[0]!r}"
        opening = said.field == "text" and said.language == "fr" and isinstance(said.item, Action)
        if opening and not words.OPENS_WITH_VERB.match(said.text):
            yield "does not open with what to do: {Envoyez|Envoie}, or an infinitive"
        if said.field in ("text", "easier") and isinstance(said.item, Action):
            match = words.VAGUE_FIRST_VERBS[said.language].match(bare.strip())
            if match:
                yield f"opens with a vague verb: {match[0]!r}; say what to do with one's hands"
    if match := words.JARGON[said.language].search(bare):
        yield f"is jargon: {match[0]!r}"
    if "!" in said.text:
        yield "has an exclamation mark"
    if words.EMOJI.search(said.text):
        yield "has an emoji"


def _gender(said: Said) -> Iterator[str]:
    if said.language == "en":
        if match := words.GENDERED_EN.search(said.text):
            yield f"is gendered: {match[0]!r}"
        return
    for form in ("vous", "tu"):
        text = said.bare(form) if said.spoken else said.rendered(form)
        for pattern in (words.GENDERED, words.AGREES_WITH_PERSON):
            if match := pattern.search(text):
                yield f"agrees with the person's gender: {match[0]!r}"
                return


def _registers(said: Said) -> Iterator[str]:
    if said.language != "fr":
        return
    vous, tu = said.bare("vous"), words.RENDEZ_VOUS.sub(" ", said.bare("tu"))
    for pattern in (words.TU_WORDS, words.TON):
        if match := pattern.search(vous):
            yield f"says {match[0]!r} in the vous form"
    for pattern in (words.VOUS_WORDS, words.VOUS_VERBS):
        if match := pattern.search(tu):
            yield f"says {match[0]!r} in the tu form"


def _other_language(said: Said) -> Iterator[str]:
    if not said.spoken and any("language" in literal.args for literal in _literals(said.item)):
        return  # what a person who learns French will say is in French
    other = words.FRENCH if said.language == "en" else words.ENGLISH
    # Proper names may be French: La Bonne Boîte, Mon compte formation. Only words in small letters count.
    plain = re.findall(r"(?<![\w'’-])[a-zà-ÿ]+(?![\w'’-])", said.bare())
    foreign = [word for word in plain if word in other]
    if len(set(foreign)) >= 2 and len(foreign) > 0.12 * max(len(plain), 1):
        yield f"looks untranslated: {', '.join(sorted(set(foreign)))}"


def _same_in_both(item: Item) -> Found:
    english = {said.field: said.text for said in sayings(item) if said.language == "en"}
    for said in sayings(item):
        if said.language == "fr" and english.get(said.field) == said.text and word_count(said.text) > 1:
            yield f"en.{said.field}", "is the same as in French"
