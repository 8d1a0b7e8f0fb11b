"""Profile files: JSON in the format of `Profile` (docs/profile.md, `bob schema profile`)."""

from __future__ import annotations

import json
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.advice.profile import Profile


class ProfileFileError(Exception):
    """The file cannot be used; the message names the file, and each field with what is expected."""


def load_profile(file: Path) -> Profile:
    """Read and check a profile file; ProfileFileError lists every fault at once."""
    try:
        values = json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise ProfileFileError(f"{file}: cannot be read ({error.strerror}).") from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ProfileFileError(f"{file}: not valid JSON in UTF-8 ({error}).") from None
    if not isinstance(values, dict):
        raise ProfileFileError(f'{file}: expected an object, for example {{"job": "serveuse", "months": 3}}.')
    try:
        return Profile.model_validate(values)
    except ValidationError as error:
        faults = [_sentence(fault) for fault in error.errors()]
        raise ProfileFileError("\n".join(f"{file}: {fault}" for fault in faults)) from None


def _sentence(fault: Any) -> str:
    field = ".".join(str(part) for part in fault["loc"]) or "profile"
    if fault["type"] == "extra_forbidden":
        near = get_close_matches(field, Profile.model_fields, n=1)
        return f"unknown field {field!r}" + (
            f"; did you mean {near[0]!r}?" if near else "; see bob schema profile."
        )
    return f"{field}: {fault['msg']} (got {json.dumps(fault['input'], ensure_ascii=False, default=str)})"


def schema() -> dict[str, Any]:
    """The JSON Schema of a profile file."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Profile.model_json_schema()}
