"""Reasons and citations in words: which sentence of the catalogue, and the values that go in.

Everything here returns finished text in one language and form, without a capital or a full stop: "vous
cherchez depuis 6 mois". The dialogues join such clauses into messages.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.advice.conditions.job import experience
from bot.advice.conditions.parsing import Literal, parse_literal
from bot.advice.conditions.person import actions_done
from bot.advice.facts import Facts
from bot.advice.items import Catalogue
from bot.advice.sentences import ConditionText, Phrase
from bot.advice.wording import choose_form, duration, fill, in_place, near_place, number, years


def values_of(facts: Facts, language: str) -> dict[str, str]:
    """What the variables of sentences stand for, as far as the person has answered."""
    profile = facts.profile
    known = {
        "first_name": profile.first_name,
        "job": profile.job,
        "place": profile.place,
        "in_place": None if profile.place is None else in_place(profile.place, language),
        "near_place": None if profile.place is None else near_place(profile.place, language),
        "months": None if profile.months is None else number(profile.months),
        "duration": None if profile.months is None else duration(profile.months, language),
    }
    for name, count in _counts(facts).items():
        known[name] = None if count is None else number(count)
    practice = experience(profile)
    if practice is not None:
        known["years"] = years(practice, language)
    return {name: value for name, value in known.items() if value is not None}


def _counts(facts: Facts) -> dict[str, float | None]:
    profile = facts.profile
    return {
        "leads": profile.leads,
        "applications": profile.applications,
        "interviews": profile.interviews,
        "offers": profile.offers,
        "minutes": profile.minutes_per_day,
        "done": actions_done(facts),
        "named": None if profile.barriers is None else len(profile.barriers),
    }


def because(
    catalogue: Catalogue, condition: str | Literal, facts: Facts, *, language: str = "fr", form: str = "vous"
) -> str | None:
    """What follows "Parce que " / "Because " for a condition that holds; None when it is not to be said."""
    literal = parse_literal(condition) if isinstance(condition, str) else condition
    text = _text(catalogue, literal, facts)
    if text is None or text.silent:
        return None
    phrase = text.negated if literal.negated else text.phrase
    if phrase is None:
        return None
    try:
        return _said(phrase, text.count, _threshold(literal), facts, language, form)
    except KeyError:  # a condition can hold without the answer that its sentence quotes
        return None


def instead(
    catalogue: Catalogue, condition: str | Literal, facts: Facts, *, language: str = "fr", form: str = "vous"
) -> str | None:
    """The counterfactual, "avec le permis de conduire"; None when the condition has none."""
    literal = parse_literal(condition) if isinstance(condition, str) else condition
    text = _wished(catalogue, literal)
    if text is None or text.instead is None:
        return None
    threshold = _threshold(literal)
    count = None if "n" not in threshold else float(threshold["n"])
    return fill(choose_form(text.instead.of(language, count), form), values_of(facts, language) | threshold)


def can_change(catalogue: Catalogue, literal: Literal) -> bool:
    """True when a person can make this condition true and there are words to say so."""
    if literal.negated or literal.condition.change is None:
        return False
    text = _wished(catalogue, literal)
    return text is not None and text.instead is not None


def citation(
    catalogue: Catalogue, citation_id: str, facts: Facts, *, language: str = "fr", form: str = "vous"
) -> str:
    """One of the person's own answers, said back; KeyError when the catalogue has no such citation."""
    found = catalogue.diagnosis.citations[citation_id]
    return _said(found.phrase, found.count, {}, facts, language, form)


def _text(catalogue: Catalogue, literal: Literal, facts: Facts) -> ConditionText | None:
    """The words for this condition and this person."""
    text = catalogue.sentences.get(literal.name)
    variant = literal.condition.variant
    if text is None or variant is None:
        return text
    return text.for_variant(variant(facts, *literal.args))


def _wished(catalogue: Catalogue, literal: Literal) -> ConditionText | None:
    """The words for the argument itself, whatever the person's own value."""
    text = catalogue.sentences.get(literal.name)
    return text.for_variant(str(literal.args[0])) if text is not None and literal.args else text


def _threshold(literal: Literal) -> dict[str, str]:
    numbers = [argument for argument in literal.args if isinstance(argument, int | float)]
    return {"n": number(numbers[0])} if numbers else {}


def _said(
    phrase: Phrase, count: str | None, more: Mapping[str, str], facts: Facts, language: str, form: str
) -> str:
    amount = None if count is None else _counts(facts).get(count)
    return fill(choose_form(phrase.of(language, amount), form), values_of(facts, language) | dict(more))
