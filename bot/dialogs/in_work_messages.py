"""What comes unasked to somebody in work: a few words in the first weeks, three surveys."""

from __future__ import annotations

from bot.dialogs import in_work
from bot.dialogs.replies import ButtonMaker, Rows
from bot.dialogs.turn import OpenDialogue, Turn

BUTTON = ButtonMaker(in_work.NAME)
SITUATIONS = ("same", "another", "searching", "else")
"""The answers to a survey."""


def first_weeks(turn: Turn, place: OpenDialogue, note: in_work.Note) -> tuple[str, Rows]:
    """A message of the first weeks, and its buttons."""
    voice = turn.voice
    place.data["felt"] = note.name
    stop = (BUTTON(voice("found.button.no_weeks"), "no_weeks", "working"),)
    if note.name == "eve":
        start = in_work.first_day_of(place.data) or turn.today
        return voice("found.eve", day=voice.date(start)), (stop,)
    feel = tuple(BUTTON(voice(f"found.feel.{code}"), code, "working") for code in ("fine", "hard", "over"))
    return voice(f"found.note.{note.name}"), (feel, stop)


def question(turn: Turn, place: OpenDialogue, note: in_work.Note) -> tuple[str, Rows]:
    """A survey, and its buttons."""
    voice = turn.voice
    place.data["asked"] = note.name
    rows = tuple(
        tuple(BUTTON(voice(f"found.situation.{code}"), f"{note.name}-{code}", "working") for code in row)
        for row in (SITUATIONS[:2], SITUATIONS[2:])
    )
    stop = (BUTTON(voice("found.button.no_surveys"), "no_surveys", "working"),)
    return voice("found.surveys.question"), (*rows, stop)
