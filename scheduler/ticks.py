"""A handful of ticks on APScheduler over due rows: never one job per person.

Any number of processes may tick at once: claims and unique keys keep them apart.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import Connection

from bot.counsellors import card
from bot.counsellors.acts import later, outcomes
from bot.counsellors.messages import answering
from bot.counsellors.needs import watching
from bot.counsellors.reporting import reports
from bot.counsellors.several import bulk_sending
from bot.counsellors.workshops import event_changes
from bot.dialogs.turn import World
from scheduler import daily, learning, pauses, proposals, recalls, reminders, retention
from scheduler.clock import Clock
from storage import rome
from storage.engine import Store

log = logging.getLogger(__name__)

BATCH = 100
"""People handled in one transaction."""
TICK_SECONDS = 5
RETENTION_SECONDS = 3600
LEARNING_SECONDS = 1800
"""How often to look whether it is time to learn again (`scheduler.learning`)."""
RENEWAL_SECONDS = 300
MOST_BATCHES = 1000
"""Batches in one tick: the rest is for the next one."""

Work = Callable[[Connection, World, datetime, int], int]


class Ticks:
    """Runs what is due. `run_due` may be called at any time (the sandbox does after each move of its clock)."""

    def __init__(self, store: Store, clock: Clock, world: World, on_deletion: Callable[[str], None]) -> None:
        self._store = store
        self._clock = clock
        self._world = world
        self._on_deletion = on_deletion
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    def start(self) -> None:
        """Tick every few seconds, until `stop`."""
        jobs = (
            (self.run_due, TICK_SECONDS),
            (self.tidy, RETENTION_SECONDS),
            (self.learn, LEARNING_SECONDS),
            (self.renew, RENEWAL_SECONDS),
        )
        for job, seconds in jobs:
            self._scheduler.add_job(
                job, "interval", seconds=seconds, max_instances=1, coalesce=True, misfire_grace_time=seconds
            )
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def run_due(self) -> int:
        """Everything that is due now: what came too late, ends of pauses, then pushes, reminders, recalls.

        Returns how many rows were handled.
        """
        handled = 0
        works = (
            daily.close_unsent,
            pauses.resume_due,
            daily.push_due,
            reminders.remind_due,
            recalls.recall_due,
            bulk_sending.send_several_due,
            bulk_sending.report_several_due,
            event_changes.workshops_due,
            reports.send_reports_due,
            proposals.propose_due,
            later.send_due,
            outcomes.tell_due,
            card.refresh_due,
            answering.remind_waiting,
            watching.look_due,
            watching.digest_due,
        )
        for work in works:
            handled += await self._work_off(work)
        return handled

    async def _work_off(self, work: Work) -> int:
        total = 0
        for _ in range(MOST_BATCHES):
            try:
                done = await self._store.run(work, self._world, self._clock.now(), BATCH)
            except Exception:
                log.exception("tick failed work=%s", getattr(work, "__name__", "work"))
                return total + await self._one_by_one(work)
            total += done
            if done < BATCH:
                break
        return total

    async def _one_by_one(self, work: Work) -> int:
        """After a failure of a batch: each row by itself, so that one person holds up nobody else."""
        total = 0
        for _ in range(BATCH):
            try:
                done = await self._store.run(work, self._world, self._clock.now(), 1)
            except Exception:
                if work is daily.close_unsent:
                    break
                postponed = await self._store.run(retention.postpone_first, work.__name__, self._clock.now())
                if not postponed:
                    break
                continue
            total += done
            if not done:
                break
        return total

    async def tidy(self) -> None:
        """Forget what need not be kept: visitors, old updates, settled messages, profiles long unused."""
        for digest in await self._store.run(retention.tidy, self._world, self._clock.now()):
            self._on_deletion(digest)
        self._store.scrub()

    async def learn(self) -> None:
        """Once a day: what the answers teach about the actions."""
        await learning.learn(self._store, self._world, self._clock.now())

    async def renew(self) -> None:
        """Take up what was learnt, and the referential of occupations that was imported, meanwhile."""
        await learning.take_up(self._store, self._world)
        known = await self._store.run(rome.version)
        if known is None or known[1] == self._world.occupations.digest:
            return
        referential = await self._store.run(rome.load)
        await asyncio.to_thread(self._world.occupations.use, referential)
        log.info("occupations: ROME version %s is in use", known[0])
