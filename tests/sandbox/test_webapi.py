"""The page's API, its guard, and the raw Bot API without aiogram."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiogram import Bot

from bot.sandbox import SandboxServer
from bot.sandbox.content import PIXEL
from bot.sandbox.people import Person
from tests.sandbox.conftest import TOKEN, Http


async def test_people_and_groups_are_made_and_shown(server: SandboxServer, http: Http) -> None:
    _, nadia = await http.post("/api/people", {"first_name": "Nadia", "language_code": "en"})
    _, group = await http.post("/api/groups", {"title": "Équipe", "as": nadia["id"]})
    _, leo = await http.post("/api/people", {"first_name": "Léo"})
    await http.post(f"/api/groups/{group['id']}/members", {"user_id": leo["id"], "member": True})
    _, state = await http.get("/api/state")
    assert [person["first_name"] for person in state["people"]] == ["Nadia", "Léo"]
    assert state["groups"][0]["is_forum"]
    assert [member["first_name"] for member in state["groups"][0]["members"]] == ["Nadia", "Bob", "Léo"]
    await http.post(f"/api/groups/{group['id']}/members", {"user_id": leo["id"], "member": False})
    _, state = await http.get("/api/state")
    assert len(state["groups"][0]["members"]) == 2


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"text": "bonjour"}, "text"),
        ({"kind": "location", "latitude": 45.7, "longitude": 4.8}, "location"),
        ({"kind": "contact", "phone": "+336", "first_name": "Paul"}, "contact"),
        ({"kind": "voice", "seconds": 5}, "voice"),
        ({"kind": "sticker", "emoji": "🎉"}, "sticker"),
        ({"kind": "forwarded", "text": "a", "author": "b"}, "text"),
    ],
)
async def test_everything_can_be_sent(
    server: SandboxServer, http: Http, ana: Person, body: dict[str, Any], kind: str
) -> None:
    status, sent = await http.post(f"/api/chats/{ana.id}/messages", {"as": ana.id, **body})
    assert status == 200
    assert server.world.messages.need(ana.id, sent["message_ids"][0]).kind == kind


@pytest.mark.parametrize(("kind", "name"), [("photo", "p.png"), ("document", "cv.pdf")])
async def test_files_are_sent_and_shown_again(
    server: SandboxServer, http: Http, ana: Person, kind: str, name: str
) -> None:
    query = {"as": str(ana.id), "kind": kind, "name": name, "caption": "Voici"}
    headers = {"Content-Type": "application/octet-stream"}
    path = f"/api/chats/{ana.id}/files"
    status, sent = await http.post(path, data=PIXEL, params=query, headers=headers)
    assert status == 200
    content = server.world.messages.need(ana.id, sent["message_ids"][0]).content
    file = content[kind][0] if kind == "photo" else content[kind]
    async with http.session.get(f"/media/{file['file_unique_id']}") as response:
        assert await response.read() == PIXEL
        shown_inside = response.headers.get("Content-Disposition") is None
    assert shown_inside is (kind == "photo")


async def test_messages_come_in_pages(server: SandboxServer, http: Http, ana: Person) -> None:
    for number in range(70):
        server.people.send_text(ana.id, str(number))
    _, last = await http.get(f"/api/chats/{ana.id}?as={ana.id}")
    assert [last["messages"][0]["text"], last["messages"][-1]["text"], last["more"]] == ["10", "69", True]
    before = last["messages"][0]["message_id"]
    _, first = await http.get(f"/api/chats/{ana.id}?as={ana.id}&before={before}")
    assert [first["messages"][0]["text"], first["messages"][-1]["text"], first["more"]] == [
        "/start",
        "9",
        False,
    ]


async def test_topics_are_shown_apart(
    server: SandboxServer, bot: Bot, http: Http, team: int, nadia: Person
) -> None:
    topic = await bot.create_forum_topic(team, "Ana D.")
    server.people.send_text(nadia.id, "en général", team)
    server.people.send_text(nadia.id, "dans le sujet", team, thread_id=topic.message_thread_id)
    _, general = await http.get(f"/api/chats/{team}?as={nadia.id}&thread=0")
    _, inside = await http.get(f"/api/chats/{team}?as={nadia.id}&thread={topic.message_thread_id}")
    assert [each.get("text") for each in general["messages"]] == [None, "en général"]
    assert [each.get("text") for each in inside["messages"]] == [None, "dans le sujet"]


async def test_gestures_change_messages(server: SandboxServer, bot: Bot, http: Http, ana: Person) -> None:
    sent = server.people.send_text(ana.id, "avant")
    gesture = {"as": ana.id, "message_id": sent.message_id}
    chat = f"/api/chats/{ana.id}"
    assert (await http.post(f"{chat}/edit", {**gesture, "text": "après"}))[0] == 200
    assert server.world.messages.need(ana.id, sent.message_id).content["text"] == "après"
    assert (await http.post(f"{chat}/react", {**gesture, "emoji": "👍"}))[0] == 200
    assert server.world.messages.need(ana.id, sent.message_id).reactions
    _, pressed = await http.post(f"{chat}/press", {**gesture, "data": "x"})
    assert await bot.answer_callback_query(pressed["query_id"], "Vu")
    assert (await http.post(f"{chat}/delete", gesture))[0] == 200
    assert server.world.messages.find(ana.id, sent.message_id) is None
    assert (await http.post(f"/api/people/{ana.id}/block", {"blocked": True}))[0] == 200
    assert server.people.has_blocked(ana.id)


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/api/chats/{ana}/messages", {"as": 1, "text": "a"}, 404, "gone"),
        ("/api/chats/{team}/messages", {"as": "{ana}", "text": "a"}, 403, "not_allowed"),
        ("/api/chats/{ana}/messages", {"as": "{ana}", "text": " "}, 400, "invalid"),
        ("/api/chats/{ana}/messages", {"as": "{ana}", "kind": "poll"}, 400, "invalid"),
        ("/api/chats/{ana}/messages", [], 400, "invalid"),
        ("/api/chats/{ana}/edit", {"as": "{ana}", "message_id": 99, "text": "a"}, 404, "gone"),
        ("/api/chats/{ana}/reply_button", {"as": "{ana}", "label": "Oui"}, 404, "gone"),
        ("/api/people", {"first_name": " "}, 400, "invalid"),
        ("/api/groups/{team}/topics", {"as": "{ana}", "change": "create", "name": "a"}, 403, "not_allowed"),
        ("/api/groups/{team}/topics", {"as": "{ana}", "change": "paint", "thread_id": 1}, 400, "invalid"),
        ("/api/groups/{team}/bot", {"as": "{ana}", "rights": {"can_fly": True}}, 400, "invalid"),
        ("/api/groups/{team}/members", {"user_id": 1, "member": True, "status": "king"}, 400, "invalid"),
        ("/api/groups/5/forum", {}, 404, "gone"),
        ("/api/channels", {"title": " ", "as": "{ana}"}, 400, "invalid"),
        ("/api/faults", {"method": "sendMessage", "kind": "418"}, 400, "invalid"),
    ],
)
async def test_mistakes_are_answered_in_one_sentence(
    http: Http, ana: Person, team: int, path: str, body: Any, status: int, code: str
) -> None:
    if isinstance(body, dict):
        body = {key: ana.id if value == "{ana}" else value for key, value in body.items()}
    answered, problem = await http.post(path.format(ana=ana.id, team=team), body)
    assert (answered, problem["error"]) == (status, code)
    assert problem["message"]


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Host": "evil.example"}, {"Host": "evil.example:80"}],
)
async def test_other_sites_can_neither_read_nor_write(
    http: Http, ana: Person, headers: dict[str, str]
) -> None:
    status, problem = await http.get("/api/state", headers=headers)
    assert (status, problem["error"]) == (403, "foreign")
    status, _ = await http.post(f"/api/chats/{ana.id}/messages", {"as": ana.id, "text": "a"}, headers=headers)
    assert status == 403


async def test_a_form_of_another_site_is_refused_by_its_content_type(http: Http, ana: Person) -> None:
    body = json.dumps({"as": ana.id, "text": "a"})
    headers = {"Content-Type": "text/plain"}
    assert (await http.post(f"/api/chats/{ana.id}/messages", data=body, headers=headers))[0] == 400
    assert (await http.post(f"/api/chats/{ana.id}/files", data=b"a", headers=headers))[0] == 400


async def test_the_page_and_its_files_are_served_with_a_strict_policy(http: Http) -> None:
    for name in ("", "app.js", "style.css", "chat.css", "icon.svg"):
        async with http.session.get(f"/{name}") as response:
            assert response.status == 200
            assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    for name in ("absent.js", "..%2fserver.py", "server.py"):
        async with http.session.get(f"/{name}") as response:
            assert response.status == 404


async def test_changes_are_streamed(server: SandboxServer, bot: Bot, http: Http, ana: Person) -> None:
    async with http.session.get("/api/events") as stream, asyncio.timeout(5):
        events = read_events(stream)
        assert (await anext(events))["type"] == "hello"
        sent = await bot.send_message(ana.id, "a")
        await bot.send_chat_action(ana.id, "typing")
        await bot.edit_message_text("b", chat_id=ana.id, message_id=sent.message_id)
        await bot.delete_message(ana.id, sent.message_id)
        kinds = [(await anext(events))["type"] for _ in range(4)]
    assert kinds == ["message", "action", "edit", "delete"]


async def read_events(stream: aiohttp.ClientResponse) -> AsyncIterator[dict[str, Any]]:
    async for line in stream.content:
        if line.startswith(b"data: "):
            yield json.loads(line[6:])


# The raw Bot API


async def test_all_encodings_of_parameters_are_read(http: Http, ana: Person) -> None:
    path = f"/bot{TOKEN}/sendMessage"
    query = {"chat_id": str(ana.id), "text": "requête"}
    assert (await http.get(path, params=query))[1]["result"]["text"] == "requête"
    form = aiohttp.FormData({"chat_id": str(ana.id), "text": "formulaire é"})
    assert (await http.post(path, data=form))[1]["result"]["text"] == "formulaire é"
    body = {"chat_id": ana.id, "text": "JSON", "reply_markup": {"inline_keyboard": []}}
    assert (await http.post(path, body))[1]["result"]["text"] == "JSON"
    multipart = aiohttp.FormData({"chat_id": str(ana.id)})
    multipart.add_field("document", b"contenu", filename="a.txt", content_type="text/plain")
    _, answer = await http.post(f"/bot{TOKEN}/sendDocument", data=multipart)
    assert answer["result"]["document"]["mime_type"] == "text/plain"
    assert (await http.post(path, data="{", headers={"Content-Type": "application/json"}))[0] == 400


async def test_wrong_tokens_and_methods_are_answered_as_by_telegram(http: Http) -> None:
    assert await http.get("/bot1:wrong/getMe") == (
        401,
        {"ok": False, "error_code": 401, "description": "Unauthorized"},
    )
    assert await http.get(f"/bot{TOKEN}/getNothing") == (
        404,
        {"ok": False, "error_code": 404, "description": "Not Found: method not found"},
    )
    status, answer = await http.get(f"/bot{TOKEN}/sendDice?chat_id=1")
    assert (status, answer["error_code"]) == (501, 501)
    assert "sendDice" in answer["description"]
    assert (await http.get(f"/bot{TOKEN}/GETME"))[1]["ok"]


async def test_files_need_token_and_path(server: SandboxServer, bot: Bot, http: Http, ana: Person) -> None:
    sent = server.people.send_document(ana.id, b"secret", "cv.pdf")
    path = (await bot.get_file(sent.content["document"]["file_id"])).file_path
    assert (await http.get(f"/file/bot1:wrong/{path}"))[0] == 401
    assert (await http.get(f"/file/bot{TOKEN}/documents/none.pdf"))[0] == 404
