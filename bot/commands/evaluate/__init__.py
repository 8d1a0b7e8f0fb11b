"""`bob evaluate`: how much of what people type is understood, on the rows of `tests/evaluation/`; and, on simulated
people, whether learning helps (`policy`).

Each subject is one module with `given(row)`, what was understood, and `is_right(row)`; jobs and places, which propose
several answers, and the diagnosis and the choice of actions, which look at whole people, measure themselves.
"""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

from bot.commands.evaluate import choice, diagnosis, jobs, places, policy
from bot.commands.evaluate.rows import PARTS, Outcome, outcome

__all__ = ["evaluate", "policy"]


def evaluate(
    subject: str, *, as_json: bool, wrong: bool, rome: Path | None = None, clones: int = choice.CLONES
) -> int:
    """Print the share of right rows of each part, by origin; raises EvaluationError when the rows are not there.

    `rome`: an archive of the official referential, for jobs. `clones`: how many people alike, for the choice.
    """
    if subject == "jobs":
        return jobs.evaluate(as_json=as_json, wrong=wrong, rome=rome)
    if subject == "choice":
        return choice.evaluate(as_json=as_json, clones=clones)
    if subject == "places":
        return places.evaluate(as_json=as_json, wrong=wrong)
    if subject == "diagnosis":
        return diagnosis.evaluate(as_json=as_json, wrong=wrong)
    module = import_module(f"bot.commands.evaluate.{subject}")
    found = [outcome(subject, part, module.given, module.is_right) for part in PARTS]
    if as_json:
        print(json.dumps({one.part: _as_json(one) for one in found}, ensure_ascii=False, indent=2))
        return 0
    for one in found:
        origins = ", ".join(f"{origin} {right}/{rows}" for origin, (right, rows) in one.by_origin.items())
        print(f"{one.part}: {one.share:.3f} right of {one.rows} ({origins})")
        if wrong and one.part == "work":
            print("".join(f"  {text!r} -> {given}\n" for text, given in one.wrong), end="")
    return 0


def _as_json(one: Outcome) -> dict[str, object]:
    origins = {origin: {"rows": rows, "right": right} for origin, (right, rows) in one.by_origin.items()}
    return {"rows": one.rows, "right": one.right, "share": round(one.share, 4), "by_origin": origins}
