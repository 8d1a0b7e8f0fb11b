"""F1, A3: what is kept, the export, the consent and its end, and a deletion after which nothing is found."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from bot.dialogs import welcome
from bot.dialogs.incoming import Kind
from storage.engine import Store
from storage.privacy import scan
from tests.dialogs.chat import Chat, paris


@pytest.fixture
def lived(with_action: Chat) -> Chat:
    """Somebody with a bit of everything: answers, a plan, an action done, one refused, a strategy accepted."""
    chat = with_action
    chat.tap("day.button.plan")
    chat.say("demain 10h")
    chat.say("chez Zoulikha")
    chat.tap("plan.enough")
    chat.say("c'est fait")
    chat.tap("day.felt.easy")
    chat.command("/action")
    chat.tap("day.button.refuse")
    chat.tap("day.refusal.too_long")
    chat.command("/strategies")
    chat.press(chat.buttons[0])
    chat.tap("strategies.button.accept")
    return chat


def exported(chat: Chat) -> dict[str, Any]:
    chat.command("/mesdonnees")
    chat.tap("mydata.export")
    document = chat.last.reply.document
    assert document is not None
    content: dict[str, Any] = json.loads(document)
    return content


def test_what_is_kept_and_who_sees_it_is_said(amina: Chat) -> None:
    amina.command("/mesdonnees")
    assert amina.hears("mydata.kept")
    for verb in ("export", "revoke", "delete"):
        assert amina.has(f"mydata.{verb}")


def test_the_export_holds_everything(lived: Chat) -> None:
    content = exported(lived)
    text = json.dumps(content, ensure_ascii=False)
    assert content["person"]["profile"]["first_name"] == "Amina"
    assert content["person"]["profile"]["job"] == "aide-soignante"
    for word in ("Zoulikha", str(lived.telegram_id), "too_long", "easy", "accepted", "2026-11-27"):
        assert word in text
    assert {action["catalogue_id"] for action in content["actions"]} == {
        a.catalogue_id for a in lived.actions
    }
    assert content["consents"][0]["kind"] == "use"
    assert lived.record.id not in text


def test_the_export_is_noted_and_comes_once_a_press(lived: Chat) -> None:
    lived.command("/mesdonnees")
    message, button = lived.button(lived.words("mydata.export"))
    lived.press_button(button, message)
    files = len([one for one in lived.messages if one.reply.document])
    lived.press_button(button, message)
    assert len([one for one in lived.messages if one.reply.document]) == files
    assert lived.said.toast is not None
    assert [entry["what"] for entry in exported(lived)["audit"]].count("export") == 2


def test_a_deletion_is_confirmed_first(amina: Chat) -> None:
    amina.command("/mesdonnees")
    amina.tap("mydata.delete")
    amina.tap("mydata.delete_no")
    assert amina.hears("mydata.not_deleted")
    assert amina.record.profile.first_name == "Amina"


@pytest.mark.parametrize("how", ["/mesdonnees", "/supprimer", "supprimer mes données", "/stop"])
def test_after_a_deletion_neither_id_nor_name_is_found(lived: Chat, database: Store, how: str) -> None:
    person = lived.record.id
    if how.startswith("/"):
        lived.command(how)
    else:
        lived.say(how)
    if how in ("/mesdonnees", "/stop"):
        lived.tap("mydata.delete" if how == "/mesdonnees" else "settings.delete")
    lived.tap("mydata.delete_yes")
    assert lived.said.messages[-1].text == lived.voice("mydata.deleted")
    needles = [person, lived.telegram_id, "Amina", "Zoulikha", "aide-soignante"]
    assert database.run_sync(scan, needles) == []
    assert len(lived.deletions) == 1


def test_nothing_comes_after_a_deletion_and_old_buttons_leave_no_trace(lived: Chat, database: Store) -> None:
    lived.command("/supprimer")
    lived.tap("mydata.delete_yes")
    buttons = [
        (message, button)
        for message in lived.messages
        for row in message.reply.buttons
        for button in row
        if button.url is None and button.dialogue != "welcome"
    ]
    for message, button in buttons:
        lived.press_button(button, message)
        assert lived.said.toast is not None
        assert not lived.said.messages
    lived.wait(timedelta(days=5))
    assert not lived.said.messages
    assert database.run_sync(scan, [lived.telegram_id]) == []


def test_one_can_come_back_after_a_deletion(lived: Chat) -> None:
    lived.command("/supprimer")
    lived.tap("mydata.delete_yes")
    lived.agree()
    assert lived.record.profile.first_name is None


# Consent


def test_withdrawing_the_consent_stops_everything_at_once(with_action: Chat) -> None:
    with_action.say("demain 10h")
    with_action.command("/mesdonnees")
    with_action.tap("mydata.revoke")
    assert with_action.hears("mydata.revoked")
    assert with_action.record.status == "stopped"
    with_action.wait(timedelta(days=10))
    assert not with_action.said.messages


@pytest.mark.parametrize(
    "event", ["/action", "/profil", "/start", "/reprendre", "/moins", "bonjour", "button", "photo", "resume"]
)
def test_without_consent_everything_leads_to_the_question(with_action: Chat, event: str) -> None:
    chat = with_action
    pushed = chat.last
    chat.command("/stop")
    chat.command("/mesdonnees")
    chat.tap("mydata.revoke")
    if event == "button":
        chat.tap("day.button.done", on=pushed)
    elif event == "resume":
        chat.tap("settings.resume")
    elif event == "photo":
        chat.send(Kind.PHOTO)
    elif event.startswith("/"):
        chat.command(event)
    else:
        chat.say(event)
    assert chat.hears("welcome.again")
    assert chat.record.status == "stopped"
    assert chat.actions[-1].outcome == "open"


@pytest.mark.parametrize("event", ["/mesdonnees", "/stop", "/langue", "/supprimer", "supprimer mes données"])
def test_without_consent_ones_data_and_the_way_out_stay_within_reach(amina: Chat, event: str) -> None:
    amina.command("/mesdonnees")
    amina.tap("mydata.revoke")
    if event.startswith("/"):
        amina.command(event)
    else:
        amina.say(event)
    assert not amina.hears("welcome.again")
    if event == "/mesdonnees":
        assert not amina.has("mydata.revoke")
        assert exported(amina)["person"]["profile"]["first_name"] == "Amina"


def test_agreeing_again_takes_up_where_things_were(amina: Chat) -> None:
    amina.command("/mesdonnees")
    amina.tap("mydata.revoke")
    amina.say("bonjour")
    amina.tap("welcome.agree")
    assert amina.hears("welcome.back_again")
    assert amina.record.status == "active"
    amina.tick_to(paris("2026-11-27 09:01"))
    assert amina.open_action is not None


def test_a_stop_asked_for_survives_the_end_and_return_of_the_consent(amina: Chat) -> None:
    amina.command("/stop")
    amina.command("/mesdonnees")
    amina.tap("mydata.revoke")
    amina.say("bonjour")
    amina.tap("welcome.agree")
    assert amina.record.status == "stopped"


def test_a_changed_text_asks_again(amina: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(welcome, "CONSENT_VERSION", "2099-01")
    monkeypatch.setattr("bot.turns.saving.CONSENT_VERSION", "2099-01")
    amina.command("/action")
    assert amina.hears("welcome.again")
    amina.tap("welcome.agree")
    amina.command("/action")
    assert amina.open_action is not None
    versions = [consent["text_version"] for consent in exported(amina)["consents"]]
    assert versions[-1] == "2099-01"


def test_declining_a_changed_text_stops_but_deletes_nothing_unasked(
    amina: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(welcome, "CONSENT_VERSION", "2099-01")
    amina.command("/action")
    amina.tap("welcome.decline")
    assert amina.hears("mydata.revoked")
    assert amina.record.profile.first_name == "Amina"
    amina.tap("mydata.delete")
    amina.tap("mydata.delete_yes")
    assert amina.known is None


def test_a_question_left_open_comes_back_after_agreeing_again(chat: Chat) -> None:
    chat.agree()
    chat.say("Amina")
    chat.command("/mesdonnees")
    chat.tap("mydata.revoke")
    chat.say("me revoilà")
    chat.tap("welcome.agree")
    assert chat.hears("questions.job.ask")
