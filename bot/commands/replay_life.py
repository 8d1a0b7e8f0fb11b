"""What the database would hold of the person whose coaching is replayed, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.advice.applications import Application, with_told_dates
from bot.advice.facts import History, Outcome, PastAction, Refusal, StrategyAnswer
from bot.advice.profile import Profile
from bot.advice.weeks import Review
from bot.commands.cases import turn_of
from bot.dialogs import in_work, silence
from bot.dialogs.effects import (
    AnswerProposal,
    AnswerStrategy,
    AskHelp,
    CloseAction,
    CountAnswer,
    CountForResearch,
    DropMessages,
    DropPlan,
    EndJob,
    GiveConsent,
    KeepApplication,
    KeepAppointment,
    KeepReview,
    MarkAction,
    NoteJob,
    NoteRefusal,
    OpenAction,
    RemoveApplication,
    ReopenAction,
    RestorePlan,
    RevokeConsent,
    SavePlan,
    TakeDay,
)
from bot.dialogs.turn import ActionView, Person, Turn

WITHOUT_EFFECT = (
    *(AnswerProposal, AskHelp),
    *(CountAnswer, CountForResearch, DropMessages, DropPlan, EndJob, GiveConsent, KeepAppointment),
    *(NoteJob, NoteRefusal, ReopenAction, RestorePlan, RevokeConsent, SavePlan, TakeDay),
)
"""What changes nothing of what is said unasked, beyond what the person's record keeps of it. Anything else that a
dialogue may do has to be known here.
"""


@dataclass(slots=True)
class Life:
    """One person, from one turn to the next."""

    profile: Profile
    person: str
    language: str
    form: str
    actions: dict[int, ActionView] = field(default_factory=dict)
    refusals: dict[int, Refusal] = field(default_factory=dict)
    strategies: dict[str, StrategyAnswer] = field(default_factory=dict)
    put_first: tuple[str, ...] = ()
    who: Person | None = None
    """What is kept of them from one turn to the next: what was sent, what got no answer, open conversations."""
    board: dict[int, Application] = field(default_factory=dict)
    reviews: dict[date, Review] = field(default_factory=dict)

    def turn(self, now: datetime) -> Turn:
        """A turn at `now`, with the history so far."""
        past = tuple(
            PastAction(
                view.catalogue_id,
                view.day,
                view.outcome,
                self.refusals.get(view.id),
                view.easier,
                view.stuck,
                view.felt,
            )
            for view in reversed(self.actions.values())
            if view.own_words is None
        )
        turn = turn_of(
            self.profile,
            now,
            person=self.person,
            language=self.language,
            form=self.form,
            history=History(past, self.strategies, priorities=self.put_first),
        )
        self.who = turn.person = self.who or turn.person
        turn.board = tuple(self.board.values())
        turn.reviews = tuple(self.reviews[day] for day in sorted(self.reviews, reverse=True))
        turn.open_action = next(
            (view for view in self.actions.values() if view.outcome is Outcome.OPEN), None
        )
        return turn

    def next_due(self, now: datetime) -> datetime | None:
        """When Bob writes next; None when he has fallen silent, or nothing more was agreed to."""
        who = self.turn(now).person
        if in_work.is_working(who):
            return in_work.next_due(who, now)
        return silence.next_due(self.profile, now, who.last_push, who.unanswered)

    def carry_out(self, turn: Turn) -> None:
        """What the shell does in its transaction."""
        self.profile = with_told_dates(self.profile, turn.profile, turn.today)
        for effect in turn.effects:
            match effect:
                case OpenAction():
                    for view in list(self.actions.values()):
                        if view.outcome is Outcome.OPEN:
                            self.actions[view.id] = replace(view, outcome=effect.closing)
                    number = len(self.actions) + 1
                    self.actions[number] = ActionView(
                        number,
                        effect.catalogue_id,
                        turn.today,
                        Outcome.OPEN,
                        False,
                        False,
                        effect.reasons,
                        own_words=effect.own_words,
                        author=effect.author,
                    )
                case CloseAction(action, outcome, refusal):
                    self.actions[action] = replace(self.actions[action], outcome=outcome)
                    if refusal is not None:
                        self.refusals[action] = refusal
                case MarkAction(action, easier, stuck, felt):
                    view = self.actions[action]
                    self.actions[action] = replace(
                        view, easier=easier or view.easier, stuck=stuck or view.stuck, felt=felt or view.felt
                    )
                case AnswerStrategy(strategy, state, _, until):
                    self.strategies[strategy] = StrategyAnswer(state, until)
                case KeepApplication(application):
                    self.board[application.number] = application
                case RemoveApplication(number):
                    self.board.pop(number, None)
                case KeepReview(review):
                    self.reviews[review.day] = review
                case _ if isinstance(effect, WITHOUT_EFFECT):
                    continue
                case _:
                    raise TypeError(f"replay does not know what {type(effect).__name__} does")
