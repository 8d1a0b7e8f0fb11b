"""`/bilan_equipe`: in the group the team's figures, in private one's own people, as words, a picture and a file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.counsellors import topics
from bot.counsellors.group_text import CounsellorName, GroupText, TeamName, lines, naming, said
from bot.counsellors.reporting import team_figures
from bot.counsellors.reporting.figures import LEAST, Row
from bot.counsellors.reporting.team_figures import COUNTED, PersonWeek, TeamFigures, Week
from bot.counsellors.several import choosing
from bot.counsellors.turn import VERSION, GroupTurn
from bot.dialogs import spreadsheet
from bot.dialogs.incoming import Press
from bot.dialogs.replies import Button, Rows
from bot.dialogs.texts import Voice
from bot.dialogs.turn import World
from storage import audit, team_weeks, teams
from storage.teams import CounsellorRow, TeamRow

ROOM: Final = "reports"
MONDAY_AT: Final = time(8)
MOST_LISTED: Final = 40
"""People in the message; the file has all."""
COLUMNS: Final = (
    "person", "week", "received", "done", "told", "wrote", "written_to", "meetings", "contact",
)  # fmt: skip


def show(turn: GroupTurn, argument: str) -> None:
    """The command."""
    if turn.event.thread_id is not None:
        turn.answer(said("reports.not_here"))
    elif turn.in_private:
        _show_mine(turn)
    else:
        found = team_figures.team_figures(turn.conn, turn.team, turn.now)
        turn.desk.say(
            team_text(turn.team, found),
            reply_to=turn.event.message_id,
            picture=picture(turn.voice, turn.team, found),
        )


# A counsellor's own people, in private


def _mine(
    conn: Connection, team: TeamRow, member: CounsellorRow, now: datetime
) -> tuple[Week, list[PersonWeek]]:
    zone = ZoneInfo(team.time_zone)
    week, today = team_figures.last_week(now, zone), now.astimezone(zone).date()
    mine = choosing.followed(conn, team.id, member.id, today)
    return week, team_figures.people_of(conn, team, mine, week)


def _show_mine(turn: GroupTurn) -> None:
    week, found = _mine(turn.conn, turn.team, turn.member, turn.now)
    for one in found:
        turn.note(one.link, "report opened")
    wished = team_weeks.is_wished(turn.conn, turn.member.id)
    turn.desk.say(people_text(week, found), buttons=_buttons(turn.voice, wished=wished))


def _buttons(voice: Voice, *, wished: bool) -> Rows:
    weekly = "no_mondays" if wished else "mondays"
    return (
        (
            Button(voice("reports.button.csv"), ROOM, VERSION, "mine", "csv"),
            Button(voice(f"reports.button.{weekly}"), ROOM, VERSION, "mine", weekly),
        ),
    )


def people_text(week: Week, found: list[PersonWeek]) -> GroupText:
    """The week of each person, in words."""
    more = len(found) - MOST_LISTED
    return lines(
        said("reports.head", first=week.monday, last=week.sunday, n=len(found)),
        *(_line(one) for one in found[:MOST_LISTED]),
        said("reports.more", n=more) if more > 0 else None,
        said("reports.dash") if any(None in (one.done, one.meetings) for one in found) else None,
    )


def _line(one: PersonWeek) -> GroupText:
    dash = said("reports.none")
    return said(
        "reports.person",
        person=one.person,
        done=one.done if one.done is not None else dash,
        received=one.received if one.received is not None else dash,
        told=one.told if one.told is not None else dash,
        wrote=one.wrote,
        written=one.written_to,
        meetings=one.meetings if one.meetings is not None else dash,
        contact=one.contact if one.contact is not None else dash,
    )


def as_csv(voice: Voice, week: Week, found: list[PersonWeek]) -> str:
    """The same for a spreadsheet, all of them. What a card does not show is an empty cell."""
    head = [voice(f"reports.column.{column}") for column in COLUMNS]
    return spreadsheet.as_csv(voice.language, [head, *(list(_cells(week, one)) for one in found)])


def _cells(week: Week, one: PersonWeek) -> Iterable[str]:
    values: tuple[Any, ...] = (
        one.person.text, week.monday, one.received, one.done, one.told, one.wrote, one.written_to, one.meetings,
        one.contact,
    )  # fmt: skip
    return ("" if value is None else str(value) for value in values)


def press(turn: GroupTurn, pressed: Press) -> bool:
    """The buttons under one's own report: the file, and Mondays on or off."""
    if not turn.in_private or pressed.step != "mine":
        return False
    match pressed.value:
        case "csv":
            week, found = _mine(turn.conn, turn.team, turn.member, turn.now)
            for one in found:
                turn.note(one.link, "report exported")
            name = f"{turn.voice('reports.file')}-{week.monday.isoformat()}.csv"
            caption = naming(said("reports.file_caption"), (one.link.id for one in found))
            turn.desk.say(caption, document=(name, as_csv(turn.voice, week, found)))
        case "mondays":
            team_weeks.wish(turn.conn, turn.member.id, next_monday(turn.now, turn.zone))
            turn.notice(said("reports.mondays_on"), alert=True)
        case "no_mondays":
            team_weeks.wish(turn.conn, turn.member.id, None)
            turn.notice(said("reports.mondays_off"), alert=True)
        case _:
            return False
    return True


def next_monday(now: datetime, zone: ZoneInfo) -> datetime:
    """The next Monday 08:00 of the team."""
    local = now.astimezone(zone)
    day = local.date() + timedelta(days=-local.weekday() % 7)
    if datetime.combine(day, MONDAY_AT, zone) <= local:
        day += timedelta(days=7)
    return datetime.combine(day, MONDAY_AT, zone).astimezone(UTC)


def send_reports_due(conn: Connection, world: World, now: datetime, limit: int) -> int:
    """Monday's reports, each in its counsellor's private chat; returns how many were due."""
    due = team_weeks.due(conn, now, limit)
    for counsellor_id in due:
        _send(conn, counsellor_id, now)
    return len(due)


def _send(conn: Connection, counsellor_id: int, now: datetime) -> None:
    member = teams.counsellor_of(conn, counsellor_id)
    team = teams.team_of(conn, member.team_id) if member is not None else None
    if member is None or team is None or member.telegram_id is None or member.left_at is not None:
        team_weeks.wish(conn, counsellor_id, None)
        return
    team_weeks.wish(conn, counsellor_id, next_monday(now, ZoneInfo(team.time_zone)))
    week, found = _mine(conn, team, member, now)
    if not found:
        return
    for one in found:
        audit.note(conn, one.link.person_id, "report sent", now, actor=member.audit_key)
    desk = topics.desk_of(conn, team, member.telegram_id, now)
    desk.say(
        people_text(week, found),
        buttons=_buttons(desk.voice, wished=True),
        quiet=True,
        key=f"report:{counsellor_id}:{week.monday}",
        purpose="group report",
    )


# The team, in its group


def team_text(team: TeamRow, found: TeamFigures) -> GroupText:
    """The team's table in words: a line for each count, and the answer times."""
    named = TeamName(team.name)
    followed = found.followed.total
    return lines(
        said("reports.team.head", team=named, first=found.week.monday, last=found.week.sunday),
        said("reports.team.followed", n=followed if followed is not None else _few()),
        *(_team_line(found, name, found.rows[name]) for name in COUNTED),
        _answers(found),
        _last(found),
        said("reports.team.few", least=LEAST),
    )


def _few() -> GroupText:
    return said("reports.none")


def _team_line(found: TeamFigures, name: str, row: Row) -> GroupText:
    """The sum of a count; each counsellor's where there are several."""
    what = said(f"reports.team.{name}", total=row.total if row.total is not None else _few())
    if len(found.counsellors) < 2 or all(cell is None for cell in row.cells):
        return what
    by = [
        said("reports.team.cell", who=CounsellorName(who), n=cell if cell is not None else _few())
        for who, cell in zip(found.counsellors, row.cells, strict=True)
    ]
    return lines(what, *by)


def _answers(found: TeamFigures) -> GroupText:
    if found.answers is None:
        return said("reports.team.no_times", least=LEAST)
    return said(
        "reports.team.times",
        n=found.answers.count,
        median=found.answers.median,
        most=found.answers.most,
        weeks=team_figures.ANSWER_WEEKS,
    )


def _last(found: TeamFigures) -> GroupText | None:
    """What the picture shows, in words: its last column."""
    done, answered = found.done[-1], found.answered[-1]
    return said(
        "reports.team.last",
        done=done if done is not None else _few(),
        replies=answered if answered is not None else _few(),
    )


def picture(voice: Voice, team: TeamRow, found: TeamFigures) -> dict[str, Any]:
    """The values of `bot.pictures.report.Report`."""
    return {
        "kind": "report",
        "title": voice("reports.picture.title"),
        "subtitle": voice("reports.picture.subtitle", team=team.name, n=len(found.mondays)),
        "weeks": [f"{monday.day}/{monday.month}" for monday in found.mondays],
        "rows": [
            [voice("reports.picture.done"), list(found.done)],
            [voice("reports.picture.answered"), list(found.answered)],
        ],
        "legend": voice("reports.picture.legend", least=LEAST),
    }
