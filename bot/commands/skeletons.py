"""`bob catalogue new`: the skeleton of an item, with what goes where, at the end of the right file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import tomli

from bot.advice.facts import Family
from bot.advice.fields import ID
from bot.advice.items import Action, Strategy
from bot.advice.loading import FOLDER, read_catalogue
from bot.advice.unwritten import MARK, NO_STRATEGY

KINDS = ("action", "strategy")
_FOLDERS = {"action": "actions", "strategy": "strategies"}
_WITH_PAYLOAD = (Family.APPLICATION, Family.NETWORK)


class NewItemError(Exception):
    """The skeleton cannot be written; the message says why and what to do."""


def write_new(
    kind: str,
    item_id: str,
    *,
    today: date,
    family: str | None = None,
    obstacles: Sequence[str] = (),
    file: str | None = None,
    folder: Path | None = None,
) -> Path:
    """Append the skeleton of an item to a file of the catalogue, and return that file; NewItemError otherwise.

    Without a family, the first word of an action's id is its family. Without a file, it is the one that holds the
    item most alike by the words of its id.
    """
    folder = folder or FOLDER
    if not ID.fullmatch(item_id):
        raise NewItemError(f"{item_id!r} is not an id: expected lower-case words joined by hyphens.")
    chosen = _family(kind, item_id, family)
    reading = read_catalogue(folder)
    items: list[Action | Strategy] = [*reading.actions, *reading.strategies]
    if known := next((item for item in items if item.id == item_id), None):
        raise NewItemError(f"{item_id} exists already, in {known.file}: choose another id, or edit that one.")
    path = folder / (_named(kind, file) if file else _right_file(kind, item_id, chosen, items))
    before = path.read_text("utf-8") if path.exists() else ""
    skeleton = (_action if kind == "action" else _strategy)(item_id, chosen, obstacles, today)
    separator = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    try:
        tomli.loads(before + separator + skeleton)
    except tomli.TOMLDecodeError as error:
        raise NewItemError(f"{path} cannot be read as TOML ({error}): mend it first.") from None
    with path.open("a", encoding="utf-8") as end:
        end.write(separator + skeleton)
    return path


def _family(kind: str, item_id: str, family: str | None) -> Family:
    first = item_id.split("-", maxsplit=1)[0]
    if family is None and kind == "strategy":
        raise NewItemError("A strategy needs its family: add --family, for example --family network.")
    if family is None and first not in tuple(Family):
        raise NewItemError(f"The id of an action starts with its family: {', '.join(Family)}.")
    chosen = Family(family or first)
    if kind == "action" and first != chosen:
        raise NewItemError(f"The id of this action has to start with its family: {chosen}-{item_id}?")
    return chosen


def _named(kind: str, file: str) -> str:
    """The file that the editor names: with or without its folder and its ending."""
    name = file.removeprefix(f"{_FOLDERS[kind]}/").removesuffix(".toml")
    if not name or not name.replace("_", "").replace("-", "").isalnum():
        raise NewItemError(
            f"{file!r} is not the name of a file of {_FOLDERS[kind]}/, such as {_FOLDERS[kind]}/x.toml."
        )
    return f"{_FOLDERS[kind]}/{name}.toml"


def _right_file(kind: str, item_id: str, family: Family, items: Sequence[Action | Strategy]) -> str:
    wanted = Action if kind == "action" else Strategy
    alike = [(_in_common(item.id, item_id), item.file) for item in items if isinstance(item, wanted)]
    most, file = max(alike, default=(0, ""))
    return file if most >= 2 else f"{_FOLDERS[kind]}/{family}.toml"


def _in_common(one: str, other: str) -> int:
    """How many first words two ids share."""
    count = 0
    for mine, theirs in zip(one.split("-"), other.split("-"), strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def _listed(values: Sequence[str]) -> str:
    return "[" + ", ".join(f'"{value}"' for value in values) + "]"


def _action(item_id: str, family: Family, obstacles: Sequence[str], today: date) -> str:
    payload = f'payload = "{MARK}: '
    if family not in _WITH_PAYLOAD:
        payload = f"# {payload}"
    return f"""\
[[action]]
id = "{item_id}"
family = "{family}"
obstacles = {_listed(obstacles)}  # what it works on (docs/profile.md, ObstacleId); [] for any
serves = ["{NO_STRATEGY}"]  # ids of the strategies that it carries forward, one at least
minutes = 10  # 1 to 20
effort = "small"  # small, medium or big: courage counts as much as time
when = []  # conditions (docs/conditions.md), all of which must hold; [] fits everybody
repeat_days = 30  # after how many days it may come back; 0 for once only
grade = "expert"  # trial, observed, expert or opinion
source = "Pratique de conseil"  # or the address of the study, needed for trial and observed
contributor = "{MARK}"  # whom to thank
reviewed = {today.isoformat()}
device = "phone"  # computer only if it cannot be done on a phone, and then the text says so
# open = "office"  # or "shop": what must be open for it to be done
# link = "https://..."  # a service that is in the list of links
easier_minutes = 3  # 1 to 5
[action.fr]
# {{Envoyez|Envoie}}: vous on the left, tu on the right.
text = "{MARK}: ce qu'il y a à faire, en une phrase qui commence par le verbe."
first = "{MARK}: un premier geste, faisable en lisant."
easier = "{MARK}: une façon plus légère d'arriver au même but."
{payload}ce que la personne envoie ou dit, à la première personne, avec des [blancs]."
[action.en]
text = "{MARK}: what to do, in one sentence that starts with the verb."
first = "{MARK}: a first step, small enough to do while reading."
easier = "{MARK}: a lighter way to the same goal."
{payload}what the person sends or says, in the first person, with [blanks]."
"""


def _strategy(item_id: str, family: Family, obstacles: Sequence[str], today: date) -> str:
    return f"""\
[[strategy]]
id = "{item_id}"
family = "{family}"
obstacles = {_listed(obstacles)}  # what it works on (docs/profile.md, ObstacleId); [] for any
when = []  # conditions (docs/conditions.md), all of which must hold; [] fits everybody
boost = []  # conditions that make it fit better and are never required
grade = "expert"  # trial, observed, expert or opinion
source = "Pratique de conseil"  # or the address of the study, needed for trial and observed
contributor = "{MARK}"  # whom to thank
reviewed = {today.isoformat()}
[strategy.fr]
title = "{MARK}: deux à six mots."
text = "{MARK}: trois phrases au plus. {{Envoyez|Envoie}}: vous on the left, tu on the right."
[strategy.en]
title = "{MARK}: two to six words."
text = "{MARK}: three sentences at most."
"""
