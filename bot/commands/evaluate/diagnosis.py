"""`bob evaluate diagnosis`: how often Bob sees what a counsellor sees.

`tests/evaluation/diagnosis/*.toml` hold made-up people with the obstacle expected, or the question that would decide.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import tomli
from pydantic import ValidationError

from bot.advice.diagnosis import diagnose
from bot.advice.facts import Facts
from bot.advice.profile import ObstacleId, Profile
from bot.commands.evaluate.rows import FOLDER, TODAY, EvaluationError
from bot.sources.occupations import occupations

ASKS = "asks "
"""What stands before a field in an outcome that is a question."""


@dataclass(frozen=True, slots=True)
class Golden:
    """One person. `expected` is an obstacle, or "asks" and a field; `why` is the counsellor's sentence."""

    id: str
    profile: Profile
    expected: str
    why: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What Bob says of them, in the words of `expected`."""

    golden: Golden
    found: str

    @property
    def agrees(self) -> bool:
        return self.found == self.golden.expected


def read_golden(folder: Path = FOLDER / "diagnosis") -> list[Golden]:
    """Every person of the folder; raises EvaluationError when a file is missing or not as it should be."""
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise EvaluationError(f"{folder} holds no profiles: run this from the project's folder.")
    found = [_golden(table, file) for file in files for table in _tables(file)]
    double = [name for name, times in Counter(one.id for one in found).items() if times > 1]
    if double:
        raise EvaluationError(f"{folder}: the id {double[0]} is there twice")
    return found


def _tables(file: Path) -> list[dict[str, object]]:
    try:
        tables: list[dict[str, object]] = tomli.loads(file.read_text("utf-8"))["profile"]
    except (tomli.TOMLDecodeError, KeyError) as error:
        raise EvaluationError(f"{file}: cannot be read: {error}") from None
    return tables


def _golden(table: dict[str, object], file: Path) -> Golden:
    name = str(table.get("id", ""))
    if not name or not table.get("why") or ("expected" in table) is ("asks" in table):
        raise EvaluationError(f"{file}: {name or 'a profile'}: needs id, why, and either expected or asks")
    if "expected" in table and table["expected"] not in set(ObstacleId):
        raise EvaluationError(f"{file}: {name}: {table['expected']} is no obstacle")
    try:
        profile = Profile.model_validate(table.get("answers", {}))
    except ValidationError as error:
        raise EvaluationError(
            f"{file}: {name}: {error.errors()[0]['loc']}: {error.errors()[0]['msg']}"
        ) from None
    expected = str(table["expected"]) if "expected" in table else f"{ASKS}{table['asks']}"
    return Golden(name, profile, expected, str(table["why"]))


def look(golden: Golden) -> Seen:
    """Bob's diagnosis of one of them, without a past."""
    known = occupations().by_code(golden.profile.job_code)
    found = diagnose(Facts(golden.profile, TODAY, known.facts if known else None))
    if found.main is not None:
        return Seen(golden, found.main.value)
    return Seen(golden, f"{ASKS}{found.missing[0]}" if found.missing else "nothing")


def evaluate(*, as_json: bool, wrong: bool) -> int:
    """Print how many agree, whole and by what was expected."""
    seen = [look(one) for one in read_golden()]
    expected, agreed = Counter[str](), Counter[str]()
    for one in seen:
        expected[one.golden.expected] += 1
        agreed[one.golden.expected] += one.agrees
    differ = [one for one in seen if not one.agrees]
    if as_json:
        print(
            json.dumps(
                {
                    "profiles": len(seen),
                    "agree": len(seen) - len(differ),
                    "by_expected": {
                        name: {"profiles": expected[name], "agree": agreed[name]} for name in expected
                    },
                    "wrong": [
                        {"id": one.golden.id, "expected": one.golden.expected, "found": one.found}
                        for one in differ
                    ],
                },
                indent=2,
            )
        )
        return 0
    print(f"{len(seen) - len(differ)} of {len(seen)} agree")
    for name in expected:
        print(f"  {name}: {agreed[name]}/{expected[name]}")
    if wrong:
        for one in differ:
            print(f"\n{one.golden.id}: expected {one.golden.expected}, found {one.found}\n  {one.golden.why}")
    return 0
