"""Who, what and whether: what the words around something said of an application make of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.understanding import words
from bot.understanding.lists import Found, phrases
from bot.understanding.numbers import number_names
from bot.understanding.text import Typed

_TABLE = "application_scope"
_SENTENCE = re.compile(r"[.!?\n…]")
_CLAUSE = re.compile(r"[,;:()]|\s[-–—]\s")
_JOINING = frozenset({"mais", "but", "car", "because", "parce", "donc", "so", "puis", "then"})
_UPKEEP = frozenset({"entretien", "entretiens", "test", "tests", "essai", "essais"})
_HIRED_BY = (["chez"], ["par"], ["comme"], ["a"], ["au"], ["en"], ["pour"])
_OF_WORK = ("postul", "candid", "appl", "cv", "lettre", "resume")
"""Beginnings of words that are about work wherever it is: "postulé à la banque", but "réponse de la banque"."""
_WITH = ("avec", "with")
_APPOINTMENT = frozenset({"rdv", "rendez"})
_WHOSE = frozenset({"a", "de", "d", "pour", "par", "avec", "to", "of", "for", "about", "by", "with"})
_WHICH = frozenset({"qui", "that", "which", "ou", "where"})
_LETTERS = frozenset("cv cvs resume resumes candidature candidatures application applications".split())
_SEVERAL = frozenset("plusieurs quelques several some many des".split())
_BESIDE = 3
"""Words between "almost" and what it bears upon, fewer than that."""
_PASSIVE = frozenset({"got", "was", "is", "been", "est", "ete", "s", "get"})
_SAID_BY_THEM = frozenset({"refused", "offer"})


@dataclass(frozen=True, slots=True)
class Scope:
    """The words of a text, with the clause and the sentence of each; the places of capitals, of the first words
    of jobs (`heads`), of companies that everybody knows, and of what is said (`used`).
    """

    said: Sequence[str]
    clauses: Sequence[int]
    sentences: Sequence[int]
    questions: frozenset[int]
    capitals: frozenset[int]
    heads: frozenset[int]
    known: frozenset[int]
    used: frozenset[int] = frozenset()

    def before(self, place: int) -> list[str]:
        """The words of the same clause before a place."""
        return [self.said[at] for at in range(place) if self.clauses[at] == self.clauses[place]]

    def ends_clause(self, end: int) -> bool:
        """Whether a clause ends before a word."""
        return end >= len(self.said) or self.clauses[end] != self.clauses[end - 1]

    def _clause(self, place: int) -> list[int]:
        return [at for at, clause in enumerate(self.clauses) if clause == self.clauses[place]]

    def _sentence(self, place: int) -> list[int]:
        return [at for at, sentence in enumerate(self.sentences) if sentence == self.sentences[place]]

    def _words(self, places: Sequence[int]) -> list[str]:
        return [self.said[at] for at in places]

    @staticmethod
    def ends_with(said: Sequence[str], key: str) -> bool:
        """Whether a phrase of a list ends these words."""
        return any(one.end == len(said) for one in phrases(_TABLE, key).all(said))

    @staticmethod
    def has_any(said: Sequence[str], key: str) -> bool:
        return bool(phrases(_TABLE, key).all(said))

    def names_upkeep(self, one: Found) -> bool:
        """ "Agent d'entretien", "technicien d'essais": part of a job; "pour un entretien" is not."""
        if self.said[one.first] not in _UPKEEP or self.said[one.first - 1] not in ("d", "de"):
            return False
        return any(at in self.heads for at in range(max(0, one.first - 4), one.first))

    def is_asked(self, place: int) -> bool:
        """Whether this is asked or supposed: "comment postuler ?", "si je postule"."""
        if self.sentences[place] in self.questions:
            return True
        sentence = self._words(self._sentence(place))
        if phrases(_TABLE, "asks").at(sentence, 0):
            return True
        return self.has_any(self.before(place), "asking")

    def is_almost(self, place: int) -> bool:
        """ "Almost applied", "j'ai failli postuler"."""
        said = self.before(place)
        return any(len(said) - one.end < _BESIDE for one in phrases(_TABLE, "almost").all(said))

    def is_described(self, end: int) -> bool:
        """ "Postuler c'est dur": what stands before `end` begins a clause that tells what it is like."""
        if end >= len(self.said):
            return False
        after = [self.said[at] for at in self._clause(end - 1) if at >= end]
        return any(
            not one.first or after[one.first - 1] not in _WHICH for one in phrases(_TABLE, "like").all(after)
        )

    def sends_some(self, one: Found) -> bool:
        """ "Envoyé 1 cv", "sent 5 applications"."""
        number, *letters = [*self.said[one.end : one.end + 2], ""]
        return (
            number.isdigit() or number in number_names() or number in _SEVERAL
        ) and not _LETTERS.isdisjoint(letters)

    def is_wished(self, place: int) -> bool:
        """ "Je voudrais un entretien"."""
        return self.has_any(self.before(place), "wish")

    def denied(self, first: int, end: int) -> int | None:
        """How many words away what is said here is denied; None when it is not."""
        clause = [at for at in self._clause(first) if at not in self.used and at < first]
        said = self._words(clause)
        near = [first - clause[one.end - 1] for one in phrases(_TABLE, "denial").all(said)]
        after = [end + one.first for one in phrases(_TABLE, "denial").all(self.said[end : end + 2])]
        near += [1 for at in after if at not in self.used]
        return min(near, default=None)

    def is_still_to_do(self, place: int) -> bool:
        """Whether a denial says "pas encore" and not "finalement pas"."""
        clause = self._words(self._clause(place))
        return self.has_any(clause, "still_to_do") and not self.has_any(clause, "given_up")

    def has_habit(self, place: int) -> bool:
        return self.has_any(self._words(self._clause(place)), "habit")

    def tells_of_work(self, place: int) -> bool:
        return self.has_any(self._words(self._sentence(place)), "work")

    def has_another_object(self, one: Found) -> bool:
        """ "Envoyé un colis", "pris le bus": the verb alone, and what follows it is no letter."""
        if one.end - one.first > 1 or one.end >= len(self.said):
            return False
        following = self.said[one.end : one.end + 2]
        the = (
            following[0] in ("le", "la")
            and not following[-1].isdigit()
            and not self._is_weekday(following[-1])
        )
        if not the and not phrases(_TABLE, "determiner").at(self.said, one.end):
            return False
        verb = self.said[one.first]
        if not verb.startswith(("envoy", "sent", "depos", "pris", "accept", "admis", "recrut", "embauch")):
            return False
        if verb.startswith(("embauch", "recrut")):
            return self.said[one.end] in ("un", "une", "des", "du")
        if verb.startswith("pris") and self.said[one.end] in ("en", "a"):
            return False
        after = self.said[one.end + 1 : one.end + 4]
        return not self.has_any(after, "letters")

    def hires(self, first: int, end: int) -> bool:
        """ "Lidl embauche" in general, which looks like "embauché chez Lidl" without accents."""
        if self.said[first:end] not in (["embauche"], ["recrute"]):
            return False
        return bool(self.before(first)) and self.said[end : end + 1] not in _HIRED_BY

    @staticmethod
    def _is_weekday(word: str) -> bool:
        return word in words.by_phrase("weekday") or word in words.by_phrase("month")

    def is_about_another(self, first: int, end: int, key: str) -> bool:
        """Whether it is somebody else's, or no work: a loan, a doctor."""
        return self._is_anothers(first, end, key) or self._is_no_work(first, end, key)

    def _is_anothers(self, first: int, end: int, key: str) -> bool:
        clause = self._clause(first)
        if any(at > end and self.said[at - 2] in _WHOSE for at in self._of_kin() & set(clause)):
            return True
        own = phrases(_TABLE, "first_person")
        for at in range(first - 1, clause[0] - 1, -1):
            if own.at(self.said, at) and at not in self._of_kin():
                return False
            if at in self._of_kin():
                return True
            if phrases(_TABLE, "third").at(self.said, at) and not self.said[first].startswith("fau"):
                between = self.said[at + 1 : first]
                alone = all(
                    phrases(_TABLE, "third_between").at(between, there) for there in range(len(between))
                )
                passive = not _PASSIVE.isdisjoint([*between, *self.said[first:end]])
                return alone and (passive or key not in _SAID_BY_THEM)
        return False

    def _of_kin(self) -> frozenset[int]:
        """The places of people of one's own: "ma fille", "my brother"."""
        before = phrases(_TABLE, "kin_before").words
        return frozenset(
            one.first
            for one in phrases(_TABLE, "kin").all(self.said)
            if one.first and self.said[one.first - 1] in before and one.first not in self.capitals
        )

    def _is_no_work(self, first: int, end: int, key: str) -> bool:
        sentence = self._sentence(first)
        said = self._words(sentence)
        strong = key in ("sent", "todo", "infinitive") and any(
            part.startswith(_OF_WORK) for part in self.said[first:end]
        )
        outside = [at for at in sentence if not first <= at < end]
        appointment = not _APPOINTMENT.isdisjoint(self.said[first:end])
        about = phrases(_TABLE, "things") if strong else phrases(_TABLE, "things", "elsewhere", "bodies")
        places = [
            sentence[one.first]
            for one in about.all(said)
            if sentence[one.first] in outside
            and not (one.key != "bodies" and self._is_of_a_name(sentence[one.first]))
            and not (one.key == "elsewhere" and self.known & set(sentence))
        ]
        places = [at for at in places if not strong or at >= first - 1]
        if appointment and not self.known & set(sentence):  # "rdv avec Julie", "rdv à l'hôpital"
            places += [sentence[one.first] for one in phrases(_TABLE, "appointments").all(said)]
            places += [at for at in outside if self.said[at] in _WITH]
        if not places:
            return False
        bodies = {
            sentence[at] for one in phrases(_TABLE, "bodies").all(said) for at in range(one.first, one.end)
        }
        rest = [self.said[at] for at in outside if at not in bodies]
        return not self.has_any(rest, "work") and not self.heads & (set(outside) - set(places))

    def _is_of_a_name(self, place: int) -> bool:
        """ "La Banque Postale", "vendeuse en assurance": words of a company or of a job."""
        in_job = any(at in self.heads for at in range(max(0, place - 3), place + 1))
        return place in self.capitals or in_job


def scope(told: Typed, known: frozenset[int]) -> Scope:
    """Where the clauses and the sentences of a text end, and where jobs begin. `known`: words of companies."""
    said = told.said.split()
    clauses, sentences = [0] * len(said), [0] * len(said)
    questions: set[int] = set()
    jobs = [*phrases("jobs", "begin").all(said), *phrases("jobs", "end").all(said)]
    heads = frozenset(one.first for one in jobs if not _is_somebody(said, one.first))
    gaps = [
        told.original[end:start]
        for (_, end), (start, _) in pairwise([*told.spans, (len(told.original), len(told.original))])
    ]
    for at in range(len(said)):
        if at:
            gap = gaps[at - 1]
            ends = _ends_sentence(gap)
            sentences[at] = sentences[at - 1] + ends
            clauses[at] = clauses[at - 1] + bool(ends or _CLAUSE.search(gap) or said[at] in _JOINING)
        if "?" in gaps[at]:
            questions.add(sentences[at])
    mixed = not told.original.isupper()
    capitals = frozenset(
        at
        for at, (start, end) in enumerate(told.spans)
        if at
        and mixed
        and told.original[start].isupper()
        and (end - start == 1 or not told.original[start:end].isupper())
    )
    return Scope(said, clauses, sentences, frozenset(questions), capitals | known, heads, known)


def _is_somebody(said: Sequence[str], at: int) -> bool:
    """ "Ma conseillère", "the manager": a person and no job."""
    return at > 0 and (said[at - 1] in _WITH or phrases(_TABLE, "kin_before").at(said, at - 1) is not None)


def _ends_sentence(gap: str) -> bool:
    """Whether what stands between two words ends a sentence; the dot within "leboncoin.fr" does not."""
    return bool(_SENTENCE.search(gap)) and (gap.strip() != "." or gap.endswith((" ", "\n")))
