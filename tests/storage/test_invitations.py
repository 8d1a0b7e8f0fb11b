"""Invitations: used once, in their time, kept as digests, and forgotten."""

from datetime import timedelta

from scheduler import retention
from storage import invitations, teams
from storage.privacy import scan
from tests.counsellors.office import WORLD
from tests.storage.making import NOW, Room
from tests.storage.test_following import make_team

A_DAY = timedelta(days=1)


def invited(room: Room, uses: int = 1) -> str:
    _, (nadia,) = make_team(room, "Nadia")
    return str(room(invitations.make, nadia, NOW, NOW + 30 * A_DAY, uses))


def test_it_is_used_as_often_as_it_holds_and_no_longer(room: Room) -> None:
    code = teams.digest(invited(room, uses=2))
    assert [room(invitations.use, code, NOW) for _ in range(3)] == [True, True, False]
    row = room(invitations.of_code, code)
    assert row is not None
    assert row.uses_left == 0


def test_it_ends_with_its_time(room: Room) -> None:
    code = teams.digest(invited(room))
    assert not room(invitations.use, code, NOW + 30 * A_DAY)


def test_it_ends_when_its_counsellor_leaves(room: Room) -> None:
    code = teams.digest(invited(room))
    row = room(invitations.of_code, code)
    assert row is not None
    room(teams.leave, row.counsellor_id, NOW)
    assert room(invitations.of_code, code) is None


def test_the_code_itself_is_nowhere_and_may_be_typed_in_groups(room: Room) -> None:
    code = invited(room)
    assert room(scan, [code]) == []
    assert teams.digest(f" {code[:4].upper()}-{code[4:]} ") == teams.digest(code)


def test_it_is_forgotten_a_month_after_its_time(room: Room) -> None:
    code = teams.digest(invited(room))
    room(retention.tidy, WORLD, NOW + 59 * A_DAY)
    assert room(invitations.of_code, code) is not None
    room(retention.tidy, WORLD, NOW + 61 * A_DAY)
    assert room(invitations.of_code, code) is None
