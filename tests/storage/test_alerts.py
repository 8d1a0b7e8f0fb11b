"""Alerts: an episode once, answers counted apart from whom they are about, and work that is due."""

from datetime import timedelta

from bot.counsellors import linking
from storage import alerts, links, privacy
from storage.alerts import AlertCount
from tests.storage.making import NOW, TODAY, Room
from tests.storage.test_following import A_DAY, follow, make_team


def raise_one(room: Room, link_id: int, counsellor: int, episode: str = "stuck:2026-03-01") -> int | None:
    return room(alerts.add, link_id, episode, "stuck", counsellor, TODAY)


def answer(room: Room, alert_id: int, useful: bool) -> None:
    row = room(alerts.by_id, alert_id)
    assert row is not None
    room(alerts.answer, row, useful)


def test_the_same_episode_of_the_same_person_is_raised_once(room: Room) -> None:
    team, (nadia,) = make_team(room, "Nadia")
    _, one = follow(room, team, nadia)
    _, other = follow(room, team, nadia, 1002)
    assert raise_one(room, one, nadia) is not None
    assert raise_one(room, one, nadia) is None
    assert raise_one(room, other, nadia) is not None
    assert room(alerts.raised_before, team.id) == {(one, "stuck:2026-03-01"), (other, "stuck:2026-03-01")}
    assert room(alerts.counts)["stuck"] == AlertCount(raised=2)


def test_what_each_counsellor_had_in_a_day(room: Room) -> None:
    team, (nadia, karim) = make_team(room, "Nadia", "Karim")
    _, link_id = follow(room, team, nadia)
    raise_one(room, link_id, nadia, "a")
    raise_one(room, link_id, nadia, "b")
    room(alerts.add, link_id, "c", "human", karim, TODAY)
    room(alerts.add, link_id, "d", "human", karim, TODAY - A_DAY)
    assert room(alerts.sent_on, team.id, TODAY) == {nadia: {"stuck": 2}, karim: {"human": 1}}


def test_answers_are_counted_and_a_change_of_mind_counts_once(room: Room) -> None:
    team, (nadia,) = make_team(room, "Nadia")
    _, link_id = follow(room, team, nadia)
    alert_id = raise_one(room, link_id, nadia)
    assert alert_id is not None
    answer(room, alert_id, True)
    answer(room, alert_id, True)
    assert room(alerts.counts)["stuck"] == AlertCount(1, useful=1)
    answer(room, alert_id, False)
    assert room(alerts.counts)["stuck"] == AlertCount(1, useful=0, not_useful=1)


def test_when_somebody_leaves_their_alerts_go_and_the_counts_stay(room: Room) -> None:
    team, (nadia,) = make_team(room, "Nadia")
    person_id, link_id = follow(room, team, nadia)
    alert_id = raise_one(room, link_id, nadia)
    assert alert_id is not None
    answer(room, alert_id, True)
    room(links.drop, link_id)
    assert room(alerts.by_id, alert_id) is None
    assert room(alerts.counts)["stuck"] == AlertCount(1, useful=1)
    room(privacy.delete_person, person_id, NOW, linking.leave_all)


def test_people_see_which_alerts_were_raised_about_them(room: Room) -> None:
    team, (nadia,) = make_team(room, "Nadia")
    person_id, link_id = follow(room, team, nadia)
    raise_one(room, link_id, nadia)
    (exported,) = room(privacy.export, person_id)["alerts"]
    assert (exported["kind"], exported["raised_on"]) == ("stuck", TODAY.isoformat())


def test_a_new_team_is_watched_at_once_and_only_once(room: Room) -> None:
    team, _ = make_team(room)
    assert room(alerts.watch_new_teams, NOW) == 1
    assert room(alerts.watch_new_teams, NOW) == 0
    for due in (alerts.looks_due, alerts.digests_due):
        assert [row.team_id for row in room(due, NOW, 10)] == [team.id]


def test_work_is_due_again_when_it_was_said_and_never_when_none_is_in_sight(room: Room) -> None:
    team, _ = make_team(room)
    room(alerts.watch_new_teams, NOW)
    room(alerts.looked, team.id, NOW + A_DAY)
    room(alerts.digested, team.id, TODAY, None)
    assert room(alerts.looks_due, NOW, 10) == []
    (row,) = room(alerts.looks_due, NOW + A_DAY, 10)
    assert (row.digest_at, row.digested_on) == (None, TODAY)
    assert room(alerts.digests_due, NOW + 900 * A_DAY, 10) == []


def test_who_asks_for_somebody_brings_the_next_look_forward_but_never_back(room: Room) -> None:
    team, _ = make_team(room)
    room(alerts.watch_new_teams, NOW)
    room(alerts.looked, team.id, NOW + timedelta(hours=1))
    room(alerts.want_look, team.id, NOW + timedelta(minutes=1))
    room(alerts.want_look, team.id, NOW + timedelta(minutes=30))
    assert room(alerts.looks_due, NOW, 10) == []
    assert len(room(alerts.looks_due, NOW + timedelta(minutes=1), 10)) == 1
    room(alerts.looked, team.id, None)
    room(alerts.want_look, team.id, NOW)
    assert len(room(alerts.looks_due, NOW, 10)) == 1
