"""Notes, favourites, ready words, and messages for later: whose they are, and what reaches the person."""

from __future__ import annotations

from datetime import timedelta

from bot.counsellors import linking
from bot.counsellors.handling import private_event
from bot.counsellors.incoming import GroupEvent, GroupKind
from storage import outbox, people, relays, team_words, teams
from tests.counsellors.acting import GROUP, KARIM, NADIA, SOFIA, STRANGER, WORLD, Room
from tests.counsellors.following import paris

A_MINUTE = timedelta(minutes=1)


def reached_sofia(room: Room) -> list[tuple[str, int | None]]:
    """(method, copied message) of what came to the person's chat."""
    return [(each.method, each.body.get("message_id")) for each in room.messages if each.chat == SOFIA]


# Notes


def test_a_note_is_kept_for_the_team_and_it_is_said_that_the_person_can_read_it(room: Room) -> None:
    room.command("/note Préfère être appelée le matin.")
    assert "Sofia M. peut lire cette note" in room.in_group()
    room.command("/notes", KARIM)
    assert "Nadia : Préfère être appelée le matin." in room.in_group()
    assert reached_sofia(room) == []


def test_a_note_by_answer_and_its_end(room: Room) -> None:
    room.card_press("note")
    room.answer("Rappeler jeudi.")
    room.command("/notes")
    room.press("Effacer la 1", KARIM)
    assert len(room(team_words.notes, room.link_id)) == 1
    room.press("Effacer la 1")
    assert room(team_words.notes, room.link_id) == []


def test_a_long_note_is_refused_whole(room: Room) -> None:
    room.command("/note " + "x" * 600)
    assert room(team_words.notes, room.link_id) == []
    assert "trop long" in room.in_group()


def test_notes_go_with_the_link(room: Room) -> None:
    from bot.counsellors import linking

    room.command("/note Rappeler jeudi.")
    room(linking.leave, room.link, room.now)
    assert room(team_words.notes, room.link_id) == []


# Favourites


def test_a_favourite_is_on_the_counsellors_own_list_only(room: Room) -> None:
    room.command("/favori")
    assert "en tête de votre liste" in room.in_group()
    room.command("/favori", thread=None)
    assert "Sofia M." in room.in_group()
    room.command("/favori", KARIM, thread=None)
    assert "Personne" in room.in_group()
    room.command("/favori")
    assert room(team_words.starred, room.nadia) == []


# Ready words


def test_ready_words_are_sent_in_one_tap_with_their_variables(room: Room) -> None:
    room.command("/reponses Bonjour {prenom}, on s'appelle bientôt ? {moi}")
    assert "C'est gardé" in room.in_group()
    room.command("/reponses")
    room.press("Envoyer la 1")
    assert "Nadia :\nBonjour Sofia, on s'appelle bientôt ? Nadia" in room.to_sofia()
    assert "Envoyé à Sofia M." in room.in_group()


def test_an_answer_to_ready_words_comes_to_the_topic(room: Room) -> None:
    room.command("/reponses Bonjour {prenom}")
    room.command("/reponses")
    room.press("Envoyer la 1")
    room.tells("Oui, demain.", reply_to=room.last(SOFIA).id)
    assert [each.method for each in room.fresh if each.chat == GROUP] == ["send"]


def test_ready_words_are_ones_own(room: Room) -> None:
    room.command("/reponses Bonjour {prenom}")
    room.command("/reponses")
    room.press("Envoyer la 1", KARIM)
    room.press("Effacer la 1", KARIM)
    assert reached_sofia(room) == []
    assert len(room(team_words.quick, room.nadia)) == 1


def test_an_unknown_variable_is_named(room: Room) -> None:
    room.command("/reponses Bonjour {salaire}")
    assert "« salaire »" in room.in_group()
    assert room(team_words.quick, room.nadia) == []


def test_in_general_nothing_can_be_sent(room: Room) -> None:
    room.command("/reponses Bonjour {prenom}")
    room.command("/reponses", thread=None)
    assert not [label for label in room.last(GROUP).labels if label.startswith("Envoyer")]


# For later


def test_a_message_for_later_is_copied_at_its_time_from_what_was_answered(room: Room) -> None:
    room.card_press("later")
    room.press("Demain 9 h")
    room.answer("N'oubliez pas le CV.")
    draft = room.ids
    (row,) = room(team_words.later_of, room.link_id)
    assert row.send_at == paris(25, 9)
    room.wait_until(paris(25, 8, 59))
    assert reached_sofia(room) == []
    came = room.wait_until(paris(25, 9, 1))
    copies = [each for each in came if each.chat == SOFIA and each.method == "copy"]
    assert [each.body["message_id"] for each in copies] == [row.from_message]
    assert "Nadia :" in [each.text for each in came if each.chat == SOFIA]
    assert row.from_message < draft
    assert "est parti pour Sofia M." in room.in_group()
    room.tells("Merci", reply_to=copies[0].id)
    assert [each.method for each in room.fresh if each.chat == GROUP] == ["send"]


def test_a_draft_of_ones_own_can_be_put_off_by_answering_it(room: Room) -> None:
    room.command("/plus_tard demain 9h", reply_to=555, reply_by=NADIA)
    (row,) = room(team_words.later_of, room.link_id)
    assert row.from_message == 555


def test_what_a_colleague_wrote_can_never_be_sent_by_answering_it(room: Room) -> None:
    for author in (KARIM, STRANGER, None):
        room.command("/plus_tard demain 9h", reply_to=555, reply_by=author)
        assert "Seul votre propre message" in room.in_group()
    assert room(team_words.later_of, room.link_id) == []


def test_it_is_cancelled_until_it_leaves(room: Room) -> None:
    room.command("/plus_tard demain 9h", reply_to=555, reply_by=NADIA)
    room.press("Annuler", KARIM)
    assert len(room(team_words.later_of, room.link_id)) == 1
    room.press("Annuler")
    room.wait_until(paris(25, 9, 1))
    assert not [each for each in reached_sofia(room) if each[0] == "copy"]


def test_never_at_night_where_the_person_is(room: Room) -> None:
    room(people.save_person, room.person, profile=room.record.profile.with_answers(time_zone="Asia/Tokyo"))
    room.command("/plus_tard demain 18h", reply_to=555, reply_by=NADIA)
    assert "partira à 8 h" in room.in_group()
    (row,) = room(team_words.later_of, room.link_id)
    assert row.send_at == paris(26, 0)


def test_who_does_not_follow_the_person_any_more_sends_nothing(room: Room) -> None:
    room.command("/plus_tard demain 9h", reply_to=555, reply_by=NADIA)
    from storage import links

    room(links.save, room.link_id, counsellor_id=room.karim)
    room.wait_until(paris(25, 9, 1))
    assert not [each for each in reached_sofia(room) if each[0] == "copy"]
    assert "n'est pas parti" in "".join(each.text for each in room.messages if each.chat == GROUP)


# Nothing else of the team's talk


def test_answers_to_bobs_questions_never_reach_the_person(room: Room) -> None:
    for ask in ("/action libre", "/rdv", "/note", "/pause", "/reponses"):
        room.command(ask)
        if ask == "/pause":
            room.press("Autre date")
        if ask == "/reponses":
            room.press("En ajouter une")
        room.answer("Entre nous : je m'inquiète.", KARIM)
        room.answer("Entre nous : je m'inquiète.")
        room.answer("Entre nous : je m'inquiète.")
    room.wait_until(room.now + A_MINUTE)
    assert not [each for each in room.messages if each.chat == SOFIA and "inquiète" in each.text]
    assert not [each for each in reached_sofia(room) if each[0] == "copy"]


def test_who_has_left_the_team_does_nothing(room: Room) -> None:
    room.command("/reponses Bonjour {prenom}")
    room(teams.leave, room.nadia, room.now)
    for command in ("/note x", "/action", "/rdv jeudi 14h", "/pause", "/transferer"):
        room.command(command)
    assert reached_sofia(room) == []
    assert room(team_words.notes, room.link_id) == []


def test_more_on_the_card_opens_the_rest(room: Room) -> None:
    room.card_press("more")
    assert room.last(GROUP).labels == [
        "Noter", "Lire les notes", "⭐ Favori", "Réponses prêtes", "Écrire plus tard", "Pause", "Passer le relais",
    ]  # fmt: skip


# In a counsellor's private chat


def private(room: Room, command: str, text: str = "", *, reply_to: int | None = None) -> bool:
    """A command of Nadia's in her private chat with Bob; whether it was a counsellor's."""
    event = GroupEvent(
        GroupKind.COMMAND, NADIA, NADIA, command=command, text=text, message_id=3, reply_to=reply_to
    )
    was_for_team, _ = room(private_event, WORLD, event, room.now)
    room.deliver()
    return bool(was_for_team)


def copy_in_private(room: Room, message: int) -> None:
    """What Sofia wrote is in Nadia's private chat."""
    room(
        relays.add, room.link_id, "to_team", room.now, source=(SOFIA, 5), to_chat=NADIA, kind="text",
        outbox_id=None,
    )  # fmt: skip
    (pair,) = room(relays.of_link, room.link_id)
    room(relays.delivered, pair.id, message)


def test_commands_that_job_seekers_have_are_theirs_in_a_private_chat_of_one(room: Room) -> None:
    room.somebody(NADIA, "Nadia")
    for command in ("action", "rdv", "pause", "aide"):
        assert not private(room, command)
    assert private(room, "reponses")


def test_a_counsellor_who_looks_for_no_work_is_never_taken_for_a_job_seeker(room: Room) -> None:
    assert private(room, "aide")
    assert "/inviter" in room.last(NADIA).text
    assert private(room, "action")
    assert "Je ne sais pas de qui il s'agit" in room.last(NADIA).text


def test_they_are_the_counsellors_when_a_followed_person_is_answered(room: Room) -> None:
    copy_in_private(room, 44)
    assert private(room, "rdv", "jeudi 14h", reply_to=44)
    assert "C'est proposé à Sofia M." in room.last(NADIA).text


# What a hurried thumb does


def test_a_button_pressed_twice_sends_the_ready_words_once(room: Room) -> None:
    room.command("/reponses Bonjour {prenom} !")
    room.command("/reponses À demain.")
    room.command("/reponses")
    room.press("Envoyer la 1")
    room.press("Envoyer la 1")
    assert room.toast is not None
    assert "déjà parti" in room.toast.text
    room.press("Envoyer la 2")
    room.now += timedelta(minutes=1)
    room.press("Envoyer la 1")
    sent = [each.text for each in room.messages if each.chat == SOFIA]
    assert [text.splitlines()[-1] for text in sent] == ["Bonjour Sofia !", "À demain.", "Bonjour Sofia !"]


def test_a_name_that_ends_in_a_full_stop_ends_a_sentence_once(room: Room) -> None:
    room.command("/pause 3 jours")
    assert "pause pour Sofia M. Retour" in room.in_group()


def test_the_card_is_shown_where_it_is_asked_for(room: Room) -> None:
    (told,) = room.command("/fiche")
    assert told.text.startswith("Sofia M. · Nadia")


def test_a_list_of_notes_outside_of_the_topic_goes_when_the_person_leaves(room: Room) -> None:
    copy_in_private(room, 44)
    room.command("/note Logée chez une amie.")
    assert private(room, "notes", reply_to=44)
    shown = room.last(NADIA)
    assert "Logée chez une amie" in shown.text
    room(linking.leave, room.link, room.now)
    waiting = room(outbox.claim, room.now, {"interactive": 50, "bulk": 50}, 50, timedelta(seconds=30))
    gone = [row.body["message_ids"] for row in waiting if row.method == "delete" and row.chat_id == NADIA]
    assert any(shown.id in ids for ids in gone)


def test_later_in_answer_to_the_persons_message_asks_for_the_words(room: Room) -> None:
    room(
        relays.add, room.link_id, "to_team", room.now, source=(SOFIA, 5), to_chat=GROUP, kind="text",
        outbox_id=None,
    )  # fmt: skip
    (pair,) = room(relays.of_link, room.link_id)
    room(relays.delivered, pair.id, 44)
    (told,) = room.command("/plus_tard demain 9h", reply_to=44, reply_by=1)
    assert "pour : demain à 9 h" in told.text
    assert told.reply.force_reply


def test_taking_back_what_waits_for_later_cancels_it(room: Room) -> None:
    room.command("/plus_tard demain 9h", reply_to=555, reply_by=NADIA)
    room.command("/effacer", KARIM, reply_to=555)
    assert len(room(team_words.later_of, room.link_id)) == 1
    room.command("/effacer", reply_to=555)
    assert room(team_words.later_of, room.link_id) == []


# A text that the app cuts


def to_team(room: Room) -> int:
    return len([pair for pair in room(relays.of_link, room.link_id) if pair.direction == "to_team"])


def test_the_rest_of_a_long_text_that_the_app_cut_goes_with_its_beginning(room: Room) -> None:
    room.person_command("conseiller")
    room.tells("a" * 4090)
    assert not [each for each in room.tells("b" * 4090) if each.chat == SOFIA]
    assert not [each for each in room.tells("la fin") if each.chat == SOFIA]
    assert to_team(room) == 3
    room.tells("autre chose")
    assert to_team(room) == 3


def test_what_comes_later_than_the_rest_of_a_long_text_is_bobs(room: Room) -> None:
    room.person_command("conseiller")
    room.tells("a" * 4090)
    room.now += timedelta(seconds=6)
    room.tells("je vais faire une pause")
    assert to_team(room) == 1
