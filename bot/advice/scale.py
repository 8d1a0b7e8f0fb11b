"""A bigger catalogue for measuring speed: the same items again under other ids."""

from __future__ import annotations

from dataclasses import replace

from bot.advice.items import Action, Catalogue


def scaled(catalogue: Catalogue, n: int) -> Catalogue:
    """The catalogue with exactly n actions: copies ("...-copy-2") are added, or the last ones left out."""
    if not catalogue.actions:
        raise ValueError("an empty catalogue cannot be scaled")
    actions: list[Action] = list(catalogue.actions[:n])
    copy = 2
    while len(actions) < n:
        wanted = catalogue.actions[: n - len(actions)]
        actions.extend(replace(action, id=f"{action.id}-copy-{copy}") for action in wanted)
        copy += 1
    return replace(catalogue, actions=tuple(actions), version=f"{catalogue.version}x{n}")
