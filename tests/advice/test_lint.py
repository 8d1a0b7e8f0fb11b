from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.advice.conditions import parse_line
from bot.advice.facts import Family
from bot.advice.items import Action, Catalogue, Device, Grade, Pitch, Wording
from bot.advice.links import Link
from bot.advice.lint import lint, lint_folder
from bot.advice.lint.reach import reachable
from bot.advice.lint.said import sentence_count, word_count
from bot.advice.loading import FOLDER, read_catalogue
from bot.advice.sentences import ConditionText, Phrase
from tests.advice.making import TODAY, action, small_catalogue, strategy

PAGE = "https://www.francetravail.fr"
LINKS = {PAGE: Link(PAGE, "France Travail", TODAY, "Le site", file="links.toml")}


def french(
    text: str, first: str = "{Ouvrez|Ouvre} la porte.", easier: str = "{Notez|Note} un nom."
) -> Wording:
    return Wording(text, first, easier, "Bonjour [prénom], je cherche un poste.")


def english(text: str, first: str = "Open the door.", easier: str = "Write one name.") -> Wording:
    return Wording(text, first, easier, "Hello [name], I am looking for a job.")


SOUND = action(
    "network-call",
    fr=french("{Appelez|Appelle} une personne de {votre|ton} ancien lieu de travail."),
    en=english("Call somebody from where you used to work."),
)
SERVED = strategy("some-strategy", Family.NETWORK)
SERVED = replace(
    SERVED,
    fr=Pitch("Passer par les gens", "{Vous connaissez|Tu connais} du monde. On commence par là."),
    en=Pitch("Go through people", "You know people. Let's start there."),
)


def messages(*actions: Action, about: str | None = None) -> list[str]:
    """Faults of these actions with a sound strategy; those about one item only if it is named."""
    faults = lint(small_catalogue(actions, [SERVED]), LINKS, today=TODAY)
    return [str(fault) for fault in faults if fault.item and about in (None, fault.item)]


def test_a_sound_action_has_no_fault() -> None:
    assert messages(SOUND) == []


def test_bobs_own_catalogue_is_sound() -> None:
    assert [str(fault) for fault in lint_folder(today=TODAY)] == []


FRENCH = [
    ("{Appelez|Appelle} une personne, c'est dommage sinon.", "reproach"),
    ("{Appelez|Appelle} une personne, il faut le faire.", "'il faut'"),
    ("{Améliorez|Améliore} {votre|ton} CV.", "vague verb: 'Améliorez'"),
    ("{Développez|Développe} {votre|ton} réseau.", "vague verb"),
    ("{Travaillez|Travaille} sur {votre|ton} projet.", "vague verb"),
    ("{Restez|Reste} positif.", "vague verb"),
    ("{Préparez|Prépare} {votre|ton} pitch.", "jargon: 'pitch'"),
    ("{Appelez|Appelle} une personne !", "exclamation mark"),
    ("{Appelez|Appelle} une personne 🙂.", "emoji"),
    ("{Dites|Dis} que {vous êtes|tu es} motivé.", "gender: 'motivé'"),
    ("{Dites|Dis} que {vous êtes|tu es} très disposée à venir.", "gender"),
    ("{Dites|Dis} à un ancien collègue que {vous cherchez|tu cherches}.", "gender: 'ancien collègue'"),
    ("{Écrivez|Écris} que {vous êtes|tu es} prêt(e).", "gender"),
    ("{Écrivez|Écris} aux employé·es.", "gender: '·'"),
    ("{Appelez|Appelle} ton voisin.", "'ton' in the vous form"),
    ("{Appelez|Appelle} une personne qui te connaît.", "'te' in the vous form"),
    ("{Appelez|Appelle} une personne de votre rue.", "'votre' in the tu form"),
    ("{Appelez|Appelle} et demandez un nom.", "'demandez' in the tu form"),
    ("Appelle une personne.", "does not open with what to do"),
    ("{Appelez|Appelle} le {job} du coin.", "word before {job}"),
    ("{Appelez|Appelle} comme {job}.", 'needs the line "job_known"'),
    ("{Appelez|Appelle} une boutique {in_place}.", 'needs the line "place_known"'),
    ("{Appelez|Appelle} une boutique {town}.", "uses the variable {town}"),
    ("{Appelez|Appelle une personne.", "a brace that is neither"),
    ("{Appelez|Appelez} une personne.", "says the same on both sides"),
    ("{Call|Call} the person who works for your friend and ask.", "looks untranslated"),
    ("{Appelez|Appelle} " + "une personne, " * 11 + "puis une autre.", "words per sentence"),
    (" ".join(["{Appelez|Appelle} une personne de plus."] * 11), "words; 45 at most"),
]


@pytest.mark.parametrize(("text", "expected"), FRENCH, ids=[text[:40] for text, _ in FRENCH])
def test_a_french_text_that_a_reviewer_would_refuse_is_found(text: str, expected: str) -> None:
    found = messages(replace(SOUND, fr=french(text)))
    assert any(expected in message and "fr.text" in message for message in found), found


def test_what_names_a_french_service_is_not_for_somebody_abroad() -> None:
    named = replace(SOUND, fr=french("{Appelez|Appelle} France Travail."))
    at_home = replace(named, when=(*named.when, parse_line("not abroad")))
    overseas = replace(named, when=(*named.when, parse_line("overseas")))
    assert any('"not abroad"' in message for message in messages(named))
    assert not any('"not abroad"' in message for message in messages(at_home) + messages(overseas))


ENGLISH = [
    ("Improve your CV.", "vague verb: 'Improve'"),
    ("Think about your project.", "vague verb"),
    ("Call someone, you should know.", "'you should'"),
    ("Write your elevator pitch.", "jargon"),
    ("Ask him or her for a name.", "gendered"),
    ("{Call|Phone} someone.", "English has none"),
    ("Call as {job}.", "word before {job}"),
    ("Appelez une personne que vous connaissez dans votre rue.", "looks untranslated"),
    ("{Appelez|Appelle} une personne de {votre|ton} ancien lieu de travail.", "is the same as in French"),
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH, ids=[text[:40] for text, _ in ENGLISH])
def test_an_english_text_that_a_reviewer_would_refuse_is_found(text: str, expected: str) -> None:
    found = messages(replace(SOUND, en=english(text)))
    assert any(expected in message and "en.text" in message for message in found), found


@pytest.mark.parametrize(
    "text",
    [
        "{Prenez|Prends} rendez-vous avec une personne.",
        "{Répondez|Réponds} à : « Pourquoi voulez-vous ce poste ? »",
        "{Parlez|Parle} sur un ton calme à une personne.",
        "{Dites|Dis} que {vous êtes|tu es} à l'aise au téléphone.",
        "{Appelez|Appelle} chez une personne motivée par le sujet.",
        "{Dites|Dis} si {vous êtes|tu es} disponible lundi.",
        "{Écrivez|Écris} le message et {relisez-le|relis-le} à voix haute.",
    ],
)
def test_sound_french_is_left_alone(text: str) -> None:
    assert messages(replace(SOUND, fr=french(text))) == []


def test_what_is_sent_to_others_may_say_vous_but_not_agree_with_the_person() -> None:
    polite = replace(SOUND.fr, payload="Bonjour, je vous écris au sujet de votre annonce.")
    gendered = replace(SOUND.fr, payload="Bonjour, je suis très intéressé par votre annonce.")
    assert messages(replace(SOUND, fr=polite)) == []
    assert any("fr.payload" in message for message in messages(replace(SOUND, fr=gendered)))


def test_a_variable_is_free_in_what_is_sent_and_guaranteed_elsewhere() -> None:
    sent = replace(SOUND.fr, payload="Bonjour, {first_name} ici. Je cherche comme {job} {near_place}.")
    assert messages(replace(SOUND, fr=sent)) == []
    known = replace(
        SOUND, when=(parse_line("job_known"),), fr=french("{Appelez|Appelle} pour ce métier : {job}.")
    )
    unsure = replace(known, when=(parse_line("job_known or driver"),))
    assert messages(known) == []
    assert any('"job_known"' in message for message in messages(unsure))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"source": "un ami"}, "source: expected an address"),
        ({"grade": Grade.TRIAL}, "source: grade trial needs the address of the study"),
        ({"reviewed": TODAY - timedelta(400)}, "reviewed: was last reviewed on"),
        ({"reviewed": TODAY + timedelta(2)}, "reviewed: lies in the future"),
        ({"link": "https://example.org/"}, "link: https://example.org/ is not in the list"),
        ({"serves": ("no-such-strategy",)}, "serves: there is no strategy named no-such-strategy"),
        ({"easier_minutes": 5}, "easier_minutes: the easier variant takes 5 minutes of 5"),
        ({"device": Device.COMPUTER}, "needs a computer and does not say so"),
        ({"fr": replace(SOUND.fr, payload=None)}, "payload: is missing"),
        (
            {"when": (parse_line("driver"), parse_line("no_licence"))},
            "when: no person can meet these conditions",
        ),
        ({"easier": None}, ""),
    ],
)
def test_a_fault_beside_the_words_is_found(changes: dict[str, object], expected: str) -> None:
    if "easier" in changes:
        long = replace(SOUND.fr, easier="{Notez|Note} un. {Notez|Note} deux. {Notez|Note} trois.")
        changes, expected = {"fr": long}, "fr.easier: more than two sentences"
    found = messages(replace(SOUND, **changes))  # type: ignore[arg-type]
    assert any(expected in message for message in found), found


def test_a_listed_link_is_accepted() -> None:
    assert messages(replace(SOUND, link=PAGE, when=(parse_line("not abroad"),))) == []


def test_two_actions_that_say_nearly_the_same_are_found_once_per_language() -> None:
    double = replace(
        SOUND,
        id="network-phone",
        fr=french("{Appelez|Appelle} une personne de {votre|ton} ancien lieu de travail, demain."),
        en=english("Call somebody tomorrow from where you used to work."),
    )
    found = messages(SOUND, double)
    assert [message for message in found if "nearly the same as network-call" in message] == found
    assert len(found) == 2


def test_a_strategy_is_held_to_its_lengths_and_must_be_served() -> None:
    long = replace(SERVED, id="lonely", fr=Pitch("Un", "Une. Deux. Trois. Quatre."))
    faults = [str(fault) for fault in lint(small_catalogue([SOUND], [SERVED, long]), LINKS)]
    lonely = [fault for fault in faults if "lonely" in fault]
    assert any("fr.title: expected 2 to 6 words" in fault for fault in lonely)
    assert any("fr.text: more than three sentences" in fault for fault in lonely)
    assert any("no action serves this strategy" in fault for fault in lonely)


def test_too_few_micro_actions_for_everybody_is_a_fault() -> None:
    faults = lint(small_catalogue([SOUND], [SERVED]), LINKS)
    assert [str(fault) for fault in faults] == [
        "actions: 0 actions of 3 minutes or fewer fit everybody; at least 10 are needed"
    ]


def test_sentences_of_conditions_are_checked_too(catalogue: Catalogue) -> None:
    wrong = dict(catalogue.sentences)
    wrong["driver"] = ConditionText(Phrase("on vous sait mobile", "You drive."))
    wrong["senior"] = ConditionText(
        Phrase("{vous avez|tu as} 50 ans", "you are 50"), instead=Phrase("à", "at")
    )
    faults = [str(fault) for fault in lint(replace(catalogue, sentences=wrong), read_catalogue().links)]
    assert any("driver: fr: starts with a vowel" in fault for fault in faults)
    assert any("driver: fr: says 'vous' in the tu form" in fault for fault in faults)
    assert any("driver: en: has a capital" in fault for fault in faults)
    assert any("senior: fr_if: has a counterfactual" in fault for fault in faults)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], True),
        (["long_search(6)", "short_search(3)"], False),
        (["long_search(3)", "short_search(6)"], True),
        (["first_job", "experienced(2)"], False),
        (["job_undecided", "job_known"], False),
        (["job_undecided", "job_family(care)"], False),
        (["employed or returning", "not employed", "not returning"], False),
        (["frustrated(network)", "not frustrated(time)", "very_frustrated(5)"], True),
        (["very_frustrated(18)", "not frustrated(time)"], False),
        (["few_applications(2)", "many_applications(3)"], False),
        (["not search_started", "many_applications(1)"], False),
        (["stage(answers)", "interviews(1)"], True),
        (["stage(leads)", "few_leads(0)", "no_interview"], True),
        (["stage(offers)", "no_interview"], False),
        (["overseas", "region(01)", "commune_under(5000)"], True),
        (["overseas", "department(69)"], False),
        (["qualified(bac)", "no_diploma"], False),
        (["unqualified_for_job", "qualified(bac3)"], True),
        (["unqualified_for_job", "qualified(bac5)"], False),
        (["weekday(1)", "weekday(2)"], False),
        (["done_actions(12)", "month(7)"], True),
        (["wants(temp)", "wants(self_employed)", "not wants(permanent)"], True),
        (["minor", "experienced(5)"], False),
    ],
)
def test_conditions_that_nobody_can_meet_are_recognised(lines: list[str], expected: bool) -> None:
    assert reachable([parse_line(line) for line in lines]) is expected


def test_words_and_sentences_are_counted_as_a_reader_does() -> None:
    assert word_count("Notez 3 prénoms : un, deux…") == 5
    assert word_count("comme {job}") == 4
    assert sentence_count("Un. Deux ? Trois") == 3
    assert sentence_count("Ouvrez francetravail.fr. Notez l'heure : 9.30 h.") == 2
    assert sentence_count("Répondez à : « Pourquoi ? »") == 1


def test_the_command_names_each_fault_and_fails(tmp_path: Path) -> None:
    for path in FOLDER.rglob("*.toml"):
        copy = tmp_path / path.relative_to(FOLDER)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    command = [sys.executable, "-m", "bot.advice.lint"]
    sound = subprocess.run([*command, str(tmp_path)], capture_output=True, text=True, check=False)
    assert (sound.returncode, sound.stdout) == (0, "The catalogue is sound.\n")
    some = next(tmp_path.glob("actions/*.toml"))
    some.write_text(some.read_text("utf-8").replace("minutes = ", "minutes = 9", 1), encoding="utf-8")
    broken = subprocess.run([*command, str(tmp_path)], capture_output=True, text=True, check=False)
    assert broken.returncode == 1
    assert f"actions/{some.name}: " in broken.stdout
    assert "expected a whole number from 1 to 20" in broken.stdout
