"""The list of jobs for which employers find it hard to hire."""

from __future__ import annotations

from pathlib import Path

from bot.sources.occupations import occupations
from bot.sources.occupations.lexicon import load_lexicon
from bot.sources.occupations.shortage import difficult_in_both, shortage_codes


def test_every_code_of_the_list_is_a_job_of_the_lexicon() -> None:
    codes = shortage_codes()
    assert 50 < len(codes) < 200
    assert codes <= load_lexicon().keys()


def test_an_occupation_tells_whether_it_is_on_the_list() -> None:
    roofer, teacher = occupations().by_code("F1610"), occupations().by_code("K2106")
    assert roofer is not None
    assert roofer.facts.shortage
    assert teacher is not None
    assert not teacher.facts.shortage


def test_both_surveys_have_to_agree_and_every_trade_of_the_job(tmp_path: Path) -> None:
    older, newer = tmp_path / "2019.csv", tmp_path / "2025.csv"
    older.write_text("rome_code,tension_pct\nA1,70\nA2,70\nA3,60\nA4,70\nA4,20\nA5,70\n", "utf-8")
    newer.write_text("code_rome,taux_difficulte\nA1,61\nA2,59.9\nA3,60\nA4,80\nA5,\n", "utf-8")
    assert difficult_in_both(older, newer) == ["A1", "A3"]
