"""Alerts and the morning's digest as they come by themselves: where, when, once, and what is answered to them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from bot.counsellors.needs import asking, watching
from storage import agenda, alerts, links, teams
from storage.alerts import AlertCount
from storage.engine import Store
from storage.tables.core import team
from tests.counsellors.following import TUESDAY, paris
from tests.counsellors.office import A_DAY, GROUP, KARIM, NADIA, WORLD, Office, Told

AN_HOUR = timedelta(hours=1)


def look(office: Office, now: datetime) -> list[Told]:
    office.now = now
    office(watching.look_due, WORLD, now, 100)
    return [told for told in office.told() if told.purpose == "group alert"]


def morning(office: Office, now: datetime) -> list[Told]:
    office.now = now
    office(alerts.watch_new_teams, now)
    office(watching.digest_due, WORLD, now, 100)
    return [told for told in office.told() if told.purpose == "group digest"]


def stuck(office: Office, first_name: str = "Sofia") -> int:
    link = office.follow(first_name)
    for days_ago in (6, 4, 2):
        office.acted(link, days_ago, stuck=True)
    return link


# Alerts


def test_an_alert_has_a_reason_something_to_do_in_a_minute_and_two_answers(office: Office) -> None:
    link = stuck(office)
    (alert,) = look(office, TUESDAY)
    assert (alert.chat, alert.topic) == (GROUP, link)
    assert alert.text == "Sofia M. : ça coince depuis mercredi 18 novembre. Une action plus simple ?"
    assert alert.labels == ["Plus simple", "C'est fait", "Utile", "Pas utile"]


def test_the_same_episode_comes_once_whatever_runs(office: Office, store: Store) -> None:
    stuck(office)
    assert len(look(office, TUESDAY)) == 1
    for hours in range(1, 60):
        assert look(office, TUESDAY + hours * AN_HOUR) == []
    for _ in range(3):
        assert store.run_sync(watching.look, office.team_id, TUESDAY + AN_HOUR) == 0


def test_at_night_and_at_the_weekend_nothing_comes_and_nothing_is_lost(office: Office) -> None:
    office(alerts.watch_new_teams, TUESDAY)
    link = stuck(office)
    for now in (paris(24, 22), paris(25, 3), paris(28, 11), paris(29, 11)):
        assert look(office, now) == []
    assert office(agenda.next_due, after=paris(29, 11)) == paris(30, 9)
    (alert,) = look(office, paris(30, 9))
    assert alert.topic == link


def test_after_an_outage_of_weeks_there_is_no_burst(office: Office) -> None:
    for letter in "abcdefgh":
        stuck(office, letter.upper())
    later = paris(15, 10, month=12)
    assert len(look(office, later)) == 5
    assert look(office, later + AN_HOUR) == []
    assert len(look(office, later + A_DAY)) == 3


def test_a_call_is_asked_for_in_the_topic_and_in_private_without_a_word_of_why(office: Office) -> None:
    link = office.follow("Sofia")
    office(asking.for_call, office.person_of(link), link, TUESDAY)
    topic, private = look(office, TUESDAY)
    assert (topic.chat, topic.topic, private.chat, private.topic) == (GROUP, link, NADIA, None)
    assert topic.text == private.text == "Sofia M. demande un appel depuis aujourd'hui."
    assert topic.buttons == private.buttons
    assert topic.labels[0] == "Appeler 15 min"


def test_whoever_covers_is_told_and_not_the_one_who_is_away(office: Office) -> None:
    link = office.follow("Sofia")
    office(links.save, link, cover_id=office.karim, cover_until=paris(30).date())
    asked = office(asking.for_call, office.person_of(link), link, TUESDAY)
    assert asked.counsellor == "Karim"
    assert [told.chat for told in look(office, TUESDAY)] == [GROUP, KARIM]


def test_a_call_asked_for_at_night_comes_when_the_counsellor_begins(office: Office) -> None:
    look(office, TUESDAY)
    link = office.follow("Sofia")
    asked = office(asking.for_call, office.person_of(link), link, paris(24, 23))
    assert asked.at == paris(25, 9)
    assert look(office, paris(24, 23, 1)) == []
    assert len(look(office, paris(25, 9))) == 2


def test_a_call_asked_for_by_day_comes_at_once_and_asking_again_changes_nothing(office: Office) -> None:
    look(office, TUESDAY)
    link = office.follow("Sofia")
    person = office.person_of(link)
    assert office(asking.for_call, person, link, TUESDAY + timedelta(minutes=1)).at == TUESDAY + timedelta(
        minutes=1
    )
    office(asking.for_call, person, link, TUESDAY + timedelta(minutes=2))
    assert len(look(office, TUESDAY + timedelta(minutes=2))) == 2
    office(asking.for_call, person, link, TUESDAY + timedelta(minutes=30))
    assert look(office, TUESDAY + timedelta(minutes=31)) == []


def test_once_seen_to_a_new_wish_is_a_new_alert(office: Office) -> None:
    link = office.follow("Sofia")
    office(asking.for_human, office.link(link), TUESDAY)
    (alert,) = look(office, TUESDAY)
    office.tap(alert, "C'est fait")
    office(asking.for_human, office.link(link), TUESDAY + AN_HOUR)
    assert len(look(office, TUESDAY + AN_HOUR)) == 1


def test_somebody_else_s_link_asks_for_nothing(office: Office) -> None:
    mine, other = office.follow("Sofia"), office.follow("Ilyes")
    assert office(asking.for_call, office.person_of(mine), other, TUESDAY) is None
    assert office(asking.for_call, office.person_of(mine), 999, TUESDAY) is None
    assert office.link(other).call_asked_at is None


def test_answers_measure_the_kind_and_only_who_acts_may_give_them(office: Office) -> None:
    stuck(office)
    (alert,) = look(office, TUESDAY)
    toast, _ = office.tap(alert, "Pas utile", KARIM)
    assert toast is not None
    assert "Nadia suit Sofia M." in toast.text
    assert office(alerts.counts)["stuck"] == AlertCount(raised=1)
    toast, _ = office.tap(alert, "Pas utile")
    assert toast is not None
    assert toast.text == "Merci, c'est noté."
    assert office(alerts.counts)["stuck"] == AlertCount(raised=1, not_useful=1)


def test_an_answer_to_an_alert_about_somebody_else_is_refused(office: Office) -> None:
    one, other = stuck(office, "Sofia"), stuck(office, "Ilyes")
    first, _ = look(office, TUESDAY)
    value = first.buttons[2][2]
    for link in {one, other} - {int(first.buttons[2][1])}:
        toast, _ = office.forge(str(link), value)
        assert toast is not None
        assert toast.text == "Ce bouton n'est plus à jour."
    assert office(alerts.counts)["stuck"] == AlertCount(raised=2)


def test_a_kind_that_helps_nobody_comes_once_a_day(office: Office) -> None:
    for letter in "abcd":
        stuck(office, letter.upper())
    for number in range(20):
        row = alerts.AlertRow(number, 1, "", "stuck", office.nadia, TUESDAY.date(), None)
        office(alerts.answer, row, False)
    assert len(look(office, TUESDAY)) == 1


def test_when_the_next_look_is_due_is_known(office: Office) -> None:
    look(office, paris(24, 16, 30))
    assert office(agenda.next_due, after=paris(24, 16, 30)) == paris(24, 17, 30)
    look(office, paris(24, 17, 30))
    assert [row.look_at for row in office(alerts.looks_due, paris(30), 10)] == [paris(25, 9)]


def test_a_team_without_anybody_present_is_not_looked_at(office: Office) -> None:
    stuck(office)
    for member in (office.nadia, office.karim):
        office(teams.leave, member, TUESDAY)
    assert look(office, TUESDAY) == []


# The digest


def test_the_morning_s_digest_says_whose_day_has_what(office: Office) -> None:
    office.follow("Sofia", waiting_since=paris(23, 15))
    office.follow("Ilyes", office.karim, call_asked_at=paris(23, 15))
    stuck(office, "Jeanne")
    (digest,) = morning(office, paris(25, 8))
    assert (digest.chat, digest.topic, digest.buttons) == (GROUP, None, ())
    assert digest.text == (
        "Bonjour. En attente d'une réponse ou d'un appel : 2. Autres personnes : 1.\n"
        "Karim · Ilyes M. demande un appel depuis lundi 23 novembre.\n"
        "Nadia · Sofia M. attend une réponse depuis lundi 23 novembre.\n"
        "Nadia · Jeanne M. : ça coince depuis mercredi 18 novembre. Une action plus simple ?"
    )


def test_it_has_ten_lines_at_the_most(office: Office) -> None:
    for letter in "abcdefghijklmn":
        office.follow(letter.upper(), waiting_since=paris(23))
    (digest,) = morning(office, paris(25, 8))
    assert digest.text.count("\n") == 9
    assert digest.text.endswith("Et 6 autres : /urgent")


def test_when_nobody_needs_anything_there_is_none(office: Office) -> None:
    office.follow("Sofia")
    assert morning(office, paris(25, 8)) == []


def test_it_comes_once_and_again_the_next_working_day(office: Office) -> None:
    office.follow("Sofia", waiting_since=paris(23))
    came = [now for hours in range(24 * 7) if morning(office, now := paris(24, 0) + hours * AN_HOUR)]
    assert came == [paris(day, 8) for day in (24, 25, 26, 27, 30)]


def test_bob_was_down_in_the_morning_it_comes_late_and_after_noon_not_at_all(office: Office) -> None:
    office.follow("Sofia", waiting_since=paris(23))
    assert morning(office, paris(23, 15)) == []
    assert len(morning(office, paris(24, 11))) == 1
    assert morning(office, paris(25, 14)) == []
    assert len(morning(office, paris(26, 8))) == 1


def put_digest(office: Office, place: str) -> None:
    office(lambda conn: conn.execute(update(team).values(digest_place=place)))


def test_a_team_may_have_it_in_private_each_their_own(office: Office) -> None:
    put_digest(office, "private")
    office.follow("Sofia", waiting_since=paris(23))
    office.follow("Ilyes", office.karim, waiting_since=paris(23))
    found = {told.chat: told.text for told in morning(office, paris(25, 8))}
    assert set(found) == {NADIA, KARIM}
    assert "\nSofia M. attend" in found[NADIA]
    assert "Ilyes" not in found[NADIA]


def test_in_private_nothing_comes_on_a_day_off(office: Office) -> None:
    put_digest(office, "private")
    office(teams.set_hours, office.nadia, first=9, last=17, work_days="1245", answer_days=2)
    office.follow("Sofia", waiting_since=paris(23))
    assert morning(office, paris(25, 8)) == []
    assert [told.chat for told in morning(office, paris(26, 8))] == [NADIA]


def test_a_team_may_have_none(office: Office) -> None:
    put_digest(office, "none")
    office.follow("Sofia", waiting_since=paris(23))
    assert morning(office, paris(25, 8)) == []


@pytest.mark.parametrize("state", ["lost"])
def test_a_team_without_its_group_has_none(office: Office, state: str) -> None:
    office(teams.set_group, GROUP, state=state, is_forum=True)
    office.follow("Sofia", waiting_since=paris(23))
    assert morning(office, paris(25, 8)) == []


def test_people_of_a_counsellor_who_left_are_still_on_it(office: Office) -> None:
    office.follow("Sofia", waiting_since=paris(23))
    office(teams.leave, office.nadia, TUESDAY)
    (digest,) = morning(office, paris(25, 8))
    assert "Nadia · Sofia M. attend une réponse" in digest.text


def test_quiet_people_with_a_line_have_come_up_those_without_have_not(office: Office) -> None:
    for letter in "abcdefghi":
        office.follow(letter.upper(), waiting_since=paris(23))
    quiet = office.follow("Z", last_contact_at=None)
    (digest,) = morning(office, paris(25, 8))
    assert "Z M." not in digest.text
    office.now = paris(25, 10)
    more = office.command("urgent")[0]
    assert str(quiet) in {link for _, link, _ in more.buttons}
