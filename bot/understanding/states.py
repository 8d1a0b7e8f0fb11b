"""What is said to have become of an application: "postulé", "pas prise", "they went with someone else"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.understanding.lists import Found, phrases
from bot.understanding.scope import Scope, scope
from bot.understanding.text import Typed


class Status(StrEnum):
    """What has become of an application."""

    TODO = "todo"
    SENT = "sent"
    INTERVIEW = "interview"
    OFFER = "offer"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Stated:
    """One thing said. The words from `first` up to `end`; `weak`: only of an application if it names one."""

    key: str
    first: int
    end: int
    weak: bool
    status: Status


_STATUS = {
    "refused": Status.REFUSED, "accepted": Status.OFFER, "offer": Status.OFFER, "interview": Status.INTERVIEW,
    "todo": Status.TODO, "infinitive": Status.TODO, "sent": Status.SENT, "ad": Status.TODO,
}  # fmt: skip
_FIRST = (Status.REFUSED, Status.OFFER, Status.INTERVIEW, Status.TODO, Status.SENT)
"""The later something happens, the more it counts: "pas prise après l'entretien" is a refusal."""
_ENDS = (Status.REFUSED, Status.OFFER)
_BESIDE = 3
"""Words between a denial and what it denies, at the most: "pas été retenue"."""
_SAW = ("saw", "seen", "spotted", "noticed")
_LEADS_ON = "as"
"""The last word of a phrase that leads to a job too: "want me as a barista"."""
_FLATLY_NO = re.compile(r"\w\s*(?::|=|->|→)\s*(?:non|no|nope|ko|niet)\s*[.!…]*\s*$", re.IGNORECASE)


def states(told: Typed, known: frozenset[int]) -> tuple[list[Stated], set[int]]:
    """What is said of an application of one's own, in its order; and the words of all that was looked at.

    `known`: the words of companies that everybody knows.
    """
    said = told.said.split()
    around = scope(told, known)
    found = _phrases(around)
    used = {place for one in found for place in range(one.first, one.end)}
    around = replace(around, used=frozenset(used))
    used -= {one.end - 1 for one in found if said[one.end - 1] == _LEADS_ON}
    kept = []
    for one in found:
        stated = _stated(around, one) if one.key in _STATUS else None
        if stated and not around.is_about_another(stated.first, stated.end, stated.key):
            kept.append(stated)
    for back in phrases("application", "withdrawn").all(said):  # what follows stands where that names nothing
        kept = [one for one in kept if one.first >= back.end and around.ends_clause(back.end)]
    if not found and said and _FLATLY_NO.search(told.original):
        last = len(said) - 1
        return [Stated("refused", last, last + 1, True, Status.REFUSED)], {last}
    return kept, used


def status_of(found: list[Stated]) -> Status:
    """The one that counts among all that is said, one thing at least."""
    ended = any(one.status in _ENDS for one in found)
    told = [one for one in found if one.key != "ad" and not (ended and one.key == "earlier")] or found
    kinds = {one.status for one in told}
    if {Status.OFFER, Status.INTERVIEW} <= kinds:  # "réponse positive, entretien à venir"
        offer = max(one.first for one in told if one.status is Status.OFFER)
        interview = max(one.first for one in told if one.status is Status.INTERVIEW)
        if interview > offer:
            kinds.discard(Status.OFFER)
    return next(one for one in _FIRST if one in kinds)


def _phrases(around: Scope) -> list[Found]:
    """The phrases, but those in the name of a job ("agent d'entretien")."""
    lists = phrases("application", *_STATUS, "other")
    return [one for one in lists.all(around.said) if not around.names_upkeep(one)]


def _stated(around: Scope, one: Found) -> Stated | None:
    """What a phrase says where it stands; None when that is nothing."""
    weak = phrases("application", "weak").at(around.said, one.first)
    stated = Stated(one.key, one.first, one.end, bool(weak and weak.end == one.end), _STATUS[one.key])
    if stated.weak and around.sends_some(one):
        stated = replace(stated, weak=False)
    if around.is_asked(one.first) or around.is_almost(one.first):
        return None
    if one.key == "infinitive":
        return _infinitive(around, stated)
    if one.key in ("accepted", "offer", "interview") and around.is_wished(one.first):
        return None
    denied = around.denied(one.first, one.end)
    if one.key == "accepted" and around.hires(one.first, one.end):
        return None
    if one.key == "sent" and around.has_habit(one.first):
        return None
    if one.key in ("accepted", "sent") and around.has_another_object(one):
        return None
    if denied is None and one.key == "interview" and around.ends_with(around.before(one.first), "after"):
        return replace(stated, key="earlier")  # "prise après l'entretien"
    if denied is None:
        return _seen(around, stated) if one.key == "ad" else stated
    if one.key == "sent":
        return replace(stated, status=Status.TODO) if around.is_still_to_do(one.first) else None
    if one.key == "accepted" and denied <= _BESIDE and not around.is_still_to_do(one.first):
        return replace(stated, status=Status.REFUSED, weak=False)
    return None


def _seen(around: Scope, stated: Stated) -> Stated | None:
    """An advertisement; "saw a" is one only where it tells of work."""
    if (
        around.said[stated.first] in _SAW
        and around.said[stated.end - 1] in ("a", "an", "this")
        and not around.tells_of_work(stated.first)
    ):
        return None
    return replace(stated, weak=True)


def _infinitive(around: Scope, stated: Stated) -> Stated | None:
    """ "Faut postuler" is a plan, "jai postuler" is done, "peur de postuler" is neither."""
    before = around.before(stated.first)
    if around.ends_with(before, "done"):
        if around.denied(stated.first, stated.end) is not None:
            return stated if around.is_still_to_do(stated.first) else None
        return replace(stated, key="sent", status=Status.SENT)
    if around.has_any(before, "unwilling"):
        return None
    denied = around.denied(stated.first, stated.end)
    if denied is not None:
        done = around.has_any(before, "done") and around.is_still_to_do(stated.first)
        return stated if done else None
    if around.said[stated.end : stated.end + 2] == ["ce", "jour"]:
        return replace(stated, key="sent", status=Status.SENT)
    if not before:
        return None if around.is_described(stated.end) else stated
    return stated if around.ends_with(before, "will") else None
