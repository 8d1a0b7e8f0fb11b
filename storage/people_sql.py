"""The statements of `storage.people`: people with their conversations, visitors, who is due."""

from typing import Any

from sqlalchemy import Select, and_, bindparam, delete, insert, literal, select

from storage.statements import Statement, word
from storage.tables.core import account, consent, dialogue, person, visitor

_research = consent.alias()
PERSON_COLUMNS = (
    person.c.id,
    account.c.telegram_id,
    account.c.chat_id,
    person.c.language,
    person.c.form,
    person.c.profile,
    person.c.focus,
    person.c.status,
    person.c.paused_until,
    person.c.pause_reason,
    person.c.next_due_at,
    person.c.last_push_date,
    person.c.created_at,
    person.c.last_seen_at,
    person.c.revision,
    person.c.unanswered,
    consent.c.text_version,
    select(literal(1))
    .where(
        _research.c.person_id == person.c.id,
        _research.c.kind == word("research"),
        _research.c.revoked_at.is_(None),
    )
    .scalar_subquery(),
)
DIALOGUE_COLUMNS = (
    dialogue.c.name,
    dialogue.c.version,
    dialogue.c.state,
    dialogue.c.data,
    dialogue.c.opened_at,
    dialogue.c.updated_at,
)


def _with_dialogues() -> Select[Any]:
    agreed = and_(
        consent.c.person_id == person.c.id, consent.c.kind == word("use"), consent.c.revoked_at.is_(None)
    )
    joined = (
        account.join(person, account.c.person_id == person.c.id)
        .outerjoin(consent, agreed)
        .outerjoin(dialogue, dialogue.c.person_id == person.c.id)
    )
    # NO KEY UPDATE: keeps other turns of the person away, but not the rows that merely refer to the person.
    return (
        select(*PERSON_COLUMNS, *DIALOGUE_COLUMNS)
        .select_from(joined)
        .with_for_update(of=person, key_share=True)
    )


BY_TELEGRAM = Statement(_with_dialogues().where(account.c.telegram_id == bindparam("telegram_id")))
BY_ID = Statement(_with_dialogues().where(person.c.id == bindparam("person_id")))
VISITOR = Statement(select(*visitor.c).where(visitor.c.telegram_id == bindparam("telegram_id")))
EXPIRED = Statement(
    select(*visitor.c)
    .where(visitor.c.expires_at <= bindparam("now"))
    .order_by(visitor.c.expires_at)
    .limit(bindparam("at_most"))
)
DROP_VISITOR = Statement(delete(visitor).where(visitor.c.telegram_id == bindparam("of")))
ADD_VISITOR = Statement(lambda insert_into: insert_into(visitor).on_conflict_do_nothing())
ADD_ACCOUNT = Statement(lambda insert_into: insert_into(account).on_conflict_do_nothing())
OWNER = Statement(select(account.c.person_id).where(account.c.telegram_id == bindparam("telegram_id")))
ADD_PERSON = Statement(insert(person))
DROP_PERSON = Statement(delete(person).where(person.c.id == bindparam("of")))


def _set_dialogue(insert_into: Any) -> Any:
    new = insert_into(dialogue)
    return new.on_conflict_do_update(
        index_elements=["person_id", "name"],
        set_={
            "version": new.excluded.version,
            "state": new.excluded.state,
            "data": new.excluded.data,
            "updated_at": new.excluded.updated_at,
        },
    )


SET_DIALOGUE = Statement(_set_dialogue)
DROP_DIALOGUE = Statement(
    delete(dialogue).where(dialogue.c.person_id == bindparam("of"), dialogue.c.name == bindparam("called"))
)
DUE = Statement(
    select(person.c.id)
    .where(person.c.next_due_at <= bindparam("now"))
    .order_by(person.c.next_due_at)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True, key_share=True)
)
IDLE = Statement(
    select(person.c.id)
    .where(person.c.last_seen_at <= bindparam("before"))
    .order_by(person.c.last_seen_at)
    .limit(bindparam("at_most"))
)
RESUMING = Statement(
    select(person.c.id)
    .where(person.c.paused_until <= bindparam("now"))
    .order_by(person.c.paused_until)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True, key_share=True)
)
