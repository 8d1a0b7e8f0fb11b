"""What Bob says before an appointment: the eve's brief, and the last reminder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.advice.facts import Outcome
from bot.dialogs import zones
from bot.dialogs.appointment import FOLLOWED, Appointment
from bot.dialogs.turn import Turn, words_known
from bot.sources.plain import plain
from bot.understanding.appointment_places import is_remote

TAKEN: Final = {
    "building": "site", "industry": "site", "maintenance": "site", "logistics": "drive", "transport": "drive",
    "care": "papers", "health": "papers", "social": "papers", "teaching": "papers", "leisure": "papers",
    "security": "papers", "food": "service", "hotel": "service", "retail": "service", "beauty": "service",
    "cleaning": "service", "farming": "site", "digital": "work", "arts": "work", "media": "work", "science": "work",
    "finance": "figures", "law": "figures", "management": "figures", "office": "figures", "sales": "figures",
}  # fmt: skip
"""Domain of the job -> what is good to have with one at an interview (`briefs.take.*`)."""
_MINE = re.compile(r"\b(?:mon|ma|mes|my)\b", re.IGNORECASE)
"""Their "my", which Bob says the other way round."""
EARLY = timedelta(minutes=10)
RECENT = timedelta(days=30)
MOST_NAMED = 2


def name(turn: Turn, one: Appointment) -> str:
    """ "Entretien, chez Lidl"."""
    kind = turn.voice(f"appointments.kind.{one.kind}")
    if one.place is None or _says_no_more(one, kind):
        return kind
    if is_remote(one.place) and len(one.place.split()) == 1:  # "Entretien téléphonique", "Phone interview"
        medium = _MEDIA.get(plain(one.place), "video")
        return turn.voice(f"briefs.by.{medium}", name=kind)
    theirs = _MINE.sub(lambda found: turn.voice(f"briefs.theirs.{found[0].lower()}"), one.place)
    return f"{kind}, {theirs}"


def _says_no_more(one: Appointment, kind: str) -> bool:
    """Whether the words of a place only say again what kind of appointment it is."""
    said = plain(one.place or "")
    if one.kind == "job_centre":
        for known in _JOB_CENTRES:
            said = said.replace(known, "")
    return set(said.split()) <= {*plain(kind).split(), *_SMALL}


_JOB_CENTRES = ("france travail", "pole emploi", "job centre", "jobcentre", "job center", "ft")
_SMALL = frozenset({"a", "au", "avec", "chez", "with", "at", "the", "le", "la", "l"})
_MEDIA = dict.fromkeys(("telephonique", "telephone", "tel", "phone", "call"), "phone")
"""How one meets who is not in the room; all other words for it mean a screen."""


def inline_name(turn: Turn, one: Appointment) -> str:
    """The same in the middle of a sentence."""
    whole = name(turn, one)
    return whole[0].lower() + whole[1:]


def when(turn: Turn, one: Appointment) -> str:
    """ "jeudi à 14 h 30", on the person's wall clock; the one on which it was said too, once that is another."""
    seen = one.seen_in(turn.zone)
    moment = turn.voice.moment(seen, turn.today)
    if seen == one.local_when:
        return moment
    there = turn.voice.hour(one.local_when.time())
    city = zones.city(one.time_zone, turn.person.language)
    return turn.voice("appointments.zones", when=moment, hour=there, city=city)


def hour(turn: Turn, one: Appointment) -> str:
    return turn.voice.hour(one.seen_in(turn.zone).time())


def eve(turn: Turn, tomorrow: Sequence[Appointment]) -> str:
    """The reminder of the eve: the appointments of a day, and the brief of the first that has one."""
    lines = [line(turn, one) for one in tomorrow]
    briefed = next((one for one in tomorrow if has_brief(one)), None)
    return "\n".join(lines if briefed is None else [*lines, "", brief(turn, briefed)])


def line(turn: Turn, one: Appointment) -> str:
    """ "Demain à 14 h 30 : entretien, chez Lidl."."""
    moment = when(turn, one)
    return turn.voice("briefs.line", when=moment[0].upper() + moment[1:], name=inline_name(turn, one))


def soon(turn: Turn, one: Appointment) -> str:
    """The reminder two hours before."""
    return turn.voice("briefs.soon", when=when(turn, one), name=inline_name(turn, one))


def has_brief(one: Appointment) -> bool:
    return one.kind == "interview" or one.kind in FOLLOWED


def brief(turn: Turn, one: Appointment) -> str:
    """What to get ready."""
    return _for_interview(turn, one) if one.kind == "interview" else _for_follow_up(turn, one)


def _for_interview(turn: Turn, one: Appointment) -> str:
    """What to take, the route, one question to prepare; all fitted to the job."""
    voice, domain = turn.voice, _domain(turn)
    remote = is_remote(one.place)
    lines = [voice("briefs.remote")] if remote else [voice(f"briefs.take.{TAKEN.get(domain or '', 'any')}")]
    if not remote:
        arrive = one.seen_in(turn.zone) - EARLY
        lines.append(voice("briefs.route", hour=voice.hour(arrive.time())))
    key = f"briefs.question.{domain}" if domain else "briefs.question.any"
    lines.append(voice("briefs.prepare", question=voice(key)))
    return "\n".join(lines)


def _for_follow_up(turn: Turn, one: Appointment) -> str:
    """What was done, what got stuck, the person's own question."""
    voice, since = turn.voice, turn.today - RECENT
    recent = [past for past in turn.history.actions if past.day >= since]
    done = [past.action_id for past in recent if past.outcome is Outcome.DONE]
    stuck = [past.action_id for past in recent if past.stuck and past.outcome is not Outcome.DONE]
    lines = [voice("briefs.follow_up")]
    if done:
        lines.append(voice("briefs.done", n=len(done)))
        lines += _named(turn, done)
    if stuck:
        lines.append(voice("briefs.stuck"))
        lines += _named(turn, stuck[:1])
    lines.append(
        voice("briefs.question_noted", question=one.question)
        if one.question
        else voice("briefs.question_none")
    )
    return "\n".join(lines)


def _named(turn: Turn, actions: Sequence[str]) -> list[str]:
    """The newest of these actions in the catalogue's words; those that have left it are left out."""
    known = words_known(turn.profile, turn.voice)
    found = []
    for action_id in dict.fromkeys(actions):
        try:
            item = turn.world.catalogue.action(action_id)
        except KeyError:
            continue
        found.append("• " + turn.voice.render(item.wording(turn.person.language).text, **known))
    return found[:MOST_NAMED]


def _domain(turn: Turn) -> str | None:
    """The domain of the person's job; None when it is not known."""
    known = turn.world.occupations.by_code(turn.profile.job_code)
    family = known.group.family if known else None
    return family if family in TAKEN else None
