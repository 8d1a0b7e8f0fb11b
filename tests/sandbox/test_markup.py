"""HTML as Telegram reads it."""

from __future__ import annotations

import html
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import formatted, with_found
from bot.sandbox.errors import ApiError
from bot.sandbox.markup import parse_html
from bot.telegram.limits import ENTITIES_MAX, utf16_length

TAGS = ["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "tg-spoiler", "blockquote"]
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=40)


def units(text: str, entity: dict[str, Any]) -> str:
    """The part of the text that an entity covers."""
    encoded = text.encode("utf-16-le")
    return encoded[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode("utf-16-le")


@given(TEXTS)
def test_the_length_is_that_of_utf16(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2


@given(TEXTS)
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse_html(escaped) == (text, [])


@given(TEXTS, TEXTS.filter(bool), TEXTS, st.sampled_from(TAGS))
def test_a_tag_covers_exactly_what_it_encloses(before: str, inside: str, after: str, tag: str) -> None:
    source = f"{html.escape(before, quote=False)}<{tag}>{html.escape(inside, quote=False)}</{tag}>"
    text, entities = parse_html(source + html.escape(after, quote=False))
    assert text == before + inside + after
    assert len(entities) == 1
    assert units(text, entities[0]) == inside


@given(st.text(st.sampled_from("<>/&; abi\"='é👋#1x-tgspan"), max_size=60))
def test_any_input_is_parsed_or_refused_with_telegrams_words(source: str) -> None:
    refusal = None
    try:
        text, entities = parse_html(source)
    except ApiError as error:
        refusal = error.description
    if refusal is not None:
        assert refusal.startswith("Bad Request: can't parse entities: ")
    else:
        assert all(entity["offset"] >= 0 for entity in entities)
        assert all(entity["offset"] + entity["length"] <= utf16_length(text) for entity in entities)


@given(TEXTS)
def test_trimming_keeps_entities_on_their_words(word: str) -> None:
    source = f"  \n <b>{html.escape(word, quote=False)}</b> \t "
    text, entities = formatted(source, "HTML")
    assert text == text.strip(" \t\n\r\v\f\x00")
    for entity in entities:
        assert entity["offset"] + entity["length"] <= utf16_length(text)
    bold = [entity for entity in entities if entity["type"] == "bold"]
    if text:
        assert units(text, bold[0]) == text


@pytest.mark.parametrize(
    ("source", "refusal"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<b>gras", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<h1>titre</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("é<br/>", 'Unsupported start tag "br/" at byte offset 2'),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a href="https://x.fr>a</a>', 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=https://x.fr>a</a>", "Unexpected end of name token at byte offset 8"),
        ("<a =x>a</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
    ],
)
def test_faulty_html_is_refused(source: str, refusal: str) -> None:
    with pytest.raises(ApiError) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {refusal}"


def test_links_quotes_code_and_spoilers_become_entities() -> None:
    text, entities = parse_html(
        '<a href="https://x.fr/?a=1&amp;b=2">lien</a> <blockquote expandable>cité</blockquote> '
        '<pre><code class="language-python">x = 1</code></pre> <span class="tg-spoiler">caché</span>'
        '<tg-emoji emoji-id="53">👍</tg-emoji> <a href="tg://user?id=7">Léa</a>'
    )
    assert [(entity["type"], units(text, entity)) for entity in entities] == [
        ("text_link", "lien"),
        ("expandable_blockquote", "cité"),
        ("pre", "x = 1"),
        ("spoiler", "caché"),
        ("custom_emoji", "👍"),
        ("text_mention", "Léa"),
    ]
    assert entities[0]["url"] == "https://x.fr/?a=1&b=2"
    assert entities[2]["language"] == "python"
    assert entities[4]["custom_emoji_id"] == "53"


def test_nested_tags_are_ordered_from_the_outside() -> None:
    text, entities = parse_html("<b>a <i>b</i></b>")
    assert text == "a b"
    assert [(entity["type"], units(text, entity)) for entity in entities] == [
        ("bold", "a b"),
        ("italic", "b"),
    ]


def test_only_the_known_character_references_are_decoded() -> None:
    assert parse_html("&lt;&gt;&amp;&quot;&#233;&#xe9; &nbsp; &eacute; &; &#; AT&T")[0] == (
        '<>&"éé &nbsp; &eacute; &; &#; AT&T'
    )


def test_an_empty_tag_leaves_no_entity() -> None:
    assert parse_html("a<b></b>") == ("a", [])


def test_more_than_a_hundred_entities_are_refused() -> None:
    assert formatted("<b>a</b> " * ENTITIES_MAX, "HTML")[0]
    with pytest.raises(ApiError, match="ENTITIES_TOO_LONG"):
        formatted("<b>a</b> " * (ENTITIES_MAX + 1), "HTML")


def test_an_unknown_parse_mode_is_refused_and_markdown_is_not_simulated() -> None:
    with pytest.raises(ApiError, match="unsupported parse_mode"):
        formatted("a", "BBCode")
    with pytest.raises(ApiError, match="Not Implemented"):
        formatted("a", "MarkdownV2")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start abc", [("bot_command", "/start")]),
        (
            "👋 /aide@BobSandboxBot, et /stop",
            [("bot_command", "/aide@BobSandboxBot"), ("bot_command", "/stop")],
        ),
        ("et/ou 1/2 km/h", []),
        ("voir https://www.x.fr/a?b=1.", [("url", "https://www.x.fr/a?b=1")]),
        ("écrire à a.b@exemple.fr ou @nadia_ml", [("email", "a.b@exemple.fr"), ("mention", "@nadia_ml")]),
        ("#emploi #1", [("hashtag", "#emploi")]),
    ],
)
def test_commands_links_and_mentions_are_found(text: str, found: list[tuple[str, str]]) -> None:
    assert [(entity["type"], units(text, entity)) for entity in with_found(text, [])] == found


def test_nothing_is_found_inside_code() -> None:
    _, entities = formatted("<code>/start https://x.fr</code>", "HTML")
    assert [entity["type"] for entity in entities] == ["code"]
