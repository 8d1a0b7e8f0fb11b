"""When the next daily action comes, in words: said after nearly everything that ends a conversation."""

from __future__ import annotations

from bot.dialogs import in_work, silence
from bot.dialogs.turn import Turn


def next_words(turn: Turn) -> str:
    """ "Prochaine action : demain à 9 h.", or that none will come."""
    if in_work.is_working(turn.person) and turn.person.status == "active":
        return turn.voice("found.no_daily")
    when = next_moment(turn)
    return turn.voice("day.next", when=when) if when else turn.voice("day.no_next")


def next_moment(turn: Turn) -> str | None:
    """ "demain à 9 h"; None while the messages are stopped, or a job was found."""
    person = turn.person
    if person.status in ("stopped", "unreachable") or in_work.is_working(person):
        return None
    now = turn.now
    if person.status == "paused" and person.paused_until:
        now = max(now, person.paused_until)
    due = silence.next_due(turn.profile, now, person.last_push, person.unanswered)
    if due is None:
        return None
    return turn.voice.moment(due.astimezone(turn.local_now.tzinfo), turn.today)
