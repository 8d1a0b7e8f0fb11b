"""`bob report team NAME`: a team's last whole week and its answer times, as its group can see them."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.commands.database import open_present
from bot.commands.team import TeamError
from bot.counsellors.reporting.figures import LEAST
from bot.counsellors.reporting.team_figures import ANSWER_WEEKS, COUNTED, TeamFigures, team_figures
from bot.settings import Settings
from storage import teams

NAMED = {
    "acted": "did an action",
    "wrote": "wrote to the team",
    "written_to": "were written to",
    "met": "had an appointment",
    "waiting": "wait for an answer now",
}


def report_team(settings: Settings, name: str, now: datetime, *, as_json: bool) -> int:
    """Print the report; TeamError when there is no such team."""
    store = open_present(settings)
    try:
        found = store.run_sync(_figures, name, now)
    finally:
        store.close()
    values = as_values(name, found)
    print(json.dumps(values, ensure_ascii=False, indent=2) if as_json else as_text(values))
    return 0


def _figures(conn: Connection, name: str, now: datetime) -> TeamFigures:
    team = next((one for one in teams.teams(conn) if one.name == name), None)
    if team is None:
        raise TeamError(f"There is no team {name}: `bob team list` shows them.")
    return team_figures(conn, team, now)


def as_values(name: str, found: TeamFigures) -> dict[str, Any]:
    """As plain JSON values; None: too few people to be shown."""
    rows = {"followed": found.followed, **found.rows}
    answers = found.answers
    return {
        "team": name,
        "least": LEAST,
        "week": found.week.monday.isoformat(),
        "counsellors": list(found.counsellors),
        "people": {key: {"by_counsellor": list(row.cells), "all": row.total} for key, row in rows.items()},
        "answers": {
            "weeks": ANSWER_WEEKS,
            "count": answers.count if answers else None,
            "median_hours": answers.median if answers else None,
            "nine_of_ten_hours": answers.most if answers else None,
        },
        "weeks": [
            {"monday": monday.isoformat(), "done": done, "answered": answered}
            for monday, done, answered in zip(found.mondays, found.done, found.answered, strict=True)
        ],
    }


def as_text(values: dict[str, Any]) -> str:
    """For reading."""

    def shown(count: int | None) -> str:
        return "-" if count is None else str(count)

    people = values["people"]
    lines = [
        f"{values['team']}, week of {values['week']}; nothing of fewer than {LEAST} people is shown (-).",
        f"  people followed: {shown(people['followed']['all'])}",
    ]
    for key in COUNTED:
        row = people[key]
        by = ", ".join(
            f"{who} {shown(cell)}"
            for who, cell in zip(values["counsellors"], row["by_counsellor"], strict=True)
        )
        lines.append(f"  {NAMED[key]}: {shown(row['all'])}" + (f" ({by})" if by else ""))
    answers = values["answers"]
    lines.append(
        f"Answers of the last {ANSWER_WEEKS} weeks, in working hours: {shown(answers['count'])} answers, "
        f"half within {shown(answers['median_hours'])}, nine of ten within {shown(answers['nine_of_ten_hours'])}"
    )
    lines.append("Actions done, and answers given, by week:")
    lines += [f"  {row['monday']}: {shown(row['done'])}, {shown(row['answered'])}" for row in values["weeks"]]
    return "\n".join(lines)
