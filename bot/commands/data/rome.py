"""`bob data import rome PATH|URL`: the official referential of occupations into the database."""

from __future__ import annotations

import urllib.error
import urllib.request
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path

from sqlalchemy import Connection, make_url

from bot.settings import Settings
from bot.sources.occupations.lexicon import load_lexicon
from bot.sources.occupations.official import RomeError, moved_codes, read_referential
from bot.sources.occupations.referential import OfficialTitle, Referential
from storage import rome
from storage.engine import Store
from storage.migrations import upgrade

LARGEST = 100_000_000
"""Bytes of an archive at the most: the real one has under 5 MB."""
TIMEOUT = 60.0


def import_rome(settings: Settings, source: str) -> int:
    """Import the archive at that path or address; the same one a second time changes nothing."""
    content = read_source(source)
    digest = sha256(content).hexdigest()
    referential = read_referential(content)
    for url in _databases(settings):
        upgrade(url)
        store = Store(url)
        try:
            print(f"{make_url(url).render_as_string(hide_password=True)}:")
            print(store.run_sync(_import, referential, digest, datetime.now(UTC)))
        finally:
            store.close()
    return 0


def _databases(settings: Settings) -> list[str]:
    """Bob's database, and the sandbox's where somebody has tried it."""
    tried = settings.data_dir / "sandbox.sqlite"
    return [settings.database_url.get_secret_value(), *([f"sqlite:///{tried}"] if tried.exists() else [])]


def _import(conn: Connection, referential: Referential, digest: str, now: datetime) -> str:
    """The unit of work; returns the sentence that says what was done."""
    known = rome.version(conn)
    if known == (referential.version, digest):
        return f"ROME version {referential.version} is in use already; nothing was changed."
    if known is not None and int(known[0]) > int(referential.version):
        raise RomeError(
            f"The database has ROME version {known[0]}, newer than this one ({referential.version}): "
            "nothing was changed."
        )
    before = rome.load(conn) or embedded()
    moved = moved_codes(before, referential)
    lost = [code for code in before.occupations if code not in referential.occupations and code not in moved]
    gone = {code: target for code, target in moved.items() if code not in referential.occupations}
    earlier = {code: gone.get(target, target) for code, target in before.successors.items()}
    successors = {
        code: target for code, target in (earlier | gone).items() if code not in referential.occupations
    }
    rome.replace(conn, replace(referential, successors=successors), digest, now)
    people = rome.move_people(conn, moved)
    return (
        f"ROME version {referential.version}: {len(referential.occupations)} occupations and "
        f"{len(referential.titles)} titles. {len(moved)} codes have moved, {len(lost)} are gone without a successor; "
        f"{people} people will be told.\n"
        "A Bob that is running takes it up within five minutes."
    )


def embedded() -> Referential:
    """The lexicon as the version before the first import: its codes, and their labels as titles."""
    fine = {
        code: (entry.label, code_v3)
        for code_v3, group in load_lexicon().items()
        for code, entry in group.fine.items()
    }
    titles = tuple(OfficialTitle(f"lexicon-{code}", label, code) for code, (label, _) in fine.items())
    return Referential("460", fine, titles)


def read_source(source: str) -> bytes:
    """The archive at a path or an address; RomeError says why it cannot be had."""
    if source.startswith(("https://", "http://")):
        return _download(source)
    path = Path(source)
    try:
        if path.stat().st_size > LARGEST:
            raise RomeError(f"{source} is too large to be the referential.")
        return path.read_bytes()
    except OSError as error:
        raise RomeError(f"{source} cannot be read ({error.strerror}).") from None


def _download(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=TIMEOUT) as answer:  # noqa: S310 (http or https, checked)
            content: bytes = answer.read(LARGEST + 1)
    except (urllib.error.URLError, OSError, ValueError, HTTPException) as error:
        reason = getattr(error, "reason", error)
        raise RomeError(
            f"{address} cannot be downloaded ({reason}): try again later, or give a file."
        ) from None
    if len(content) > LARGEST:
        raise RomeError(f"{address} is too large to be the referential.")
    return content
