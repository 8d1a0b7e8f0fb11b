"""From what is sent to what is stored: entities checked, spaces trimmed, commands and links found."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.markup import Entity, parse_html
from bot.telegram.limits import ENTITIES_MAX, utf16_length

KINDS = frozenset(
    [
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
        "date_time",
    ]
)
OPAQUE = frozenset({"code", "pre", "text_link", "text_mention"})
TRIMMED = " \t\n\r\v\f\x00"
FOUND = (
    (
        "url",
        re.compile(
            r"(?<![\w@.])(?:https?://[^\s<>\"«»]+|(?:[\w-]+\.)+(?:fr|com|org|net|eu|io)\b[^\s<>\"«»]*)"
        ),
    ),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z]\w{3,31}\b")),
    ("bot_command", re.compile(r"(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])")),
    ("hashtag", re.compile(r"(?<!\w)#(?!\d+\b)\w{1,64}")),
)


def formatted(
    source: str, parse_mode: str | None, given: list[Entity] | None = None
) -> tuple[str, list[Entity]]:
    """The text as Telegram keeps it and its entities, sorted by offset (UTF-16 units)."""
    source = source.replace("\r", "")
    if parse_mode is None or parse_mode == "":
        text, entities = source, [dict(entity) for entity in given or []]
        _check_given(text, entities)
    elif parse_mode.lower() == "html":
        text, entities = parse_html(source)
    elif parse_mode.lower() in ("markdown", "markdownv2"):
        raise ApiError(501, f"Not Implemented: the sandbox does not parse {parse_mode}, only HTML")
    else:
        raise bad_request("unsupported parse_mode")
    text, entities = _trimmed(text, entities)
    if len(entities) > ENTITIES_MAX:
        raise bad_request("ENTITIES_TOO_LONG")
    return text, with_found(text, entities)


def with_found(text: str, entities: list[Entity]) -> list[Entity]:
    """Add what Telegram's servers find by themselves: links, addresses, mentions, commands, hashtags."""
    taken = [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in OPAQUE]
    result = list(entities)
    for kind, pattern in FOUND:
        for match in pattern.finditer(text):
            found = match.group().rstrip(".,;:!?)'’…")
            offset = utf16_length(text[: match.start()])
            end = offset + utf16_length(found)
            if any(offset < stop and start < end for start, stop in taken):
                continue
            taken.append((offset, end))
            result.append({"type": kind, "offset": offset, "length": end - offset})
    return sorted(result, key=lambda entity: (entity["offset"], -entity["length"]))


def _check_given(text: str, entities: list[Entity]) -> None:
    length = utf16_length(text)
    for entity in entities:
        if entity.get("type") not in KINDS:
            raise bad_request(f"can't parse MessageEntity: unsupported type {entity.get('type')!r}")
        if entity["offset"] < 0 or entity["length"] <= 0 or entity["offset"] + entity["length"] > length:
            raise bad_request("entity beyond the text")


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Spaces at both ends are cut; entities are moved, shortened or dropped with them."""
    stripped = text.lstrip(TRIMMED)
    shift = utf16_length(text) - utf16_length(stripped)
    stripped = stripped.rstrip(TRIMMED)
    length = utf16_length(stripped)
    kept: list[Entity] = []
    for entity in entities:
        start = max(entity["offset"] - shift, 0)
        end = min(entity["offset"] + entity["length"] - shift, length)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return stripped, kept


def plain(value: Any) -> list[Entity] | None:
    """Entities of a parsed call (models) as plain objects."""
    if value is None:
        return None
    return [entity.model_dump(exclude_none=True) for entity in value]
