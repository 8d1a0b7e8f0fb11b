"""Checks on one item that are not about its words: payload, source, links, strategies, dates, device."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date

from bot.advice.facts import Family
from bot.advice.items import Action, Device, Grade, Strategy
from bot.advice.lint.said import Item, sayings

STALE_DAYS = 366
"""A review older than this many days is to be done again."""

COUNSELLING = "Pratique de conseil"
_NEEDS_PAYLOAD = (Family.APPLICATION, Family.NETWORK)
_FRENCH_SERVICE = re.compile(
    r"France Travail|[Mm]issions? locale|\bCAF\b|\bCPF\b|\bApec\b|Cap emploi|France services|Agefiph"
)
_FRENCH_LINK = re.compile(r"https://[^/]+\.fr(/|$)")
_IN_FRANCE = ("overseas", "region", "department")
_ADDRESS = re.compile(r"https?://[^\s\])»\"]+")

Found = Iterator[tuple[str, str]]  # field, message


def check_item(item: Item, strategies: Collection[str], links: Collection[str], today: date | None) -> Found:
    """Faults of one item, given the ids of strategies and the addresses that may be used."""
    yield from _source(item)
    if today is not None and (today - item.reviewed).days > STALE_DAYS:
        yield "reviewed", f"was last reviewed on {item.reviewed}, more than 12 months ago"
    if today is not None and item.reviewed > today:
        yield "reviewed", f"lies in the future: {item.reviewed}"
    yield from _links(item, links)
    if isinstance(item, Action):
        yield from _action(item, strategies)


def _source(item: Item) -> Found:
    if item.source.startswith("https://"):
        return
    if item.source == COUNSELLING:
        if item.grade in (Grade.TRIAL, Grade.OBSERVED):
            yield "source", f"grade {item.grade} needs the address of the study"
        return
    yield "source", f'expected an address that starts with https://, or "{COUNSELLING}"'


def _links(item: Item, links: Collection[str]) -> Found:
    if isinstance(item, Action) and item.link is not None and item.link not in links:
        yield "link", f"{item.link} is not listed in links/*.toml"
    for said in sayings(item):
        for address in _ADDRESS.findall(said.text):
            if address.rstrip(".,;:") not in links:
                yield said.path, f"{address} is not listed in links/*.toml"


def _in_france(action: Action) -> Found:
    """Somebody abroad must not be sent to a French service."""
    spoken = " ".join(f"{one.text} {one.first} {one.easier}" for one in (action.fr, action.en))
    french = _FRENCH_SERVICE.search(spoken) or _FRENCH_LINK.match(action.link or "")
    literals = [line.literals[0] for line in action.when if len(line.literals) == 1]
    home = any(one.name == "abroad" if one.negated else one.name in _IN_FRANCE for one in literals)
    if french and not home:
        yield "when", 'sends people to a French service; add the line "not abroad"'


def _action(action: Action, strategies: Collection[str]) -> Found:
    yield from _in_france(action)
    for served in action.serves:
        if served not in strategies:
            yield "serves", f"there is no strategy named {served}"
    if action.minutes > 1 and action.easier_minutes >= action.minutes:
        yield (
            "easier_minutes",
            f"the easier variant takes {action.easier_minutes} minutes of {action.minutes}",
        )
    payloads = (action.fr.payload, action.en.payload)
    if action.family in _NEEDS_PAYLOAD or "follow-up" in action.id:
        if not all(payloads):
            yield "payload", "is missing: the hardest part is to be done already, in both languages"
    elif any(payloads) and not all(payloads):
        yield "payload", "is there in one language only"
    if action.device is Device.COMPUTER:
        for language, word in (("fr", "ordinateur"), ("en", "computer")):
            wording = action.wording(language)
            if word not in f"{wording.text} {wording.first}".lower():
                yield f"{language}.text", f"needs a computer and does not say so ({word})"


def check_ids(item: Strategy | Action, others: Collection[str]) -> Found:
    """An id of a strategy that is also an action's."""
    if isinstance(item, Strategy) and item.id in others:
        yield "id", "is also the id of an action"
