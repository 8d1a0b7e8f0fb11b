"""Messages of Bob that are edited later: where they stand, once they are delivered."""

from __future__ import annotations

from sqlalchemy import Connection

from storage import bulks, workshops


def placed(conn: Connection, purpose: str, message_id: int | None) -> None:
    """Note the message of a preview or a list. `purpose`: "group bulk shown 12"."""
    what, _, number = purpose.rpartition(" ")
    if message_id is None or not number.isdigit():
        return
    match what:
        case "group bulk shown":
            bulks.save(conn, int(number), message_id=message_id)
        case "group workshop list":
            workshops.save(conn, int(number), message_id=message_id)
