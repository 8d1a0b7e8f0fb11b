"""The embedded lexicon: sound as it is; a fault in it is named with its file, code and field."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from bot.sources.occupations import THEMES
from bot.sources.occupations.folding import both_genders, tokens
from bot.sources.occupations.lexicon import FOLDER, Closeness, LexiconError, load_lexicon
from bot.sources.toml_folder import read_toml_folder

GROUPS = load_lexicon()

FEMININE = ("euse", "trice", "ière", "ienne", "onne", "ée", "ère", "ive", "cheffe")
NEUTRAL = {
    *(
        "DJ",
        "TISF",
        "clerc",
        "community",
        "mannequin",
        "manager",
        "matelot",
        "merchandiser",
        "médecin",
        "yield",
    ),
}
"""First words that are said of women and men alike, besides those in -e ("fleuriste", "responsable")."""

# As it is


def test_every_code_of_either_edition_is_there_once() -> None:
    fine = Counter(code for group in GROUPS.values() for code in group.fine)
    assert (len(GROUPS), len(fine), max(fine.values())) == (532, 1584, 1)


def test_every_file_holds_the_codes_of_its_domain() -> None:
    files = read_toml_folder(FOLDER)
    assert sum(map(len, files.values())) == len(GROUPS)
    assert {f"{code[:3]}.toml" for code in GROUPS} == set(files)


def test_every_group_has_close_occupations_that_are_others_with_a_reason() -> None:
    for code, group in GROUPS.items():
        assert group.near, code
        assert set(group.near) <= GROUPS.keys() - {code}
        assert all(isinstance(why, Closeness) for why in group.near.values())


def is_neutral(label: str) -> bool:
    """Whether one form is said of women and men alike: its first word ends in -e, but not as a feminine does."""
    first = label.split(maxsplit=1)[0].rstrip(",")
    return first in NEUTRAL or (first.endswith("e") and not first.endswith(FEMININE))


@pytest.mark.parametrize(
    "label", ["serveur", "serveuse", "infirmière", "agent d'entretien", "cheffe de rang"]
)
def test_a_label_of_one_gender_is_not_neutral(label: str) -> None:
    assert not is_neutral(label)


def test_every_french_label_of_a_group_names_both_genders_or_is_neutral() -> None:
    wrong = []
    for code, group in GROUPS.items():
        masculine, slash, feminine = group.fr.partition(" / ")
        is_right = is_neutral(group.fr) if not slash else masculine != feminine and " / " not in feminine
        if not is_right:
            wrong.append((code, group.fr))
    assert wrong == []


def test_both_genders_of_a_label_are_not_the_same_name() -> None:
    for code, group in GROUPS.items():
        names = both_genders(group.fr)
        assert len(set(names)) == len(names), code
        assert all(name == name.strip() != "" for name in names), code


def test_english_labels_name_one_job_without_gender_or_slash() -> None:
    assert [code for code, group in GROUPS.items() if " / " in group.en] == []


def test_no_occupation_lists_a_name_twice() -> None:
    twice = [
        (code, name)
        for group in GROUPS.values()
        for code, fine in group.fine.items()
        for names in (fine.fr, fine.en)
        for name, times in Counter(names).items()
        if times > 1
    ]
    assert twice == []


def test_popularity_is_spread_over_all_five_steps() -> None:
    steps = Counter(fine.common for group in GROUPS.values() for fine in group.fine.values())
    assert set(steps) == {1, 2, 3, 4, 5}
    assert steps[5] < steps[4] < len(GROUPS)


def themes() -> list[dict[str, list[str]]]:
    found: list[dict[str, list[str]]] = tomllib.loads(THEMES.read_text("utf-8"))["theme"]
    return found


def test_every_theme_leads_to_occupations_that_exist_each_once() -> None:
    fine = {code for group in GROUPS.values() for code in group.fine}
    for theme in themes():
        assert set(theme) == {"names", "codes"}
        assert set(theme["codes"]) <= fine, theme["names"]
        assert 1 <= len(theme["codes"]) == len(set(theme["codes"])), theme["names"]


def test_no_name_stands_in_two_themes() -> None:
    homes: dict[frozenset[str], set[int]] = {}
    for place, theme in enumerate(themes()):
        for name in theme["names"]:
            homes.setdefault(frozenset(tokens(name)), set()).add(place)
    assert {name for name, places in homes.items() if len(places) > 1} == set()


# Faults

SOUND = {
    "A11.toml": """
[A1101]
rome = "Conduite d'engins agricoles"
fr = "conducteur / conductrice d'engins agricoles"
en = "farm machinery driver"
family = "farming"
near = { B1101 = "same_skills" }
channels = ["offers"]
isco = "8341"

[A1101.fine.A1101]
label = "Conducteur / Conductrice d'engins agricoles"
common = 2
fr = ["tractoriste"]
en = ["tractor driver"]
""",
    "B11.toml": """
[B1101]
rome = "Création en arts plastiques"
fr = "artiste plasticien / artiste plasticienne"
en = "visual artist"
family = "arts"
near = { A1101 = "easier_entry" }
channels = ["network", "audition"]
isco = "2651"

[B1101.fine.B1101]
label = "Artiste plasticien / Artiste plasticienne"
common = 1
fr = ["plasticienne"]
en = ["visual artist"]
""",
}


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def test_a_lexicon_of_two_files_is_loaded_in_the_order_of_its_codes(tmp_path: Path) -> None:
    groups = load_lexicon(written(tmp_path, SOUND))
    assert list(groups) == ["A1101", "B1101"]
    assert groups["B1101"].near == {"A1101": Closeness.EASIER_ENTRY}
    assert groups["A1101"].required is None


FAULTS = [
    ("isco =", 'colour = "red"\nisco =', "A11.toml: A1101: colour: Extra inputs are not permitted"),
    ('family = "farming"', 'family = "gardens"', "A11.toml: A1101: family: Input should be"),
    ('["offers"]', '["offers", "luck"]', "A11.toml: A1101: channels.1: Input should be"),
    ('["offers"]', "[]", "A11.toml: A1101: channels: Tuple should have at least 1 item"),
    ('"same_skills"', '"same_name"', "A11.toml: A1101: near.B1101: Input should be"),
    ("B1101 =", "B1199 =", "A11.toml: A1101: near: B1199 is not another code of the lexicon"),
    ("B1101 =", "A1101 =", "A11.toml: A1101: near: A1101 is not another code of the lexicon"),
    (
        "common = 2",
        "common = 6",
        "A11.toml: A1101: fine.A1101.common: Input should be less than or equal to 5",
    ),
    ("common = 2", "", "A11.toml: A1101: fine.A1101.common: Field required"),
    (
        '["tractoriste"]',
        '["tractoriste", " "]',
        "A11.toml: A1101: fine.A1101.fr.1: String should have at least 1",
    ),
    ('isco = "8341"', 'isco = "83"', "A11.toml: A1101: isco: String should match pattern"),
    ("fine.A1101]", "fine.a1101]", "A11.toml: A1101: fine.a1101"),
    (
        "[A1101]",
        "[A1101]\nwho = 1\n[A1201]",
        "A11.toml: A1201: belongs into the file of its domain, A12.toml",
    ),
    ("[A1101]", "[A1101", "A11.toml: cannot be read as TOML in UTF-8: "),
]


@pytest.mark.parametrize(("before", "after", "sentence"), FAULTS, ids=[fault[2][:60] for fault in FAULTS])
def test_a_fault_is_named_with_file_code_and_field(
    tmp_path: Path, before: str, after: str, sentence: str
) -> None:
    assert before in SOUND["A11.toml"]
    broken = SOUND | {"A11.toml": SOUND["A11.toml"].replace(before, after, 1)}
    with pytest.raises(LexiconError) as refused:
        load_lexicon(written(tmp_path, broken))
    assert any(line.startswith(sentence) for line in str(refused.value).splitlines()), str(refused.value)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    written(tmp_path, SOUND)
    (tmp_path / "B11.toml").write_bytes(SOUND["B11.toml"].encode("latin-1"))
    with pytest.raises(LexiconError, match=r"^B11\.toml: cannot be read as TOML in UTF-8"):
        load_lexicon(tmp_path)


def test_every_fault_of_every_file_is_named_at_once(tmp_path: Path) -> None:
    broken = {
        name: text.replace("channels", "canals").replace("isco", "isko") for name, text in SOUND.items()
    }
    with pytest.raises(LexiconError) as refused:
        load_lexicon(written(tmp_path, broken))
    named = {line.split(": Field")[0] for line in str(refused.value).splitlines() if "required" in line}
    assert named == {
        f"{file}: {code}: {name}"
        for file, code in (("A11.toml", "A1101"), ("B11.toml", "B1101"))
        for name in ("channels", "isco")
    }


def test_a_group_whose_code_is_none_is_named(tmp_path: Path) -> None:
    alone = SOUND["A11.toml"].replace("A1101]", "A11bis]", 1).replace("[A1101.", "[A11bis.")
    with pytest.raises(LexiconError, match="A11bis"):
        load_lexicon(written(tmp_path, {"A11.toml": alone.replace('B1101 = "same_skills"', "")}))


def test_a_code_that_two_groups_have_is_named(tmp_path: Path) -> None:
    doubled = SOUND | {"B11.toml": SOUND["B11.toml"].replace("fine.B1101", "fine.A1101")}
    with pytest.raises(LexiconError, match="A1101"):
        load_lexicon(written(tmp_path, doubled))
