"""`bob understand KIND`: one line of text in, one line of JSON out."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any, BinaryIO, TextIO

from bot.sources.occupations import occupations
from bot.sources.places import places

LONGEST_LINE = 4096
"""Characters of a line at most: what Telegram lets anybody send in one message."""

Reader = Callable[[str, date, str | None], dict[str, Any]]
"""A text, today, and the language if it is known."""


SAME_WORDS = 0.95
"""Score from which words are a job by name, and not only like one or the place where it is done."""


class LineError(ValueError):
    """A line that cannot be read; the message says why."""


def _duration(text: str, today: date, language: str | None) -> dict[str, Any]:
    from bot.understanding.durations import duration

    found = duration(text, today)
    return {"months": found.months, "kind": found.kind}


def _intent(text: str, today: date, language: str | None) -> dict[str, Any]:
    from bot.understanding.intents import everyday

    return {"intent": everyday(text)}


def _pause(text: str, today: date, language: str | None) -> dict[str, Any]:
    from bot.understanding.pauses import pause

    found = pause(text, today)
    return {"until": _iso(found.until), "kind": found.kind}


def _application(text: str, today: date, language: str | None) -> dict[str, Any]:
    from bot.understanding.applications import application

    found = application(text, today, is_job=is_job)
    return {"company": found.company, "job": found.job, "status": found.status, "date": _iso(found.date)}


def _appointment(text: str, today: date, language: str | None) -> dict[str, Any]:
    from bot.understanding.appointments import appointment

    found = appointment(text, today)
    return {
        "what": found.what,
        "kind": found.kind,
        "place": found.place,
        "date": _iso(found.day),
        "time": f"{found.at:%H:%M}" if found.at else None,
        "former": _iso(found.former),
    }


def _job(text: str, today: date, language: str | None) -> dict[str, Any]:
    found = occupations().search(text)
    candidates = [
        {"code": one.entry.code, "code_v3": one.entry.code_v3, "label": one.entry.label(language or "fr")}
        | {"score": one.score}
        for one in found.candidates
    ]
    return {"decision": found.decision, "candidates": candidates}


def _place(text: str, today: date, language: str | None) -> dict[str, Any]:
    found = places().search(text)
    candidates = [
        {"insee": one.entry.insee, "name": one.entry.name, "department": one.entry.department}
        | {"kind": one.entry.kind, "score": round(one.score, 3)}
        for one in found.candidates
    ]
    return {"decision": found.decision, "candidates": candidates}


KINDS: dict[str, Reader] = {
    "job": _job,
    "place": _place,
    "duration": _duration,
    "intent": _intent,
    "application": _application,
    "pause": _pause,
    "appointment": _appointment,
}
"""What can be understood. A kind is one line here. The last five know both languages and need not be told
which; a job is labelled in the language asked for, French by default.
"""


@lru_cache(maxsize=4096)
def is_job(words: str) -> bool:
    """Whether the embedded list knows these very words as a job."""
    found = occupations().search(words).candidates
    return bool(found) and found[0].score >= SAME_WORDS


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def read_line(line: bytes) -> str:
    """The text of a line; raises LineError for what is no text of a message."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        raise LineError("not UTF-8") from None
    text = text.rstrip("\r\n")
    if len(text) > LONGEST_LINE:
        raise LineError(f"longer than {LONGEST_LINE} characters")
    if not text.strip():
        raise LineError("empty")
    if any(unicodedata.category(char) == "Cc" and char != "\t" for char in text):
        raise LineError("control characters")
    return text


def understood(
    kind: str, lines: Iterable[bytes], today: date, language: str | None = None
) -> Iterator[dict[str, Any]]:
    """One result a line, in order; `{"error": ...}` for a line that cannot be read."""
    read = KINDS[kind]
    for line in lines:
        try:
            yield read(read_line(line), today, language)
        except LineError as error:
            yield {"error": str(error)}


def understand(
    kind: str,
    lines: Iterable[bytes],
    today: date,
    language: str | None,
    *,
    as_json: bool,
    out: TextIO | None = None,
) -> int:
    """Print what was understood of each line. A terminal or a pipe that is waited on gets every line at once."""
    out = out or sys.stdout
    for found in understood(kind, lines, today, language):
        out.write(json.dumps(found, ensure_ascii=False) if as_json else _as_text(found))
        out.write("\n")
        if getattr(lines, "waiting", False):
            out.flush()
    out.flush()
    return 0


def _as_text(found: dict[str, Any]) -> str:
    return ", ".join(f"{name}: {'-' if value is None else value}" for name, value in found.items())


class Lines:
    """The lines of a stream. `waiting` tells that no further line has come yet, so that an answer should go out now."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._kept = b""
        self.waiting = False

    def __iter__(self) -> Iterator[bytes]:
        read = getattr(self._stream, "read1", self._stream.read)
        while block := read(65536):
            *whole, self._kept = (self._kept + block).split(b"\n")
            for index, line in enumerate(whole):
                self.waiting = index == len(whole) - 1
                yield line
        if self._kept:
            yield self._kept
