"""Which answer would help most: the field on which the most actions wait to be told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from bot.advice.conditions.parsing import Line
from bot.advice.conditions.truth import Truth
from bot.advice.facts import Facts
from bot.advice.items import Catalogue


def decidable(facts: Facts, catalogue: Catalogue) -> dict[str, int]:
    """By unanswered field: how many actions would be decided by its answer alone.

    Those are the actions that no known answer rules out and whose unknown lines all wait for that one field.
    """
    known: dict[Line, tuple[Truth, tuple[str, ...]]] = {}
    counts: Counter[str] = Counter()
    for action in catalogue.daily:
        waiting: set[str] = set()
        for line in action.when:
            if line not in known:
                known[line] = (line.test(facts), line.missing(facts))
            truth, missing = known[line]
            if truth is False:
                break
            if truth is None:
                waiting.update(missing)
        else:
            if len(waiting) == 1:
                counts.update(waiting)
    return dict(counts)


def most_deciding(
    facts: Facts, catalogue: Catalogue, fields: Sequence[str], last: Iterable[str] = ()
) -> str | None:
    """The field, among `fields`, worth asking for; None when no answer would decide anything.

    Only what is unanswered and was not skipped. Near-ties go to the first of `fields`; those of `last` come after
    all the others.
    """
    counts = decidable(facts, catalogue)
    late = frozenset(last)
    worth = [name for name in fields if counts.get(name) and facts.profile.open_question(name)]
    return min(worth, key=lambda name: (name in late, -counts[name], fields.index(name)), default=None)
