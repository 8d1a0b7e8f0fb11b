"""R22, B9: nothing that Bob advises changes with a first name, a form of address, or a gendered word for the job.

Pairs of people who differ in these alone get the same diagnosis, strategies, ranking and probabilities, with much
learnt and much explored.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.advice.diagnosis import Diagnosis, diagnose
from bot.advice.facts import Facts
from bot.advice.items import Catalogue
from bot.advice.learning.exploring import Decision, Policy
from bot.advice.learning.learnt import Learnt
from bot.advice.learning.situations import SITUATIONS, situation
from bot.advice.people import made_up
from bot.advice.profile import ObstacleId, Profile
from bot.advice.selection import choose, rank_actions
from bot.advice.strategies import rank_strategies
from tests.advice.making import facts

NAMES = (
    "Camille", "Marie", "Jean", "Fatima", "Mohamed", "Aïcha", "Ibrahim", "Aminata", "Mamadou", "Linh", "Nguyen",
    "Olena", "Andriy", "Maria-José", "João", "Svetlana", "Dimitri", "Priya", "Rajesh", "Yuki", "Kevin", "Jennifer",
    "Rivka", "David", "Zeynep", "Mehmet", "Gwenaëlle", "Maximilien", "李娜", "محمد",
)  # fmt: skip
JOBS = (
    ("serveur", "serveuse"),
    ("agent de service", "agente de service"),
    ("infirmier", "infirmière"),
    ("directeur", "directrice"),
    ("sage-femme", "maïeuticien"),
)
names = st.sampled_from(NAMES) | st.text(st.characters(categories=("L",)), min_size=1, max_size=20)
SENSITIVE = ("gender", "sex", "civility", "title", "nationality", "origin", "ethnic", "birth", "religion")


def policy(catalogue: Catalogue) -> Policy:
    """Much learnt, in every group another thing, and half of the decisions explored."""
    here = {
        name: {action.id: 0.5 + (row * 7 + place) % 20 / 10 for place, action in enumerate(catalogue.actions)}
        for row, name in enumerate(SITUATIONS)
    }
    everybody = {action.id: 0.6 + place % 13 / 10 for place, action in enumerate(catalogue.actions)}
    return Policy(Learnt(everybody, here, "pairs"), 0.5)


@pytest.fixture(scope="module")
def learnt(catalogue: Catalogue) -> Policy:
    return policy(catalogue)


def advised(who: Facts, catalogue: Catalogue, policy: Policy) -> dict[str, Any]:
    """Everything that Bob advises this person today."""
    found = diagnose(who)
    return {
        "diagnosis": found,
        "strategies": rank_strategies(who, found, catalogue),
        "ranking": rank_actions(who, found, catalogue, policy=policy),
        "choice": choose(who, found, catalogue, policy=policy),
    }


@given(seed=st.integers(1, 100_000), one=names, other=names)
@settings(max_examples=60, deadline=None)
def test_another_first_name_changes_nothing(
    catalogue: Catalogue, learnt: Policy, seed: int, one: str, other: str
) -> None:
    (who,) = made_up(1, seed)
    pair = [
        replace(who, profile=who.profile.model_copy(update={"first_name": name})) for name in (one, other)
    ]
    assert advised(pair[0], catalogue, learnt) == advised(pair[1], catalogue, learnt)


@given(seed=st.integers(1, 100_000), words=st.sampled_from(JOBS))
@example(seed=1276, words=("serveur", "serveuse"))  # one of their other jobs is the same in one gender
@settings(max_examples=40, deadline=None)
def test_a_job_in_its_other_gender_changes_nothing(
    catalogue: Catalogue, learnt: Policy, seed: int, words: tuple[str, str]
) -> None:
    (who,) = made_up(1, seed)
    pair = [replace(who, profile=who.profile.model_copy(update={"job": job})) for job in words]
    assert advised(pair[0], catalogue, learnt) == advised(pair[1], catalogue, learnt)


answers = st.sampled_from(made_up(400, 77))


@given(
    one=answers, other=answers, months=st.none() | st.floats(0, 60), main=st.sampled_from([None, *ObstacleId])
)
@settings(max_examples=80, deadline=None)
def test_learning_looks_at_the_obstacle_and_the_length_of_the_search_alone(
    one: Facts, other: Facts, months: float | None, main: ObstacleId | None
) -> None:
    """Two people who differ in every other answer are in the same group."""
    pair = [replace(who, profile=who.profile.model_copy(update={"months": months})) for who in (one, other)]
    assert situation(pair[0], Diagnosis(main)) == situation(pair[1], Diagnosis(main))


def test_nothing_is_known_of_gender_or_origin() -> None:
    known = [*Profile.model_fields, *(field.name for field in fields(Decision)), *SITUATIONS]
    assert not [name for name in known if any(word in name for word in SENSITIVE)]


def test_what_is_learnt_does_depend_on_the_situation(catalogue: Catalogue, learnt: Policy) -> None:
    """The pairs above are not equal because nothing ever differs."""
    who = facts(seed="someone")
    rankings = {
        rank_actions(who, Diagnosis(main), catalogue, policy=learnt)[:5] for main in [None, *ObstacleId]
    }
    assert len(rankings) > 3
