"""F1: somebody who deletes everything is found nowhere any more: database, files of Bob, log, the team's group."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from storage import privacy
from tests.e2e.conftest import Home
from tests.e2e.team_room import TeamRoom

NAME = "Ximène-Zoulikha"


@pytest.mark.parametrize("forum", [True, False], ids=["topics", "plain group"])
async def test_with_a_deletion_all_that_a_team_held_goes(
    home: Home, tmp_path: Path, caplog: pytest.LogCaptureFixture, forum: bool
) -> None:
    caplog.set_level(logging.DEBUG)
    room = TeamRoom(home, forum=forum)
    await room.open()
    person = await room.follow(NAME)
    person_id = room.link(person).person_id
    copy = await room.writes(person, "Bonjour, une question")
    room.reply(room.nadia, copy, "Oui ?")
    await room.comes(person.id, "Oui ?")
    room.server.people.send_text(room.nadia.id, "/urgent", room.group)
    await room.settled()
    assert any(NAME in text for text in room.texts(room.group))

    await person.say("/supprimer")
    await person.last()
    await person.press("Oui, tout supprimer")
    await room.comes(person.id, "Tout est supprimé")
    await room.settled()
    await room.settled()

    assert [text for text in room.texts(room.group) if NAME in text] == []
    assert [text for text in room.texts(room.nadia.id) if NAME in text] == []
    needles = (person_id, NAME, str(person.id))
    assert room.run(privacy.scan, needles) == []
    files = [path for path in tmp_path.iterdir() if path.is_file() and "telegram" not in path.name]
    assert any(path.name.endswith(".sqlite") for path in files)
    everything = b"".join(path.read_bytes() for path in files)
    for needle in needles:
        assert needle.encode() not in everything
        assert needle not in caplog.text
