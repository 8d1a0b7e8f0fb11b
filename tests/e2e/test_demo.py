"""The team with which a new sandbox opens, so that the counsellors' group can be tried at once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot import demo
from bot.sandbox.client import text_of
from storage import links, teams
from tests.e2e.conftest import Home

BY_DAY = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
AT_NIGHT = datetime(2026, 12, 5, 23, 30, tzinfo=UTC)  # of a Saturday
PEOPLE = {example.name for example in demo.EXAMPLES}


def names(home: Home) -> set[str]:
    return {person.first_name for person in home.server.people.all()}


@pytest.mark.parametrize("now", [BY_DAY, AT_NIGHT], ids=["by day", "at night"])
async def test_a_new_sandbox_opens_with_a_team_and_people_whom_it_follows(
    home: Home, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    home.clock.set_at_least(now)
    await demo.set_up(home.bob, home.server)
    await home.bob.quiet()
    await home.bob.catch_up()
    assert caplog.text == ""
    assert names(home) == {demo.NEWCOMER, *demo.COUNSELLORS, *PEOPLE}

    (group,) = home.server.world.chats.groups()
    messages, run = home.server.world.messages, home.bob.store.run_sync
    (team,) = run(teams.teams)
    assert (group.title, team.name) == (demo.TEAM, demo.TEAM)
    assert {one.name for one in run(teams.members, team.id)} == set(demo.COUNSELLORS)

    topics = {topic.thread_id: topic.name for topic in home.server.world.chats.topics(group.id)}
    followed = run(links.of_team, team.id)
    found = {topics[run(links.topic_of, link.id).thread_id].split()[-1] for link in followed}
    assert found == PEOPLE
    for example in demo.EXAMPLES:
        written = [
            one
            for one in messages.history(group.id)
            if example.message and text_of(one.content).endswith(example.message)
        ]
        assert [topics[one.thread_id or 0].split()[-1] for one in written] == [example.name] * len(written)
        assert len(written) == (example.message is not None)
    newcomer = next(one for one in home.server.people.all() if one.first_name == demo.NEWCOMER)
    assert messages.history(newcomer.id) == []


async def test_a_sandbox_that_was_used_is_left_as_it_is(home: Home) -> None:
    home.server.people.create("Awa")
    await demo.set_up(home.bob, home.server)
    assert names(home) == {"Awa"}
    assert home.server.world.chats.groups() == []
    assert home.bob.store.run_sync(teams.teams) == []


async def test_what_goes_wrong_is_logged_and_the_sandbox_stays_open(
    home: Home, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "_PATIENCE", 0.0)
    await demo.set_up(home.bob, home.server)
    assert "the example team is not complete" in caplog.text
    assert demo.NEWCOMER in names(home)
