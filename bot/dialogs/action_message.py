"""How an action reads: why it is theirs, its minutes, the first step, and the text that does the hardest part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.advice.items import Action
from bot.dialogs import plan, reasons, standing
from bot.dialogs.replies import Button, ButtonMaker, Reply, Rows
from bot.dialogs.texts import Voice
from bot.dialogs.turn import ActionView, PlanView, Turn, words_known

BUTTON = ButtonMaker("day")
"""Makes the buttons of the answers to an action; their step is the action's id."""
REASONS_SHOWN = 1
"""Reasons in the daily message; all of them are under /pourquoi."""


def compose(
    turn: Turn, action: Action, because: Iterable[str], *, easier: bool = False, author: str | None = None
) -> Reply:
    """The message of an action, or of its easier variant; without buttons.

    `author`: a counsellor chose it. It may then ask for what the person never told: a blank stands there.
    """
    voice = turn.voice
    wording = action.wording(turn.person.language)
    known = words_known(turn.profile, voice, blanks=author is not None)
    lines = [voice("assigned.yours", who=author)] if author else []
    why = reasons.because(turn, because, REASONS_SHOWN)
    if why and not easier:
        lines.append(why)
    minutes = action.easier_minutes if easier else action.minutes
    if easier:  # alone, "write down their number" does not say whose
        lines.append(voice("day.short_of", action=voice.render(wording.text, **known)))
    else:
        lines.append(voice("day.first_step", step=voice.render(wording.first, **known)))
    lines.append(voice("day.minutes", n=minutes))
    payload = (
        voice.render(wording.payload, **words_known(turn.profile, voice, blanks=True))
        if wording.payload
        else None
    )
    text = wording.easier if easier else wording.text
    return Reply(
        "\n".join(lines),
        title=voice.render(text, **known),
        payload=payload,
        buttons=_links(voice, action),
    )


def of_view(turn: Turn, view: ActionView) -> Reply | None:
    """The message of an action that the person has, without its answers; None when it has left the catalogue."""
    if view.own_words is not None:
        yours = turn.voice("assigned.yours", who=view.author) if view.author else turn.voice("own.yours")
        return Reply(yours, title=view.own_words)
    item = standing.item_of(turn, view)
    return None if item is None else compose(turn, item, view.reasons, easier=view.easier, author=view.author)


def _links(voice: Voice, action: Action) -> tuple[tuple[Button, ...], ...]:
    return ((Button(voice("day.open_link"), url=action.link),),) if action.link else ()


def with_buttons(reply: Reply, buttons: tuple[tuple[Button, ...], ...]) -> Reply:
    """The same message with more rows of buttons under its own."""
    return replace(reply, buttons=(*reply.buttons, *buttons))


def close_pressed(turn: Turn, view: ActionView, note: str) -> None:
    """The pressed message stays as the action, with what was answered in the place of its buttons."""
    shown = of_view(turn, view) if turn.on_message else None
    if shown is not None:
        turn.say(replace(shown, buttons=(), footer=note, replace=True))


def answer_row(voice: Voice, action_id: int | str, *verbs: str) -> tuple[Button, ...]:
    """Some answers to an action, in one row."""
    return tuple(BUTTON(voice(f"day.button.{verb}"), verb, str(action_id)) for verb in verbs)


def answers(voice: Voice, action_id: int | str, *, easier: bool = False) -> tuple[tuple[Button, ...], ...]:
    """The answers to an action: done, plan, later; easier (unless it is already), not for me, stuck."""
    others = ("refuse", "stuck") if easier else ("easier", "refuse", "stuck")
    return (answer_row(voice, action_id, "done", "plan", "later"), answer_row(voice, action_id, *others))


def answers_to(voice: Voice, view: ActionView) -> Rows:
    """The answers to an action that the person has; their own one has no variant and no reason against it."""
    if view.author is not None:
        return assigned_answers(voice, view.id, varied=view.own_words is None and not view.easier)
    if view.own_words is None:
        return answers(voice, view.id, easier=view.easier)
    return own_answers(voice, view.id)


def own_answers(voice: Voice, action_id: int | str) -> Rows:
    """The answers to the person's own action."""
    others = answer_row(voice, action_id, "change", "stuck")
    return (answer_row(voice, action_id, "done", "plan", "later"), others)


def assigned_answers(voice: Voice, action_id: int | str, *, varied: bool) -> Rows:
    """The answers to a counsellor's action; words of theirs have no easier variant."""
    return answers(voice, action_id, easier=not varied)


def easier_of(view: ActionView) -> ActionView:
    """The same action in its easier variant."""
    return replace(view, easier=True)


def recall(turn: Turn, view: ActionView, made: PlanView) -> Reply | None:
    """The plan quoted back at its moment, with a "done?" prompt; None when the action has left the catalogue."""
    voice, shown = turn.voice, of_view(turn, view)
    if shown is None:
        return None
    verbs = ("done", "not_yet") if view.easier or view.own_words else ("done", "not_yet", "easier")
    quoted = plan.quote(voice, made, turn.local_now.replace(tzinfo=None))
    return replace(
        shown,
        text=voice("plan.recall", quote=quoted),
        buttons=(*shown.buttons, answer_row(voice, view.id, *verbs)),
    )
