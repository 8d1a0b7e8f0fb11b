"""The rows that judge the search of jobs, how they are judged, and the least that is found."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest

from bot.commands.evaluate.jobs import Judged, Row, as_text, judge, measured, mistakes, rows, summary
from bot.commands.evaluate.rows import FOLDER, PARTS, EvaluationError
from bot.sources.found import Candidate, Decision, Found
from bot.sources.occupations import KnownOccupation, Occupations, occupations
from bot.sources.occupations.lexicon import load_lexicon

ROWS_AT = Path(__file__).resolve().parents[2] / FOLDER
ROWS = {part: rows(part, ROWS_AT) for part in PARTS}
EVERYTHING = [*ROWS["work"], *ROWS["report"]]
CODES = {code for group in load_lexicon().values() for code in group.fine}

DECISIONS = {"any", "ask", "unknown", "rephrase"}
ORIGINS = {
    *("everyday", "typo", "acronym", "english", "sentence", "several", "theme", "unknown", "nonsense"),
}
MOST_ACCEPTED = 3
"""Codes of one clear job that are right at the most: more would judge nothing."""

# The rows


def test_there_are_enough_rows_of_every_origin() -> None:
    assert len(EVERYTHING) >= 800
    for part in PARTS:
        assert {row.origin for row in ROWS[part]} == ORIGINS


def test_every_row_has_a_known_decision_and_codes_that_exist() -> None:
    for row in EVERYTHING:
        assert row.decision in DECISIONS, row
        assert row.origin in ORIGINS, row
        assert all(group <= CODES for group in row.groups), row


def test_the_codes_of_a_row_belong_to_its_decision() -> None:
    for row in EVERYTHING:
        if row.decision == "any":
            assert len(row.groups) == 1, row
            assert 1 <= len(row.groups[0]) <= MOST_ACCEPTED, row
        elif row.decision == "ask":
            assert row.groups, row
        else:
            assert row.groups == (), row


def test_no_text_is_there_twice() -> None:
    texts = [row.text for row in EVERYTHING]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("part", PARTS)
def test_the_first_byte_of_a_texts_digest_says_its_part(part: str) -> None:
    """Even for the part that one may look at while improving the search, odd for the other."""
    parts = {sha256(row.text.encode()).digest()[0] % 2 for row in ROWS[part]}
    assert parts == {PARTS.index(part)}


# Judging


class Answering(Occupations):
    """Finds these codes whatever is typed."""

    def __init__(self, decision: Decision, *codes: str) -> None:
        self._answer = Found(decision, tuple(Candidate(known(code), 0.9) for code in codes))

    def by_code(self, code: str | None) -> KnownOccupation | None:
        return occupations().by_code(code)

    def search(self, text: str) -> Found[KnownOccupation]:
        return self._answer


def known(code: str) -> KnownOccupation:
    found = occupations().by_code(code)
    assert found is not None
    return found


def row(decision: str, *groups: str) -> Row:
    return Row("serveuse", decision, tuple(frozenset(group.split("|")) for group in groups), "everyday")


TAKE, ASK = Decision.TAKE, Decision.ASK


@pytest.mark.parametrize(
    ("answer", "asked", "expected"),
    [
        ((TAKE, "G1803"), row("any", "G1803|G1801"), "first among first_v3 among_v3"),
        ((ASK, "G1810", "G1803"), row("any", "G1803"), "among among_v3"),
        ((TAKE, "D1505"), row("any", "G1803"), "wrongly_taken"),
        ((ASK, "D1505"), row("any", "G1803"), ""),
        ((TAKE, "D1106"), row("any", "D1107"), "wrongly_taken"),
        ((ASK, "G1803", "D1505"), row("ask", "D1505", "G1803"), "first among first_v3 among_v3"),
        ((ASK, "G1803", "J1501"), row("ask", "D1505", "G1803"), ""),
        ((TAKE, "G1803"), row("ask", "D1505", "G1803"), ""),
        ((Decision.UNKNOWN,), row("unknown"), "first among first_v3 among_v3"),
        ((Decision.REPHRASE,), row("unknown"), ""),
        ((TAKE, "G1803"), row("rephrase"), "wrongly_taken"),
        ((Decision.REPHRASE,), row("any", "G1803"), ""),
    ],
)
def test_an_answer_is_judged_by_its_first_and_by_all_of_its_candidates(
    answer: tuple[Decision, *tuple[str, ...]], asked: Row, expected: str
) -> None:
    judged = judge(Answering(*answer), asked)
    names = ("first", "among", "first_v3", "among_v3", "wrongly_taken")
    assert [name for name in names if getattr(judged, name)] == expected.split()


def test_another_occupation_of_the_same_third_edition_code_is_right_by_that_code_alone() -> None:
    judged = judge(Answering(TAKE, "M1805"), row("any", "M1855"))
    assert (judged.first, judged.first_v3, judged.wrongly_taken) == (False, True, False)


def test_shares_are_those_of_the_rows() -> None:
    right = Judged(True, True, True, True, False, 0.001)
    wrong = Judged(False, True, False, True, True, 0.003)
    figures = summary([right, right, wrong, right])
    assert (figures["rows"], figures["top1"], figures["top5"], figures["wrongly_taken"]) == (
        4,
        0.75,
        1.0,
        0.25,
    )


def written(folder: Path, *lines: str) -> Path:
    (folder / "jobs").mkdir()
    for part in PARTS:
        text = "\n".join(("text\tdecision\tcodes\torigin", *lines))
        (folder / "jobs" / f"{part}.tsv").write_text(text + "\n", "utf-8")
    return folder


LINES = ('"serveuse\tany\tG1803|G1801\teveryday', "jsp\tunknown\t\tunknown", "pilote\tany\tJ1501\teveryday")


def test_quotes_in_a_text_are_characters_like_others(tmp_path: Path) -> None:
    first, second, _ = rows("work", written(tmp_path, *LINES))
    assert first == Row('"serveuse', "any", (frozenset({"G1803", "G1801"}),), "everyday")
    assert second == Row("jsp", "unknown", (), "unknown")


def test_the_evaluation_says_both_parts_by_origin_and_what_was_wrong(tmp_path: Path) -> None:
    folder = written(tmp_path, *LINES)
    result = measured(occupations(), folder)
    assert set(result) == set(PARTS)
    assert set(result["work"]) == {"all", "everyday", "unknown"}
    assert result["work"]["everyday"]["rows"] == 2
    assert result["work"]["everyday"]["top1"] == 0.5
    assert "report unknown" in as_text(result)
    (mistake,) = mistakes(occupations(), folder)
    assert mistake.startswith("everyday: 'pilote': wanted J1501, ")


def test_a_line_that_breaks_off_is_named(tmp_path: Path) -> None:
    folder = written(tmp_path, LINES[0], "jsp\tunknown")
    with pytest.raises(EvaluationError, match=r"work\.tsv, line 3: "):
        rows("work", folder)


# The least


@pytest.fixture(scope="module")
def everyday() -> Sequence[Judged]:
    """What becomes of the everyday names of jobs, with the lexicon alone."""
    return [judge(occupations(), one) for one in EVERYTHING if one.origin == "everyday"]


def test_nine_everyday_jobs_in_ten_come_first_and_nearly_all_are_among_five(
    everyday: Sequence[Judged],
) -> None:
    figures = summary(everyday)
    assert figures["rows"] >= 300
    assert figures["top1_v3"] >= 0.90
    assert figures["top5_v3"] >= 0.97


def test_an_everyday_job_is_hardly_ever_taken_for_another(everyday: Sequence[Judged]) -> None:
    assert summary(everyday)["wrongly_taken"] <= 0.03
