"""What the server takes for a method's parameters, against an independent description of the Bot API."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from aiogram.methods import SendMessage

from bot.sandbox.errors import ApiError
from bot.sandbox.methods import HANDLERS
from bot.sandbox.spec import Upload, methods, read
from bot.telegram import limits

DESCRIPTION = Path(__file__).parents[3] / "shared" / "data" / "botapi-10.3-limits.json"
needs_description = pytest.mark.skipif(
    not DESCRIPTION.exists(), reason="the description of the Bot API (botapi-10.3-limits.json) is not here"
)


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(DESCRIPTION.read_text())
    return loaded


@needs_description
def test_all_methods_of_the_bot_api_are_known(described: dict[str, Any]) -> None:
    assert {spec.name for spec in methods().values()} == set(described["methods"])


@needs_description
def test_parameters_and_which_are_required_agree(described: dict[str, Any]) -> None:
    for name, method in described["methods"].items():
        known = methods()[name.lower()].parameters
        assert known.keys() == method["fields"].keys(), name
        for field, described_field in method["fields"].items():
            assert known[field].required == described_field["required"], f"{name}.{field}"


@needs_description
@pytest.mark.parametrize(
    ("method", "field", "most"),
    [
        ("sendMessage", "text", limits.TEXT_MAX),
        ("sendPhoto", "caption", limits.CAPTION_MAX),
        ("sendDocument", "caption", limits.CAPTION_MAX),
        ("copyMessage", "caption", limits.CAPTION_MAX),
        ("editMessageText", "text", limits.TEXT_MAX),
        ("editMessageCaption", "caption", limits.CAPTION_MAX),
        ("answerCallbackQuery", "text", limits.CALLBACK_ANSWER_MAX),
        ("createForumTopic", "name", limits.TOPIC_NAME_MAX),
        ("editForumTopic", "name", limits.TOPIC_NAME_MAX),
        ("setMyDescription", "description", limits.BOT_DESCRIPTION_MAX),
        ("setMyShortDescription", "short_description", limits.BOT_SHORT_DESCRIPTION_MAX),
        ("setMyName", "name", limits.BOT_NAME_MAX),
        ("setWebhook", "secret_token", limits.WEBHOOK_SECRET_MAX),
    ],
)
def test_limits_of_parameters_agree(described: dict[str, Any], method: str, field: str, most: int) -> None:
    assert described["methods"][method]["fields"][field]["max"] == most


@needs_description
@pytest.mark.parametrize(
    ("kind", "field", "least", "most"),
    [
        (
            "InlineKeyboardButton",
            "callback_data",
            limits.CALLBACK_DATA_MIN_BYTES,
            limits.CALLBACK_DATA_MAX_BYTES,
        ),
        ("CopyTextButton", "text", limits.COPY_TEXT_MIN, limits.COPY_TEXT_MAX),
        ("ReplyKeyboardMarkup", "input_field_placeholder", limits.PLACEHOLDER_MIN, limits.PLACEHOLDER_MAX),
        ("ForceReply", "input_field_placeholder", limits.PLACEHOLDER_MIN, limits.PLACEHOLDER_MAX),
        ("BotCommand", "command", 1, limits.COMMAND_NAME_MAX),
        ("BotCommand", "description", limits.COMMAND_DESCRIPTION_MIN, limits.COMMAND_DESCRIPTION_MAX),
        ("ReplyParameters", "quote", 0, limits.QUOTE_MAX),
    ],
)
def test_limits_of_types_agree(
    described: dict[str, Any], kind: str, field: str, least: int, most: int
) -> None:
    found = described["types"][kind]["fields"][field]
    assert (found["min"], found["max"]) == (least, most)


def call(name: str, uploads: dict[str, Upload] | None = None, **raw: Any) -> Any:
    return read(methods()[name.lower()], raw, uploads or {})


def refusal(name: str, uploads: dict[str, Upload] | None = None, **raw: Any) -> str:
    with pytest.raises(ApiError) as refused:
        call(name, uploads, **raw)
    assert refused.value.code == 400
    return refused.value.description.removeprefix("Bad Request: ")


def test_all_handlers_belong_to_real_methods() -> None:
    assert set(HANDLERS) <= {spec.name for spec in methods().values()}


def test_text_values_are_read_as_the_types_of_the_method() -> None:
    markup = '{"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}'
    message = call("sendMessage", chat_id="12", text="5", protect_content="true", reply_markup=markup)
    assert isinstance(message, SendMessage)
    assert message.text == "5"
    assert message.protect_content is True
    assert message.reply_markup is not None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"chat_id": "1"}, "message text is empty"),
        ({"text": "a"}, "chat_id is empty"),
        ({"chat_id": "1", "text": "a", "txt": "b"}, "sandbox: sendMessage has no parameter 'txt'"),
        (
            {"chat_id": "1", "text": "a", "reply_to_message_id": "3"},
            "sandbox: the parameter 'reply_to_message_id'",
        ),
        ({"chat_id": "1", "text": "a", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"chat_id": "1", "text": "a", "reply_markup": "[]"}, "object expected as reply markup"),
        ({"chat_id": "1", "text": "a", "message_thread_id": "x"}, "invalid message_thread_id specified"),
        ({"chat_id": "1", "text": 5}, "invalid text specified"),
        (
            {"chat_id": "1", "text": "a", "reply_parameters": '{"message_id": "x"}'},
            "can't parse reply parameters",
        ),
        (
            {"chat_id": "1", "text": "a", "reply_parameters": '{"message_id": 1, "colour": "red"}'},
            "sandbox: sendMessage has no field reply_parameters.colour",
        ),
    ],
)
def test_faulty_parameters_are_refused(raw: dict[str, Any], expected: str) -> None:
    assert refusal("sendMessage", **raw).startswith(expected)


def test_a_file_that_nothing_refers_to_is_refused() -> None:
    upload = {"extra": Upload("a.png", "image/png", b"x")}
    assert "nothing refers to" in refusal("sendMessage", upload, chat_id="1", text="a")


def test_a_file_may_come_under_the_name_of_its_parameter() -> None:
    upload = {"photo": Upload("a.png", "image/png", b"x")}
    assert call("sendPhoto", upload, chat_id="1").photo == "attach://photo"
