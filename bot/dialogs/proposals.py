"""Proposals for a job or a town: how they are shown, and picked by button, by number or in words.

While something is being picked, the dialogue keeps in its data the codes `proposals` (none where nothing was found) and
the `words` that led to them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from textwrap import shorten
from typing import Any

from bot.dialogs.answer import Answer
from bot.dialogs.looked_up import confirmed, is_sentence, job_of_a_sentence, label, place_values, written
from bot.dialogs.replies import ButtonMaker, Rows
from bot.dialogs.turn import Turn
from bot.sources.found import MOST
from bot.understanding import choices, intents, picks
from bot.understanding.intents import Intent

KEEP_WORDS = "keep"
LONGEST_LABEL = 34
"""Characters of a button, alone on its row, that a phone shows."""


def is_picking(data: Mapping[str, Any]) -> bool:
    """Whether a job or a town is being picked, among proposals or after "not found"."""
    return "proposals" in data


# Putting it


def introduction(turn: Turn, name: str, data: Mapping[str, Any]) -> str:
    """What introduces the proposals, or says that nothing was found.

    A phone cuts long labels of buttons: the proposals are then written out, numbered as their buttons.
    """
    words, codes = data.get("words", ""), proposals(turn, name, data)
    if not codes:
        return turn.voice(f"questions.{name}.not_found", words=words)
    lines = [turn.voice(f"questions.{name}.pick", words=words)]
    if _are_long(turn, name, codes):
        lines += [f"{number}. {_with_domain(turn, name, code)}" for number, code in enumerate(codes, start=1)]
    return "\n".join(lines)


def rows(button: ButtonMaker, turn: Turn, name: str, data: Mapping[str, Any], step: str) -> Rows:
    """The proposals, one a row, then "none of these" where the words can stand for the answer."""
    codes, words = proposals(turn, name, data), data.get("words", "")
    labels = [label(turn, name, code) for code in codes]
    if _are_long(turn, name, codes):
        labels = [_cut(f"{number}. {text}") for number, text in enumerate(labels, start=1)]
    made = [(button(text, code, step),) for text, code in zip(labels, codes, strict=True)]
    if is_sentence(words):
        return tuple(made)
    key = "keep_words" if made else "keep_these_words"
    return (*made, (button(turn.voice(f"questions.{key}"), _keep(words), step),))


def proposals(turn: Turn, name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    """The codes to choose from that the lists still know, each once."""
    found: dict[str, None] = {}
    for code in data.get("proposals") or ():
        known = turn.world.occupations.by_code(code) if name == "job" else turn.world.places.by_code(code)
        if known is not None:
            found.setdefault(known.code)
    return tuple(found)


def _keep(words: str) -> str:
    """The value of "keep my words", which tells whose words: a button of other words must not keep these."""
    return f"{KEEP_WORDS}-{blake2b(words.encode(), digest_size=3).hexdigest()}"


def _are_long(turn: Turn, name: str, codes: Sequence[str]) -> bool:
    return name == "job" or any(len(label(turn, name, code)) > LONGEST_LABEL for code in codes)


def _cut(text: str) -> str:
    return shorten(text, LONGEST_LABEL, placeholder="…").replace(" /…", "…")


def _with_domain(turn: Turn, name: str, code: str) -> str:
    """The proposal with what tells it apart: the domain of a job."""
    known = turn.world.occupations.by_code(code) if name == "job" else None
    if known is None:
        return label(turn, name, code)
    domain = turn.voice(f"domains.{known.group.family}")
    return f"{known.label(turn.person.language)} · {domain}"


# Picking


def picked(turn: Turn, name: str, data: Mapping[str, Any], value: str) -> Answer | None:
    """The proposal that was chosen, or "keep my words"; None for a value that was not proposed."""
    typed = data.get("words", "")
    if value == _keep(typed):
        return None if is_sentence(typed) else Answer({}, typed)
    if value not in proposals(turn, name, data):
        return None
    chosen = label(turn, name, value)
    if name == "place":
        return Answer(place_values(turn, value), chosen)
    if not is_sentence(typed):
        said = confirmed(turn, typed, chosen)
        return Answer({"job": written(turn, typed, value), "job_code": value}, said)
    return Answer(job_of_a_sentence(turn, typed, value), chosen)


def is_pick(text: str) -> bool:
    """Whether typed words pick by number ("le 2"), and so are no job and no town, fitting or not."""
    return picks.picked(text, MOST) is not None


def typed_pick(turn: Turn, name: str, data: Mapping[str, Any], text: str) -> Answer | None:
    """A pick in words: "la première", "oui" to the only one, "aucun", a label; None for anything else."""
    codes = proposals(turn, name, data)
    keep = _keep(data.get("words", ""))
    number = picks.picked(text, len(codes))
    if number is not None:
        return picked(turn, name, data, codes[number - 1]) if number else None
    said = intents.intent(text)
    if said in (Intent.NO, Intent.NOTHING) or (said is Intent.YES and not codes):
        return picked(turn, name, data, keep)
    if said is Intent.YES and len(codes) == 1:
        return picked(turn, name, data, codes[0])
    labels = {code: label(turn, name, code) for code in codes}
    keeping = {keep: turn.voice("questions.keep_words"), "": turn.voice("questions.keep_these_words")}
    value = choices.choice(text, labels | keeping)
    return picked(turn, name, data, value or keep) if value is not None else None
