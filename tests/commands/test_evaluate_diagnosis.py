"""`bob evaluate diagnosis`: the golden profiles, and the faults of their files."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from bot.advice.profile import ObstacleId
from bot.cli import main
from bot.commands.evaluate.diagnosis import ASKS, Golden, look, read_golden
from bot.commands.evaluate.rows import EvaluationError

FOLDER = Path(__file__).parents[1] / "evaluation" / "diagnosis"
PEOPLE = read_golden(FOLDER)


@pytest.mark.parametrize("golden", PEOPLE, ids=[one.id for one in PEOPLE])
def test_bob_sees_what_a_counsellor_sees(golden: Golden) -> None:
    assert look(golden).found == golden.expected, golden.why


def test_every_obstacle_and_several_questions_are_expected_of_somebody() -> None:
    expected = Counter(one.expected for one in PEOPLE)
    assert all(expected[obstacle] >= 2 for obstacle in ObstacleId)
    assert len([name for name in expected if name.startswith(ASKS)]) >= 5
    assert len(PEOPLE) >= 48
    assert len({one.profile for one in PEOPLE}) == len(PEOPLE)


def test_the_command_counts_and_lists(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "diagnosis", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["profiles"] == len(PEOPLE)
    assert told["agree"] + len(told["wrong"]) == len(PEOPLE)
    assert main(["evaluate", "diagnosis", "--wrong"]) == 0
    assert f"{told['agree']} of {len(PEOPLE)} agree" in capsys.readouterr().out


WHOLE = 'id = "a"\nwhy = "Parce que."\nexpected = "bravo"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[profile]]\n" + WHOLE + "[[profile]]\n" + WHOLE, "the id a is there twice"),
        ('[[profile]]\nid = "a"\nwhy = "Parce que."\n', "either expected or asks"),
        ('[[profile]]\nid = "a"\nexpected = "bravo"\n', "needs id, why"),
        ('[[profile]]\nid = "a"\nwhy = "b"\nexpected = "rain"\n', "rain is no obstacle"),
        ("[[profile]]\n" + WHOLE + "answers = { months = -1 }\n", "months"),
        ("[[person]]\n", "cannot be read"),
        (None, "holds no profiles"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_said(tmp_path: Path, text: str | None, message: str) -> None:
    if text is not None:
        (tmp_path / "some.toml").write_text(text, "utf-8")
    with pytest.raises(EvaluationError, match=message):
        read_golden(tmp_path)
