"""What a person can send, as the fields that the bot finds in the message."""

from __future__ import annotations

import base64
import mimetypes
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.sandbox.entities import TRIMMED, with_found
from bot.sandbox.errors import JSON
from bot.sandbox.files import Files, image_size
from bot.telegram.limits import MEDIA_GROUP_MAX, MEDIA_GROUP_MIN, TEXT_MAX, utf16_length

# The smallest picture: one transparent pixel.
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
STICKER_SIDE = 512  # pixels


@dataclass(frozen=True)
class Content:
    """Something to send; `parts` gives the fields of each message that it becomes."""

    parts: Callable[[Files], list[JSON]]

    @staticmethod
    def text(text: str) -> Content:
        trimmed = text.strip(TRIMMED)
        if not trimmed:
            raise ValueError("a text cannot be empty")
        return Content(lambda files: [_text(part) for part in split_text(trimmed)])

    @staticmethod
    def photo(data: bytes, caption: str = "") -> Content:
        width, height = image_size(data) or (0, 0)
        mime = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"

        def fields(files: Files) -> list[JSON]:
            photo = files.add("photo", data, mime, {"width": width, "height": height})
            return [{"photo": [photo.json()], **_caption(caption)}]

        return Content(fields)

    @staticmethod
    def document(data: bytes, name: str, caption: str = "") -> Content:
        mime = mimetypes.guess_type(name)[0] or "application/octet-stream"

        def fields(files: Files) -> list[JSON]:
            document = files.add("document", data, mime, {"file_name": name, "mime_type": mime}, name)
            return [{"document": document.json(), **_caption(caption)}]

        return Content(fields)

    @staticmethod
    def voice(data: bytes, seconds: int) -> Content:
        def fields(files: Files) -> list[JSON]:
            voice = files.add("voice", data, "audio/ogg", {"duration": seconds, "mime_type": "audio/ogg"})
            return [{"voice": voice.json()}]

        return Content(fields)

    @staticmethod
    def sticker(emoji: str) -> Content:
        def fields(files: Files) -> list[JSON]:
            info = {
                "type": "regular",
                "width": STICKER_SIDE,
                "height": STICKER_SIDE,
                "is_animated": False,
                "is_video": False,
                "emoji": emoji,
            }
            sticker = files.add("sticker", PIXEL, "image/webp", info)
            return [{"sticker": sticker.json()}]

        return Content(fields)

    @staticmethod
    def album(items: Sequence[Content], group_id: str | None = None) -> Content:
        """Photos, or documents, sent together: a message each, with the same `media_group_id`."""
        if group_id is None and not MEDIA_GROUP_MIN <= len(items) <= MEDIA_GROUP_MAX:
            raise ValueError(f"an album has {MEDIA_GROUP_MIN} to {MEDIA_GROUP_MAX} items")

        def fields(files: Files) -> list[JSON]:
            parts = [part for item in items for part in item.parts(files)]
            if not all("photo" in part for part in parts) and not all("document" in part for part in parts):
                raise ValueError("an album is made of photos, or of documents")
            return grouped(parts, group_id or new_group_id())

        return Content(fields)

    @staticmethod
    def contact(phone: str, first_name: str, user_id: int | None = None) -> Content:
        contact: JSON = {"phone_number": phone, "first_name": first_name}
        if user_id is not None:
            contact["user_id"] = user_id
        return Content(lambda files: [{"contact": contact}])

    @staticmethod
    def location(latitude: float, longitude: float) -> Content:
        return Content(lambda files: [{"location": {"latitude": latitude, "longitude": longitude}}])

    @staticmethod
    def forwarded(text: str, author: str, date: int = 1_700_000_000) -> Content:
        """`date`: Unix seconds of the original."""
        origin = {"type": "hidden_user", "date": date, "sender_user_name": author}
        return Content(lambda files: [{**_text(text), "forward_origin": origin}])


def new_group_id() -> str:
    """A `media_group_id`, as Telegram gives them: a long number."""
    return str(10**16 + secrets.randbelow(9 * 10**16))


def grouped(parts: list[JSON], group_id: str) -> list[JSON]:
    """The fields of messages that belong together."""
    return [{**part, "media_group_id": group_id} for part in parts]


def split_text(text: str) -> list[str]:
    """Parts of at most 4096 UTF-16 units."""
    parts, start, units = [], 0, 0
    for index, character in enumerate(text):
        size = utf16_length(character)
        if units + size > TEXT_MAX:
            parts.append(text[start:index])
            start, units = index, 0
        units += size
    return [*parts, text[start:]]


def _text(text: str) -> JSON:
    found = with_found(text, [])
    return {"text": text, "entities": found} if found else {"text": text}


def _caption(caption: str) -> JSON:
    if not caption:
        return {}
    found = with_found(caption, [])
    return {"caption": caption, "caption_entities": found} if found else {"caption": caption}
