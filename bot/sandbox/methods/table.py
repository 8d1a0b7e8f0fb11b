"""What a method's handler is given and gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.spec import Upload
from bot.sandbox.world import World


@dataclass(frozen=True)
class Context:
    """One call's surroundings: the world and the files that came with the call."""

    world: World
    uploads: dict[str, Upload] = field(default_factory=dict)


# (surroundings, the call as aiogram's model) -> the `result` of the answer.
Handler = Callable[[Context, Any], Any]
