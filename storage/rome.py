"""The official referential of occupations in the database: one version at a time, replaced as a whole."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from bot.sources.occupations.referential import OfficialTitle, Referential
from storage.tables.core import (
    person,
    rome_mobility,
    rome_occupation,
    rome_successor,
    rome_title,
    rome_version,
)

_BATCH = 1000
_PEOPLE = 500


def version(conn: Connection) -> tuple[str, str] | None:
    """The version in use and the digest of what was imported; None when nothing was."""
    row = conn.execute(select(rome_version.c.version, rome_version.c.digest)).first()
    return None if row is None else (row.version, row.digest)


def load(conn: Connection) -> Referential | None:
    """The referential in use; None when none was imported."""
    known = version(conn)
    if known is None:
        return None
    occupations = {
        row.code: (row.label, row.parent)
        for row in conn.execute(select(rome_occupation).order_by(rome_occupation.c.code))
    }
    titles = tuple(
        OfficialTitle(row.ogr, row.text, row.code, bool(row.rare))
        for row in conn.execute(select(rome_title).order_by(rome_title.c.ogr))
    )
    near: dict[str, list[str]] = {}
    for row in conn.execute(select(rome_mobility).order_by(rome_mobility.c.code, rome_mobility.c.rank)):
        near.setdefault(row.code, []).append(row.target)
    successors = {row.code: row.successor for row in conn.execute(select(rome_successor))}
    close = {code: tuple(targets) for code, targets in near.items()}
    return Referential(known[0], occupations, titles, close, successors, known[1])


def replace(conn: Connection, referential: Referential, digest: str, now: datetime) -> None:
    """Put this version in the place of the one before."""
    for table in (rome_version, rome_occupation, rome_title, rome_mobility, rome_successor):
        conn.execute(delete(table))
    _add(conn, rome_version, [{"version": referential.version, "digest": digest, "imported_at": now}])
    _add(
        conn,
        rome_occupation,
        (
            {"code": code, "label": label, "parent": parent}
            for code, (label, parent) in referential.occupations.items()
        ),
    )
    _add(
        conn,
        rome_title,
        (
            {"ogr": one.ogr, "text": one.text, "code": one.code, "rare": one.rare}
            for one in referential.titles
        ),
    )
    _add(
        conn,
        rome_mobility,
        (
            {"code": code, "target": target, "rank": rank}
            for code, targets in referential.near.items()
            for rank, target in enumerate(targets)
        ),
    )
    _add(
        conn,
        rome_successor,
        ({"code": code, "successor": target} for code, target in referential.successors.items()),
    )


def _add(conn: Connection, table: Table, rows: Iterable[Mapping[str, object]]) -> None:
    gathered = list(rows)
    for start in range(0, len(gathered), _BATCH):
        conn.execute(insert(table), gathered[start : start + _BATCH])


def move_people(conn: Connection, moved: Mapping[str, str]) -> int:
    """Give people whose occupation code was moved the new one; how many.

    Their profile remembers the former code (`job_code_before`) until they have been told.
    """
    count, after = 0, ""
    page = (
        select(person.c.id, person.c.profile)
        .where(person.c.id > bindparam("after"))
        .order_by(person.c.id)
        .limit(_PEOPLE)
        .with_for_update()
    )
    while rows := conn.execute(page, {"after": after}).all():
        for row in rows:
            profile = json.loads(row.profile)
            code = profile.get("job_code")
            if code in moved and moved[code] != code:
                profile |= {"job_code": moved[code], "job_code_before": code}
                conn.execute(
                    update(person)
                    .where(person.c.id == row.id)
                    .values(profile=json.dumps(profile, ensure_ascii=False), revision=person.c.revision + 1)
                )
                count += 1
        after = rows[-1].id
    return count
