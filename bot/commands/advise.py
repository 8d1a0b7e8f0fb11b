"""`bob advise`: the same engine as in the chat, for a profile file."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.advice.conditions.parsing import Literal
from bot.advice.conditions.registry import CONDITIONS
from bot.advice.diagnosis import Diagnosis
from bot.advice.profile import Profile
from bot.advice.selection import choose, rank_actions
from bot.advice.strategies import rank_strategies
from bot.commands.cases import completed, turn_of
from bot.dialogs import action_message, reasons, rhythm
from bot.dialogs.replies import Reply
from bot.dialogs.turn import Turn


def advise(profile: Profile, *, person: str, language: str, form: str, day: date) -> dict[str, Any]:
    """Diagnosis, conditions, strategies, action and ranking on a local date, as plain JSON values."""
    profile = completed(profile)
    now = datetime.combine(day, rhythm.local_hour(profile), ZoneInfo(profile.time_zone)).astimezone(UTC)
    turn = turn_of(profile, now, person=person, language=language, form=form)
    found = turn.diagnosed()
    catalogue = turn.world.catalogue
    return {
        "date": day.isoformat(),
        "diagnosis": _diagnosis(turn, found),
        "conditions": _conditions(turn),
        "strategies": [
            {
                "id": strategy.id,
                "score": round(strategy.score, 4),
                "reasons": _said(turn, strategy.reasons),
                "title": turn.voice.render(catalogue.strategy(strategy.id).wording(language).title),
            }
            for strategy in rank_strategies(turn.facts, found, catalogue)
        ],
        "action": _action(turn, found),
        "ranking": [
            {"id": action.id, "score": round(action.score, 4)}
            for action in rank_actions(turn.facts, found, catalogue)
        ],
    }


def _conditions(turn: Turn) -> dict[str, bool | None]:
    """Every condition that the catalogue uses, and every one without argument: true, false or unknown (null)."""
    catalogue = turn.world.catalogue
    lines = [line for action in catalogue.actions for line in action.when]
    lines += [line for strategy in catalogue.strategies for line in strategy.when]
    lines += [line for strategy in catalogue.strategies for line in strategy.boost]
    literals = {literal.positive for line in lines for literal in line.literals}
    literals |= {Literal(name) for name, known in CONDITIONS.items() if known.parameter is None}
    return {str(literal): literal.test(turn.facts) for literal in sorted(literals, key=str)}


def _diagnosis(turn: Turn, found: Diagnosis) -> dict[str, Any]:
    return {
        "main": found.main.value if found.main else None,
        "because": list(found.because),
        "others": [{"id": other.id.value, "state": other.state} for other in found.others],
        "missing": list(found.missing),
        "thin": found.thin,
        "text": "\n".join(reasons.diagnosis_lines(turn, found)),
    }


def _action(turn: Turn, found: Diagnosis) -> dict[str, Any] | None:
    choice = choose(turn.facts, found, turn.world.catalogue)
    if choice.action is None:
        return None
    action = turn.world.catalogue.action(choice.action)
    message = action_message.compose(turn, action, map(str, choice.reasons))
    return {
        "id": action.id,
        "minutes": action.minutes,
        "family": action.family.value,
        "reasons": _said(turn, choice.reasons),
        "text": message_text(message),
    }


def _said(turn: Turn, given: Any) -> list[dict[str, str | None]]:
    return [{"reason": str(one), "text": reasons.reason(turn, str(one))} for one in given]


def message_text(message: Reply) -> str:
    """A message as plain text: title, text, payload, footer."""
    return "\n\n".join(
        part for part in (message.title, message.text, message.payload, message.footer) if part
    )


def as_text(advice: dict[str, Any]) -> str:
    """The advice for reading."""
    action = advice["action"]
    lines = [advice["diagnosis"]["text"], ""]
    lines += [
        f"• {strategy['title']} ({strategy['id']}, {strategy['score']})" for strategy in advice["strategies"]
    ]
    lines += ["", action["text"] if action else "—", "", f"{len(advice['ranking'])} actions"]
    return "\n".join(lines)
