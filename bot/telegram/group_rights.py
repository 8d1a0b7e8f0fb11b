"""Whether the bot can do its work in a team's group, and what to do where it cannot. Pure: values in, sentences out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.counsellors.members import missing_rights

TICKS: Final = {
    "can_manage_topics": "Manage topics",
    "can_delete_messages": "Delete messages",
    "can_pin_messages": "Pin messages",
}
"""What Telegram's apps call the rights that Bob needs."""
_GONE: Final = frozenset(("left", "kicked"))


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one group. `grave`: Bob cannot do his work there; else it could be better."""

    text: str
    grave: bool = True


def faults(where: str, chat: Mapping[str, Any], member: Mapping[str, Any]) -> list[Fault]:
    """From Telegram's `getChat` and `getChatMember` of the bot itself; `where` names the group to whoever runs Bob."""
    status, is_forum = str(member.get("status")), bool(chat.get("is_forum"))
    if status in _GONE:
        return [gone(where)]
    found = []
    rights = frozenset(name for name, given in member.items() if name.startswith("can_") and given is True)
    missing = [TICKS[name] for name in missing_rights(rights, is_forum=is_forum)]
    if status == "creator":
        missing = []
    if status not in ("administrator", "creator"):
        found.append(
            Fault(
                f"Bob is no administrator of {where}: in the group's settings open Administrators, add Bob, and tick "
                f"{', '.join(missing)}"
            )
        )
    elif missing:
        found.append(
            Fault(
                f"Bob lacks rights in {where}: under Administrators, pick Bob and tick {', '.join(missing)}"
            )
        )
    if not is_forum:
        found.append(
            Fault(
                f"{where} has no topics: all works, but one topic for each person is clearer; enable Topics in the "
                "group's settings (the group gets a new id, which Bob follows by himself)",
                grave=False,
            )
        )
    return found


def gone(where: str) -> Fault:
    """Bob is not there any more."""
    return Fault(
        f"Bob is not in {where} any more: add him again as an administrator, or give the team another group "
        "with a fresh code (bob team code)"
    )


def moved(where: str) -> Fault:
    """The group became a supergroup, and Bob has not met it under its new id yet."""
    return Fault(
        f"{where} became a supergroup under a new id: write a word there while Bob runs, and he follows",
        grave=False,
    )
