"""Three to five directions, each with its reasons; accepted, kept for later, or refused with a reason."""

from __future__ import annotations

from datetime import timedelta

from bot.advice.items import Strategy
from bot.advice.past import REFUSED_STRATEGY_DAYS
from bot.advice.strategies import MOST, ScoredStrategy, rank_strategies
from bot.dialogs import asking, reasons
from bot.dialogs.effects import AnswerStrategy
from bot.dialogs.machine import Callback, Dialogue, Row, Step
from bot.dialogs.replies import Button, Reply
from bot.dialogs.turn import Turn

REFUSALS = ("tried", "not_now", "not_me", "other")
REASONS_IN_LIST = 1


def show(turn: Turn) -> None:
    """The list, as it is today."""
    DIALOGUE.enter(turn, "list", take_focus=False)


def _ranked(turn: Turn) -> tuple[ScoredStrategy, ...]:
    return rank_strategies(turn.facts, turn.diagnosed(), turn.world.catalogue)


def _strategy(turn: Turn, strategy_id: str) -> Strategy | None:
    """None for one that has left the catalogue."""
    try:
        return turn.world.catalogue.strategy(strategy_id)
    except KeyError:
        return None


def _list(step: Step) -> None:
    """The list; after an answer, edited in place with what the answer changes at its top."""
    turn, voice, data = step.turn, step.turn.voice, step.data
    ranked = _ranked(turn)
    why = {found.id: found.reasons for found in ranked}
    data.setdefault("shown", _listed(turn, ranked))
    shown = {name: found for name in data["shown"] if (found := _strategy(turn, name))}
    world = turn.world
    replace = bool(data.pop("replace", False)) and turn.on_message
    if not shown:
        turn.say(Reply(voice("strategies.none_left", operator=world.operator, contact=world.contact)))
        return
    lines, rows = [], []
    said: set[str] = set()
    for name, strategy in shown.items():
        title = voice.render(strategy.wording(turn.person.language).title)
        state = _state(step, name)
        mark = voice(f"strategies.mark.{state}") if state else ""
        fresh = [text for text in map(str, why.get(name, ())) if text not in said]
        said.update(fresh[:REASONS_IN_LIST])
        because = reasons.because(turn, fresh, REASONS_IN_LIST)
        lines.append(f"• {title}{mark}" + (f"\n{because}" if because else ""))
        rows.append((DIALOGUE.button(title, name, "list"),))
    note = data.pop("note", None)
    text = "\n\n".join([*([note] if note else []), *lines, voice("strategies.intro")])
    turn.say(Reply(text, title=voice("strategies.title"), buttons=tuple(rows), replace=replace))
    if note and all(_state(step, name) == "refused" for name in shown):
        turn.tell("strategies.all_refused", operator=world.operator, contact=world.contact)


def _listed(turn: Turn, ranked: tuple[ScoredStrategy, ...]) -> list[str]:
    """Those accepted or kept for later, which must not vanish, then the best of the other families."""
    chosen = [
        name
        for name, answer in turn.history.strategies.items()
        if answer.state in ("accepted", "later") and _strategy(turn, name)
    ]
    families = {turn.world.catalogue.strategy(name).family for name in chosen}
    others = [one.id for one in ranked if turn.world.catalogue.strategy(one.id).family not in families]
    ranks = {one.id: place for place, one in enumerate(ranked)}
    listed = [*chosen, *others[: max(MOST - len(chosen), 0)]]
    return sorted(listed, key=lambda name: ranks.get(name, MOST))


def _state(step: Step, name: str) -> str | None:
    """What was answered to it: in this list, or before."""
    answered: str | None = step.data.get("answers", {}).get(name)
    before = step.turn.history.strategies.get(name)
    return answered or (before.state if before else None)


def _detail(step: Step) -> None:
    turn, voice, name = step.turn, step.turn.voice, step.data.get("id", "")
    strategy = _strategy(turn, name)
    if strategy is None:
        _list(step)
        return
    pitch = strategy.wording(turn.person.language)
    why = next((found.reasons for found in _ranked(turn) if found.id == name), ())
    because = reasons.because(turn, map(str, why))
    lines = [voice.render(pitch.text), *([because] if because else [])]
    row = tuple(
        DIALOGUE.button(voice(f"strategies.button.{verb}"), verb, "detail")
        for verb in ("accept", "later", "refuse")
    )
    title = voice.render(pitch.title)
    turn.say(
        Reply(
            "\n\n".join(lines), title=title, buttons=(row, (_back(turn, "detail"),)), replace=turn.on_message
        )
    )


def _back(turn: Turn, step: str) -> Button:
    return DIALOGUE.button(turn.voice("questions.back"), asking.BACK, step)


def _choose(step: Step) -> None:
    step.data["id"] = step.answer


def _answer(state: str) -> Callback:
    def answer(step: Step) -> None:
        _record(step, state)

    answer.__name__ = f"answer_{state}"
    return answer


def _record(step: Step, state: str, reason: str | None = None) -> None:
    turn, data, name = step.turn, step.data, step.data["id"]
    until = turn.today + timedelta(days=REFUSED_STRATEGY_DAYS) if state == "refused" else None
    data["answers"] = data.get("answers", {}) | {name: state}
    data["note"] = turn.voice(f"strategies.said.{state}")
    turn.do(AnswerStrategy(name, state, reason, until))
    _in_place(step)


def _in_place(step: Step) -> None:
    step.data["replace"] = True


def _ask_reason(step: Step) -> None:
    voice = step.turn.voice
    buttons = [DIALOGUE.button(voice(f"strategies.refusal.{code}"), code, "refusing") for code in REFUSALS]
    rows = (*asking.rows_of(buttons, 2), (_back(step.turn, "refusing"),))
    step.turn.say(Reply(voice("strategies.why_not"), buttons=rows, replace=step.turn.on_message))


def _refuse(step: Step) -> None:
    _record(step, "refused", step.answer)


DIALOGUE = Dialogue(
    "strategies",
    states={"list": (_list,), "detail": (_detail,), "refusing": (_ask_reason,)},
    rows=(
        Row("choose", ("list", "detail", "refusing"), "detail", (), (_choose,)),
        Row("accept", "detail", "list", (), (_answer("accepted"),)),
        Row("later", "detail", "list", (), (_answer("later"),)),
        Row("refuse", "detail", "refusing"),
        Row("reason", "refusing", "list", (), (_refuse,)),
        Row("back", "refusing", "detail"),
        Row("back", "detail", "list", (), (_in_place,)),
    ),
    initial="list",
)


def press(turn: Turn, value: str) -> bool:
    """A button of the list or of one strategy; False when it fits nothing."""
    place = DIALOGUE.open(turn)
    if value in place.data.get("shown", []):
        return DIALOGUE.fire(turn, "choose", value)
    if value in ("accept", "later", "refuse", asking.BACK):
        return DIALOGUE.fire(turn, value)
    return value in REFUSALS and DIALOGUE.fire(turn, "reason", value)
