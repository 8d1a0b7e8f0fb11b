"""Column types that behave alike on SQLite and PostgreSQL."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Double, Integer, Text
from sqlalchemy.types import TypeDecorator

BigId = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers only an INTEGER key by itself
LARGEST_INTEGER = 2**63 - 1


def fits(number: int) -> bool:
    """Whether both databases can hold the integer; a forged button may carry any."""
    return -LARGEST_INTEGER - 1 <= number <= LARGEST_INTEGER


def clean(text: str) -> str:
    """The text without null characters (PostgreSQL refuses them) and with lone surrogates replaced."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


class Instant(TypeDecorator[datetime]):
    """An aware instant in, an aware UTC instant out. A naive one raises ValueError.

    SQLite holds it as text of fixed width, which sorts as the instants do.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        return _instant_to_text if dialect.name == "sqlite" else _instant_in_utc

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        return _instant_from_text if dialect.name == "sqlite" else _instant_in_utc


def _instant_in_utc(value: datetime | None) -> datetime | None:
    if value is None or value.tzinfo is UTC:
        return value
    if value.tzinfo is None:
        raise ValueError(f"an instant needs a time zone, this one has none: {value!r}")
    return value.astimezone(UTC)


@lru_cache(maxsize=64)  # the instant of a turn goes into half a dozen columns
def _instant_to_text(value: datetime | None) -> str | None:
    instant = _instant_in_utc(value)
    return None if instant is None else instant.isoformat(" ", "microseconds")[:26]


def _instant_from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value + "+00:00")


class LocalTime(TypeDecorator[datetime]):
    """A wall-clock moment without zone (the zone sits in a column of its own).

    An aware one raises ValueError.
    """

    impl = DateTime(timezone=False)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is not None:
            raise ValueError(f"a local time has no time zone, this one does: {value!r}")
        return value


class SafeText(TypeDecorator[str]):
    """Text, cleaned of what PostgreSQL or UTF-8 cannot hold. The one place where that happens."""

    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[str | None], str | None]:
        return _cleaned


def _cleaned(value: str | None) -> str | None:
    return None if value is None else clean(value)


class Real(TypeDecorator[float]):
    """A float of double precision; both drivers give it back as such, whatever the statement knows of the column."""

    impl = Double
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        return None


_to_json = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


class Json(TypeDecorator[Any]):
    """Plain values (dictionaries, lists, strings, numbers) as JSON text. None is SQL's NULL."""

    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str | None]:
        return _json_text

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], Any]:
        return _from_json_text


def _json_text(value: Any) -> str | None:
    return None if value is None else clean(_to_json(value))


def _from_json_text(value: str | None) -> Any:
    return None if value is None else json.loads(value)
