"""What somebody wrote, on its way to the other side: the calls that show it there, under whose name.

Nobody's account is shown to anybody: what people write comes from Bob, as a copy, under the writer's name wherever
the place itself does not tell it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from bot.counsellors.incoming import GroupEvent
from bot.dialogs.incoming import Incoming
from bot.dialogs.replies import Reply
from storage.words import Method

REPLACEABLE: Final = frozenset(("photo", "video", "animation", "document", "audio"))
"""Kinds in whose place another file can be put."""
CAPTIONED: Final = REPLACEABLE | {"voice"}
LONGEST: Final = 3900
"""Characters of a text that surely goes into one message together with a name: a longer one may take two."""
LONG: Final = "long"
"""Kind of a text that may have taken two messages, so that neither can be edited in its place."""
ALBUM_WAIT: Final = timedelta(seconds=1)
"""How long an album waits for its further items, which come in messages of their own."""


@dataclass(frozen=True, slots=True)
class Words:
    """One message. `kind`: text, photo, document, voice, sticker...; `text`: its words, or its caption."""

    chat_id: int
    message_id: int
    kind: str
    text: str = ""
    file_id: str | None = None
    album: str | None = None

    @property
    def together(self) -> str | None:
        """The same for all messages of an album, and for what goes over a message that bears no words."""
        if self.album is not None:
            return album_key(self.chat_id, self.album)
        return None if self.kind == "text" or self.kind in CAPTIONED else f"{self.chat_id}/m{self.message_id}"

    @property
    def kept_kind(self) -> str:
        """As noted with the pair of messages."""
        return LONG if self.kind == "text" and len(self.text) > LONGEST else self.kind


def album_key(chat_id: int, album: str) -> str:
    """How the messages of an album are found again."""
    return f"{chat_id}/{album}"


def of_event(event: GroupEvent) -> Words:
    """What a member of a team wrote."""
    assert event.message_id is not None
    return Words(
        event.chat_id, event.message_id, event.media or "text", event.text, event.file_id, event.album
    )


def of_incoming(incoming: Incoming) -> Words:
    """What a person wrote."""
    assert incoming.sent_id is not None
    return Words(
        incoming.chat_id,
        incoming.sent_id,
        incoming.media or "text",
        incoming.text,
        incoming.file_id,
        incoming.album,
    )


@dataclass(frozen=True, slots=True)
class Call:
    """A call that shows words, or (`is_heading`) only the name over them."""

    method: Method
    body: dict[str, Any]
    is_heading: bool = False


def calls(
    words: Words,
    heading: str,
    *,
    named: bool,
    lines: bool = True,
    reply_to: int | None = None,
    silent: bool = False,
) -> list[Call]:
    """How words are shown. `named`: under the name; an album that answers something bears it in any case.

    A text bears the name as its title, a file in its caption; what bears no words has it in a line of its own before,
    with `lines`: without, the place tells whose it is.
    """
    over = Call("send", Reply(heading, reply_to=reply_to, silent=silent).to_json(), is_heading=True)
    source: dict[str, Any] = {"from_chat_id": words.chat_id}
    if silent:
        source["silent"] = True
    if words.album is not None:
        album = Call("copy_album", source | {"message_ids": [words.message_id]})
        return [over, album] if (named and lines) or reply_to is not None else [album]
    source["message_id"] = words.message_id
    if named and words.kind == "text":
        return [Call("send", Reply(words.text, title=heading, reply_to=reply_to, silent=silent).to_json())]
    if named and words.kind in CAPTIONED:
        source["caption"] = under(heading, words.text)
    elif named and lines:
        return [over, Call("copy", source)]
    return [Call("copy", source | ({"reply_to": reply_to} if reply_to is not None else {}))]


def under(heading: str | None, text: str) -> str:
    """A caption with the name over it."""
    return "\n".join(part for part in (heading, text) if part)


def correction(words: Words, heading: str | None, edited: str, former_kind: str) -> dict[str, Any] | None:
    """The body of the edit that brings a copy up to date; None where an edit cannot do it.

    `heading`: the name, where the copy bears it. `edited`: over the new words where Telegram refuses the edit.
    """
    if former_kind == "text" and words.kind == "text":
        titled = {"title": heading} if heading else {}
        return {"text": words.text, **titled, "fallback": Reply(words.text, title=edited).to_json()}
    if former_kind not in CAPTIONED or words.kind not in CAPTIONED:
        return None
    caption = under(heading, words.text)
    source = {"from_chat_id": words.chat_id, "message_id": words.message_id}
    anew = source | {"caption": under(edited, words.text)}
    if words.kind in REPLACEABLE and former_kind in REPLACEABLE and words.file_id is not None:
        return {"media": words.kind, "file_id": words.file_id, "caption": caption, "anew": anew}
    return {"caption": caption, "anew": anew} if words.kind == former_kind else None


def without_album(words: Words) -> Words:
    """The same as a message by itself."""
    return replace(words, album=None)
