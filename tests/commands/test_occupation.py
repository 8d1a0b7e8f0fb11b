"""`bob occupation`: what is known of a job, by words or by code."""

from __future__ import annotations

import json

from bot.sources.occupations import Occupations, occupations
from bot.sources.occupations.lexicon import Closeness, load_lexicon
from bot.sources.occupations.referential import OfficialTitle, Referential
from tests.commands.running import Bob


def test_an_occupation_is_shown_with_those_close_to_it_and_why(bob: Bob) -> None:
    shown = json.loads(bob("occupation", "serveuse", "--json").out)
    assert [one["code"] for one in shown] == ["G1803"]
    assert shown[0]["isco"] == "5131"
    assert {one["reason"] for one in shown[0]["near"]} <= set(Closeness)
    assert len(shown[0]["near"]) >= 3


def test_a_code_is_enough_in_either_language(bob: Bob) -> None:
    assert "infirmier" in bob("occupation", "j1506").out
    assert "nurse" in bob("occupation", "J1506", "--lang", "en").out


def test_words_of_several_occupations_show_them_all(bob: Bob) -> None:
    assert len(json.loads(bob("occupation", "femme de ménage", "--json").out)) > 1


def test_words_that_name_none_are_answered_with_a_sentence(bob: Bob) -> None:
    ran = bob("occupation", "zorglub")
    assert ran.code == 1
    assert "No occupation is found for 'zorglub'" in ran.sentence


def test_a_trade_that_the_law_closes_says_so(bob: Bob) -> None:
    assert "by law" in bob("occupation", "J1506").out


def test_the_official_list_adds_occupations_without_a_reason() -> None:
    codes = {
        code: (entry.label, parent)
        for parent, group in load_lexicon().items()
        for code, entry in group.fine.items()
    }
    titles = tuple(OfficialTitle(f"t-{code}", label, code) for code, (label, _) in codes.items())
    known = Occupations(load_lexicon(), Referential("460", codes, titles, {"G1803": ("A1201", "G1801")}))
    near = {one.code: why for one, why in known.near("G1803")}
    assert near["A1201"] is Closeness.LISTED
    assert near["G1801"] is not Closeness.LISTED
    assert set(near) > {one.code for one, _ in occupations().near("G1803")}
