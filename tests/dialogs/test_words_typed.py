"""The words that people type: each means one thing, names of jobs and towns mean none, and distress is heard."""

from __future__ import annotations

import csv
import time
import tomllib
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from bot.dialogs import distress
from bot.dialogs.daily_answers import FELT
from bot.dialogs.questions import QUESTIONS
from bot.sources.occupations.lexicon import load_lexicon
from bot.sources.places.table import FOLDER
from bot.sources.plain import plain
from bot.understanding import choices, intents, numbers, words
from bot.understanding.intents import Intent
from tests.dialogs.said import everything, listed

LOCALES = Path(distress.__file__).parents[1] / "locales" / "words"
UNDERSTOOD = words.document()
DISTRESS = tomllib.loads((LOCALES / "distress.toml").read_text("utf-8"))
SENTENCES = tomllib.loads(Path(__file__).with_name("distress_sentences.toml").read_text("utf-8"))
LANGUAGES = ("fr", "en")
OPTIONS = {name: tuple(question.options) for name, question in QUESTIONS.items()} | {"felt": FELT}
"""The options that keywords choose from: those of the questions, and how an action was."""
TOO_CLOSE = 92
"""Similarity from which `intents.intent` takes one phrase for another."""

FIRST_NAMES = """
Aïcha Alice Amina Andrea Anna Antoine Arthur Awa Aya Bilal Camille Chantal Chloé Clara Claire Dominique Élodie Emma
Enzo Fatou Fatima Gabriel Giulia Gérard Hélène Hugo Ibrahim Inès Issa Jade Jean Jeanne Jordan José Jules Julie Karim
Kevin Laura Léa Léo Lina Louis Louise Lucas Mamadou Manon Marc Maria Marie Martin Mathis Mehdi Mohamed Moussa Nadia
Nathan Nina Noah Noé Nour Olga Olivier Oumar Patrick Paul Pascale Rachid Rayan Sacha Salima Salut-Jean Samir Sarah
Sofia Sophie Théo Thi Thomas Valérie Victor Wei Yann Yasmine Youssef Yves Zoé Alison Amy Ben Charlie Daniel Ella
Emily Grace Hannah Harry Jack James Joshua Liam Mercy Mia Oliver Patience Ruby Ryan Sean Tom Will
""".split()


# Each phrase means one thing


def test_a_phrase_has_one_intent() -> None:
    owners: dict[str, set[str]] = {}
    for name, phrases in UNDERSTOOD["intents"].items():
        for phrase in phrases:
            owners.setdefault(plain(phrase), set()).add(name)
    faults = [
        f"{phrase!r}: {sorted(names)}" for phrase, names in owners.items() if len(names) > 1 or not phrase
    ]
    assert not faults, listed(faults)
    assert set(UNDERSTOOD["intents"]) == set(Intent)


def test_no_phrase_can_be_taken_for_one_of_another_intent() -> None:
    phrases = [(plain(phrase), name) for name, group in UNDERSTOOD["intents"].items() for phrase in group]
    faults = [
        f"{one!r} ({name}) and {other!r} ({other_name})"
        for index, (one, name) in enumerate(phrases)
        for other, other_name in phrases[index + 1 :]
        if name != other_name and max(len(one), len(other)) >= 6 and fuzz.ratio(one, other) >= TOO_CLOSE
    ]
    assert not faults, listed(faults)


@pytest.mark.parametrize("table", ["numbers", "hours", "parts"])
def test_a_word_of_number_or_time_has_one_value(table: str) -> None:
    owners: dict[str, set[str]] = {}
    for value, phrases in UNDERSTOOD[table].items():
        for phrase in phrases:
            owners.setdefault(plain(phrase), set()).add(value)
    assert not {phrase: values for phrase, values in owners.items() if len(values) > 1}


def test_i_do_not_know_also_passes_a_question() -> None:
    skips = {plain(phrase) for phrase in UNDERSTOOD["intents"]["skip"]}
    assert {plain(phrase) for phrase in UNDERSTOOD["unsure"]["phrases"]} <= skips


def test_keywords_belong_to_a_question_and_its_options() -> None:
    faults = [
        f"{question}.{code}"
        for question, options in UNDERSTOOD["keywords"].items()
        for code in options
        if code not in OPTIONS.get(question, ())
    ]
    assert not faults, listed(faults)


def test_a_keyword_alone_decides_between_the_options_of_one_choice() -> None:
    faults = []
    for name, options in UNDERSTOOD["keywords"].items():
        if name in QUESTIONS and QUESTIONS[name].several:
            continue
        for code, phrases in options.items():
            for phrase in phrases:
                found = choices.choice(phrase, {}, choices.keywords_of(name))
                negated = plain(phrase) in ("pas beaucoup", "not many")  # said of both, so asked again
                faults += [f"{name}.{code}: {phrase!r} -> {found}"] if found != code and not negated else []
    assert not faults, listed(faults)


# Names mean nothing else


def job_names() -> list[str]:
    groups = load_lexicon().values()
    labels = [name for group in groups for name in (*group.fr.split(" / "), group.en)]
    return labels + [
        name for group in groups for fine in group.fine.values() for name in (*fine.fr, *fine.en)
    ]


def town_names() -> list[str]:
    with (FOLDER / "communes.csv").open(encoding="utf-8", newline="") as file:
        return [row["name"] for row in csv.DictReader(file) if int(row["population"]) >= 20_000]


def test_no_job_is_taken_for_an_intent_or_for_distress() -> None:
    jobs = [*job_names(), "conseiller", "conseillère", "conseiller de vente", "counsellor", "aide-soignante"]
    faults = [f"{job}: {intents.intent(job)}" for job in jobs if intents.intent(job) or distress.heard(job)]
    assert not faults, listed(faults)
    assert len(jobs) > 300


def test_no_town_is_taken_for_an_intent_or_for_distress() -> None:
    towns = [*town_names(), "Die", "Saint-Dié-des-Vosges", "Plan", "Changé", "Suré", "Simplé"]
    faults = [
        f"{town}: {intents.intent(town)}" for town in towns if intents.intent(town) or distress.heard(town)
    ]
    assert not faults, listed(faults)
    assert len(towns) > 300


@pytest.mark.parametrize("name", FIRST_NAMES)
def test_no_first_name_is_taken_for_an_intent_or_for_distress(name: str) -> None:
    assert intents.intent(name) is None
    assert not distress.heard(name)


# Everyday answers are understood


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Je passe !", Intent.SKIP), ("jsp", Intent.SKIP), ("chais pas", Intent.SKIP), ("dunno", Intent.SKIP),
        ("Je préfère ne pas répondre", Intent.SKIP), ("i'd rather not say", Intent.SKIP),
        ("question précédente", Intent.BACK), ("undo", Intent.BACK), ("Retour.", Intent.BACK),
        ("ouai", Intent.YES), ("bien sûr", Intent.YES), ("yep", Intent.YES), ("C'est bien ça", Intent.YES),
        ("nan", Intent.NO), ("pas encore", Intent.NO), ("not yet", Intent.NO), ("je l'ai pas fait", Intent.NO),
        ("c fait", Intent.DONE), ("ça y est", Intent.DONE), ("i just did it", Intent.DONE),
        ("je viens de le faire", Intent.DONE), ("tt à l'heure", Intent.LATER), ("in a bit", Intent.LATER),
        ("trop long", Intent.EASIER), ("make it shorter", Intent.EASIER), ("pas mon truc", Intent.REFUSE),
        ("j'arrive pas", Intent.STUCK), ("je sais pas par où commencer", Intent.STUCK),
        ("i'm struggling", Intent.STUCK), ("propose autre chose", Intent.ANOTHER),
        ("je m'en occupe", Intent.PLAN), ("I'll do it", Intent.PLAN), ("n'importe quel boulot", Intent.UNDECIDED),
        ("open to anything", Intent.UNDECIDED), ("deux métiers", Intent.SEVERAL),
        ("rien de spécial", Intent.NOTHING), ("none of them", Intent.NOTHING), ("merci bcp", Intent.THANKS),
        ("slt", Intent.HELLO), ("parler à un conseiller", Intent.HUMAN), ("j'ai besoin d'aide", Intent.HELP),
        ("arrête de m'écrire", Intent.STOP), ("leave me alone", Intent.STOP), ("je pars en vacances", Intent.PAUSE),
        ("tout supprimer", Intent.DELETE), ("delete my profile", Intent.DELETE), ("je peux venir lundi", None),
        ("vendeuse en boulangerie", None), ("une personne", None), ("en pause", None),
    ],
)  # fmt: skip
def test_everyday_answers_have_their_intent(text: str, meant: Intent | None) -> None:
    assert intents.intent(text) is meant


@pytest.mark.parametrize(
    ("question", "text", "code"),
    [
        ("situation", "je suis au chômage depuis mars", "out_of_work"),
        ("situation", "je travaille plus", "out_of_work"),
        ("situation", "i'm not working", "out_of_work"), ("situation", "j'ai déjà un boulot, en cdi", "employed"),
        ("situation", "je fais des saisons", "between_contracts"), ("situation", "mère au foyer", "returning"),
        ("situation", "de cdd en cdd", "between_contracts"), ("situation", "just graduated", "first_job"),
        ("situation", "je suis en apprentissage", "in_training"), ("diploma", "un bts compta", "bac2"),
        ("diploma", "j'ai le bac", "bac"), ("diploma", "bac pro vente", "bac"), ("diploma", "licence pro", "bac3"),
        ("diploma", "master's degree", "bac5"), ("diploma", "pas de diplôme", "none"), ("distance", "20 km", "nearby"),
        ("distance", "partout en france", "country"), ("distance", "half an hour", "nearby"),
        ("distance", "à pied", "city"), ("months", "je viens de commencer", "m0"),
        ("months", "pas encore commencé", "not_started"), ("experience", "débutant", "y0"),
        ("interviews", "pas d'entretien", "0"), ("licence", "j'ai pas le permis", "no"),
        ("computer", "que mon téléphone", "no"), ("has_cv", "j'ai un cv", "yes"), ("network", "pas beaucoup", None),
        ("liking", "j'adore ce métier", "passion"),
        ("felt", "pas facile", "hard"), ("felt", "c'était facile", "easy"), ("felt", "ça a été", "fine"),
        ("hours_wanted", "à mi-temps", "part"),
    ],
)  # fmt: skip
def test_everyday_answers_choose_their_option(question: str, text: str, code: str | None) -> None:
    assert choices.choice(text, {}, choices.keywords_of(question)) == code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("on me répond jamais et j'ai pas le permis", {"no_answers", "transport"}),
        ("personne ne me répond, et mon âge", {"no_answers", "age"}),
        ("mes enfants et le train", {"family", "transport"}),
        ("je suis timide, peur des entretiens", {"confidence", "interviews"}),
        ("no car, no network", {"transport", "network"}),
        ("je n'ai qu'une licence", set()), ("mon voile", {"discrimination"}),
    ],
)  # fmt: skip
def test_everyday_barriers_are_named(text: str, codes: set[str]) -> None:
    assert choices.choices(text, {}, choices.keywords_of("barriers")) == codes


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("pas un seul", 0),
        ("aucun pour l'instant", 0),
        ("une dizaine", 10),
        ("deux ou trois", 3),
        ("seize", 16),
        ("2 ou 3", None),
    ],
)
def test_counts_are_understood(text: str, count: int | None) -> None:
    assert numbers.number(text) == count


# Distress


def direct_and_indirect(language: str) -> list[str]:
    return [*SENTENCES[language]["direct"], *SENTENCES[language]["indirect"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_distress_is_heard(language: str) -> None:
    told = direct_and_indirect(language)
    missed = [sentence for sentence in told if not distress.heard(sentence)]
    print(f"{language}: {len(told) - len(missed)} of {len(told)} heard; missed:{listed(missed)}")
    assert len(told) >= {"fr": 60, "en": 50}[language]
    assert 3 * len(SENTENCES[language]["indirect"]) >= len(told)
    assert len(told) - len(missed) >= 0.95 * len(told), listed(missed)


def test_everyday_sentences_raise_two_false_alarms_at_most() -> None:
    told = [sentence for language in LANGUAGES for sentence in SENTENCES["everyday"][language]]
    wrong = [sentence for sentence in told if distress.heard(sentence)]
    print(f"{len(wrong)} false alarms of {len(told)}:{listed(wrong)}")
    assert len(told) >= 60
    assert len(wrong) <= 2, listed(wrong)


def test_everyday_sentences_are_not_those_of_distress() -> None:
    told = {plain(sentence) for language in LANGUAGES for sentence in direct_and_indirect(language)}
    everyday = {plain(sentence) for language in LANGUAGES for sentence in SENTENCES["everyday"][language]}
    assert not told & everyday


@pytest.mark.parametrize(
    "text", ["JE VEUX MOURIR!!!", "je  veux\nmourir", "Je veux… mourir 😢", "j’en peux plus"]
)
def test_distress_is_heard_however_it_is_typed(text: str) -> None:
    assert distress.heard(text)


@pytest.mark.parametrize(
    "text",
    [
        "mort de rire, mais je veux mourir", "plus envie de vivre à Paris ni ailleurs, je veux en finir",
        "j'en peux plus des idées noires", "overdose de médicaments", "je meurs de l'intérieur, je veux disparaître",
        "I can't live on this earth anymore", "someone would kill me and I want to die",
    ],
)  # fmt: skip
def test_a_saying_does_not_hide_distress(text: str) -> None:
    assert distress.heard(text)


def test_no_words_of_bob_raise_the_alarm_when_they_are_sent_back() -> None:
    wrong = [key for key, _, text in everything() if distress.heard(text) and "3114" not in text]
    assert not wrong, listed(wrong)


def test_each_phrase_of_distress_is_heard_alone_and_no_saying_is() -> None:
    assert not [phrase for phrase in DISTRESS["distress"] if not distress.heard(phrase)]
    assert not [saying for saying in DISTRESS["everyday"] if distress.heard(saying)]


def test_phrases_of_distress_are_written_once() -> None:
    for group in ("distress", "everyday"):
        phrases = [plain(phrase) for phrase in DISTRESS[group]]
        assert len(phrases) == len(set(phrases))
        assert all(len(phrase) >= 4 for phrase in phrases)


def test_a_long_message_is_looked_at_without_delay() -> None:
    started = time.perf_counter()
    distress.heard("je cherche un poste de vente à Lyon et j'en ai assez des refus " * 200)
    assert time.perf_counter() - started < 1
