"""An action that a counsellor chose: its place in the day, its words in each register, and what is learnt of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.advice.facts import Outcome
from bot.advice.profile import Profile
from bot.commands.cases import turn_of
from bot.dialogs import assigned, assigned_answers, distress, research, unasked, why
from bot.dialogs.effects import CloseAction, OpenAction
from bot.dialogs.from_team import Assigned
from bot.dialogs.turn import ActionView, OpenDialogue, Turn
from tests.advice.making_applications import an_application
from tests.dialogs.chat import THURSDAY, Chat

WORDS = "Appelez la boulangerie de la gare."
ITEM = "network-tell-someone-close"


def a_turn(language: str = "fr", form: str = "vous", **known: object) -> Turn:
    """The morning of somebody for whom Nadia chose something."""
    profile = Profile(first_name="Amina", time_zone="Europe/Paris")
    turn = turn_of(profile, THURSDAY, person="x", language=language, form=form)
    usual: dict[str, object] = {"words": WORDS, "due_on": turn.today}
    turn.assigned = (Assigned(1, "Nadia", **(usual | known)),)  # type: ignore[arg-type]
    return turn


def said(turn: Turn) -> str:
    unasked.say_many([turn])
    (reply,) = turn.replies
    return "\n".join(part for part in (reply.title, reply.text, reply.payload, reply.footer) if part)


def opened(turn: Turn) -> OpenAction:
    (found,) = [effect for effect in turn.effects if isinstance(effect, OpenAction)]
    return found


def view(**known: object) -> ActionView:
    base = ActionView(
        7, "assigned", THURSDAY.date(), Outcome.OPEN, False, False, own_words=WORDS, author="Nadia"
    )
    return replace(base, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "form", "words"),
    [
        ("fr", "vous", ("Nadia vous propose", "Vous pouvez refuser sans dire pourquoi")),
        ("fr", "tu", ("Nadia te propose", "Tu peux refuser sans dire pourquoi")),
        ("en", "vous", ("Nadia suggests", "You can say no without a reason")),
    ],
)
def test_it_says_who_proposes_it_and_that_no_reason_is_needed(
    language: str, form: str, words: tuple[str, ...]
) -> None:
    for known in ({}, {"words": None, "catalogue_id": ITEM}):
        text = said(a_turn(language, form, **known))
        assert all(each in text for each in words)


def test_it_comes_before_the_follow_up_of_an_application_and_the_daily_action() -> None:
    turn = a_turn()
    turn.board = (an_application(days=20),)
    assert WORDS in said(turn)
    assert opened(turn).assignment == 1
    assert opened(turn).closing is Outcome.EXPIRED


def test_before_its_day_the_usual_action_comes() -> None:
    turn = a_turn(due_on=THURSDAY.date() + timedelta(days=1))
    assert WORDS not in said(turn)
    assert opened(turn).author is None


def test_on_the_day_after_distress_it_waits() -> None:
    turn = a_turn()
    turn.person.pause_reason = distress.REASON
    assert "Nadia" not in said(turn)
    assert opened(turn).author is None


def test_nobody_in_work_gets_one() -> None:
    turn = a_turn()
    turn.person.dialogues["found"] = OpenDialogue("working", 1, {})
    unasked.say_many([turn])
    assert turn.effects == []


def test_an_item_that_left_the_catalogue_is_never_said() -> None:
    turn = a_turn(words=None, catalogue_id="no-such-item")
    assert not assigned.is_due(turn)


def test_a_second_one_waits_for_the_next_day() -> None:
    turn = a_turn()
    turn.assigned = (*turn.assigned, Assigned(2, "Nadia", turn.today, words="Une autre."))
    said(turn)
    assert opened(turn).assignment == 1


def test_a_catalogue_item_has_an_easier_variant_and_free_words_have_none() -> None:
    turn = a_turn(words=None, catalogue_id=ITEM)
    said(turn)
    assert turn.voice("day.button.easier") in [b.label for row in turn.replies[0].buttons for b in row]
    turn = a_turn()
    said(turn)
    labels = [b.label for row in turn.replies[0].buttons for b in row]
    assert turn.voice("day.button.easier") not in labels
    assert turn.voice("day.button.refuse") in labels


def test_why_says_that_the_counsellor_chose_it() -> None:
    turn = a_turn()
    turn.open_action = view()
    why.show(turn)
    assert turn.replies[0].title == WORDS
    assert "C'est Nadia qui a choisi cette action" in turn.replies[0].text


def test_nothing_of_it_is_counted_for_research() -> None:
    turn = a_turn(words=None, catalogue_id=ITEM)
    turn.person.consents |= {"research"}
    said(turn)
    assert research.counted(turn) == []
    turn = a_turn()
    turn.open_action = view(own_words=None, catalogue_id=ITEM)
    turn.do(CloseAction(7, Outcome.DONE))
    assert research.counted(turn) == []


def test_the_way_past_the_reasons_is_there_for_a_counsellors_action_only() -> None:
    turn = a_turn()
    turn.pressed_action = view(author=None)
    assert assigned_answers.unsaid_row(turn, "7") == ()
    assert assigned_answers.help_row(turn, view(author=None)) == ()
    turn.pressed_action = view()
    assert assigned_answers.unsaid_row(turn, "7")
    assert assigned_answers.help_row(turn, view())


def test_buttons_of_a_counsellors_action_do_nothing_on_ones_own(with_action: Chat) -> None:
    action = with_action.open_action
    assert action is not None
    for value in (assigned_answers.UNSAID, assigned_answers.HELP):
        with_action.press_data(f"day1|{action.id}|{value}")
        assert with_action.open_action == action
        assert not with_action.said.messages or not with_action.hears("assigned.help_asked")
