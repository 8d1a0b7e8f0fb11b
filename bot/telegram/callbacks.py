"""Inline buttons and their callback data: `daily1|done|now` is dialogue, version, step and value.

Short, printable ASCII, 64 bytes at most. What people press may be forged or of
another age: reading it never raises.
"""

from __future__ import annotations

import re

from bot.dialogs.incoming import Press
from bot.dialogs.replies import Button
from bot.telegram.limits import CALLBACK_DATA_MAX_BYTES

SEPARATOR = "|"
_DIALOGUE = re.compile(r"[a-z](?:[a-z0-9_-]*[a-z_-])?")  # never ends in a digit: the version follows
_STEP = re.compile(r"[A-Za-z0-9_.-]*")
_VALUE = re.compile(r"[ -~]*")
_PACKED = re.compile(
    rf"(?P<dialogue>{_DIALOGUE.pattern})(?P<version>0|[1-9][0-9]{{0,3}})"
    rf"\|(?P<step>{_STEP.pattern})\|(?P<value>{_VALUE.pattern})"
)


def pack(button: Button) -> str:
    """The callback data of a button. Raises ValueError when it could not be read back."""
    named = _DIALOGUE.fullmatch(button.dialogue) and _STEP.fullmatch(button.step)
    if not named or not _VALUE.fullmatch(button.value) or not 0 <= button.version <= 9999:
        raise ValueError(f"button of {button.dialogue!r}, step {button.step!r}: names are plain ASCII")
    data = f"{button.dialogue}{button.version}{SEPARATOR}{button.step}{SEPARATOR}{button.value}"
    if len(data) > CALLBACK_DATA_MAX_BYTES:
        raise ValueError(
            f"button of {button.dialogue!r}, step {button.step!r}: "
            f"{len(data)} bytes of callback data, {CALLBACK_DATA_MAX_BYTES} at most"
        )
    return data


def unpack(data: str | None) -> Press | None:
    """The press that this callback data stands for; None when Bob cannot have written it."""
    if data is None or len(data) > CALLBACK_DATA_MAX_BYTES:
        return None
    found = _PACKED.fullmatch(data)
    if found is None:
        return None
    return Press(found["dialogue"], int(found["version"]), found["step"], found["value"])
