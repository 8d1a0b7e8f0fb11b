"""Rule 9: every dialogue can be drawn, and its drawing read."""

from __future__ import annotations

import re

import pytest

from bot.dialogs.conversation import DIALOGUES
from bot.dialogs.diagram import Arrow, mermaid

ARROW = re.compile(r"    (s_\w+|\[\*\]) --> (s_\w+|\[\*\])( : [\w, /\[\]]+)?")
STATE = re.compile(r'    state "[\w -]+" as s_\w+')


@pytest.mark.parametrize("name", DIALOGUES)
def test_every_line_of_a_drawing_is_one_that_mermaid_knows(name: str) -> None:
    first, *lines = DIALOGUES[name].diagram().splitlines()
    assert first == "stateDiagram-v2"
    inside_note = False
    for line in lines:
        if line.startswith("    note "):
            inside_note = True
        elif line == "    end note":
            inside_note = False
        elif not inside_note:
            assert ARROW.fullmatch(line) or STATE.fullmatch(line), line


@pytest.mark.parametrize("name", DIALOGUES)
def test_every_state_and_every_way_on_is_drawn(name: str) -> None:
    dialogue = DIALOGUES[name]
    drawn = dialogue.diagram()
    for state in dialogue.states:
        assert f"as s_{state}" in drawn
    for row in dialogue.rows:
        if row.trigger != "back":
            assert row.trigger.replace("_", " ") in drawn


def test_the_first_conversation_is_drawn_without_its_ways_back() -> None:
    drawn = DIALOGUES["onboarding"].diagram()
    assert drawn.count("-->") <= 45
    assert "back leads to the one before" in drawn


def test_a_drawing_is_the_same_each_time() -> None:
    for dialogue in DIALOGUES.values():
        assert dialogue.diagram() == dialogue.diagram()


def test_words_of_the_language_are_no_names_of_states() -> None:
    drawn = mermaid(
        ("end", "note"), "end", [Arrow("end", "note", "go", ("a", "b")), Arrow("note", "note", "stay")]
    )
    assert drawn == (
        "stateDiagram-v2\n"
        '    state "end" as s_end\n'
        '    state "note" as s_note\n'
        "    [*] --> s_end\n"
        "    s_end --> s_note : go [a and b]\n"
        "    s_note --> s_note : stay\n"
        "    s_note --> [*]\n"
    )
