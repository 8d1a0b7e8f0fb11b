"""F1, F6: a person sees who can read what is theirs, and who opened or did what through Bob, and when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Connection

from bot.dialogs.access import ENTRIES, slug
from bot.dialogs.texts import Voice
from storage import audit, links, teams
from storage.engine import Store
from storage.words import Audited, listed
from tests.counsellors.making import follow, make_team, relayed
from tests.dialogs.chat import Chat, paris
from tests.dialogs.conftest import NewChat

GROUP = -1009000000002


@pytest.fixture
def followed(amina: Chat, database: Store) -> Chat:
    """Amina, followed by Nadia; Paul, of the same team, has opened her card at 10:05."""

    def work(conn: Connection) -> None:
        team = make_team(conn, "Mission locale", GROUP, {"Nadia": 501, "Paul": 502}, now=amina.now)
        link = follow(conn, person_id, team, "Nadia", thread_id=31, now=amina.now)
        relayed(conn, link, (amina.telegram_id, 7), (GROUP, 33), amina.now)
        paul = teams.counsellor_of(conn, team.counsellors["Paul"])
        assert paul is not None
        audit.note(conn, person_id, "card opened", amina.now + timedelta(minutes=5), actor=paul.audit_key)

    person_id = amina.record.id
    database.run_sync(work)
    return amina


def opened(chat: Chat) -> str:
    chat.command("/mesdonnees")
    chat.tap("access.button.open")
    return chat.text


def test_who_can_read_and_who_did_what_is_told(followed: Chat) -> None:
    text = opened(followed)
    assert "Équipe « Mission locale ». Lisent son groupe : Nadia et Paul." in text
    assert "Vous répond : Nadia." in text
    assert "• 26 novembre, 10 h 05 : fiche ouverte (Paul)" in text
    assert text.index("fiche ouverte") < text.index("début du suivi") < text.index("pour utiliser Bob")


def test_the_message_of_the_data_stays_and_typed_words_go_where_they_went(followed: Chat) -> None:
    focus = followed.record.focus
    opened(followed)
    assert len(followed.said.messages) == 1
    assert followed.last.text != followed.messages[-2].text
    assert followed.record.focus == focus


def test_whoever_covers_is_told(followed: Chat, database: Store) -> None:
    person_id = followed.record.id

    def cover(conn: Connection) -> None:
        (link,) = links.of_person(conn, person_id)
        paul = next(one for one in teams.members(conn, link.team_id) if one.name == "Paul")
        links.save(conn, link.id, cover_id=paul.id, cover_until=paris("2026-11-26 00:00").date())

    database.run_sync(cover)
    assert "En relais en ce moment : Paul." in opened(followed)
    followed.now += timedelta(days=1)
    assert "En relais" not in opened(followed)


def test_somebody_who_left_the_team_can_read_no_more_but_what_they_did_stays(
    followed: Chat, database: Store
) -> None:
    person_id = followed.record.id

    def go(conn: Connection) -> None:
        (link,) = links.of_person(conn, person_id)
        paul = next(one for one in teams.members(conn, link.team_id) if one.name == "Paul")
        assert teams.leave(conn, paul.id, followed.now)

    database.run_sync(go)
    text = opened(followed)
    assert "Lisent son groupe : Nadia." in text
    assert "fiche ouverte (Paul)" in text


def test_without_a_team_nobody_reads(amina: Chat) -> None:
    opened(amina)
    assert amina.hears("access.nobody")
    assert "votre accord pour utiliser Bob" in amina.text


def test_old_entries_are_read_page_by_page_in_the_same_message(followed: Chat, database: Store) -> None:
    person_id = followed.record.id

    def more(conn: Connection) -> None:
        for minute in range(2 * ENTRIES):
            audit.note(conn, person_id, "export", followed.now + timedelta(minutes=10 + minute))

    database.run_sync(more)
    opened(followed)
    count = len(followed.messages)
    seen = [followed.last.text]
    for _ in range(2):
        followed.tap("access.button.older")
        seen.append(followed.last.text)
    assert len(followed.messages) == count
    assert not followed.has("access.button.older")
    assert [page.count("•") for page in seen] == [ENTRIES, ENTRIES, 3]
    assert "fiche ouverte" in seen[2]
    assert "Mission locale" not in seen[1]
    followed.tap("access.button.newer")
    assert followed.last.text == seen[1]


def test_another_page_than_there_is_holds_nothing_and_forged_ones_are_stale(followed: Chat) -> None:
    opened(followed)
    message, button = followed.button(followed.words("access.button.open"))
    data = "access1|page|{}"
    assert followed.press_data(data.format("400"), message)
    assert followed.hears("access.nothing")
    for forged in ("-1", "1000", "x", "", "²", "1;2"):
        followed.press_data(data.format(forged), message)
        assert followed.hears("help.stale")
    assert button.dialogue == "access"


def test_it_is_told_in_the_persons_language_and_zone(new_chat: NewChat, database: Store) -> None:
    chat = new_chat(client_language="en")
    chat.onboard()

    def work(conn: Connection) -> None:
        team = make_team(conn, "Job house", GROUP, {"Nadia": 501}, now=chat.now)
        follow(conn, person_id, team, "Nadia", now=chat.now)
        conn.exec_driver_sql('UPDATE person SET profile = \'{"time_zone": "America/Martinique"}\'')

    person_id = chat.record.id
    database.run_sync(work)
    text = opened(chat)
    assert "Team Job house. Who reads its group: Nadia." in text
    assert "• 26 November, 5:00: support by a team began" in text


def test_it_can_be_read_without_an_agreement(followed: Chat) -> None:
    followed.command("/mesdonnees")
    followed.tap("mydata.revoke")
    followed.command("/mesdonnees")
    followed.tap("access.button.open")
    assert "Mission locale" in followed.text
    assert "accord retiré : utiliser Bob" in followed.text


def test_each_thing_that_can_be_noted_has_its_sentence() -> None:
    for language in ("fr", "en"):
        voice = Voice(language)
        said = [voice(f"access.what.{slug(what)}") for what in listed(Audited)]
        assert len(set(said)) == len(said)
        assert voice("access.what.other") not in said


def test_what_an_older_bob_noted_is_told_as_something_else(amina: Chat, database: Store) -> None:
    def old(conn: Connection) -> None:
        audit.note(conn, person_id, "export", amina.now)
        key = conn.exec_driver_sql("SELECT subject_key FROM subject").scalar_one()
        conn.exec_driver_sql(
            f"INSERT INTO audit (subject_key, what, at) SELECT '{key}', 'opened', at FROM audit LIMIT 1"
        )

    person_id = amina.record.id
    database.run_sync(old)
    assert "autre chose" in opened(amina)
