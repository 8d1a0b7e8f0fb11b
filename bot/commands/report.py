"""`bob report actions`: what the answers of everybody say about the catalogue, for its editors.

Only sums, and none of fewer than 5 people. Shares come with 95 % intervals (Wilson's); somebody who got an action
several times counts each time, so they are a little too narrow for actions that come back.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.advice.learning.estimate import LEAST_PEOPLE
from bot.advice.loading import load_catalogue
from bot.commands.database import open_present
from bot.commands.intervals import wilson
from bot.settings import Settings
from storage import learning
from storage.engine import Store
from storage.learning import Page

SHOWN = 10
"""Lines of each list in the text for reading; the JSON has all."""


@dataclass(slots=True)
class Sums:
    """How often something was given and done, and to how many different people."""

    people: int = 0
    given: int = 0
    done: int = 0

    def add(self, people: int, given: int, done: int = 0) -> None:
        self.people += people
        self.given += given
        self.done += done

    @property
    def shown(self) -> bool:
        return self.people >= LEAST_PEOPLE


@dataclass(slots=True)
class Report:
    """Sums by action; by (situation, action); of refusals by (action, reason)."""

    actions: dict[str, Sums] = field(default_factory=lambda: defaultdict(Sums))
    here: dict[tuple[str, str], Sums] = field(default_factory=lambda: defaultdict(Sums))
    declined: dict[tuple[str, str], Sums] = field(default_factory=lambda: defaultdict(Sums))

    def add(self, page: Page) -> None:
        for one in page.everywhere:
            self.actions[one.catalogue_id].add(one.people, one.given, one.done)
        for one in page.here:
            if one.situation is not None:
                self.here[one.situation, one.catalogue_id].add(one.people, one.given, one.done)
        for refused in page.declined:
            self.declined[refused.catalogue_id, refused.reason].add(refused.people, refused.given)


def report_actions(settings: Settings, today: date, *, as_json: bool) -> int:
    """Print the report on the last 24 months."""
    store = open_present(settings)
    try:
        report = gather(store, today)
    finally:
        store.close()
    values = as_values(report, [action.id for action in load_catalogue().actions])
    print(json.dumps(values, ensure_ascii=False, indent=2) if as_json else as_text(values))
    return 0


def gather(store: Store, today: date) -> Report:
    """Count everybody, page by page."""
    report, after = Report(), ""
    while (page := store.run_sync(learning.page, after, today)) is not None:
        report.add(page)
        after = page.last
    return report


def as_values(report: Report, catalogue: list[str]) -> dict[str, Any]:
    """As plain JSON values, the most telling first."""
    shown = {action: sums for action, sums in report.actions.items() if sums.shown}
    never = [(action, sums) for action, sums in shown.items() if not sums.done]
    situations = sorted({situation for (situation, _), sums in report.here.items() if sums.shown})
    return {
        "least_people": LEAST_PEOPLE,
        "never_given": [action for action in catalogue if action not in report.actions],
        "never_done": [
            {"id": action, "given": sums.given, "people": sums.people}
            for action, sums in sorted(never, key=lambda pair: (-pair[1].given, pair[0]))
        ],
        "declined": sorted(_declined(report, shown), key=lambda row: (-row["share"], row["id"])),
        "helps": {situation: list(_helps(report, situation)) for situation in situations},
    }


def _declined(report: Report, shown: dict[str, Sums]) -> Iterator[dict[str, Any]]:
    """Actions refused for reasons that enough people gave, with the share of deliveries refused for these."""
    for action, sums in shown.items():
        reasons = {
            reason: refused.given
            for (refused_action, reason), refused in report.declined.items()
            if refused_action == action and refused.shown
        }
        if reasons:
            ordered = dict(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0])))
            yield {"id": action, **_share(sum(reasons.values()), sums.given), "reasons": ordered}


def _helps(report: Report, situation: str) -> Iterator[dict[str, Any]]:
    """The actions of a situation, the surest to be done first."""
    rows = [
        {"id": action, "people": sums.people, "done": sums.done, **_share(sums.done, sums.given)}
        for (where, action), sums in report.here.items()
        if where == situation and sums.shown
    ]
    yield from sorted(rows, key=lambda row: (-float(str(row["low"])), str(row["id"])))


def _share(part: int, given: int) -> dict[str, Any]:
    """A share with Wilson's 95 % interval."""
    low, high = wilson(part, given)
    return {"given": given, "share": round(part / given, 3), "low": round(low, 3), "high": round(high, 3)}


def as_text(values: dict[str, Any]) -> str:
    """For reading."""
    lines = [f"The last 24 months; nothing of fewer than {values['least_people']} people is shown."]
    lines += ["", f"Never given to anybody: {len(values['never_given'])} actions", ""]
    lines += ["Given, and done by nobody:"]
    lines += [
        f"  {row['id']}: given {row['given']} times, {row['people']} people"
        for row in values["never_done"][:SHOWN]
    ] or ["  none"]
    lines += ["", "Most declined:"]
    for row in values["declined"][:SHOWN]:
        reasons = ", ".join(f"{reason} {count}" for reason, count in row["reasons"].items())
        lines.append(f"  {row['id']}: {_percent(row)} of {row['given']} ({reasons})")
    if not values["declined"]:
        lines.append("  none")
    for situation, rows in values["helps"].items():
        lines += ["", f"Most surely done, {_named(situation)}:"]
        lines += [f"  {row['id']}: {_percent(row)} of {row['given']}" for row in rows[:SHOWN]]
    return "\n".join(lines)


def _percent(row: dict[str, Any]) -> str:
    return f"{row['share']:.0%} ({row['low']:.0%} to {row['high']:.0%})"


def _named(situation: str) -> str:
    obstacle, _, long = situation.partition(":")
    name = "no diagnosis" if obstacle == "none" else obstacle
    return f"{name}, 6 months of search or more" if long else name
