"""Checks on one item that are not about its words: payload, source, links, strategies, dates, device."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bot.advice.facts import Family
from bot.advice.items import Action, Device, Grade, Strategy
from bot.advice.links import ADDRESS
from bot.advice.lint.said import Item, sayings
from bot.advice.unwritten import NO_STRATEGY, is_mark, unwritten

COUNSELLING = "Pratique de conseil"
_NEEDS_PAYLOAD = (Family.APPLICATION, Family.NETWORK)
_COMPUTER = {
    "fr": re.compile(r"\bordinateurs?\b", re.IGNORECASE),
    "en": re.compile(r"\b(?:computers?|laptops?)\b", re.IGNORECASE),
}
_WITHOUT = re.compile(r"\b(?:sans|ni|pas d'|without|no|not) (?:\w+ )?$", re.IGNORECASE)

Found = Iterator[tuple[str, str]]  # field, message


def check_item(item: Item, strategies: Collection[str], links: Collection[str]) -> Found:
    """Faults of one item, given the ids of strategies and the addresses that may be used."""
    for field in unwritten(item):
        yield field, "is still to be written"
    yield from _source(item)
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
        yield "link", f"{item.link} is not in the list of links"
    for said in sayings(item):
        for address in ADDRESS.findall(said.text):
            if address.rstrip(".,;:") not in links:
                yield said.path, f"{address} is not in the list of links"


def _action(action: Action, strategies: Collection[str]) -> Found:
    for served in action.serves:
        if served not in strategies and served != NO_STRATEGY:
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
    yield from _device(action)


def _device(action: Action) -> Found:
    for said in sayings(action):
        if said.field in ("text", "first") and action.device is not Device.COMPUTER:
            match = _COMPUTER[said.language].search(said.bare())
            if match and not _WITHOUT.search(said.bare()[: match.start()]):
                yield said.path, f'names a computer ({match[0]}), and `device` is not "computer"'
    if action.device is Device.COMPUTER:
        for language, pattern in _COMPUTER.items():
            wording = action.wording(language)
            if is_mark(wording.text) or is_mark(wording.first):
                continue
            if not pattern.search(f"{wording.text} {wording.first}"):
                yield f"{language}.text", "needs a computer and does not say so"


def check_ids(item: Strategy | Action, others: Collection[str]) -> Found:
    """An id of a strategy that is also an action's."""
    if isinstance(item, Strategy) and item.id in others:
        yield "id", "is also the id of an action"
