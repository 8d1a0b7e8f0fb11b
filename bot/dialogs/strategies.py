"""Three to five directions, each with its reasons; accepted, kept for later, or refused with a reason."""

from __future__ import annotations

from datetime import timedelta

from bot.advice.past import REFUSED_STRATEGY_DAYS
from bot.advice.strategies import rank_strategies
from bot.dialogs import reasons
from bot.dialogs.effects import AnswerStrategy
from bot.dialogs.machine import Callback, Dialogue, Row, Step
from bot.dialogs.replies import Reply
from bot.dialogs.turn import Turn

REFUSALS = ("tried", "not_now", "not_me", "other")


def show(turn: Turn) -> None:
    """The list, as it is today."""
    turn.person.dialogues.pop("strategies", None)
    DIALOGUE.open(turn)
    DIALOGUE.repeat(turn)


def _list(step: Step) -> None:
    _show_list(step, replace=False)


def _show_list(step: Step, *, replace: bool) -> None:
    turn, voice = step.turn, step.turn.voice
    answered = step.data.get("answers", {})
    shown: list[str] = step.data.get("shown") or _ranked(turn)
    step.data["shown"] = shown
    if not shown:
        turn.say(
            Reply(voice("strategies.none_left", operator=turn.world.operator, contact=turn.world.contact))
        )
        return
    lines, rows = [], []
    for strategy_id in shown:
        pitch = turn.world.catalogue.strategy(strategy_id).wording(turn.person.language)
        state = answered.get(strategy_id) or _state_before(turn, strategy_id)
        mark = voice(f"strategies.mark.{state}") if state else ""
        lines.append(f"• {voice.render(pitch.title)}{mark}\n{voice.render(pitch.text)}")
        rows.append((DIALOGUE.button(voice.render(pitch.title), strategy_id, "list"),))
    turn.say(
        Reply(
            "\n\n".join([voice("strategies.intro"), *lines]),
            title=voice("strategies.title"),
            buttons=tuple(rows),
            replace=replace,
        )
    )


def _ranked(turn: Turn) -> list[str]:
    ranked = rank_strategies(turn.facts, turn.diagnosed(), turn.world.catalogue)
    return [strategy.id for strategy in ranked]


def _state_before(turn: Turn, strategy_id: str) -> str | None:
    answer = turn.history.strategies.get(strategy_id)
    return answer.state if answer else None


def _detail(step: Step) -> None:
    turn, voice = step.turn, step.turn.voice
    strategy = turn.world.catalogue.strategy(step.data["id"])
    pitch = strategy.wording(turn.person.language)
    why = next(
        (
            ranked.reasons
            for ranked in rank_strategies(turn.facts, turn.diagnosed(), turn.world.catalogue)
            if ranked.id == strategy.id
        ),
        (),
    )
    lines = [voice.render(pitch.text)]
    because = reasons.because(turn, map(str, why))
    if because:
        lines.append(because)
    row = tuple(
        DIALOGUE.button(voice(f"strategies.button.{verb}"), verb, "detail")
        for verb in ("accept", "later", "refuse")
    )
    back = (DIALOGUE.button(voice("questions.back"), "list", "detail"),)
    turn.say(Reply("\n\n".join(lines), title=voice.render(pitch.title), buttons=(row, back), replace=True))


def _choose(step: Step) -> None:
    step.data["id"] = step.answer


def _answer(state: str) -> Callback:
    def answer(step: Step) -> None:
        _record(step, state)

    answer.__name__ = f"answer_{state}"
    return answer


def _record(step: Step, state: str, reason: str | None = None) -> None:
    until = step.turn.today + timedelta(days=REFUSED_STRATEGY_DAYS) if state == "refused" else None
    strategy_id = step.data["id"]
    step.data["answers"] = step.data.get("answers", {}) | {strategy_id: state}
    step.turn.do(AnswerStrategy(strategy_id, state, reason, until))
    step.turn.lead.append(step.turn.voice(f"strategies.said.{state}"))


def _ask_reason(step: Step) -> None:
    voice = step.turn.voice
    buttons = [DIALOGUE.button(voice(f"strategies.refusal.{code}"), code, "refusing") for code in REFUSALS]
    back = (DIALOGUE.button(voice("questions.back"), "back", "refusing"),)
    step.turn.say(
        Reply(
            voice("strategies.why_not"), buttons=(tuple(buttons[:2]), tuple(buttons[2:]), back), replace=True
        )
    )


def _refuse(step: Step) -> None:
    _record(step, "refused", step.answer)


def _list_again(step: Step) -> None:
    """The list edited in place after an answer; when everything was refused, an honest word and a human."""
    turn = step.turn
    shown: list[str] = step.data.get("shown", [])
    answers = step.data.get("answers", {})
    lead, turn.lead = turn.lead, []
    _show_list(step, replace=True)
    for line in lead:
        turn.say(line)
    if shown and all(answers.get(strategy_id) == "refused" for strategy_id in shown):
        turn.tell("strategies.all_refused", operator=turn.world.operator, contact=turn.world.contact)


DIALOGUE = Dialogue(
    "strategies",
    states={"list": (_list,), "relist": (_list_again,), "detail": (_detail,), "refusing": (_ask_reason,)},
    rows=(
        Row("choose", ("list", "relist"), "detail", (), (_choose,)),
        Row("list", "detail", "relist"),
        Row("accept", "detail", "relist", (), (_answer("accepted"),)),
        Row("later", "detail", "relist", (), (_answer("later"),)),
        Row("refuse", "detail", "refusing"),
        Row("reason", "refusing", "relist", (), (_refuse,)),
        Row("back", "refusing", "detail"),
    ),
    initial="list",
)


def press(turn: Turn, value: str) -> bool:
    """A button of the list or of one strategy; False when it fits nothing."""
    place = DIALOGUE.open(turn)
    if value in ("list", "accept", "later", "refuse", "back"):
        return DIALOGUE.fire(turn, value)
    if place.state == "refusing":
        return value in REFUSALS and DIALOGUE.fire(turn, "reason", value)
    return value in place.data.get("shown", []) and DIALOGUE.fire(turn, "choose", value)
