"""`bob doctor`: one line per check, ok, warn or fail, and what to do. It changes nothing and prints no secret."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Literal

from bot.advice.faults import CatalogueError
from bot.advice.loading import load_catalogue
from bot.commands.doctor_database import check_database
from bot.commands.doctor_files import check_files
from bot.commands.doctor_telegram import ask_telegram
from bot.dialogs.texts import TextError, texts
from bot.settings import Settings, SettingsError, load_settings
from bot.sources.occupations import occupations
from bot.sources.places import places

Status = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Check:
    """One line. `text` says what was found, and what to do when that is not well."""

    name: str
    status: Status
    text: str
