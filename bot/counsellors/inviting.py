"""What a counsellor does for the team as a whole: help, who is in it, invitations, and a person's card again."""

from __future__ import annotations

from bot.counsellors import card, members
from bot.counsellors.group_text import CounsellorName, Secret, lines, said
from bot.counsellors.turn import GroupTurn
from storage import links, teams


def help_message(turn: GroupTurn, argument: str) -> None:
    """`/aide`: what can be done here."""
    turn.answer(lines(said("team.help"), said("team.help_messages")))


def show_team(turn: GroupTurn, argument: str) -> None:
    """`/equipe`: who is in the team, and how many people it follows."""
    listed = [
        said("team.member", who=CounsellorName(one.name)) for one in teams.members(turn.conn, turn.team.id)
    ]
    count = len(links.of_team(turn.conn, turn.team.id))
    turn.answer(lines(said("team.members", team=members.team_name(turn.team), n=count), *listed))


def invite(turn: GroupTurn, argument: str) -> None:
    """`/inviter`: a link and its QR code, in the counsellor's private chat only: whoever has it can use it."""
    if not turn.in_private:
        turn.answer(said("team.invite_in_private"))
        return
    address = f"https://t.me/{turn.world.username}?start={members.invite(turn)}"
    turn.desk.say(
        said("team.invitation", link=Secret(address), days=members.INVITATION_DAYS),
        picture={"kind": "qr", "link": address},
    )


def show_card(turn: GroupTurn, argument: str) -> None:
    """`/fiche` in a topic, or in answer to a person's message: what the card says, here; the pinned one is renewed."""
    if turn.link is None:
        turn.answer(said("group.no_such_person"))
        return
    turn.note(turn.link, "card opened")
    links.want_card(turn.conn, turn.link.id, turn.now)
    facts = card.facts_of(turn.conn, turn.link, turn.team, turn.now)
    if facts is not None:
        turn.answer(card.text_of(facts))
