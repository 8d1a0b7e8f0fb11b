"""Families of recommendations that answer to what a person says is in the way."""

from __future__ import annotations

from collections.abc import Sequence

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
    weights = np.ones((len(people), len(FAMILIES)))
    for row, facts in enumerate(people):
        for barrier in facts.profile.barriers or ():
            weights[row, _FAMILIES_OF[barrier]] = NAMED_FAMILY
    return weights
