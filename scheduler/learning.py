"""Once a day, what everybody's answers teach about the actions; and taking up what another process has learnt."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

from bot.advice.compiled import compiled
from bot.advice.factors import EFFORT_CHANCE
from bot.advice.learning.counting import Counting
from bot.advice.learning.estimate import estimate
from bot.advice.learning.learnt import Learnt
from bot.dialogs.turn import World
from storage import learning
from storage.engine import Store

log = logging.getLogger(__name__)

AGAIN = timedelta(hours=23)
"""How old what was learnt must be before it is computed anew."""

BREATH_SECONDS = 0.2
"""Between two pages of people, so that turns come in between."""


async def learn(store: Store, world: World, now: datetime) -> bool:
    """Compute what the answers teach, unless that was done lately; returns whether it was computed.

    Two processes that do so at the same time write the same.
    """
    known = await store.run(learning.version)
    if known is not None and now - known[1] < AGAIN:
        return False
    made = compiled(world.catalogue)
    counting, after = Counting(made), ""
    while (page := await store.run(learning.page, after, now.date())) is not None:
        for one in page.here:
            counting.add(
                one.catalogue_id,
                one.situation,
                people=one.people,
                delivered=one.delivered,
                reward=one.reward,
            )
        for one in page.everywhere:
            counting.add_people(one.catalogue_id, one.people)
        after = page.last
        await asyncio.sleep(BREATH_SECONDS)
    found = Learnt.of(estimate(counting.counts, made, EFFORT_CHANCE), made)
    await store.run(learning.save, found, now)
    log.info("learning: version %s is computed", found.version or "empty")
    return True


async def take_up(store: Store, world: World) -> None:
    """Use what was learnt meanwhile."""
    known = await store.run(learning.version)
    if known is None or known[0] == world.learning.policy.learnt.version:
        return
    found = await store.run(learning.load)
    if found is not None:
        world.learning.use(found)
        log.info("learning: version %s is in use", found.version or "empty")
