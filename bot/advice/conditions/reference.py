"""The reference page of the conditions, generated for docs/conditions.md."""

from __future__ import annotations

from bot.advice.conditions import day, job, past, person, place, search, trade
from bot.advice.conditions.registry import CONDITIONS, Condition

_SUBJECTS = (
    ("The job", job),
    ("What is known of the job", trade),
    ("The search", search),
    ("The person", person),
    ("The place", place),
    ("What happened with Bob", past),
    ("The day", day),
)

_INTRODUCTION = """# Conditions

The lines of `when` and `boost` in the catalogue use these names. A line is `[not] name` or
`[not] name(argument)`, several of them joined by ` or `. All lines of `when` must be true. A condition whose
answer is missing is neither true nor false: the item waits, and Bob may ask for the answer named in the last
column. "never unknown" means that Bob can always tell."""


def conditions_reference() -> str:
    """Markdown: every condition by subject, its argument, what it means and the answers it needs."""
    parts = [_INTRODUCTION]
    for title, module in _SUBJECTS:
        rows = [_row(known) for known in CONDITIONS.values() if known.test.__module__ == module.__name__]
        table = ["| Condition | True when | Argument | Needs |", "|---|---|---|---|", *rows]
        parts.append(f"## {title}\n\n" + "\n".join(table))
    return "\n\n".join(parts) + "\n"


def _row(known: Condition) -> str:
    argument = known.parameter.expected if known.parameter else ""
    if argument and known.many:
        argument = f"{argument}; several may be given"
    needs = ", ".join(known.needs) or "never unknown"
    return f"| `{known.signature}` | {known.doc} | {argument} | {needs} |"
