"""`bob doctor`: each line says how it is, and what to do."""

from __future__ import annotations

import socket
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from bot.advice.faults import CatalogueError, Fault
from bot.advice.learning.learnt import Learnt
from bot.advice.profile import Profile
from bot.commands.doctor import checks, files
from bot.commands.doctor.database import check_database
from bot.commands.doctor.telegram import check_telegram
from bot.dialogs.texts import load_texts
from bot.settings import load_settings
from storage import counters, inbox, learning, meta, migrations, outbox, people
from storage.engine import Store
from tests.commands.local_telegram import TOKEN, LocalTelegram
from tests.commands.running import Bob, Ran
from tests.counsellors.making import make_team

SECRET = TOKEN.partition(":")[2]


def checked(ran: Ran) -> dict[str, tuple[str, str]]:
    """Name to (status, text); the first of several of one name."""
    found: dict[str, tuple[str, str]] = {}
    for check in ran.json["checks"]:
        assert set(check) == {"name", "status", "text"}
        assert check["status"] in ("ok", "warn", "fail")
        found.setdefault(check["name"], (check["status"], check["text"]))
    return found


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


# Without a token


def test_without_a_token_doctor_says_sandbox_and_all_is_well(bob: Bob) -> None:
    ran = bob("doctor", "--json")
    found = checked(ran)
    assert (ran.code, ran.json["ok"]) == (0, True)
    assert "sandbox" in found["settings"][1]
    assert {status for status, _ in found.values()} == {"ok"}
    assert {"settings", "database", "folder", "disk", "catalogue", "texts"} <= set(found)
    assert not {"token", "webhook"} & set(found)


def test_the_text_has_one_line_a_check_with_its_status_first(bob: Bob) -> None:
    lines = bob("doctor").out.splitlines()
    assert [line.split()[0] for line in lines] == ["ok"] * len(lines)
    assert [line.split()[1] for line in lines] == list(checked(bob("doctor", "--json")))


def test_doctor_makes_neither_folder_nor_database(bob: Bob, tmp_path: Path) -> None:
    bob("doctor")
    assert list(tmp_path.iterdir()) == []


def test_wrong_settings_are_one_failed_line_each_and_the_files_are_checked_all_the_same(bob: Bob) -> None:
    ran = bob("doctor", "--json", BOT_TOKEN="nonsense", SANDBOX_PORT="eighty")
    failed = [check["text"] for check in ran.json["checks"] if check["status"] == "fail"]
    assert ran.code == 1
    assert {text.split()[0] for text in failed} == {
        "BOT_TOKEN", "OPERATOR_NAME", "OPERATOR_CONTACT", "PRIVACY_URL", "SANDBOX_PORT"
    }  # fmt: skip
    assert "nonsense" not in ran.out
    assert checked(ran)["catalogue"][0] == "ok"


# With a token


def test_live_all_is_well(bob: Bob, telegram: LocalTelegram) -> None:
    ran = bob("doctor", "--json", **telegram.environment())
    found = checked(ran)
    assert ran.code == 0, ran.out
    assert found["token"] == ("ok", "@BobSandboxBot at 127.0.0.1")
    assert "whether another program polls is not asked" in found["webhook"][1]
    assert found["clock"][0] == "ok"
    assert telegram.server.polls == 0


def test_quick_asks_telegram_nothing(bob: Bob) -> None:
    environment = {
        "BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": f"http://127.0.0.1:{closed_port()}",
        "OPERATOR_NAME": "A",
        "OPERATOR_CONTACT": "a@example.org",
        "PRIVACY_URL": "https://example.org",
    }
    found = checked(bob("doctor", "--quick", "--json", **environment))
    assert not {"token", "webhook"} & set(found)
    assert found["settings"][1].startswith("live on Telegram")


def test_a_refused_token_fails_and_is_not_printed(bob: Bob, telegram: LocalTelegram) -> None:
    wrong = "700000009:another-token-than-the-servers"
    ran = bob("doctor", "--json", **telegram.environment() | {"BOT_TOKEN": wrong})
    assert ran.code == 1
    status, text = checked(ran)["token"]
    assert status == "fail"
    assert "@BotFather" in text
    assert wrong.partition(":")[2] not in ran.out + ran.err


def test_an_unreachable_telegram_fails_without_a_word_of_the_token(bob: Bob, telegram: LocalTelegram) -> None:
    environment = telegram.environment() | {"TELEGRAM_API_URL": f"http://127.0.0.1:{closed_port()}"}
    ran = bob("doctor", "--json", **environment)
    assert ran.code == 1
    assert checked(ran)["token"] == (
        "fail",
        "127.0.0.1 cannot be reached: check the network, a proxy, and TELEGRAM_API_URL if you set it",
    )
    assert SECRET not in ran.out + ran.err


def test_a_server_that_is_no_bot_api_server_fails(bob: Bob, telegram: LocalTelegram) -> None:
    # The sandbox's page answers HTML under a path that is no call.
    ran = bob("doctor", "--json", **telegram.environment() | {"TELEGRAM_API_URL": f"{telegram.url}/nothing"})
    assert ran.code == 1
    assert checked(ran)["token"][0] == "fail"


def test_telegram_s_own_fault_fails_with_its_number(bob: Bob, telegram: LocalTelegram) -> None:
    telegram.server.faults.add("getMe", "500")
    status, text = checked(bob("doctor", "--json", **telegram.environment()))["token"]
    assert (status, "500" in text) == ("fail", True)


def test_a_webhook_set_elsewhere_fails_by_its_host_only(bob: Bob, telegram: LocalTelegram) -> None:
    async def set_webhook() -> None:
        from bot.telegram.session import make_bot

        bot = make_bot(TOKEN, telegram.url)
        await bot.set_webhook("https://localhost:8443/secret-path")
        await bot.session.close()

    telegram.wait_for(set_webhook())
    ran = bob("doctor", "--json", **telegram.environment())
    status, text = checked(ran)["webhook"]
    assert (ran.code, status) == (1, "fail")
    assert "webhook at localhost:" in text
    assert "--take-over" in text
    assert "secret-path" not in ran.out


async def test_the_clock_is_compared_with_telegram_s(
    telegram: LocalTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    import bot.commands.doctor.telegram as asking

    class Late(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) - timedelta(minutes=10)

    monkeypatch.setattr(asking, "datetime", Late)
    found = {check.name: check for check in await check_telegram(load_settings(telegram.environment()))}
    assert found["clock"].status == "fail"
    assert "behind 127.0.0.1" in found["clock"].text


@pytest.mark.parametrize(
    ("seconds", "status"), [(0, "ok"), (-9, "ok"), (30, "warn"), (-30, "warn"), (600, "fail"), (-600, "fail")]
)
def test_a_clock_is_judged_by_how_far_off_it_is(seconds: float, status: str) -> None:
    assert checks.clock(seconds, "somewhere").status == status


# The database


def look(url: str, now: datetime | None = None, bot_id: int | None = None) -> dict[str, checks.Check]:
    return {check.name: check for check in check_database(url, now or datetime.now(UTC), bot_id=bot_id)}


def test_a_database_of_today_is_well(database_url: str) -> None:
    found = look(database_url)
    assert {check.status for check in found.values()} == {"ok"}
    assert {"database", "outbox", "updates", "messages"} <= set(found)


@pytest.mark.postgres
def test_postgresql_s_clock_is_compared(postgres_store_url: str) -> None:
    assert look(postgres_store_url)["clock"].status == "ok"
    assert look(postgres_store_url, datetime.now(UTC) + timedelta(hours=1))["clock"].status == "fail"


@pytest.mark.postgres
def test_an_empty_postgresql_fails_with_the_command_to_run(postgres_database: str) -> None:
    found = look(postgres_database)
    assert found["database"].status == "fail"
    assert "bob db upgrade" in found["database"].text


def test_a_server_that_does_not_answer_fails_without_its_password(bob: Bob) -> None:
    ran = bob("doctor", "--json", DATABASE_URL=f"postgresql://bob:tr0ub4dor@127.0.0.1:{closed_port()}/bob")
    assert ran.code == 1
    assert checked(ran)["database"][0] == "fail"
    assert "tr0ub4dor" not in ran.out + ran.err


def test_a_newer_database_fails_and_is_left_alone(sqlite_url: str) -> None:
    path = str(make_url(sqlite_url).database)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    found = look(sqlite_url)
    assert found["database"].status == "fail"
    assert "update Bob" in found["database"].text


def test_a_file_that_is_no_database_fails_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "bob.sqlite").write_bytes(b"not a database at all, but long enough to be read as one" * 40)
    found = look(f"sqlite:///{tmp_path / 'bob.sqlite'}")
    assert [check.status for check in found.values()] == ["fail"]


def test_the_database_of_another_bot_fails(store: Store, database_url: str) -> None:
    store.run_sync(meta.put, "bot_id", "111")
    found = look(database_url, bot_id=222)
    assert found["database"].status == "fail"
    assert "111" in found["database"].text
    assert look(database_url, bot_id=111)["database"].status == "ok"


def test_messages_that_are_due_for_long_are_a_warning(store: Store, database_url: str) -> None:
    now = datetime.now(UTC)
    for number in range(2):
        store.run_sync(
            outbox.add,
            now,
            person_id=None,
            chat_id=number + 1,
            lane="interactive",
            method="send",
            body={"text": "Bonjour"},
        )
    assert look(database_url, now)["outbox"] == checks.ok("outbox", "2 messages in the queue")
    late = look(database_url, now + timedelta(minutes=30))["outbox"]
    assert late.status == "warn"
    assert "30 minutes" in late.text


def test_a_pause_that_telegram_asked_for_is_a_warning(store: Store, database_url: str) -> None:
    now = datetime.now(UTC)
    store.run_sync(outbox.pause, "all", now + timedelta(seconds=90))
    assert look(database_url, now)["outbox"].status == "warn"
    assert look(database_url, now + timedelta(minutes=2))["outbox"].status == "ok"


def test_updates_that_failed_are_a_warning(store: Store, database_url: str) -> None:
    now = datetime.now(UTC)
    values: dict[str, Any] = {"telegram_id": 1, "payload": "{}", "update_type": "message", "next_try_at": now}
    store.run_sync(inbox.keep, now, update_id=7, **values)
    assert "1 update failed, to be tried again" in look(database_url)["updates"].text
    store.run_sync(inbox.set_aside, 7)
    found = look(database_url)["updates"]
    assert (found.status, "set aside" in found.text) == ("warn", True)


def test_lost_messages_are_a_warning_and_repeats_are_told(store: Store, database_url: str) -> None:
    store.run_sync(counters.bump, "repeats", 3)
    assert look(database_url)["messages"].status == "ok"
    assert "3 perhaps sent twice" in look(database_url)["messages"].text
    store.run_sync(counters.bump, "lost")
    assert look(database_url)["messages"].status == "warn"


def test_the_version_of_what_was_learnt_is_told_and_an_old_one_is_a_warning(
    store: Store, database_url: str
) -> None:
    assert "nothing was learnt" in look(database_url)["learning"].text
    now = datetime.now(UTC)
    learnt = Learnt.from_json('{"everybody": {"skill-a": 1.2}, "here": {}}')
    store.run_sync(learning.save, learnt, now)
    assert learnt.version in look(database_url)["learning"].text
    assert look(database_url)["learning"].status == "ok"
    assert look(database_url, now + timedelta(days=4))["learning"].status == "warn"


def test_nothing_that_a_person_said_is_printed(bob: Bob, tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    url = f"sqlite:///{tmp_path / 'var' / 'sandbox.sqlite'}"
    migrations.upgrade(url)
    store = Store(url)
    store.run_sync(
        people.create_person,
        datetime.now(UTC),
        telegram_id=987654321,
        chat_id=987654321,
        language="fr",
        form="vous",
        profile=Profile(first_name="Zénobie", job="dompteuse"),
    )
    store.close()
    for arguments in (("doctor",), ("doctor", "--json"), ("stats",), ("stats", "--json")):
        ran = bob(*arguments, DATABASE_URL=url)
        assert ran.code == 0
        assert not [word for word in ("Zénobie", "dompteuse", "987654321") if word in ran.out + ran.err]


# Files and the disk


def test_a_folder_that_cannot_be_made_fails(bob: Bob, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    status, text = checked(bob("doctor", "--json", DATA_DIR=str(tmp_path / "file" / "var")))["folder"]
    assert status == "fail"
    assert "DATA_DIR" in text


def test_a_former_database_that_was_left_is_a_warning(bob: Bob, tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "bob.sqlite.before-restore-20261126T155803Z").touch()
    ran = bob("doctor", "--json")
    assert ran.code == 0
    assert checked(ran)["leftovers"][0] == "warn"
    assert "delete them" in checked(ran)["leftovers"][1]


@pytest.mark.parametrize(("megabytes", "status"), [(10, "fail"), (200, "warn"), (50_000, "ok")])
def test_room_on_the_disk_is_judged_before_it_is_too_late(megabytes: int, status: str) -> None:
    assert files.check_room(megabytes, Path("/somewhere")).status == status


def test_a_broken_catalogue_and_broken_texts_fail_with_their_first_fault(tmp_path: Path) -> None:
    (tmp_path / "day.toml").write_text('[done]\nfr = "Fait"\n', "utf-8")

    def broken() -> None:
        raise CatalogueError(
            [Fault("a.toml", "x", "minutes", "expected a number"), Fault("b.toml", "", "", "no")]
        )

    found = {check.name: check for check in files.check_own_files(broken, lambda: load_texts(tmp_path))}
    assert found["catalogue"].status == found["texts"].status == "fail"
    assert found["catalogue"].text.startswith("a.toml: x: minutes: expected a number (and 1 more)")
    assert "day.done: en: missing" in found["texts"].text


# The teams' groups


def with_team(url: str, chat_id: int) -> None:
    store = Store(url)
    try:
        store.run_sync(make_team, "Mission locale", chat_id, {"Nadia": 501})
    finally:
        store.close()


def test_a_group_where_bob_has_his_rights_is_well(bob: Bob, telegram: LocalTelegram, sqlite_url: str) -> None:
    with_team(sqlite_url, a_group(telegram))
    ran = bob("doctor", "--json", **telegram.environment(), DATABASE_URL=sqlite_url)
    assert checked(ran)["groups"] == ("ok", "Bob is where he should be, with his rights: 1 group")
    assert "groups" not in checked(
        bob("doctor", "--json", "--quick", **telegram.environment(), DATABASE_URL=sqlite_url)
    )


def test_a_missing_right_is_named_with_where_to_tick_it(
    bob: Bob, telegram: LocalTelegram, sqlite_url: str
) -> None:
    chat_id = a_group(telegram, can_pin_messages=False)
    with_team(sqlite_url, chat_id)
    ran = bob("doctor", "--json", **telegram.environment(), DATABASE_URL=sqlite_url)
    assert ran.code == 1
    status, text = checked(ran)["groups"]
    assert status == "fail"
    assert text == (
        f"Bob lacks rights in the group {chat_id} of the team Mission locale: under Administrators, pick Bob "
        "and tick Pin messages"
    )


def test_a_lost_group_is_told_with_what_to_do(bob: Bob, telegram: LocalTelegram, sqlite_url: str) -> None:
    with_team(sqlite_url, -100777)
    status, text = checked(bob("doctor", "--json", **telegram.environment(), DATABASE_URL=sqlite_url))[
        "groups"
    ]
    assert status == "fail"
    assert "Bob is not in the group -100777 of the team Mission locale any more" in text


def test_without_teams_nothing_is_said_of_groups(bob: Bob, telegram: LocalTelegram, sqlite_url: str) -> None:
    assert "groups" not in checked(bob("doctor", "--json", **telegram.environment(), DATABASE_URL=sqlite_url))


def a_group(telegram: LocalTelegram, **rights: bool) -> int:
    """A group with topics in which Bob is an administrator."""

    async def make() -> int:
        owner = telegram.server.people.create("Nadia")
        chat_id: int = telegram.server.groups.create("Équipe", owner.id)
        if rights:
            telegram.server.groups.set_bot_rights(chat_id, owner.id, **rights)
        return chat_id

    return telegram.wait_for(make())
