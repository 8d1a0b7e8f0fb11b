"""`bob doctor`: one line per check, ok, warn or fail, and what to do. It changes nothing and prints no secret."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime

from bot.commands.doctor.checks import Check, fail, ok, warn
from bot.commands.doctor.database import check_database
from bot.commands.doctor.files import check_folder, check_own_files
from bot.commands.doctor.telegram import check_telegram
from bot.settings import Settings, SettingsError, load_settings

SANDBOX_DATABASE = "sandbox.sqlite"


def doctor(env: Mapping[str, str], *, quick: bool, as_json: bool) -> int:
    """Print the checks; exit code 1 when one fails. `quick` leaves out what asks Telegram and the live sources."""
    found = list(examine(env, quick=quick))
    failed = any(check.status == "fail" for check in found)
    if as_json:
        lines = {"ok": not failed, "checks": [asdict(check) for check in found]}
        print(json.dumps(lines, ensure_ascii=False, indent=2))
    else:
        for check in found:
            print(f"{check.status:<5} {check.name:<12} {check.text}")
    return 1 if failed else 0


def examine(env: Mapping[str, str], *, quick: bool) -> Iterator[Check]:
    """All checks that the settings allow, in the order in which one would mend things."""
    try:
        settings = load_settings(env)
    except SettingsError as error:
        yield from (fail("settings", fault) for fault in error.faults)
        yield from check_own_files()
        return
    yield _mode(settings)
    yield from (warn("settings", hint) for hint in settings.hints)
    if settings.live and not quick:
        yield from asyncio.run(check_telegram(settings))
    if settings.live_sources and not quick:
        from bot.commands.doctor.sources import check_sources

        yield from asyncio.run(check_sources(settings))
    yield from check_database(_database(settings, env), datetime.now(UTC), bot_id=settings.bot_id)
    if settings.live and not quick:
        from bot.commands.doctor.groups import check_groups

        yield from asyncio.run(check_groups(settings, _database(settings, env)))
    yield from check_folder(settings.data_dir)
    yield from check_own_files()


def _mode(settings: Settings) -> Check:
    if settings.live:
        return ok("settings", f"live on Telegram, run by {settings.operator_name}")
    return ok(
        "settings",
        "no BOT_TOKEN: Bob opens in the sandbox, in the browser; to go live, set BOT_TOKEN, OPERATOR_NAME, "
        "OPERATOR_CONTACT and PRIVACY_URL",
    )


def _database(settings: Settings, env: Mapping[str, str]) -> str:
    """The database that `bob run` would open; without a token, one that was named is looked at all the same."""
    if settings.live or env.get("DATABASE_URL", "").strip():
        return settings.database_url.get_secret_value()
    return f"sqlite:///{settings.data_dir / SANDBOX_DATABASE}"
