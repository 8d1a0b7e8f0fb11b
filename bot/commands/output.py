"""Where the text of a command goes: to standard output, or to a file that the operator names."""

from __future__ import annotations

import sys
from pathlib import Path


class OutputError(Exception):
    """The file cannot be written; the message says why."""


def write(text: str, file: Path | None) -> None:
    """Raises OutputError when the file cannot be written."""
    if file is None:
        sys.stdout.write(text)
        return
    try:
        file.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise OutputError(f"{file} cannot be written ({error.strerror}).") from None
