"""Conditions and answers as sentences: "parce que vous cherchez depuis 6 mois". The catalogue has the words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Final

from bot.advice import wording
from bot.advice.conditions.parsing import ConditionError, Literal, parse_literal
from bot.advice.diagnosis import Diagnosis
from bot.advice.facts import Facts, Outcome
from bot.advice.profile import ObstacleId
from bot.advice.reasons import ReasonKind
from bot.advice.sentences import ConditionText, ObstacleTexts, Phrase
from bot.dialogs import follow_up_scripts
from bot.dialogs.questions import QUESTIONS
from bot.dialogs.texts import Voice
from bot.dialogs.turn import Turn, words_known

MOST_OTHERS = 3
OLDEST_COUNT: Final = timedelta(weeks=6)
"""After so long, what was told of four weeks says nothing of now."""
COUNTS = ("applications", "interviews", "leads", "offers")


def values_of(facts: Facts, voice: Voice) -> dict[str, Any]:
    """What the sentences may say of a person, by variable; only what is known."""
    profile = facts.profile
    known: dict[str, Any] = dict(words_known(profile, voice))
    for name in COUNTS:
        if getattr(profile, name) is not None:
            known[name] = QUESTIONS[name].range_shown(profile, voice) or getattr(profile, name)
    if profile.months is not None:
        said = QUESTIONS["months"].range_shown(profile, voice)
        known["duration"] = said or wording.duration(profile.months, voice.language)
    if profile.experience_years is not None:
        said = QUESTIONS["experience"].range_shown(profile, voice)
        known["years"] = said or wording.years(profile.experience_years, voice.language)
    if profile.minutes_per_day is not None:
        known["minutes"] = profile.minutes_per_day
    known["named"] = len(profile.barriers or ())
    known["done"] = sum(1 for action in facts.history.actions if action.outcome is Outcome.DONE)
    return known


_DIRECTIONS: Final[Mapping[str, str]] = {
    ReasonKind.STRATEGY: "day.because_strategy",
    ReasonKind.PUT_FIRST: "day.because_put_first",
}
"""How each reason that names a strategy is said."""


def because(turn: Turn, given: Iterable[str], most: int = MOST_OTHERS) -> str | None:
    """ "Parce que vous cherchez depuis 6 mois et ..." for the first reasons that can be said; None when none can.

    Reasons are kept as text, "condition:long_search(6)", "strategy:<id>", "put_first:<id>" or "obstacle:<id>"
    (`bot.advice.reasons`).
    """
    said = list(dict.fromkeys(sentence for text in given if (sentence := reason(turn, text))))[:most]
    return turn.voice("common.because", reasons=turn.voice.listing(said)) if said else None


def reason(turn: Turn, text: str) -> str | None:
    """One reason as a clause; None for one that makes no sense aloud, or no longer holds."""
    kind, _, value = text.partition(":")
    if kind == ReasonKind.CONDITION:
        try:
            literal = parse_literal(value)
        except ConditionError:
            return None  # a condition of another time
        return clause(turn, literal) if literal.test(turn.facts) is True else None
    if kind in _DIRECTIONS and value in turn.world.catalogue.by_id:
        pitch = turn.world.catalogue.strategy(value).wording(turn.person.language)
        return turn.voice(_DIRECTIONS[kind], title=turn.voice.render(pitch.title))
    if kind == follow_up_scripts.REASON:
        return follow_up_scripts.because(turn, value)
    if kind == ReasonKind.GOAL:
        return _goal(turn)
    if kind == ReasonKind.OBSTACLE and value == ObstacleId.BRAVO:
        return turn.voice("day.because_it_works")
    if kind == ReasonKind.OBSTACLE and value in set(ObstacleId):
        found = turn.diagnosed()
        texts = obstacle_texts(turn, ObstacleId(value), found.case if found.main == value else None)
        return turn.voice("day.because_obstacle", name=turn.voice.render(texts.name.of(turn.person.language)))
    return None


def _goal(turn: Turn) -> str | None:
    goal = turn.goal
    if goal is None:
        return None
    return turn.voice("weekly.because", goal=goal_words(turn.voice, goal.applications, goal.contacts))


def goal_words(voice: Voice, applications: int, contacts: int) -> str:
    """ "2 candidatures et 1 contact"."""
    parts = [voice("weekly.count.applications", n=applications), voice("weekly.count.contacts", n=contacts)]
    return voice.listing(parts)


def clause(turn: Turn, literal: Literal) -> str | None:
    """One condition as a clause, without "because"; None when it makes no sense as a reason."""
    text = _text_of(turn, literal)
    phrase = text.negated if literal.negated else text.phrase
    if phrase is None or (text.silent and not literal.negated):
        return None
    return _say(turn, phrase, text.count, literal)


def instead(turn: Turn, literal: Literal) -> str | None:
    """The condition as what would change ("avec le permis de conduire"); None for what nobody can change."""
    text = _text_of(turn, literal)
    return _say(turn, text.instead, text.count, literal) if text.instead else None


def _text_of(turn: Turn, literal: Literal) -> ConditionText:
    text = turn.world.catalogue.sentences.get(literal.name, ConditionText(silent=True))
    variant = literal.condition.variant
    return text.for_variant(variant(turn.facts, *literal.args)) if variant is not None else text


def _say(turn: Turn, phrase: Phrase, count: str | None, literal: Literal | None = None) -> str | None:
    voice = turn.voice
    values = values_of(turn.facts, voice)
    for name in COUNTS:
        if _is_stale(turn, name):
            values.pop(name, None)  # so that a sentence that names it is not said
    if literal is not None and literal.args:
        values["n"] = literal.args[0]
    number = _number(turn.facts, values, count)
    try:
        return voice.render(phrase.of(voice.language, number), **values)
    except KeyError:
        return None


def _is_stale(turn: Turn, name: str) -> bool:
    """Whether a count of four weeks was told too long ago to be said, and the board tells no newer one."""
    told = turn.profile.told_on.get(name)
    if told is None or turn.today - told <= OLDEST_COUNT:
        return False
    return bool(getattr(turn.facts.profile, name) == getattr(turn.profile, name))


def _number(facts: Facts, values: dict[str, Any], count: str | None) -> float | None:
    """The number that decides between singular and plural; None when nothing is counted."""
    if count is None or count not in values:
        return None
    return float(getattr(facts.profile, count) if count in COUNTS else values[count])


def obstacle_texts(turn: Turn, obstacle: ObstacleId, case: str | None = None) -> ObstacleTexts:
    return turn.world.catalogue.diagnosis.obstacles[obstacle.value].for_case(case)


def obstacle_name(turn: Turn, obstacle: ObstacleId) -> str:
    """The obstacle in three to five words."""
    return turn.voice.render(obstacle_texts(turn, obstacle).name.of(turn.person.language))


def diagnosis_lines(turn: Turn, found: Diagnosis) -> list[str]:
    """The diagnosis as paragraphs: what blocks most, why, what comes first, the rest, and the person's own view."""
    general = turn.world.catalogue.diagnosis.general
    language = turn.person.language
    if found.main is None:
        return [turn.voice.render(general["undetermined_for_good"].of(language))]
    texts = obstacle_texts(turn, found.main, found.case)
    lines = [turn.voice.render(texts.headline.of(language))]
    cited = [said for name in found.because if (said := _citation(turn, name))]
    if cited:
        sentence = turn.voice.listing(cited)
        lines[0] += f" {sentence[0].upper()}{sentence[1:]}."
    if found.thin:
        lines.append(turn.voice.render(general["thin"].of(language)))
    if found.view:
        lines.append(turn.voice.render(general[f"view_{found.view}"].of(language)))
    lines.append(turn.voice.render(texts.first.of(language)))
    others = _others(turn, found)
    if others:
        lines.append(others)
    if not found.view:
        lines.append(turn.voice.render(general["ask"].of(language)))
    return lines


def _citation(turn: Turn, name: str) -> str | None:
    citation = turn.world.catalogue.diagnosis.citations.get(name)
    return _say(turn, citation.phrase, citation.count) if citation else None


def _others(turn: Turn, found: Diagnosis) -> str:
    """The other obstacles that deserve a word, with their state."""
    states = turn.world.catalogue.diagnosis.states
    order = ("needs-attention", "undetermined", "good")
    worth = sorted(
        (other for other in found.others if other.state in order), key=lambda other: order.index(other.state)
    )
    if not worth:
        return ""
    lines = [
        f"• {obstacle_name(turn, other.id)} : {turn.voice.render(states[other.state].of(turn.person.language))}"
        for other in worth[:MOST_OTHERS]
    ]
    if turn.person.language == "en":
        lines = [line.replace(" : ", ": ", 1) for line in lines]
    return "\n".join([turn.voice("diagnosis.others"), *lines])
