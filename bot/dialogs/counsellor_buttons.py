"""The buttons of the conversation about counsellors: each names what it is about, and works in every state."""

from __future__ import annotations

from bot.dialogs.replies import Button, ButtonMaker
from bot.dialogs.texts import Voice

BUTTON = ButtonMaker("counsellor")


def button(label: str, value: str) -> Button:
    """A button of this conversation."""
    return BUTTON(label, value, "any")


def toggle_label(voice: Voice, line: str, *, shown: bool) -> str:
    """What a button that shows or hides a line of the card says."""
    return voice(f"counsellor.hide.{line}") if shown else voice(f"counsellor.show.{line}")
