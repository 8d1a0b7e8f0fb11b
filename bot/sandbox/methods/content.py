"""What a message of the bot contains: text, caption, files; checked against the limits."""

from __future__ import annotations

from typing import Any

from bot.sandbox.entities import formatted, plain
from bot.sandbox.errors import JSON, bad_request
from bot.sandbox.files import StoredFile, image_size
from bot.sandbox.methods.table import Context
from bot.sandbox.spec import Upload, given
from bot.telegram.limits import (
    CAPTION_MAX,
    PHOTO_SIDES_RATIO_MAX,
    PHOTO_SIDES_SUM_MAX,
    PHOTO_UPLOAD_MAX_BYTES,
    TEXT_MAX,
    UPLOAD_MAX_BYTES,
    utf16_length,
)


def text_content(call: Any) -> JSON:
    """`text`, `entities` and link preview options of a call with a text."""
    if not call.text:
        raise bad_request("message text is empty")
    text, entities = formatted(call.text, given(call.parse_mode), plain(call.entities))
    if not text:
        raise bad_request("text must be non-empty")
    if utf16_length(text) > TEXT_MAX:
        raise bad_request("message is too long")
    content: JSON = {"text": text}
    if entities:
        content["entities"] = entities
    preview = given(call.link_preview_options)
    if preview is not None:
        options = {
            name: given(getattr(preview, name))
            for name in preview.model_fields_set
            if given(getattr(preview, name)) is not None
        }
        if options:
            content["link_preview_options"] = options
    return content


def caption_content(call: Any) -> JSON:
    """`caption` and `caption_entities` of a call; nothing when it has none."""
    text, entities = formatted(call.caption or "", given(call.parse_mode), plain(call.caption_entities))
    if utf16_length(text) > CAPTION_MAX:
        raise bad_request("message caption is too long")
    content: JSON = {}
    if text:
        content["caption"] = text
    if entities:
        content["caption_entities"] = entities
    if given(getattr(call, "show_caption_above_media", None)):
        content["show_caption_above_media"] = True
    return content


def photo_content(context: Context, value: Any) -> JSON:
    """A new photo (upload) or one sent before (file id)."""
    upload = _upload(context, value, "photo")
    if upload is None:
        stored = context.world.files.find(str(value))
        if stored.kind != "photo":
            raise bad_request(f"can't use file of type {stored.kind.capitalize()} as Photo")
    else:
        stored = store_photo(context, upload.content)
    return {"photo": [stored.json()]}


def store_photo(context: Context, content: bytes) -> StoredFile:
    if not content:
        raise bad_request("file must be non-empty")
    size = image_size(content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if (
        min(size) == 0
        or width + height > PHOTO_SIDES_SUM_MAX
        or max(size) > PHOTO_SIDES_RATIO_MAX * min(size)
    ):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    if len(content) > PHOTO_UPLOAD_MAX_BYTES:
        raise bad_request("file is too big")
    mime = "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"
    return context.world.files.add("photo", content, mime, {"width": width, "height": height})


def document_content(context: Context, value: Any) -> JSON:
    """A new file (upload) or one sent before (file id)."""
    upload = _upload(context, value, "document")
    if upload is None:
        stored = context.world.files.find(str(value))
        if stored.kind != "document":
            raise bad_request(f"can't use file of type {stored.kind.capitalize()} as Document")
    else:
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > UPLOAD_MAX_BYTES:
            raise bad_request("file is too big")
        info = {"file_name": upload.name, "mime_type": upload.mime}
        stored = context.world.files.add("document", upload.content, upload.mime, info, upload.name)
    return {"document": stored.json()}


def _upload(context: Context, value: Any, what: str) -> Upload | None:
    """The file that came with the call; None when `value` names a file that Telegram has."""
    if isinstance(value, str) and value.startswith("attach://"):
        found = context.uploads.get(value.removeprefix("attach://"))
        if found is None:
            raise bad_request(f"there is no {what} in the request")
        return found
    if isinstance(value, str) and value.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    return None
