"""An appointment as a file for any calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.dialogs.appointment import Appointment

NAME = "rendez-vous.ics"
LENGTH = timedelta(hours=1)
"""How long it is said to last: nobody is asked."""


def calendar_file(one: Appointment, summary: str, now: datetime) -> str:
    """The file's text. The same appointment keeps its id, so that a calendar moves or removes it and has no double.

    The instant is in UTC: it says the same in every zone and needs no table of summer times.
    """
    from icalendar import Calendar, Event  # 0.2 s that only those pay who need it

    event = Event()
    event.add("uid", f"{one.uid}@bob")
    event.add("dtstamp", now.replace(microsecond=0))
    event.add("dtstart", one.starts_at)
    event.add("dtend", one.starts_at + LENGTH)
    event.add("summary", summary)
    event.add("sequence", one.sequence)
    event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    if one.place:
        event.add("location", one.place)
    calendar = Calendar()
    calendar.add("prodid", "-//Bob//Bob//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if one.cancelled else "PUBLISH")
    calendar.add_component(event)
    text: str = calendar.to_ical().decode("utf-8")
    return text
