"""Logging, set up in one place: one line per event, no secret, no word that a person wrote.

Lines are `key=value` text or JSON. Of exceptions, types and places are kept and texts left out: those of a
database or of a parser quote what they were given.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final, TextIO

from bot.settings import Settings

REDACTED: Final = "[secret]"
_SECRETS = re.compile(r"(?P<token>\d{3,20}:[A-Za-z0-9_-]{20,})|(?<=://)(?P<login>[^/\s:@]*:[^/\s@]*)(?=@)")
# What others log goes out from this level on: aiogram tells every update, and an unknown one word for word.
QUIET: Final = {
    "aiogram": logging.WARNING,
    "aiogram.event": logging.ERROR,
    "aiohttp": logging.WARNING,
    "aiohttp.access": logging.ERROR,
    "apscheduler": logging.WARNING,
    "alembic": logging.WARNING,
    "transitions": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "asyncio": logging.WARNING,
}
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def configure(settings: Settings, stream: TextIO | None = None) -> None:
    """Send everything to standard error, or `stream`; replaces what was set up before."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines() if settings.log_format == "json" else KeyValueLines())
    handler.addFilter(RedactSecrets())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level)
    for name, level in QUIET.items():
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)  # aiogram's quote whole updates
    for hint in settings.hints:
        logging.getLogger(__name__).warning("%s", hint)


def redact(text: str) -> str:
    """The text without tokens and without the passwords of addresses."""
    return _SECRETS.sub(REDACTED, text)


class RedactSecrets(logging.Filter):
    """Takes secrets out of every record, its arguments included."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(record.getMessage()), None
        return True


class _SafeFormatter(logging.Formatter):
    """Formats exceptions without their texts."""

    def formatException(self, ei: Any) -> str:  # noqa: N802
        return redact(describe(ei[1])) if ei[1] is not None else ""

    def when(self, record: logging.LogRecord) -> str:
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


class KeyValueLines(_SafeFormatter):
    """`2026-12-01T08:00:00.000+00:00 INFO bot.telegram.polling: row=12 failure=temporary`."""

    def format(self, record: logging.LogRecord) -> str:
        line = f"{self.when(record)} {record.levelname} {record.name}: {_one_line(record.getMessage())}"
        return f"{line} {self.formatException(record.exc_info)}" if record.exc_info else line


class JsonLines(_SafeFormatter):
    """One JSON object per line: time, level, logger, text, and what failed."""

    def format(self, record: logging.LogRecord) -> str:
        values = {
            "time": self.when(record),
            "level": record.levelname,
            "logger": record.name,
            "text": record.getMessage(),
        }
        if record.exc_info:
            values["exception"] = self.formatException(record.exc_info)
        return json.dumps(values, ensure_ascii=False)


def describe(error: BaseException) -> str:
    """Types of an exception and its causes, and where each was raised: `KeyError at turns.py:12 in find`."""
    told: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(told) < 8:
        frames = traceback.extract_tb(cause.__traceback__)[-6:]
        places = " < ".join(
            f"{frame.filename.rpartition('/')[2]}:{frame.lineno} in {frame.name}"
            for frame in reversed(frames)
        )
        told.append(f"{type(cause).__name__} at {places}" if places else type(cause).__name__)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return " | from ".join(told)


def _one_line(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " | ")
