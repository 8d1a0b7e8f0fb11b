"""Reading the catalogue from its files: everything is checked, and all faults are told at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import tomli

import bot.advice.conditions  # noqa: F401  (registers the conditions that the lines name)
from bot.advice.facts import Family
from bot.advice.faults import CatalogueError, Fault
from bot.advice.fields import Table, each
from bot.advice.items import (
    Action,
    Catalogue,
    Device,
    Effort,
    Grade,
    Opening,
    Pitch,
    Strategy,
    Topic,
    Wording,
)
from bot.advice.links import Link, read_link
from bot.advice.profile import ObstacleId
from bot.advice.sentences import ConditionText, DiagnosisTexts
from bot.advice.texts import read_condition_texts, read_diagnosis_texts
from bot.advice.unwritten import unwritten

FOLDER = Path(__file__).parent / "catalogue"
MAX_MINUTES = 20
MAX_EASIER_MINUTES = 5
MAX_REPEAT_DAYS = 730


@dataclass(slots=True)
class Reading:
    """What was read from a folder, sound or not: the items that could be read, and all that is wrong."""

    actions: list[Action] = field(default_factory=list)
    strategies: list[Strategy] = field(default_factory=list)
    sentences: Mapping[str, ConditionText] = field(default_factory=dict)
    diagnosis: DiagnosisTexts = field(default_factory=DiagnosisTexts)
    links: dict[str, Link] = field(default_factory=dict)
    """By address."""
    version: str = ""
    faults: list[Fault] = field(default_factory=list)

    def catalogue(self) -> Catalogue:
        """The items as a catalogue, whatever the faults; of several with one id the first one counts."""
        actions = {action.id: action for action in reversed(self.actions)}
        strategies = {strategy.id: strategy for strategy in reversed(self.strategies)}
        return Catalogue(
            actions=tuple(actions[key] for key in sorted(actions)),
            strategies=tuple(strategies[key] for key in sorted(strategies)),
            version=self.version,
            sentences=self.sentences,
            diagnosis=self.diagnosis,
        )


def load_catalogue(folder: Path | None = None) -> Catalogue:
    """The catalogue in that folder (Bob's own by default); CatalogueError names file, item and field of each
    fault. Items that are still to be written are left out.
    """
    reading = read_catalogue(folder)
    if reading.faults:
        raise CatalogueError(reading.faults)
    reading.actions = [action for action in reading.actions if not any(unwritten(action))]
    reading.strategies = [strategy for strategy in reading.strategies if not any(unwritten(strategy))]
    return reading.catalogue()


def read_catalogue(folder: Path | None = None) -> Reading:
    """Read everything that can be read, noting the faults."""
    folder = folder or FOLDER
    reading = Reading()
    digest = sha256()
    for path in sorted(folder.rglob("*.toml")):
        name = path.relative_to(folder).as_posix()
        content = path.read_bytes()
        digest.update(name.encode() + b"\0" + content + b"\0")
        document = _parse(content, name, reading.faults)
        if document is not None:
            _read_document(document, name, reading)
    reading.version = digest.hexdigest()[:12]
    _check_ids(reading)
    return reading


def _parse(content: bytes, name: str, faults: list[Fault]) -> dict[str, Any] | None:
    try:
        return tomli.loads(content.decode("utf-8"))
    except UnicodeDecodeError:
        faults.append(Fault(name, "", "", "is not written in UTF-8"))
    except tomli.TOMLDecodeError as error:
        faults.append(Fault(name, "", "", f"cannot be read as TOML: {error}"))
    return None


def _read_document(document: dict[str, Any], name: str, reading: Reading) -> None:
    faults = reading.faults
    if name == "conditions.toml":
        reading.sentences = read_condition_texts(document, name, faults)
    elif name == "diagnosis.toml":
        reading.diagnosis = read_diagnosis_texts(document, name, faults)
    elif name.startswith("actions/"):
        reading.actions.extend(map(read_action, _only(document, "action", name, faults)))
    elif name.startswith("strategies/"):
        reading.strategies.extend(map(read_strategy, _only(document, "strategy", name, faults)))
    elif name == "links.toml":
        for table in _only(document, "link", name, faults):
            read_link(table, reading.links)


def _only(document: dict[str, Any], kind: str, name: str, faults: list[Fault]) -> Iterable[Table]:
    """The tables of the one kind that a file may hold."""
    message = f"is not expected here; this file holds [[{kind}]] tables only"
    faults.extend(Fault(name, "", key, message) for key in document if key != kind)
    return each(document.get(kind, []), name, kind, faults)


def read_action(table: Table) -> Action:
    """One `[[action]]`; faults go to the table's list, and a faulty field gets some valid value."""
    action = Action(
        id=table.identifier(),
        family=table.choice("family", Family),
        obstacles=table.choices("obstacles", ObstacleId),
        serves=table.words("serves"),
        minutes=table.whole("minutes", 1, MAX_MINUTES),
        effort=table.choice("effort", Effort),
        when=table.lines("when"),
        repeat_days=table.whole("repeat_days", 0, MAX_REPEAT_DAYS),
        grade=table.choice("grade", Grade),
        source=table.text("source") or "",
        contributor=table.text("contributor") or "",
        reviewed=table.day("reviewed"),
        device=table.choice("device", Device),
        link=table.address("link"),
        opening=table.option("open", Opening),
        topic=table.option("topic", Topic),
        easier_minutes=table.whole("easier_minutes", 1, MAX_EASIER_MINUTES),
        fr=_wording(table.table("fr")),
        en=_wording(table.table("en")),
        file=table.file,
    )
    if not action.serves and "serves" in table.values:
        table.fault("serves", "is empty; expected the id of one strategy at least")
    if action.id and not action.id.startswith(f"{action.family}-"):
        table.fault("id", f"expected to start with the family, {action.family}-")
    table.finish()
    return action


def _wording(table: Table | None) -> Wording:
    if table is None:
        return Wording("", "", "")
    wording = Wording(
        text=table.text("text") or "",
        first=table.text("first") or "",
        easier=table.text("easier") or "",
        payload=table.text("payload", required=False),
    )
    table.finish()
    return wording


def read_strategy(table: Table) -> Strategy:
    """One `[[strategy]]`; faults go to the table's list, and a faulty field gets some valid value."""
    strategy = Strategy(
        id=table.identifier(),
        family=table.choice("family", Family),
        obstacles=table.choices("obstacles", ObstacleId),
        when=table.lines("when"),
        boost=table.lines("boost", required=False),
        grade=table.choice("grade", Grade),
        source=table.text("source") or "",
        contributor=table.text("contributor") or "",
        reviewed=table.day("reviewed"),
        fr=_pitch(table.table("fr")),
        en=_pitch(table.table("en")),
        file=table.file,
    )
    table.finish()
    return strategy


def _pitch(table: Table | None) -> Pitch:
    if table is None:
        return Pitch("", "")
    pitch = Pitch(title=table.text("title") or "", text=table.text("text") or "")
    table.finish()
    return pitch


def _check_ids(reading: Reading) -> None:
    first_seen: dict[str, str] = {}
    items: list[Action | Strategy] = [*reading.actions, *reading.strategies]
    for item in items:
        if item.id and item.id in first_seen:
            reading.faults.append(
                Fault(item.file, item.id, "id", f"is already used in {first_seen[item.id]}")
            )
        first_seen.setdefault(item.id, item.file)
