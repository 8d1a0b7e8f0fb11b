"""The bot itself: who it is, its commands, its descriptions."""

from __future__ import annotations

import json
import re
from typing import Any

from aiogram.methods import (
    DeleteMyCommands,
    GetMe,
    GetMyCommands,
    GetMyDescription,
    GetMyName,
    GetMyShortDescription,
    SetMyCommands,
    SetMyDescription,
    SetMyName,
    SetMyShortDescription,
)

from bot.sandbox.errors import JSON, bad_request
from bot.sandbox.methods.table import Context, Handler
from bot.sandbox.world import World
from bot.telegram.limits import (
    BOT_DESCRIPTION_MAX,
    BOT_NAME_MAX,
    BOT_SHORT_DESCRIPTION_MAX,
    COMMAND_DESCRIPTION_MAX,
    COMMAND_DESCRIPTION_MIN,
    COMMAND_NAME_MAX,
    COMMANDS_MAX,
)

COMMAND_NAME = re.compile(rf"[a-z0-9_]{{1,{COMMAND_NAME_MAX}}}")
LANGUAGE = re.compile(r"[a-z]{2}")


def get_me(context: Context, call: GetMe) -> JSON:
    return {
        **context.world.chats.user(context.world.bot_id),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
    }


def set_my_commands(context: Context, call: SetMyCommands) -> bool:
    if len(call.commands) > COMMANDS_MAX:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in call.commands:
        if not COMMAND_NAME.fullmatch(command.command.removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not COMMAND_DESCRIPTION_MIN <= len(command.description.strip()) <= COMMAND_DESCRIPTION_MAX:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    commands = [
        {"command": each.command.removeprefix("/"), "description": each.description.strip()}
        for each in call.commands
    ]
    world = context.world
    world.store.run(
        "INSERT INTO commands (scope, language, commands) VALUES (?, ?, ?) "
        "ON CONFLICT (scope, language) DO UPDATE SET commands = excluded.commands",
        _scope(world, call.scope),
        _language(call.language_code),
        json.dumps(commands),
    )
    world.event("commands")
    return True


def get_my_commands(context: Context, call: GetMyCommands) -> list[JSON]:
    return _stored(context.world, _scope(context.world, call.scope), _language(call.language_code)) or []


def delete_my_commands(context: Context, call: DeleteMyCommands) -> bool:
    world = context.world
    world.store.run(
        "DELETE FROM commands WHERE scope = ? AND language = ?",
        _scope(world, call.scope),
        _language(call.language_code),
    )
    world.event("commands")
    return True


def visible_commands(world: World, chat_id: int, user_id: int, language: str) -> list[JSON]:
    """The menu that a person sees in a chat: the narrowest scope that has commands, own language first."""
    chat = world.chats.find(chat_id)
    if chat is None or chat.is_private:
        scopes = [f"chat:{chat_id}", "all_private_chats", "default"]
    else:
        admin = world.chats.status(chat_id, user_id) in ("creator", "administrator")
        scopes = [f"chat_member:{chat_id}:{user_id}"]
        scopes += [f"chat_administrators:{chat_id}"] if admin else []
        scopes += [f"chat:{chat_id}"]
        scopes += ["all_chat_administrators"] if admin else []
        scopes += ["all_group_chats", "default"]
    for scope in scopes:
        for code in (language[:2], ""):
            found = _stored(world, scope, code)
            if found:
                return found
    return []


def _stored(world: World, scope: str, language: str) -> list[JSON] | None:
    stored = world.store.value(
        "SELECT commands FROM commands WHERE scope = ? AND language = ?", scope, language
    )
    return None if stored is None else json.loads(stored)


def _scope(world: World, scope: Any) -> str:
    if scope is None:
        return "default"
    parts = [str(scope.type)]
    if getattr(scope, "chat_id", None) is not None:
        parts.append(str(world.chats.chat(scope.chat_id).id))
    if getattr(scope, "user_id", None) is not None:
        parts.append(str(scope.user_id))
    return ":".join(parts)


def _language(code: str | None) -> str:
    if code and not LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code or ""


def _set_text(context: Context, kind: str, text: str | None, language: str | None, most: int) -> bool:
    if len(text or "") > most:
        raise bad_request(f"bot's {kind.replace('_', ' ')} is too long")
    context.world.store.put(f"{kind}:{_language(language)}", text or "")
    context.world.event("bot")
    return True


def _get_text(context: Context, kind: str, language: str | None) -> str:
    store = context.world.store
    return str(store.get(f"{kind}:{_language(language)}", "") or store.get(f"{kind}:", ""))


def set_my_description(context: Context, call: SetMyDescription) -> bool:
    return _set_text(context, "description", call.description, call.language_code, BOT_DESCRIPTION_MAX)


def get_my_description(context: Context, call: GetMyDescription) -> JSON:
    return {"description": _get_text(context, "description", call.language_code)}


def set_my_short_description(context: Context, call: SetMyShortDescription) -> bool:
    return _set_text(
        context, "short_description", call.short_description, call.language_code, BOT_SHORT_DESCRIPTION_MAX
    )


def get_my_short_description(context: Context, call: GetMyShortDescription) -> JSON:
    return {"short_description": _get_text(context, "short_description", call.language_code)}


def set_my_name(context: Context, call: SetMyName) -> bool:
    return _set_text(context, "name", call.name, call.language_code, BOT_NAME_MAX)


def get_my_name(context: Context, call: GetMyName) -> JSON:
    first_name = context.world.chats.user(context.world.bot_id)["first_name"]
    return {"name": _get_text(context, "name", call.language_code) or first_name}


HANDLERS: dict[str, Handler] = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyDescription": set_my_description,
    "getMyDescription": get_my_description,
    "setMyShortDescription": set_my_short_description,
    "getMyShortDescription": get_my_short_description,
    "setMyName": set_my_name,
    "getMyName": get_my_name,
}
