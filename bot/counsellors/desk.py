"""The counsellors' view, behind one interface: what Bob does in front of a team, whatever carries it.

`Desk` is all that the rest of the room knows. `OutboxDesk` carries it over Telegram: each call adds a row of the outbox
in the transaction that is running, so that nothing is said that did not happen, and the courier sends it at the pace
that a group permits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import Connection

from bot.counsellors.group_text import GroupText
from bot.counsellors.messages.words import ALBUM_WAIT, Call, Words, calls
from bot.dialogs.replies import Reply, Rows
from bot.dialogs.texts import Voice
from storage import links, mentions, outbox
from storage.outbox_sql import TOLD
from storage.words import Lane, Method


class Desk(Protocol):
    """What can be done in front of a team. `link_id`: in the topic of that person, else in the general one.

    Everything is done once the transaction is committed, in the order in which it was asked. Methods that write return
    the number of their call (`outbox.id`), None when one with the same `key` was made before. `quiet` calls may wait:
    they never hold up what people write.
    """

    def say(
        self,
        text: GroupText,
        *,
        link_id: int | None = None,
        buttons: Rows = (),
        reply_to: int | None = None,
        answer_wanted: str | None = None,
        picture: dict[str, Any] | None = None,
        document: tuple[str, str] | None = None,
        quiet: bool = False,
        key: str | None = None,
        purpose: str = "group",
    ) -> int | None: ...

    def rewrite(
        self,
        message_id: int,
        text: GroupText,
        *,
        link_id: int | None = None,
        buttons: Rows = (),
        quiet: bool = False,
    ) -> int | None: ...

    def hand_on(
        self,
        words: Words,
        heading: GroupText,
        *,
        link_id: int | None,
        named: bool,
        lines: bool,
        reply_to: int | None = None,
        silent: bool = False,
        not_before: datetime | None = None,
    ) -> list[tuple[int, Call]]: ...

    def correct(
        self, message_id: int, body: Mapping[str, Any], *, link_id: int | None, purpose: str
    ) -> None: ...

    def react(self, message_id: int, emoji: str) -> None: ...

    def pin(self, message_id: int, *, link_id: int | None = None) -> None: ...

    def delete(self, message_ids: list[int]) -> None: ...

    def topic(self, do: str, link_id: int, **details: Any) -> int | None: ...


@dataclass(frozen=True, slots=True)
class OutboxDesk:
    """The desk of one Telegram chat: a group of the team, or the private chat of one of its counsellors."""

    conn: Connection
    now: datetime
    chat_id: int
    voice: Voice
    today: date  # of the team
    member: tuple[int, str] | None = None
    """Whose event this is, in a group: whom an answer that is wanted is wanted from (Telegram id, name)."""
    about: int | None = None
    """The link that the event is about: what is said of it anywhere goes when they leave, named or not."""

    def say(
        self,
        text: GroupText,
        *,
        link_id: int | None = None,
        buttons: Rows = (),
        reply_to: int | None = None,
        answer_wanted: str | None = None,
        picture: dict[str, Any] | None = None,
        document: tuple[str, str] | None = None,
        quiet: bool = False,
        key: str | None = None,
        purpose: str = "group",
    ) -> int | None:
        """`answer_wanted`: Telegram opens the reply to this message, with that hint. `document`: (name, content)."""
        reply = Reply(
            text.render(self.voice, self.today),
            buttons=buttons,
            reply_to=reply_to,
            force_reply=answer_wanted,
            addressee=self.member if answer_wanted is not None else None,
            picture=picture,
        )
        if document is not None:
            reply = replace(reply, document_name=document[0], document=document[1])
        call = self._add("send", reply.to_json(), link_id, quiet=quiet, key=key, purpose=purpose)
        if call is not None:
            mentions.add(self.conn, self._named(text, link_id), self.chat_id, outbox_id=call)
        return call

    def rewrite(
        self,
        message_id: int,
        text: GroupText,
        *,
        link_id: int | None = None,
        buttons: Rows = (),
        quiet: bool = False,
    ) -> int | None:
        reply = Reply(text.render(self.voice, self.today), buttons=buttons)
        mentions.add(self.conn, self._named(text, link_id), self.chat_id, message_id=message_id)
        return self._add("edit", reply.to_json(), link_id, quiet=quiet, target=message_id)

    def hand_on(
        self,
        words: Words,
        heading: GroupText,
        *,
        link_id: int | None,
        named: bool,
        lines: bool,
        reply_to: int | None = None,
        silent: bool = False,
        not_before: datetime | None = None,
    ) -> list[tuple[int, Call]]:
        """People's own words, which are theirs to show: the numbers of the calls, and what each shows.

        `named`, `lines`: under the heading, as in `words.calls`. An album waits for its further items.
        """
        made = []
        over = heading.render(self.voice, self.today)
        for call in calls(words, over, named=named, lines=lines, reply_to=reply_to, silent=silent):
            waits = self.now + ALBUM_WAIT if call.method == "copy_album" else None
            row_id = self._add(
                call.method,
                call.body,
                link_id,
                purpose="relay heading" if call.is_heading else "relay",
                not_before=max(filter(None, (not_before, waits)), default=None),
            )
            assert row_id is not None, "a call without a key is always added"
            made.append((row_id, call))
        return made

    def correct(self, message_id: int, body: Mapping[str, Any], *, link_id: int | None, purpose: str) -> None:
        """Bring the copy of somebody's words up to date."""
        self._add("edit_copy", body, link_id, target=message_id, purpose=purpose)

    def react(self, message_id: int, emoji: str) -> None:
        self._add("react", {"emoji": emoji} if emoji else {}, None, target=message_id)

    def pin(self, message_id: int, *, link_id: int | None = None) -> None:
        self._add("pin", {}, link_id, quiet=True, target=message_id)

    def delete(self, message_ids: list[int]) -> None:
        for first in range(0, len(message_ids), 100):
            self._add("delete", {"message_ids": message_ids[first : first + 100]}, None, quiet=True)

    def topic(self, do: str, link_id: int, **details: Any) -> int | None:
        """`do`: open (name), rename (name), close, reopen; delete (thread_id), whose link is gone by then."""
        mine = None if do == "delete" else link_id
        return self._add("topic", {"do": do, **details}, mine, purpose=f"group topic {do}")

    def _named(self, text: GroupText, link_id: int | None) -> set[int]:
        """Those of whom it speaks, but for the one in whose topic it is said: their topic goes with them."""
        if link_id is None:
            return {*text.people(), *({self.about} if self.about is not None else ())}
        place = links.topic_of(self.conn, link_id)
        in_topic = place is not None and (place.thread_id is not None or place.state == "opening")
        return set(text.people()) - {link_id} if in_topic else {*text.people(), link_id}

    def _add(
        self,
        method: Method,
        body: Mapping[str, Any],
        link_id: int | None,
        *,
        quiet: bool = False,
        target: int | None = None,
        key: str | None = None,
        purpose: str = "group",
        not_before: datetime | None = None,
    ) -> int | None:
        if not purpose.startswith(TOLD):
            raise ValueError(f"purposes of what is said to a team begin with one of {TOLD}: {purpose}")
        lane: Lane = "bulk" if quiet else "interactive"
        return outbox.add(
            self.conn,
            self.now,
            person_id=None,
            chat_id=self.chat_id,
            lane=lane,
            method=method,
            body=body,
            dedupe_key=key,
            purpose=purpose,
            target_message_id=target,
            topic_id=link_id,
            not_before=not_before,
        )
