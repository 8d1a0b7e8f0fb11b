"""After words of distress: a call is offered where there is a counsellor; one tap asks for it, nothing else is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.counsellors.needs import watching
from bot.dialogs.incoming import Press
from storage import audit, links, privacy, teams
from storage.links import LinkRow
from storage.tables.core import outbox
from tests.dialogs.chat import Chat, paris

WORDS = "je veux mourir"
NADIA = 501


def join_team(chat: Chat, counsellor: str = "Nadia", telegram_id: int = NADIA) -> tuple[LinkRow, int]:
    """A team whose counsellor follows this person; (link, counsellor)."""
    run = chat.store.run_sync
    team_id, _ = run(teams.create_team, "Élan", chat.now, language="fr", time_zone="Europe/Paris")
    counsellor_id, code = run(teams.add_counsellor, team_id, counsellor)
    run(teams.join, code, telegram_id, chat.now)
    made = run(
        links.create,
        chat.record.id,
        team_id,
        counsellor_id,
        chat.now,
        shown=["action"],
        initial="B",
        words_to="private",
    )
    return made, counsellor_id


def link_of(chat: Chat) -> LinkRow:
    return chat.store.run_sync(links.of_person, chat.record.id)[0]


def test_the_fixed_reply_comes_first_then_the_offer(amina: Chat) -> None:
    join_team(amina)
    said = amina.say(WORDS).messages
    assert "3114" in said[0].text
    assert said[1].text.startswith("Nadia peut vous appeler, si vous voulez.")
    assert said[1].labels == ["Demander un appel"]


def test_without_a_counsellor_nothing_is_offered(amina: Chat) -> None:
    assert len(amina.say(WORDS).messages) == 1


def test_after_the_counsellor_has_left_nothing_is_offered(amina: Chat) -> None:
    _, counsellor = join_team(amina)
    amina.store.run_sync(teams.leave, counsellor, amina.now)
    assert len(amina.say(WORDS).messages) == 1


def test_without_the_tap_nobody_is_told_anything(amina: Chat) -> None:
    join_team(amina)
    amina.say(WORDS)
    amina.say("merci")
    assert link_of(amina).call_asked_at is None
    assert amina.store.run_sync(watching.look_due, amina.world, amina.now, 10) == 1
    rows = amina.store.run_sync(lambda conn: conn.execute(select(outbox.c.chat_id)).scalars().all())
    assert NADIA not in rows


def test_one_tap_asks_for_a_call_and_says_when_it_is_seen(amina: Chat) -> None:
    join_team(amina)
    amina.say(WORDS)
    amina.tap("call_me.button")
    assert amina.text == "C'est transmis à Nadia. Le 3114 répond aussi, jour et nuit."
    assert link_of(amina).call_asked_at == amina.now
    amina.store.run_sync(watching.look_due, amina.world, amina.now, 10)
    bodies = amina.store.run_sync(
        lambda conn: conn.execute(select(outbox.c.body).where(outbox.c.chat_id == NADIA)).scalars().all()
    )
    assert [body["text"] for body in bodies] == ["Amina B. demande un appel depuis aujourd'hui."]


def test_at_night_it_says_that_it_is_seen_in_the_morning(amina: Chat) -> None:
    join_team(amina)
    amina.now = paris("2026-11-26 23:30").astimezone(amina.now.tzinfo)
    amina.say(WORDS)
    amina.tap("call_me.button")
    assert amina.text == "C'est noté. Nadia le verra demain à 9 h. D'ici là, le 3114 répond jour et nuit."


def test_nothing_that_is_kept_tells_why(amina: Chat) -> None:
    join_team(amina)
    amina.say(WORDS)
    amina.tap("call_me.button")
    entries = amina.store.run_sync(audit.entries, amina.record.id)
    assert [entry.what for entry in entries if "asked" in entry.what] == ["call asked"]
    kept = amina.store.run_sync(privacy.export, amina.record.id)
    assert WORDS not in str(kept)


def test_with_two_teams_the_person_chooses_whom_to_tell(amina: Chat) -> None:
    join_team(amina)
    join_team(amina, "Karim", 502)
    said = amina.say(WORDS).messages
    assert [message.text.split()[0] for message in said[1:]] == ["Nadia", "Karim"]
    amina.press("Demander un appel", on=said[2])
    asked = [link.call_asked_at for link in amina.store.run_sync(links.of_person, amina.record.id)]
    assert asked == [None, amina.now]


def test_an_old_button_of_a_link_that_has_ended_reaches_nobody(amina: Chat) -> None:
    link, _ = join_team(amina)
    amina.say(WORDS)
    amina.store.run_sync(links.drop, link.id)
    amina.tap("call_me.button")
    assert amina.hears("call_me.nobody")


@pytest.mark.parametrize("value", ["999", "x", "9" * 30, "²", ""])
def test_a_forged_button_asks_for_nothing(amina: Chat, value: str) -> None:
    join_team(amina)
    amina.press_as(Press("call_me", 1, "", value))
    assert link_of(amina).call_asked_at is None


def test_somebody_else_s_link_is_not_asked_through(amina: Chat) -> None:
    other = Chat(amina.store, amina.world)
    other.onboard()
    link, _ = join_team(other)
    amina.press_as(Press("call_me", 1, "", str(link.id)))
    assert amina.hears("call_me.nobody")
    assert link_of(other).call_asked_at is None


def test_tapping_again_changes_nothing(amina: Chat) -> None:
    join_team(amina)
    amina.say(WORDS)
    amina.tap("call_me.button")
    first = amina.now
    amina.now += timedelta(minutes=5)
    amina.tap("call_me.button")
    assert link_of(amina).call_asked_at == first
