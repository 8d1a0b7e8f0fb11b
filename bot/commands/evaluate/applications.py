"""`bob evaluate applications`."""

from __future__ import annotations

from bot.commands.evaluate.rows import TODAY, Row
from bot.commands.understand import is_job
from bot.understanding.applications import Application, application


def _read(row: Row) -> Application:
    return application(row["text"], TODAY, is_job=is_job)


def given(row: Row) -> str:
    found = _read(row)
    return f"{found.company} | {found.job} | {found.status} | {found.date}"


def is_right(row: Row) -> bool:
    """Company, job, status and date, each as expected."""
    found = _read(row)
    told = (
        found.company or "",
        found.job or "",
        found.status or "",
        found.date.isoformat() if found.date else "",
    )
    return told == (row["company"], row["job"], row["status"], row["date"])
