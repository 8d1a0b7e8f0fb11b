"""`/pourquoi`: the reasons of the open action, what came second, and one thing that would change the choice."""

from __future__ import annotations

from bot.advice.conditions.parsing import parse_literal
from bot.advice.explain import why
from bot.dialogs import reasons
from bot.dialogs.daily import is_open
from bot.dialogs.replies import Reply
from bot.dialogs.turn import Turn, words_known


def show(turn: Turn) -> None:
    """Explain the open action; without one, say how to get one."""
    view = turn.open_action
    if view is None or not is_open(view) or view.catalogue_id not in turn.world.catalogue.by_id:
        turn.tell("why.nothing_open")
        return
    found = why(turn.facts, turn.diagnosed(), turn.world.catalogue, view.catalogue_id)
    lines = [reasons.because(turn, view.reasons, 3) or turn.voice("why.for_everybody")]
    if found.second is not None:
        lines.append(
            turn.voice(
                "why.second",
                action=_title(turn, found.second.action),
                reason=_second_reason(turn, found.second.cause),
            )
        )
    if found.counterfactual is not None:
        change = reasons.instead(turn, parse_literal(found.counterfactual.condition))
        if change:
            text = turn.voice(
                "why.counterfactual", change=change, action=_title(turn, found.counterfactual.action)
            )
            lines.append(text[0].upper() + text[1:])
    lines.append(turn.voice("why.correct"))
    turn.say(Reply("\n\n".join(lines), title=_title(turn, view.catalogue_id)))


def _title(turn: Turn, action_id: str) -> str:
    """An action's sentence; an unknown variable is a blank, since it may be one that does not fit yet."""
    wording = turn.world.catalogue.action(action_id).wording(turn.person.language)
    return turn.voice.render(wording.text, **words_known(turn.profile, turn.voice, blanks=True))


def _second_reason(turn: Turn, cause: str) -> str:
    return turn.voice(f"why.cause.{cause}")
