"""Referentials made up for a test, and the zip of CSV files in which France Travail publishes them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.sources.kept import kept
from bot.sources.occupations.referential import OfficialTitle, Referential

OCCUPATIONS = "unix_referentiel_code_rome_v{}_utf8.csv"
TITLES = "unix_referentiel_appellation_v{}_utf8.csv"
MOBILITY = "unix_rubrique_mobilite_v{}_utf8.csv"

OCCUPATION_COLUMNS = ("code_rome", "code_fiche_metier", "libelle_rome", "code_rome_parent")
TITLE_COLUMNS = ("code_ogr", "libelle_appellation_long", "code_rome", "peu_usite")
MOBILITY_COLUMNS = ("code_rome", "code_rome_cible", "numero_ordre")


def small(version: str = "461") -> Referential:
    """Four occupations of three third-edition codes, and six titles."""
    return Referential(
        version,
        {
            "D1505": ("Hôte / Hôtesse de caisse", "D1505"),
            "G1803": ("Serveur / Serveuse en restauration", "G1803"),
            "G1810": ("Chef / Cheffe de rang", "G1803"),
            "J1501": ("Aide-soignant / Aide-soignante", "J1501"),
        },
        (
            OfficialTitle("10001", "Serveur / Serveuse de restaurant", "G1803"),
            OfficialTitle("10002", "Garçon de salle / Fille de salle", "G1803", rare=True),
            OfficialTitle("10003", "Chef / Cheffe de rang", "G1810"),
            OfficialTitle("10004", "Caissier / Caissière", "D1505"),
            OfficialTitle("10005", "Hôte / Hôtesse de caisse libre-service", "D1505"),
            OfficialTitle("10006", "Aide-soignant / Aide-soignante de nuit", "J1501"),
        ),
        {"G1803": ("G1810", "D1505"), "D1505": ("G1803",)},
    )


def table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A CSV as France Travail writes it: everything quoted, apostrophes doubled."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell.replace("'", "''") for cell in row] for row in rows)
    return text.getvalue()


def files_of(referential: Referential) -> dict[str, str]:
    """The archive's files by name."""
    version = referential.version
    files = {
        OCCUPATIONS.format(version): table(
            OCCUPATION_COLUMNS,
            ((code, "1", label, parent) for code, (label, parent) in referential.occupations.items()),
        ),
        TITLES.format(version): table(
            TITLE_COLUMNS,
            ((one.ogr, one.text, one.code, "O" if one.rare else "N") for one in referential.titles),
        ),
    }
    if referential.near:
        ranked = (
            (code, target, str(rank))
            for code, targets in referential.near.items()
            for rank, target in reversed(list(enumerate(targets, start=1)))  # the order is in the ranks
        )
        files[MOBILITY.format(version)] = table(MOBILITY_COLUMNS, ranked)
    return files


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of these files, the same bytes whenever it is made."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def zip_of(referential: Referential) -> bytes:
    """The archive of this referential."""
    return zipped(files_of(referential))


def keep_apart(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """What is worked out from a made-up referential is kept in this folder, not beside the real one's."""

    def keep(beside: Path, name: str, key: str, make: Callable[[], Any]) -> Any:
        return kept(folder if name.endswith(".official") else beside, name, key, make)

    monkeypatch.setattr("bot.sources.occupations.titles.kept", keep)
