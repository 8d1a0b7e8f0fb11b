"""What a turn has to do with the person's counsellors: to offer a call, and to ask for one."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.counsellors import asking
from bot.dialogs import call_me
from bot.dialogs.effects import AskForCall, OfferCall
from bot.dialogs.turn import Turn
from storage import links


def carry_out(
    conn: Connection, person_id: str, turn: Turn, effect: OfferCall | AskForCall, now: datetime
) -> None:
    """Say what there is to say: an offer for each counsellor, or what became of the wish."""
    if isinstance(effect, OfferCall):
        for link in links.of_person(conn, person_id):
            counsellor = asking.who_acts(conn, link, now)
            if counsellor is not None:
                call_me.offer(turn, link.id, counsellor.name)
        return
    asked = asking.for_call(conn, person_id, effect.link, now)
    if asked is None:
        call_me.nobody(turn)
        return
    later = asked.at is not None and asked.at > now
    local = asked.at.astimezone(ZoneInfo(turn.profile.time_zone)) if later and asked.at else None
    call_me.asked(turn, asked.counsellor, local and local.replace(tzinfo=None))
