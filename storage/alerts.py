"""Alerts that were raised, what counsellors answered to them, and when a team's looks and digests are due."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from storage import counters
from storage.statements import Statement
from storage.tables.core import alert, link, team, watch
from storage.types import Instant
from storage.words import AlertKind


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert that was raised. `useful` is None until the counsellor says."""

    id: int
    link_id: int
    episode: str
    kind: AlertKind
    counsellor_id: int
    raised_on: date
    useful: bool | None


@dataclass(frozen=True, slots=True)
class AlertCount:
    """How many alerts of a kind were raised, ever, and how many were said to be useful or not."""

    raised: int = 0
    useful: int = 0
    not_useful: int = 0


_RAISE = Statement(
    lambda insert_into: (
        insert_into(alert).on_conflict_do_nothing(index_elements=["link_id", "episode"]).returning(alert.c.id)
    )
)
_BY_ID = Statement(select(*alert.c).where(alert.c.id == bindparam("of")))
_EPISODES = Statement(
    select(alert.c.link_id, alert.c.episode)
    .select_from(alert.join(link, link.c.id == alert.c.link_id))
    .where(link.c.team_id == bindparam("of"))
)
_SENT = Statement(
    select(alert.c.counsellor_id, alert.c.kind, func.count())
    .select_from(alert.join(link, link.c.id == alert.c.link_id))
    .where(link.c.team_id == bindparam("of"), alert.c.raised_on == bindparam("on"))
    .group_by(alert.c.counsellor_id, alert.c.kind)
)
_ANSWER = Statement(update(alert).where(alert.c.id == bindparam("of")).values(useful=bindparam("as_useful")))


def add(
    conn: Connection, link_id: int, episode: str, kind: AlertKind, counsellor_id: int, raised_on: date
) -> int | None:
    """Note that an alert is raised; its id, or None when this episode was raised before."""
    values: dict[str, Any] = {"episode": episode, "kind": kind, "raised_on": raised_on, "useful": None}
    made: int | None = _RAISE.value(conn, link_id=link_id, counsellor_id=counsellor_id, **values)
    if made is not None:
        counters.bump(conn, f"alerts.{kind}.raised")
    return made


def by_id(conn: Connection, alert_id: int) -> AlertRow | None:
    """The alert of this id."""
    found = _BY_ID.row(conn, of=alert_id)
    return None if found is None else AlertRow(*found)


def raised_before(conn: Connection, team_id: str) -> set[tuple[int, str]]:
    """The (link, episode) of every alert about those whom the team follows."""
    return {(link_id, episode) for link_id, episode in _EPISODES.rows(conn, of=team_id)}


def sent_on(conn: Connection, team_id: str, day: date) -> dict[int, dict[AlertKind, int]]:
    """How many alerts of each kind each counsellor of the team had on a local date."""
    sent: dict[int, dict[AlertKind, int]] = {}
    for counsellor_id, kind, count in _SENT.rows(conn, of=team_id, on=day):
        sent.setdefault(counsellor_id, {})[kind] = count
    return sent


def answer(conn: Connection, row: AlertRow, useful: bool) -> None:
    """The counsellor says whether the alert was of use; a change of mind replaces the answer before."""
    if row.useful is useful:
        return
    names = {True: f"alerts.{row.kind}.useful", False: f"alerts.{row.kind}.not_useful"}
    if row.useful is not None:
        counters.bump(conn, names[row.useful], -1)
    counters.bump(conn, names[useful])
    _ANSWER.count(conn, of=row.id, as_useful=useful)


def counts(conn: Connection) -> dict[AlertKind, AlertCount]:
    """The counts by kind, over all teams; they name nobody, and stay when somebody leaves."""
    found = counters.counters(conn)
    kinds: tuple[AlertKind, ...] = ("call", "human", "stuck", "nothing_done")
    return {
        kind: AlertCount(
            *(found.get(f"alerts.{kind}.{what}", 0) for what in ("raised", "useful", "not_useful"))
        )
        for kind in kinds
    }


# When a team's work is due


@dataclass(frozen=True, slots=True)
class WatchRow:
    """When a team's work is due; `digested_on`: the local date of its last digest."""

    team_id: str
    look_at: datetime | None
    digest_at: datetime | None
    digested_on: date | None


_NEW = Statement(
    select(team.c.id)
    .select_from(team.outerjoin(watch, watch.c.team_id == team.c.id))
    .where(watch.c.team_id.is_(None))
)
_BEGIN = Statement(lambda insert_into: insert_into(watch).on_conflict_do_nothing(index_elements=["team_id"]))


def _due(column: Any) -> Statement:
    return Statement(
        select(*watch.c)
        .where(column <= bindparam("now", type_=Instant))
        .order_by(column, watch.c.team_id)
        .limit(bindparam("at_most"))
        .with_for_update(skip_locked=True)
    )


_LOOK_DUE, _DIGEST_DUE = _due(watch.c.look_at), _due(watch.c.digest_at)
_LOOKED = Statement(update(watch).where(watch.c.team_id == bindparam("of")).values(look_at=bindparam("next")))
_DIGESTED = Statement(
    update(watch)
    .where(watch.c.team_id == bindparam("of"))
    .values(digest_at=bindparam("next"), digested_on=bindparam("on"))
)
_WANTED = Statement(
    update(watch)
    .where(
        watch.c.team_id == bindparam("of"),
        watch.c.look_at.is_(None) | (watch.c.look_at > bindparam("at", type_=Instant)),
    )
    .values(look_at=bindparam("at", type_=Instant))
)


def watch_new_teams(conn: Connection, now: datetime) -> int:
    """Teams that are not watched yet are, from `now` on; returns how many there were."""
    fresh = [team_id for (team_id,) in _NEW.rows(conn)]
    for team_id in fresh:
        _BEGIN.count(conn, team_id=team_id, look_at=now, digest_at=now, digested_on=None)
    return len(fresh)


def looks_due(conn: Connection, now: datetime, limit: int) -> list[WatchRow]:
    """Teams whose alerts are to be looked for, at most `limit`; locked."""
    return [WatchRow(*row) for row in _LOOK_DUE.rows(conn, now=now, at_most=limit)]


def digests_due(conn: Connection, now: datetime, limit: int) -> list[WatchRow]:
    """Teams whose digest is due, at most `limit`; locked."""
    return [WatchRow(*row) for row in _DIGEST_DUE.rows(conn, now=now, at_most=limit)]


def looked(conn: Connection, team_id: str, again_at: datetime | None) -> None:
    """The team's alerts were looked for; the next look is at `again_at`."""
    _LOOKED.count(conn, of=team_id, next=again_at)


def digested(conn: Connection, team_id: str, on: date | None, again_at: datetime | None) -> None:
    """The team had its digest of that local date (None: none yet); the next one is at `again_at`."""
    _DIGESTED.count(conn, of=team_id, on=on, next=again_at)


def want_look(conn: Connection, team_id: str, at: datetime) -> None:
    """Somebody asked for a human or a call: look at `at`, or earlier if a look was due before."""
    _WANTED.count(conn, of=team_id, at=at)
