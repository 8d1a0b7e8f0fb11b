"""The answers by which Telegram refuses a call, with its own words."""

from __future__ import annotations

from typing import Any

JSON = dict[str, Any]

QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


class ApiError(Exception):
    """A refused call: HTTP status, text, and the optional `parameters` object of the answer."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def answer(self) -> JSON:
        body: JSON = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = dict(self.parameters)
        return body


def bad_request(text: str) -> ApiError:
    return ApiError(400, f"Bad Request: {text}")


def strict(text: str) -> ApiError:
    """A refusal of the sandbox alone: Telegram would let the fault pass unseen, a test must not."""
    return ApiError(400, f"Bad Request: sandbox: {text}")


def forbidden(text: str) -> ApiError:
    return ApiError(403, f"Forbidden: {text}")


def conflict(text: str) -> ApiError:
    return ApiError(409, f"Conflict: {text}")


def blocked() -> ApiError:
    return forbidden("bot was blocked by the user")


def too_many_requests(seconds: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def migrated(new_chat_id: int) -> ApiError:
    return ApiError(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        migrate_to_chat_id=new_chat_id,
    )


def unauthorized() -> ApiError:
    return ApiError(401, "Unauthorized")


def unknown_method() -> ApiError:
    return ApiError(404, "Not Found: method not found")


def not_simulated(method: str) -> ApiError:
    return ApiError(501, f"Not Implemented: the sandbox does not simulate {method}")
