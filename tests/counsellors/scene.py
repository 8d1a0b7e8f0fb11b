"""Two teams in two groups, a group of nobody's, people followed and not: where the properties are tried.

    -1001: Mission locale. Nadia (501) follows Zébulon (7001), Paul (502) is a colleague, Gaëlle (504) has left.
    -1002: Cap emploi. Bruno (601) follows Adam (7002).
    -1003: a group of no team. Léa (7003) is followed by nobody; 900 is a stranger to everybody.

Everything that Zébulon ever told holds a word that is found again (`MARKERS`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Connection

from bot.advice.facts import Outcome, Refusal
from bot.advice.profile import (
    AgeBand,
    Barrier,
    Contract,
    Diploma,
    JobChoice,
    Liking,
    Mobility,
    ObstacleId,
    Profile,
    Situation,
)
from bot.advice.weeks import Goal, Review
from bot.counsellors.handling import one_event
from bot.counsellors.incoming import GroupEvent
from bot.dialogs.incoming import Incoming
from bot.dialogs.replies import Toast
from bot.dialogs.turn import World
from bot.dialogs.welcome import CONSENT_VERSION
from bot.turns.handling import one_turn
from storage import applications, appointments, consents, days, invitations, links, people, relays, teams
from storage.appointments import AppointmentRow
from storage.engine import Store
from storage.links import LinkRow
from storage.tables.core import metadata
from tests.advice.making_applications import an_application
from tests.counsellors.making import NOW, MadeTeam, follow, make_team, relayed, rows_of

GROUP, OTHER_GROUP, NOBODYS_GROUP = -1001, -1002, -1003
NADIA, PAUL, GAELLE, BRUNO, STRANGER = 501, 502, 504, 601, 900
ZEBULON, ADAM, LEA = 7001, 7002, 7003
TOPIC, OTHER_TOPIC = 31, 41
CARD, RELAYED, PROMPT = 32, 33, 34
OTHER_CARD, OTHER_RELAYED = 42, 43
FIRST_NAME = "Zébulon Secretname"
SHOWN_NAME = "Zébulon"
MARKERS = (
    "Secretname", "0612345678", "diabetologue", "surendettement", "Moussaillonne", "Quimperlezec", "fauconnier",
    "Entreprisesecrete", "raisonintime", "obstaclecache", "lieucache", "questioncache", str(ZEBULON),
)  # fmt: skip
"""Words of Zébulon that no team may ever read from Bob: family name, phone, health, money, family, town, job..."""
_updates = count(1_000)


@dataclass
class Scene:
    """The database at the beginning, and what happens in it from now on.

    `run` does a unit of work: each in a transaction of its own, or all in one that is undone at the end.
    """

    run: Callable[..., Any]
    world: World
    now: datetime
    team: MadeTeam
    other_team: MadeTeam
    link: LinkRow
    other_link: LinkRow
    person_id: str
    is_forum: bool
    codes: tuple[str, ...]
    """Codes that were used up, or are somebody else's: what a thief may have seen."""

    def group(self, event: GroupEvent) -> Toast | None:
        """An event of a group, a second later."""
        self.now += timedelta(seconds=1)
        toast: Toast | None = self.run(one_event, self.world, event, next(_updates), self.now)
        return toast

    def private(self, incoming: Incoming) -> Toast | None:
        """An event of a private chat."""
        self.now += timedelta(seconds=1)
        toast: Toast | None = self.run(one_turn, self.world, incoming, next(_updates), self.now)[1]
        return toast

    def calls(self) -> list[dict[str, Any]]:
        """Everything that waits to be sent, or was, oldest first."""
        return sorted(self.run(rows_of, "outbox"), key=lambda row: row["id"])


def _profile() -> Profile:
    return Profile(
        first_name=FIRST_NAME,
        job="fauconnier à 0612345678",
        other_jobs=("fauconnier de nuit",),
        job_choice=JobChoice.ONE,
        place="Quimperlezec",
        situation=Situation.RETURNING,
        search_started=True,
        months=14,
        experience_years=3,
        diploma=Diploma.CAP,
        barriers=frozenset(
            (
                Barrier.FAMILY,
                Barrier.DISABILITY,
                Barrier.MOTIVATION,
                Barrier.DISCRIMINATION,
                Barrier.CONFIDENCE,
            )
        ),
        mobility=Mobility.CITY,
        leads=2,
        applications=12,
        interviews=0,
        offers=0,
        contracts=frozenset((Contract.TEMP,)),
        age=AgeBand.SENIOR,
        liking=Liking.JUST_A_JOB,
        own_view=ObstacleId.DISCOURAGEMENT,
        hour=time(9),
        told_on={"applications": date(2026, 2, 27)},
    )


def _person(conn: Connection, telegram_id: int, profile: Profile, now: datetime) -> str:
    person_id, _ = people.create_person(
        conn, now, telegram_id=telegram_id, chat_id=telegram_id, language="fr", form="vous", profile=profile
    )
    consents.give(conn, person_id, "use", text_version=CONSENT_VERSION, language="fr", now=now)
    for name, state in (("onboarding", "done"), ("diagnosis", "told"), ("board", "list"), ("weekly", "done")):
        people.save_dialogue(conn, person_id, name, version=1, state=state, data={}, now=now)
    for name in ("counsellor", "appointments"):
        people.save_dialogue(conn, person_id, name, version=1, state="quiet", data={}, now=now)
    people.save_person(conn, person_id, next_due_at=now + timedelta(hours=24))
    return person_id


def _secrets(conn: Connection, person_id: str, now: datetime) -> None:
    """What Zébulon told beside the profile: each with a word of `MARKERS`."""
    today = now.date()
    past = days.open_action(
        conn, person_id, local_date=today - timedelta(days=2), catalogue_id="wellbeing-breathe", family="wellbeing",
        effort="small", minutes=5, origin="push", now=now - timedelta(days=2), reasons=("raisonintime",),
    )  # fmt: skip
    days.close_action(conn, past, Outcome.REFUSED, now=now - timedelta(days=1), refusal=Refusal.TOO_LONG)
    opened = days.open_action(
        conn, person_id, local_date=today, catalogue_id="own", family="rights", effort="small", minutes=10,
        origin="asked", now=now, reasons=("raisonintime",), own_words="Appeler le diabetologue pour le surendettement",
    )  # fmt: skip
    days.save_plan(
        conn,
        opened,
        local_when=datetime(2026, 3, 3, 10),
        time_zone="Europe/Paris",
        place="lieucache chez Moussaillonne",
        obstacle="obstaclecache",
        fallback="diabetologue",
        recall_at=now + timedelta(hours=25),
    )
    board = an_application(company="Entreprisesecrete", job="fauconnier", place="Moussaillonne 0612345678")
    applications.save(conn, person_id, board, today=today)
    applications.save_review(conn, person_id, Review(today, "contacts", 2, Goal(today, 1, 1)))
    days.save_strategy_answer(conn, person_id, "network", "refused", reason="surendettement", now=now)
    appointments.save(
        conn,
        AppointmentRow(
            "rdv", person_id, "private", "lieucache", datetime(2026, 3, 4, 9), "Europe/Paris", "planned", 0,
            "questioncache", now + timedelta(days=2), now + timedelta(days=1), now + timedelta(days=2), now,
        ),
    )  # fmt: skip
    people.save_person(conn, person_id, pause_reason="surendettement")


def build(run: Callable[..., Any], world: World, *, is_forum: bool = True, words_to: str = "topic") -> Scene:
    """The scene."""
    scene: Scene = run(_build, run, world, is_forum=is_forum, words_to=words_to)
    return scene


def _build(
    conn: Connection, run: Callable[..., Any], world: World, *, is_forum: bool, words_to: str
) -> Scene:
    now = NOW
    team = make_team(
        conn, "Mission locale", GROUP, {"Nadia": NADIA, "Paul": PAUL, "Gaëlle": GAELLE}, is_forum=is_forum
    )
    other = make_team(conn, "Cap emploi", OTHER_GROUP, {"Bruno": BRUNO})
    zebulon = _person(conn, ZEBULON, _profile(), now)
    _secrets(conn, zebulon, now)
    adam = _person(conn, ADAM, Profile(first_name="Adam"), now)
    _person(conn, LEA, Profile(first_name="Léa"), now)
    thread = TOPIC if is_forum else None
    link = follow(conn, zebulon, team, "Nadia", thread_id=thread, card_message=CARD, words_to=words_to)  # type: ignore[arg-type]
    other_link = follow(conn, adam, other, "Bruno", thread_id=OTHER_TOPIC, card_message=OTHER_CARD)
    if not is_forum:
        links.save_topic(conn, link.id, card_message=CARD)
    relayed(conn, link, (ZEBULON, 5), (GROUP if words_to == "topic" else NADIA, RELAYED))
    relayed(conn, other_link, (ADAM, 5), (OTHER_GROUP, OTHER_RELAYED))
    prompt = relays.add(
        conn, link.id, "to_team", now, source=(relays.PROMPT, 1), to_chat=GROUP, kind="prompt", outbox_id=None,
        counsellor_id=team.counsellors["Nadia"],
    )  # fmt: skip
    assert prompt is not None
    relays.delivered(conn, prompt, PROMPT)
    used = invitations.make(conn, team.counsellors["Nadia"], now, now + timedelta(days=30), uses=0)
    of_bruno = invitations.make(conn, other.counsellors["Bruno"], now, now + timedelta(days=30))
    expired = invitations.make(conn, team.counsellors["Nadia"], now, now - timedelta(days=1))
    second_code = teams.renew_team_code(conn, other.id)
    assert teams.leave(conn, team.counsellors["Gaëlle"], now)
    conn.exec_driver_sql("DELETE FROM outbox")
    conn.exec_driver_sql("DELETE FROM mention")
    return Scene(
        run,
        world,
        now,
        team,
        other,
        link,
        other_link,
        zebulon,
        is_forum,
        (used, of_bruno, expired, second_code, "nothing"),
    )


# What is known of a person


def rows_about(conn: Connection, person_id: str) -> dict[str, list[dict[str, Any]]]:
    """Every row that goes with the person, by table: found by following the keys from the person on."""
    found: dict[str, list[dict[str, Any]]] = {
        "person": [row for row in rows_of(conn, "person") if row["id"] == person_id]
    }
    for table in metadata.sorted_tables:
        keys = [key for key in table.foreign_keys if key.column.table.name in found]
        if not keys or table.name == "person":
            continue
        owners = {
            key.parent.name: {row[key.column.name] for row in found[key.column.table.name]} for key in keys
        }
        rows = rows_of(conn, table.name)
        found[table.name] = [row for row in rows if any(row[name] in ids for name, ids in owners.items())]
    keys_of_subject = {row["subject_key"] for row in found["subject"]}
    found["audit"] = [row for row in rows_of(conn, "audit") if row["subject_key"] in keys_of_subject]
    return found


def changed(
    before: dict[str, list[dict[str, Any]]], after: dict[str, list[dict[str, Any]]]
) -> Iterator[tuple[str, str]]:
    """(table, column) of everything that differs; "*" for rows that came or went."""
    for name in before.keys() | after.keys():
        old, new = before.get(name, []), after.get(name, [])
        if len(old) != len(new):
            yield name, "*"
            continue
        for was, now in zip(old, new, strict=True):
            yield from ((name, column) for column in was if was[column] != now[column])


def words_of(call: dict[str, Any]) -> str:
    """Everything that a call would show, as one text that can be searched."""
    body = call["body"]
    return json.dumps(json.loads(body) if isinstance(body, str) else body, ensure_ascii=False)


class Undo(Exception):
    """Ends an example, and with it all that it changed."""


class Stage:
    """A scene that is in the database; examples start from it, and leave nothing."""

    def __init__(self, store: Store, world: World, **how: Any) -> None:
        self.store = store
        self.scene = build(store.run_sync, world, **how)

    def play(self, events: Iterable[Any], each: Callable[[Scene, Any], None]) -> None:
        """Do `each` for every event, all in one transaction that is undone."""

        def work(conn: Connection) -> None:
            def run(fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
                return fn(conn, *args, **kwargs)

            scene = replace(self.scene, run=run)
            for event in events:
                each(scene, event)
            raise Undo

        try:
            self.store.run_sync(work)
        except Undo:
            return
