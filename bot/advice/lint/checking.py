"""The whole lint: every item, and the catalogue as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from bot.advice.evaluation import Conditions
from bot.advice.faults import Fault
from bot.advice.items import Action, Catalogue
from bot.advice.links import Link
from bot.advice.lint.ageing import check_age, stale_links
from bot.advice.lint.doubles import doubles
from bot.advice.lint.item_checks import check_ids, check_item
from bot.advice.lint.place_checks import check_place
from bot.advice.lint.reach import reachable
from bot.advice.lint.said import Item
from bot.advice.lint.sentence_checks import check_sentences
from bot.advice.lint.wording_checks import check_words
from bot.advice.loading import read_catalogue
from bot.advice.people import made_up

SOME_PEOPLE = 300
MICRO_MINUTES = 3
MICRO_ACTIONS = 10
"""At least so many actions of so few minutes fit everybody: one of them comes before the profile is complete.
"""


def lint(catalogue: Catalogue, links: Mapping[str, Link], *, today: date | None = None) -> list[Fault]:
    """All faults, by file and item. `links`: what may be used, by address. Without `today`, dates are not
    checked.
    """
    faults = list(_item_faults(catalogue, links, today))
    faults.extend(doubles(catalogue))
    faults.extend(_unreachable(catalogue))
    faults.extend(check_sentences(catalogue))
    faults.extend(_as_a_whole(catalogue))
    if today is not None:
        faults.extend(stale_links(links, today))
    return sorted(faults)


def lint_folder(folder: Path | None = None, *, today: date | None = None) -> list[Fault]:
    """Faults of reading and lint together, for a folder of catalogue files (Bob's own by default)."""
    reading = read_catalogue(folder)
    faults = [*reading.faults, *lint(reading.catalogue(), reading.links, today=today)]
    return sorted(dict.fromkeys(faults))


def _item_faults(catalogue: Catalogue, links: Mapping[str, Link], today: date | None) -> Iterator[Fault]:
    strategies = {strategy.id for strategy in catalogue.strategies}
    actions = {action.id for action in catalogue.actions}
    items: tuple[Item, ...] = (*catalogue.actions, *catalogue.strategies)
    for item in items:
        for check in (
            check_words(item),
            check_item(item, strategies, links),
            check_age(item, today) if today is not None else (),
            check_place(item, links) if isinstance(item, Action) else (),
            check_ids(item, actions),
        ):
            for field, message in check:
                yield Fault(item.file, item.id, field, message)


def _unreachable(catalogue: Catalogue) -> Iterator[Fault]:
    """Items whose conditions nobody meets: neither among some made-up people, nor anybody made up on purpose."""
    items: tuple[Item, ...] = (*catalogue.actions, *catalogue.strategies)
    conditions = Conditions([item.when for item in items] or [()])
    _, met = conditions.evaluate([conditions.bits(who) for who in made_up(SOME_PEOPLE)])
    never = {when for when, once in zip(conditions.whens, met.tolist(), strict=True) if not any(once)}
    never = {when for when in never if not reachable(when)}
    for item in items:
        if item.when in never:
            yield Fault(item.file, item.id, "when", "no person can meet these conditions together")


def _as_a_whole(catalogue: Catalogue) -> Iterator[Fault]:
    micro = sum(action.minutes <= MICRO_MINUTES and not action.when for action in catalogue.daily)
    if micro < MICRO_ACTIONS:
        wanted = f"at least {MICRO_ACTIONS} are needed"
        message = f"{micro} actions of {MICRO_MINUTES} minutes or fewer fit everybody; {wanted}"
        yield Fault("actions", "", "", message)
    served = {strategy for action in catalogue.daily for strategy in action.serves}
    for strategy in catalogue.strategies:
        if strategy.id not in served:
            yield Fault(strategy.file, strategy.id, "", "no action serves this strategy")
