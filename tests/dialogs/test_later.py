"""A4, A5: one more question now and then, the one that helps most, never twice in a day, never again once passed."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.advice.conditions.parsing import all_true
from bot.advice.facts import Facts
from bot.advice.profile import Profile
from bot.advice.questions import decidable, most_deciding
from bot.dialogs.later import FIELDS, LAST
from bot.dialogs.questions import BY_FIELD
from bot.dialogs.turn import World
from tests.dialogs.chat import Chat


def do_one(chat: Chat, felt: str = "easy") -> None:
    """Get an action, do it, say how it was."""
    chat.command("/action")
    chat.tap("day.button.done")
    chat.tap(f"day.felt.{felt}")


def asked(chat: Chat) -> str | None:
    """The question that was just put, by name."""
    place = chat.record.dialogues.get("later")
    return (
        place.data.get("question")
        if place and place.state == "asking" and chat.hears("later.intro")
        else None
    )


def test_a_question_follows_an_action_that_went_well(amina: Chat) -> None:
    do_one(amina)
    assert asked(amina) in {BY_FIELD[field].name for field in FIELDS}
    assert amina.has("questions.skip")


def test_no_question_follows_a_hard_one(amina: Chat) -> None:
    do_one(amina, "hard")
    assert asked(amina) is None


def test_one_question_a_local_day_at_most(amina: Chat) -> None:
    do_one(amina)
    amina.tap("questions.skip")
    do_one(amina)
    assert asked(amina) is None
    amina.wait(timedelta(days=1))
    do_one(amina)
    assert asked(amina) is not None


def test_the_answer_is_kept_and_thanked_in_one_message(amina: Chat) -> None:
    do_one(amina)
    name = asked(amina)
    assert name is not None
    before = len(amina.messages)
    amina.press(amina.last.labels[0])
    if amina.has("questions.that_is_all"):
        amina.tap("questions.that_is_all")
    assert amina.hears("later.thanks")
    assert len(amina.messages) == before
    question = next(one for one in BY_FIELD.values() if one.name == name)
    assert question.is_answered(amina.record.profile)


def test_a_typed_answer_is_understood(amina: Chat) -> None:
    do_one(amina)
    name = asked(amina)
    assert name is not None
    amina.say(amina.last.labels[0].lower())
    assert amina.hears("later.thanks")


def test_other_words_are_heard_as_usual(amina: Chat) -> None:
    do_one(amina)
    assert asked(amina)
    amina.say("une autre")
    assert amina.open_action is not None
    assert not amina.hears("questions.unclear")


def test_a_skipped_question_never_comes_back(amina: Chat) -> None:
    seen = []
    for _ in range(14):
        do_one(amina)
        name = asked(amina)
        if name is not None:
            seen.append(name)
            amina.tap("questions.skip")
            assert amina.hears("later.skipped")
        amina.wait(timedelta(days=1))
    assert len(seen) == len(set(seen))
    assert len(seen) > 3


def test_a_question_left_twice_is_not_put_a_third_time(amina: Chat) -> None:
    seen = []
    for _ in range(8):
        do_one(amina)
        seen.append(asked(amina))
        amina.wait(timedelta(days=1))
    assert all(seen.count(name) <= 2 for name in seen if name)


def test_age_comes_last_and_with_its_reason(amina: Chat) -> None:
    seen = []
    for _ in range(16):
        do_one(amina)
        if name := asked(amina):
            seen.append(name)
            amina.tap("questions.skip")
        amina.wait(timedelta(days=1))
    assert "age" not in seen[:-1]


def test_nobody_without_a_job_in_mind_is_asked_about_this_job(chat: Chat) -> None:
    chat.onboard(job="@questions.job.options.undecided")
    seen = []
    for _ in range(12):
        do_one(chat)
        if name := asked(chat):
            seen.append(name)
            chat.tap("questions.skip")
        chat.wait(timedelta(days=1))
    assert seen
    assert not {"liking", "network"} & set(seen)


def test_no_question_comes_in_the_middle_of_a_plan(amina: Chat) -> None:
    amina.command("/action")
    done = amina.last
    amina.tap("day.button.done")
    felt = amina.last
    amina.command("/action")
    amina.tap("day.button.plan")
    amina.tap("day.felt.easy", on=felt)
    assert done
    assert asked(amina) is None


# The pure part


def facts(**answers: object) -> Facts:
    return Facts(Profile.model_validate(answers), date(2026, 11, 26))


def test_what_is_known_or_skipped_is_not_asked(world: World) -> None:
    for field in FIELDS:
        profile = Profile().skipping(*(name for name in FIELDS if name != field))
        found = most_deciding(Facts(profile, date(2026, 11, 26)), world.catalogue, FIELDS, LAST)
        assert found in (field, None)
    assert most_deciding(facts(skipped=list(FIELDS)), world.catalogue, FIELDS, LAST) is None


def test_the_answer_does_decide_as_many_actions_as_said(world: World) -> None:
    person = facts(
        job="serveuse", months=6, applications=10, interviews=0, situation="out_of_work", barriers=["cv"]
    )
    counts = decidable(person, world.catalogue)
    assert counts
    for field, count in counts.items():
        if field not in BY_FIELD:
            continue
        values = next(iter(BY_FIELD[field].options.values()), {})
        if field not in values:
            continue
        answered = Facts(person.profile.with_answers(**values), person.today)
        decided = [
            action
            for action in world.catalogue.actions
            if all_true(action.when, person) is None and all_true(action.when, answered) is not None
        ]
        assert len(decided) >= count


@given(st.sets(st.sampled_from(FIELDS)))
def test_the_field_that_decides_most_is_asked_first(world: World, skipped: set[str]) -> None:
    person = facts(skipped=sorted(skipped))
    found = most_deciding(person, world.catalogue, FIELDS, LAST)
    counts = decidable(person, world.catalogue)
    open_fields = [name for name in FIELDS if name not in skipped and counts.get(name)]
    if found is None:
        assert not open_fields
    elif found not in LAST:
        assert counts[found] == max(counts[name] for name in open_fields if name not in LAST)
