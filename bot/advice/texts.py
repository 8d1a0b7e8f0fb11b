"""Reading conditions.toml and diagnosis.toml: sentences of conditions, obstacles, answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from bot.advice.conditions.registry import CONDITIONS
from bot.advice.faults import Fault
from bot.advice.fields import Table
from bot.advice.profile import ObstacleId
from bot.advice.sentences import (
    Citation,
    ConditionText,
    DiagnosisTexts,
    ObstacleTexts,
    Phrase,
)

STATES = ("needs-attention", "good", "neutral", "undetermined")


def _named(document: Mapping[str, Any], file: str, faults: list[Fault]) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    for name, values in document.items():
        if isinstance(values, Mapping):
            tables[name] = Table(values, file, name, faults)
        else:
            faults.append(Fault(file, name, "", f"expected a table [{name}]"))
    return tables


def read_condition_texts(
    document: Mapping[str, Any], file: str, faults: list[Fault]
) -> dict[str, ConditionText]:
    """Sentences by condition; a condition without any, or a name that is no condition, is a fault."""
    tables = _named(document, file, faults)
    silence = "this condition has no sentence; add its table, or silent = true"
    faults.extend(Fault(file, name, "", silence) for name in CONDITIONS if name not in tables)
    faults.extend(Fault(file, name, "", "is not a condition") for name in tables if name not in CONDITIONS)
    return {name: _condition_text(table) for name, table in tables.items()}


def _condition_text(table: Table) -> ConditionText:
    silent = table.flag("silent")
    text = ConditionText(
        phrase=table.phrase(required=not silent),
        negated=table.phrase("not_{}", required=False),
        instead=table.phrase("{}_if", required=False),
        count=table.text("count", required=False),
        silent=silent,
        variants={name: _condition_text(variant) for name, variant in table.tables("by").items()},
    )
    table.finish()
    return text


def read_diagnosis_texts(document: Mapping[str, Any], file: str, faults: list[Fault]) -> DiagnosisTexts:
    """The words of a diagnosis; an obstacle without its words is a fault."""
    root = Table(document, file, "", faults)
    texts = DiagnosisTexts(
        obstacles={name: _obstacle(table) for name, table in root.tables("obstacle").items()},
        states={name: _phrase(table) for name, table in root.tables("state").items()},
        general={name: _phrase(table) for name, table in root.tables("general").items()},
        citations={name: _citation(table) for name, table in root.tables("citation").items()},
    )
    root.finish()
    _check_names("obstacle", tuple(ObstacleId), texts.obstacles, file, faults)
    _check_names("state", STATES, texts.states, file, faults)
    return texts


def _check_names(
    kind: str, wanted: tuple[str, ...], found: Collection[str], file: str, faults: list[Fault]
) -> None:
    expected = f"expected one of {', '.join(wanted)}"
    faults.extend(Fault(file, "", f"{kind}.{name}", "is missing") for name in wanted if name not in found)
    faults.extend(Fault(file, "", f"{kind}.{name}", expected) for name in found if name not in wanted)


def _phrase(table: Table) -> Phrase:
    phrase = table.phrase()
    table.finish()
    return phrase or Phrase("", "")


def _obstacle(table: Table) -> ObstacleTexts:
    texts = ObstacleTexts(
        name=table.phrase("name_{}") or Phrase("", ""),
        headline=table.phrase("headline_{}") or Phrase("", ""),
        first=table.phrase("first_{}") or Phrase("", ""),
        cases={name: _obstacle(case) for name, case in table.tables("case").items()},
    )
    table.finish()
    return texts


def _citation(table: Table) -> Citation:
    citation = Citation(phrase=table.phrase() or Phrase("", ""), count=table.text("count", required=False))
    table.finish()
    return citation
