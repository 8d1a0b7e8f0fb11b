"""Checks of what lies on this machine: the data folder, the disk, and Bob's own files."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.advice.faults import CatalogueError
from bot.advice.loading import load_catalogue
from bot.commands.doctor.checks import Check, fail, ok, warn
from bot.dialogs.texts import TextError, load_texts
from bot.sources.occupations import occupations
from bot.sources.occupations.lexicon import LexiconError
from bot.sources.places import places

MEGABYTE = 1_000_000
FULL_MEGABYTES = 50
NEARLY_FULL_MEGABYTES = 500


def check_folder(folder: Path) -> Iterator[Check]:
    """Whether Bob may write into his data folder, and how much room there is."""
    present = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    try:
        with tempfile.TemporaryFile(dir=present):
            pass
    except OSError as error:
        reason = error.strerror or type(error).__name__
        yield fail(
            "folder",
            f"{present} cannot be written ({reason}): give Bob's user the right to, or set DATA_DIR to another "
            "folder",
        )
    else:
        made = "" if present == folder else ", to be made at the first start"
        yield ok("folder", f"DATA_DIR is {folder}{made}")
    yield from _check_leftovers(folder)
    yield check_room(shutil.disk_usage(present).free // MEGABYTE, present)


def _check_leftovers(folder: Path) -> Iterator[Check]:
    """Former databases that a restoration kept: whoever is deleted since is still in them."""
    kept = sorted(path.name for path in folder.glob("*before-restore-*")) if folder.is_dir() else []
    if kept:
        yield warn(
            "leftovers", f"{', '.join(kept)} in {folder}: former databases, with personal data; delete them"
        )


def check_room(megabytes: int, place: Path) -> Check:
    """Whether that many free megabytes are enough where Bob writes."""
    told = f"{megabytes:,} MB free at {place}"
    if megabytes < FULL_MEGABYTES:
        return fail("disk", f"{told}: make room now, a full disk stops Bob")
    if megabytes < NEARLY_FULL_MEGABYTES:
        return warn("disk", f"{told}: make room soon")
    return ok("disk", told)


def check_own_files(
    load: Callable[[], object] = load_catalogue, read_texts: Callable[[], object] = load_texts
) -> Iterator[Check]:
    """Whether the catalogue, the texts and the lists of jobs and towns can be used."""
    catalogue = "the catalogue can be read"
    yield _loads("catalogue", load, catalogue, "see bob catalogue check")
    yield _loads("texts", read_texts, "the texts can be read in French and English", "mend bot/locales")
    yield _loads(
        "occupations",
        occupations,
        "the lexicon of occupations can be read",
        "mend or restore bot/sources/occupations",
    )
    yield _loads("places", places, "the tables of places can be read", "restore bot/sources/places/data")


def _loads(name: str, load: Callable[[], object], told: str, cure: str) -> Check:
    try:
        load()
    except (CatalogueError, LexiconError, TextError) as error:
        faults = str(error).splitlines()
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        return fail(name, f"{faults[0]}{more}: {cure}")
    except (OSError, ValueError, LookupError) as error:
        return fail(name, f"{type(error).__name__} while reading: {cure}")
    return ok(name, told)
