"""`bob docs`: the pages of docs/ that are written by the code itself, so that they cannot be wrong for long."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.advice.conditions.reference import conditions_reference
from bot.commands.docs.configuration import configuration_page
from bot.commands.docs.diagrams import diagram_pages
from bot.commands.docs.profile import example_file, profile_page
from bot.commands.docs.tables import page

ROOT = Path(__file__).resolve().parents[3]
DIAGRAMS = "diagrams"


def pages() -> dict[str, str]:
    """Every generated page: its path in docs/, and its content."""
    return {
        "conditions.md": page(conditions_reference()),
        "profile.md": profile_page(),
        "configuration.md": configuration_page(),
        "examples/profile.json": example_file(),
        **{f"{DIAGRAMS}/{name}": drawn for name, drawn in diagram_pages().items()},
    }


def write_docs(*, check: bool, root: Path = ROOT) -> int:
    """Write the pages that are not current; with `check`, only name them: exit code 1 when there is one."""
    if not (root / "pyproject.toml").is_file():
        print("bob docs works in a checkout of the project: there is none here.", file=sys.stderr)
        return 1
    folder = root / "docs"
    made = pages()
    stale = [name for name, text in made.items() if _current(folder / name) != text]
    orphans = [
        path for path in sorted((folder / DIAGRAMS).glob("*")) if f"{DIAGRAMS}/{path.name}" not in made
    ]
    names = [f"docs/{name}" for name in stale] + [f"docs/{DIAGRAMS}/{path.name}" for path in orphans]
    if check:
        for name in names:
            print(f"{name} is not current: run make docs.")
        return 1 if names else 0
    for name in stale:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(made[name], "utf-8")
    for orphan in orphans:
        orphan.unlink()
    print("\n".join(f"{name} written" for name in names) or "Every page is current.")
    return 0


def _current(file: Path) -> str | None:
    return file.read_text("utf-8") if file.is_file() else None
