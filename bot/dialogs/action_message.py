"""How an action reads: the action, why it is theirs, its minutes, the first step, and the text that does the hardest part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.advice.items import Action
from bot.dialogs import reasons
from bot.dialogs.machine import Dialogue
from bot.dialogs.replies import Button, Reply
from bot.dialogs.texts import Voice
from bot.dialogs.turn import ActionView, PlanView, Turn, words_known

REASONS_SHOWN = 1
"""Reasons in the daily message; all of them are under /pourquoi."""


def compose(turn: Turn, action: Action, because: Iterable[str], *, easier: bool = False) -> Reply:
    """The message of an action, or of its easier variant; without buttons."""
    voice = turn.voice
    wording = action.wording(turn.person.language)
    known = words_known(turn.profile, voice)
    lines = []
    why = reasons.because(turn, because, REASONS_SHOWN)
    if why and not easier:
        lines.append(why)
    minutes = action.easier_minutes if easier else action.minutes
    if not easier:
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


def _links(voice: Voice, action: Action) -> tuple[tuple[Button, ...], ...]:
    return ((Button(voice("day.open_link"), url=action.link),),) if action.link else ()


def with_buttons(reply: Reply, buttons: tuple[tuple[Button, ...], ...]) -> Reply:
    """The same message with more rows of buttons under its own."""
    return replace(reply, buttons=(*reply.buttons, *buttons))


def closed(reply: Reply, note: str) -> Reply:
    """The same message once answered: no buttons, a short note at its end, edited in place."""
    return replace(reply, buttons=(), footer=note, replace=True)


def answers_row(dialogue: Dialogue, voice: Voice, token: str) -> tuple[tuple[Button, ...], ...]:
    """The answers to an action: done, plan, later; easier, not for me, stuck."""

    def row(*verbs: str) -> tuple[Button, ...]:
        return tuple(dialogue.button(voice(f"day.button.{verb}"), verb, token) for verb in verbs)

    return (row("done", "plan", "later"), row("easier", "refuse", "stuck"))


def recall(turn: Turn, action: Action, view: ActionView, plan: PlanView, dialogue: Dialogue) -> Reply:
    """The plan quoted back at its moment, with a "done?" prompt."""
    from bot.dialogs.plan import quote

    voice = turn.voice
    shown = compose(turn, action, (), easier=view.easier)
    verbs = ("done", "not_yet", "easier")
    buttons = tuple(dialogue.button(voice(f"day.button.{verb}"), verb, str(view.id)) for verb in verbs)
    return replace(
        shown,
        text=voice("plan.recall", quote=quote(voice, plan, turn.local_now.replace(tzinfo=None)))
        + "\n"
        + shown.text.splitlines()[-1],
        buttons=(*shown.buttons, buttons),
    )
