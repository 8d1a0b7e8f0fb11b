"""The rules of the lint beside the words of one item: doubles, age, place, device, links, variables."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz import fuzz, process

from bot.advice.conditions import parse_line
from bot.advice.conditions.registry import CONDITIONS
from bot.advice.facts import Facts
from bot.advice.items import Action, Catalogue, Topic, Wording
from bot.advice.links import Link
from bot.advice.lint import lint, lint_folder
from bot.advice.lint.doubles import alike
from bot.advice.loading import FOLDER
from bot.advice.profile import Profile
from bot.advice.wording import PLACEHOLDER, choose_form, fill
from tests.advice.making import TODAY, facts, small_catalogue
from tests.advice.test_lint import LINKS, PAGE, SERVED, SOUND, english, french
from tests.advice.test_loading import catalogue_folder

NAMED_FAULT = re.compile(r"^actions/some\.toml: (?P<item>[a-z0-9-]+): (?P<field>[a-z_.]+): .+")


def faults(*actions: Action, today: date | None = TODAY, links: dict[str, Link] = LINKS) -> list[str]:
    found = lint(small_catalogue(actions, [SERVED]), links, today=today)
    return [str(fault) for fault in found if fault.item]


# Doubles

CALL = replace(
    SOUND,
    id="network-a",
    fr=Wording(
        "{Appelez|Appelle} la boulangerie du quartier.",
        "{Cherchez|Cherche} son numéro dans l'annuaire.",
        "{Passez|Passe} devant pour lire les affiches.",
        "Bonjour, je cherche un travail le matin. Est-ce que vous embauchez en ce moment ? Merci.",
    ),
    en=Wording(
        "Call the bakery in your street.",
        "Look up its number in the directory.",
        "Walk past and read the notices.",
        "Hello, I'm looking for work in the morning. Are you hiring at the moment? Thanks.",
    ),
)
OTHER = replace(
    SOUND,
    id="network-b",
    fr=Wording(
        "{Écrivez|Écris} à un ancien collègue de stage.".replace("un ancien collègue", "quelqu'un"),
        "{Retrouvez|Retrouve} son prénom.",
        "{Notez|Note} trois souvenirs du stage.",
        "Salut [prénom], je pense souvent au stage. Tu saurais qui recrute ?",
    ),
    en=Wording(
        "Write to somebody from your internship.",
        "Find their name again.",
        "Write down three memories of it.",
        "Hi [name], I often think of the internship. Do you know who is recruiting?",
    ),
)


def test_two_different_actions_are_no_doubles() -> None:
    assert faults(CALL, OTHER) == []


def test_a_message_copied_with_a_few_words_changed_is_found_in_both_languages() -> None:
    assert CALL.fr.payload
    assert CALL.en.payload
    copy = replace(
        OTHER,
        fr=replace(OTHER.fr, payload=CALL.fr.payload.replace("le matin", "le soir")),
        en=replace(OTHER.en, payload=CALL.en.payload.replace("the morning", "the evening")),
    )
    found = faults(CALL, copy)
    assert [NAMED_FAULT.match(fault)["field"] for fault in found] == ["en.payload", "fr.payload"]  # type: ignore[index]
    assert all("network-b" in fault and "the same as network-a" in fault for fault in found)


def test_the_same_thing_in_another_order_of_words_is_found_once() -> None:
    copy = replace(
        OTHER,
        fr=replace(
            CALL.fr,
            text="{Appelez|Appelle} demain la boulangerie de {votre|ton} quartier.",
            first="Dans l'annuaire, {cherchez|cherche} son numéro.",
            payload=OTHER.fr.payload,
        ),
    )
    assert [fault.split(": ")[2] for fault in faults(CALL, copy)] == ["fr.text"]


def test_two_strategies_are_compared_too() -> None:
    twin = replace(SERVED, id="twin")
    found = lint(small_catalogue([replace(SOUND, serves=("some-strategy", "twin"))], [SERVED, twin]), LINKS)
    assert {str(fault).split(": ")[2] for fault in found if fault.item == "twin"} == {"fr.text", "en.text"}


# Age

YEAR_OLD, HALF_A_YEAR_OLD = TODAY - timedelta(367), TODAY - timedelta(184)


@pytest.mark.parametrize("figure", ["450 €", "20 euros", "80 %", "avant 2027"])
def test_a_figure_that_ages_is_read_again_after_six_months(figure: str) -> None:
    priced = replace(SOUND, fr=french(f"{{Demandez|Demande}} une aide à {{votre|ta}} mairie : {figure}."))
    assert faults(priced) == []
    [fault] = faults(replace(priced, reviewed=HALF_A_YEAR_OLD))
    assert fault.startswith("actions/some.toml: network-call: fr.text: has a figure that ages")


def test_other_figures_do_not_age() -> None:
    counted = replace(SOUND, fr=french("{Appelez|Appelle} 3 personnes avant 17 h."), reviewed=HALF_A_YEAR_OLD)
    assert faults(counted) == []


def test_a_link_that_nobody_has_opened_for_a_year_is_named_in_its_file() -> None:
    old = {PAGE: replace(LINKS[PAGE], checked=YEAR_OLD)}
    [fault] = faults(SOUND, links=old)
    assert fault.startswith(f"links.toml: {PAGE}: checked: was last checked on {YEAR_OLD}")
    assert faults(SOUND, links=old, today=None) == []


# Place


@pytest.fixture
def abroad(monkeypatch: pytest.MonkeyPatch) -> None:
    """The condition "abroad", whether or not it is there already."""
    if "abroad" not in CONDITIONS:
        known = replace(CONDITIONS["employed"], name="abroad", reads=("country",), test=_lives_abroad)
        monkeypatch.setitem(CONDITIONS, "abroad", known)  # type: ignore[arg-type]


def _lives_abroad(who: Facts) -> bool:
    return who.profile.country != "FR"


@pytest.mark.usefixtures("abroad")
@pytest.mark.parametrize(
    ("when", "country", "fault"),
    [
        ((), None, True),
        ((), "FR", True),
        ((), "anywhere", False),
        ((), "BE", False),
        (("not abroad",), None, False),
        (("overseas or department(69)",), None, False),
        (("overseas or driver",), None, True),
        (("not abroad or driver",), None, True),
    ],
)
def test_a_french_service_is_kept_from_people_who_live_abroad(
    when: tuple[str, ...], country: str | None, fault: bool
) -> None:
    linked = replace(SOUND, link=PAGE, when=tuple(map(parse_line, when)))
    found = faults(linked, links={PAGE: replace(LINKS[PAGE], country=country)})
    assert bool(found) is fault
    if fault:
        assert NAMED_FAULT.match(found[0])["field"] == "when"  # type: ignore[index]
        assert 'needs the line "not abroad"' in found[0]


@pytest.mark.usefixtures("abroad")
def test_a_subject_that_the_person_opens_needs_no_place() -> None:
    assert faults(replace(SOUND, link=PAGE, topic=Topic.EXILE), OTHER) == []


# Device


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"fr": french("{Allumez|Allume} un ordinateur à la médiathèque.")}, "fr.text"),
        ({"en": english("Switch on a laptop at the library.")}, "en.text"),
        (
            {"fr": french("{Appelez|Appelle} la médiathèque.", first="{Ouvrez|Ouvre} l'ordinateur.")},
            "fr.first",
        ),
    ],
)
def test_an_action_that_names_a_computer_says_so_in_its_device(
    changes: dict[str, Wording], field: str
) -> None:
    [fault] = faults(replace(SOUND, **changes))  # type: ignore[arg-type]
    assert NAMED_FAULT.match(fault)["field"] == field  # type: ignore[index]
    assert "names a computer" in fault


def test_doing_without_a_computer_needs_none() -> None:
    without = replace(
        SOUND,
        fr=french("{Faites|Fais} {votre|ton} CV sans ordinateur."),
        en=english("Make your CV without a computer."),
    )
    assert faults(without) == []


# Variables


def test_whatever_is_known_of_a_person_no_variable_is_left_open(catalogue: Catalogue) -> None:
    answers = {"first_name": "Camille", "job": "couvreur", "place": "Lyon"}
    for count in range(len(answers) + 1):
        for names in combinations(answers, count):
            known = {name: answers[name] for name in names}
            who = facts(**known)
            items = [item for item in catalogue.actions if not _is_ruled_out(item, who)]
            assert items
            for item in items:
                for language in ("fr", "en"):
                    wording = item.wording(language)
                    for words in (wording.text, wording.first, wording.easier):
                        fill(choose_form(words, "tu"), _values(who.profile))


def _is_ruled_out(item: Action, who: Facts) -> bool:
    """Whether the answers at hand keep the item from being offered, whatever the others may be."""
    about = ("first_name_known", "job_known", "place_known")
    return any(
        line.test(who) is not True for line in item.when if all(one.name in about for one in line.literals)
    )


def _values(profile: Profile) -> dict[str, str]:
    found = {"first_name": profile.first_name, "job": profile.job, "place": profile.place}
    found |= {"in_place": profile.place, "near_place": profile.place}
    return {name: value for name, value in found.items() if value is not None}


def test_every_place_for_a_variable_is_one_that_bob_can_fill(catalogue: Catalogue) -> None:
    for item in catalogue.actions:
        for wording in (item.fr, item.en):
            words = f"{wording.text} {wording.first} {wording.easier} {wording.payload or ''}"
            assert set(PLACEHOLDER.findall(words)) <= {
                "first_name", "job", "place", "in_place", "near_place"
            }  # fmt: skip


def test_the_check_names_file_item_and_field_for_a_folder(tmp_path: Path) -> None:
    """From the files to the line that an editor reads."""
    text = (
        FOLDER / "actions" / "application_short.toml"
    ).read_text("utf-8")  # fmt: skip
    catalogue_folder(
        tmp_path, a=text.replace('device = "phone"', 'device = "phone"\nlink = "https://pix.fr/x"', 1)
    )
    found = [str(fault) for fault in lint_folder(tmp_path, today=TODAY)]
    assert any(
        re.match(r"actions/a\.toml: application-[a-z-]+: link: https://pix.fr/x is not in the list", fault)
        for fault in found
    )


# Speed


def test_comparing_only_texts_that_share_words_finds_what_comparing_all_finds(catalogue: Catalogue) -> None:
    """With thresholds well below those in use, so that there is something to find."""
    texts = [item.en.payload or item.en.first for item in catalogue.actions]
    for scorer, threshold in ((fuzz.token_set_ratio, 78), (fuzz.token_sort_ratio, 74)):
        ratios = process.cdist(texts, texts, scorer=scorer, dtype=np.float64)
        expected = {(a, b) for a, b in np.argwhere(np.triu(ratios, k=1) >= threshold).tolist()}
        assert expected
        assert set(alike(texts, scorer, threshold)) == expected
