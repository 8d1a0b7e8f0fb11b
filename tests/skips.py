"""A skipped test must be one that we know of: with CI set, any other skip fails the run.

`allowed_skips.txt` lists the known ones, one a line: `test pattern | reason pattern`, both with the wildcards
of fnmatch. Blank lines and lines that begin with # are ignored.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

ALLOWED = Path(__file__).with_name("allowed_skips.txt")
PLUGIN = "surprising-skips"


@dataclass(frozen=True)
class Skip:
    """One skipped test, with the reason that it gave."""

    test: str
    reason: str


def read_allowed(text: str) -> list[Skip]:
    """The patterns of the list. A line without a reason is a ValueError that names it."""
    allowed = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        test, bar, reason = (part.strip() for part in line.partition("|"))
        if not (test and bar and reason):
            raise ValueError(f"allowed_skips.txt, line {number}: write 'test pattern | reason pattern'")
        allowed.append(Skip(test, reason))
    return allowed


def is_allowed(skip: Skip, allowed: list[Skip]) -> bool:
    return any(fnmatchcase(skip.test, one.test) and fnmatchcase(skip.reason, one.reason) for one in allowed)


def skip_of(report: pytest.TestReport | pytest.CollectReport) -> Skip | None:
    """The skip that a report tells of. An expected failure is reported as skipped too, but is not one."""
    if not report.skipped or hasattr(report, "wasxfail"):
        return None
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return Skip(report.nodeid, reason.removeprefix("Skipped: "))


@dataclass
class SurprisingSkips:
    """Collects the skips of the whole run, also those of pytest-xdist's workers."""

    allowed: list[Skip]
    found: list[Skip] = field(default_factory=list)

    def note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        skip = skip_of(report)
        if skip and not is_allowed(skip, self.allowed):
            self.found.append(skip)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.note(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self.note(report)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.found and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if not self.found:
            return
        terminalreporter.section("skips that nobody allowed", red=True)
        for skip in self.found:
            terminalreporter.line(f"{skip.test} | {skip.reason}")
        terminalreporter.line(
            "The run fails: make these tests run here, or list them in tests/allowed_skips.txt."
        )


def pytest_configure(config: pytest.Config) -> None:
    is_worker = hasattr(config, "workerinput")
    if os.environ.get("CI") and not is_worker:
        config.pluginmanager.register(SurprisingSkips(read_allowed(ALLOWED.read_text())), PLUGIN)
