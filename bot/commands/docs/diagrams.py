"""docs/diagrams: each dialogue drawn from its own table of transitions."""

from __future__ import annotations

from bot.commands.docs.tables import page, table
from bot.dialogs.conversation import DIALOGUES
from bot.dialogs.machine import Dialogue

TITLE = """# Diagrams of the dialogues

One page for each conversation, drawn from the table that the code runs. A state is a question or a message that
waits for an answer; an arrow is what the person does, with its condition in brackets."""


def diagram_pages() -> dict[str, str]:
    """File name to markdown: a page a dialogue, and a list of them."""
    made = {f"{name}.md": _page(dialogue) for name, dialogue in DIALOGUES.items()}
    rows = [
        [f"[{name}]({name}.md)", str(len(dialogue.states)), str(dialogue.version), f"`{dialogue.initial}`"]
        for name, dialogue in DIALOGUES.items()
    ]
    listing = table(["Dialogue", "States", "Version", "Begins at"], rows)
    return {"README.md": page(TITLE, listing), **made}


def _page(dialogue: Dialogue) -> str:
    return page(
        f"# {dialogue.name}", f"```mermaid\n{dialogue.diagram().strip()}\n```", "[All dialogues](README.md)"
    )
