"""Everyday answers: each means one thing, and an answer of another kind means none of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import intents, words
from bot.understanding.intents import Everyday, Intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("passer", Intent.SKIP),
        ("Passer !", Intent.SKIP),
        ("OUI", Intent.YES),
        ("nan", Intent.NO),
        ("c'est fait", Intent.DONE),
        ("c’est fait", Intent.DONE),
        ("je bloqe", Intent.STUCK),
        ("retour", Intent.BACK),
        ("je veux parler à quelqu'un", Intent.HUMAN),
        ("supprimer mes données", Intent.DELETE),
        ("serveuse", None),
        ("Angers", None),
        ("x" * 500, None),
        ("", None),
        ("   ", None),
        ("🙂", None),
    ],
)
def test_words_that_mean_the_same_everywhere(text: str, intent: Intent | None) -> None:
    assert intents.intent(text) is intent


def test_i_do_not_know_is_told_from_a_plain_skip() -> None:
    assert intents.unsure("je ne sais pas")
    assert intents.unsure("No idea")
    assert not intents.unsure("passer")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("ouiiii", "yes"), ("👍🏽", "yes"), ("oui stp", "yes"), ("ok", "yes"), ("nooon", "no"), ("nan jveux pas", "no"),
        ("pas intéressé", "no"), ("on saute", "skip"), ("reviens en arrière", "back"), ("arete", "stop"),
        ("je veux arrêter", "stop"), ("oui stop", "stop"), ("non, plus tard", "later"), ("dans une heure", "later"),
        ("jveux parler a qqn", "human"), ("un conseiller svp", "human"), ("tu peux m'aider ?", "help"),
        ("bof", "unclear"), ("mouais", "unclear"), ("pas oui", "unclear"), ("oui et non", "unclear"),
        ("je ne veux pas arrêter", "unclear"), ("non je veux pas arrêter", "unclear"),
        ("I don't want to stop", "unclear"), ("je ne veux pas parler à quelqu'un", "unclear"),
        ("serveuse", "unclear"), ("3 mois", "unclear"), ("conseiller", "unclear"), ("merci", "unclear"),
        ("Suré", "unclear"), ("sure", "yes"),
        ("ouii carrément", "yes"), ("ye", "yes"), ("on continue", "yes"), ("je continue à chercher", "unclear"),
        ("non jprefere pas", "no"), ("je préfère pas", "skip"), ("pas d'aide merci", "no"), ("carrément pas", "no"),
        ("ok non", "no"), ("on saute celle la", "skip"), ("on oublie cette question", "skip"), ("oublie moi", "stop"),
        ("tomorrow maybe", "later"), ("maybe", "unclear"), ("jconduis, jte redis", "later"), ("driving", "unclear"),
        ("rappelle moi vers 18h", "later"), ("kes tu veux dire", "help"), ("jsp ce que je dois mettre", "help"),
        ("non attends, j'ai mis la mauvaise ville", "back"), ("y'a un numéro pour appeler qqn ?", "human"),
        ("je me suis trompé de ville", "back"), ("no help needed", "no"), ("stop et continue", "unclear"),
        ("how do i stop this", "stop"), ("comment arrêter de fumer", "unclear"), ("annule tout", "stop"),
        ("cancel", "unclear"), ("stop, non continue", "unclear"), ("continue stop", "unclear"),
        ("stop, je veux plus continuer", "stop"),
    ],
)  # fmt: skip
def test_everyday_answers_and_what_is_none(text: str, meant: str) -> None:
    assert intents.everyday(text) is Everyday(meant)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("never", "no"),
        ("ok", "yes"),
        ("👍", "yes"),
        ("parfait", "yes"),
        ("hein", "help"),
        ("serveuse", "unclear"),
    ],
)
def test_a_greeting_before_and_thanks_around_change_no_answer(text: str, meant: str) -> None:
    forms = ("{}", "bonjour, {}", "{} merci", "Hello {}, thanks !")
    assert {intents.everyday(form.format(text)) for form in forms} == {Everyday(meant)}


@pytest.mark.parametrize(
    "text", ["bonjour", "merci", "merci bien", "merci hein", "bonjour et merci", "salut, merci d'avance"]
)
def test_politeness_alone_is_no_answer(text: str) -> None:
    assert intents.everyday(text) is Everyday.UNCLEAR


@pytest.mark.parametrize(
    "text",
    [
        "j'en ai marre stop", "supprimez mon numéro", "effacez mes données", "dont message me again",
        "remove me from your list",
        "j'ai trouvé du travail, plus besoin de messages merci", "bonjour, merci de ne plus m'envoyer de sms",
        "I got a job, please stop", "stop, j'en peux plus de vos trucs",
        "j'aimerais ne plus être contactée, " + "merci " * 40,
    ],
)  # fmt: skip
def test_an_opt_out_is_heard_wherever_it_stands(text: str) -> None:
    assert intents.everyday(text) is Everyday.STOP


@pytest.mark.parametrize(
    "text",
    [
        "non-stop", "je travaille non stop", "je veux pas arrêter", "n'arrêtez pas", "please don't stop messaging me",
        "je ne veux pas me désinscrire", "ne m'écrivez plus jusqu'au 12", "ne m'écrivez plus le dimanche",
        "non pas stop",
        "j'ai arrêté de fumer", "j'ai plus de messages de Pôle emploi", "stoppeur", "vendeur chez Stop Affaires",
    ],
)  # fmt: skip
def test_what_denies_a_stop_or_sets_a_time_to_it_is_none(text: str) -> None:
    assert intents.everyday(text) is not Everyday.STOP


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("oui c'est exactement ce que je cherche", "yes"), ("c'est pas faux", "yes"), ("i'd love to", "yes"),
        ("y", "yes"),
        ("sa minteresse pas", "no"), ("je ne suis pas d'accord", "no"), ("bien sûr que non", "no"), ("faux", "no"),
        ("ça ne vous regarde pas", "skip"), ("on verra ça après, question suivante", "skip"), ("peu importe", "skip"),
        ("erreur je voulais mettre autre chose", "back"), ("???", "help"), ("hein ?", "help"),
        ("ça veut dire quoi", "help"),
        ("je suis au travail je réponds ce soir", "later"), ("attendez 5 min", "later"), ("dans 2 heures", "later"),
        ("vous êtes un robot ? je veux une personne", "human"), ("i want my adviser to call me", "human"),
        ("je suis au travail", "later"), ("j'ai trouvé du travail", "unclear"), ("agent", "unclear"),
        ("je ne peux pas travailler le soir", "unclear"), ("oui, Lyon", "unclear"),
    ],
)  # fmt: skip
def test_sentences_of_everyday_answers(text: str, meant: str) -> None:
    assert intents.everyday(text) is Everyday(meant)


def test_a_deletion_stays_finer_than_a_stop_within_a_conversation() -> None:
    assert intents.intent("effacez mes données") is Intent.DELETE
    assert intents.intent("parfait") is Intent.THANKS
    assert intents.everyday("parfait") is Everyday.YES


@pytest.mark.parametrize("form", ["{}", "{} svp", "euh {}", "{} !!"])
def test_a_known_phrase_keeps_its_meaning_in_capitals_and_with_small_words(form: str) -> None:
    for phrase, meant in words.by_phrase("intents").items():
        assert intents.intent(form.format(phrase).upper()) == Intent(meant), phrase


@given(st.text(max_size=200))
def test_any_text_gives_one_answer(text: str) -> None:
    assert intents.everyday(text) in Everyday
