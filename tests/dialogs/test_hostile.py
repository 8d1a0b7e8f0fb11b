"""F5: hostile words as a name, a job, a town or a plan: kept clean or refused, and never in the way afterwards."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dialogs.incoming import Kind
from bot.telegram import render
from bot.understanding.text import clean
from tests.dialogs.chat import Chat, Message, check_message, paris
from tests.dialogs.conftest import NewChat

HOSTILE = {
    "tag": "<b>gras</b>",
    "open tag": "<script>alert(1)",
    "entity": "&lt;&amp;",
    "braces": "{name}",
    "braces of ours": "{first_name} {operator} {vous|tu}",
    "percent": "%s %d %(x)s",
    "template": "{{7*7}} ${7*7}",
    "quote": "Robert'); DROP TABLE person;--",
    "long": "x" * 10_000,
    "long words": "mot " * 3_000,
    "right to left": "\u202eevil\u202c",
    "arabic": "أمينة",
    "hebrew and latin": "שלום Amina",
    "family": "👩‍👩‍👧‍👦",
    "null": "Ami\x00na",
    "only null": "\x00",
    "controls": "\x07\x1b[31mrouge",
    "surrogate": "Ami\ud800na",
    "only surrogate": "\udfff",
    "combining": "Z̸̡̢̛͖͎a̷l̶g̵o̶" * 10,
    "blank": "\u2800\u3164",
    "newlines": "a\n" * 500,
    "slash": "/start",
    "link": "https://example.org/x",
    "callback": "day1|1|done",
    "backslash": "\\u0000 \\N{BULLET}",
}  # fmt: skip


def escaped(message: Message) -> None:
    """The HTML that Telegram gets holds no tag but ours."""
    for call in render.send(message.reply, 1):
        html = getattr(call, "text", None) or getattr(call, "caption", None) or ""
        bare = html
        for tag in ("<b>", "</b>", "<pre>", "</pre>"):
            bare = bare.replace(tag, "")
        assert "<" not in bare
        assert ">" not in bare


@pytest.fixture
def chat(new_chat: NewChat) -> Chat:
    made = new_chat()
    made.checks[:] = [check_message, escaped]
    return made


def live_on(chat: Chat) -> None:
    """A day with Bob: everything that says the person's words back."""
    chat.tick_to(paris("2026-11-27 09:01"))
    for key in ("day.button.easier", "day.button.stuck", "day.button.done", "day.felt.fine"):
        chat.tap(key)
    for command in ("/start", "/profil", "/action", "/pourquoi", "/strategies", "/mesdonnees", "/aide"):
        chat.command(command)
        assert chat.text.strip()
    chat.command("/mesdonnees")
    chat.tap("mydata.export")
    assert chat.last.reply.document


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("field", ["first_name", "job", "place"])
def test_hostile_words_are_kept_clean_or_refused_and_never_in_the_way(
    chat: Chat, field: str, name: str
) -> None:
    text = HOSTILE[name]
    chat.agree()
    for state in ("first_name", "job", "place"):
        if state == field:
            chat.say(text)
        if chat.state("onboarding") in (state, "jobs", f"{state}_pick"):
            chat.say("passer")
    while chat.state("onboarding") != "done" or chat.state("diagnosis") == "asking":
        chat.say("passer")
    kept = getattr(chat.record.profile, field)
    if kept is not None:
        assert 1 <= len(kept) <= 80
        assert "\x00" not in kept
        assert clean(kept, 80) == kept
    live_on(chat)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_in_a_plan(with_action: Chat, name: str) -> None:
    with_action.checks[:] = [check_message, escaped]
    with_action.tap("day.button.plan")
    with_action.say("dans 2 heures")
    for _ in range(6):
        if with_action.state("plan") is None:
            break
        with_action.say(HOSTILE[name])
        if with_action.hears("questions.unclear") or with_action.hears("help.unknown_command"):
            with_action.tap("plan.enough")
    assert with_action.state("plan") is None
    with_action.tick_to(paris("2026-11-27 11:10"))
    assert with_action.hears("plan.recall")
    with_action.command("/mesdonnees")
    with_action.tap("mydata.export")


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize(
    "question", ["first_name", "job", "place", "zone", "months", "minutes", "barriers", "hour"]
)
def test_hostile_words_as_an_edit(amina: Chat, question: str, name: str) -> None:
    amina.checks[:] = [check_message, escaped]
    amina.command("/profil")
    if question == "minutes":
        amina.tap("profile.more")
    amina.tap(f"questions.{question}.short")
    amina.say(HOSTILE[name])
    assert amina.text.strip()
    amina.command("/profil")
    assert amina.text.strip()
    amina.tick_to(paris("2026-11-27 20:00"))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_commands_and_arguments(amina: Chat, name: str) -> None:
    amina.checks[:] = [check_message, escaped]
    amina.command(f"/{HOSTILE[name]}")
    assert amina.text.strip()
    amina.command(f"/start {HOSTILE[name]}")
    assert amina.text.strip()
    amina.command(f"/profil {HOSTILE[name]}")
    assert amina.text.strip()


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("kind", [Kind.FORWARDED, Kind.EDITED, Kind.DOCUMENT])
def test_hostile_captions(amina: Chat, kind: Kind, name: str) -> None:
    amina.send(kind, HOSTILE[name])
    assert amina.text.strip()


@pytest.mark.parametrize(
    "text", ["9" * 400, "1e999", "-5", "0.5", "٣", "²", "1/0", "9" * 400 + " mois", "NaN", "∞"]
)
@pytest.mark.parametrize(
    "question", ["applications", "interviews", "months", "experience", "minutes", "hour", "leads"]
)
def test_numbers_that_are_none(amina: Chat, question: str, text: str) -> None:
    amina.command("/profil")
    if not amina.has(f"questions.{question}.short"):
        amina.tap("profile.more")
    amina.tap(f"questions.{question}.short")
    amina.say(text)
    assert amina.text.strip()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(alphabet=st.characters(), max_size=200))
def test_any_text_at_all_as_a_first_name(new_chat: NewChat, text: str) -> None:
    chat = new_chat()
    chat.checks[:] = [check_message, escaped]
    chat.agree()
    chat.say(text)
    assert chat.text.strip()
    chat.command("/profil")
    assert chat.text.strip()


@given(text=st.text(alphabet=st.characters()), limit=st.integers(1, 60))
def test_a_cleaned_text_is_short_visible_and_stays_as_it_is(text: str, limit: int) -> None:
    kept = clean(text, limit)
    assert len(kept) <= limit
    assert clean(kept, limit) == kept
    assert "\x00" not in kept
    kept.encode()
