"""Groups, as the page changes and sees them."""

from __future__ import annotations

from typing import Any

from aiogram import Bot
from aiogram.types import ForceReply, ForumTopic, ReplyParameters

from bot.sandbox import SandboxServer
from bot.sandbox.content import PIXEL
from bot.sandbox.errors import NOT_MODIFIED
from bot.sandbox.people import Person
from tests.sandbox.conftest import Http, refused


async def shown(http: Http, index: int = 0) -> Any:
    """A group, as the page is told of it."""
    return (await http.get("/api/state"))[1]["groups"][index]


async def test_members_are_added_by_others_and_made_administrators(
    http: Http, server: SandboxServer, bot: Bot, team: int, nadia: Person, ana: Person
) -> None:
    path = f"/api/groups/{team}/members"
    await http.post(path, {"user_id": ana.id, "member": True, "as": nadia.id})
    added = server.world.messages.history(team)[-1]
    assert (added.sender_id, added.kind) == (nadia.id, "service")
    await http.post(path, {"user_id": ana.id, "member": True, "status": "administrator", "as": nadia.id})
    member = next(each for each in (await shown(http))["members"] if each["id"] == ana.id)
    assert (member["status"], member["manages_topics"]) == ("administrator", True)
    await http.post(path, {"user_id": ana.id, "member": False, "as": nadia.id})
    assert (await bot.get_chat_member(team, ana.id)).status == "kicked"


async def test_the_bot_loses_rights_leaves_and_comes_back(
    http: Http, bot: Bot, team: int, nadia: Person
) -> None:
    path = f"/api/groups/{team}/bot"
    assert (await shown(http))["bot"] == {
        "status": "administrator",
        "rights": {"can_manage_topics": True, "can_delete_messages": True, "can_pin_messages": True},
    }
    await http.post(path, {"as": nadia.id, "rights": {"can_manage_topics": False}})
    assert not (await shown(http))["bot"]["rights"]["can_manage_topics"]
    await refused(bot.create_forum_topic(team, "a"), "not enough rights to manage topics in the chat")
    await http.post(path, {"as": nadia.id, "admin": False})
    assert (await shown(http))["bot"]["status"] == "member"
    await http.post(path, {"as": nadia.id, "present": False})
    assert (await shown(http))["bot"]["status"] == "kicked"
    await http.post(path, {"as": nadia.id})
    assert await bot.create_forum_topic(team, "a")


async def test_a_basic_group_gets_topics_and_another_id(http: Http, nadia: Person) -> None:
    _, made = await http.post("/api/groups", {"title": "Équipe", "as": nadia.id, "basic": True})
    assert (await shown(http))["type"] == "group"
    _, moved = await http.post(f"/api/groups/{made['id']}/forum", {})
    group = await shown(http)
    assert (group["id"], group["type"], group["is_forum"]) == (moved["id"], "supergroup", True)
    assert moved["id"] != made["id"]


async def test_topics_are_made_and_changed(http: Http, team: int, nadia: Person) -> None:
    path = f"/api/groups/{team}/topics"
    _, made = await http.post(path, {"as": nadia.id, "change": "create", "name": "Café"})
    topic = {"as": nadia.id, "thread_id": made["id"]}
    await http.post(path, {**topic, "change": "rename", "name": "Thé"})
    await http.post(path, {**topic, "change": "close"})
    assert [(each["name"], each["closed"]) for each in (await shown(http))["topics"]] == [("Thé", True)]
    await http.post(path, {**topic, "change": "reopen"})
    assert not (await shown(http))["topics"][0]["closed"]
    await http.post(path, {**topic, "change": "delete"})
    assert (await shown(http))["topics"] == []


async def test_people_speak_as_the_group_or_as_a_channel(
    http: Http, server: SandboxServer, team: int, nadia: Person
) -> None:
    _, channel = await http.post("/api/channels", {"title": "Emploi 44", "as": nadia.id})
    state = (await http.get("/api/state"))[1]
    assert state["channels"] == [{"id": channel["id"], "title": "Emploi 44", "owner_id": nadia.id}]
    assert len(state["groups"]) == 1
    path = f"/api/chats/{team}/messages"
    await http.post(path, {"as": nadia.id, "text": "a", "anonymous": True})
    await http.post(path, {"as": nadia.id, "text": "b", "channel": channel["id"]})
    last = server.world.messages.history(team)[-2:]
    assert [each.sender_chat_id for each in last] == [team, channel["id"]]
    _, page = await http.get(f"/api/chats/{team}?as={nadia.id}")
    assert [each["author_id"] for each in page["messages"][-2:]] == [nadia.id, nadia.id]


async def test_files_that_name_the_same_album_hang_together(
    http: Http, server: SandboxServer, ana: Person
) -> None:
    headers = {"Content-Type": "application/octet-stream"}
    for name in ("a.png", "b.png"):
        query = {"as": str(ana.id), "kind": "photo", "name": name, "album": "12345"}
        path = f"/api/chats/{ana.id}/files"
        assert (await http.post(path, data=PIXEL, params=query, headers=headers))[0] == 200
    last = server.world.messages.history(ana.id)[-2:]
    assert [each.content["media_group_id"] for each in last] == ["12345", "12345"]
    query["album"] = "x"
    assert (await http.post(path, data=PIXEL, params=query, headers=headers))[0] == 400


async def test_messages_are_forwarded(
    http: Http, server: SandboxServer, team: int, topic: ForumTopic, nadia: Person
) -> None:
    written = server.people.send_text(nadia.id, "à faire suivre")
    body = {"as": nadia.id, "from_chat_id": nadia.id, "message_ids": [written.message_id]}
    status, sent = await http.post(
        f"/api/chats/{team}/forward", {**body, "thread_id": topic.message_thread_id}
    )
    assert status == 200
    forwarded = server.world.messages.need(team, sent["message_ids"][0])
    assert forwarded.thread_id == topic.message_thread_id
    assert forwarded.content["forward_origin"]["sender_user"]["id"] == nadia.id


async def test_a_selective_forced_reply_names_whom_it_asks(
    http: Http, server: SandboxServer, bot: Bot, team: int, nadia: Person
) -> None:
    karim = server.people.create("Karim", username="karim_c")
    server.groups.join(team, karim.id)
    asked = server.people.send_text(nadia.id, "/ecrire", team)
    ask = ForceReply(selective=True)
    await bot.send_message(team, "Écrivez à Ana :", reply_markup=ForceReply())
    await bot.send_message(
        team,
        "Écrivez à Ana :",
        reply_markup=ask,
        reply_parameters=ReplyParameters(message_id=asked.message_id),
    )
    await bot.send_message(team, "👋 @Karim_C, écrivez à Ana :", reply_markup=ask)
    by_id = f'<a href="tg://user?id={nadia.id}">Nadia</a>, écrivez à Ana :'
    mentioned = await bot.send_message(team, by_id, reply_markup=ask, parse_mode="HTML")
    assert mentioned.entities is not None
    assert mentioned.entities[0].user is not None
    assert mentioned.entities[0].user.first_name == "Nadia"
    place = {"chat_id": team, "message_id": mentioned.message_id, "parse_mode": "HTML"}
    await refused(bot.edit_message_text(by_id, **place), "message can't be edited")  # it forces a reply
    shown = await bot.send_message(team, by_id, parse_mode="HTML")
    place["message_id"] = shown.message_id
    await refused(bot.edit_message_text(by_id, **place), NOT_MODIFIED)
    await bot.delete_message(team, shown.message_id)
    nobody = '<a href="tg://user?id=42">Personne</a>, écrivez à Ana :'
    plain = await bot.send_message(team, nobody, reply_markup=ask, parse_mode="HTML")
    assert plain.entities is None
    _, page = await http.get(f"/api/chats/{team}?as={nadia.id}")
    asked_of = [each["force_reply_to"] for each in page["messages"][-5:]]
    assert asked_of == [None, [nadia.id], [karim.id], [nadia.id], []]


async def test_a_refused_call_is_told_to_the_page_but_not_a_harmless_one(
    server: SandboxServer, bot: Bot, team: int, ana: Person
) -> None:
    changes = server.world.hub.subscribe()
    await refused(bot.send_message(team, "a", message_thread_id=999), "message thread not found")
    sent = await bot.send_message(ana.id, "a")
    await refused(bot.edit_message_text("a", chat_id=ana.id, message_id=sent.message_id), NOT_MODIFIED)
    told = [event for event in changes.waiting() if event["type"] == "refused"]
    assert [(each["chat_id"], each["method"]) for each in told] == [(team, "sendMessage")]
    assert told[0]["text"] == "Bad Request: message thread not found"
