"""R28: what is counted, of whom, and the weeks in which chance leaves the plan prompt out."""

from datetime import date, timedelta

import pytest

from bot.dialogs import research
from bot.dialogs.research import NO_PROMPT, PROMPT, arm
from bot.dialogs.turn import World
from storage import events
from storage.engine import Store
from tests.dialogs.chat import Chat, paris


def counted(chat: Chat) -> list[str]:
    return [event.kind for event in chat.store.run_sync(events.of_person, chat.record.id)]


def agree(chat: Chat) -> None:
    chat.command("/mesdonnees")
    chat.tap("mydata.research")
    assert chat.hears("mydata.research_ask")
    chat.tap("mydata.research_yes")


@pytest.fixture
def counted_chat(amina: Chat, monkeypatch: pytest.MonkeyPatch) -> Chat:
    """Somebody who agreed, in a week with the prompt, with Friday's action open."""
    monkeypatch.setattr(research, "arm_of", lambda turn: PROMPT)
    agree(amina)
    amina.tick_to(paris("2026-11-27 09:01"))
    return amina


def test_nobody_is_counted_who_has_not_agreed(with_action: Chat) -> None:
    with_action.tap("day.button.done")
    with_action.tap("day.felt.easy")
    assert counted(with_action) == []
    assert "research" not in [consent["kind"] for consent in _consents(with_action)]


def _consents(chat: Chat) -> list[dict[str, str]]:
    from storage import privacy

    found: list[dict[str, str]] = chat.store.run_sync(privacy.export, chat.record.id)["consents"]
    return found


def test_each_step_is_counted_once(counted_chat: Chat) -> None:
    counted_chat.tap("day.button.plan")
    counted_chat.say("demain 10h")
    counted_chat.say("chez moi")
    counted_chat.tap("plan.enough")
    counted_chat.tap("day.button.done")
    counted_chat.tap("day.felt.easy")
    assert counted(counted_chat) == ["delivered", "accepted", "planned", "done", "helped"]


def test_undoing_takes_the_count_back(counted_chat: Chat) -> None:
    counted_chat.tap("day.button.done")
    counted_chat.tap("day.button.undo")
    assert counted(counted_chat) == ["delivered"]


def test_later_is_no_plan_and_a_refusal_is_counted(counted_chat: Chat) -> None:
    counted_chat.say("demain 10h")
    counted_chat.tap("day.button.easier")
    counted_chat.tap("day.button.refuse")
    counted_chat.tap("day.refusal.dislike")
    assert counted(counted_chat) == ["delivered", "easier", "refused"]


def test_an_interview_is_counted_and_taken_back_when_it_is_off(counted_chat: Chat) -> None:
    counted_chat.say("entretien jeudi 14h30 chez Lidl")
    assert counted(counted_chat)[-1] == "interviews"
    counted_chat.say("mon entretien est annulé")
    assert "interviews" not in counted(counted_chat)


def test_taking_the_agreement_back_erases_what_was_counted(counted_chat: Chat) -> None:
    counted_chat.command("/mesdonnees")
    counted_chat.tap("mydata.research_stop")
    assert counted_chat.hears("mydata.research_ended")
    assert counted(counted_chat) == []
    counted_chat.tap("day.button.done")
    assert counted(counted_chat) == []


def test_the_end_of_the_whole_agreement_ends_this_one_too(counted_chat: Chat) -> None:
    counted_chat.command("/mesdonnees")
    counted_chat.tap("mydata.revoke")
    assert counted(counted_chat) == []


def test_a_no_changes_nothing(amina: Chat) -> None:
    amina.command("/mesdonnees")
    amina.tap("mydata.research")
    amina.tap("mydata.research_no")
    amina.command("/mesdonnees")
    assert amina.has("mydata.research")


def test_deletion_leaves_events_of_nobody(counted_chat: Chat) -> None:
    store: Store = counted_chat.store
    counted_chat.command("/supprimer")
    counted_chat.tap("mydata.delete_yes")
    left = store.run_sync(lambda conn: [one.kind for one in events.sums(conn, date(2026, 1, 1))])
    assert left == ["delivered"]
    assert (
        store.run_sync(lambda conn: conn.exec_driver_sql("SELECT count(*) FROM event_subject").scalar_one())
        == 0
    )


# The weeks left to chance


def test_in_a_week_without_prompt_accepting_asks_for_no_plan(
    amina: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(research, "arm_of", lambda turn: NO_PROMPT)
    agree(amina)
    amina.tick_to(paris("2026-11-27 09:01"))
    amina.tap("day.button.plan")
    assert amina.hears("plan.accepted")
    assert counted(amina) == ["delivered", "accepted"]
    amina.say("je veux planifier")  # asked for, it comes all the same
    assert amina.hears("plan.when.ask") or amina.hears("help.not_understood")


def test_who_has_not_agreed_is_always_asked_for_a_plan(
    with_action: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(research, "arm_of", lambda turn: NO_PROMPT)
    with_action.tap("day.button.plan")
    assert with_action.hears("plan.when.ask")


def test_chance_draws_whole_weeks_and_as_many_as_asked_for() -> None:
    monday = date(2026, 11, 23)
    for number in range(50):
        week = {arm(f"p{number}", monday + timedelta(days=day), 50) for day in range(7)}
        assert len(week) == 1
    drawn = [arm(f"p{number}", monday + timedelta(weeks=number % 10), 10) for number in range(5000)]
    assert 0.08 < drawn.count(NO_PROMPT) / len(drawn) < 0.12
    assert {arm("p", monday, 0), arm("q", monday, 0)} == {PROMPT}


def test_a_tenth_of_the_weeks_unless_told_otherwise(world: World) -> None:
    assert world.planless_percent == 10


# Applications and jobs


def test_an_application_is_counted_when_it_is_sent_and_undoing_takes_it_back(counted_chat: Chat) -> None:
    before = counted(counted_chat)
    counted_chat.say("postulé chez Darty")
    assert counted(counted_chat) == [*before, "applications"]
    counted_chat.tap("day.button.undo")
    assert counted(counted_chat) == before


def test_an_interview_on_the_board_is_counted_once_with_its_appointment(counted_chat: Chat) -> None:
    counted_chat.say("postulé chez Lidl")
    counted_chat.say("entretien chez Lidl mardi")
    counted_chat.say("9h")
    counted_chat.say("entretien mardi 9h chez Lidl")
    assert counted(counted_chat).count("interviews") == 1


def test_an_offer_and_a_job_are_counted(counted_chat: Chat) -> None:
    counted_chat.say("postulé chez Darty")
    counted_chat.tap("board.button.list")
    counted_chat.press("1")
    counted_chat.tap("board.button.offer")
    counted_chat.command("/trouve")
    assert [kind for kind in counted(counted_chat) if kind in ("applications", "offer", "job")] == [
        "applications",
        "offer",
        "job",
    ]
    counted_chat.tap("found.button.mistake")
    assert "job" not in counted(counted_chat)


def test_an_action_of_their_own_is_not_counted(counted_chat: Chat) -> None:
    before = counted(counted_chat)
    counted_chat.command("/monaction appeler Fatou")
    counted_chat.tap("day.button.done")
    counted_chat.tap("day.felt.easy")
    assert counted(counted_chat) == before
