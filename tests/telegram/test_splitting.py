"""Long texts are cut where a reader would cut them, and lose nothing but the space at the cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.limits import utf16_length
from bot.telegram.splitting import BETWEEN, Block, Style, cut, split_blocks

texts = st.text(st.sampled_from("ab é.!\n«» 😀👍🏽\u200d\u0301"), max_size=300)
blocks = st.lists(st.builds(Block, texts, st.sampled_from(Style)), max_size=5)


def length(part: list[Block]) -> int:
    return utf16_length(BETWEEN.join(block.text for block in part))


def squeezed(parts: list[Block]) -> str:
    return "".join("".join(block.text.split()) for block in parts)


@given(blocks, st.integers(8, 120))
def test_no_message_is_too_long_or_empty_and_nothing_is_lost(given_blocks: list[Block], limit: int) -> None:
    parts = split_blocks(given_blocks, limit)
    assert all(0 < length(part) <= limit for part in parts)
    assert squeezed([block for part in parts for block in part]) == squeezed(given_blocks)


@given(texts, st.integers(2, 100))
def test_a_cut_text_fits_and_keeps_every_character(text: str, limit: int) -> None:
    if utf16_length(text) <= limit:
        return
    head, tail = cut(text, limit)
    assert utf16_length(head) <= limit
    assert "".join((head + tail).split()) == "".join(text.split())


def test_what_fits_stays_in_one_message() -> None:
    said = [Block("Titre", Style.BOLD), Block("Un.\n\nDeux."), Block("Bonjour", Style.PRE)]
    assert split_blocks(said, 100) == [[Block("Titre", Style.BOLD), Block("Un."), Block("Deux."), said[2]]]


def test_a_long_text_is_cut_between_paragraphs() -> None:
    parts = split_blocks([Block("a" * 30 + "\n\n" + "b" * 30 + "\n\n\n" + "c" * 30)], 70)
    assert parts == [[Block("a" * 30), Block("b" * 30)], [Block("c" * 30)]]


def test_a_ready_made_text_stays_whole_when_a_message_can_hold_it() -> None:
    parts = split_blocks([Block("a" * 30), Block("b " * 15 + "b", Style.PRE)], 50)
    assert parts == [[Block("a" * 30)], [Block("b " * 15 + "b", Style.PRE)]]


def test_a_title_is_never_left_alone_above_a_long_paragraph() -> None:
    first, second = split_blocks([Block("Titre", Style.BOLD), Block("mot " * 24 + "mot")], 100)
    assert [block.style for block in first] == [Style.BOLD, Style.PLAIN]
    assert second[0].text.endswith("mot")


def test_a_paragraph_too_long_is_cut_after_a_sentence_then_after_a_word() -> None:
    assert cut("Une phrase entière. Une autre phrase.", 25) == ("Une phrase entière.", "Une autre phrase.")
    assert cut("beaucoup de mots sans point", 20) == ("beaucoup de mots", "sans point")


def test_composed_characters_are_not_torn_apart() -> None:
    family = "👩\u200d👩\u200d👧"
    head, tail = cut("x" * 10 + family, 14)
    assert (head, tail) == ("x" * 10, family)
    assert cut("e\u0301" * 10, 5) == ("e\u0301" * 2, "e\u0301" * 8)
