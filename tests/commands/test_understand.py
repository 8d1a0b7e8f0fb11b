"""`bob understand` and `bob evaluate`."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest

from bot.commands.understand import LONGEST_LINE, Lines, understand
from tests.commands.running import Bob

TODAY = date(2026, 11, 26)


def answers(kind: str, data: bytes) -> list[dict[str, object]]:
    out = io.StringIO()
    assert understand(kind, Lines(io.BytesIO(data)), TODAY, None, as_json=True, out=out) == 0
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_one_line_in_is_one_line_out_in_order() -> None:
    assert answers("intent", b"oui\nnon\r\nserveuse") == [
        {"intent": "yes"},
        {"intent": "no"},
        {"intent": "unclear"},
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"\xff\xfe", "not UTF-8"),
        (b"", "empty"),
        (b"a\x00b", "control characters"),
        (b"a" * (LONGEST_LINE + 1), "longer than 4096 characters"),
    ],
)
def test_a_bad_line_gives_an_error_and_not_an_end(line: bytes, said: str) -> None:
    assert answers("intent", line + b"\noui\n") == [{"error": said}, {"intent": "yes"}]


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("duration", "un an et demi", {"months": 18.0, "kind": "duration"}),
        ("pause", "vacances jusqu'au 12", {"until": "2026-12-12", "kind": "until"}),
        (
            "application",
            "postulé chez Leroy Merlin comme vendeuse hier",
            {"company": "Leroy Merlin", "job": "vendeuse", "status": "sent", "date": "2026-11-25"},
        ),
        (
            "appointment",
            "entretien jeudi 14h30 chez Lidl",
            {"what": "new", "kind": "interview", "place": "chez Lidl", "date": "2026-12-03", "time": "14:30"}
            | {"former": None},
        ),
        ("application", "bonjour", {"company": None, "job": None, "status": None, "date": None}),
    ],
)
def test_one_text_is_understood(bob: Bob, kind: str, text: str, found: dict[str, object]) -> None:
    ran = bob("understand", kind, text, "--json", "--today", "2026-11-26")
    assert (ran.code, ran.json) == (0, found)


def test_a_text_or_a_stream_is_needed(bob: Bob) -> None:
    assert bob("understand", "intent").code == 2
    assert bob("understand", "intent", "oui", "--stdin").code == 2


def test_a_wrong_kind_is_refused(bob: Bob) -> None:
    assert bob("understand", "weather", "oui").code == 2


def test_an_evaluation_tells_the_share_of_each_part(bob: Bob) -> None:
    ran = bob("evaluate", "pauses", "--json")
    assert ran.code == 0
    assert ran.json.keys() == {"work", "report"}
    assert ran.json["work"]["rows"] > ran.json["report"]["rows"] > 0
