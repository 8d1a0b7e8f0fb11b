"""The words of a message to several people: what can be sent reads well for everybody, all else is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.counsellors.group_text import LONGEST_WORDS
from bot.counsellors.several import bulk_words
from bot.dialogs.texts import Voice

VOUS, TU, ENGLISH = Voice("fr", "vous"), Voice("fr", "tu"), Voice("en", "vous")
pieces = st.lists(
    st.sampled_from(
        ("{prenom}", "{prénom}", "{first_name}", "{signature}", "{venez|viens}", "{|s}", "{", "}", "|", "{x}", "a", " ",
         "\n", "{{", "}}", "{prenom", "|b}", "é", "<b>", "%s")
    ),
    max_size=12,
).map("".join)  # fmt: skip


@given(words=st.one_of(pieces, st.text(max_size=60)), name=st.none() | st.text(max_size=30))
@example("{prenom{a|b}}", "Sofia")
@example("{pre{n|}om}", "Sofia")
def test_words_are_refused_or_read_by_everybody(words: str, name: str | None) -> None:
    if bulk_words.fault(words) is not None:
        return
    for voice in (VOUS, TU, ENGLISH):
        text = bulk_words.read_by(words, voice, name, "Nadia")
        left = text.replace(bulk_words.label(name).text, "")
        assert "{" not in left
        assert "}" not in left


@pytest.mark.parametrize(
    ("voice", "name", "text"),
    [
        (VOUS, "Sofia", "Bonjour Sofia, venez. Nadia"),
        (TU, "Sofia Maria", "Bonjour Sofia, viens. Nadia"),
        (ENGLISH, "Sofia", "Bonjour Sofia, venez. Nadia"),
        (VOUS, None, "Bonjour, venez. Nadia"),
        (VOUS, "<b>{x}</b>", "Bonjour b, venez. Nadia"),
    ],
)
def test_what_each_reads(voice: Voice, name: str | None, text: str) -> None:
    assert bulk_words.read_by("Bonjour {prenom}, {venez|viens}. {signature}", voice, name, "Nadia") == text


def test_names_in_braces_may_be_written_in_capitals() -> None:
    assert bulk_words.fault("{Prenom} {SIGNATURE}") is None
    assert bulk_words.read_by("{Prenom} {SIGNATURE}", VOUS, "Sofia", "Nadia") == "Sofia Nadia"


@given(st.text(min_size=1, max_size=1000))
def test_all_of_the_words_are_shown_in_the_preview(words: str) -> None:
    shown = bulk_words.shown(words).render(VOUS, date(2026, 11, 24))
    assert "".join(shown.split()).replace("│", "") == "".join(words.split()).replace("│", "")
    assert all(len(line) <= LONGEST_WORDS + 2 for line in shown.splitlines())
