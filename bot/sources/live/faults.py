"""Why a live source gave no answer."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """What went wrong, in one word for logs and `bob doctor`."""

    NETWORK = "network"  # no connection, or it broke
    SLOW = "slow"  # no answer within the time allowed
    BUSY = "busy"  # 429: too many calls
    CREDENTIALS = "credentials"  # the account's id or secret is refused
    SCOPE = "scope"  # the account is not subscribed to this API
    UNAUTHORISED = "unauthorised"  # a fresh token is refused, as for an address that does not exist
    REJECTED = "rejected"  # these words cannot be asked
    SERVER = "server"  # 5xx
    MALFORMED = "malformed"  # an answer that is not of the documented shape
    OURS = "ours"  # a fault of this program


class SourceError(Exception):
    """A live source gave no answer. Holds neither an address, nor a secret, nor what was asked."""

    def __init__(self, fault: Fault, *, retry_after: float | None = None) -> None:
        """`retry_after`: seconds during which the source asked for silence."""
        super().__init__(fault.value)
        self.fault = fault
        self.retry_after = retry_after
