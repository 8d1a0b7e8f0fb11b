"""Downloading what people sent."""

from __future__ import annotations

from aiogram.methods import GetFile

from bot.sandbox.errors import JSON, bad_request
from bot.sandbox.methods.table import Context, Handler
from bot.telegram.limits import DOWNLOAD_MAX_BYTES


def get_file(context: Context, call: GetFile) -> JSON:
    """The content is then served under /file/bot<token>/<file_path>."""
    stored = context.world.files.find(call.file_id)
    if len(stored.content) > DOWNLOAD_MAX_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": stored.id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.content),
        "file_path": stored.path,
    }


HANDLERS: dict[str, Handler] = {"getFile": get_file}
