"""Applications told in passing: a sentence ("postulé chez Darty comme vendeuse hier"), a link, a forwarded message."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.advice.applications import Application, Channel, State, newest_first
from bot.dialogs import board, board_kept
from bot.dialogs.board_words import kept_name, name_of, state_of
from bot.dialogs.replies import Reply
from bot.dialogs.turn import Turn
from bot.sources.plain import plain
from bot.understanding import application_ways, applications, board_said
from bot.understanding.application_ways import linked
from bot.understanding.refusals import refusal_told

LONGEST_SENTENCE = 40
"""Words; who writes more tells a story. A link may stand in a longer text."""
LONG_AGO = timedelta(days=300)
"""A day without its year that would be so far back is the coming one."""
LONGEST_FORWARD = 2000
"""Characters of a forwarded message that are looked at."""


def heard(turn: Turn, text: str) -> bool:
    """A sentence or a link that tells of an application of a named employer or job; False when it tells of none.

    A refusal is noted in passing: the words that answer it are said by the routine for setbacks.
    """
    link = linked(text)
    if link is not None:
        return _linked(turn, link)
    if len(text.split()) > LONGEST_SENTENCE:
        return False
    told = applications.application(text, turn.today, is_job=turn.is_job)
    company, job = kept_name(told.company), kept_name(told.job)
    if told.status is None or not (company or job):
        return False
    former = same(turn, company, job)
    if told.status is applications.Status.REFUSED:
        return _refused(turn, text, former)
    if former is not None and application_ways.followed_up(text):
        board_kept.keep(turn, replace(former, followed=told.date or turn.today))
        turn.tell("board.noted_follow_up", name=name_of(turn.voice, former))
        return True
    state, day = _of_this_year(State(told.status), told.date, text, turn.today)
    if day is None and state is not State.INTERVIEW:
        day = turn.today
    channel = _channel(application_ways.way(text))
    _note(turn, former, Application(0, turn.today, state, {state: day} if day else {}, company, job, channel))
    return True


def _of_this_year(state: State, day: date | None, text: str, today: date) -> tuple[State, date | None]:
    """ "Postulé le 3 décembre", said in November: that day is ahead, and nobody means last year's."""
    if state is not State.SENT or day is None or today - day < LONG_AGO or str(day.year) in text:
        return state, day
    return State.TODO, day + relativedelta(years=1)


def note_hired(turn: Turn, text: str) -> None:
    """Words that told of a job found: the application that led to it, where it is on the board, is an offer now."""
    told = applications.application(text, turn.today, is_job=turn.is_job)
    company, job = kept_name(told.company), kept_name(told.job)
    if told.status is not applications.Status.OFFER or not (company or job):
        return
    former = same(turn, company, job)
    if former is not None:
        board_kept.change(turn, former, former.moved(State.OFFER, turn.today))


def unnamed(turn: Turn, text: str) -> bool:
    """ "J'ai postulé" and no more: it is kept, and the employer asked for. False when it tells of nothing sent."""
    if len(text.split()) > LONGEST_SENTENCE:
        return False
    told = applications.application(text, turn.today, is_job=turn.is_job)
    if told.status is not applications.Status.SENT or application_ways.followed_up(text):
        return False
    if board_said.counts_several(text):
        turn.tell("board.several")
        return True
    way = _channel(application_ways.way(text))
    board.ask_name(turn, State.SENT, day=told.date or turn.today, channel=way)
    return True


def forwarded(turn: Turn, text: str) -> bool:
    """A forwarded advert or an employer's message: kept as one to do, with the buttons to say better; False when it
    names neither an employer nor a job nor a page.
    """
    text = text[:LONGEST_FORWARD]
    link = linked(text)
    company, job = (kept_name(part) for part in application_ways.advert(text, turn.is_job))
    if link is None and not (company or job):
        return False
    former = same(turn, company, job) if company else None
    if former is not None:  # the employer of an application writes back
        _show(turn, former, turn.voice("board.forwarded_known"))
        return True
    place = link.link if link else None
    way = application_ways.way_of_link(place) if place else application_ways.way(text)
    one = board_kept.add(
        turn,
        State.TODO,
        day=turn.today,
        company=company,
        job=job,
        channel=_channel(way),
        place=place,
    )
    _show(turn, one, turn.voice("board.forwarded"))
    return True


def _show(turn: Turn, one: Application, lead: str) -> None:
    title = name_of(turn.voice, one)
    state = state_of(turn.voice, one)
    text = f"{lead}\n{state[0].upper()}{state[1:]}."
    turn.say(Reply(text, title=title, buttons=board.move_rows(turn, one)))


def _linked(turn: Turn, link: application_ways.Linked) -> bool:
    """A link, with or without words: to do, unless the words say otherwise."""
    told = applications.application(link.words, turn.today, is_job=turn.is_job)
    if len(link.words.split()) > LONGEST_SENTENCE:
        return forwarded(turn, f"{link.words} {link.link}")
    if told.status is applications.Status.REFUSED:
        return False
    state = State(told.status) if told.status else State.TODO
    day = told.date or (None if state is State.INTERVIEW else turn.today)
    company, job = kept_name(told.company), kept_name(told.job)
    if not (company or job) and link.words:
        company, job = (kept_name(part) for part in application_ways.advert(link.words, turn.is_job))
    former = next((one for one in turn.board if one.place == link.link), None)
    channel = _channel(application_ways.way(link.words) or application_ways.way_of_link(link.link))
    if former is None and not (company or job):
        board.ask_name(turn, state, day=day, channel=channel, place=link.link)
        return True
    days = {state: day} if day else {}
    _note(turn, former, Application(0, turn.today, state, days, company, job, channel, link.link))
    return True


def _note(turn: Turn, former: Application | None, told: Application) -> None:
    """A new application, or one that is known in the state that was told; said back."""
    board.say_noted(turn, noted(turn, former, told))


def noted(turn: Turn, former: Application | None, told: Application) -> Application:
    if former is None:
        return board_kept.add(
            turn,
            told.state,
            day=told.days.get(told.state),
            company=told.company,
            job=told.job,
            channel=told.channel,
            place=told.place,
        )
    changed = replace(
        former,
        company=former.company or told.company,
        job=former.job or told.job,
        channel=told.channel or former.channel,
        place=former.place or told.place,
        state=told.state,
        days={**former.days, **told.days},
        prompts=former.prompts if former.state is told.state else 0,
        wanted=former.wanted or former.state is not told.state,
    )
    board_kept.change(turn, former, changed)
    return changed


def _refused(turn: Turn, text: str, former: Application | None) -> bool:
    """Noted where the application is known; of an employer that is not on the board, nothing is kept."""
    if former is None or not refusal_told(text, turn.today):
        return False
    noted = former.moved(State.REFUSED, turn.today)
    board_kept.change(turn, former, noted)
    voice = turn.voice
    turn.lead.append(voice("board.noted", name=name_of(voice, noted), state=state_of(voice, noted)))
    return False


def same(turn: Turn, company: str | None, job: str | None) -> Application | None:
    """The application that is meant, among those that are not over: of that employer, and not of another job."""
    open_ones = [one for one in newest_first(turn.board) if one.state is not State.REFUSED]
    for one in open_ones:
        if company and one.company and board_kept.is_close(one.company, company) and _agree(one.job, job):
            return one
    if company:
        return None
    same_job = [one for one in open_ones if one.job and job and plain(one.job) == plain(job)]
    return same_job[0] if len(same_job) == 1 else None


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or plain(one) == plain(other)


def _channel(way: str | None) -> Channel | None:
    """The channel of the advice behind a way that words named."""
    return Channel(way) if way in set(Channel) else None
