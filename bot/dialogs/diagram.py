"""A dialogue's table as a mermaid state diagram that can be read: one arrow between two states, ways back in a note."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BACK = "back"
"""The trigger that leads to the question before: left out of the arrows, since it would double nearly each of them."""


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
    backs = sorted({arrow.source for arrow in drawn if arrow.trigger == BACK}, key=states.index)
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{state.replace("_", " ")}" as {_id(state)}' for state in states]
    lines.append(f"    [*] --> {_id(initial)}")
    for (source, target), labels in _by_ends(drawn).items():
        lines.append(f"    {_id(source)} --> {_id(target)} : {', '.join(labels)}")
    left = {arrow.source for arrow in drawn if arrow.target != arrow.source}
    lines += [f"    {_id(state)} --> [*]" for state in states if state not in left]
    if backs:
        lines += _note(initial, backs, states)
    return "\n".join(lines) + "\n"


def _by_ends(arrows: Iterable[Arrow]) -> dict[tuple[str, str], list[str]]:
    """Labels by (source, target), in the order of the table, each once."""
    found: dict[tuple[str, str], list[str]] = {}
    for arrow in arrows:
        if arrow.trigger == BACK:
            continue
        labels = found.setdefault((arrow.source, arrow.target), [])
        label = arrow.trigger.replace("_", " ")
        if arrow.conditions:
            label += f" [{' and '.join(name.replace('_', ' ') for name in arrow.conditions)}]"
        if label not in labels:
            labels.append(label)
    return found


def _note(initial: str, backs: Sequence[str], states: Sequence[str]) -> list[str]:
    others = [state for state in states if state not in backs]
    where = (
        "every question" if len(backs) > len(others) else ", ".join(name.replace("_", " ") for name in backs)
    )
    return [
        f"    note right of {_id(initial)}",
        f"        {where} - back leads to the one before",
        "    end note",
    ]


def _id(state: str) -> str:
    """A name that is no word of the diagram language ("note", "state", "end"...)."""
    return "s_" + "".join(char if char.isalnum() and char.isascii() else "_" for char in state)
