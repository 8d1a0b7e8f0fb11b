"""A dialogue is one synchronous `transitions` machine, built once, shared by everybody, used as a decision table.

`transitions` works on any object with a `state`: a small `Step` per event, unregistered, so nothing is retained. The
callbacks get the step; they read the answer, change the person's working copy and append what to say. No I/O.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from transitions import Machine, MachineError, State

from bot.dialogs.diagram import ANYWHERE, Arrow, mermaid
from bot.dialogs.replies import Button, ButtonMaker
from bot.dialogs.turn import OpenDialogue, Turn

RETURN_TO = "return_to"
"""Key of the conversation that had the focus before, in the data of the one that took it."""


@dataclass(slots=True)
class Step:
    """One event in one dialogue: the state it starts from (and ends in), the turn, and what was answered."""

    state: str
    turn: Turn
    dialogue: OpenDialogue
    answer: Any = None

    @property
    def data(self) -> dict[str, Any]:
        return self.dialogue.data


Callback = Callable[[Step], object]
Condition = Callable[[Step], bool]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a dialogue's table. `to` None: stay without re-entering; "=": re-enter the same state."""

    trigger: str
    source: str | Sequence[str]
    to: str | None
    when: Sequence[Condition] = ()
    do: Sequence[Callback] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        return (self.source,) if isinstance(self.source, str) else tuple(self.source)


class Dialogue:
    """A named, versioned decision table.

    `safe`: where a persisted place leads that this code does not know, by name or as a function of the turn; the
    initial state when not given. What is called on entering a state speaks, and bears being called again at any time.
    """

    def __init__(
        self,
        name: str,
        *,
        states: Mapping[str, Sequence[Callback]],
        rows: Iterable[Row],
        initial: str,
        version: int = 1,
        safe: str | Callable[[Turn], str] | None = None,
    ) -> None:
        self.name = name
        self.version = version
        self.initial = initial
        self.rows = tuple(rows)
        self.states = tuple(states)
        self._safe = safe or initial
        self._button = ButtonMaker(name, version)
        self._on_enter = states
        self._machine = Machine(
            model=None,
            states=[State(state, on_enter=cast(Any, list(enter))) for state, enter in states.items()],
            transitions=[_transition(row) for row in self.rows],
            initial=initial,
            auto_transitions=False,
            send_event=False,
        )

    def open(self, turn: Turn) -> OpenDialogue:
        """The person's place in this dialogue; made when missing, mapped to the safe state when not of this code."""
        known = turn.person.dialogues.get(self.name)
        if known is None:
            known = turn.person.dialogues[self.name] = OpenDialogue(self.initial, self.version)
        if known.state not in self.states or known.version != self.version:
            known.state = self._safe if isinstance(self._safe, str) else self._safe(turn)
            known.version, known.data = self.version, {}
        return known

    def fire(self, turn: Turn, trigger: str, answer: Any = None) -> bool:
        """Run one event; False when the table has no line for it here, and then nothing has changed."""
        place = self.open(turn)
        step = Step(place.state, turn, place, answer)
        event = self._machine.events.get(trigger)
        if event is None:
            return False
        try:
            moved = bool(event.trigger(step, step))
        except MachineError:
            return False
        place.state = step.state
        return moved

    def enter(self, turn: Turn, state: str, *, take_focus: bool = True, **data: Any) -> None:
        """Start this conversation over at `state` and say what that state says.

        With the focus, typed words come here until `leave` gives it back to the conversation that had it.
        """
        place = turn.person.dialogues[self.name] = OpenDialogue(state, self.version, data)
        if take_focus:
            self.take_focus(turn)
        self.repeat(turn, place)

    def take_focus(self, turn: Turn) -> None:
        """From now on typed words come here; `leave` gives them back to the conversation that had them."""
        person = turn.person
        if person.focus not in (None, self.name):
            self.open(turn).data[RETURN_TO] = person.focus
        person.focus = self.name

    def leave(self, turn: Turn) -> None:
        """Give the focus back to the conversation that had it before, if this one has it."""
        person = turn.person
        if person.focus != self.name:
            return
        place = person.dialogues.get(self.name)
        former = place.data.pop(RETURN_TO, None) if place else None
        person.focus = former if former in person.dialogues else None

    def close(self, turn: Turn) -> None:
        """End this conversation."""
        self.leave(turn)
        turn.person.dialogues.pop(self.name, None)

    def repeat(self, turn: Turn, place: OpenDialogue | None = None) -> None:
        """Say again what the current state says."""
        place = place or self.open(turn)
        step = Step(place.state, turn, place)
        for callback in self._on_enter[place.state]:
            callback(step)

    def button(self, label: str, value: str, step: str) -> Button:
        """A button of this dialogue."""
        return self._button(label, value, step)

    def diagram(self) -> str:
        """The table as a mermaid state diagram."""
        arrows = [
            Arrow(source, source if row.to in (None, "=") else str(row.to), row.trigger, _names(row.when))
            for row in self.rows
            for source in (row.sources if set(row.sources) != set(self.states) else (ANYWHERE,))
        ]
        return mermaid(self.states, self.initial, arrows)


def _transition(row: Row) -> dict[str, Any]:
    return {
        "trigger": row.trigger,
        "source": list(row.sources),
        "dest": row.to,
        "conditions": list(row.when),
        "before": list(row.do),
    }


def _names(conditions: Sequence[Condition]) -> tuple[str, ...]:
    return tuple(getattr(condition, "__name__", "condition").strip("_") for condition in conditions)
