"""Words of titles without gender, plural and small words; and how they sound."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.occupations.folding import SMALL_WORDS, both_genders, fold, tokens, without_second_gender
from bot.sources.occupations.lexicon import load_lexicon
from bot.sources.occupations.sound import sound
from bot.sources.plain import plain

LABELS = sorted({fine.label for group in load_lexicon().values() for fine in group.fine.values()})
words = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=15)

# Folding


@pytest.mark.parametrize(
    ("feminine", "masculine"),
    [
        ("serveuse", "serveur"),
        ("directrice", "directeur"),
        ("infirmiere", "infirmier"),
        ("bouchere", "boucher"),
        ("gardienne", "gardien"),
        ("patronne", "patron"),
        ("professionnelle", "professionnel"),
        ("sportive", "sportif"),
        ("commerciale", "commercial"),
        ("cheffe", "chef"),
        ("agente", "agent"),
        ("employee", "employe"),
        ("maconne", "macon"),
        ("soignante", "soignant"),
    ],
)
def test_a_word_gives_the_same_in_both_genders_and_numbers(feminine: str, masculine: str) -> None:
    assert len({fold(feminine), fold(f"{feminine}s"), fold(masculine), fold(f"{masculine}s")}) == 1


def test_plurals_in_aux_give_the_same_as_their_singular() -> None:
    assert fold("commerciaux") == fold("commercial") == fold("commerciales")


@pytest.mark.parametrize("word", ["bus", "as", "rh", "os", "bts", "2024", "35"])
def test_short_words_and_numbers_stay_as_they_are(word: str) -> None:
    assert fold(word) == word


@given(words)
def test_folding_keeps_the_beginning_of_a_word_and_leaves_something(word: str) -> None:
    folded = fold(word)
    assert folded
    assert folded[0] == word[0]
    assert len(folded) <= len(word)
    assert fold(word) == folded


@given(words.filter(lambda word: len(word) > 3 and word[-1] not in "sxue"))
def test_an_s_at_the_end_changes_nothing(word: str) -> None:
    assert fold(f"{word}s") == fold(word)


# Tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Agent(e) d'entretien", ("agent", "entretien")),
        ("Serveur h/f", ("serveur",)),
        ("serveuse F/H en restauration", ("serveur", "restauration")),
        ("Aide-soignant·e", ("aide", "soignant")),
        ("vendeur.se", ("vendeur",)),
        ("éducateur.rice", ("educateur",)),
        ("infirmier(ière)", ("infirmier",)),
        ("RH", ("rh",)),
        ("le la les", ("le", "la", "les")),
        ("", ()),
        ("🙂 !", ()),
    ],
)
def test_tokens_are_the_folded_words_that_carry_meaning(text: str, expected: tuple[str, ...]) -> None:
    assert tokens(text) == expected


@given(st.text(max_size=60))
def test_small_words_stay_only_where_there_is_nothing_else(text: str) -> None:
    found = tokens(text)
    assert all(found)
    written = plain(without_second_gender(text)).split()
    if any(word not in SMALL_WORDS for word in written):
        assert found == tuple(fold(word) for word in written if word not in SMALL_WORDS)
    else:
        assert len(found) == len(written)


@settings(deadline=None)
@given(st.sampled_from(LABELS))
def test_case_accents_and_punctuation_change_no_token(label: str) -> None:
    bare = "".join(char for char in unicodedata.normalize("NFD", label) if not unicodedata.combining(char))
    for written in (label.upper(), label.lower(), bare, label.replace("-", " "), label.replace("'", "’")):
        assert tokens(written) == tokens(label)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("agent(e) polyvalent(e)", "agent polyvalent"),
        ("chargé·e", "chargé"),
        ("directeur·rice", "directeur"),
        ("développeur.euse web", "développeur web"),
        ("agent (en CDD)", "agent (en CDD)"),
        ("bac.pro", "bac.pro"),
    ],
)
def test_the_second_gender_of_a_word_is_taken_off(text: str, expected: str) -> None:
    assert without_second_gender(text) == expected


# Labels of both genders


@pytest.mark.parametrize(
    ("label", "names"),
    [
        ("agent / agente d'entretien", ("agent d'entretien", "agente d'entretien")),
        ("Serveur / Serveuse", ("Serveur", "Serveuse")),
        ("Fleuriste", ("Fleuriste",)),
        ("Homme sage-femme / Sage-femme", ("Homme sage-femme", "Sage-femme")),
        ("Aide-soignant / Aide-soignante de nuit", ("Aide-soignant de nuit", "Aide-soignante de nuit")),
        ("secrétaire médical / secrétaire médicale", ("secrétaire médical", "secrétaire médicale")),
        ("a / b / c", ("a", "b", "c")),
    ],
)
def test_a_label_holds_the_names_of_both_genders(label: str, names: tuple[str, ...]) -> None:
    assert both_genders(label) == names


@settings(deadline=None)
@given(st.sampled_from(LABELS))
def test_names_of_a_label_are_whole_and_the_last_one_ends_as_the_label_does(label: str) -> None:
    names = both_genders(label)
    assert len(names) == label.count(" / ") + 1
    assert all(name.strip() for name in names)
    assert label.endswith(names[-1])


# Sound


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("kwafeuse", "coiffeuse"),
        ("farmasien", "pharmacien"),
        ("sekretaire", "secretaire"),
        ("elektricien", "electricien"),
        ("kuisinier", "cuisinier"),
        ("chofeur", "chauffeur"),
        ("asistante", "assistante"),
    ],
)
def test_a_word_written_as_it_sounds_sounds_the_same(written: str, meant: str) -> None:
    assert sound(written) == sound(meant)


@pytest.mark.parametrize(
    ("one", "other"), [("boucher", "boulanger"), ("macon", "masson"), ("vendeur", "serveur")]
)
def test_words_that_sound_different_stay_apart(one: str, other: str) -> None:
    assert sound(one) != sound(other)


@given(words)
def test_doubled_letters_and_a_mute_h_are_not_heard(word: str) -> None:
    assert sound(word) == sound("".join(letter * 2 for letter in word))
    assert "h" not in sound(word)
