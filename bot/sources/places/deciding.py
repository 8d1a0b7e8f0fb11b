"""Among the rows that words may name: whether one is sure, and which to ask about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.sources.found import Decision
from bot.sources.places.names import How, Named

Decided = tuple[Decision, list[tuple[str, float]]]
"""What to do, and codes with how well each fits, 0 to 1."""

MOST = 5
"""Places asked about at the most."""
SURE = 100
"""A namesake with so many times fewer inhabitants is worth no question: Castres (81) and Castres (02)."""
SURE_LARGE, LARGE_TOWN = 25, 14_000
"""The same for a town of so many inhabitants that bears the very name: Vernon (27) and Vernon (86).

Not overseas: Saint-Paul (974) is far from most who say so.
"""
SURE_SHORT, SURE_MISSPELT = 30, 15
"""The same among the names that begin so, and among those that were misspelt."""
SURE_WITHIN = 8
"""The same where the department or the country was said too, and among cities abroad."""
FOREIGN = 20
"""A city abroad counts as if it had so many times fewer inhabitants: "Laval" is the one in Mayenne."""
SURE_LONG, LONG = 30, 3
"""The same for a name of so many words: "sainte genevieve des bois"."""
KNOWN = 2_000
"""Inhabitants from which a misspelt place is taken where its area was said; a smaller one is asked back."""
LARGE = 10_000
"""Inhabitants from which a town is taken although a part of another commune once bore its name."""
WEIGHTS = {How.EXACT: 1.0, How.WITHOUT_ARTICLE: 0.5, How.FORMER: 0.05, How.SHORT: 0.9, How.MISSPELT: 0.2}
SCORES = {How.EXACT: 1.0, How.WITHOUT_ARTICLE: 0.95, How.FORMER: 0.9, How.SHORT: 0.8, How.MISSPELT: 0.75}
OVERSEAS = ("97", "98")
LETTER = 0.1
"""What each wrong letter leaves of the weight."""


def weight(named: Named) -> float:
    """Inhabitants, fewer the less the words are the name."""
    people = named.people + 1
    if named.abroad:
        people = people // FOREIGN + 1
    return float(people * WEIGHTS[named.how] * LETTER**named.wrong)


def decide(found: Iterable[Named], *, within: bool = False, words: int = 1) -> Decided | None:
    """Take one or ask; None if nothing was found.

    `within`: the area it lies in was said; `words`: of how many the name typed consists.
    """
    each: dict[str, Named] = {}
    for one in sorted(found, key=_order):
        each.setdefault(one.code, one)
    ranked = sorted(_leading(list(each.values())), key=_order)
    if not ranked:
        return None
    formers = [] if within else [one for one in each.values() if one.how is How.FORMER and not one.abroad]
    first = ranked[0]
    rest = weight(ranked[1]) if len(ranked) > 1 else 0.0
    shared = any(one.code != first.code for one in formers) and first.people < LARGE and not first.abroad
    if (
        weight(first) >= rest * _ratio(ranked, within=within, words=words)
        and not shared
        and not _doubtful(ranked, within=within)
    ):
        return Decision.TAKE, [(first.code, score(first))]
    if first.how is How.EXACT and first.people >= LARGE and not first.abroad:
        # Beside a town people know by that name, a name given up is no answer: Champdeniers for "saint denis".
        ranked = [one for one in ranked if one.how is not How.FORMER or one.people >= LARGE]
        formers = [one for one in formers if one.people >= LARGE]
    asked = sorted({one.code: one for one in (*ranked, *formers)}.values(), key=_order_asked)
    return Decision.ASK, [(one.code, score(one)) for one in _shown(asked)]


def _shown(asked: Sequence[Named]) -> list[Named]:
    """As many as are asked about; where longer names fill them all, one of that very name is among them."""
    shown = list(asked[:MOST])
    if all(one.how >= How.SHORT for one in shown):
        shown[MOST - 1 :] = [one for one in asked[MOST:] if one.how < How.SHORT][:1] or shown[MOST - 1 :]
    return shown


def score(named: Named) -> float:
    """How well the words fit: 1 for the whole name, less for a part of it or a misspelt one."""
    return round(max(0.3, SCORES[named.how] - 0.1 * named.wrong), 2)


def _order(named: Named) -> tuple[float, str]:
    return -weight(named), named.code


def _order_asked(named: Named) -> tuple[float, str]:
    """Where one asks anyhow, a commune that took another in counts with all its inhabitants."""
    return -weight(named) / (WEIGHTS[How.FORMER] if named.how is How.FORMER else 1.0), named.code


def _leading(found: Sequence[Named]) -> list[Named]:
    """Those that name it best, and those that name it less well but are better known than they are.

    Abroad counts only what is better known than all that is in France.
    """
    if not found:
        return []
    surest = min(one.how for one in found)
    best = max(weight(one) for one in found if one.how is surest)
    kept = [one for one in found if one.how is surest or weight(one) >= best]
    here = [weight(one) for one in kept if not one.abroad and one.how is surest] or [
        weight(one) for one in kept if not one.abroad
    ]
    if not here:
        return kept
    return [one for one in kept if not one.abroad or weight(one) > max(here)]


def _ratio(found: Sequence[Named], *, within: bool, words: int) -> float:
    if within or all(one.abroad for one in found):
        return SURE_WITHIN
    exact = SURE_LONG if words >= LONG else SURE
    first = found[0]
    at_home = not first.abroad and not first.code.startswith(OVERSEAS)
    if first.how is How.EXACT and first.people >= LARGE_TOWN and at_home:
        exact = SURE_LARGE
    return {How.SHORT: SURE_SHORT, How.MISSPELT: SURE_MISSPELT}.get(found[0].how, exact)


def _doubtful(found: Sequence[Named], *, within: bool) -> bool:
    """The best is a misspelt village, or only begins so where another place is called just that."""
    first = found[0]
    if first.how is How.MISSPELT:
        return first.people < KNOWN if within else first.doubtful
    return first.how is How.SHORT and (first.wrong > 0 or any(one.how < How.FORMER for one in found))
