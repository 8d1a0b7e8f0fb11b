"""The catalogue's values: actions, strategies, and the sentences that go with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256

from bot.advice.conditions.parsing import Line
from bot.advice.facts import Family
from bot.advice.profile import ObstacleId
from bot.advice.sentences import ConditionText, DiagnosisTexts


class Effort(StrEnum):
    """Courage and energy as much as time, smallest first (the order counts)."""

    SMALL = "small"
    MEDIUM = "medium"
    BIG = "big"


class Grade(StrEnum):
    """Strength of the evidence that an item helps, strongest first."""

    TRIAL = "trial"
    OBSERVED = "observed"
    EXPERT = "expert"
    OPINION = "opinion"


class Device(StrEnum):
    """What the action is done with; a computer only where a phone will not do."""

    PHONE = "phone"
    COMPUTER = "computer"


class Opening(StrEnum):
    """Whose opening hours an action depends on."""

    OFFICE = "office"  # Monday to Friday
    SHOP = "shop"  # Monday to Saturday


class Topic(StrEnum):
    """A subject that is talked about only when the person opens it; never an action of the day."""

    PRISON = "prison"
    EXILE = "exile"
    HEALTH = "health"


@dataclass(frozen=True, slots=True)
class Wording:
    """An action in one language. French has both forms inline, `{vous|tu}`: see `bot.advice.wording`."""

    text: str
    first: str
    easier: str
    payload: str | None = None


@dataclass(frozen=True, slots=True)
class Pitch:
    """A strategy in one language."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do in 20 minutes or less. `when`: every line must be true, none means that it fits
    everybody.
    """

    id: str
    family: Family
    obstacles: tuple[ObstacleId, ...]
    serves: tuple[str, ...]
    minutes: int
    effort: Effort
    when: tuple[Line, ...]
    repeat_days: int  # 0 = once only
    grade: Grade
    source: str
    contributor: str
    reviewed: date
    device: Device
    easier_minutes: int
    fr: Wording
    en: Wording
    link: str | None = None
    opening: Opening | None = None
    topic: Topic | None = None
    file: str = field(default="", compare=False)

    def wording(self, language: str) -> Wording:
        """The words in "fr" or "en"; any other language gets French."""
        return self.en if language == "en" else self.fr


@dataclass(frozen=True, slots=True)
class Strategy:
    """A direction to take for some weeks. `boost` lines make it fit better and are never required."""

    id: str
    family: Family
    obstacles: tuple[ObstacleId, ...]
    when: tuple[Line, ...]
    boost: tuple[Line, ...]
    grade: Grade
    source: str
    contributor: str
    reviewed: date
    fr: Pitch
    en: Pitch
    file: str = field(default="", compare=False)

    def wording(self, language: str) -> Pitch:
        """The words in "fr" or "en"; any other language gets French."""
        return self.en if language == "en" else self.fr


@dataclass(frozen=True, eq=False, repr=False)
class Catalogue:
    """Everything that Bob can recommend, sorted by id. `version` is a short digest of the files it came from.

    Two catalogues are the same only if they are the same object, so that what is computed from one can be
    kept.
    """

    actions: tuple[Action, ...]
    strategies: tuple[Strategy, ...]
    version: str
    sentences: Mapping[str, ConditionText]
    diagnosis: DiagnosisTexts
    by_id: Mapping[str, Action | Strategy] = field(init=False, repr=False)
    daily: tuple[Action, ...] = field(init=False, repr=False)
    """The actions that a day may bring: all but those of a topic."""

    def __post_init__(self) -> None:
        items: tuple[Action | Strategy, ...] = (*self.actions, *self.strategies)
        object.__setattr__(self, "by_id", {item.id: item for item in items})
        object.__setattr__(self, "daily", tuple(action for action in self.actions if action.topic is None))

    def __repr__(self) -> str:
        return f"<Catalogue {self.version}: {len(self.actions)} actions, {len(self.strategies)} strategies>"

    def action(self, action_id: str) -> Action:
        """The action of that id; KeyError when there is none (it may have left the catalogue)."""
        item = self.by_id[action_id]
        if not isinstance(item, Action):
            raise KeyError(action_id)
        return item

    def about(self, topic: Topic) -> tuple[Action, ...]:
        """The actions of a topic, sorted by id."""
        return tuple(action for action in self.actions if action.topic is topic)

    def strategy(self, strategy_id: str) -> Strategy:
        """The strategy of that id; KeyError when there is none."""
        item = self.by_id[strategy_id]
        if not isinstance(item, Strategy):
            raise KeyError(strategy_id)
        return item

    def with_items(self, actions: Iterable[Action] = (), strategies: Iterable[Strategy] = ()) -> Catalogue:
        """A copy with these items added, or in the place of those with the same id; the version changes."""
        all_actions = {action.id: action for action in (*self.actions, *actions)}
        all_strategies = {strategy.id: strategy for strategy in (*self.strategies, *strategies)}
        content = repr((self.version, sorted(all_actions.items()), sorted(all_strategies.items())))
        return replace(
            self,
            actions=tuple(all_actions[key] for key in sorted(all_actions)),
            strategies=tuple(all_strategies[key] for key in sorted(all_strategies)),
            version=sha256(content.encode()).hexdigest()[:12],
        )
