"""What a counsellor sees before a message to several people goes out: as each will read it, how many, and who not."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.counsellors.group_text import ByCounsellor, CounsellorName, GroupText, lines, said
from bot.counsellors.messages import to_person
from bot.counsellors.several import bulk_words
from bot.counsellors.several.choosing import OWN, Choice
from bot.counsellors.turn import GroupTurn

MOST_NAMED: Final = 30
_FORMS: Final = (("fr", "vous"), ("fr", "tu"), ("en", "vous"))


def preview(turn: GroupTurn, words: str, choice: str, found: Choice, first: datetime) -> GroupText:
    """The whole of it. `first`: when the first one goes out."""
    later = found.later(first)
    return lines(
        said("bulk.preview.head", n=len(found.people), which=which(choice)),
        *_readings(turn, words, found),
        said("bulk.preview.later", n=later) if later else None,
        *_excluded(turn, found),
        said("bulk.preview.untold", n=found.untold) if found.untold else None,
    )


def which(choice: str) -> GroupText:
    """The list's name."""
    if choice.startswith(OWN):
        return said("bulk.which_own", name=ByCounsellor(choice.removeprefix(OWN)))
    return said(f"bulk.choice.{choice}")


def _readings(turn: GroupTurn, words: str, found: Choice) -> list[GroupText]:
    """The text once in each form that occurs, with the name of the first who reads it."""
    who = CounsellorName(turn.member.name)
    shown: list[GroupText] = []
    for language, form in _FORMS:
        readers = [
            one for one in found.people if _form(one.record.language, one.record.form) == (language, form)
        ]
        if not readers:
            continue
        first = readers[0].record
        name = f"bulk.preview.{'en' if language == 'en' else form}"
        reading = bulk_words.as_read(words, to_person.voice_of(first), first.profile.first_name, who)
        shown += [said(name, n=len(readers)), reading]
    return shown


def _form(language: str, form: str) -> tuple[str, str]:
    return (language, "vous" if language == "en" else form)


def _excluded(turn: GroupTurn, found: Choice) -> list[GroupText]:
    if not found.excluded:
        return []
    named = [
        said(f"bulk.excluded.{reason}", person=turn.label_of(link))
        for link, reason in found.excluded[:MOST_NAMED]
    ]
    more = len(found.excluded) - len(named)
    rest = [said("bulk.preview.more", n=more)] if more else []
    return [said("bulk.preview.excluded", n=len(found.excluded)), *named, *rest]
