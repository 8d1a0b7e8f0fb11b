"""Folders of TOML files, parsed once: half a second for 500 kB of TOML, a few milliseconds for what was parsed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tomli

from bot.sources.kept import digest_of, kept


class TomlFolderError(ValueError):
    """A file cannot be read; the text names it."""


def read_toml_folder(folder: Path) -> dict[str, dict[str, Any]]:
    """The documents of a folder by file name, sorted."""
    contents = {file.name: file.read_bytes() for file in sorted(folder.glob("*.toml"))}
    key = digest_of(part for name, content in contents.items() for part in (name.encode(), content))
    return kept(
        folder, "documents", key, lambda: {name: _parsed(name, content) for name, content in contents.items()}
    )


def _parsed(name: str, content: bytes) -> dict[str, Any]:
    try:
        return tomli.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        raise TomlFolderError(f"{name}: cannot be read as TOML in UTF-8: {error}") from None
