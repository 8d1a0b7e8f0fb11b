"""Times between two dates ("de 2015 à 2019"), and since an age ("depuis mes 20 ans, j'en ai 35")."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from bot.understanding import dates, words
from bot.understanding.lengths import DAYS_A_MONTH
from bot.understanding.spans import Named, Span
from bot.understanding.text import Typed, typed

_TWO_YEARS = re.compile(r"\b((?:19|20)\d\d)\s?[-–—/]\s?((?:19|20)\d\d)\b")
_TO = re.compile(
    r"(?: (?:a|au|aux|to|til|till|until|jusqu\w*|jusqu (?:a|au|en)|through|and|et))?(?: (?:la|le|l|the|en|fin))*"
)
_BEGINNING = re.compile(r"\b(?:de|d|du|from|entre|between|depuis|since|des)(?: (?:le|la|l|the|en|debut))* $")
_NOW = re.compile(
    r" (?:a|au|to|til|till|until|jusqu\w*) ?(?:a )?"
    r"(?:aujourd ?hui|maintenant|ce jour|now|today|present|date|actuellement)\b"
)
_OPENINGS = ("de ", "du ", "d ", "from ", "since ", "depuis ", "entre ", "between ")
_HOLDS_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WHOLE_YEAR_DAYS = 300

_AN_AGE = r"(\d{1,2})(?: ?(ans|an|mois|months|years|yrs|yo))?(?: old)?"
_SINCE_AN_AGE = re.compile(
    r"\b(?:depuis|since|dps)\b.{0,40}?"
    r"\b(?:mes|l age de|j ai eu|j avais|i was|age|the age of|i turned) (\d{1,2})\b(?: ans)?.*?"
    r"\b(?:j en ai|j ai|i m|im|i am|now|ai) (?:maintenant |aujourd hui |now )?(\d{1,2})\b"
)
_CHILD = r"(?:naissance|nee?|born|birth|accouchement|bebe|baby|arrivee|fils|fille|son|daughter)"
_SINCE_A_BIRTH = re.compile(
    rf"\b(?:depuis|since|dps)\b.*\b{_CHILD}\b.*?\b(?:il|elle|he|she|qui|who|ils|elles|they)(?: en)? "
    rf"(?:a|is|s|ont|are|re) (?:maintenant |deja |now |bientot )?{_AN_AGE}\b"
)


def spelled_out(said: str) -> str:
    """A plain text in which the second date of two can be seen: "2010-2014", "de janvier à mars"."""
    return _two_months().sub(r"\1 jusqu en \2", _TWO_YEARS.sub(r"de \1 a \2", said))


@cache
def _two_months() -> re.Pattern[str]:
    month = "|".join(sorted(words.by_phrase("month"), key=len, reverse=True))
    return re.compile(rf"\b((?:{month})(?: \d{{4}})?) (?:a|au|to|et|and) ((?:{month})\b)")


def since_an_age(said: str) -> float | None:
    """Months since an age that is told with today's, one's own or a child's; None when there is no such thing."""
    own = _SINCE_AN_AGE.search(said)
    if own and int(own.group(2)) > int(own.group(1)):
        return 12.0 * (int(own.group(2)) - int(own.group(1)))
    child = _SINCE_A_BIRTH.search(said)
    if child:
        return int(child.group(1)) * (1.0 if (child.group(2) or "").startswith("mo") else 12.0)
    return None


def reaches_today(told: Typed, named: Named) -> bool:
    """Whether the days named begin a time that goes on: "de 2018 à aujourd'hui"."""
    return bool(_NOW.match(told.said[named.end :]))


def between(told: Typed, named: list[Named], today: date) -> float | None:
    """Months from one named date to the next one; None when the two make no period that is over."""
    for first, last in pairwise(named):
        gap = told.said[first.end : last.start].rstrip()
        begins = bool(_BEGINNING.search(told.said[: first.start])) or told.said[
            first.start : first.end
        ].startswith(_OPENINGS)
        both_years = all(_HOLDS_YEAR.search(told.said[one.start : one.end]) for one in (first, last))
        if not _TO.fullmatch(gap) or not (begins or (both_years and gap.strip() not in ("et", "and"))):
            continue
        return _apart(_before(told, first, last, today), (last.first, last.last), today)
    return None


def _before(told: Typed, first: Named, last: Named, today: date) -> Span:
    """The first date, in the year of the second where it has none of its own ("de mars à juin 2022")."""
    start = (first.first, first.last)
    if _HOLDS_YEAR.search(told.said[first.start : first.end]):
        return start
    again = dates.named(
        typed(told.said[first.start : first.end]), last.first + timedelta(days=1), ahead=False
    )
    return (again[0].first, again[0].last) if again else start


def _apart(start: Span, end: Span, today: date) -> float | None:
    """From the start of the one to the middle of the other; whole years from one to the other."""
    if end[0] <= start[0] or end[0] > today:
        return None
    if min((span[1] - span[0]).days for span in (start, end)) > _WHOLE_YEAR_DAYS:
        return 12.0 * (end[0].year - start[0].year)
    middle = end[0] + (min(end[1], today) - end[0]) / 2
    return (middle - start[0]).days / DAYS_A_MONTH
