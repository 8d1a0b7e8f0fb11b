"""Everything that Bob says: complete, in one register at a time, short, neutral, and true of what exists."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.advice.lint import words as lint
from bot.advice.wording import FORM, choose_form, placeholders
from bot.dialogs import conversation, distress, settings
from bot.dialogs.incoming import Kind
from bot.dialogs.questions import QUESTIONS
from bot.dialogs.texts import Voice, load_texts

ROOT = Path(__file__).parents[2]
TEXTS = load_texts()
FILES = {key.split(".")[0] for key in TEXTS}
VOUS, TU, ENGLISH = Voice("fr", "vous"), Voice("fr", "tu"), Voice("en")

FRENCH_VALUES = {
    "action": "Appelez une entreprise.", "answer": "Lyon", "change": "avec le permis", "command": "menu",
    "contact": "contact@elan.example", "day": "mardi 1er décembre", "easier": "Lisez une annonce.",
    "emergency": "15", "europe": "112", "fallback": "la version courte suffit", "first": "Ouvrez une annonce.",
    "hour": "10 h", "line": "3114", "n": 15, "name": "Camille", "next": "Prochaine action : demain à 9 h.",
    "number": 3, "obstacle": "la fatigue gagne", "operator": "Association Élan",
    "privacy": "https://elan.example/bob", "question": "Quelle ville ?", "quote": "demain à 10 h.",
    "reason": "elle prend plus de temps", "reasons": "la recherche dure", "rhythm": "3 par semaine",
    "step": "Ouvrez une annonce.", "title": "Passer par les gens", "total": 10, "when": "demain à 10 h",
    "words": "serveuse",
}  # fmt: skip
"""A usual value for every variable of the texts."""
ENGLISH_VALUES = FRENCH_VALUES | {
    "action": "Call a company.", "change": "With a driving licence", "day": "Tuesday 1 December",
    "easier": "Read one advert.", "fallback": "the short version will do", "first": "Open an advert.",
    "hour": "10:00", "next": "Next action: tomorrow at 9:00.", "obstacle": "you're too tired",
    "question": "Which town?", "quote": "tomorrow at 10:00.", "reason": "it takes more time",
    "reasons": "the search goes on", "rhythm": "3 a week", "step": "Open an advert.",
    "title": "Go through people", "when": "tomorrow at 10:00", "words": "waiter",
}  # fmt: skip

LONG_MESSAGES = {
    "welcome.first": 90, "welcome.minor": 90, "welcome.again": 90, "help.text": 110, "distress.reply": 110,
    "mydata.kept": 80,
}  # fmt: skip
"""Messages that may be longer than 60 words: the first screens, the help, the words of distress, the data kept."""
UNUSED = {"common.years", "profile.erased"}
"""Texts that no code says any more."""
in_each_register = pytest.mark.parametrize("voice", [VOUS, TU, ENGLISH], ids=["vous", "tu", "english"])
NAMES_BOTH_FORMS = re.compile(r"vous, tu ou English", re.IGNORECASE)


def said(key: str, voice: Voice) -> str:
    """The text as a reader gets it, with usual values."""
    return voice(key, **(FRENCH_VALUES if voice.language == "fr" else ENGLISH_VALUES))


def own_words(key: str, form: str) -> str:
    """Bob's own French words in a form: no variable, nor the names of the two forms where one chooses."""
    text = re.sub(r"\{[a-z_]+\}| · ", " ", choose_form(TEXTS[key]["fr"], form))
    return NAMES_BOTH_FORMS.sub("", text)


def everything() -> Iterator[tuple[str, Voice, str]]:
    return ((key, voice, said(key, voice)) for key in TEXTS for voice in (VOUS, TU, ENGLISH))


def sentences(text: str) -> list[str]:
    parts = re.split(r"\n+|(?<=[.?!…])[\s»\"]+", text)
    return [part for part in parts if any(char.isalnum() for char in part)]


def word_count(text: str) -> int:
    return sum(any(char.isalnum() for char in word) for word in text.split())


def listed(faults: list[str]) -> str:
    return "\n" + "\n".join(faults)


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
                assert voice(key, n=1) != voice(key, n=2), key


class Uses:
    """What the code says of the texts: keys as they stand, f-strings as patterns, and the variables it gives."""

    def __init__(self) -> None:
        self.keys: set[str] = set()
        self.patterns: set[str] = set()
        self.given: list[tuple[str, set[str], str]] = []
        self.labels: set[str] = set()
        files = [*(ROOT / "bot").rglob("*.py"), *(ROOT / "scheduler").rglob("*.py")]
        for path in files:
            if not {"sandbox", "advice"} & set(path.relative_to(ROOT).parts):
                self._read(path)

    def _read(self, path: Path) -> None:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for text in _key_texts(node):
                self._note(text)
            if isinstance(node, ast.Call) and node.args and _name(node.func).strip("_").lower() == "button":
                for inner in ast.walk(node.args[0]):
                    self.labels |= set(_key_texts(inner))
            if isinstance(node, ast.Call) and node.args and _name(node.func) in ("voice", "tell"):
                given = {keyword.arg or "**" for keyword in node.keywords}
                for inner in ast.walk(node.args[0]):
                    for key in _key_texts(inner):
                        self.given.append((key, given, f"{path.name}:{node.lineno}"))

    def _note(self, text: str) -> None:
        if "{}" in text:
            self.patterns.add(text)
        else:
            self.keys.add(text)


NAMES_OF_FILES = ("", "toml", "md", "py", "sqlite", "json")
"""What follows the first dot in "profile.md": the name of a file, not a key."""


def _name(func: ast.expr) -> str:
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def _key_texts(node: ast.AST) -> Iterator[str]:
    """The key or the pattern that a piece of code spells out ("day.done", f"day.felt.{code}" -> "day.felt.{}")."""
    if isinstance(node, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
        text = "".join(str(part) for part in parts)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        text = node.value
    else:
        return
    head, dot, rest = text.partition(".")
    if head in FILES and dot and rest not in NAMES_OF_FILES and re.fullmatch(r"[\w.{}+-]+[^.]", text):
        yield text


USES = Uses()
EXACTLY = {
    "settings.{}": [f"settings.{name}" for name in (*settings.RHYTHMS, *settings.PAUSES)],
    "kinds.{}": [
        f"kinds.{kind.value}"
        for kind in Kind
        if kind not in (Kind.TEXT, Kind.COMMAND, Kind.BUTTON, Kind.BLOCKED, Kind.UNBLOCKED)
    ],
    "mydata.{}": ["mydata.export", "mydata.revoke", "mydata.delete"],
    "plan.when.{}": ["plan.when.now", "plan.when.hour"],
    "questions.{}.options.{}": [
        f"questions.{name}.options.{code}"
        for name, question in QUESTIONS.items()
        for code in question.options
    ],
    "questions.{}.ask": [f"questions.{name}.ask" for name in QUESTIONS],
    "questions.{}.short": [f"questions.{name}.short" for name in QUESTIONS],
    "commands.{}.name": [f"commands.{name}.name" for name in conversation.MENU],
    "commands.{}.description": [f"commands.{name}.description" for name in conversation.MENU],
}
"""The keys that a pattern stands for, where the code tells; other patterns stand for every key of their shape."""


def keys_of(pattern: str) -> list[str]:
    if pattern in EXACTLY:
        return EXACTLY[pattern]
    shape = re.compile(re.escape(pattern).replace(r"\{\}", r"[^.]+"))
    return [key for key in TEXTS if shape.fullmatch(key)]


def test_every_key_that_the_code_spells_out_exists() -> None:
    faults = sorted(key for key in USES.keys if key not in TEXTS and not keys_of(key + ".{}"))
    assert not faults, listed(faults)
    assert len(USES.keys) > 100  # the search finds them


def test_every_pattern_of_keys_in_the_code_has_its_texts() -> None:
    faults = [f"{pattern}: no such text" for pattern in USES.patterns if not keys_of(pattern)]
    faults += [f"{key}: missing" for pattern in USES.patterns for key in keys_of(pattern) if key not in TEXTS]
    assert not faults, listed(faults)


def test_every_text_is_used() -> None:
    used = USES.keys | {key for pattern in USES.patterns for key in keys_of(pattern)}
    unused = sorted(set(TEXTS) - used)
    assert set(unused) <= UNUSED, listed(unused)


def test_the_code_gives_each_text_its_variables() -> None:
    faults = []
    for key, given, where in USES.given:
        if key in TEXTS and "**" not in given:
            missing = set(placeholders(TEXTS[key]["fr"])) - given
            faults += [f"{where}: {key} needs {', '.join(sorted(missing))}"] if missing else []
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
    "accord": "m", "action": "f", "avis": "m", "cv": "m", "diplôme": "m", "heure": "f", "identifiant": "m",
    "piste": "f", "prochaine": "f", "profil": "m", "recherche": "f", "situation": "f", "tranche": "f",
    "trajet": "m", "réponse": "f", "message": "m",
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
                if found := pattern.search(own_words(key, form)):
                    faults.append(f"{key}: {found[0]!r}")
        if found := lint.GENDERED_EN.search(TEXTS[key]["en"]):
            faults.append(f"{key}: {found[0]!r}")
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
        r"conseill(?:er|ère)s?\b|counsell?ors?\b|\bcoach|bilan\b|weekly review|tableau de|\bboard\b|"
        r"points?\b.*gagn|\bscore\b|/(?:progres|proposer|rdv|candidatures|pause)\b",
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
    r"questions\.(?:skip|back|that_is_all|nothing_named|keep_words|\w+\.(?:short|options\..+))"
    r"|(?:day|strategies)\.button\..+|day\.(?:open_link|felt\..+|refusal\..+|later\..+)|strategies\.refusal\..+"
    r"|diagnosis\.(?:agree|differ|never_mind)|mydata\.(?:export|revoke|delete|delete_yes|delete_no)"
    r"|onboarding\.(?:micro_done|micro_later|go_on|again|keep)|plan\.(?:no_plan|enough|when\.(?:now|hour))"
    r"|plan\.(?:where|obstacle|fallback)\.(?!ask|.*_clause).+|profile\.(?:more|erase)"
    r"|settings\.(?:daily|three|weekly|pause\d+|keep|resume|delete)"
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
    made = {key for text in USES.labels for key in (keys_of(text) if "{}" in text else [text])}
    faults = sorted(
        key for key in made if not LABELS.fullmatch(key) and not re.search(r"\.(?:ask|\w+_clause)$", key)
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
        known = {voice(f"commands.{command}.name") for command in conversation.MENU} | {
            FRENCH_VALUES["command"]
        }
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
