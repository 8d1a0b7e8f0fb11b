"""`/pourquoi`: the reasons of the open action, what came second, and one thing that would change the choice."""

from __future__ import annotations

from bot.advice.conditions.parsing import parse_literal
from bot.advice.explain import Second, Why, why
from bot.dialogs import action_message, reasons
from bot.dialogs.replies import Reply
from bot.dialogs.standing import is_open, item_of
from bot.dialogs.turn import Turn, words_known

MOST_REASONS = 3


def show(turn: Turn) -> None:
    """Explain the open action; without one, say how to get one."""
    view = turn.open_action
    if view is not None and is_open(view) and view.author is not None:
        shown = action_message.of_view(turn, view)
        title = shown.title if shown is not None else None
        turn.say(Reply(turn.voice("assigned.why", who=view.author), title=title))
        return
    if view is not None and is_open(view) and view.own_words is not None:
        turn.say(Reply(turn.voice("own.why"), title=view.own_words))
        return
    if view is None or not is_open(view) or item_of(turn, view) is None:
        turn.tell("why.nothing_open")
        return
    if (
        view.catalogue_id not in turn.world.catalogue.by_id
    ):  # the follow-up of an application: its day has come
        lines = [reasons.because(turn, view.reasons) or turn.voice("why.for_everybody")]
        turn.say(Reply("\n\n".join(lines)))
        return
    found = why(
        turn.facts,
        turn.diagnosed(),
        turn.world.catalogue,
        view.catalogue_id,
        learnt=turn.world.learning.policy.learnt,
        explored=view.explored,
    )
    lines = [
        reasons.because(turn, _all_reasons(found, view.reasons), MOST_REASONS)
        or turn.voice("why.for_everybody")
    ]
    if found.second is not None:
        lines.append(_second(turn, found.second))
    change = _counterfactual(turn, found)
    if change is not None:
        lines.append(change)
    lines.append(turn.voice("why.correct"))
    turn.say(Reply("\n\n".join(lines), title=_title(turn, view.catalogue_id)))


def _all_reasons(found: Why, given: tuple[str, ...]) -> list[str]:
    """The reasons it was given for, then the other conditions that held."""
    return [*given, *(f"condition:{literal}" for literal in found.holds)]


def _second(turn: Turn, second: Second) -> str:
    phrase = turn.world.catalogue.diagnosis.general[f"second_{second.cause}"]
    reason = turn.voice.render(phrase.of(turn.person.language))
    return turn.voice("why.second", action=_title(turn, second.action), reason=reason)


def _counterfactual(turn: Turn, found: Why) -> str | None:
    if found.counterfactual is None:
        return None
    change = reasons.instead(turn, parse_literal(found.counterfactual.condition))
    if not change:
        return None
    action = _title(turn, found.counterfactual.action)
    text = turn.voice("why.counterfactual", change=change, action=action)
    return text[0].upper() + text[1:]


def _title(turn: Turn, action_id: str) -> str:
    """An action's sentence; an unknown variable is a blank, since it may be one that does not fit yet."""
    wording = turn.world.catalogue.action(action_id).wording(turn.person.language)
    return turn.voice.render(wording.text, **words_known(turn.profile, turn.voice, blanks=True))
