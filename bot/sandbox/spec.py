"""What each Bot API method takes, and the strict reading of a call.

The types are aiogram's own (`aiogram.methods`), read from its models: what it can send is known here, and
nothing else is.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

import aiogram.methods
from aiogram.client.default import Default
from aiogram.methods import TelegramMethod
from pydantic import BaseModel, ValidationError

from bot.sandbox.errors import ApiError, bad_request, strict

# Telegram's own words for a parameter that is missing; the others get a general sentence.
MISSING = {
    "text": "message text is empty",
    "chat_id": "chat_id is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "callback_query_id": "query ID is invalid",
    "action": "wrong parameter action in request",
    "name": "topic name must be non-empty",
}
UNREADABLE = {
    "reply_markup": "can't parse reply keyboard markup JSON object",
    "entities": "can't parse entities JSON object",
    "caption_entities": "can't parse entities JSON object",
    "reply_parameters": "can't parse reply parameters JSON object",
    "commands": "can't parse list of bot commands JSON object",
}


@dataclass(frozen=True)
class Upload:
    """A file that came with the call (multipart)."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True)
class Parameter:
    required: bool
    is_json: bool
    deprecated: bool


@dataclass(frozen=True)
class MethodSpec:
    name: str
    model: type[TelegramMethod[Any]]
    parameters: dict[str, Parameter]


@cache
def methods() -> dict[str, MethodSpec]:
    """All methods of the Bot API by their lower-case name (Telegram ignores case)."""
    found = {}
    for name in aiogram.methods.__all__:
        model = getattr(aiogram.methods, name)
        if not (isinstance(model, type) and issubclass(model, TelegramMethod)) or model is TelegramMethod:
            continue
        parameters = {field: _parameter(info) for field, info in model.model_fields.items()}
        found[model.__api_method__.lower()] = MethodSpec(model.__api_method__, model, parameters)
    return found


def read(spec: MethodSpec, raw: dict[str, Any], uploads: dict[str, Upload]) -> TelegramMethod[Any]:
    """The call as aiogram's model; raises `ApiError` for unknown, missing or ill-typed parameters."""
    values: dict[str, Any] = {}
    for name, value in raw.items():
        if name not in spec.parameters:
            raise strict(f"{spec.name} has no parameter {name!r}")
        if spec.parameters[name].deprecated:
            raise strict(f"the parameter {name!r} of {spec.name} is deprecated")
        if value is not None:
            values[name] = _decoded(name, spec.parameters[name], value)
    attached = _attached(raw)
    for name in uploads:
        if name in spec.parameters:
            values.setdefault(name, f"attach://{name}")
        elif name not in attached:
            raise strict(f"{spec.name} was sent a file {name!r} that nothing refers to")
    for name, parameter in spec.parameters.items():
        if parameter.required and name not in values:
            raise missing(name)
    _check_reply_markup(values.get("reply_markup"))
    call = _validated(spec, values)
    unknown = _unknown_field(call)
    if unknown:
        raise strict(f"{spec.name} has no field {unknown}")
    return call


def missing(name: str) -> ApiError:
    return bad_request(MISSING.get(name, f'parameter "{name}" is required'))


def given(value: Any) -> Any:
    """The value of a parameter, None where aiogram's model holds one of its `Default` marks."""
    return None if isinstance(value, Default) else value


def _parameter(info: Any) -> Parameter:
    kinds = _kinds(info.annotation)
    models = any(isinstance(kind, type) and issubclass(kind, BaseModel | list | dict) for kind in kinds)
    return Parameter(
        required=info.is_required(), is_json=models and str not in kinds, deprecated=_is_deprecated(info)
    )


def _is_deprecated(info: Any) -> bool:
    """Not those that aiogram itself still sends, from the defaults of the bot."""
    return bool((info.json_schema_extra or {}).get("deprecated")) and not isinstance(info.default, Default)


def _kinds(annotation: Any) -> set[Any]:
    """The alternatives of an annotation; a list counts as `list`, whatever it holds."""
    origin = getattr(annotation, "__origin__", None)
    if origin in (list, dict):
        return {origin}
    arguments = get_args(annotation)
    if not arguments:
        return {annotation}
    return set().union(*(_kinds(argument) for argument in arguments))


def _decoded(name: str, parameter: Parameter, value: Any) -> Any:
    if name.endswith("chat_id") and isinstance(value, str) and value.lstrip("-").isdecimal():
        return int(value)
    if not parameter.is_json or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError as fault:
        raise bad_request(UNREADABLE.get(name, f"can't parse {name} JSON object")) from fault


def _attached(raw: Any) -> set[str]:
    """Names of files that the values refer to by `attach://name`."""
    if isinstance(raw, dict):
        return set().union(*(_attached(value) for value in raw.values())) if raw else set()
    if isinstance(raw, list):
        return set().union(*(_attached(value) for value in raw)) if raw else set()
    if isinstance(raw, str) and raw.startswith("attach://"):
        return {raw.removeprefix("attach://")}
    if isinstance(raw, str) and "attach://" in raw:
        try:
            return _attached(json.loads(raw))
        except ValueError:
            return set()
    return set()


def _check_reply_markup(markup: Any) -> None:
    if markup is not None and not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")


def _validated(spec: MethodSpec, values: dict[str, Any]) -> TelegramMethod[Any]:
    try:
        return spec.model.model_validate(values)
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        if first["loc"] and first["loc"][0] in UNREADABLE:
            raise bad_request(f"{UNREADABLE[str(first['loc'][0])]}: {where}: {first['msg']}") from fault
        raise bad_request(f"invalid {where} specified: {first['msg']}") from fault


def _unknown_field(value: Any, path: str = "") -> str:
    """Path of a field that no type of the Bot API has; empty when there is none."""
    if isinstance(value, list):
        found = (_unknown_field(item, f"{path}[{index}]") for index, item in enumerate(value))
        return next((each for each in found if each), "")
    if not isinstance(value, BaseModel):
        return ""
    extra = value.model_extra or {}
    if extra:
        return f"{path}.{next(iter(extra))}".lstrip(".")
    fields = ((name, getattr(value, name)) for name in value.model_fields_set)
    found = (_unknown_field(item, f"{path}.{name}") for name, item in fields)
    return next((each for each in found if each), "")
