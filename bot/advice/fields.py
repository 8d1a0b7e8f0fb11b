"""Reading typed fields out of TOML tables. Every fault is noted with its file, item and field; reading goes
on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from bot.advice.conditions.parsing import ConditionError, Line, parse_line
from bot.advice.faults import Fault
from bot.advice.sentences import Phrase

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
E = TypeVar("E", bound=StrEnum)


class Table:
    """One TOML table being read. Each accessor takes a field out; `finish` then names the fields nobody asked
    for.
    """

    def __init__(
        self, values: Mapping[str, Any], file: str, item: str, faults: list[Fault], prefix: str = ""
    ) -> None:
        self.values = values
        self.file = file
        self.item = item
        self.faults = faults
        self.prefix = prefix
        self.known: list[str] = []

    def fault(self, field: str, message: str) -> None:
        self.faults.append(Fault(self.file, self.item, f"{self.prefix}{field}", message))

    def take(self, field: str, *, required: bool = True, expected: str = "a value") -> Any:
        """The raw value or None; a required field that is absent is a fault."""
        self.known.append(field)
        value = self.values.get(field)
        if value is None and required:
            self.fault(field, f"is missing; expected {expected}")
        return value

    def text(
        self, field: str, *, required: bool = True, expected: str = "some words between quotes"
    ) -> str | None:
        value = self.take(field, required=required, expected=expected)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            self.fault(field, f"expected {expected}, found {value!r}")
            return None
        return value.strip()

    def whole(self, field: str, low: int, high: int) -> int:
        expected = f"a whole number from {low} to {high}"
        value = self.take(field, expected=expected)
        if value is None:
            return low
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            self.fault(field, f"expected {expected}, found {value!r}")
            return low
        return value

    def choice(self, field: str, kind: type[E]) -> E:
        expected = f"one of {', '.join(kind)}"
        value = self.take(field, expected=expected)
        return self._as_choice(field, value, kind, expected) or next(iter(kind))

    def option(self, field: str, kind: type[E]) -> E | None:
        """A choice that may be left out."""
        expected = f"one of {', '.join(kind)}"
        return self._as_choice(field, self.take(field, required=False), kind, expected)

    def _as_choice(self, field: str, value: object, kind: type[E], expected: str) -> E | None:
        if isinstance(value, str) and value in tuple(kind):
            return kind(value)
        if value is not None:
            self.fault(field, f"expected {expected}, found {value!r}")
        return None

    def words(self, field: str, *, required: bool = True) -> tuple[str, ...]:
        """A list of strings, without doubles."""
        expected = 'a list such as ["one", "two"]'
        value = self.take(field, required=required, expected=expected)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
            self.fault(field, f"expected {expected}, found {value!r}")
            return ()
        if len(set(value)) < len(value):
            self.fault(field, "names the same thing twice")
        return tuple(dict.fromkeys(value))

    def choices(self, field: str, kind: type[E]) -> tuple[E, ...]:
        expected = f"a list of {', '.join(kind)}"
        found = (self._as_choice(field, word, kind, expected) for word in self.words(field))
        return tuple(value for value in found if value is not None)

    def day(self, field: str) -> date:
        expected = "a date such as 2026-11-26, without quotes"
        value = self.take(field, expected=expected)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if value is not None:
            self.fault(field, f"expected {expected}, found {value!r}")
        return date.min

    def flag(self, field: str) -> bool:
        value = self.take(field, required=False)
        if value is not None and not isinstance(value, bool):
            self.fault(field, f"expected true or false, found {value!r}")
        return value is True

    def address(self, field: str, *, required: bool = False) -> str | None:
        value = self.text(field, required=required, expected="an address that starts with https://")
        if value is not None and not re.fullmatch(r"https://[^\s/]+\.[^\s]+", value):
            self.fault(field, f"expected an address that starts with https://, found {value!r}")
        return value

    def identifier(self, field: str = "id") -> str:
        expected = "lower-case words joined by hyphens"
        value = self.text(field, expected=expected)
        if value is not None and not ID.fullmatch(value):
            self.fault(field, f"expected {expected}, found {value!r}")
        return value or ""

    def lines(self, field: str, *, required: bool = True) -> tuple[Line, ...]:
        """Lines of conditions, parsed."""
        parsed: list[Line] = []
        for text in self.words(field, required=required):
            try:
                parsed.append(parse_line(text))
            except ConditionError as error:
                self.fault(field, str(error))
        return tuple(parsed)

    def table(self, field: str, *, required: bool = True) -> Table | None:
        """A table inside this one."""
        value = self.take(field, required=required, expected=f"a table [{self.prefix}{field}]")
        if value is None:
            return None
        if not isinstance(value, Mapping):
            self.fault(field, f"expected a table, found {value!r}")
            return None
        return Table(value, self.file, self.item, self.faults, f"{self.prefix}{field}.")

    def tables(self, field: str) -> dict[str, Table]:
        """The named tables inside a table, each as a Table; nothing when the field is absent."""
        outer = self.table(field, required=False)
        if outer is None:
            return {}
        found = {name: outer.table(name) for name in outer.values}
        return {name: table for name, table in found.items() if table is not None}

    def phrase(self, name: str = "{}", *, required: bool = True) -> Phrase | None:
        """Both languages (with `_one` and `_none` forms) under a name such as "not_{}"; both or none."""
        fields = {language: name.format(language) for language in ("fr", "en")}
        words = {language: self.text(field, required=False) for language, field in fields.items()}
        forms = {
            f"{language}_{form}": self.text(f"{field}_{form}", required=False)
            for language, field in fields.items()
            for form in ("one", "none")
        }
        if words["fr"] is None and words["en"] is None and not required:
            return None
        for language, field in fields.items():
            if words[language] is None:
                self.fault(field, "is missing; expected some words between quotes")
        return Phrase(words["fr"] or "", words["en"] or "", **forms)

    def finish(self) -> None:
        """Note every field that nobody asked for."""
        for field in self.values:
            if field not in self.known:
                self.fault(field, f"is not a field of this table; expected {', '.join(self.known)}")


def each(entries: object, file: str, kind: str, faults: list[Fault]) -> Iterable[Table]:
    """The tables of an array such as `[[action]]`; a fault's item is its id, or its place in the file."""
    if not isinstance(entries, list):
        faults.append(Fault(file, "", kind, f"expected tables that start with [[{kind}]]"))
        return
    for place, values in enumerate(entries, start=1):
        if not isinstance(values, Mapping):
            faults.append(Fault(file, f"{kind} {place}", "", f"expected a table that starts with [[{kind}]]"))
            continue
        item_id = values.get("id") or values.get("url")
        yield Table(values, file, item_id if isinstance(item_id, str) else f"{kind} {place}", faults)
