"""What live sources added to the embedded lists for typed words, as values that a dialogue can read."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sources.plain import plain


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Candidates for the words of `text`: those of the embedded list and the live ones in one order.

    `codes`: best first, each known to the embedded list, as many as fit on a phone. `sure`: the first one needs no
    question. `credits`: the sources that answered, each with the date of its answer.
    """

    text: str
    codes: tuple[str, ...]
    sure: bool = False
    credits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lookups:
    """What was looked up before a turn; nothing where no live source is asked, or none knew more."""

    job: LookedUp | None = None
    place: LookedUp | None = None

    def job_codes(self, text: str) -> tuple[str, ...] | None:
        """Codes of occupations to choose from for these words; None: the embedded list alone decides."""
        return _codes(self.job, text)

    def place_codes(self, text: str) -> tuple[str, ...] | None:
        """The same for INSEE codes of communes."""
        return _codes(self.place, text)


def _codes(found: LookedUp | None, text: str) -> tuple[str, ...] | None:
    return found.codes if found is not None and _words(found.text) == _words(text) else None


def _words(text: str) -> str:
    return plain(text) or text.strip()  # another alphabet has no plain form


NO_LOOKUPS = Lookups()
