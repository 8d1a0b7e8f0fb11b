"""A dialogue's table as a mermaid state diagram that can be read: one arrow between two states, ways back in a note."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BACK = "back"
"""The trigger that leads to the question before: left out of the arrows, since it would double nearly each of them."""


ANYWHERE = "anywhere"
"""Source of what can be answered in every state: one arrow instead of as many as there are states."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """One line of the table, for one source. `conditions`: names of what must hold."""

    source: str
    target: str
    trigger: str
    conditions: tuple[str, ...] = ()


def mermaid(states: Sequence[str], initial: str, arrows: Iterable[Arrow]) -> str:
    """The source of the diagram, ending in a newline; the same table always gives the same text."""
    drawn = list(arrows)
    left = {arrow.source for arrow in drawn if arrow.target != arrow.source}
    backs = [state for state in states if any(a.source == state and a.trigger == BACK for a in drawn)]
    shown = [*states, ANYWHERE] if any(arrow.source == ANYWHERE for arrow in drawn) else list(states)
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{_words(state)}" as {_id(state)}' for state in shown]
    lines.append(f"    [*] --> {_id(initial)}")
    lines += [
        f"    {_id(source)} --> {_id(target)} : {_label(between)}"
        for (source, target), between in _by_ends(drawn).items()
    ]
    if ANYWHERE not in left:
        lines += [f"    {_id(state)} --> [*]" for state in states if state not in left]
    if backs:
        where = "every question" if 2 * len(backs) > len(states) else ", ".join(map(_words, backs))
        lines.append(f"    note right of {_id(initial)}")
        lines.append(f"        {where} - back leads to the one before")
        lines.append("    end note")
    return "\n".join(lines) + "\n"


def _by_ends(arrows: Iterable[Arrow]) -> dict[tuple[str, str], list[Arrow]]:
    """Arrows by (source, target), in the order of the table, without the ways back."""
    found: dict[tuple[str, str], list[Arrow]] = {}
    for arrow in arrows:
        if arrow.trigger != BACK:
            found.setdefault((arrow.source, arrow.target), []).append(arrow)
    return found


def _label(arrows: Iterable[Arrow]) -> str:
    """ "answer, skip [had micro]": triggers that hang on the same conditions together."""
    triggers: dict[tuple[str, ...], list[str]] = {}
    for arrow in arrows:
        names = triggers.setdefault(arrow.conditions, [])
        if arrow.trigger not in names:
            names.append(arrow.trigger)
    return "; ".join(
        ", ".join(map(_words, names)) + (f" [{' and '.join(map(_words, conditions))}]" if conditions else "")
        for conditions, names in triggers.items()
    ).replace(";", " /")


def _words(name: str) -> str:
    return name.replace("_", " ")


def _id(state: str) -> str:
    """A name that is no word of the diagram language ("note", "state", "end"...)."""
    return "s_" + "".join(char if char.isalnum() and char.isascii() else "_" for char in state)
