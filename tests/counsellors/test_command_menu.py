"""The menu of the counsellors' commands is that of what they understand."""

from __future__ import annotations

import re

import pytest

from bot.counsellors import command_menu
from bot.counsellors.registry import COMMANDS
from bot.telegram.limits import COMMAND_DESCRIPTION_MAX


def test_every_command_is_in_the_menu_once_in_each_language() -> None:
    names = [name for pair in command_menu.IN_GROUP for name in dict.fromkeys(pair)]
    assert sorted(names) == sorted(COMMANDS)


def test_both_names_of_a_command_do_the_same() -> None:
    for french, english in command_menu.IN_GROUP:
        assert COMMANDS[french] is COMMANDS[english]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_menu_is_valid_for_telegram(language: str) -> None:
    menu = command_menu.in_group(language)
    assert len(menu) == len(dict(menu)) == len(command_menu.IN_GROUP)
    for name, description in menu:
        assert re.fullmatch(r"[a-z0-9_]{1,32}", name)
        assert 3 <= len(description) <= COMMAND_DESCRIPTION_MAX


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_private_chat_has_what_needs_no_topic(language: str) -> None:
    private = command_menu.in_private(language)
    assert len(private) == len(command_menu.IN_PRIVATE)
    assert set(private) <= set(command_menu.in_group(language))
