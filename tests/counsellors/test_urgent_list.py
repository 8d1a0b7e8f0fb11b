"""`/urgent` in the group and in the private chat: the lines, the one thing to do, what was seen to, and who may."""

from __future__ import annotations

from datetime import timedelta

from bot.advice.facts import Outcome
from storage import audit, jobs, links, people, relays
from tests.counsellors.following import TODAY, TUESDAY, paris
from tests.counsellors.office import A_DAY, GROUP, KARIM, NADIA, STRANGER, Office


def test_the_list_has_one_line_and_two_buttons_for_each(office: Office) -> None:
    waiting = office.follow("Sofia", waiting_since=paris(23, 15))
    stuck = office.follow("Ilyes")
    for days_ago in (6, 4, 2):
        office.acted(stuck, days_ago, stuck=True)
    office.follow("Jeanne")
    (list_,) = office.command("urgent")
    assert list_.text == (
        "Aujourd'hui, pour Nadia :\n"
        "1. Sofia M. attend une réponse depuis lundi 23 novembre.\n"
        "2. Ilyes M. : ça coince depuis mercredi 18 novembre. Une action plus simple ?"
    )
    assert list_.buttons == (
        ("1 · Répondre", str(waiting), "reply"),
        ("1 · C'est fait", str(waiting), "done"),
        ("2 · Plus simple", str(stuck), "easier"),
        ("2 · C'est fait", str(stuck), "done"),
    )
    assert (list_.chat, list_.topic) == (GROUP, None)


def test_each_counsellor_sees_their_own_people_and_those_whom_they_cover(office: Office) -> None:
    office.follow("Sofia", waiting_since=paris(23))
    covered = office.follow("Ilyes", waiting_since=paris(23))
    office(links.save, covered, cover_id=office.karim, cover_until=TODAY)
    assert "Sofia M." in office.command("urgent")[0].text
    karims = office.command("urgent", KARIM)[0].text
    assert "Ilyes M." in karims
    assert "Sofia M." not in karims


def test_when_nobody_waits_it_says_so(office: Office) -> None:
    office.follow("Sofia")
    assert office.command("urgent")[0].text == "Rien d'urgent pour Nadia aujourd'hui."


def test_in_the_private_chat_the_list_is_the_same(office: Office) -> None:
    office.follow("Sofia", waiting_since=paris(23))
    (private,) = office.command("urgent", private=True)
    assert private.chat == NADIA
    assert private.text == office.command("urgent")[0].text


def test_what_a_person_left_out_of_the_card_is_no_reason(office: Office) -> None:
    discreet = office.follow("Sofia")
    office(links.save, discreet, shown=["action"])
    for days_ago in (20, 6, 4, 2):
        office.acted(discreet, days_ago, stuck=True)
    assert office.command("urgent")[0].text == "Rien d'urgent pour Nadia aujourd'hui."


def test_somebody_who_found_a_job_is_not_said_to_do_nothing(office: Office) -> None:
    working = office.follow("Sofia")
    for days_ago in range(20, 1, -1):
        office.acted(working, days_ago)
    assert "rien de noté" in office.command("urgent")[0].text
    office(jobs.note_found, office.person_of(working), TODAY)
    assert office.command("urgent")[0].text == "Rien d'urgent pour Nadia aujourd'hui."


def test_reply_asks_for_the_words_in_the_person_s_topic(office: Office) -> None:
    link = office.follow("Sofia", waiting_since=paris(23))
    (list_,) = office.command("urgent")
    toast, said = office.tap(list_, "Répondre")
    assert toast is not None
    assert toast.text == "Sofia M. : c'est dans son sujet."
    (prompt,) = said
    assert (prompt.topic, prompt.text) == (link, "Votre message à Sofia M. : répondez à ce message-ci.")
    assert len(office(relays.of_link, link)) == 1


def test_a_suggestion_comes_with_a_sentence_to_copy(office: Office) -> None:
    link = office.follow("Sofia", human_asked_at=paris(23))
    (list_,) = office.command("urgent")
    _, (example, prompt) = office.tap(list_, "Appeler 15 min")
    assert (example.topic, prompt.topic) == (link, link)
    assert example.labels == ["Copier la phrase"]
    assert "appel de 15 minutes" in example.buttons[0][2]


def test_in_private_the_words_are_asked_for_in_private(office: Office) -> None:
    office.follow("Sofia", waiting_since=paris(23))
    (list_,) = office.command("urgent", private=True)
    _, (prompt,) = office.tap(list_, "Répondre")
    assert (prompt.chat, prompt.topic) == (NADIA, None)


def test_to_somebody_whom_bob_cannot_reach_nothing_is_written(office: Office) -> None:
    gone = office.follow("Sofia", waiting_since=paris(23))
    office(people.save_person, office.person_of(gone), status="unreachable")
    (list_,) = office.command("urgent")
    toast, said = office.tap(list_, "Appeler 15 min")
    assert toast is not None
    assert "ne reçoit plus mes messages" in toast.text
    assert said == []


def test_what_was_seen_to_leaves_the_list_and_is_in_the_audit_log(office: Office) -> None:
    link = office.follow("Sofia", waiting_since=paris(23), human_asked_at=paris(23), call_asked_at=paris(23))
    other = office.follow("Ilyes", waiting_since=paris(23))
    (list_,) = office.command("urgent")
    toast, said = office.forge(str(link), "done")
    assert toast is not None
    assert toast.text == "Sofia M. : c'est noté."
    (again,) = said
    assert (again.method, len(again.buttons)) == ("edit", 2)
    assert again.buttons[0][1] == str(other)
    assert len(list_.buttons) == 4
    row = office.link(link)
    assert (row.waiting_since, row.human_asked_at, row.call_asked_at) == (None, None, None)
    entries = office(audit.entries, office.person_of(link))
    assert [(entry.what, entry.actor) for entry in entries] == [("seen to", "Nadia")]


def test_somebody_who_waits_anew_is_back(office: Office) -> None:
    link = office.follow("Sofia", waiting_since=paris(23))
    office.forge(str(link), "done")
    office(links.save, link, waiting_since=TUESDAY + timedelta(hours=1))
    office.now = TUESDAY + timedelta(hours=2)
    assert "Sofia M. attend une réponse depuis aujourd'hui." in office.command("urgent")[0].text


def test_colleagues_see_the_list_but_only_who_follows_the_person_acts(office: Office) -> None:
    link = office.follow("Sofia", waiting_since=paris(23))
    for value in ("done", "reply", "call", "easier"):
        toast, said = office.forge(str(link), value, KARIM)
        assert toast is not None
        assert toast.text == "Nadia suit Sofia M. et peut vous passer le relais."
        assert said == []
    assert office.link(link).waiting_since == paris(23)


def test_strangers_and_forged_buttons_do_nothing(office: Office) -> None:
    link = office.follow("Sofia", waiting_since=paris(23))
    before = office.link(link)
    for who, number, value in (
        (STRANGER, str(link), "done"),
        (NADIA, "999", "done"),
        (NADIA, str(link), "drop"),
        (NADIA, str(link), "yes1"),
        (NADIA, str(link), "yes" + "9" * 40),
        (NADIA, "0", "more0"),
        (NADIA, "0", "more²"),
        (NADIA, "0", "done"),
    ):
        toast, said = office.forge(number, value, who)
        assert toast is not None
        assert said == []
    assert office.link(link) == before


def test_a_long_list_goes_on_on_demand(office: Office) -> None:
    for number in range(23):
        office.follow(f"P{'abcdefghijklmnopqrstuvwxyz'[number]}", waiting_since=paris(23, 9, number))
    (first,) = office.command("urgent")
    assert first.text.count("\n") == 10
    _, (second,) = office.tap(first, "La suite")
    _, (third,) = office.tap(second, "La suite")
    assert (second.text.count("\n"), third.text.count("\n")) == (10, 3)
    assert "La suite" not in third.labels
    everybody = {
        line.split(". ", 1)[1] for told in (first, second, third) for line in told.text.split("\n")[1:]
    }
    assert len(everybody) == 23


def test_quiet_people_come_up_and_make_room_for_others_the_next_day(office: Office) -> None:
    quiet = [office.follow(f"Q{letter}", last_contact_at=None) for letter in "abcd"]
    seen = set()
    for _ in quiet:
        (list_,) = office.command("urgent")
        assert len(list_.buttons) == 2
        assert office.command("urgent")[0] == list_
        assert "Un bonjour ?" in list_.text
        seen.add(list_.buttons[0][1])
        office.now += A_DAY
    assert seen == {str(link) for link in quiet}
    assert office.command("urgent")[0].text == "Rien d'urgent pour Nadia aujourd'hui."


def test_nothing_is_said_of_the_person_but_the_first_name_and_an_initial(office: Office) -> None:
    link = office.follow("Sofia Lopez-Martin", waiting_since=paris(23), call_asked_at=paris(23))
    office.acted(link, 3, Outcome.DONE)
    text = office.command("urgent")[0].text
    assert "Sofia M. demande un appel" in text
    assert "Martin" not in text
