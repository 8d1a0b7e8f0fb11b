"""A team with a counsellor and somebody whom they follow, straight in the database."""

from dataclasses import dataclass

from storage import links, teams
from storage.links import LinkRow
from tests.storage.making import NOW, Room


@dataclass(frozen=True, slots=True)
class Following:
    """A team, its counsellor, and the link of the person whom they follow."""

    id: str
    counsellor_id: int
    person_id: str
    link: LinkRow


def follow(room: Room, telegram_id: int = 1001, name: str = "Centre") -> Following:
    """A new team of this name that follows a new person of this Telegram id."""
    team_id, _ = room(teams.create_team, name, NOW, language="fr", time_zone="Europe/Paris")
    counsellor_id, code = room(teams.add_counsellor, team_id, "Nadia")
    room(teams.join, code, 9_000_000 + telegram_id, NOW)
    person_id = room.person(telegram_id)
    return Following(team_id, counsellor_id, person_id, link_with(room, team_id, counsellor_id, person_id))


def link_with(room: Room, team_id: str, counsellor_id: int, person_id: str) -> LinkRow:
    """The person agrees to be followed by that counsellor of that team."""
    return room(
        links.create,
        person_id,
        team_id,
        counsellor_id,
        NOW,
        shown=["action", "activity", "rhythm", "appointment"],
        initial="M",
        words_to="topic",
    )
