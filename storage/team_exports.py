"""What counsellors assigned, proposed and noted about a person, as the person gets it: names, never ids."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, bindparam, select

from storage.tables.core import (
    assignment,
    counsellor,
    favourite,
    later_message,
    link,
    proposal,
    team_note,
    team_prompt,
)


def _on_link(table: Table, *columns: ColumnElement[Any]) -> Select[Any]:
    return (
        select(*columns)
        .select_from(
            table.join(link, link.c.id == table.c.link_id).outerjoin(
                counsellor, counsellor.c.id == table.c.counsellor_id
            )
        )
        .where(link.c.person_id == bindparam("of"))
        .order_by(*table.primary_key)
    )


_BY = counsellor.c.name.label("by")
TABLES: dict[str, tuple[Table, Select[Any]]] = {
    "assigned_actions": (
        assignment,
        _on_link(
            assignment,
            assignment.c.author,
            assignment.c.catalogue_id,
            assignment.c.words,
            assignment.c.reason,
            assignment.c.due_on,
            assignment.c.state,
            assignment.c.created_at,
            assignment.c.told,
            assignment.c.help_at,
        ),
    ),
    "proposals": (
        proposal,
        _on_link(proposal, _BY, proposal.c.kind, proposal.c.state, proposal.c.data, proposal.c.created_at),
    ),
    "team_notes": (team_note, _on_link(team_note, team_note.c.author, team_note.c.words, team_note.c.at)),
    "favourites": (favourite, _on_link(favourite, _BY)),
    "messages_for_later": (
        later_message,
        _on_link(later_message, _BY, later_message.c.send_at, later_message.c.state),
    ),
    "questions_to_counsellors": (
        team_prompt,
        _on_link(team_prompt, _BY, team_prompt.c.kind, team_prompt.c.at),
    ),
}
"""By name in the export: the table, and what is shown of it. All of them go with the link."""


def of_person(conn: Connection, person_id: str) -> dict[str, list[dict[str, Any]]]:
    """Everything of that kind about somebody, oldest first, as plain JSON values."""
    return {
        name: [_readable(row._asdict()) for row in conn.execute(statement, {"of": person_id})]
        for name, (_, statement) in TABLES.items()
    }


def _readable(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date | datetime) else value
        for name, value in values.items()
    }
