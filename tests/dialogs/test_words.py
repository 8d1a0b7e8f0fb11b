"""Everything that Bob says: complete, in one register at a time, short, neutral, and true of what exists."""

from __future__ import annotations

import re

import pytest

from bot.advice.lint import words as lint
from bot.advice.wording import FORM, choose_form, placeholders
from bot.counsellors.handling import ACTIVATE
from bot.counsellors.registry import COMMANDS as TEAM_COMMANDS
from bot.dialogs import conversation, distress
from bot.dialogs.texts import Voice
from bot.dialogs.wordlint import (
    LONG_MESSAGES,
    NAMES_BOTH_FORMS,
    TO_AN_EMPLOYER,
    TO_TEAMS,
    forms_of,
    sentences,
    word_count,
)
from tests.dialogs.said import (
    ENGLISH,
    ENGLISH_VALUES,
    FRENCH_VALUES,
    TEXTS,
    TU,
    VOUS,
    everything,
    in_each_register,
    listed,
    said,
)
from tests.dialogs.uses import USES, keys_of

UNUSED = {"common.years", "profile.erased"}
"""Texts that no code says any more."""


def own_words(key: str, form: str) -> str:
    """Bob's own French words in a form: no variable, nor the names of the two forms where one chooses."""
    text = re.sub(r"\{[a-z_]+\}| · ", " ", choose_form(TEXTS[key]["fr"], form))
    return NAMES_BOTH_FORMS.sub("", text)


# Complete


@in_each_register
def test_every_text_renders_with_all_its_variables(voice: Voice) -> None:
    faults = [
        f"{key}: {text!r}"
        for key in TEXTS
        if not (text := said(key, voice)).strip() or re.search(r"[{}|]", text)
    ]
    assert not faults, listed(faults)


def test_a_count_of_one_has_its_own_words() -> None:
    for key, entry in TEXTS.items():
        for field in ("fr_one", "en_one"):
            if field in entry:
                voice = Voice(field[:2])
                values = FRENCH_VALUES if voice.language == "fr" else ENGLISH_VALUES
                assert voice(key, **values | {"n": 1}) != voice(key, **values | {"n": 2}), key


def test_every_key_that_the_code_spells_out_exists() -> None:
    sections = {key.rpartition(".")[0] for key in TEXTS}
    faults = sorted(USES.keys - set(TEXTS) - sections)
    assert not faults, listed(faults)
    assert len(USES.keys) > 100  # the search finds them


def test_every_pattern_of_keys_in_the_code_has_its_texts() -> None:
    faults = [f"{pattern}: no such text" for pattern in USES.patterns if not keys_of(pattern)]
    faults += [f"{key}: missing" for pattern in USES.patterns for key in keys_of(pattern) if key not in TEXTS]
    assert not faults, listed(faults)


def test_every_text_is_used() -> None:
    used = {key for text in USES.keys | USES.patterns for key in keys_of(text)}
    unused = sorted(set(TEXTS) - used)
    assert set(unused) <= UNUSED, listed(unused)


def test_the_code_gives_each_text_its_variables_and_the_texts_say_them() -> None:
    faults = []
    for texts, given, where in USES.given:
        asked = {
            key: set(placeholders(TEXTS[key]["fr"]))
            for text in texts
            for key in keys_of(text)
            if key in TEXTS
        }
        for key, variables in asked.items():
            if "**" not in given and variables - given:
                faults.append(f"{where}: {key} needs {', '.join(sorted(variables - given))}")
        unsaid = given - {"**", "n"} - set().union(*asked.values())
        faults += [f"{where}: {texts} never say {', '.join(sorted(unsaid))}"] if unsaid else []
    assert not faults, listed(faults)
    assert len(USES.given) > 100


# In one register at a time


@pytest.mark.parametrize(
    ("form", "patterns"),
    [("vous", (lint.TU_WORDS, lint.TON)), ("tu", (lint.VOUS_WORDS, lint.VOUS_VERBS))],
)
def test_no_text_mixes_vous_and_tu(form: str, patterns: tuple[re.Pattern[str], ...]) -> None:
    faults = [
        f"{key} ({form}): {found[0]!r}"
        for key in TEXTS
        if not TO_AN_EMPLOYER.fullmatch(key) and form in forms_of(key)
        for pattern in patterns
        if (found := pattern.search(lint.RENDEZ_VOUS.sub("", own_words(key, form))))
        and not (key == "settings.language_set" and found[0] == form)
    ]
    assert not faults, listed(faults)


def test_the_two_sides_of_a_form_differ_and_english_has_none() -> None:
    faults = [f"{key}: {found[0]}" for key in TEXTS for found in FORM.finditer(TEXTS[key]["en"])]
    faults += [
        f"{key}: {left}" for key in TEXTS for left, right in FORM.findall(TEXTS[key]["fr"]) if left == right
    ]
    assert not faults, listed(faults)


GENDER = {
    "accord": "m", "action": "f", "avis": "m", "candidature": "f", "chemin": "m", "cv": "m", "diplôme": "m",
    "disponibilité": "f", "entretien": "m", "heure": "f", "identifiant": "m", "métier": "m", "nom": "m",
    "objectif": "m", "passage": "m", "piste": "f", "position": "f", "semaine": "f",
    "prochaine": "f", "profil": "m", "recherche": "f", "situation": "f", "tranche": "f",
    "agenda": "m", "question": "f", "suivi": "m", "trajet": "m", "réponse": "f", "message": "m", "part": "f",
    "numéro": "m", "prénom": "m", "dernier": "m", "prochain": "m", "sujet": "m", "appel": "m", "place": "f",
    "côté": "m",
}  # fmt: skip
"""Gender of the words that follow "ton" or "ta" in the texts. A new one is added with its gender."""


def test_ton_and_ta_agree_with_what_they_own() -> None:
    faults = []
    for key in TEXTS:
        for own, noun in re.findall(r"\b([Tt](?:on|a))\s+([\w-]+)", own_words(key, "tu")):
            elides = noun[0].lower() in "aeéèêhiîoôuy"
            wanted = "ta" if GENDER[noun.lower()] == "f" and not elides else "ton"
            faults += [f"{key}: {own} {noun}"] if own.lower() != wanted else []
    assert not faults, listed(faults)


def test_no_words_are_stuck_together_where_a_form_was_chosen() -> None:
    glued = re.compile(
        r"\b(?:vous|vos|votre|tes|toi)(?!s\b|tre)[a-zé]{2,}|\bt' |\w'\s|  |\s[,.]", re.IGNORECASE
    )
    faults = [
        f"{key}: {found[0]!r}"
        for key in TEXTS
        for form in ("vous", "tu")
        if (found := glued.search(choose_form(TEXTS[key]["fr"], form)))
    ]
    assert not faults, listed(faults)


# Neutral, plain, kind


def test_no_text_agrees_with_the_gender_of_the_person() -> None:
    faults = []
    for key in TEXTS:
        for form in ("vous", "tu"):
            for pattern in (lint.GENDERED, lint.AGREES_WITH_PERSON):
                found = pattern.search(own_words(key, form))
                faults += [f"{key}: {found[0]!r}"] if found else []
        english = lint.GENDERED_EN.search(TEXTS[key]["en"])
        faults += [f"{key}: {english[0]!r}"] if english else []
    assert not faults, listed(faults)


def test_no_text_blames_orders_promises_or_speaks_jargon() -> None:
    faults = [
        f"{key}: {found[0]!r}"
        for key, voice, text in everything()
        for pattern in (lint.FORBIDDEN_TONE[voice.language], lint.JARGON[voice.language])
        if (found := pattern.search(text))
    ]
    assert not faults, listed(faults)


def test_no_text_shouts_counts_down_or_gives_a_figure_without_source() -> None:
    assert not [key for key, _, text in everything() if text.count("!") > 1 or "%" in text]
    assert not [key for key, _, text in everything() if len(lint.EMOJI.findall(text)) > 1]


def test_no_text_speaks_of_what_does_not_exist() -> None:
    absent = re.compile(
        r"\bcoach|tableau de|\bboard\b|"
        r"points?\b.*gagn|\bscore\b|/(?:proposer|pause)\b",
        re.IGNORECASE,
    )
    faults = [f"{key}: {found[0]!r}" for key, _, text in everything() if (found := absent.search(text))]
    assert not faults, listed(faults)


def test_typography_is_that_of_the_language() -> None:
    faults = []
    for key, voice, text in everything():
        bare = re.sub(r"https?://\S+|\S+@\S+|\d:\d\d", "", text)
        if voice.language == "fr":
            wrong = re.search(r"[^\s«][:;?!](?=\s|$)|\"|«\S|\S»|“|”", bare)
        else:
            wrong = re.search(r"\s[:;?!]|[«»“”]", bare)
        faults += [f"{key}: {wrong[0]!r} in {text!r}"] if wrong else []
    assert not faults, listed(faults)


# Short


@in_each_register
def test_sentences_have_twelve_words_on_average(voice: Voice) -> None:
    faults, words, count = [], 0, 0
    for key in TEXTS:
        parts = sentences(said(key, voice))
        lengths = [word_count(part) for part in parts]
        words, count = words + sum(lengths), count + len(lengths)
        if sum(lengths) > 12 * len(lengths) or max(lengths) > 25:
            faults.append(f"{key}: {lengths} {said(key, voice)!r}")
    assert not faults, listed(faults)
    assert words / count <= 8  # most are labels and one-line answers


def test_messages_have_sixty_words_at_most() -> None:
    faults = [
        f"{key}: {word_count(text)} words"
        for key, _, text in everything()
        if word_count(text) > LONG_MESSAGES.get(key, 60)
    ]
    assert not faults, listed(faults)


LABELS = re.compile(
    r"questions\.(?:skip|back|that_is_all|nothing_named|keep_words|keep_these_words|\w+\.(?:short|options\..+))"
    r"|(?:day|strategies|board|weekly|follow_up)\.button\..+|day\.(?:open_link|felt\..+|refusal\..+|later\..+)|strategies\.refusal\..+"
    r"|diagnosis\.(?:agree|differ|more_views|first_views|never_mind)"
    r"|mydata\.(?:export|research(?:_yes|_no|_stop)?|revoke|delete|delete_yes|delete_no)|topics\.(?:another|label\..+)"
    r"|onboarding\.(?:micro_done|micro_later|go_on|again|keep)|plan\.(?:no_plan|enough|when\.(?:now|hour))"
    r"|plan\.(?:where|obstacle|fallback)\.(?!ask|.*_clause).+|profile\.(?:more|erase)"
    r"|settings\.(?:daily|three|weekly|pause\d+|keep|resume|delete|undo_pause)|silence\.leave_it"
    r"|(?:back|setback)\.button\..+|own\.rather_yours"
    r"|found\.(?:button|helped|feel|situation)\..+|found\.trial\.trial\d|found\.day\.(?:began|monday|two_weeks)"
    r"|appointments\.(?:button|kind)\..+"
    r"|(?:urgent|access)\.button\..+|call_me\.button|counsellor\.(?:button|hide|show|to)\..+|group\.button\..+"
    r"|(?:bulk|reports|workshop)\.button\..+|bulk\.choice\..+"
    r"|bulk\.event\.(?:invite|before|after|drop|back|more|seats|move|cancel|cancel_yes)"
    r"|(?:acting|assigned|proposed)\.(?:\w+\.)?button\..+"
    r"|welcome\.(?:agree|fifteen|younger|decline|agree_minor)"
)
ALONE_ON_ITS_ROW = {"welcome.agree": 32}


def test_labels_of_buttons_fit_on_a_small_phone() -> None:
    labels = [(key, text) for key, _, text in everything() if LABELS.fullmatch(key)]
    faults = [f"{key}: {text!r}" for key, text in labels if len(text) >= ALONE_ON_ITS_ROW.get(key, 24)]
    faults += [
        f"{key}: {text!r}" for key, text in labels if word_count(text) > 5 and key not in ALONE_ON_ITS_ROW
    ]
    faults += [f"{key}: {text!r}" for key, text in labels if text.endswith(".") or not text.strip()]
    assert not faults, listed(faults)
    assert len(labels) > 300


def test_every_button_that_the_code_makes_is_among_the_labels() -> None:
    made = {key for text in USES.labels for key in keys_of(text)}
    faults = sorted(
        key
        for key in made
        if not LABELS.fullmatch(key) and not re.search(r"\.(?:ask|unclear|unknown_date|\w+_clause)$", key)
    )
    assert not faults, listed(faults)
    assert len(made) > 30


# Commands


def test_the_names_of_commands_are_valid_for_telegram() -> None:
    for voice in (VOUS, ENGLISH):
        names = [voice(f"commands.{command}.name") for command in conversation.MENU]
        assert all(re.fullmatch(r"[a-z0-9_]{1,32}", name) for name in names)
        assert len(set(names)) == len(names)
        assert [conversation.COMMANDS[name] for name in names] == list(conversation.MENU)
        described = [voice(f"commands.{command}.description") for command in conversation.MENU]
        assert all(1 <= len(text) <= 60 for text in described)


def test_texts_name_the_commands_of_their_language() -> None:
    faults = []
    for key, voice, text in everything():
        to_team = key.partition(".")[0] in TO_TEAMS
        menu = {voice(f"commands.{command}.name") for command in conversation.MENU}
        known = set(TEAM_COMMANDS) | ACTIVATE if to_team else menu | {FRENCH_VALUES["command"]}
        for name in re.findall(r"(?<![\w/.:])/([a-z_]+)", re.sub(r"https?://\S+", "", text)):
            faults += [f"{key}: /{name}"] if name not in known else []
    assert not faults, listed(faults)


def test_the_help_names_every_command_of_the_menu() -> None:
    for voice in (VOUS, TU, ENGLISH):
        for command in set(conversation.MENU) - {"aide", "start"}:
            assert f"/{voice(f'commands.{command}.name')}" in said("help.text", voice)


# What must be said


def test_the_first_screen_says_what_bob_is_who_runs_it_and_what_is_never_passed_on() -> None:
    for voice, words in (
        (VOUS, ("un programme", "aux employeurs", "France Travail", "/mesdonnees")),
        (TU, ("un programme", "aux employeurs", "France Travail", "/mesdonnees")),
        (ENGLISH, ("a program", "to employers", "the job centre", "/mydata")),
    ):
        text = said("welcome.first", voice)
        for word in (*words, "Association Élan", "contact@elan.example", "https://elan.example/bob"):
            assert word in text


def test_the_answer_to_distress_gives_the_lines_to_call_and_asks_nothing() -> None:
    numbers = {
        "line": distress.PREVENTION_LINE,
        "emergency": distress.EMERGENCY[0],
        "europe": distress.EMERGENCY[1],
    }
    assert numbers == {"line": "3114", "emergency": "15", "europe": "112"}
    for voice in (VOUS, TU, ENGLISH):
        text = voice("distress.reply", **numbers)
        assert all(re.search(rf"\b{number}\b", text) for number in numbers.values())
        assert "?" not in text  # Bob could not hear the answer
