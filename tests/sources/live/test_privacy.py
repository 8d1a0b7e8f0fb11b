"""What leaves Bob: the words of a job or a town. Nothing says who typed them; no log repeats them."""

from __future__ import annotations

import asyncio
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.live.cleaning import LONGEST, cleaned, parts
from tests.sources.live.conftest import Embedded, Make
from tests.sources.live.services import CLIENT_ID, SECRET, Services, problem

NAMES = ("Marie-Amina",)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("serveuse", "serveuse"),
        ("  Aide-soignante de nuit !! ", "Aide-soignante de nuit"),
        ("développeur C++", "développeur C++"),
        ("56100", "56100"),
        ("Nanterre 92000", "Nanterre 92000"),
        ("l'Haÿ-les-Roses", "l'Haÿ-les-Roses"),
        ("serveuse, amina.b@example.org", "serveuse"),
        ("serveuse 06 12 34 56 78", "serveuse"),
        ("serveuse +33(0)6.12-34-56-78 à Lyon", "serveuse à Lyon"),
        ("vendeuse 2 85 05 78 006 084 36", "vendeuse"),
        ("mon cv : https://example.org/cv/amina", "mon cv"),
        ("serveuse @amina_b", "serveuse"),
        ("je m'appelle Amina et je suis serveuse", "et je suis serveuse"),
        ("Je m’appelle Amina Ben Salah, serveuse", "serveuse"),
        ("my name is Amina Ben Salah. Waitress", "Waitress"),
        ("mon nom est Ben, plombier", "plombier"),
        ("c'est Amina, serveuse", "c'est serveuse"),
        ("AMINA serveuse", "serveuse"),
        ("\u202eserveuse\x00", "serveuse"),
        ("serveuse\nou\nvendeuse", "serveuse, ou, vendeuse"),
        ("amina@example.org", ""),
        ("!?", ""),
    ],
)
def test_words_are_sent_without_what_says_who_typed_them(typed: str, sent: str) -> None:
    assert cleaned(typed, NAMES) == sent


def test_long_words_are_cut_between_two_of_them() -> None:
    assert cleaned("serveuse " * 40) == " ".join(["serveuse"] * 9)
    assert len(cleaned("x" * 500)) == LONGEST


@given(st.text(max_size=600), st.lists(st.text(min_size=1, max_size=12), max_size=2))
def test_cleaning_takes_any_text(text: str, names: list[str]) -> None:
    words = cleaned(text, names)
    assert len(words) <= LONGEST
    assert "@" not in words
    assert not words or words[0].isalnum()
    assert all(part and part[0].isalnum() for part in parts(words))


@given(
    st.text(alphabet="abc ,;", max_size=20),
    st.text(alphabet="0123456789", min_size=10, max_size=15),
    st.text(max_size=20),
)
def test_no_long_number_is_sent(before: str, number: str, after: str) -> None:
    assert number not in cleaned(f"{before} {number} {after}")


def test_titles_are_told_apart() -> None:
    assert parts("serveuse ou vendeuse / caissière, 12") == ("serveuse", "vendeuse", "caissière")
    assert len(parts(", ".join("abcdefgh"))) == 5


async def test_nothing_that_says_who_they_are_reaches_a_service_or_a_log(
    make: Make, services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    private = ("Zoé", "amina.b@example.org", "0612345678", "06 12 34 56 78", "7000000001")
    text = "souffleuse de verre, c'est Zoé (amina.b@example.org, 06 12 34 56 78)"
    services.fails("romeo", problem(500), problem(500))
    live = make(jobs=Embedded(), places=Embedded())
    for _ in range(2):
        await live.look_up_job(text, ("Zoé",))
        await live.look_up_place("Zoé de Trifouilly-les-Oies 0612345678", ("Zoé",))
    await asyncio.sleep(0)
    assert {one.service for one in services.seen} == {
        "token-romeo", "token-rome", "romeo", "rome", "geo", "geocoder"
    }  # fmt: skip
    for one in services.seen:
        assert not any(word.lower() in one.whole.lower() for word in private), one.service
        assert one.headers["User-Agent"] == "bob"
        assert "Cookie" not in one.headers
        assert "Referer" not in one.headers
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("bot."))
    assert "source=romeo failed fault=server" in ours
    for word in (*private, "souffleuse", "Trifouilly", SECRET, CLIENT_ID, "token.number"):
        assert word not in ours
