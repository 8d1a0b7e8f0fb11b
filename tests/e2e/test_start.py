"""What an operator gets wrong at the start is said in one sentence."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.app import held
from bot.telegram.startup import StartupError
from tests.e2e.conftest import running_sandbox


def test_a_second_bob_on_the_same_data_folder_is_refused(tmp_path: Path) -> None:
    with held(tmp_path), pytest.raises(StartupError, match="Another Bob runs"), held(tmp_path, patience=0.1):
        pass
    with held(tmp_path):  # free again once the first has gone
        pass


def test_a_bob_that_is_restarted_waits_for_the_one_before_it_to_finish(tmp_path: Path) -> None:
    before = ExitStack()
    before.enter_context(held(tmp_path))
    about_to_end = threading.Event()
    before.callback(about_to_end.set)  # runs first
    ending = threading.Timer(0.3, before.close)
    ending.start()
    with held(tmp_path):
        assert about_to_end.is_set()
    ending.join()


def test_a_data_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "not a folder"
    file.write_text("")
    with pytest.raises(StartupError, match="cannot be used"), held(file):
        pass


async def test_a_damaged_file_of_the_sandbox_is_named(tmp_path: Path) -> None:
    (tmp_path / "sandbox-telegram.sqlite").write_bytes(b"this is no database" * 100)
    with pytest.raises(StartupError, match=r"sandbox-telegram\.sqlite"):
        async with running_sandbox(tmp_path):
            pass
