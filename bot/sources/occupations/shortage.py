"""Jobs for which employers find it hard to hire, all over France: codes of the third edition of ROME.

`python bot/sources/occupations/shortage.py SURVEY_2019 SURVEY_2025` writes the list anew from two files of the
survey "Besoins en main-d'œuvre" (France Travail): CSV of 2019 by FAP with `rome_code`, `tension_pct`, and CSV of
2025 by code with `code_rome`, `taux_difficulte`.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path
from textwrap import fill

FILE = Path(__file__).with_name("shortage.txt")

MOST_HIRINGS = 60
"""Share of planned hirings judged difficult, in both surveys, from which a job is on the list (our choice)."""

_HEAD = f"""\
# Jobs (ROME, third edition): employers judged {MOST_HIRINGS} % of planned hirings or more difficult, in both surveys:
# Besoins en main-d'œuvre 2019 (every FAP of the job) and Besoins en main-d'œuvre 2025, national rates.
# France Travail, Licence Ouverte. Written by bot/sources/occupations/shortage.py.
"""


@cache
def shortage_codes(file: Path = FILE) -> frozenset[str]:
    """The codes of the list; lines that start with # are remarks."""
    lines = file.read_text("utf-8").splitlines()
    return frozenset(code for line in lines if not line.startswith("#") for code in line.split())


def difficult_in_both(survey_2019: Path, survey_2025: Path) -> list[str]:
    """Codes at or above the share in both files, sorted. A code without a rate in one of them is left out."""
    rates_2019: dict[str, list[float]] = defaultdict(list)
    for row in _rows(survey_2019):
        if row["tension_pct"]:
            rates_2019[row["rome_code"]].append(float(row["tension_pct"]))
    rates_2025 = {
        row["code_rome"]: float(row["taux_difficulte"])
        for row in _rows(survey_2025)
        if row["taux_difficulte"]
    }
    return sorted(
        code
        for code, rates in rates_2019.items()
        if min(rates) >= MOST_HIRINGS and rates_2025.get(code, 0) >= MOST_HIRINGS
    )


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


if __name__ == "__main__":
    codes = difficult_in_both(Path(sys.argv[1]), Path(sys.argv[2]))
    FILE.write_text(_HEAD + fill(" ".join(codes), 110) + "\n", "utf-8")
