"""Files that were sent: kept whole in the store, named by ids as Telegram names them."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import JSON, bad_request
from bot.sandbox.store import Store

EXTENSIONS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
    "audio/ogg": "oga",
    "text/plain": "txt",
    "text/calendar": "ics",
    "application/pdf": "pdf",
    "application/json": "json",
    "text/csv": "csv",
}


@dataclass(frozen=True)
class StoredFile:
    id: str
    unique_id: str
    kind: str
    name: str | None
    mime: str
    info: JSON
    content: bytes

    @property
    def path(self) -> str:
        """The `file_path` by which the bot downloads it."""
        return f"{self.kind}s/{self.unique_id}.{EXTENSIONS.get(self.mime, 'bin')}"

    def json(self) -> JSON:
        """What every object that describes a file holds."""
        return {
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
            **self.info,
        }


class Files:
    """The stored files."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, kind: str, content: bytes, mime: str, info: JSON, name: str | None = None) -> StoredFile:
        """`kind`: photo, document, voice, sticker; `info`: what its object holds besides ids and size."""
        stored = StoredFile(
            secrets.token_urlsafe(40), secrets.token_urlsafe(10), kind, name, mime, info, content
        )
        self._store.run(
            "INSERT INTO files (id, unique_id, kind, name, mime, info, content) VALUES (?, ?, ?, ?, ?, ?, ?)",
            stored.id,
            stored.unique_id,
            kind,
            name,
            mime,
            json.dumps(info),
            content,
        )
        return stored

    def find(self, file_id: str) -> StoredFile:
        """By its id; refuses as Telegram does."""
        row = self._store.row("SELECT * FROM files WHERE id = ?", file_id)
        if row is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return _stored(row)

    def by_unique_id(self, unique_id: str) -> StoredFile | None:
        row = self._store.row("SELECT * FROM files WHERE unique_id = ?", unique_id)
        return _stored(row) if row else None


def image_size(content: bytes) -> tuple[int, int] | None:
    """(width, height) in pixels of a PNG, JPEG or GIF; None for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    if content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        return int.from_bytes(content[6:8], "little"), int.from_bytes(content[8:10], "little")
    if content.startswith(b"\xff\xd8"):
        return _jpeg_size(content)
    return None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height = int.from_bytes(content[at + 5 : at + 7], "big")
            return int.from_bytes(content[at + 7 : at + 9], "big"), height
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None


def _stored(row: Any) -> StoredFile:
    return StoredFile(
        row["id"],
        row["unique_id"],
        row["kind"],
        row["name"],
        row["mime"],
        json.loads(row["info"]),
        row["content"],
    )
