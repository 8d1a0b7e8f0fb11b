"""A counsellor assigns an action in three taps at most; it takes the day's message, and the person may refuse it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.advice.facts import Facts, History, Outcome
from bot.advice.profile import Profile
from bot.counsellors.acts import finding, own_words
from bot.dialogs.texts import Voice
from storage import assignments, audit, days, links, people
from tests.counsellors.acting import GROUP, KARIM, SOFIA, STRANGER, THREAD, WORLD, Room
from tests.counsellors.following import TODAY, paris

MORNING = paris(25, 9, 1)


def assign(room: Room, words: str = "/action répondeur") -> None:
    room.command(words)
    room.press("1")
    room.press("Demain")


def given(room: Room) -> None:
    assign(room)
    room.wait_until(MORNING)


# Which one, and when


def test_three_taps_from_the_card(room: Room) -> None:
    room.card_press("assign")
    assert room.last(GROUP).labels == ["1", "2", "3", "D'autres", "Avec mes mots"]
    room.press("1")
    assert room.last(GROUP).labels == ["Demain", "Jeudi", "Vendredi", "Annuler"]
    room.press("Demain")
    assert "C'est prévu pour Sofia M." in room.in_group()
    (row,) = room(assignments.of_link, room.link_id)
    assert (row.state, row.due_on.isoformat(), row.author) == ("waiting", "2026-11-25", "Nadia")


def test_a_search_forgives_accents_and_misspelt_words(room: Room) -> None:
    room.command("/action ENTREPRIZE panneau")
    assert "Appelez une entreprise dont le nom est écrit sur un panneau" in room.in_group()


def test_a_search_that_finds_nothing_says_so_and_offers_the_way_on(room: Room) -> None:
    room.command("/action xyzzyx")
    assert "rien trouvé" in room.in_group()
    assert room.last(GROUP).labels == ["Proposer", "Avec mes mots"]


def test_todays_message_has_gone_out_so_the_first_day_is_tomorrow(room: Room) -> None:
    room.command("/action")
    room.press("1")
    assert "déjà parti" in room.in_group()


def test_days_off_and_days_that_have_one_already_are_not_offered(room: Room) -> None:
    room(people.save_person, room.person, profile=room.record.profile.with_answers(days=frozenset({1, 3, 5})))
    assign(room)
    room.command("/action cv")
    room.press("1")
    assert room.last(GROUP).labels == ["Vendredi", "Lundi", "Mercredi 2 décembre", "Annuler"]


# What proposals may tell


@pytest.mark.parametrize(
    "answers",
    [
        {"barriers": frozenset({"disability", "family", "age"}), "situation": "returning"},
        {"applications": 40, "interviews": 0, "months": 30},
        {"driving_licence": False, "diploma": "none", "job": "aide-soignante", "search": "going"},
    ],
    ids=["disability, family, age", "no answers for long", "no licence, no diploma"],
)
def test_proposals_do_not_change_with_what_the_person_answered(answers: dict[str, object]) -> None:
    def proposed(profile: Profile) -> list[str]:
        facts = Facts(profile, TODAY, None, History(), "seed")
        pages = [finding.proposals(facts, WORLD.catalogue, page) for page in range(finding.MOST_PAGES)]
        return [action.id for page in pages for action in page]

    known = {name: value for name, value in answers.items() if name in Profile.model_fields}
    assert len(known) > 1
    assert proposed(Profile(**known)) == proposed(Profile())


def test_nothing_that_tells_of_the_person_is_ever_proposed() -> None:
    for action in WORLD.catalogue.actions:
        if finding.may_be_proposed(action):
            assert action.family in finding.TOLD_FAMILIES
            assert action.topic is None
            assert {str(line) for line in action.when} <= finding.TOLD_CONDITIONS


def test_a_subject_that_only_the_person_opens_is_never_found() -> None:
    found = {
        action.id
        for words in ("prison", "casier judiciaire", "asile", "santé")
        for action in finding.search(WORLD.catalogue, words, "fr")
    }
    assert not {action.id for action in WORLD.catalogue.actions if action.topic is not None} & found


def test_titles_hold_no_answer_of_anybody() -> None:
    for action in WORLD.catalogue.daily:
        assert "{" not in finding.title(action, Voice("fr")).text


# In the counsellor's words


def test_own_words_are_checked_and_may_be_mended(room: Room) -> None:
    room.command("/action libre Vous devez être motivée")
    assert "« Vous devez » peut peser" in room.in_group()
    room.answer("Appelez la boulangerie de la gare.")
    room.press("Demain")
    room.wait_until(MORNING)
    assert "Appelez la boulangerie de la gare." in room.to_sofia()
    assert "Nadia vous propose cette action" in room.to_sofia()
    assert room.open_action is not None
    assert room.open_action.own_words == "Appelez la boulangerie de la gare."


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("Appelez", "short"),
        ("Appelez " + "la boulangerie " * 20, "long"),
        ("Il faut appeler la mairie.", "tone"),
        ("Préparez un pitch pour demain.", "jargon"),
        ("Améliorez votre CV ce soir.", "vague"),
        ("Ouvrez https://exemple.fr ce soir.", "link"),
        ("Appelez la mairie !! Vite !", "shout"),
    ],
)
def test_each_fault_is_named(words: str, fault: str) -> None:
    assert f"acting.fault.{fault}" in [each.key for each in own_words.faults(words, "fr")]


def test_good_words_pass() -> None:
    assert own_words.faults("Appelez la boulangerie de la gare et demandez qui recrute.", "fr") == []


def test_a_colleague_cannot_answer_for_whoever_was_asked(room: Room) -> None:
    room.command("/action libre")
    room.answer("Appelez la boulangerie de la gare.", KARIM)
    assert room(assignments.of_link, room.link_id) == []


# The person's day


def test_it_takes_the_days_message_and_says_who_and_why(room: Room) -> None:
    assign(room)
    room.press("Ajouter un mot")
    room.answer("Votre voix compte, au téléphone.")
    room.wait_until(MORNING)
    said = room.to_sofia()
    assert "Nadia vous propose" in said
    assert "Votre voix compte" in said
    assert "refuser sans dire pourquoi" in said
    assert len([each for each in room.messages if each.chat == SOFIA]) == 1
    assert room.open_action is not None
    assert room.open_action.author == "Nadia"
    room.person_command("pourquoi")
    assert "C'est Nadia qui a choisi cette action" in room.to_sofia()


def test_an_open_action_gives_way_as_for_a_push(room: Room) -> None:
    former = room(
        days.open_action, room.person, local_date=room.now.date(), catalogue_id="x", family="network",
        effort="small", minutes=5, origin="push", now=room.now,
    )  # fmt: skip
    given(room)
    closed = room(days.action_by_id, room.person, former)
    assert closed.outcome is Outcome.EXPIRED


def test_it_is_taken_back_until_it_is_given(room: Room) -> None:
    assign(room)
    room.press("Annuler")
    assert "rien ne part" in room.in_group()
    room.wait_until(MORNING)
    assert room.open_action is None or room.open_action.author is None


def test_done_is_told_once_in_one_line_and_an_undo_in_time_is_not_told(room: Room) -> None:
    given(room)
    action = next(each for each in room.messages if each.chat == SOFIA)
    room.tap("C'est fait", on=action)
    room.tap("Annuler")
    room.wait_until(room.now + timedelta(minutes=5))
    assert "a fait" not in room.in_group()
    room.tap("C'est fait")
    room.wait_until(room.now + timedelta(minutes=5))
    told = [each for each in room.messages if each.chat == GROUP and "a fait l'action" in each.text]
    assert len(told) == 1
    assert "Sofia M. a fait l'action proposée par Nadia" in told[0].text


def test_a_refusal_needs_no_reason_and_tells_none(room: Room) -> None:
    given(room)
    room.tap("Pas pour moi")
    assert "Sans raison" in room.last(SOFIA).labels
    room.tap("Sans raison")
    came = room.wait_until(room.now + timedelta(minutes=5))
    said = "\n".join(each.text for each in came if each.chat == GROUP)
    assert "Sofia M. a choisi une autre action" in said


def test_the_reason_of_a_refusal_stays_with_bob(room: Room) -> None:
    given(room)
    room.tap("Pas pour moi")
    room.tap("Trop difficile")
    came = room.wait_until(room.now + timedelta(minutes=5))
    said = "\n".join(each.text for each in came if each.chat == GROUP)
    assert "a choisi" in said
    assert "difficile" not in said


def test_being_stuck_is_told_only_with_the_persons_tap(room: Room) -> None:
    given(room)
    room.tap("Je bloque")
    came = room.wait_until(room.now + timedelta(minutes=5))
    assert not [each for each in came if each.chat == GROUP]
    room.tap("Demander de l'aide")
    came = room.wait_until(room.now + timedelta(minutes=1))
    assert any("demande de l'aide à Nadia" in each.text for each in came if each.chat == GROUP)


def test_nothing_is_told_where_actions_are_left_out_of_the_card(room: Room) -> None:
    room(links.save, room.link_id, shown=["activity"])
    given(room)
    first = next(each for each in room.messages if each.chat == SOFIA)
    assert "n'en saura rien" in first.text
    room.tap("C'est fait")
    came = room.wait_until(room.now + timedelta(minutes=5))
    assert not [each for each in came if each.chat == GROUP]


@pytest.mark.parametrize("status", ["stopped", "unreachable"])
def test_whoever_gets_no_messages_gets_no_action_and_why_is_not_said(room: Room, status: str) -> None:
    room(people.save_person, room.person, status=status)
    room.command("/action")
    assert "Sofia M. ne reçoit pas mes actions" in room.in_group()


def test_somebody_in_work_is_said_alike(room: Room) -> None:
    room(people.save_dialogue, room.person, "found", version=1, state="working", data={}, now=room.now)
    room.command("/action")
    assert "Sofia M. ne reçoit pas mes actions" in room.in_group()


def test_after_a_break_it_comes_once_the_break_is_over(room: Room) -> None:
    room(people.save_person, room.person, status="paused", paused_until=paris(30, 0))
    room.command("/action")
    room.press("1")
    assert room.last(GROUP).labels[0] == "Lundi"


def test_an_item_whose_blanks_the_person_never_filled_is_said_with_blanks(room: Room) -> None:
    action = next(each for each in WORLD.catalogue.daily if "{job}" in each.fr.text)
    number = room(assignments.draft, room.link_id, room.nadia, "Nadia", room.now, catalogue_id=action.id)
    room(assignments.save, number, due_on=paris(25).date(), state="waiting")
    from bot.counsellors.acts import standing

    room(standing.mark, room.person, room.now)
    room.wait_until(MORNING)
    assert "Nadia vous propose" in room.to_sofia()
    assert "{job}" not in room.to_sofia()


# Who may


def test_only_the_linked_counsellor_assigns(room: Room) -> None:
    room.command("/action", KARIM)
    assert "Nadia suit Sofia M." in room.in_group()
    room.command("/action", STRANGER)
    assert room(assignments.of_link, room.link_id) == []


def test_a_button_of_somebody_elses_topic_does_nothing(room: Room) -> None:
    assign(room)
    other = room.somebody(9002, "Ali")
    link = room.follow(other, room.karim, thread=78)
    (row,) = room(assignments.of_link, room.link_id)
    room.press_data(f"assign1|{link}|drop-{row.id}", room.last(GROUP), KARIM)
    assert room(assignments.by_id, row.id).state == "waiting"


def test_what_was_done_is_in_the_audit_log(room: Room) -> None:
    assign(room)
    done = [(entry.what, entry.actor) for entry in room(audit.entries, room.person)]
    assert ("action assigned", "Nadia") in done


def test_in_the_topic_of_nobody_nothing_is_assigned(room: Room) -> None:
    room.command("/action", thread=None)
    assert "Je ne sais pas de qui il s'agit" in room.in_group()
    assert THREAD
