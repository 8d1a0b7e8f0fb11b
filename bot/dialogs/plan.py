"""The plan of an action: when, where, what may get in the way, and what then. Four taps at most, each skippable."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import pairwise

from bot.dialogs import asking
from bot.dialogs.effects import SavePlan
from bot.dialogs.machine import Dialogue, Row, Step
from bot.dialogs.replies import Button, Reply
from bot.dialogs.standing import is_open
from bot.dialogs.texts import Voice
from bot.dialogs.turn import ActionView, PlanView, Turn
from bot.understanding import choices, hours, intents
from bot.understanding.intents import Intent
from bot.understanding.text import clean

CHOICES = {
    "where": ("home", "library", "outside", "agency"),
    "obstacle": ("tired", "no_time", "phone", "forget"),
    "fallback": ("short", "tomorrow", "someone"),
}
OWN_WORDS = "own:"
"""Marks words that the person typed, as against one of the codes above."""
LONGEST_WORDS = 120
_STEPS = ("when", "where", "obstacle", "fallback")
_FOLLOWING = {"when": "where", "where": "obstacle", "obstacle": "fallback", "fallback": "set"}


def begin(turn: Turn, action: ActionView) -> bool:
    """Start planning an open action."""
    DIALOGUE.enter(turn, "when", action=action.id)
    return True


def drop(turn: Turn, action: int) -> None:
    """The action has ended: so has the planning of it."""
    place = turn.person.dialogues.get(DIALOGUE.name)
    if place is not None and place.data.get("action") == action:
        DIALOGUE.close(turn)


_FIXED = "%Y%m%dT%H%M"
"""How a button bears a wall clock: it means the same thing whenever it is pressed."""
FURTHEST = timedelta(days=31)


def _offered(turn: Turn) -> list[tuple[str, str]]:
    """The moments offered: (label, value of the button)."""
    now = _wall_clock(turn)
    tomorrow = now.date() + timedelta(days=1)
    fixed = [datetime.combine(now.date(), time(18))] if now.time() < time(17) else []
    fixed += [datetime.combine(tomorrow, time(10)), datetime.combine(tomorrow, time(14))]
    offered = [(turn.voice("plan.when.now"), "now")]
    if now.hour < 22:
        offered.append((turn.voice("plan.when.hour"), "hour"))
    return offered + [(_label(turn, at), at.strftime(_FIXED)) for at in fixed]


def _wall_clock(turn: Turn) -> datetime:
    return turn.local_now.replace(tzinfo=None, second=0, microsecond=0)


def _label(turn: Turn, at: datetime) -> str:
    label = turn.voice.moment(at, turn.today)
    return label[0].upper() + label[1:]


def _rounded(at: datetime) -> datetime:
    """Up to the next five minutes: 10:01 is nobody's plan."""
    return at + timedelta(minutes=-at.minute % 5)


def _moment_of(turn: Turn, value: str) -> datetime | None:
    """The wall clock behind a button; None when it has passed, or is not one of ours."""
    now = _wall_clock(turn)
    if value in ("now", "hour"):
        return now if value == "now" else _rounded(now + timedelta(hours=1))
    try:
        at = datetime.strptime(value, _FIXED)  # noqa: DTZ007  (a wall clock)
    except ValueError:
        return None
    return at if now <= at <= now + FURTHEST else None


def _ask(step: Step) -> None:
    turn, voice = step.turn, step.turn.voice
    if step.state == "when":
        buttons = [DIALOGUE.button(label, value, "when") for label, value in _offered(turn)]
    else:
        buttons = [
            DIALOGUE.button(voice(f"plan.{step.state}.{code}"), code, step.state)
            for code in CHOICES[step.state]
        ]
    skip = DIALOGUE.button(_skip_label(step), asking.SKIP, step.state)
    ways: tuple[Button, ...] = (skip,)
    if step.state != "when":
        ways = (DIALOGUE.button(voice("questions.back"), asking.BACK, step.state), skip)
    turn.say(Reply(_question(step), buttons=(*asking.rows_of(buttons, 2), ways)))


def _skip_label(step: Step) -> str:
    return step.turn.voice("plan.no_plan" if step.state == "when" else "plan.enough")


def _question(step: Step) -> str:
    obstacle = clause(step.turn.voice, "obstacle", step.data.get("obstacle"))
    return step.turn.voice(f"plan.{step.state}.ask", obstacle=obstacle or "")


def _keep(step: Step) -> None:
    """Keep this part. From the moment on, the plan is saved with each part: it holds even if the rest is never said."""
    step.data[step.state] = step.answer
    _save(step)


def _save(step: Step) -> PlanView | None:
    """Save what is known of the plan; None without a moment."""
    data = step.data
    if not data.get("when"):
        return None
    at = datetime.fromisoformat(data["when"])
    view = PlanView(at, data.get("where"), data.get("obstacle"), data.get("fallback"))
    step.turn.do(
        SavePlan(
            data["action"], at, view.place, view.obstacle, view.fallback, recall=_is_ahead(step.turn, at)
        )
    )
    return view


def _is_ahead(turn: Turn, at: datetime) -> bool:
    return at > _wall_clock(turn) + timedelta(minutes=1)


def _set(step: Step) -> None:
    """Save the plan and quote it back."""
    turn, view = step.turn, _save(step)
    if view is None:
        turn.tell("plan.without")
    else:
        ahead = _is_ahead(turn, view.local_when)
        said = quote(turn.voice, view, _wall_clock(turn), at_once=not ahead)
        turn.tell("plan.noted" if ahead else "plan.noted_now", quote=said)
    DIALOGUE.close(turn)


def clause(voice: Voice, kind: str, value: str | None) -> str | None:
    """A part of the plan as it reads inside a sentence; the person's own words in quotes."""
    if not value:
        return None
    if value.startswith(OWN_WORDS):
        key = "plan.own_obstacle" if kind == "obstacle" else "plan.own_words"
        return voice(key, words=value[len(OWN_WORDS) :])
    return voice(f"plan.{kind}.{value}_clause") if value in CHOICES[kind] else None


def quote(voice: Voice, plan: PlanView, now: datetime, *, at_once: bool = False) -> str:
    """The plan in one or two sentences: "demain à 10 h, à la médiathèque. Et si la fatigue gagne, ..."."""
    place = clause(voice, "where", plan.place)
    day = voice("plan.when.now").lower() if at_once else voice.moment(plan.local_when, now.date())
    text = f"{day}, {place}." if place else f"{day}."
    obstacle, fallback = clause(voice, "obstacle", plan.obstacle), clause(voice, "fallback", plan.fallback)
    if obstacle and fallback:
        text += " " + voice("plan.if_then", obstacle=obstacle, fallback=fallback)
    return text


DIALOGUE = Dialogue(
    "plan",
    states=dict.fromkeys(_STEPS, (_ask,)) | {"set": (_set,)},
    rows=(
        *(Row("answer", state, following, (), (_keep,)) for state, following in _FOLLOWING.items()),
        Row("skip", _STEPS, "set"),
        *(Row("back", later, earlier) for earlier, later in pairwise(_STEPS)),
    ),
    initial="when",
)


def _is_about_open(turn: Turn) -> bool:
    """Whether the action that is planned is still open; the planning of another one ends here."""
    place = turn.person.dialogues.get(DIALOGUE.name)
    if place is None:
        return False
    view = turn.open_action
    if view is not None and is_open(view) and place.data.get("action") == view.id:
        return True
    DIALOGUE.close(turn)
    return False


def waits_for_moment(turn: Turn) -> bool:
    """Whether the next typed words say when."""
    place = turn.person.dialogues.get(DIALOGUE.name)
    return place is not None and place.state == "when"


def press(turn: Turn, value: str) -> bool:
    """A button of the plan; False when it fits nothing."""
    if not _is_about_open(turn):
        return False
    place = DIALOGUE.open(turn)
    step = Step(place.state, turn, place)
    if value == asking.SKIP:
        asking.answered(turn, _question(step), _skip_label(step))
        return DIALOGUE.fire(turn, "skip")
    if value == asking.BACK:
        return DIALOGUE.fire(turn, "back")
    if place.state == "when":
        at = _moment_of(turn, value)
        if at is None:
            return False
        label = turn.voice(f"plan.when.{value}") if value in ("now", "hour") else _label(turn, at)
        asking.answered(turn, _question(step), label)
        return DIALOGUE.fire(turn, "answer", at.isoformat())
    if value not in CHOICES.get(place.state, ()):
        return False
    asking.answered(turn, _question(step), turn.voice(f"plan.{place.state}.{value}"))
    return DIALOGUE.fire(turn, "answer", value)


def typed(turn: Turn, text: str) -> bool:
    """Typed words for this part of the plan; Bob says so when a moment is not understood. False: not planning."""
    if not _is_about_open(turn):
        return False
    place, said = DIALOGUE.open(turn), intents.intent(text)
    if said is Intent.BACK and DIALOGUE.fire(turn, "back"):
        return True
    if said in (Intent.SKIP, Intent.BACK, Intent.NOTHING, Intent.NO):
        return DIALOGUE.fire(turn, "skip")
    if said in (Intent.DONE, Intent.ANOTHER, Intent.STUCK, Intent.EASIER, Intent.REFUSE):
        DIALOGUE.close(turn)
        return False  # an answer to the action itself
    if place.state == "when":
        return _typed_when(turn, text)
    labels = {code: turn.voice(f"plan.{place.state}.{code}") for code in CHOICES[place.state]}
    words = clean(text, LONGEST_WORDS)
    code = choices.choice(text, labels) if words else None
    if words:
        return DIALOGUE.fire(turn, "answer", code or OWN_WORDS + words)
    turn.lead.append(turn.voice("questions.unclear"))
    DIALOGUE.repeat(turn)
    return True


def _typed_when(turn: Turn, text: str) -> bool:
    at = hours.moment(text, turn.local_now)
    if at is None:
        turn.lead.append(turn.voice("plan.when.unclear"))
        DIALOGUE.repeat(turn)
        return True
    return DIALOGUE.fire(turn, "answer", at.replace(tzinfo=None).isoformat())
