"""`bob audit`: what counsellors did and opened through Bob, and when. It names no person: subjects are keys only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.commands.database import open_present
from bot.settings import Settings
from storage import audit


def show(settings: Settings, *, days: int, counsellor: str | None) -> int:
    """Print the entries of the last `days` days, oldest first; of one counsellor's name only, if given."""
    store = open_present(settings)
    try:
        since = datetime.now(UTC) - timedelta(days=days)
        found = store.run_sync(audit.acts, since, counsellor)
    finally:
        store.close()
    for act in found:
        print(f"{act.at:%Y-%m-%d %H:%M}Z  {act.subject_key}  {act.what}  {act.counsellor} ({act.team})")
    if not found:
        whose = f" of {counsellor}" if counsellor else ""
        print(f"Nothing{whose} in the last {days} days.")
    return 0
