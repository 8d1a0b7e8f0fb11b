"""A mixed life, and the page on which counsellors read and approve a replay."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.async_api import Browser

from bot.commands.habits import HABITS, presses
from tests.browser import browser
from tests.commands.running import EXAMPLE, Bob

__all__ = ["browser"]
Write = Callable[..., Path]
START = "2026-11-30"


class Page(HTMLParser):
    """What a reader sees, and how many elements of each kind there are."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: Counter[str] = Counter()
        self.open: list[str] = []
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def page(bob: Bob, *options: str | Path, profile: Path = EXAMPLE) -> str:
    ran = bob("replay", "--profile", profile, "--date", START, "--format", "html", *options)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


@pytest.mark.parametrize("habits", HABITS)
@pytest.mark.parametrize(("language", "form"), [("fr", "vous"), ("fr", "tu"), ("en", "vous")])
def test_every_day_with_a_message_has_a_card_that_holds_all_of_it(
    bob: Bob, habits: str, language: str, form: str
) -> None:
    options = ("--days", "21", "--habits", habits, "--lang", language, "--form", form)
    messages = bob("replay", "--profile", EXAMPLE, "--date", START, "--json", *options).json
    read = Page(page(bob, *options))
    assert read.open == []
    assert read.tags["article"] == len({message["at"][:10] for message in messages})
    for message in messages:
        assert message["text"] in read.text
        for words in (*message["buttons"], *message.get("because", ()), *message.get("conditions", ())):
            assert words in read.text, words


def test_the_page_needs_nothing_from_elsewhere(bob: Bob) -> None:
    content = page(bob, "--days", "30", "--habits", "mixed")
    assert content.startswith('<!doctype html>\n<html lang="fr">')
    assert Page(content).tags.keys().isdisjoint({"script", "link", "img", "iframe"})
    assert not re.search(r"url\(|@import|\bsrc=", content)
    assert "prefers-color-scheme: dark" in content
    assert 'name="viewport"' in content


def test_what_the_person_typed_is_text_and_nothing_else(bob: Bob, profile_file: Write) -> None:
    wicked = profile_file(first_name="<img src=x onerror=alert(1)>", job="a & b", hour="10:00")
    content = page(bob, "--days", "40", profile=wicked)
    assert "<img" not in content
    assert "&lt;img src=x onerror=alert(1)&gt;" in content
    assert "<img src=x onerror=alert(1)>" in Page(content).text


def test_accents_are_whole_in_a_file(bob: Bob, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    ran = bob(
        "replay", "--profile", EXAMPLE, "--date", START, "--format", "html", "--days", "20", "--output", file
    )
    assert (ran.code, ran.out) == (0, "")
    content = file.read_bytes().decode("utf-8")
    assert '<meta charset="utf-8">' in content
    assert "Mercredi 2 décembre" in content
    assert "Prénom : Samira" in content


def test_a_file_that_cannot_be_written_is_told_in_a_sentence(bob: Bob, tmp_path: Path) -> None:
    ran = bob("replay", "--profile", EXAMPLE, "--days", "2", "--output", tmp_path / "no" / "x.txt")
    assert ran.code == 1
    assert "cannot be written" in ran.sentence


def test_what_the_person_pressed_is_marked_on_its_message(bob: Bob) -> None:
    messages = bob(
        "replay", "--profile", EXAMPLE, "--date", START, "--json", "--days", "10", "--habits", "always"
    ).json
    pushed = [message for message in messages if "action" in message]
    assert {tuple(message["did"]) for message in pushed} == {("C'est fait", "Ça va")}
    assert {message["pressed"] for message in pushed} == {"C'est fait"}
    asked = [message for message in messages if "Ça va" in message["buttons"]]
    assert {message["pressed"] for message in asked} == {"Ça va"}
    content = page(bob, "--days", "10", "--habits", "always")
    assert content.count('class="pressed"') == 2 * len(pushed)


def test_a_day_without_an_answer_says_so(bob: Bob) -> None:
    content = page(bob, "--days", "10", "--habits", "never")
    assert content.count("Pas de réponse") >= content.count("<article>")


# A mixed life


def test_a_mixed_life_holds_every_kind_of_answer_and_silence() -> None:
    days = [date(2026, 11, 30) + timedelta(number) for number in range(200)]
    ways = Counter(presses("mixed", day, "nina", 0)[:1] for day in days)
    assert set(ways) == {("done",), ("easier",), ("refuse",), ("stuck",), ("later",), ()}
    assert 40 <= ways[()] <= 80  # about three days in ten


def test_it_is_the_same_for_the_same_person_and_differs_between_people() -> None:
    days = [date(2026, 11, 30) + timedelta(number) for number in range(30)]
    nina, again, omar = ([presses("mixed", day, who, 0) for day in days] for who in ("nina", "nina", "omar"))
    assert nina == again != omar


def test_every_press_of_a_mixed_life_is_one_that_bob_understands(bob: Bob) -> None:
    """A press that fits nothing would end the day's answers early."""
    messages = bob("replay", "--profile", EXAMPLE, "--date", START, "--json", "--habits", "mixed").json
    for message in messages:
        if "action" in message:
            day = date.fromisoformat(message["at"][:10])
            assert len(message["did"]) == len(presses("mixed", day, "cli", 0))
    assert sum(bool(message.get("did")) for message in messages) > 20


def test_two_months_are_the_usual_length(bob: Bob) -> None:
    messages = bob("replay", "--profile", EXAMPLE, "--date", START, "--json", "--habits", "always").json
    last = date.fromisoformat(messages[-1]["at"][:10])
    assert timedelta(57) <= last - date.fromisoformat(START) <= timedelta(59)


# In a browser


@pytest.mark.browser
@pytest.mark.parametrize(
    ("width", "scheme", "dark"), [(1200, "light", False), (360, "dark", True), (320, "light", False)]
)
async def test_it_fits_the_screen_and_follows_its_colours(
    bob: Bob, browser: Browser, tmp_path: Path, width: int, scheme: str, dark: bool
) -> None:
    file = tmp_path / "page.html"
    file.write_text(page(bob, "--days", "30", "--habits", "mixed"), "utf-8")
    shown = await browser.new_page(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    await shown.goto(file.as_uri())
    assert await shown.evaluate("document.documentElement.scrollWidth") <= width
    colour = await shown.evaluate("getComputedStyle(document.body).backgroundColor")
    red, green, blue = map(int, re.findall(r"\d+", colour))
    assert (red + green + blue < 150) is dark
