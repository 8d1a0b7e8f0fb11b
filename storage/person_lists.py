"""Who wants no messages to several people for a while, and the lists that counsellors make of people."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, select

from storage.statements import Statement
from storage.tables.core import bulk_off, list_member
from storage.types import Instant

_SET_OFF = Statement(
    lambda insert_into: (new := insert_into(bulk_off)).on_conflict_do_update(
        index_elements=["link_id"], set_={"until": new.excluded.until}
    )
)
_DROP_OFF = Statement(delete(bulk_off).where(bulk_off.c.link_id == bindparam("of")))
_OFF = Statement(
    select(bulk_off.c.until).where(
        bulk_off.c.link_id == bindparam("of"), bulk_off.c.until > bindparam("now", type_=Instant)
    )
)
_PUT = Statement(lambda insert_into: insert_into(list_member).on_conflict_do_nothing())
_TAKE_OFF = Statement(
    delete(list_member).where(
        list_member.c.link_id == bindparam("of"),
        list_member.c.counsellor_id == bindparam("whose"),
        list_member.c.name == bindparam("named"),
    )
)
_LISTS = Statement(
    select(list_member.c.name, func.count())
    .where(list_member.c.counsellor_id == bindparam("whose"))
    .group_by(list_member.c.name)
    .order_by(list_member.c.name)
)
_ON_LIST = Statement(
    select(list_member.c.link_id).where(
        list_member.c.counsellor_id == bindparam("whose"), list_member.c.name == bindparam("named")
    )
)


def set_off(conn: Connection, link_id: int, person_id: str, until: datetime | None) -> None:
    """Somebody wants no messages to several people from this team until then; None: they do again."""
    if until is None:
        _DROP_OFF.count(conn, of=link_id)
    else:
        _SET_OFF.count(conn, link_id=link_id, person_id=person_id, until=until)


def is_off(conn: Connection, link_id: int, now: datetime) -> bool:
    """Whether they want none now."""
    return _OFF.value(conn, of=link_id, now=now) is not None


def put_on_list(conn: Connection, link_id: int, counsellor_id: int, name: str, person_id: str) -> bool:
    """Put somebody on a list; False when they are on it already."""
    return _PUT.count(conn, link_id=link_id, counsellor_id=counsellor_id, name=name, person_id=person_id) == 1


def take_off_list(conn: Connection, link_id: int, counsellor_id: int, name: str) -> bool:
    """Take somebody off a list; False when they are not on it."""
    return _TAKE_OFF.count(conn, of=link_id, whose=counsellor_id, named=name) == 1


def lists_of(conn: Connection, counsellor_id: int) -> list[tuple[str, int]]:
    """The names of a counsellor's lists, and how many people are on each."""
    return [(name, count) for name, count in _LISTS.rows(conn, whose=counsellor_id)]


def on_list(conn: Connection, counsellor_id: int, name: str) -> set[int]:
    """The links on a list."""
    return {link_id for (link_id,) in _ON_LIST.rows(conn, whose=counsellor_id, named=name)}
