"""The conditions by name: what they take, which answers they need, and what they test."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot.advice.conditions.truth import Truth
from bot.advice.facts import Facts
from bot.advice.profile import Profile

Arg = int | float | str


class Parameter(Protocol):
    """What an argument may be. `read` raises ValueError with what was expected."""

    @property
    def name(self) -> str: ...

    @property
    def expected(self) -> str: ...

    def read(self, text: str) -> Arg: ...


@dataclass(frozen=True, slots=True)
class Number:
    """A number between two bounds, both included."""

    name: str
    low: float
    high: float
    whole: bool = True

    @property
    def expected(self) -> str:
        return f"a {'whole ' if self.whole else ''}number from {self.low:g} to {self.high:g}"

    def read(self, text: str) -> Arg:
        try:
            value = float(text)
        except ValueError:
            raise ValueError(self.expected) from None
        if not self.low <= value <= self.high or (self.whole and value != int(value)):
            raise ValueError(self.expected)
        return int(value) if value == int(value) else value


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some words."""

    name: str
    values: tuple[str, ...]

    @property
    def expected(self) -> str:
        return f"one of {', '.join(self.values)}"

    def read(self, text: str) -> Arg:
        if text not in self.values:
            raise ValueError(self.expected)
        return text


@dataclass(frozen=True, slots=True)
class Code:
    """An official code, kept as text so that its first zero is not lost."""

    name: str
    pattern: str
    expected: str

    def read(self, text: str) -> Arg:
        if not re.fullmatch(self.pattern, text):
            raise ValueError(self.expected)
        return text


Change = Callable[..., Profile]


@dataclass(frozen=True, slots=True)
class Condition:
    """A named predicate `(facts, *args) -> True | False | None`.

    needs: fields of the profile without which the result is unknown.
    reads: everything that the result depends on: fields of the profile, "occupation", "today", or one of the
    small sums of the history that `evaluation` names.
    change: how a profile would become one for which it is true; None where a person cannot or should not
    change it.
    variant: the argument or the person's own value that decides the words of its sentence.
    """

    name: str
    test: Callable[..., Truth]
    doc: str
    needs: tuple[str, ...]
    reads: tuple[str, ...]
    parameter: Parameter | None
    many: bool
    change: Change | None
    variant: Callable[..., str | None] | None

    @property
    def signature(self) -> str:
        """ "long_search(n)", "wants(x, ...)", "driver"."""
        if self.parameter is None:
            return self.name
        return f"{self.name}({self.parameter.name}{', ...' if self.many else ''})"


CONDITIONS: dict[str, Condition] = {}


def condition(
    *needs: str,
    takes: Parameter | None = None,
    many: bool = False,
    reads: tuple[str, ...] | None = None,
    change: Change | None = None,
    variant: Callable[..., str | None] | None = None,
) -> Callable[[Callable[..., Truth]], Callable[..., Truth]]:
    """Register a predicate under its own name; its docstring is the line of the reference page."""

    def register(test: Callable[..., Truth]) -> Callable[..., Truth]:
        name = test.__name__
        if name in CONDITIONS:
            raise ValueError(f"condition {name} is registered twice")
        CONDITIONS[name] = Condition(
            name=name,
            test=test,
            doc=" ".join((test.__doc__ or "").split()),
            needs=needs,
            reads=needs if reads is None else reads,
            parameter=takes,
            many=many,
            change=change,
            variant=variant,
        )
        return test

    return register


def own_argument(facts: Facts, *args: Arg) -> str | None:
    """The words depend on the argument itself: frustrated(network)."""
    return str(args[0]) if args else None
