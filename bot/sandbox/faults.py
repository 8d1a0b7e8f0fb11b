"""Faults on demand: what Telegram and the network do on bad days."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.sandbox.errors import ApiError, bad_request, blocked, migrated, too_many_requests

ANY_METHOD = "*"


class FaultKind(StrEnum):
    """What goes wrong; in brackets the arguments it takes."""

    TOO_MANY = "429"  # [retry_after: seconds, 1]
    BLOCKED = "403"  # [text]
    BAD_REQUEST = "400"  # [text]
    INTERNAL = "500"
    BAD_GATEWAY = "502"
    DROP_BEFORE = "drop_before"  # the connection breaks, nothing was accepted
    DROP_AFTER = "drop_after"  # the call has its effect, the answer is lost
    SLOW = "slow"  # [seconds, 1] the answer comes late, the effect too
    MIGRATE = "migrate"  # [chat_id of the new supergroup]


ARGUMENTS = {
    FaultKind.TOO_MANY: {"retry_after"},
    FaultKind.BLOCKED: {"text"},
    FaultKind.BAD_REQUEST: {"text"},
    FaultKind.SLOW: {"seconds"},
    FaultKind.MIGRATE: {"migrate_to_chat_id"},
}


@dataclass
class Fault:
    method: str
    kind: FaultKind
    times: int
    only_chat: int | None
    args: dict[str, Any]

    def error(self) -> ApiError | None:
        """The refusal that this fault makes; None for those of the connection."""
        if self.kind is FaultKind.TOO_MANY:
            return too_many_requests(int(self.args.get("retry_after", 1)))
        if self.kind is FaultKind.BLOCKED:
            text = self.args.get("text")
            return ApiError(403, f"Forbidden: {text}") if text else blocked()
        if self.kind is FaultKind.BAD_REQUEST:
            return bad_request(str(self.args.get("text", "sandbox: fault asked for")))
        if self.kind is FaultKind.INTERNAL:
            return ApiError(500, "Internal Server Error")
        if self.kind is FaultKind.BAD_GATEWAY:
            return ApiError(502, "Bad Gateway")
        if self.kind is FaultKind.MIGRATE:
            return migrated(int(self.args["migrate_to_chat_id"]))
        return None


class Faults:
    """The faults that are still to come, first added first used."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(
        self, method: str, kind: FaultKind | str, times: int = 1, *, only_chat: int | None = None, **args: Any
    ) -> None:
        """Make the next `times` calls of `method` ("*" for any but getUpdates) fail.

        Only calls to the chat `only_chat`, when it is given. Raises ValueError for what does not exist.
        """
        known = FaultKind(kind)
        unknown = set(args) - ARGUMENTS.get(known, set())
        if unknown:
            raise ValueError(f"a fault {known.value} has no {', '.join(sorted(unknown))}")
        if known is FaultKind.MIGRATE and "migrate_to_chat_id" not in args:
            raise ValueError("a fault migrate needs migrate_to_chat_id")
        if times < 1:
            raise ValueError("times must be 1 or more")
        self._faults.append(Fault(method, known, times, only_chat, args))

    def clear(self) -> None:
        self._faults.clear()

    def pending(self) -> list[Fault]:
        return list(self._faults)

    def take(self, method: str, chat_id: Any) -> Fault | None:
        """The fault for this call, used up by one."""
        for fault in self._faults:
            same_method = fault.method.lower() == method.lower()
            if not same_method and (fault.method != ANY_METHOD or method == "getUpdates"):
                continue
            if fault.only_chat is not None and str(fault.only_chat) != str(chat_id):
                continue
            fault.times -= 1
            if fault.times == 0:
                self._faults.remove(fault)
            return fault
        return None
