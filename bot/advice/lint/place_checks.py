"""Checks on where an item is of use: what is French is kept from people who live elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.advice.conditions.parsing import Line
from bot.advice.items import Action
from bot.advice.links import Link, addresses

ABROAD = "abroad"
_IN_FRANCE = frozenset(("overseas", "region", "department"))
"""Conditions that hold in France only."""

_FRENCH_SERVICE = re.compile(
    r"France Travail|[Mm]issions? locale|\bCAF\b|\bCPF\b|\bApec\b|Cap emploi|France services|Agefiph"
)

Found = Iterator[tuple[str, str]]  # field, message


def check_place(action: Action, links: Mapping[str, Link]) -> Found:
    """A French service needs a line that rules out a life abroad; a topic is opened by who knows why."""
    if action.topic is not None or any(map(_in_france, action.when)):
        return
    french = sorted(
        address for address in addresses(action) if address in links and links[address].serves_france_only
    )
    spoken = " ".join(f"{one.text} {one.first} {one.easier}" for one in (action.fr, action.en))
    french += _FRENCH_SERVICE.findall(spoken)
    if french:
        yield "when", f'uses {french[0]}, a service in France, so it needs the line "not {ABROAD}"'


def _in_france(line: Line) -> bool:
    """True when the line holds in France only."""
    return all(
        literal.name == ABROAD if literal.negated else literal.name in _IN_FRANCE for literal in line.literals
    )
