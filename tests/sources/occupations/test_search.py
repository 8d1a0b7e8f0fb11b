"""Jobs as people type them: taken, asked back among a few, to be said otherwise, or not known by the person."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.sources.found import MOST, Decision, Found
from bot.sources.occupations import KnownOccupation, Occupations, occupations
from bot.sources.occupations.folding import both_genders
from bot.sources.occupations.lexicon import load_lexicon
from bot.sources.plain import plain

LONGEST_ACRONYM = 4
"""Letters of words whose case says something: "AS" is a job, "as" is not."""
GROUPS = load_lexicon()
NAMES = sorted(
    {
        name
        for group in GROUPS.values()
        for fine in group.fine.values()
        for name in (fine.label, *fine.fr, *fine.en)
    }
)


def codes(found: Found[KnownOccupation]) -> list[str]:
    return [one.entry.code for one in found.candidates]


def taken(jobs: Occupations, typed: str) -> str | None:
    """The code that is taken, None where there is a question or nothing."""
    occupation = jobs.search(typed).taken
    return occupation.code if occupation else None


# One job


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("serveuse", "G1803"),
        ("cuistot", "G1609"),
        ("dev web", "M1855"),
        ("prépa de commandes", "N1103"),
        ("agent d’entretien", "K2205"),
        ("sage-femme", "J1104"),
        ("plombier", "F1603"),
        ("boulanger-pâtissier", "D1102"),
        ("conductrice de bus", "N4103"),
    ],
)
def test_a_job_named_as_people_name_it_is_taken(jobs: Occupations, typed: str, code: str) -> None:
    assert taken(jobs, typed) == code


@pytest.mark.parametrize(
    "typed",
    [
        "Serveur",
        "SERVEUSE",
        "serveurs",
        "serveuses",
        "Serveur(se)",
        "serveur.se",
        "serveur·euse",
        "serveur H/F",
    ],
)
def test_gender_number_and_case_of_a_job_change_nothing(jobs: Occupations, typed: str) -> None:
    assert taken(jobs, typed) == "G1803"


@pytest.mark.parametrize(
    "typed",
    [
        "secrétaire médicale",
        "SECRETAIRE MEDICALE",
        "médicale secrétaire",
        "secretaire-medical",
        "  secrétaire\t médicale ",
    ],
)
def test_accents_word_order_and_spaces_change_nothing(jobs: Occupations, typed: str) -> None:
    assert taken(jobs, typed) == "M1609"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("asistante dentere", "J1312"),
        ("infimière", "J1506"),
        ("electrissien", "F1602"),
        ("carrist", "N1101"),
        ("kwafeuse", "D1202"),
        ("serveur en restoration", "G1803"),
        ("preparateurdecommande", "N1103"),
    ],
)
def test_a_misspelt_job_comes_first(jobs: Occupations, typed: str, code: str) -> None:
    assert codes(jobs.search(typed))[0] == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("aidesoignante", "J1501"),
        ("boulangerpatissier", "D1102"),
        ("secretairemedicale", "M1609"),
        ("aide soi gnante", "J1501"),
        ("plom bier", "F1603"),
        ("cuisi nier", "G1609"),
    ],
)
def test_words_glued_together_or_torn_apart_are_mended(jobs: Occupations, typed: str, code: str) -> None:
    assert taken(jobs, typed) == code


@pytest.mark.parametrize(
    ("typed", "code"), [("boulang", "D1102"), ("coiff", "D1202"), ("plomb", "F1603"), ("cuisin", "G1609")]
)
def test_the_beginning_of_a_word_is_enough_to_propose_it(jobs: Occupations, typed: str, code: str) -> None:
    assert code in codes(jobs.search(typed))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("waiter", "G1803"),
        ("Forklift driver", "N1101"),
        ("cleaner", "K2205"),
        ("truck driver", "N4101"),
        ("hairdresser", "D1202"),
        ("plumber", "F1603"),
    ],
)
def test_english_is_understood(jobs: Occupations, typed: str, code: str) -> None:
    assert taken(jobs, typed) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("IDE", "J1506"),
        ("ASH", "J1301"),
        ("atsem", "K1308"),
        ("AESH", "K2113"),
        ("VRP", "D1410"),
    ],
)
def test_an_acronym_is_a_job(jobs: Occupations, typed: str, code: str) -> None:
    assert taken(jobs, typed) == code


@pytest.mark.parametrize("typed", ["AS", "as"])
def test_an_acronym_of_two_jobs_is_asked_back(jobs: Occupations, typed: str) -> None:
    assert set(codes(jobs.search(typed))) == {"J1501", "K1201"}


def test_a_name_that_several_occupations_bear_is_asked_back(jobs: Occupations) -> None:
    found = jobs.search("femme de ménage")
    assert found.decision is Decision.ASK
    assert {"K1304", "K2205"} <= set(codes(found))


# Several jobs, sectors, sentences


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("boulanger/boulangère", "D1102"),
        ("coiffeur ou coiffeuse", "D1202"),
        ("cuisinier / cuisinière", "G1609"),
        ("infirmière, infirmier", "J1506"),
    ],
)
def test_both_genders_of_one_job_are_one_job(jobs: Occupations, typed: str, code: str) -> None:
    assert taken(jobs, typed) == code


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("serveuse ou caissière", ["G1803", "D1505"]),
        ("serveur et caissier", ["G1803", "D1505"]),
        ("serveuse, caissière, vendeuse", ["G1803", "D1505", "D1214"]),
        ("cuisinier sinon plongeur", ["G1609", "G1605"]),
        ("infirmier + aide-soignant", ["J1506", "J1501"]),
        ("waiter or cashier", ["G1803", "D1505"]),
    ],
)
def test_several_jobs_are_asked_in_the_order_they_were_said(
    jobs: Occupations, typed: str, expected: list[str]
) -> None:
    found = jobs.search(typed)
    assert found.decision is Decision.ASK
    assert codes(found)[: len(expected)] == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("avec des enfants", {"K1303", "K1308"}),
        ("je voudrais bosser avec des enfants", {"K1303", "K1308"}),
        ("dans le bâtiment", {"F1703", "F1602"}),
        ("l'informatique", {"I1401", "M1855"}),
        ("working with children", {"K1303"}),
        ("personnes âgées", {"J1501", "K1302"}),
    ],
)
def test_a_sector_gives_several_of_its_jobs(jobs: Occupations, typed: str, expected: set[str]) -> None:
    found = jobs.search(typed)
    assert found.decision is Decision.ASK
    assert len(found.candidates) > 1
    assert expected <= set(codes(found))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("je cherche un poste de comptable", "M1203"),
        ("je voudrais travailler comme cariste", "N1101"),
        ("bonjour je voudrais être coiffeuse svp", "D1202"),
        ("I'm looking for a job as a plumber please", "F1603"),
    ],
)
def test_a_job_inside_a_short_sentence_comes_first(jobs: Occupations, typed: str, code: str) -> None:
    assert codes(jobs.search(typed))[0] == code


@pytest.mark.parametrize(
    ("typed", "wished", "past"),
    [
        ("j'étais caissière et maintenant je voudrais devenir aide-soignante", "J1501", "D1505"),
        ("avant j'étais serveuse, maintenant je cherche un poste de secrétaire", "M1607", "G1803"),
        ("I used to be a waiter and now I want to become a plumber", "F1603", "G1803"),
        ("je voudrais devenir aide-soignante, avant j'étais caissière", "J1501", "D1505"),
    ],
)
def test_of_a_sentence_the_job_wished_for_comes_before_the_one_that_is_over(
    jobs: Occupations, typed: str, wished: str, past: str
) -> None:
    found = jobs.search(typed)
    assert found.decision is Decision.ASK
    assert codes(found)[0] == wished
    assert past in codes(found)


def test_what_somebody_has_had_enough_of_is_not_proposed(jobs: Occupations) -> None:
    assert taken(jobs, "j'en ai marre du métier de maçon je voudrais devenir chauffeur de bus") == "N4103"
    assert jobs.search("j'en ai marre de la vente").decision is Decision.UNKNOWN
    assert jobs.search("je ne veux plus être caissière").decision is Decision.UNKNOWN


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("tout sauf caissière, plutôt secrétaire", "M1607"),
        ("surtout pas serveuse, je voudrais être fleuriste", "D1209"),
    ],
)
def test_what_is_ruled_out_is_not_proposed(jobs: Occupations, typed: str, code: str) -> None:
    assert codes(jobs.search(typed)) == [code]


# No job


@pytest.mark.parametrize(
    "typed",
    [
        "jsp",
        "JSP",
        "je ne sais pas",
        "aucune idée",
        "n'importe quoi",
        "je cherche du travail",
        "ben franchement je sais pas trop",
        "tout sauf la vente",
        "n'importe quoi sauf le ménage",
        "I don't know",
        "I'll take anything",
        "n'importe quoi mais pas la vente",
    ],
)
def test_a_person_who_does_not_know_is_understood(jobs: Occupations, typed: str) -> None:
    assert jobs.search(typed).decision is Decision.UNKNOWN


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "asdfgh",
        "bonjour",
        "il fait beau",
        "zzzzzz",
        "🙂",
        "{name}",
        "12345",
        "?!",
        "\x00",
        "x" * 5000,
        "<b>",
    ],
)
def test_what_is_no_job_has_to_be_said_otherwise(jobs: Occupations, typed: str) -> None:
    found = jobs.search(typed)
    assert (found.decision, codes(found)) == (Decision.REPHRASE, [])


@pytest.mark.parametrize("typed", ["un CDI", "en cdi"])
def test_a_kind_of_contract_is_not_taken_for_a_job(jobs: Occupations, typed: str) -> None:
    assert taken(jobs, typed) is None


# What holds for everything

SOME_WORDS = st.sampled_from(
    [
        *(
            "serveuse",
            "infirmier",
            "aide",
            "soignante",
            "cuisine",
            "vente",
            "bus",
            "web",
            "AS",
            "RH",
            "nurse",
        ),
        *(
            "je",
            "voudrais",
            "être",
            "j'étais",
            "tout",
            "sauf",
            "mais",
            "pas",
            "jsp",
            "ou",
            "et",
            "or",
            "plus",
        ),
        *(",", "/", " - ", "\n", ".", "(e)", "·e", "🙂", "'", "h/f", "10", "<b>", "%s", "É", "œ", "ß", "İ"),
    ]
)
said = st.one_of(
    st.text(max_size=60),
    st.lists(st.one_of(SOME_WORDS, st.sampled_from(NAMES)), max_size=9).map(" ".join),
    st.lists(SOME_WORDS, max_size=40).map("".join),
)


@settings(deadline=None, max_examples=250)
@given(said)
@example("serveuse " * 200)
@example(",/;" * 100)
def test_any_text_ends_in_a_decision_with_the_candidates_that_belong_to_it(text: str) -> None:
    found = occupations().search(text)
    scores = [one.score for one in found.candidates]
    assert all(0.0 <= score <= 1.0 for score in scores)
    assert len(set(codes(found))) == len(scores)
    match found.decision:
        case Decision.TAKE:
            assert len(scores) == 1
            assert (found.taken, found.asked) == (found.candidates[0].entry, ())
        case Decision.ASK:
            assert 1 <= len(scores) <= MOST
            assert found.taken is None
            assert found.asked == tuple(one.entry for one in found.candidates)
        case _:
            assert (scores, found.taken, found.asked) == ([], None, ())


@settings(deadline=None, max_examples=100)
@given(said)
def test_the_same_text_always_ends_the_same_way(text: str) -> None:
    assert occupations().search(text) == occupations().search(text)


def without_accents(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from(
        [name for name in NAMES if len(plain(name)) > LONGEST_ACRONYM and "maïs" not in name.lower()]
    )
)
def test_case_and_accents_of_a_name_change_nothing(name: str) -> None:
    """But for acronyms; and "maïs" without its accent is "mais", which begins another clause."""
    found = occupations().search(name)
    for written in (name.upper(), name.lower(), without_accents(name)):
        assert occupations().search(written) == found, written


def test_accents_written_as_characters_of_their_own_change_nothing(jobs: Occupations) -> None:
    sentence = "je voudrais vraiment devenir un jour peut-être électricien à Angers"
    assert jobs.search(unicodedata.normalize("NFD", sentence)) == jobs.search(sentence)


HIDDEN = {"G1242", "K2145"}
"""Codes whose label, cut into its two genders, says the very words of a more usual one ("formateur de formateurs")."""


def labels() -> list[object]:
    return [
        pytest.param(
            letter,
            [
                code
                for group in GROUPS.values()
                for code in group.fine
                if code[0] == letter and code not in HIDDEN
            ],
            id=letter,
        )
        for letter in "ABCDEFGHIJKLMN"
    ]


def not_finding_itself(jobs: Occupations, code: str) -> list[str]:
    """The label and the wordings of it that do not lead to the occupation."""
    occupation = jobs.by_code(code)
    assert occupation is not None
    label = occupation.group.fine[code].label
    return [wording for wording in (label, occupation.fr) if code not in codes(jobs.search(wording))]


@pytest.mark.parametrize(("letter", "of_letter"), labels())
def test_every_occupation_is_among_those_found_by_its_own_label(
    jobs: Occupations, letter: str, of_letter: list[str]
) -> None:
    assert of_letter
    assert [(code, wordings) for code in of_letter if (wordings := not_finding_itself(jobs, code))] == []


# By code


def test_a_code_of_either_edition_gives_its_occupation(jobs: Occupations) -> None:
    fine, coarse = jobs.by_code("G1810"), jobs.by_code("G1803")
    assert fine is not None
    assert coarse is not None
    assert (fine.fr, fine.code_v3) == ("chef / cheffe de rang", "G1802")
    assert coarse.fr == "serveur / serveuse en restauration"


def test_a_third_edition_code_that_is_no_code_any_more_gives_its_most_common_occupation(
    jobs: Occupations,
) -> None:
    gone = [code for code in GROUPS if all(code not in group.fine for group in GROUPS.values())]
    for code in gone:
        found = jobs.by_code(code)
        assert found is not None
        assert found.code_v3 == code
        assert found.common == max(fine.common for fine in GROUPS[code].fine.values())


@pytest.mark.parametrize("code", [None, "", "Z9999", "g1803", "serveuse"])
def test_what_is_no_code_gives_nothing(jobs: Occupations, code: str | None) -> None:
    assert jobs.by_code(code) is None
    assert jobs.near(code or "") == ()


def test_close_occupations_come_with_the_reason_and_are_others(jobs: Occupations) -> None:
    near = jobs.near("G1803")
    assert near
    assert all(occupation.code_v3 != "G1803" for occupation, _ in near)
    assert [why for _, why in near] == list(GROUPS["G1803"].near.values())


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("je voudrais être Secrétaire Médicale à Angers", {"M1609": "Secrétaire Médicale"}),
        ("rien de tout cela", {}),
    ],
)
def test_a_sentence_gives_the_job_in_the_words_of_the_person(
    jobs: Occupations, sentence: str, expected: dict[str, str]
) -> None:
    assert jobs.named(sentence) == expected


@settings(deadline=None, max_examples=100)
@given(said)
def test_what_a_text_names_is_written_in_it_just_so(text: str) -> None:
    for code, words in occupations().named(text).items():
        assert words in text
        assert occupations().by_code(code) is not None


def test_both_genders_of_a_label_lead_to_the_same_occupation(jobs: Occupations) -> None:
    for code in ("J1501", "D1202", "N1103", "F1703"):
        occupation = jobs.by_code(code)
        assert occupation is not None
        assert {taken(jobs, name) for name in both_genders(occupation.fr)} == {code}
