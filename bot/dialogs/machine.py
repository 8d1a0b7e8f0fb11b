"""A dialogue is one synchronous `transitions` machine, built once, shared by everybody, used as a decision table.

`transitions` works on any object with a `state`: a small `Step` per event, unregistered, so nothing is retained. The
callbacks get the step; they read the answer, change the person's working copy and append what to say. No I/O.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from transitions import Machine, MachineError, State
from transitions.extensions import GraphMachine

from bot.dialogs.replies import Button
from bot.dialogs.turn import OpenDialogue, Turn


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


class Dialogue:
    """A named, versioned decision table. `safe` is where an unknown persisted state leads."""

    def __init__(
        self,
        name: str,
        *,
        states: dict[str, Sequence[Callback]],
        rows: Iterable[Row],
        initial: str,
        version: int = 1,
        safe: str | None = None,
    ) -> None:
        self.name = name
        self.version = version
        self.initial = initial
        self.safe = safe or initial
        self.rows = tuple(rows)
        self.states = tuple(states)
        self._on_enter = states
        self._machine = Machine(
            model=None,
            states=[State(state, on_enter=list(enter)) for state, enter in states.items()],
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
            known.state, known.version, known.data = self.safe, self.version, {}
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

    def enter(self, turn: Turn, state: str, **data: Any) -> None:
        """Start this conversation over at `state`, give it the focus, and say what that state says."""
        place = turn.person.dialogues[self.name] = OpenDialogue(state, self.version, dict(data))
        turn.person.focus = self.name
        self.repeat(turn, place)

    def repeat(self, turn: Turn, place: OpenDialogue | None = None) -> None:
        """Say again what the current state says."""
        place = place or self.open(turn)
        step = Step(place.state, turn, place)
        for callback in self._on_enter[place.state]:
            callback(step)

    def close(self, turn: Turn, focus: str | None = None) -> None:
        """End this conversation; the focus goes to `focus` if it was here."""
        turn.person.dialogues.pop(self.name, None)
        if turn.person.focus == self.name:
            turn.person.focus = focus

    def button(self, label: str, value: str, step: str) -> Button:
        """A button of this dialogue."""
        return Button(label, self.name, self.version, step, value)

    def diagram(self) -> str:
        """The table as a mermaid state diagram."""
        machine = GraphMachine(
            model=_Drawn(),
            states=list(self.states),
            transitions=[
                {
                    "trigger": row.trigger,
                    "source": _sources(row),
                    "dest": row.to,
                    "conditions": _names(row.when),
                }
                for row in self.rows
            ],
            initial=self.initial,
            auto_transitions=False,
            show_conditions=True,
            graph_engine="mermaid",
        )
        return str(machine.get_combined_graph().source).strip() + "\n"


class _Drawn:
    """A model to draw with; conditions are only named, never called."""

    def __getattr__(self, name: str) -> Callable[..., bool]:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *_: True


def _transition(row: Row) -> dict[str, Any]:
    return {
        "trigger": row.trigger,
        "source": _sources(row),
        "dest": row.to,
        "conditions": list(row.when),
        "before": list(row.do),
    }


def _sources(row: Row) -> str | list[str]:
    return row.source if isinstance(row.source, str) else list(row.source)


def _names(conditions: Sequence[Condition]) -> list[str]:
    return [getattr(condition, "__name__", "condition").strip("_") for condition in conditions]
