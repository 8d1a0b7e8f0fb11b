"""Reading the official referential (France Travail's ROME 4.0 open data, the zip of CSV files)."""

from __future__ import annotations

import csv
import io
import lzma
import re
import zipfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from bot.sources.occupations.referential import OfficialTitle, Referential
from bot.sources.plain import plain

LARGEST_MEMBER = 50_000_000
"""Bytes of one file of the archive: the real ones have under 5 MB."""
LEAST_OCCUPATIONS = 500
LEAST_TITLES = 5_000
"""Fewer are a fragment: importing it would make Bob forget what he knew."""

_OCCUPATIONS = re.compile(r"(?:^|/)unix_referentiel_code_rome_v(\d+)_utf8\.csv$")
_TITLES = re.compile(r"(?:^|/)unix_referentiel_appellation_v(\d+)_utf8\.csv$")
_MOBILITY = re.compile(r"(?:^|/)unix_rubrique_mobilite_v(\d+)_utf8\.csv$")
_CODE = re.compile(r"[A-N]\d{4}")


class RomeError(ValueError):
    """The file is not a usable referential; the text names what is wrong and what to do."""


def read_referential(content: bytes) -> Referential:
    """The referential in a zip archive; successors are not in it (see `successors`). Raises RomeError."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise RomeError(
            "This is no zip archive. Give the archive of ROME 4.0's CSV files, as France Travail publishes it."
        ) from None
    with archive:
        name, version = _member(archive, _OCCUPATIONS, "unix_referentiel_code_rome_v460_utf8.csv")
        occupations = {
            row["code_rome"]: (row["libelle_rome"], row["code_rome_parent"])
            for row in _rows(archive, name, ("code_rome", "libelle_rome", "code_rome_parent"))
        }
        name, _ = _member(archive, _TITLES, "unix_referentiel_appellation_v460_utf8.csv")
        titles = tuple(
            OfficialTitle(
                row["code_ogr"], row["libelle_appellation_long"], row["code_rome"], row["peu_usite"] == "O"
            )
            for row in _rows(
                archive, name, ("code_ogr", "libelle_appellation_long", "code_rome", "peu_usite")
            )
        )
        near = _mobility(archive)
    _check(occupations, titles)
    kept = {code: tuple(one for one in targets if one in occupations) for code, targets in near.items()}
    return Referential(
        version, occupations, titles, {code: kept[code] for code in kept if code in occupations}
    )


def _member(archive: zipfile.ZipFile, pattern: re.Pattern[str], example: str) -> tuple[str, str]:
    """The file of that kind, the newest if several, and the version in its name."""
    found = [(int(match[1]), name) for name in archive.namelist() if (match := pattern.search(name))]
    if not found:
        raise RomeError(
            f"The archive has no file like {example}: take the CSV archive (UTF-8), not the JSON or XML one."
        )
    version, name = max(found)
    return name, str(version)


def _rows(archive: zipfile.ZipFile, name: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    if archive.getinfo(name).file_size > LARGEST_MEMBER:
        raise RomeError(
            f"{name} is too large to be the referential ({LARGEST_MEMBER // 1_000_000} MB at the most)."
        )
    try:
        text = archive.read(name).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RomeError(f"{name} is not written in UTF-8.") from None
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        RuntimeError,
        ValueError,
        OSError,
        EOFError,
    ) as error:
        raise RomeError(f"{name} cannot be taken out of the archive ({error}): download it again.") from None
    try:
        yield from _checked(csv.DictReader(io.StringIO(text), strict=True), name, columns)
    except csv.Error as error:
        raise RomeError(f"{name} is no sound CSV file ({error}): download it again.") from None


def _checked(reader: csv.DictReader[str], name: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise RomeError(f"{name} has no column {', '.join(missing)}.")
    for number, row in enumerate(reader, start=2):
        values = {column: (row[column] or "").replace("''", "'").strip() for column in columns}
        empty = [column for column in columns if not values[column] and column != "peu_usite"]
        if empty:
            raise RomeError(f"{name}, line {number}: {', '.join(empty)} is empty.")
        yield values


def _mobility(archive: zipfile.ZipFile) -> Mapping[str, tuple[str, ...]]:
    """Close occupations by code, in the file's order of closeness; none where the archive has no such file."""
    if not any(_MOBILITY.search(name) for name in archive.namelist()):
        return {}
    name, _ = _member(archive, _MOBILITY, "unix_rubrique_mobilite_v460_utf8.csv")
    targets: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in _rows(archive, name, ("code_rome", "code_rome_cible", "numero_ordre")):
        if not (row["numero_ordre"].isascii() and row["numero_ordre"].isdecimal()):
            raise RomeError(f"{name}: {row['numero_ordre']!r} is no rank.")
        targets[row["code_rome"]].append((int(row["numero_ordre"]), row["code_rome_cible"]))
    return {
        code: tuple(dict.fromkeys(target for _, target in sorted(ranked))) for code, ranked in targets.items()
    }


def _check(occupations: Mapping[str, tuple[str, str]], titles: tuple[OfficialTitle, ...]) -> None:
    wrong = [code for code in occupations if not _CODE.fullmatch(code)]
    if wrong:
        raise RomeError(f"{wrong[0]!r} is no ROME code (a letter and four digits).")
    if len(occupations) < LEAST_OCCUPATIONS or len(titles) < LEAST_TITLES:
        raise RomeError(
            f"Only {len(occupations)} occupations and {len(titles)} titles: this is not the whole referential."
        )
    numbers = Counter(title.ogr for title in titles)
    number, times = numbers.most_common(1)[0]
    if times > 1:
        raise RomeError(f"The title {number} is there {times} times.")
    lost = next((title for title in titles if title.code not in occupations), None)
    if lost is not None:
        raise RomeError(f"The title {lost.ogr} belongs to {lost.code}, which is not among the occupations.")


def moved_codes(before: Referential, after: Referential) -> dict[str, str]:
    """Where each code went that disappeared, or whose titles left it for another: code before -> code after.

    The successor is the code that has most of its titles now (by number, else by words), else the code of the same
    name, else an occupation of the same third-edition parent.
    """
    by_number = {title.ogr: title.code for title in after.titles}
    by_words = {plain(title.text): title.code for title in after.titles}
    by_words |= {plain(label): code for code, (label, _) in after.occupations.items()}
    of_parent: dict[str, str] = {}
    for code, (_, parent) in sorted(after.occupations.items()):
        of_parent.setdefault(parent, code)
    of_parent |= {code: code for code, (_, parent) in after.occupations.items() if code == parent}
    went: dict[str, Counter[str]] = defaultdict(Counter)
    for title in before.titles:
        target = by_number.get(title.ogr) or by_words.get(plain(title.text))
        if target is not None:
            went[title.code][target] += 1
    moved = {}
    for code, (label, parent) in before.occupations.items():
        most = went[code].most_common(1)[0][0] if went[code] else by_words.get(plain(label))
        if code not in after.occupations:
            target = most or of_parent.get(parent)
            if target is not None:
                moved[code] = target
        elif most not in (None, code) and _has_left(code, str(most), went[code], label, after):
            moved[code] = str(most)
    return moved


def _has_left(code: str, target: str, went: Counter[str], label: str, after: Referential) -> bool:
    """Whether a code that still exists means something else now: another label, and most titles elsewhere."""
    renamed = plain(after.occupations[code][0]) != plain(label)
    return renamed and went[target] > 1 and went[target] * 2 > went.total()
