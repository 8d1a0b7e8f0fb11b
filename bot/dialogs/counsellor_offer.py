"""The offer to be followed, as the person sees it before they choose, and the receipt of their yes."""

from __future__ import annotations

from bot.dialogs import following
from bot.dialogs.counsellor_buttons import button, toggle_label
from bot.dialogs.effects import AgreeToTeam
from bot.dialogs.following import FollowedBy
from bot.dialogs.machine import Step
from bot.dialogs.replies import Reply, Rows
from bot.dialogs.turn import Turn


def not_valid(turn: Turn) -> None:
    """The invitation was used, or its time is over."""
    turn.tell("counsellor.not_valid")


def preview(step: Step) -> None:
    """The preview: the card as it would be, who reads it, where words go; each can be changed."""
    turn, data = step.turn, step.data
    one = turn.invitation
    if one is None:
        not_valid(turn)
        return
    voice = turn.voice
    shown = set(data.get("shown", ()))
    name = following.name_of(turn.profile.first_name, str(data.get("initial", "")))
    card = [name, *(text for line, text in one.card if line in shown)]
    text = voice(
        "counsellor.preview",
        who=one.counsellor,
        team=one.team,
        members=voice.listing(list(one.members)),
        card="\n".join(card),
        words=voice(f"counsellor.words.{data.get('words_to', 'topic')}", who=one.counsellor),
    )
    title = voice("counsellor.preview_title")
    turn.say(Reply(text, title=title, buttons=_choices(turn, data), replace=turn.on_message))


def _choices(turn: Turn, data: dict[str, object]) -> Rows:
    voice = turn.voice
    shown = data.get("shown")
    kept = set(shown) if isinstance(shown, list) else set()
    toggles = tuple(
        button(toggle_label(voice, line, shown=line in kept), f"line_{line}") for line in following.LINES
    )
    other = "private" if data.get("words_to") == "topic" else "topic"
    return (
        toggles[:2],
        toggles[2:],
        (
            button(voice(f"counsellor.to.{other}"), "words"),
            button(
                voice(
                    "counsellor.button.no_initial" if data.get("initial") else "counsellor.button.add_initial"
                ),
                "initial",
            ),
        ),
        (button(voice("counsellor.button.yes"), "yes"), button(voice("counsellor.button.no"), "no")),
    )


def toggle_line(step: Step) -> None:
    """Take a line out of the card, or put it back."""
    shown = [line for line in step.data.get("shown", []) if line != step.answer]
    if len(shown) == len(step.data.get("shown", [])):
        shown.append(str(step.answer))
    step.data["shown"] = [line for line in following.LINES if line in shown]


def other_words(step: Step) -> None:
    """The person's own words go to the team's topic, or to the counsellor alone."""
    step.data["words_to"] = "private" if step.data.get("words_to") == "topic" else "topic"


def has_initial(step: Step) -> bool:
    """Whether an initial is shown."""
    return bool(step.data.get("initial"))


def drop_initial(step: Step) -> None:
    """It is not shown."""
    step.data["initial"] = ""


def agree(step: Step) -> None:
    """The yes."""
    turn, data = step.turn, step.data
    turn.do(
        AgreeToTeam(
            str(data.get("invitation", "")),
            tuple(data.get("shown", ())),
            str(data.get("words_to", "topic")),
            str(data.get("initial", "")),
        )
    )
    data.clear()  # the invitation is used by this


def agreed(turn: Turn, link: FollowedBy | None) -> None:
    """Said by the shell once the yes was recorded; None: the invitation was used or has ended meanwhile."""
    if link is None:
        not_valid(turn)
        return
    voice = turn.voice
    text = voice(
        "counsellor.receipt",
        receipt=link.receipt,
        day=f"{voice.date(turn.today)} {turn.today.year}",
        who=link.counsellor,
        team=link.team,
        n=link.answer_days,
    )
    write = button(voice("counsellor.button.write", who=link.counsellor), f"write_{link.link}")
    turn.say(
        Reply(text, title=voice("counsellor.receipt_title"), buttons=((write,),), replace=turn.on_message)
    )


def decline(step: Step) -> None:
    """The no."""
    turn = step.turn
    step.data.clear()
    turn.say(Reply(turn.voice("counsellor.declined"), replace=turn.on_message))
