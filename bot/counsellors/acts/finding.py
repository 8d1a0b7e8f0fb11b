"""Actions of the catalogue for a counsellor: three to propose, and those that words name.

What is proposed in front of a team may tell nothing of what the person answered: only everyday actions that (nearly)
anybody could get are proposed, ordered by what the person received lately, never by their answers. All others are for
the counsellor to look up; what is talked about only when the person opens it (`bot.advice.items.Topic`) is for nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from bot.advice.diagnosis import diagnose
from bot.advice.facts import Facts, Family
from bot.advice.items import Action, Catalogue
from bot.advice.profile import ObstacleId, Profile
from bot.advice.selection import rank_actions
from bot.counsellors.group_text import CatalogueTitle
from bot.dialogs.texts import Voice
from bot.dialogs.turn import words_known
from bot.sources.plain import plain

TOLD_FAMILIES: Final = frozenset(
    (Family.APPLICATION, Family.NETWORK, Family.SKILL, Family.EXPLORATION, Family.ORGANISATION)
)
TOLD_CONDITIONS: Final = frozenset(("not abroad", "not overseas", "job_known", "search_started"))
"""Conditions that hold of nearly everybody: an action that asks for no other tells nothing of whoever gets it."""
UNTOLD_OBSTACLES: Final = frozenset(
    (
        ObstacleId.DISCOURAGEMENT,
        ObstacleId.ISOLATION,
        ObstacleId.FRENCH_LANGUAGE,
        ObstacleId.DIGITAL_EASE,
        ObstacleId.MISSING_DIPLOMA,
    )
)
MOST_PAGES: Final = 3
"""Of proposals: who could go through all of them might tell something from the one that is missing."""
PAGE: Final = 3
MOST_FOUND: Final = 5
_SHORT_DIGEST: Final = 10
_ALIKE: Final = 80
"""Of 100, from which two words count as the same one, misspelt."""
_EMPTY: Final = frozenset(
    "au aux avec ce ces dans de des du elle en et il je la le les leur ma mes mon ou par pas pour que qui se ses"
    " son sur tes ton un une vos votre vous the and for from my of on or to with you your".split()
)


def title(action: Action, voice: Voice) -> CatalogueTitle:
    """What an action is called in front of a team: its sentence, with a blank where the person's own words would be."""
    known = words_known(Profile(), voice, blanks=True)
    return CatalogueTitle(voice.render(action.wording(voice.language).text, **known))


def code(action: Action) -> str:
    """A short name of an action for a button."""
    return sha256(action.id.encode()).hexdigest()[:_SHORT_DIGEST]


def by_code(catalogue: Catalogue, wanted: str) -> Action | None:
    """The action that a button names, if a counsellor may assign it."""
    return next((action for action in catalogue.daily if code(action) == wanted), None)


def may_be_proposed(action: Action) -> bool:
    """Whether proposing this action in front of a team tells nothing of the person."""
    return (
        action.topic is None
        and action.family in TOLD_FAMILIES
        and not UNTOLD_OBSTACLES & set(action.obstacles)
        and all(str(line) in TOLD_CONDITIONS for line in action.when)
    )


def proposals(facts: Facts, catalogue: Catalogue, page: int) -> list[Action]:
    """Three actions for somebody; `page`: 0, 1 or 2. `facts` are theirs; only what is said above is looked at."""
    bare = Profile(time_zone=facts.profile.time_zone)
    unknowing = Facts(
        bare, facts.today, None, replace(facts.history, strategies={}, refusals=(), interviews=()), facts.seed
    )
    usual = {action.id: action for action in catalogue.daily if may_be_proposed(action)}
    fitting = {
        id_ for id_, action in usual.items() if all(line.test(facts) is not False for line in action.when)
    }
    ranked = [one.id for one in rank_actions(unknowing, diagnose(unknowing), catalogue)]
    ordered = [id_ for id_ in ranked if id_ in fitting] + sorted(fitting - set(ranked))
    first = (page % MOST_PAGES) * PAGE
    return [usual[id_] for id_ in ordered[first : first + PAGE]]


def search(catalogue: Catalogue, words: str, language: str) -> list[Action]:
    """The actions whose title holds these words, best first. Accents do not count; misspelt words are understood."""
    wanted = [word for word in plain(words[:200]).split() if word not in _EMPTY]
    if not wanted:
        return []
    scored = [
        (score, action.id, action)
        for action, said in _titles(catalogue, language)
        if (score := _score(wanted, said)) > 0
    ]
    best = max((score for score, _, _ in scored), default=0)
    kept = sorted((one for one in scored if one[0] >= best / 2), key=lambda one: (-one[0], one[1]))
    return [action for _, _, action in kept[:MOST_FOUND]]


def _score(wanted: Iterable[str], said: tuple[str, ...]) -> float:
    """The sum over the wanted words of how well the title holds each; 0 when it holds less than half of them."""
    found = [max((_alike(word, other) for other in said), default=0.0) for word in wanted]
    return sum(found) if sum(each > 0 for each in found) * 2 >= len(found) else 0.0


def _alike(wanted: str, said: str) -> float:
    if wanted == said:
        return 1.0
    if len(wanted) >= 3 and said.startswith(wanted):
        return 0.9
    if len(wanted) < 4:
        return 0.0
    if fuzz.ratio(wanted, said) >= _ALIKE or OSA.distance(wanted, said[: len(wanted)], score_cutoff=1) <= 1:
        return 0.7
    return 0.0


@lru_cache(maxsize=4)
def _titles(catalogue: Catalogue, language: str) -> tuple[tuple[Action, tuple[str, ...]], ...]:
    voice = Voice(language)
    return tuple(
        (action, tuple(word for word in plain(title(action, voice).text).split() if word not in _EMPTY))
        for action in catalogue.daily
    )
