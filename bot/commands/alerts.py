"""`bob report alerts`: how often the alerts to counsellors were of use, by kind, as they said themselves."""

from __future__ import annotations

import json
from typing import Any, Final

from bot.commands.database import open_present
from bot.counsellors.needs.alerts import DAILY, FLOOR, AlertKind, Precision
from bot.settings import Settings
from storage import alerts
from storage.alerts import AlertCount

LEAST: Final = 5
"""A count below is not shown."""


def report_alerts(settings: Settings, *, as_json: bool) -> int:
    """Print the report on all teams together."""
    store = open_present(settings)
    try:
        found = store.run_sync(alerts.counts)
    finally:
        store.close()
    rows = [row_of(AlertKind(kind), count) for kind, count in found.items()]
    print(json.dumps({"least": LEAST, "alerts": rows}, indent=2) if as_json else as_text(rows))
    return 0


def row_of(kind: AlertKind, count: AlertCount) -> dict[str, Any]:
    """One kind as plain JSON values; None where there is too little to show."""
    precision = Precision(count.useful, count.useful + count.not_useful)
    row: dict[str, Any] = {"kind": kind.value, "a_day": precision.a_day}
    row["raised"] = count.raised if count.raised >= LEAST else None
    row |= dict.fromkeys(("answered", "share", "low", "high"))
    if precision.answered >= LEAST:
        low, high = precision.interval
        share = precision.useful / precision.answered
        row |= {
            "answered": precision.answered,
            "share": round(share, 3),
            "low": round(low, 3),
            "high": round(high, 3),
        }
    return row


def as_text(rows: list[dict[str, Any]]) -> str:
    """For reading."""
    lines = [f"Alerts said to be of use, with 95 % intervals; no count under {LEAST} is shown."]
    for row in rows:
        raised = f"under {LEAST}" if row["raised"] is None else str(row["raised"])
        share = "too few answers"
        if row["share"] is not None:
            interval = f"{row['low']:.0%} to {row['high']:.0%}"
            share = f"{row['share']:.0%} ({interval}) of {row['answered']} answered"
        held = f"; held to {row['a_day']} a day" if row["a_day"] < DAILY else ""
        lines.append(f"  {row['kind']}: raised {raised}, useful {share}{held}")
    lines.append(f"A kind that is surely of use less than {FLOOR:.0%} of the time comes rarely.")
    return "\n".join(lines)
