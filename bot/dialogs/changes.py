"""What a changed answer changes: the main obstacle, the open action, the next push; said in three lines at most."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.advice.conditions.parsing import all_true
from bot.advice.facts import Outcome
from bot.advice.profile import JobChoice, Profile, Situation
from bot.dialogs import plan, reasons, standing
from bot.dialogs.effects import CloseAction
from bot.dialogs.next_action import next_words
from bot.dialogs.replies import Reply
from bot.dialogs.turn import Turn
from bot.sources.plain import plain

RHYTHM = ("hour", "days", "time_zone")


def apply(turn: Turn, changed: Profile) -> list[str]:
    """Give the person this profile; returns what follows from it, in two lines at most.

    An open action that no longer fits is withdrawn, not failed.
    """
    before, main_before = turn.profile, turn.diagnosed().main
    turn.profile = changed
    lines = []
    main = turn.diagnosed().main
    if main is not None and main is not main_before:
        lines.append(turn.voice("profile.new_main", name=reasons.obstacle_name(turn, main)))
    if _withdraw_if_unfit(turn):
        lines.append(turn.voice("profile.withdrawn"))
    elif _has_rhythm(turn) and any(getattr(before, name) != getattr(changed, name) for name in RHYTHM):
        lines.append(next_words(turn))
    return lines


def _has_rhythm(turn: Turn) -> bool:
    """Whether daily actions come: not before the first questions are over."""
    place = turn.person.dialogues.get("onboarding")
    return place is None or place.state == "done"


def _withdraw_if_unfit(turn: Turn) -> bool:
    view = turn.open_action
    if view is None or not standing.is_open(view):
        return False
    action = standing.item_of(turn, view)
    if action is None or all_true(action.when, turn.facts) is not False:
        return False
    plan.drop(turn, view.id)
    turn.do(CloseAction(view.id, Outcome.WITHDRAWN))
    turn.open_action = None
    return True


def tell_moved_job(turn: Turn) -> None:
    """Say once, before what this turn says anyway, that the official list has given the person's job another code."""
    profile = turn.profile
    known = turn.world.occupations.by_code(profile.job_code)
    if profile.job_code_before is None or known is None or known.code != profile.job_code:
        return  # or this process has not taken up the new list yet
    line = turn.voice("questions.job.moved", label=known.label(turn.person.language))
    place = next((place for place, reply in enumerate(turn.replies) if not reply.replace), len(turn.replies))
    following = turn.replies[place] if place < len(turn.replies) else None
    if following is None or following.title or following.document:
        turn.replies.insert(place, Reply(line))
    else:
        turn.replies[place] = replace(following, text=f"{line}\n\n{following.text}")
    turn.profile = profile.with_answers(job_code_before=None)


OF_THE_JOB = ("experience_years", "liking", "network")
"""Answers about one job: they say nothing of another."""


def with_answer(profile: Profile, values: dict[str, Any]) -> Profile:
    """A copy with these answers; naming one job ends "several" or "I don't know yet", and its own answers."""
    if values.get("job") and profile.job and plain(values["job"]) != plain(profile.job):
        forgotten: dict[str, Any] = dict.fromkeys(OF_THE_JOB)
        if profile.situation is Situation.FIRST_JOB:
            forgotten["experience_years"] = 0.0
        values = forgotten | values
    if values.get("job") and "job_choice" not in values:
        values = values | {"job_choice": JobChoice.ONE}
    return profile.with_answers(**values)
