"""Telegram's HTML, read as Telegram reads it: same tags, same refusals, offsets in UTF-16 units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import ApiError, bad_request
from bot.telegram.limits import utf16_length

SIMPLE_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
}
TAGS = frozenset(SIMPLE_TAGS) | {"a", "blockquote", "tg-emoji", "tg-time"}
NAMED_REFERENCES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
SPACE = frozenset(" \t\n\r\v\f")
# Which attribute of a tag carries its argument, and the prefix its value must have.
ARGUMENTS = {
    ("a", "href"): "",
    ("code", "class"): "language-",
    ("span", "class"): "tg-",
    ("tg-emoji", "emoji-id"): "",
    ("tg-time", "unix"): "",
}

Entity = dict[str, Any]


@dataclass
class OpenTag:
    name: str
    argument: str
    offset: int
    start: int


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Plain text and its entities; refuses what Telegram refuses ("can't parse entities: ...")."""
    return _Parser(source).parse()


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.text: list[str] = []
        self.units = 0
        self.open: list[OpenTag] = []
        self.entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            if self.source[self.at] != "<":
                self._push(self._character())
            elif self.source.startswith("/", self.at + 1):
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise self._refusal(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.text), self.entities

    def _push(self, character: str) -> None:
        self.text.append(character)
        self.units += utf16_length(character)

    def _character(self) -> str:
        """The next character of text or of a quoted value, a character reference decoded."""
        character = self.source[self.at]
        if character == "&":
            decoded, end = _reference(self.source, self.at)
            if decoded:
                self.at = end
                return decoded
        self.at += 1
        return character

    def _peek(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else ""

    def _skip_spaces(self) -> None:
        while self._peek() in SPACE and self._peek():
            self.at += 1

    def _take_until(self, stops: frozenset[str]) -> str:
        start = self.at
        while self.at < len(self.source) and self.source[self.at] not in stops:
            self.at += 1
        return self.source[start : self.at]

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        name = self._take_until(SPACE | {">"}).lower()
        if not self._peek():
            raise self._refusal(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if name not in TAGS:
            raise self._refusal(f'Unsupported start tag "{name}" at byte offset {self._byte(begin)}')
        argument = self._attributes(name, begin)
        if name == "span" and argument != "spoiler":
            raise self._refusal(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        self.open.append(OpenTag(name, argument, self.units, len(self.text)))

    def _attributes(self, tag: str, begin: int) -> str:
        argument = ""
        while True:
            self._skip_spaces()
            if self._peek() == ">":
                self.at += 1
                return argument
            attribute = self._take_until(SPACE | {"=", ">", "/", '"', "'"})
            if not attribute:
                raise self._refusal(
                    f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}'
                )
            self._skip_spaces()
            if self._peek() != "=":
                self._require_more(tag, begin)
                if (tag, attribute) == ("blockquote", "expandable"):
                    argument = "1"
                continue
            self.at += 1
            value = self._value(tag, begin)
            prefix = ARGUMENTS.get((tag, attribute))
            if prefix is not None and value.startswith(prefix):
                argument = value[len(prefix) :]
            elif (tag, attribute) == ("blockquote", "expandable"):
                argument = "1"

    def _value(self, tag: str, begin: int) -> str:
        self._skip_spaces()
        self._require_more(tag, begin)
        quote = self._peek()
        if quote not in "'\"":
            start = self.at
            while self._peek() and (
                (self._peek().isascii() and self._peek().isalnum()) or self._peek() in ".-"
            ):
                self.at += 1
            if self._peek() not in SPACE | {">"}:
                raise self._refusal(f"Unexpected end of name token at byte offset {self._byte(start)}")
            return self.source[start : self.at].lower()
        self.at += 1
        value = []
        while self._peek() and self._peek() != quote:
            value.append(self._character())
        self.at += 1
        self._require_more(tag, begin)
        return "".join(value)

    def _require_more(self, tag: str, begin: int) -> None:
        if not self._peek():
            raise self._refusal(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise self._refusal(f"Unexpected end tag at byte offset {self._byte(begin)}")
        self.at += 2
        name = self._take_until(SPACE | {">"}).lower()
        self._skip_spaces()
        if self._peek() != ">":
            raise self._refusal(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self.at += 1
        tag = self.open.pop()
        if name and name != tag.name:
            raise self._refusal(
                f"Unmatched end tag at byte offset {self._byte(begin)}, "
                f'expected "</{tag.name}>", found "</{name}>"'
            )
        if self.units > tag.offset:
            self._close(tag)

    def _close(self, tag: OpenTag) -> None:
        span = {"offset": tag.offset, "length": self.units - tag.offset}
        if tag.name == "a":
            url = tag.argument or "".join(self.text[tag.start :])
            if url:
                self.entities.append(_link(url, span))
        elif tag.name == "blockquote":
            kind = "expandable_blockquote" if tag.argument else "blockquote"
            self.entities.append({"type": kind, **span})
        elif tag.name == "tg-emoji":
            self.entities.append({"type": "custom_emoji", **span, "custom_emoji_id": tag.argument})
        elif tag.name == "tg-time":
            if not tag.argument.isdigit():
                raise self._refusal('Tag "tg-time" must have a number in the attribute "unix"')
            self.entities.append({"type": "date_time", **span, "unix_time": int(tag.argument)})
        elif tag.name == "pre":
            self._close_pre(span)
        else:
            entity = {"type": SIMPLE_TAGS[tag.name], **span}
            if tag.name == "code" and tag.argument:
                entity["language"] = tag.argument
            self.entities.append(entity)

    def _close_pre(self, span: Entity) -> None:
        """`<pre><code class="language-x">` is one entity: a block of code with its language."""
        entity = {"type": "pre", **span}
        if self.entities and self.entities[-1]["type"] == "code" and _same_span(self.entities[-1], span):
            inner = self.entities.pop()
            if "language" in inner:
                entity["language"] = inner["language"]
        self.entities.append(entity)

    def _byte(self, index: int) -> int:
        return len(self.source[:index].encode())

    def _refusal(self, text: str) -> ApiError:
        return bad_request(f"can't parse entities: {text}")


def _same_span(entity: Entity, span: Entity) -> bool:
    return bool(entity["offset"] == span["offset"] and entity["length"] == span["length"])


def _link(url: str, span: Entity) -> Entity:
    if url.startswith("tg://user?id=") and url[13:].isdigit():
        return {"type": "text_mention", **span, "user": {"id": int(url[13:])}}
    return {"type": "text_link", **span, "url": url}


def _reference(source: str, at: int) -> tuple[str, int]:
    """Decode `&lt;` or `&#8364;` at `at`; ("", at) when it is not one, and then it stays as typed."""
    if source.startswith("&#", at):
        hexadecimal = source[at + 2 : at + 3] in ("x", "X")
        start = at + (3 if hexadecimal else 2)
        digits = "0123456789abcdefABCDEF" if hexadecimal else "0123456789"
        end = start
        while end < len(source) and source[end] in digits:
            end += 1
        if end == start:
            return "", at
        code = int(source[start:end], 16 if hexadecimal else 10)
        if not 0 < code < 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            return "", at
        decoded = chr(code)
    else:
        end = at + 1
        while end < len(source) and source[end].isascii() and source[end].isalpha():
            end += 1
        decoded = NAMED_REFERENCES.get(source[at + 1 : end], "")
        if not decoded:
            return "", at
    return decoded, end + 1 if source.startswith(";", end) else end
