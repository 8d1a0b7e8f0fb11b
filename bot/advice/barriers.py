"""Families of recommendations that answer to what a person says is in the way."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from bot.advice.compiled import FAMILIES, FAMILY_INDEX, Floats
from bot.advice.facts import Facts, Family
from bot.advice.profile import Barrier

BARRIER_FAMILIES: dict[Barrier, tuple[Family, ...]] = {
    Barrier.MOTIVATION: (Family.MOTIVATION, Family.WELLBEING),
    Barrier.NO_OFFERS: (Family.APPLICATION, Family.NETWORK),
    Barrier.NO_ANSWERS: (Family.APPLICATION, Family.NETWORK),
    Barrier.CV: (Family.SKILL,),
    Barrier.INTERVIEWS: (Family.SKILL,),
    Barrier.QUALIFICATIONS: (Family.RIGHTS,),
    Barrier.EXPERIENCE: (Family.SKILL, Family.EXPLORATION),
    Barrier.CONFIDENCE: (Family.MOTIVATION,),
    Barrier.AGE: (Family.NETWORK,),
    Barrier.FAMILY: (Family.ORGANISATION, Family.RIGHTS),
    Barrier.DISABILITY: (Family.RIGHTS,),
    Barrier.NETWORK: (Family.NETWORK,),
    Barrier.TIME: (Family.ORGANISATION,),
    Barrier.TRANSPORT: (Family.RIGHTS, Family.EXPLORATION),
    Barrier.LANGUAGE: (Family.SKILL,),
    Barrier.DIGITAL: (Family.SKILL,),
    Barrier.ORGANISATION: (Family.ORGANISATION,),
    Barrier.DISCRIMINATION: (Family.RIGHTS,),
}

NAMED_FAMILY = 1.15
"""Desirability of a family that answers to something named."""

_FAMILIES_OF = {
    barrier: [FAMILY_INDEX[family] for family in families] for barrier, families in BARRIER_FAMILIES.items()
}


def named_families(people: Sequence[Facts]) -> Floats:
    """People x families: 1, or a little more where the family answers to something that the person named."""
    rows = [_named(facts.profile.barriers) for facts in people]
    return np.array(rows, float).reshape(len(people), len(FAMILIES))


@lru_cache(maxsize=10_000)
def _named(barriers: frozenset[Barrier] | None) -> list[float]:
    named = {family for barrier in barriers or () for family in _FAMILIES_OF[barrier]}
    return [NAMED_FAMILY if family in named else 1.0 for family in range(len(FAMILIES))]
