"""What takes long to work out is kept beside its files; a cache that is damaged or impossible changes nothing."""

from __future__ import annotations

import datetime
import errno
import marshal
import multiprocessing
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.kept import digest_of, kept
from bot.sources.toml_folder import TomlFolderError, read_toml_folder


class Making:
    """Makes a value and counts how often."""

    def __init__(self, value: Any) -> None:
        self.value = value
        self.times = 0

    def __call__(self) -> Any:
        self.times += 1
        return self.value


def cache_file(folder: Path) -> Path:
    (file,) = (folder / "__pycache__").iterdir()
    return file


# kept

VALUE = {"words": [("aide", "soignant"), ("é", "🙂")], "numbers": [1, 0.5, -(2**70), None, True]}


def test_a_value_is_made_once_and_then_kept(tmp_path: Path) -> None:
    making = Making(VALUE)
    assert [kept(tmp_path, "words", "key", making) for _ in range(3)] == [VALUE] * 3
    assert making.times == 1


def test_another_key_makes_another_value_in_its_place(tmp_path: Path) -> None:
    assert kept(tmp_path, "words", "one", Making(1)) == 1
    assert kept(tmp_path, "words", "two", Making(2)) == 2
    again = Making(3)
    assert kept(tmp_path, "words", "one", again) == 3
    assert again.times == 1
    assert cache_file(tmp_path)


def test_names_do_not_share_their_values(tmp_path: Path) -> None:
    assert kept(tmp_path, "words", "key", Making(1)) == 1
    assert kept(tmp_path, "words.official", "key", Making(2)) == 2
    assert kept(tmp_path, "words", "key", Making(3)) == 1


def test_what_cannot_be_kept_is_made_each_time(tmp_path: Path) -> None:
    making = Making(datetime.date(2026, 11, 26))
    assert [kept(tmp_path, "day", "key", making) for _ in range(2)] == [making.value] * 2
    assert making.times == 2
    assert list((tmp_path / "__pycache__").iterdir()) == []


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "text": lambda _: b"<<<<<<< words",
    "half of it": lambda whole: whole[: len(whole) // 2],
    "its last byte less": lambda whole: whole[:-1],
    "not a pair": lambda _: marshal.dumps(7),
    "a pair too long": lambda _: marshal.dumps(("key", 1, 2)),
    "another type of key": lambda _: marshal.dumps((["key"], 1)),
    "zeros": lambda whole: bytes(len(whole)),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_cache_is_ignored_and_mended(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    kept(tmp_path, "words", "key", Making(VALUE))
    file = cache_file(tmp_path)
    file.write_bytes(damage(file.read_bytes()))
    making = Making(VALUE)
    assert kept(tmp_path, "words", "key", making) == VALUE
    assert kept(tmp_path, "words", "key", making) == VALUE
    assert making.times == 1


def test_a_cache_cut_anywhere_is_ignored(tmp_path: Path) -> None:
    kept(tmp_path, "words", "key", Making(VALUE))
    file = cache_file(tmp_path)
    whole = file.read_bytes()
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        assert kept(tmp_path, "words", "key", Making(VALUE)) == VALUE, length


@pytest.mark.parametrize(
    "refused", ["pathlib.Path.mkdir", "tempfile.mkstemp", "os.fdopen", "pathlib.Path.replace"]
)
def test_a_folder_that_cannot_be_written_only_costs_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(refused, refuse)
    making = Making(VALUE)
    assert [kept(tmp_path, "words", "key", making) for _ in range(2)] == [VALUE] * 2
    assert making.times == 2
    assert not [left for left in tmp_path.rglob("*") if left.is_file()]


def test_a_file_in_the_place_of_the_folder_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").write_text("in the way")
    assert kept(tmp_path, "words", "key", Making(VALUE)) == VALUE


def test_a_value_that_cannot_be_made_raises_and_keeps_nothing(tmp_path: Path) -> None:
    def fail() -> int:
        raise KeyError("words")

    with pytest.raises(KeyError):
        kept(tmp_path, "words", "key", fail)
    assert not (tmp_path / "__pycache__").exists()


def write_often(folder: Path, number: int, times: int) -> None:
    for turn in range(times):
        kept(folder, "words", f"{number}.{turn}", lambda: [number] * (1000 * number))


def test_writers_at_the_same_time_leave_a_whole_file(tmp_path: Path) -> None:
    spawning = multiprocessing.get_context("spawn")
    writers = [spawning.Process(target=write_often, args=(tmp_path, number, 60)) for number in (1, 2, 3)]
    for writer in writers:
        writer.start()
    read, over = 0, False
    while not over:
        over = not any(writer.is_alive() for writer in writers)
        for file in (tmp_path / "__pycache__").glob(f"words.*.{marshal.version}"):
            key, value = marshal.loads(file.read_bytes())
            number = int(key.split(".")[0])
            assert value == [number] * (1000 * number)
            read += 1
    assert read
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert cache_file(tmp_path)


@given(st.lists(st.binary(max_size=6), max_size=4), st.lists(st.binary(max_size=6), max_size=4))
def test_digests_differ_as_soon_as_the_parts_do(one: list[bytes], other: list[bytes]) -> None:
    assert (digest_of(one) == digest_of(other)) == (one == other)


# Folders of TOML files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b.toml").write_text('name = "boulangère"\nsince = 2026-11-26\n', "utf-8")
    (tmp_path / "a.toml").write_text("[A1101]\ncodes = [1, 2]\n", "utf-8")
    (tmp_path / "notes.txt").write_text("not = [toml", "utf-8")
    return tmp_path


def test_the_toml_files_of_a_folder_are_read_by_name(folder: Path) -> None:
    read = read_toml_folder(folder)
    assert list(read) == ["a.toml", "b.toml"]
    assert read["a.toml"] == {"A1101": {"codes": [1, 2]}}
    assert read["b.toml"] == {"name": "boulangère", "since": datetime.date(2026, 11, 26)}


@pytest.fixture
def small_folder(tmp_path: Path) -> Path:
    (tmp_path / "a.toml").write_text("one = 1\n", "utf-8")
    return tmp_path


def test_what_was_read_once_is_not_parsed_again(small_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read_toml_folder(small_folder)
    monkeypatch.setattr("bot.sources.toml_folder.tomli.loads", lambda _: pytest.fail("parsed again"))
    assert read_toml_folder(small_folder) == first


def test_what_a_reader_changes_is_not_kept(small_folder: Path) -> None:
    read_toml_folder(small_folder)["a.toml"]["one"] = 2
    assert read_toml_folder(small_folder) == {"a.toml": {"one": 1}}


def test_a_file_that_changed_is_read_again_even_at_the_same_size(small_folder: Path) -> None:
    read_toml_folder(small_folder)
    (small_folder / "a.toml").write_text("one = 2\n", "utf-8")
    assert read_toml_folder(small_folder) == {"a.toml": {"one": 2}}


def test_a_file_that_came_went_or_was_renamed_is_noticed(small_folder: Path) -> None:
    read_toml_folder(small_folder)
    (small_folder / "b.toml").write_text("two = 2\n", "utf-8")
    assert list(read_toml_folder(small_folder)) == ["a.toml", "b.toml"]
    (small_folder / "a.toml").rename(small_folder / "c.toml")
    assert read_toml_folder(small_folder) == {"b.toml": {"two": 2}, "c.toml": {"one": 1}}
    (small_folder / "b.toml").unlink()
    assert list(read_toml_folder(small_folder)) == ["c.toml"]


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert read_toml_folder(tmp_path) == {}


@pytest.mark.parametrize("content", [b"one = ", b"one = 1\none = 2\n", "é = 1".encode("latin-1"), b"\x00"])
def test_a_file_that_cannot_be_read_is_named_each_time(small_folder: Path, content: bytes) -> None:
    (small_folder / "b.toml").write_bytes(content)
    for _ in range(2):
        with pytest.raises(TomlFolderError, match=r"^b\.toml: cannot be read as TOML in UTF-8: "):
            read_toml_folder(small_folder)
