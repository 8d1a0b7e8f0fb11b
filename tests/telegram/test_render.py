"""Replies become calls that Telegram accepts, whatever is in them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aiogram.methods import EditMessageText, SendDocument, SendMessage, SendPhoto
from aiogram.types import ForceReply, InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogs.replies import Button, Reply
from bot.sandbox.markup import parse_html
from bot.telegram import render
from bot.telegram.cleaning import clean, isolate, one_line
from bot.telegram.limits import CAPTION_MAX, TEXT_MAX, utf16_length

YES = Button("Oui", "daily", 1, "ask", "yes")
wild = st.text(
    st.one_of(st.characters(), st.sampled_from("<>&\x00\ud83d\ude00\u202eשم\n\r \u2067")), max_size=60
)


def messages(reply: Reply) -> list[SendMessage]:
    calls = render.send(reply, 7)
    assert all(isinstance(call, SendMessage) for call in calls)
    return calls  # type: ignore[return-value]


def only(reply: Reply) -> SendMessage:
    (call,) = messages(reply)
    return call


def test_a_reply_has_a_bold_title_a_text_a_ready_made_text_and_a_footer() -> None:
    said = only(Reply("Deux < trois & quatre", title="Aujourd'hui", payload="Bonjour,\n<moi>", footer="Fin"))
    assert said.text == (
        "<b>Aujourd'hui</b>\n\nDeux &lt; trois &amp; quatre\n\n<pre>Bonjour,\n&lt;moi&gt;</pre>\n\nFin"
    )
    assert said.parse_mode == "HTML"
    assert said.chat_id == 7


def test_buttons_keep_their_rows_and_kinds() -> None:
    rows = ((YES, Button("Non", "daily", 1, "ask", "no")), (Button("Voir", url="https://example.org"),))
    markup = only(Reply("?", buttons=(*rows, (Button("Copier", copy="0102"),)))).reply_markup
    assert isinstance(markup, InlineKeyboardMarkup)
    made = markup.inline_keyboard
    assert [[button.text for button in row] for row in made] == [["Oui", "Non"], ["Voir"], ["Copier"]]
    assert made[0][0].callback_data == "daily1|ask|yes"
    assert made[1][0].url == "https://example.org"
    assert made[2][0].copy_text is not None
    assert made[2][0].copy_text.text == "0102"


def test_a_reply_keyboard_is_shown_with_a_location_button_and_taken_away() -> None:
    shown = only(Reply("?", keyboard=(("Lyon", "Paris"),), ask_location="📍 Ma position")).reply_markup
    assert isinstance(shown, ReplyKeyboardMarkup)
    assert shown.resize_keyboard
    assert [[key.text for key in row] for row in shown.keyboard] == [["📍 Ma position"], ["Lyon", "Paris"]]
    assert shown.keyboard[0][0].request_location
    assert isinstance(only(Reply("!", keyboard="remove")).reply_markup, ReplyKeyboardRemove)


def test_buttons_and_a_keyboard_together_take_two_messages() -> None:
    first, last = messages(Reply("Noté : Lyon.\n\nEt le permis ?", buttons=((YES,),), keyboard="remove"))
    assert (first.text, last.text) == ("Noté : Lyon.", "Et le permis ?")
    assert isinstance(first.reply_markup, ReplyKeyboardRemove)
    assert isinstance(last.reply_markup, InlineKeyboardMarkup)


def test_buttons_win_over_a_keyboard_when_the_text_cannot_be_parted() -> None:
    assert isinstance(
        only(Reply("Permis ?", buttons=((YES,),), keyboard="remove")).reply_markup, InlineKeyboardMarkup
    )


def test_only_the_last_message_of_a_long_text_bears_the_buttons() -> None:
    said = messages(Reply("Un paragraphe. " * 200 + "\n\n" + "Un autre. " * 300, buttons=((YES,),)))
    assert len(said) == 2
    assert [call.reply_markup is not None for call in said] == [False, True]


def test_an_edit_keeps_the_buttons_and_sends_only_what_does_not_fit() -> None:
    (edited,) = render.edit(Reply("Fait", buttons=((YES,),)), 7, 12)
    assert isinstance(edited, EditMessageText)
    assert (edited.chat_id, edited.message_id, edited.text) == (7, 12, "Fait")
    assert isinstance(edited.reply_markup, InlineKeyboardMarkup)
    long = render.edit(Reply("mot " * 2000, buttons=((YES,),)), 7, 12)
    assert [type(call) for call in long] == [EditMessageText, SendMessage]
    instead = render.sent_instead(edited)
    assert (instead.text, instead.reply_markup) == ("Fait", edited.reply_markup)


def test_what_an_edit_cannot_carry_is_sent_anew() -> None:
    assert [type(c) for c in render.edit(Reply("x", keyboard="remove"), 7, 1)] == [SendMessage]
    file = Reply("x", document_name="a.txt", document="y")
    assert [type(c) for c in render.edit(file, 7, 1)] == [SendDocument]


def test_a_document_carries_its_text_as_caption_unless_it_is_too_long() -> None:
    (short,) = render.send(
        Reply("Vos données", document_name="bob/données.json", document="{é}", buttons=((YES,),)), 7
    )
    assert isinstance(short, SendDocument)
    assert (short.caption, short.document.filename) == ("Vos données", "bob_données.json")  # type: ignore[union-attr]
    assert short.document.data == "{é}".encode()  # type: ignore[union-attr]
    text, file = render.send(Reply("mot " * 300, document_name="a.txt", document="y", buttons=((YES,),)), 7)
    assert isinstance(text, SendMessage)
    assert isinstance(file, SendDocument)
    assert (text.reply_markup, file.caption) == (None, None)
    assert file.reply_markup is not None


def test_a_picture_carries_its_text_as_caption_unless_it_is_too_long() -> None:
    reply = Reply("Trois <actions> faites", buttons=((YES,),), picture={"title": "Votre chemin"})
    (photo,) = render.send(reply, 7, b"png")
    assert isinstance(photo, SendPhoto)
    assert (photo.caption, photo.photo.data) == ("Trois &lt;actions&gt; faites", b"png")  # type: ignore[union-attr]
    assert isinstance(photo.reply_markup, InlineKeyboardMarkup)
    text, photo = render.send(Reply("mot " * 300, picture={"title": "x"}), 7, b"png")
    assert isinstance(text, SendMessage)
    assert isinstance(photo, SendPhoto)
    assert photo.caption is None


def test_a_picture_that_was_not_drawn_leaves_its_words() -> None:
    (said,) = render.send(Reply("Trois actions faites", picture={"title": "x"}), 7, None)
    assert isinstance(said, SendMessage)
    assert said.text == "Trois actions faites"


def test_a_picture_takes_the_place_of_no_text() -> None:
    assert [type(c) for c in render.edit(Reply("x", picture={"title": "x"}), 7, 1, b"png")] == [SendPhoto]


@pytest.mark.parametrize(
    "buttons",
    [
        (tuple([YES] * 9),),
        tuple((YES,) for _ in range(101)),
        ((Button("x", copy="c" * 257),),),
        ((Button("x", copy=""),),),
        ((Button("x", "daily", 1, "s", "v" * 64),),),
    ],
)
def test_buttons_that_telegram_would_refuse_are_a_fault(buttons: tuple[tuple[Button, ...], ...]) -> None:
    with pytest.raises(ValueError):
        render.send(Reply("x", buttons=buttons), 7)


@given(wild, wild, wild, wild, wild)
def test_no_name_and_no_text_can_break_a_message(
    title: str, text: str, payload: str, footer: str, label: str
) -> None:
    reply = Reply(
        text, title=title, payload=payload, footer=footer, buttons=((Button(label, url="https://a.b"),),)
    )
    for call in messages(reply):
        call.text.encode()
        plain, _ = parse_html(call.text)
        assert 1 <= utf16_length(plain) <= TEXT_MAX
        assert not set(plain) & set("\x00\u202e\u2067\r")


@given(st.text(max_size=3000), st.integers(1, 8))
def test_long_texts_stay_within_the_limits_of_texts_and_captions(text: str, times: int) -> None:
    reply = Reply("Début " + text * times, title=text[:50], payload=text, document_name="a", document="b")
    for call in render.send(reply, 7):
        shown: Any = call.text if isinstance(call, SendMessage) else getattr(call, "caption", None) or "x"
        plain, _ = parse_html(shown)
        assert utf16_length(plain) <= (TEXT_MAX if isinstance(call, SendMessage) else CAPTION_MAX)


@pytest.mark.parametrize("empty", ["", "\x00", " \n", "\u200b\u200d", "\u3164", "\u2800"])
def test_an_empty_reply_still_shows_its_buttons(empty: str) -> None:
    said = only(Reply(empty, title=empty, buttons=((YES,),)))
    assert said.text == "…"
    assert said.reply_markup is not None


def test_cleaning_removes_what_breaks_and_keeps_the_rest() -> None:
    assert clean("a\x00b\r\nc\rd\u2028e\tf\x1bg") == "ab\nc\nd\ne\tfg"
    assert clean("\ud83d\ude00 \ud83d!") == "😀 \ufffd!"
    assert clean("Zoé 👩\u200d🔧 l\u2019été \u00a0?") == "Zoé 👩\u200d🔧 l\u2019été \u00a0?"
    assert one_line("  deux\nlignes \x00 ") == "deux lignes"


@given(wild)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_names_from_right_to_left_leave_their_line_in_place() -> None:
    assert isolate("محمد علي, voici 3 offres\nשלום") == "\u2068محمد علي\u2069, voici 3 offres\nשלום"
    assert only(Reply("Bonjour \u202eGnirts")).text == "Bonjour Gnirts"


def test_a_ready_made_text_is_copied_without_invisible_marks() -> None:
    assert "\u2068" not in only(Reply("x", payload="Bonjour محمد")).text


def test_a_forced_reply_is_for_whoever_is_mentioned() -> None:
    asked = Reply("Votre message à Sofia M. ?", force_reply="Votre message", addressee=(501, "Nadia <3"))
    call = render.send(Reply.from_json(json.loads(json.dumps(asked.to_json()))), -1001)[0]
    assert isinstance(call, SendMessage)
    assert call.text == '<a href="tg://user?id=501">Nadia &lt;3</a> · Votre message à Sofia M. ?'
    assert isinstance(call.reply_markup, ForceReply)
    assert call.reply_markup.selective


def test_a_forced_reply_to_nobody_in_particular_is_for_everybody() -> None:
    call = render.send(Reply("Qui ?", force_reply="Un nom"), 42)[0]
    assert isinstance(call, SendMessage)
    assert isinstance(call.reply_markup, ForceReply)
    assert not call.reply_markup.selective
