"""What Bob says, as values. No Telegram in here: the edge renders them, the outbox stores them as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button. It names its dialogue, version and step, so that a stale press is recognised.

    `value` is short ASCII without ":" (the packed form has 64 bytes at most). With `url` set, the button opens a page
    and is never pressed; with `copy` set (256 characters at most), it copies that text.
    """

    label: str
    dialogue: str = ""
    version: int = 1
    step: str = ""
    value: str = ""
    url: str | None = None
    copy: str | None = None

    def to_json(self) -> dict[str, Any]:
        """A dictionary of plain values; what is empty is left out."""
        if self.url or self.copy:
            return {"label": self.label, "url": self.url, "copy": self.copy}
        names = ("label", "dialogue", "version", "step", "value")
        return {name: getattr(self, name) for name in names}


Rows = tuple[tuple[Button, ...], ...]
"""Buttons by row."""


@dataclass(frozen=True, slots=True)
class ButtonMaker:
    """Makes the buttons of one dialogue in its present version."""

    dialogue: str
    version: int = 1

    def __call__(self, label: str, value: str, step: str) -> Button:
        return Button(label, self.dialogue, self.version, step, value)


@dataclass(frozen=True, slots=True)
class Reply:
    """One message: a bold `title`, plain `text`, a ready-to-send `payload` (copied in one tap), buttons by row.

    All parts are plain text, already in the reader's language and form, not escaped. `keyboard` is a reply keyboard:
    rows of labels, "remove" to take one away, None to leave it as it is; `ask_location` adds a location button to it.
    `replace` asks to edit the message whose button was pressed instead of sending a new one.
    """

    text: str
    title: str | None = None
    payload: str | None = None
    buttons: tuple[tuple[Button, ...], ...] = ()
    keyboard: tuple[tuple[str, ...], ...] | Literal["remove"] | None = None
    ask_location: str | None = None
    replace: bool = False
    document_name: str | None = None  # with it, `document` is sent as a file and `text` is its caption
    document: str | None = None
    footer: str | None = None  # after the payload, plain
    picture: dict[str, Any] | None = None
    """What a picture shows, plain values of one of `bot.pictures.drawing.KINDS`: it is drawn when the message is
    delivered, and `text`, its caption, says the same."""
    reply_to: int | None = None  # a message of the same chat, which may be gone by then
    force_reply: str | None = (
        None  # Telegram opens the reply to this message, with that hint (64 characters at most)
    )
    addressee: tuple[int, str] | None = None
    """Whom a forced reply is for, in a group: Telegram id and name, mentioned before the text; None: everybody."""
    silent: bool = False  # it makes no sound: whoever gets it does not work now

    def to_json(self) -> dict[str, Any]:
        """A dictionary of plain values; defaults are left out."""
        values: dict[str, Any] = {"text": self.text}
        for name in _OPTIONAL:
            value = getattr(self, name)
            if value:
                values[name] = value
        if self.buttons:
            values["buttons"] = [[button.to_json() for button in row] for row in self.buttons]
        return values

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Reply:
        """The reverse of `to_json`, after a trip through JSON (lists for tuples)."""
        known = dict(values)
        known["buttons"] = tuple(
            tuple(Button(**button) for button in row) for row in known.get("buttons", ())
        )
        keyboard = known.get("keyboard")
        if isinstance(keyboard, list | tuple):
            known["keyboard"] = tuple(tuple(row) for row in keyboard)
        if known.get("addressee"):
            known["addressee"] = tuple(known["addressee"])
        return cls(**known)


@dataclass(frozen=True, slots=True)
class Toast:
    """The short answer to a button press (200 characters at most); never stored."""

    text: str
    alert: bool = False


_OPTIONAL = (
    "title",
    "payload",
    "keyboard",
    "ask_location",
    "replace",
    "document_name",
    "document",
    "footer",
    "picture",
    "reply_to",
    "force_reply",
    "addressee",
    "silent",
)
