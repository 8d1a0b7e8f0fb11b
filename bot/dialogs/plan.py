"""The plan of an action: when, where, what may get in the way, and what then. Four taps at most, each skippable."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.dialogs import answers, asking
from bot.dialogs.answers import Intent
from bot.dialogs.effects import SavePlan
from bot.dialogs.machine import Dialogue, Row, Step
from bot.dialogs.replies import Reply
from bot.dialogs.texts import Voice
from bot.dialogs.turn import ActionView, PlanView, Turn

PLACES = ("home", "library", "outside", "agency")
OBSTACLES = ("tired", "no_time", "phone", "forget")
FALLBACKS = ("short", "tomorrow", "someone")
OWN_WORDS = "own:"
"""Marks words that the person typed, as against one of the codes above."""
_NEXT = {"when": "where", "where": "obstacle", "obstacle": "fallback", "fallback": "set"}


def begin(turn: Turn, action: ActionView) -> bool:
    """Start planning an open action."""
    DIALOGUE.enter(turn, "when", action=action.id)
    return True


def _moments(turn: Turn) -> dict[str, datetime]:
    """The moments offered, by code, in the person's wall clock."""
    now = turn.local_now.replace(tzinfo=None, second=0, microsecond=0)
    tomorrow = now.date() + timedelta(days=1)
    offered = {"now": now}
    if now.hour < 22:
        offered["hour"] = now + timedelta(hours=1)
    if now.time() < time(17):
        offered["evening"] = datetime.combine(now.date(), time(18))
    offered["morning"] = datetime.combine(tomorrow, time(10))
    offered["afternoon"] = datetime.combine(tomorrow, time(14))
    return offered


def _ask(step: Step) -> None:
    turn, voice = step.turn, step.turn.voice
    codes: tuple[str, ...] = {"where": PLACES, "obstacle": OBSTACLES, "fallback": FALLBACKS}.get(
        step.state, ()
    )
    if step.state == "when":
        buttons = [
            DIALOGUE.button(_moment_label(turn, code, at), code, "when")
            for code, at in _moments(turn).items()
        ]
    else:
        buttons = [DIALOGUE.button(voice(f"plan.{step.state}.{code}"), code, step.state) for code in codes]
    skip = (
        DIALOGUE.button(
            voice("plan.enough" if step.state != "when" else "plan.no_plan"), asking.SKIP, step.state
        ),
    )
    turn.say(Reply(_question(step), buttons=(*asking.rows_of(buttons, 2), skip)))


def _moment_label(turn: Turn, code: str, at: datetime) -> str:
    if code in ("now", "hour"):
        return turn.voice(f"plan.when.{code}")
    return turn.voice.moment(at, turn.today)


def _question(step: Step) -> str:
    return step.turn.voice(
        f"plan.{step.state}.ask",
        obstacle=clause(step.turn.voice, "obstacle", step.data.get("obstacle")) or "",
    )


def _keep(step: Step) -> None:
    step.data[step.state] = step.answer


def _set(step: Step) -> None:
    """Save the plan and quote it back."""
    turn, data = step.turn, step.data
    if not data.get("when"):
        turn.tell("plan.without")
    else:
        view = PlanView(
            datetime.fromisoformat(data["when"]),
            data.get("where"),
            data.get("obstacle"),
            data.get("fallback"),
        )
        ahead = view.local_when > turn.local_now.replace(tzinfo=None) + timedelta(minutes=1)
        turn.do(
            SavePlan(data["action"], view.local_when, view.place, view.obstacle, view.fallback, recall=ahead)
        )
        turn.tell(
            "plan.noted" if ahead else "plan.noted_now",
            quote=quote(turn.voice, view, turn.local_now.replace(tzinfo=None)),
        )
    DIALOGUE.close(turn)


def clause(voice: Voice, kind: str, value: str | None) -> str | None:
    """A part of the plan as it reads inside a sentence; the person's own words in quotes."""
    if not value:
        return None
    if value.startswith(OWN_WORDS):
        return voice("plan.own_words", words=value[len(OWN_WORDS) :])
    return voice(f"plan.{kind}.{value}_clause")


def quote(voice: Voice, plan: PlanView, now: datetime) -> str:
    """The plan in one or two sentences: "demain à 10 h, à la médiathèque. Et si la fatigue gagne, ..."."""
    place = clause(voice, "where", plan.place)
    day = (
        voice.moment(plan.local_when, now.date())
        if plan.local_when.date() >= now.date()
        else voice.date(plan.local_when.date())
    )
    text = f"{day}, {place}." if place else f"{day}."
    obstacle, fallback = clause(voice, "obstacle", plan.obstacle), clause(voice, "fallback", plan.fallback)
    if obstacle and fallback:
        text += " " + voice("plan.if_then", obstacle=obstacle, fallback=fallback)
    return text


DIALOGUE = Dialogue(
    "plan",
    states=dict.fromkeys(_NEXT, (_ask,)) | {"set": (_set,)},
    rows=(
        *(Row("answer", state, following, (), (_keep,)) for state, following in _NEXT.items()),
        Row("skip", tuple(_NEXT), "set"),
    ),
    initial="when",
)


def press(turn: Turn, value: str) -> bool:
    """A button of the plan; False when it fits nothing."""
    if "plan" not in turn.person.dialogues:
        return False
    place = DIALOGUE.open(turn)
    step = Step(place.state, turn, place)
    if value == asking.SKIP:
        asking.answered(turn, _question(step), turn.voice("plan.enough"))
        return DIALOGUE.fire(turn, "skip")
    if place.state == "when":
        at = _moments(turn).get(value)
        if at is None:
            return False
        asking.answered(turn, _question(step), _moment_label(turn, value, at))
        return DIALOGUE.fire(turn, "answer", at.isoformat())
    known = {"where": PLACES, "obstacle": OBSTACLES, "fallback": FALLBACKS}.get(place.state, ())
    if value not in known:
        return False
    asking.answered(turn, _question(step), turn.voice(f"plan.{place.state}.{value}"))
    return DIALOGUE.fire(turn, "answer", value)


def typed(turn: Turn, text: str) -> bool:
    """Typed words for the current part of the plan; False when a moment is not understood."""
    place = DIALOGUE.open(turn)
    if answers.intent(text) in (Intent.SKIP, Intent.BACK, Intent.NOTHING):
        return DIALOGUE.fire(turn, "skip")
    if place.state == "when":
        at = answers.moment(text, turn.local_now)
        if at is None:
            turn.lead.append(turn.voice("plan.when.unclear"))
            DIALOGUE.repeat(turn)
            return False
        return DIALOGUE.fire(turn, "answer", at.replace(tzinfo=None).isoformat())
    words = answers.clean(text, 120)
    return bool(words) and DIALOGUE.fire(turn, "answer", OWN_WORDS + words)
