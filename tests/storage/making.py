"""Short ways to put people, actions and messages into a store."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection

from bot.advice.profile import Profile
from storage import days, outbox, people
from storage.engine import Store

P = ParamSpec("P")
T = TypeVar("T")

NOW = datetime(2026, 3, 2, 8, 30, 15, 123456, tzinfo=UTC)
TODAY = date(2026, 3, 2)
SECOND = timedelta(seconds=1)
LEASE = timedelta(seconds=30)


class Room:
    """A store, with units of work as plain calls."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __call__(self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return self.store.run_sync(fn, *args, **kwargs)

    def person(self, telegram_id: int = 1001, **values: Any) -> str:
        """A person with a profile; returns their id."""
        given = {"chat_id": telegram_id, "language": "fr", "form": "vous", "profile": Profile()} | values
        person_id, _ = self(people.create_person, NOW, telegram_id=telegram_id, **given)
        return person_id

    def action(self, person_id: str, **values: Any) -> int:
        """An open action; returns its id."""
        given: dict[str, Any] = {
            "local_date": TODAY,
            "catalogue_id": "call-a-friend",
            "family": "network",
            "effort": "small",
            "minutes": 10,
            "origin": "push",
            "now": NOW,
        }
        return self(days.open_action, person_id, **(given | values))

    def message(self, chat_id: int = 1001, person_id: str | None = None, **values: Any) -> int:
        """A message that waits; returns its id."""
        given: dict[str, Any] = {"lane": "interactive", "method": "send", "body": {"text": "Bonjour"}}
        row_id = self(outbox.add, NOW, person_id=person_id, chat_id=chat_id, **(given | values))
        assert row_id is not None
        return row_id

    def claim(self, now: datetime = NOW, **values: Any) -> list[outbox.OutboxRow]:
        """Claim as the courier does, with plenty of room unless told otherwise."""
        given: dict[str, Any] = {
            "lane_limits": {"interactive": 100, "bulk": 100},
            "limit": 100,
            "lease": LEASE,
        }
        return self(outbox.claim, now, **(given | values))
