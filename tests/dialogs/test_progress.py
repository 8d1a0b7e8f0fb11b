"""C12: `/progres`, a picture of one's weeks with the same in words; compared with nobody, blaming nobody."""

from __future__ import annotations

import re

import pytest

from bot.advice.lint import words as lint
from bot.pictures.drawing import progress_png
from bot.pictures.paper import MOST_BYTES
from bot.pictures.progress import WEEKS
from bot.pictures.signs import BLANK, DONE, NOTHING, OPEN, REST
from tests.dialogs.chat import Chat, paris
from tests.dialogs.conftest import NewChat
from tests.pictures.people import CASES, told


def shown(chat: Chat) -> dict[str, object]:
    values = chat.last.reply.picture
    assert values is not None
    return values


def marks(chat: Chat, week: int) -> str:
    weeks = shown(chat)["weeks"]
    assert isinstance(weeks, list)
    return str(weeks[week])


def test_a_first_week_in_picture_and_words(amina: Chat) -> None:
    amina.tick_to(paris("2026-11-27 09:30"))
    amina.tap("day.button.done")
    amina.tick_to(paris("2026-11-30 09:30"))
    amina.command("/progres")
    assert marks(amina, -2) == BLANK * 3 + DONE + DONE + NOTHING + REST  # since Thursday; nothing on Sunday
    assert marks(amina, -1) == OPEN + BLANK * 6
    assert "Depuis le 26 novembre 2026 : 2 actions faites." in amina.text
    assert not amina.hears("progress.days")  # one week says it all
    assert "Cette semaine : rien encore." in amina.text
    assert len(progress_png(shown(amina))) <= MOST_BYTES


def test_two_weeks_are_looked_back_on(with_action: Chat) -> None:
    with_action.tap("day.button.done")
    with_action.tick_to(paris("2026-12-01 09:30"))
    with_action.tap("day.button.done")
    with_action.command("/progres")
    assert "3 jours avec une action faite" in with_action.text
    assert "Semaine la plus remplie, le lundi 23 novembre : 2 actions faites." in with_action.text


def test_a_pause_and_days_off_are_rest(amina: Chat) -> None:
    amina.tick_to(paris("2026-11-27 09:30"))
    amina.command("/moins")
    amina.tap("settings.pause7")
    amina.tick_to(paris("2026-12-04 09:30"))
    amina.command("/progres")
    assert marks(amina, -2)[4:] == OPEN + REST + REST or marks(amina, -2)[4:] == NOTHING + REST + REST
    assert marks(amina, -1) == REST * 4 + OPEN + BLANK * 2


def test_an_own_action_planned_for_a_later_day_shows_there(with_action: Chat) -> None:
    with_action.tap("day.button.plan")
    with_action.say("demain 10h")
    for _ in range(3):
        with_action.tap("questions.skip") if with_action.has("questions.skip") else with_action.tap(
            "plan.enough"
        )
        if with_action.state("plan") in (None, "set"):
            break
    with_action.command("/progres")
    assert marks(with_action, -1)[5] == OPEN


def test_applications_on_the_board_are_in_the_picture_and_in_the_words(amina: Chat) -> None:
    amina.say("postulé chez Leroy Merlin comme vendeuse le 16 novembre")
    amina.say("postulé chez Darty hier")
    amina.say("entretien chez Leroy Merlin hier")
    amina.say("entretien chez Carrefour lundi")  # lies ahead
    amina.command("/progres")
    rows = shown(amina)["rows"]
    assert isinstance(rows, list)
    assert [row[1] for row in rows] == ["1 en tout", "2 en tout", "1 en tout"]
    assert [row[2][-2:] for row in rows] == [[0, 1], [1, 1], [0, 1]]
    assert "Depuis le 16 novembre 2026 : 1 action faite, 2 candidatures et 1 entretien." in amina.text
    assert "Cette semaine : 1 action faite, 1 candidature et 1 entretien." in amina.text
    assert len(progress_png(shown(amina))) <= MOST_BYTES


def test_nothing_yet_is_said_kindly(new_chat: NewChat) -> None:
    chat = new_chat()
    chat.onboard(micro="@onboarding.micro_later")
    chat.command("/progres")
    assert chat.hears("progress.empty")
    assert shown(chat)["rows"][0][1] == "à venir"  # type: ignore[index]


def test_it_follows_the_language(new_chat: NewChat) -> None:
    chat = new_chat(client_language="en")
    chat.onboard()
    chat.command("/progress")
    assert "Since 26 November 2026: 1 action done." in chat.text
    assert shown(chat)["title"] == "Your path so far"


def test_before_the_questions_are_answered_it_leads_back_to_them(chat: Chat) -> None:
    chat.agree()
    chat.command("/progres")
    assert chat.hears("help.questions_first")


def test_the_first_name_is_in_the_picture_however_it_is_written(new_chat: NewChat) -> None:
    chat = new_chat()
    chat.onboard(first_name="<b>Zoé</b> אמא")
    chat.command("/progres")
    assert "<b>" not in chat.text
    assert progress_png(shown(chat)).startswith(b"\x89PNG")


CAPTION_MAX = 1024
BLAME = re.compile(
    r"série|streak|record|retard|objectif|manqué|raté|échec|moins que|autres|missed|failed|behind|%",
    re.IGNORECASE,
)


@pytest.mark.parametrize("case", CASES)
def test_the_caption_says_what_the_picture_shows_and_blames_nobody(case: str) -> None:
    past, language, form, name = CASES[case]
    reply = told(past(), language, form, name)
    assert reply.picture is not None
    assert len(reply.text) < CAPTION_MAX
    assert not BLAME.search(reply.text)
    assert not lint.FORBIDDEN_TONE[language].search(reply.text)
    everything = " ".join(str(part) for part in (reply.picture["rows"], reply.picture["legend"]))
    assert not BLAME.search(everything)
    totals = [past().done_in_all, past().applications_in_all, past().interviews_in_all]
    assert all(str(total) in reply.text for total in totals if total)
    assert all(row[2] and len(row[2]) == WEEKS for row in reply.picture["rows"])
    this_week = [row[2][-1] for row in reply.picture["rows"]]
    last_but_one = reply.text.splitlines()[-2] if any(totals) else ""
    assert all(str(count) in last_but_one for count in this_week if count)
