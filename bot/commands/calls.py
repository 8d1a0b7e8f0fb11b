"""What each command of the command line does. Heavy rooms are imported by the command that needs them."""

from __future__ import annotations

import argparse
import errno
import json
import os
import sys
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo


def _today(time_zone: str) -> date:
    return datetime.now(ZoneInfo(time_zone)).date()


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _settings() -> Any:
    from bot.settings import load_settings

    return load_settings(os.environ)


def run(arguments: argparse.Namespace) -> int:
    settings = _settings()
    if not settings.live:
        return sandbox(arguments)
    return _start(settings, live=True, take_over=arguments.take_over)


def sandbox(arguments: argparse.Namespace) -> int:
    return _start(_settings(), live=False)


def _start(settings: Any, *, live: bool, take_over: bool = False) -> int:
    import asyncio

    from bot import app
    from bot.telegram import logs, startup

    logs.configure(settings)
    try:
        asyncio.run(app.run_live(settings, take_over=take_over) if live else app.run_sandbox(settings))
    except OSError as error:
        if sentence := _of_this_machine(error, settings):
            raise startup.StartupError(sentence) from error
        raise
    return 0


def _of_this_machine(error: OSError, settings: Any) -> str:
    """The sentence for a port or a folder that Bob cannot have; empty for any other fault."""
    if error.errno == errno.EADDRINUSE:
        return f"Port {settings.sandbox_port} is taken: close the program that uses it, or set SANDBOX_PORT to another."
    if error.errno in (errno.EACCES, errno.EROFS, errno.ENOTDIR, errno.EEXIST) and error.filename:
        return f"{error.filename} cannot be written ({error.strerror}): set DATA_DIR to a folder where Bob may write."
    return ""


def db_upgrade(arguments: argparse.Namespace) -> int:
    from storage.connections import is_memory, parse_url
    from storage.errors import StoreError
    from storage.migrations import current, upgrade

    url = _settings().database_url.get_secret_value()
    if is_memory(parse_url(url)):
        raise StoreError("DATABASE_URL names a database in memory, gone with this command: give it a file.")
    upgrade(url)
    print(f"The database is at revision {current(url)}.")
    return 0


def catalogue_check(arguments: argparse.Namespace) -> int:
    from bot.commands.catalogue import check

    return check(as_json=arguments.json)


def catalogue_stats(arguments: argparse.Namespace) -> int:
    from bot.commands.catalogue import print_stats

    return print_stats(as_json=arguments.json)


def catalogue_links(arguments: argparse.Namespace) -> int:
    from bot.commands.catalogue import print_links

    return print_links(as_json=arguments.json)


def catalogue_new(arguments: argparse.Namespace) -> int:
    from bot.commands.skeletons import write_new

    path = write_new(
        arguments.kind,
        arguments.id,
        today=_today("Europe/Paris"),
        family=arguments.family,
        obstacles=arguments.obstacle,
        file=arguments.file,
    )
    print(f"{path}: {arguments.id} is at the end; `bob catalogue check` says what is left to write.")
    return 0


def catalogue_export(arguments: argparse.Namespace) -> int:
    from bot.advice.loading import load_catalogue
    from bot.commands.exporting import export

    today = _today("Europe/Paris")
    export(load_catalogue(), arguments.format, today=today, output=arguments.output)
    return 0


def advise(arguments: argparse.Namespace) -> int:
    from bot.commands.advise import advise, as_text
    from bot.commands.profiles import load_profile

    profile = load_profile(arguments.profile)
    advice = advise(
        profile,
        person=arguments.person,
        language=arguments.lang,
        form=arguments.form,
        day=arguments.date or _today(profile.time_zone),
    )
    _print_json(advice) if arguments.json else print(as_text(advice))
    return 0


def replay(arguments: argparse.Namespace) -> int:
    from bot.commands.output import write
    from bot.commands.profiles import load_profile
    from bot.commands.replay import as_text, replay
    from bot.commands.replay_page import as_page

    profile = load_profile(arguments.profile)
    messages = replay(
        profile,
        days=arguments.days,
        habits=arguments.habits,
        person=arguments.person,
        language=arguments.lang,
        form=arguments.form,
        start=arguments.date or _today(profile.time_zone),
        put_first=arguments.put_first,
        told=arguments.told,
        found_after=arguments.found_after,
    )
    if arguments.json:
        text = json.dumps(messages, ensure_ascii=False, indent=2) + "\n"
    elif arguments.format == "html":
        text = as_page(messages, profile, arguments.habits, language=arguments.lang, form=arguments.form)
    else:
        text = as_text(messages) + "\n"
    write(text, arguments.output)
    return 0


def import_rome(arguments: argparse.Namespace) -> int:
    from bot.commands.data.rome import import_rome

    return import_rome(_settings(), arguments.source)


def understand(arguments: argparse.Namespace) -> int:
    from bot.commands.understand import Lines, understand

    if arguments.stdin == (arguments.text is not None):
        print("bob understand: give one text, or --stdin and one text a line.", file=sys.stderr)
        return 2
    lines = (
        Lines(sys.stdin.buffer) if arguments.stdin else [arguments.text.encode("utf-8", "surrogateescape")]
    )
    today = arguments.today or _today("Europe/Paris")
    return understand(arguments.kind, lines, today, arguments.lang, as_json=arguments.json)


def occupation(arguments: argparse.Namespace) -> int:
    from bot.commands.occupation import show

    return show(arguments.words, arguments.lang, as_json=arguments.json)


def evaluate(arguments: argparse.Namespace) -> int:
    from bot.commands.evaluate import evaluate, policy

    if arguments.subject == "policy":
        return policy.evaluate(
            seeds=arguments.seeds,
            people=arguments.people,
            days=arguments.days,
            right=arguments.editors_right,
            as_json=arguments.json,
        )
    return evaluate(
        arguments.subject,
        as_json=arguments.json,
        wrong=arguments.wrong,
        rome=arguments.rome,
        clones=arguments.clones,
    )


def schema_profile(arguments: argparse.Namespace) -> int:
    from bot.commands.profiles import schema

    _print_json(schema())
    return 0


def data_places(arguments: argparse.Namespace) -> int:
    from bot.commands.data.places import build

    _print_json(build(arguments.decoupage, arguments.geonames, arguments.older))
    return 0


def doctor(arguments: argparse.Namespace) -> int:
    from bot.commands.doctor import doctor

    return doctor(os.environ, quick=arguments.quick, as_json=arguments.json)


def bench(arguments: argparse.Namespace) -> int:
    from bot.commands.bench import bench

    return bench(as_json=arguments.json, quick=arguments.quick)


def stats(arguments: argparse.Namespace) -> int:
    from bot.commands.database import print_stats

    return print_stats(_settings(), as_json=arguments.json)


def report_actions(arguments: argparse.Namespace) -> int:
    from bot.commands.report import report_actions

    return report_actions(_settings(), datetime.now(UTC).date(), as_json=arguments.json)


def report_outcomes(arguments: argparse.Namespace) -> int:
    from bot.commands.outcomes import report_outcomes

    return report_outcomes(_settings(), datetime.now(UTC).date(), as_json=arguments.json)


def report_team(arguments: argparse.Namespace) -> int:
    from bot.commands.team_report import report_team

    return report_team(_settings(), arguments.name, datetime.now(UTC), as_json=arguments.json)


def report_alerts(arguments: argparse.Namespace) -> int:
    from bot.commands.alerts import report_alerts

    return report_alerts(_settings(), as_json=arguments.json)


def team_create(arguments: argparse.Namespace) -> int:
    from bot.commands import team

    return team.create(
        _settings(), arguments.name, language=arguments.language, time_zone=arguments.time_zone
    )


def team_code(arguments: argparse.Namespace) -> int:
    from bot.commands import team

    return team.renew(_settings(), arguments.name)


def team_counsellor(arguments: argparse.Namespace) -> int:
    from bot.commands import team

    return team.add_counsellor(_settings(), arguments.name, arguments.counsellor)


def team_remove(arguments: argparse.Namespace) -> int:
    from bot.commands import team

    return team.remove_counsellor(_settings(), arguments.name, arguments.counsellor)


def team_digest(arguments: argparse.Namespace) -> int:
    from bot.commands import team

    return team.put_digest(_settings(), arguments.name, arguments.place)


def team_list(arguments: argparse.Namespace) -> int:
    from bot.commands import team

    return team.show(_settings())


def audit(arguments: argparse.Namespace) -> int:
    from bot.commands.auditing import show

    return show(_settings(), days=arguments.days, counsellor=arguments.counsellor)


def backup(arguments: argparse.Namespace) -> int:
    from bot.commands.database import backup

    return backup(_settings(), arguments.file)


def restore(arguments: argparse.Namespace) -> int:
    from bot.commands.database import restore

    return restore(_settings(), arguments.file, yes=arguments.yes)


def docs(arguments: argparse.Namespace) -> int:
    from bot.commands.docs import write_docs

    return write_docs(check=arguments.check)
