"""What the code says of the texts: the keys that it spells out, their variables, the labels of its buttons."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from bot.dialogs import conversation, mydata, plan, settings
from bot.dialogs.incoming import Kind
from bot.dialogs.questions import QUESTIONS
from tests.dialogs.said import TEXTS

ROOT = Path(__file__).parents[2]
FILES = {key.split(".")[0] for key in TEXTS}


class Uses:
    """What the code says of the texts: keys as they stand, f-strings as patterns, and the variables it gives."""

    def __init__(self) -> None:
        self.keys: set[str] = set()
        self.patterns: set[str] = set()
        self.given: list[tuple[list[str], set[str], str]] = []
        self.labels: set[str] = set()
        files = [*(ROOT / "bot").rglob("*.py"), *(ROOT / "scheduler").rglob("*.py")]
        for path in files:
            if not {"sandbox", "advice"} & set(path.relative_to(ROOT).parts):
                self._read(path)

    def _read(self, path: Path) -> None:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for text in _key_texts(node):
                self._note(text)
            if isinstance(node, ast.Call) and node.args and _name(node.func).strip("_").lower() == "button":
                for inner in ast.walk(node.args[0]):
                    self.labels |= set(_key_texts(inner))
            if isinstance(node, ast.Call) and node.args and _name(node.func) in ("voice", "tell"):
                given = {keyword.arg or "**" for keyword in node.keywords}
                texts = [text for inner in ast.walk(node.args[0]) for text in _key_texts(inner)]
                if texts:
                    self.given.append((texts, given, f"{path.name}:{node.lineno}"))

    def _note(self, text: str) -> None:
        if "{}" in text:
            self.patterns.add(text)
        else:
            self.keys.add(text)


NAMES_OF_FILES = ("", "toml", "md", "py", "sqlite", "json")
"""What follows the first dot in "profile.md": the name of a file, not a key."""


def _name(func: ast.expr) -> str:
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def _key_texts(node: ast.AST) -> Iterator[str]:
    """The key or the pattern that a piece of code spells out ("day.done", f"day.felt.{code}" -> "day.felt.{}")."""
    if isinstance(node, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
        text = "".join(str(part) for part in parts)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        text = node.value
    else:
        return
    head, dot, rest = text.partition(".")
    if head in FILES and dot and rest not in NAMES_OF_FILES and re.fullmatch(r"[\w.{}+-]+[^.]", text):
        yield text


USES = Uses()
EXACTLY = {
    "settings.{}": [f"settings.{name}" for name in (*settings.RHYTHMS, *settings.PAUSES)],
    "kinds.{}": [
        f"kinds.{kind.value}"
        for kind in Kind
        if kind not in (Kind.TEXT, Kind.COMMAND, Kind.BUTTON, Kind.BLOCKED, Kind.UNBLOCKED)
    ],
    "mydata.{}": [f"mydata.{verb}" for verb in mydata._VERBS - {"yes", "no"}],
    "plan.{}.{}": [f"plan.{state}.{code}" for state, codes in plan.CHOICES.items() for code in codes],
    "plan.when.{}": ["plan.when.now", "plan.when.hour"],
    "questions.{}.options.{}": [
        f"questions.{name}.options.{code}"
        for name, question in QUESTIONS.items()
        for code in question.options
    ],
    "questions.{}.ask": [f"questions.{name}.ask" for name in QUESTIONS],
    "questions.{}.short": [f"questions.{name}.short" for name in QUESTIONS],
    "commands.{}.name": [f"commands.{name}.name" for name in conversation.MENU],
    "commands.{}.description": [f"commands.{name}.description" for name in conversation.MENU],
}
"""The keys that a pattern stands for, where the code tells; other patterns stand for every key of their shape."""


def keys_of(pattern: str) -> list[str]:
    """The keys that the code means: the key itself, or those that a pattern stands for."""
    if "{}" not in pattern:
        return [pattern]
    if pattern in EXACTLY:
        return EXACTLY[pattern]
    shape = re.compile(re.escape(pattern).replace(r"\{\}", r"[^.]+"))
    return [key for key in TEXTS if shape.fullmatch(key)]
