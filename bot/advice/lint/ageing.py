"""Checks on what grows old: reviews, links, and figures that the law or a price list changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from bot.advice.faults import Fault
from bot.advice.links import Link
from bot.advice.lint.said import Item, sayings

STALE_DAYS = 366
"""A review, or the check of a link, older than this many days is to be done again."""

STALE_FIGURE_DAYS = 183
"""The same for an item with a figure that ages."""

_AGES = re.compile(
    r"\b(?:19|20)\d\d\b|\d[\d\s.,]*(?:€|euros?\b|%|pour ?cent\b|percent\b)|€\s?\d", re.IGNORECASE
)

Found = Iterator[tuple[str, str]]  # field, message


def check_age(item: Item, today: date) -> Found:
    """Faults of the review date on that day."""
    days = (today - item.reviewed).days
    if days > STALE_DAYS:
        yield "reviewed", f"was last reviewed on {item.reviewed}, more than 12 months ago"
        return
    if days < 0:
        yield "reviewed", f"lies in the future: {item.reviewed}"
    if days <= STALE_FIGURE_DAYS:
        return
    for said in sayings(item):
        if match := _AGES.search(said.text):
            yield said.path, f"has a figure that ages, reviewed more than 6 months ago: {match[0].strip()!r}"


def stale_links(links: Mapping[str, Link], today: date) -> Iterator[Fault]:
    """Links that nobody has opened for 12 months."""
    for link in links.values():
        if (today - link.checked).days > STALE_DAYS:
            message = f"was last checked on {link.checked}, more than 12 months ago"
            yield Fault(link.file, link.url, "checked", message)
