"""Logs tell what happened, without secrets and without a word that a person wrote."""

from __future__ import annotations

import io
import json
import logging
import warnings
from collections.abc import Callable, Iterator

import pytest

from bot.settings import load_settings
from bot.telegram import logs
from bot.telegram.logs import REDACTED, configure, redact

TOKEN = "123456789:AAF-example_only_not_a_real_one"
Setup = Callable[..., io.StringIO]


@pytest.fixture
def setup() -> Iterator[Setup]:
    """Logging as in the program, into a buffer; put back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in (*logs.QUIET, "py.warnings")}

    def start(**env: str) -> io.StringIO:
        stream = io.StringIO()
        configure(load_settings(env), stream)
        return stream

    yield start
    logging.captureWarnings(False)
    root.handlers[:], root.level = handlers, level
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


def test_a_line_has_its_time_level_origin_and_values(setup: Setup) -> None:
    stream = setup()
    logging.getLogger("bot.test").info("row=%d failure=%s", 12, "temporary")
    assert stream.getvalue().endswith("+00:00 INFO bot.test: row=12 failure=temporary\n")


def test_json_lines_can_be_read_by_a_machine(setup: Setup) -> None:
    stream = setup(LOG_FORMAT="json", LOG_LEVEL="warning")
    logging.getLogger("bot.test").info("hidden")
    logging.getLogger("bot.test").warning("row=%d\nsecond line", 12)
    (line,) = stream.getvalue().splitlines()
    read = json.loads(line)
    assert (read["level"], read["logger"], read["text"]) == ("WARNING", "bot.test", "row=12\nsecond line")


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_secrets_are_taken_out_wherever_they_stand(setup: Setup, log_format: str) -> None:
    stream = setup(LOG_FORMAT=log_format)
    log = logging.getLogger("bot.test")
    log.info("https://api.telegram.org/bot%s/getMe", TOKEN)
    log.info("postgresql+psycopg://bob:s3cret@db/bob")
    try:
        raise ValueError(f"token {TOKEN}")
    except ValueError:
        log.exception("failed")
    assert TOKEN not in stream.getvalue()
    assert "s3cret" not in stream.getvalue()
    assert stream.getvalue().count(REDACTED) == 2


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_an_exception_tells_where_but_not_what_it_quotes(setup: Setup, log_format: str) -> None:
    stream = setup(LOG_FORMAT=log_format)
    try:
        try:
            int("Je m'appelle Zoé")
        except ValueError as error:
            raise RuntimeError("about Zoé") from error
    except RuntimeError:
        logging.getLogger("bot.test").exception("turn failed update=%d", 7)
    text = stream.getvalue()
    assert "Zoé" not in text
    assert "RuntimeError at test_logs.py:" in text
    assert "from ValueError at test_logs.py:" in text
    assert len(text.splitlines()) == 1


def test_libraries_and_warnings_that_quote_updates_are_quiet(setup: Setup) -> None:
    stream = setup()
    logging.getLogger("aiogram.event").info("Update id=1 is handled")
    logging.getLogger("aiogram.event").warning("words of Zoé")
    logging.getLogger("aiohttp.access").info("GET /bot/secret")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("Update: Zoé", RuntimeWarning, stacklevel=1)
    assert stream.getvalue() == ""


def test_hints_about_variables_are_logged(setup: Setup) -> None:
    assert "did you mean LOG_LEVEL?" in setup(LOG_LEVELS="x").getvalue()


def test_ordinary_times_and_addresses_are_left_alone() -> None:
    for text in ("at 12:30:00", "http://127.0.0.1:8080/", "row=12 failure=temporary", "10:20 users"):
        assert redact(text) == text
