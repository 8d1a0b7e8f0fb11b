"""A counsellor has left the team: what their people are told, and how somebody takes over."""

from __future__ import annotations

import pytest

from storage import links, teams
from tests.counsellors.acting import KARIM, Room
from tests.counsellors.following import paris


@pytest.fixture
def left(room: Room) -> Room:
    """Nadia, who follows Sofia, has left."""
    room(teams.leave, room.nadia, room.now)
    return room


def said_to_sofia(room: Room, command: str) -> str:
    return "\n".join(each.text for each in room.person_command(command))


def test_nobody_is_named_who_is_not_there_any_more(left: Room) -> None:
    told = said_to_sofia(left, "qui")
    assert "Nadia n'est plus dans l'équipe" in told
    assert "Nadia vous suit" not in told
    labels = [label for each in left.messages for label in each.labels]
    assert "Écrire un message" in labels
    assert not {"Écrire à Nadia", "Qu'on m'appelle"} & set(labels)


def test_no_answer_is_promised_in_the_name_of_who_has_left(left: Room) -> None:
    assert "Nadia n'est plus dans l'équipe" in said_to_sofia(left, "conseiller")
    told = "\n".join(each.text for each in left.tells("Il y a quelqu'un ?"))
    assert left.link.waiting_since is not None
    assert "l'équipe peut le lire" in told
    assert "Nadia répond" not in told


def test_a_call_asked_of_who_has_left_is_not_said_to_be_known(room: Room) -> None:
    room.person_command("qui")
    room(teams.leave, room.nadia, room.now)
    told = "\n".join(each.text for each in room.tap("Qu'on m'appelle"))
    assert "C'est demandé" not in told
    assert "n'est plus dans l'équipe" in told
    assert room.link.human_asked_at is None


def test_private_words_have_nobody_to_go_to_and_are_not_shown_to_others_unasked(left: Room) -> None:
    left(links.save, left.link_id, words_to="private")
    said_to_sofia(left, "conseiller")
    told = left.tells("Pour Nadia seulement")
    assert [each for each in told if "Pour Nadia seulement" in each.text] == []
    assert "n'est pas parti" in told[-1].text
    assert told[-1].labels == ["Envoyer à l'équipe"]


def test_a_colleague_is_shown_how_to_take_over(left: Room) -> None:
    (told,) = left.command("/note vu", KARIM)
    assert "plus personne ne suit" in told.text
    assert "/transferer" in told.text


def test_who_takes_over_somebody_alone_begins_the_next_day(left: Room) -> None:
    left.command("/transferer", KARIM)
    left.press("Karim", KARIM)
    left.press("Pour de bon", KARIM)
    left.press("Pas de lettre", KARIM)
    left.wait_until(paris(25, 12))
    assert left.link.counsellor_id == left.karim


def test_a_cover_that_ends_gives_back_to_nobody(room: Room) -> None:
    room.command("/transferer")
    room.press("Karim")
    room.press("7 jours")
    room.wait_until(paris(25, 12))
    assert room.link.cover_id == room.karim
    room(teams.leave, room.nadia, room.now)
    assert "Écrire à Karim" in [label for each in room.person_command("qui") for label in each.labels]
    told = "\n".join(each.text for each in room.wait_until(paris(3, 12, month=12)))
    assert "Nadia vous suit de nouveau" not in told
    assert "Vous saurez qui prend la suite" in told
    assert "plus personne ne suit Sofia M." in told


def test_who_covered_and_left_is_covered_for_by_nobody(room: Room) -> None:
    room.command("/transferer")
    room.press("Karim")
    room.press("7 jours")
    room.wait_until(paris(25, 12))
    room(teams.leave, room.karim, room.now)
    told = said_to_sofia(room, "qui")
    assert "Karim prend le relais" not in told
    assert "Nadia vous suit" in told


def test_private_words_are_said_to_go_to_whoever_covers(room: Room) -> None:
    room(links.save, room.link_id, words_to="private")
    room.command("/transferer")
    room.press("Karim")
    room.press("7 jours")
    room.wait_until(paris(25, 12))
    assert "Vos messages vont à Karim seulement." in said_to_sofia(room, "qui")
