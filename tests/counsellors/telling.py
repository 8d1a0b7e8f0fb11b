"""What sends something to a person by itself, without an answer to a message of theirs: listed here, knowingly.

Whoever adds a command or a button that does so adds it here, and says why it may.
"""

from typing import Final

TELLING: Final[dict[str, frozenset[str]]] = {
    "commands": frozenset(),
    "presses": frozenset(
        (
            "quick",  # a ready reply: the counsellor saw its words, and pressed its button
            "events",  # a seat is kept for the person: the counsellor picked them, and pressed "invite"
        )
    ),
}
"""Names of commands, and rooms of buttons."""
