"""`/qui`: who follows the person, who reads what, and what can be changed about it."""

from __future__ import annotations

from bot.dialogs import access, following
from bot.dialogs.counsellor_buttons import button, toggle_label
from bot.dialogs.following import FollowedBy
from bot.dialogs.replies import Button, Rows
from bot.dialogs.turn import Turn


def words(turn: Turn, link: FollowedBy) -> str:
    """Who follows the person, who reads, what is shown, where their words go."""
    voice = turn.voice
    key = "counsellor.who_gone" if link.gone else "counsellor.who"
    lines = [voice(key, who=link.counsellor, day=voice.date(link.linked_on), receipt=link.receipt)]
    if link.cover and link.cover_until:
        lines.append(voice("counsellor.covered", who=link.cover, day=voice.date(link.cover_until)))
    if link.back is not None and not link.gone:
        lines.append(voice("counsellor.back", who=link.who, when=voice.moment(link.back, turn.today)))
    lines.append(voice("counsellor.readers", members=voice.listing(list(link.members))))
    if not (link.gone and link.words_to == "private"):
        lines.append(voice(f"counsellor.words.{link.words_to}", who=link.who))
    seen = [voice(f"counsellor.line.{line}") for line in link.shown]
    lines.append(voice("counsellor.sees", seen=voice.listing([voice("counsellor.line.name"), *seen])))
    lines.append(voice("counsellor.never"))
    return "\n".join(lines)


def rows(turn: Turn, link: FollowedBy) -> Rows:
    """What can be done about it."""
    voice = turn.voice
    toggles = tuple(
        button(toggle_label(voice, line, shown=line in link.shown), f"show_{line}_{link.link}")
        for line in following.LINES
    )
    other = "private" if link.words_to == "topic" else "topic"
    return (
        *((button,) for button in _reach(turn, link)),
        toggles[:2],
        toggles[2:],
        (button(voice(f"counsellor.to.{other}"), f"to_{other}_{link.link}"), access.button(turn)),
        (button(voice("counsellor.button.leave"), f"leave_{link.link}"),),
    )


def _reach(turn: Turn, link: FollowedBy) -> tuple[Button, ...]:
    """To write, and to be called; who has left calls nobody, and what is written is read by the team."""
    voice = turn.voice
    if link.gone:
        return (button(voice("counsellor.button.write_gone"), f"write_{link.link}"),)
    return (
        button(voice("counsellor.button.write", who=link.who), f"write_{link.link}"),
        button(voice("counsellor.button.call_me"), f"call_{link.link}"),
    )
