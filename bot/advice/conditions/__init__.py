"""The conditions under which an item of the catalogue fits: named, parameterised, three-valued predicates.

Importing this package registers them all. True, False, or None when an answer is missing: then the item is
not offered, and the condition's `needs` name the answer to ask for.
"""

from bot.advice.conditions import day, job, past, person, place, search, trade
from bot.advice.conditions.parsing import (
    ConditionError,
    Line,
    Literal,
    all_true,
    parse_line,
    parse_literal,
)
from bot.advice.conditions.reference import conditions_reference
from bot.advice.conditions.registry import CONDITIONS, Condition

__all__ = [
    "CONDITIONS",
    "Condition",
    "ConditionError",
    "Line",
    "Literal",
    "all_true",
    "conditions_reference",
    "day",
    "job",
    "parse_line",
    "parse_literal",
    "past",
    "person",
    "place",
    "search",
    "trade",
]
