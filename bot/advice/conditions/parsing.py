"""Lines of `when`: "not frustrated(network) or network(large)", read once, checked, then evaluated."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from bot.advice.conditions.registry import CONDITIONS, Arg, Condition
from bot.advice.conditions.truth import Truth, all_of, any_of, negate
from bot.advice.facts import Facts

_LITERAL = re.compile(r"(?P<negated>not\s+)?(?P<name>[a-z][a-z0-9_]*)\s*(?:\(\s*(?P<args>[^()]*?)\s*\))?")


class ConditionError(ValueError):
    """A `when` line that cannot be read; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class Literal:
    """One condition with its arguments, perhaps negated."""

    name: str
    args: tuple[Arg, ...] = ()
    negated: bool = False

    @property
    def condition(self) -> Condition:
        return CONDITIONS[self.name]

    @property
    def positive(self) -> Literal:
        """The same without "not"."""
        return Literal(self.name, self.args)

    def test(self, facts: Facts) -> Truth:
        result = CONDITIONS[self.name].test(facts, *self.args)
        return negate(result) if self.negated else result

    def __str__(self) -> str:
        args = f"({', '.join(map(str, self.args))})" if self.args else ""
        return f"{'not ' if self.negated else ''}{self.name}{args}"


@dataclass(frozen=True, slots=True)
class Line:
    """Literals joined by "or"."""

    literals: tuple[Literal, ...]

    def test(self, facts: Facts) -> Truth:
        return any_of(literal.test(facts) for literal in self.literals)

    def missing(self, facts: Facts) -> tuple[str, ...]:
        """Fields without an answer that keep this line unknown; empty when it is true or false."""
        if self.test(facts) is not None:
            return ()
        unknown = (literal for literal in self.literals if literal.test(facts) is None)
        fields = (need for literal in unknown for need in literal.condition.needs)
        return tuple(dict.fromkeys(need for need in fields if getattr(facts.profile, need) is None))

    def __str__(self) -> str:
        return " or ".join(map(str, self.literals))


def all_true(lines: Iterable[Line], facts: Facts) -> Truth:
    """Whether every line holds, three-valued; true when there is none."""
    return all_of(line.test(facts) for line in lines)


def parse_literal(text: str) -> Literal:
    """Read `[not] name[(arg, ...)]`; ConditionError says what is wrong and what was expected."""
    match = _LITERAL.fullmatch(text.strip())
    if match is None:
        raise ConditionError(
            f"{text.strip()!r} is not a condition; expected [not] name or [not] name(argument, ...)"
        )
    known = CONDITIONS.get(match["name"])
    if known is None:
        near = get_close_matches(match["name"], CONDITIONS, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise ConditionError(f"there is no condition named {match['name']!r}{hint}")
    return Literal(known.name, _arguments(known, match["args"]), bool(match["negated"]))


def _arguments(known: Condition, given: str | None) -> tuple[Arg, ...]:
    texts = [part.strip().strip("\"'") for part in given.split(",")] if given else []
    parameter = known.parameter
    if parameter is None:
        if texts or given is not None:
            raise ConditionError(f"{known.name} takes no argument")
        return ()
    if not texts:
        raise ConditionError(f"{known.name} needs an argument: {parameter.expected}")
    if len(texts) > 1 and not known.many:
        raise ConditionError(f"{known.name} takes one argument only: {parameter.expected}")
    read: list[Arg] = []
    for text in texts:
        try:
            read.append(parameter.read(text))
        except ValueError as error:
            raise ConditionError(f"{known.name} got {text!r}; expected {error}") from None
    return tuple(read)


def parse_line(text: str) -> Line:
    """Read one line of `when`: literals joined by " or "."""
    return Line(tuple(parse_literal(part) for part in re.split(r"\s+or\s+", text.strip())))
