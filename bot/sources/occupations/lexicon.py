"""The embedded lexicon: every ROME occupation in the words that people use, one file a professional domain.

`G18.toml` holds the third-edition codes G1801, G1802...; each with its finer codes of ROME 4.0. Codes, `rome` and
`label` are those of the official referential (France Travail, ROME 4.0 version 460, Licence Ouverte).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from bot.advice.occupation import Channel, Constraint, JobFamily, Licence
from bot.advice.profile import Diploma
from bot.sources.toml_folder import TomlFolderError, read_toml_folder

FOLDER = Path(__file__).parent / "lexicon"

_CODE = re.compile(r"[A-N]\d{4}")
Code = Annotated[str, StringConstraints(pattern=r"^[A-N]\d{4}$")]
Official = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Label = Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]


class Closeness(StrEnum):
    """Why one could go from an occupation to another."""

    SAME_SKILLS = "same_skills"
    SAME_PLACE = "same_place"
    SAME_PEOPLE = "same_people"
    SAME_TRAINING = "same_training"
    STEP_UP = "step_up"
    EASIER_ENTRY = "easier_entry"
    LISTED = "listed"  # by the official referential, which gives no reason


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FineEntry(_Entry):
    """A code of ROME 4.0. `common`: 1 (very rare) to 5 (the hundred most usual). The first of `en` is the label."""

    label: Official
    common: Annotated[int, Field(ge=1, le=5)]
    fr: Annotated[tuple[Name, ...], Field(min_length=1)]
    en: Annotated[tuple[Name, ...], Field(min_length=1)]


class GroupEntry(_Entry):
    """A code of the third edition, which market data is keyed on. `fr` gives both genders ("serveur / serveuse")."""

    rome: Official
    fr: Label
    en: Label
    family: JobFamily
    near: dict[Code, Closeness]
    required: Diploma | None = None
    compulsory: bool = False
    licences: tuple[Licence, ...] = ()
    channels: Annotated[tuple[Channel, ...], Field(min_length=1)]
    constraints: tuple[Constraint, ...] = ()
    isco: Annotated[str, StringConstraints(pattern=r"^\d{3,4}$")]
    fine: Annotated[dict[Code, FineEntry], Field(min_length=1)]


class LexiconError(ValueError):
    """The lexicon cannot be used; names file, code and field of each fault."""


def load_lexicon(folder: Path = FOLDER) -> Mapping[str, GroupEntry]:
    """Every third-edition code with its entry, sorted by code. LexiconError says everything that is wrong."""
    try:
        documents = read_toml_folder(folder)
    except TomlFolderError as error:
        raise LexiconError(str(error)) from None
    groups: dict[str, GroupEntry] = {}
    faults: list[str] = []
    for file, document in documents.items():
        for code, table in document.items():
            if not _CODE.fullmatch(code):
                faults.append(f"{file}: {code}: is no code of ROME (a letter and four digits)")
            elif not code.startswith(Path(file).stem):
                faults.append(f"{file}: {code}: belongs into the file of its domain, {code[:3]}.toml")
            try:
                groups[code] = GroupEntry.model_validate(table)
            except ValidationError as error:
                faults += [f"{file}: {code}: {_place(fault)}: {fault['msg']}" for fault in error.errors()]
    owners: dict[str, str] = {}
    for code, group in groups.items():
        for fine in group.fine:
            if owners.setdefault(fine, code) != code:
                faults.append(f"{code[:3]}.toml: {code}: fine.{fine}: belongs to {owners[fine]} already")
        faults += [
            f"{code[:3]}.toml: {code}: near: {other} is not another code of the lexicon"
            for other in group.near
            if other not in groups or other == code
        ]
    if faults:
        raise LexiconError("\n".join(faults))
    return dict(sorted(groups.items()))


def _place(fault: Any) -> str:
    return ".".join(str(part) for part in fault["loc"])
