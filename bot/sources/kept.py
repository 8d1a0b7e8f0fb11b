"""What takes long to work out from files is kept beside them, as Python keeps compiled modules."""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar, cast

Value = TypeVar("Value")


def digest_of(parts: Iterable[bytes]) -> str:
    """A key for `kept`: differs as soon as one of the parts does."""
    digest = blake2b(digest_size=12)
    for part in parts:
        digest.update(f"{len(part)}\0".encode() + part)
    return digest.hexdigest()


def kept(folder: Path, name: str, key: str, make: Callable[[], Value]) -> Value:
    """What `make` returned for this key before, else what it returns now.

    The value is made of plain lists, tuples, dictionaries, strings and numbers. It is kept in `folder/__pycache__`;
    where that cannot be written, it is made each time.
    """
    file = folder / "__pycache__" / f"{name}.{sys.implementation.cache_tag}.{marshal.version}"
    with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
        known_key, value = marshal.loads(file.read_bytes())  # noqa: S302 (our own file, as trusted as the .pyc files beside it)
        if known_key == key:
            found: Value = value
            return found
    value = make()
    with contextlib.suppress(OSError, ValueError):  # ValueError: a value (a date) that marshal does not know
        file.parent.mkdir(exist_ok=True)
        _write(file, marshal.dumps((key, cast(Any, value))))
    return value


def _write(file: Path, content: bytes) -> None:
    """The file, whole or not at all, whoever else writes it."""
    handle, partial = tempfile.mkstemp(dir=file.parent, prefix=f"{file.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        Path(partial).replace(file)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise
