"""`bob catalogue export`: every recommendation as open data, in JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bot.advice.conditions.registry import CONDITIONS
from bot.advice.items import Action, Catalogue, Strategy
from bot.advice.unwritten import WORDS
from bot.advice.wording import choose_form
from bot.commands.output import write

LICENCE = "CC-BY-SA-4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by-sa/4.0/"
TITLE = "Recommendations of Bob, a companion for job seekers"
SEPARATOR = " ; "
"""Between the values of a list, in a CSV cell."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_VERSIONS = ("fr_vous", "fr_tu", "fr_edited", "en")
"""Of each text: French as read in both forms, French as it is edited ({vous|tu}), English."""

_TEXTS = tuple(f"{version}_{name}" for version in _VERSIONS for name in WORDS)
_COLUMNS: Mapping[str, str] = {
    "kind": "action or strategy",
    "id": "never changes",
    "family": "application, network, skill, motivation, exploration, organisation, rights or wellbeing",
    "obstacles": "main obstacles that it works on; empty for any",
    "serves": "strategies that an action carries forward",
    "when": "conditions, all of which hold for whoever gets it; empty fits everybody",
    "boost": "conditions that make a strategy fit better",
    "topic": "subject that the person opens; an action with one is never sent by itself",
    "open": "office or shop, if one has to be open",
    "minutes": "how long it takes",
    "effort": "small, medium or big",
    "repeat_days": "after how many days it may come back; 0 for once only",
    "device": "phone or computer",
    "link": "service that it uses",
    "easier_minutes": "how long the easier variant takes",
    "grade": "strength of the evidence: trial, observed, expert or opinion",
    "source": "where the evidence comes from",
    "contributor": "who wrote it",
    "reviewed": "date of the last review",
    **dict.fromkeys(_TEXTS, ""),
    "licence": "of all texts and data here",
    "catalogue_version": "digest of the files that they come from",
    "exported_on": "date of this file",
}


def export(catalogue: Catalogue, form: str, *, today: date, output: Path | None = None) -> None:
    """Write the catalogue as "csv" or "json"; a file of CSV gets its `-metadata.json` beside it.

    Raises OutputError when a file cannot be written.
    """
    write(as_json(catalogue, today) if form == "json" else as_csv(catalogue, today), output)
    if form == "csv" and output is not None:
        beside = output.with_name(f"{output.name}-metadata.json")
        write(metadata(catalogue, output.name, today), beside)


def as_json(catalogue: Catalogue, today: date) -> str:
    """One object: licence, version and date, what each condition means, then the items."""
    used = {one.name for item in _items(catalogue) for line in _lines(item) for one in line.literals}
    document = {
        "title": TITLE,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "catalogue_version": catalogue.version,
        "exported_on": today.isoformat(),
        "conditions": {name: CONDITIONS[name].doc for name in sorted(used)},
        "items": [_item(item) for item in _items(catalogue)],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def as_csv(catalogue: Catalogue, today: date) -> str:
    """One row an item (RFC 4180). A cell that a spreadsheet would take for a formula starts with an apostrophe."""
    written = io.StringIO(newline="")
    rows = csv.DictWriter(written, _COLUMNS, restval="", quoting=csv.QUOTE_MINIMAL)
    rows.writeheader()
    common = {"licence": LICENCE, "catalogue_version": catalogue.version, "exported_on": today.isoformat()}
    for item in _items(catalogue):
        values = _item(item)
        texts = values.pop("texts")
        flat = {f"{version}_{name}": text for version in texts for name, text in texts[version].items()}
        rows.writerow({name: _cell(value) for name, value in (values | flat | common).items()})
    return written.getvalue()


def metadata(catalogue: Catalogue, url: str, today: date) -> str:
    """The description of the CSV that belongs beside it (W3C, CSV on the Web)."""
    columns = [
        {
            "name": name,
            "titles": name,
            "dc:description": about or f"the {name.rpartition('_')[2]} in that version",
        }
        | _datatype(name)
        for name, about in _COLUMNS.items()
    ]
    document = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": url,
        "dc:title": TITLE,
        "dc:license": {"@id": LICENCE_URL},
        "dc:modified": {"@value": today.isoformat(), "@type": "xsd:date"},
        "dc:identifier": catalogue.version,
        "dc:description": "A cell that would begin with one of = + - @ has an apostrophe before it.",
        "tableSchema": {"columns": columns, "primaryKey": "id"},
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _datatype(name: str) -> dict[str, str]:
    if name in ("obstacles", "serves", "when", "boost"):
        return {"separator": SEPARATOR}
    if name in ("minutes", "easier_minutes", "repeat_days"):
        return {"datatype": "integer"}
    return {"datatype": "date"} if name in ("reviewed", "exported_on") else {}


def _items(catalogue: Catalogue) -> Iterator[Action | Strategy]:
    yield from catalogue.actions
    yield from catalogue.strategies


def _lines(item: Action | Strategy) -> tuple[Any, ...]:
    return item.when if isinstance(item, Action) else (*item.when, *item.boost)


def _item(item: Action | Strategy) -> dict[str, Any]:
    """An item as plain values; what it does not have is left out."""
    values: dict[str, Any] = {
        "kind": "action" if isinstance(item, Action) else "strategy",
        "id": item.id,
        "family": item.family.value,
        "obstacles": [obstacle.value for obstacle in item.obstacles],
        "when": [str(line) for line in item.when],
        "grade": item.grade.value,
        "source": item.source,
        "contributor": item.contributor,
        "reviewed": item.reviewed.isoformat(),
    }
    if isinstance(item, Action):
        values |= {
            "serves": list(item.serves),
            "minutes": item.minutes,
            "effort": item.effort.value,
            "repeat_days": item.repeat_days,
            "device": item.device.value,
            "easier_minutes": item.easier_minutes,
        }
        optional = {"link": item.link, "open": item.opening, "topic": item.topic}
        values |= {name: str(value) for name, value in optional.items() if value is not None}
    else:
        values["boost"] = [str(line) for line in item.boost]
    french, english = _texts(item, "fr"), _texts(item, "en")
    forms = {
        f"fr_{form}": {name: choose_form(text, form) for name, text in french.items()}
        for form in ("vous", "tu")
    }
    return values | {"texts": forms | {"fr_edited": french, "en": english}}


def _texts(item: Action | Strategy, language: str) -> dict[str, str]:
    wording = item.wording(language)
    return {name: text for name in WORDS if (text := getattr(wording, name, None))}


def _cell(value: object) -> str:
    text = SEPARATOR.join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
