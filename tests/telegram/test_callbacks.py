"""Buttons survive the trip through callback data, and forged data is refused quietly."""

from __future__ import annotations

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.dialogs.incoming import Press
from bot.dialogs.replies import Button
from bot.telegram.callbacks import pack, unpack

dialogues = st.from_regex(r"[a-z]([a-z0-9_-]{0,10}[a-z_-])?", fullmatch=True)
steps = st.text(string.ascii_letters + string.digits + "_.-", max_size=16)
values = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30)


@given(dialogues, st.integers(0, 9999), steps, values)
def test_a_packed_button_is_read_back_the_same(dialogue: str, version: int, step: str, value: str) -> None:
    button = Button("Oui", dialogue, version, step, value)
    assume(len(dialogue) + len(str(version)) + len(step) + len(value) + 2 <= 64)
    data = pack(button)
    assert len(data.encode()) <= 64
    assert unpack(data) == Press(dialogue, version, step, value)


@given(st.text(max_size=80))
def test_whatever_is_forged_is_either_refused_or_is_exactly_what_bob_would_write(data: str) -> None:
    press = unpack(data)
    if press is not None:
        assert pack(Button("x", press.dialogue, press.version, press.step, press.value)) == data


@pytest.mark.parametrize(
    "data",
    [
        None,
        "",
        "d1",
        "d1|step",
        "1|step|v",
        "D1|step|v",
        "d01|step|v",
        "d|step|v",
        "d1|step|é",
        "d1|st ep|v",
        "d1|step|v\n",
        "d1|step|" + "v" * 60,
        "d99999|s|v",
        "d1|s|\x00",
    ],
)
def test_forged_data_is_no_press(data: str | None) -> None:
    assert unpack(data) is None


def test_a_value_may_hold_the_separator() -> None:
    assert unpack(pack(Button("x", "plan", 2, "when", "a|b|c"))) == Press("plan", 2, "when", "a|b|c")


@pytest.mark.parametrize(
    "button",
    [
        Button("x"),
        Button("x", "plan2", 1, "s"),
        Button("x", "plan", 1, "a|b"),
        Button("x", "plan", 1, "s", "é"),
        Button("x", "plan", -1, "s"),
        Button("x", "plan", 10_000, "s"),
        Button("x", "plan", 1, "s", "v" * 60),
    ],
)
def test_a_button_that_could_not_be_read_back_is_a_fault(button: Button) -> None:
    with pytest.raises(ValueError, match="button of"):
        pack(button)
