"""The official referential: the archive is read as it is, or refused with the sentence that says why."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.found import Decision
from bot.sources.occupations import Occupations, official
from bot.sources.occupations.lexicon import load_lexicon
from bot.sources.occupations.official import RomeError, moved_codes, read_referential
from bot.sources.occupations.referential import OfficialTitle, Referential
from tests.sources.occupations.archives import (
    MOBILITY,
    MOBILITY_COLUMNS,
    OCCUPATIONS,
    TITLES,
    files_of,
    keep_apart,
    small,
    table,
    zip_of,
    zipped,
)

DATA = Path(__file__).parents[4] / "shared" / "data" / "rome"
OCCUPATIONS_461, TITLES_461 = OCCUPATIONS.format(461), TITLES.format(461)

# Reading


@pytest.mark.usefixtures("small_is_enough")
def test_an_archive_gives_back_the_referential_it_was_made_of() -> None:
    assert read_referential(zip_of(small())) == small()


@pytest.mark.usefixtures("small_is_enough")
def test_the_files_may_stand_in_a_folder_and_begin_with_a_byte_order_mark() -> None:
    files = {f"RefRomeCsv/{name}": "\ufeff" + text for name, text in files_of(small()).items()}
    assert read_referential(zipped(files)) == small()


@pytest.mark.usefixtures("small_is_enough")
def test_of_two_versions_in_one_archive_the_newer_one_counts() -> None:
    newer = replace(small("1001"), near={})
    assert read_referential(zipped(files_of(replace(small("999"), near={})) | files_of(newer))) == newer


@pytest.mark.usefixtures("small_is_enough")
def test_an_archive_without_mobility_is_enough() -> None:
    assert read_referential(zip_of(replace(small(), near={}))).near == {}


@pytest.mark.usefixtures("small_is_enough")
def test_close_occupations_that_do_not_exist_are_left_out() -> None:
    wider = {"G1803": ("Z9999", "G1810"), "Z9999": ("G1803",)}
    assert read_referential(zip_of(replace(small(), near=wider))).near == {"G1803": ("G1810",)}


@pytest.mark.skipif(not DATA.exists(), reason="the official files (ROME) are not here")
def test_the_real_files_are_read_whole(tmp_path: Path) -> None:
    archive = tmp_path / "rome.zip"
    with zipfile.ZipFile(archive, "w") as made:
        for name in (OCCUPATIONS.format(460), TITLES.format(460)):
            made.write(DATA / name, name)
    read = read_referential(archive.read_bytes())
    assert (read.version, len(read.occupations), len(read.titles)) == ("460", 1584, 13120)
    assert read.occupations["D1214"][1] == "D1214"
    assert not any("''" in title.text for title in read.titles)
    assert {title.rare for title in read.titles} == {True, False}


# Faults

Files = dict[str, "str | bytes"]


def without(name: str) -> Callable[[Files], Files]:
    return lambda files: {one: text for one, text in files.items() if one != name}


def with_(name: str, before: str, after: str) -> Callable[[Files], Files]:
    def change(files: Files) -> Files:
        text = files[name]
        assert isinstance(text, str)
        assert before in text
        return files | {name: text.replace(before, after, 1)}

    return change


FAULTS: list[tuple[str, Callable[[Files], Files], str]] = [
    ("no file of occupations", without(OCCUPATIONS_461), "no file like unix_referentiel_code_rome_v460"),
    ("no file of titles", without(TITLES_461), "no file like unix_referentiel_appellation_v460"),
    (
        "no column",
        with_(OCCUPATIONS_461, '"libelle_rome"', '"libelle"'),
        f"{OCCUPATIONS_461} has no column libelle_rome.",
    ),
    (
        "two columns less",
        with_(TITLES_461, '"code_rome","peu_usite"', '"x","y"'),
        f"{TITLES_461} has no column code_rome, peu_usite.",
    ),
    ("nothing in the file", lambda files: files | {TITLES_461: ""}, f"{TITLES_461} has no column code_ogr"),
    (
        "an empty cell",
        with_(OCCUPATIONS_461, '"G1810","1","Chef / Cheffe de rang"', '"G1810","1"," "'),
        f"{OCCUPATIONS_461}, line 4: libelle_rome is empty.",
    ),
    (
        "a line that breaks off",
        with_(TITLES_461, '"Caissier / Caissière","D1505","N"', '"Caissier / Caissière"'),
        f"{TITLES_461}, line 5: code_rome is empty.",
    ),
    ("a title twice", with_(TITLES_461, '"10003"', '"10001"'), "The title 10001 is there 2 times."),
    (
        "a title of an unknown code",
        with_(TITLES_461, '"G1810","N"', '"G1899","N"'),
        "The title 10003 belongs to G1899, which is not among the occupations.",
    ),
    ("a code that is none", with_(OCCUPATIONS_461, '"G1810"', '"G18"'), "'G18' is no ROME code"),
    (
        "too few titles",
        with_(TITLES_461, '"10006","Aide-soignant / Aide-soignante de nuit","J1501","N"\n', ""),
        "Only 4 occupations and 5 titles: this is not the whole referential.",
    ),
    (
        "too few occupations",
        with_(OCCUPATIONS_461, '"J1501","1","Aide-soignant / Aide-soignante","J1501"\n', ""),
        "Only 3 occupations and 6 titles: this is not the whole referential.",
    ),
    (
        "another encoding",
        lambda files: files | {TITLES_461: str(files[TITLES_461]).encode("latin-1")},
        f"{TITLES_461} is not written in UTF-8.",
    ),
    (
        "a rank that is no number",
        lambda files: (
            files | {MOBILITY.format(461): table(MOBILITY_COLUMNS, [("G1803", "G1810", "premier")])}
        ),
        "'premier' is no rank.",
    ),
]


@pytest.mark.usefixtures("small_is_enough")
@pytest.mark.parametrize(
    ("break_it", "sentence"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_every_fault_of_the_files_gives_its_sentence(
    break_it: Callable[[Files], Files], sentence: str
) -> None:
    broken = break_it(dict(files_of(small())))
    with pytest.raises(RomeError) as refused:
        read_referential(zipped(broken))
    assert sentence in str(refused.value)


@pytest.mark.parametrize("content", [b"", b"code_rome;libelle_rome\n", b"PK", zip_of(small())[:200]])
def test_what_is_no_zip_is_refused(content: bytes) -> None:
    with pytest.raises(
        RomeError, match=r"This is no zip archive\. Give the archive of ROME 4\.0's CSV files"
    ):
        read_referential(content)


@pytest.mark.usefixtures("small_is_enough")
def test_a_file_too_large_is_not_even_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(official, "LARGEST_MEMBER", 2_000_000)
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("it was unpacked"))
    bomb = files_of(small()) | {OCCUPATIONS_461: "a" * 2_000_001}
    with pytest.raises(RomeError, match=r"is too large to be the referential \(2 MB at the most\)"):
        read_referential(zipped(bomb))


def test_a_fragment_is_refused_by_the_limits_of_every_day() -> None:
    with pytest.raises(RomeError, match="Only 4 occupations and 6 titles"):
        read_referential(zip_of(small()))


@pytest.mark.usefixtures("small_is_enough")
def test_an_archive_with_a_password_is_refused() -> None:
    content = bytearray(zip_of(small()))
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(header)
        while place >= 0:
            content[place + flags] |= 1
            place = content.find(header, place + 4)
    with pytest.raises(RomeError, match="cannot be taken out of the archive"):
        read_referential(bytes(content))


def test_an_archive_cut_short_is_refused_with_a_sentence() -> None:
    with pytest.raises(RomeError, match="no zip archive"):
        read_referential(zip_of(small())[:-30])


@pytest.mark.usefixtures("small_is_enough")
def test_an_archive_with_a_wrong_byte_is_refused_with_a_sentence() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for name, text in files_of(small()).items():
            archive.writestr(name, text)
    wrong = content.getvalue().replace("Garçon".encode(), b"Garcons", 1)
    with pytest.raises(RomeError, match=r"cannot be taken out of the archive .*download it again"):
        read_referential(wrong)


UNREADABLE = {
    "packed data that cannot be unpacked": ("PK\x03\x04", 30 + len(OCCUPATIONS_461), b"\x07"),
    "a version of zip that nobody has": ("PK\x01\x02", 6, b"\xff"),
    "a directory that begins nowhere": ("PK\x05\x06", 16, b"\xff\xff\xff\x7f"),
}
"""What is overwritten: the header, how far behind its beginning, with what."""


@pytest.mark.usefixtures("small_is_enough")
@pytest.mark.parametrize("damage", UNREADABLE.values(), ids=UNREADABLE)
def test_an_archive_that_cannot_be_unpacked_is_refused_with_a_sentence(
    damage: tuple[str, int, bytes],
) -> None:
    header, place, wrong = damage
    content = bytearray(zip_of(small()))
    start = content.find(header.encode("latin-1")) + place
    content[start : start + len(wrong)] = wrong
    with pytest.raises(RomeError):
        read_referential(bytes(content))


@pytest.mark.usefixtures("small_is_enough")
def test_a_cell_that_never_ends_is_refused_with_a_sentence() -> None:
    files = files_of(small())
    files[TITLES_461] += '"10007","' + "x" * 200_000
    with pytest.raises(RomeError):
        read_referential(zipped(files))


# What moved


def moved(after: Referential) -> dict[str, str]:
    return moved_codes(small("460"), after)


def with_occupation(code: str, label: str, parent: str, *, instead_of: str) -> Referential:
    """The next version, in which one code has given way to another with all of its titles."""
    before = small()
    occupations = {one: what for one, what in before.occupations.items() if one != instead_of}
    titles = tuple(
        replace(title, code=code) if title.code == instead_of else title for title in before.titles
    )
    return Referential("461", occupations | {code: (label, parent)}, titles)


def test_a_version_with_the_same_codes_moves_nothing() -> None:
    assert moved(small()) == {}


def test_a_new_label_or_new_titles_alone_move_nothing() -> None:
    before = small()
    occupations = dict(before.occupations) | {"G1803": ("Serveur / Serveuse", "G1803")}
    titles = (*before.titles, OfficialTitle("10007", "Commis / Commise de salle", "G1803"))
    assert moved(Referential("461", occupations, titles)) == {}


def test_a_code_that_disappeared_went_where_most_of_its_titles_are() -> None:
    before = small()
    occupations = {code: what for code, what in before.occupations.items() if code != "G1803"} | {
        "G1899": ("Serveur / Serveuse en salle", "G1803"),
    }
    more = OfficialTitle("10007", "Serveur / Serveuse de brasserie", "G1803")
    target = {"10001": "G1899", "10002": "G1810", "10007": "G1899"}
    after = Referential(
        "461",
        occupations,
        tuple(replace(title, code=target.get(title.ogr, title.code)) for title in (*before.titles, more)),
    )
    assert moved_codes(replace(before, titles=(*before.titles, more)), after) == {"G1803": "G1899"}


def test_titles_with_other_numbers_are_recognised_by_their_words() -> None:
    after = with_occupation("G1899", "Serveur / Serveuse en salle", "G1803", instead_of="G1803")
    renumbered = tuple(replace(title, ogr=f"9{title.ogr}") for title in after.titles)
    assert moved(replace(after, titles=renumbered)) == {"G1803": "G1899"}


def test_a_code_that_disappeared_with_all_its_titles_went_to_the_occupation_of_its_name() -> None:
    after = with_occupation("J1599", "AIDE SOIGNANT / AIDE SOIGNANTE", "J1599", instead_of="J1501")
    titles = tuple(title for title in after.titles if title.code != "J1599")
    assert moved(replace(after, titles=titles)) == {"J1501": "J1599"}


def test_a_code_of_which_nothing_is_left_went_to_the_occupation_that_bears_the_code_of_its_parent() -> None:
    before = small()
    occupations = {code: what for code, what in before.occupations.items() if code != "G1810"}
    occupations = {"G1801": ("Barman / Barmaid", "G1803")} | occupations
    titles = tuple(title for title in before.titles if title.code != "G1810")
    assert moved(Referential("461", occupations, titles)) == {"G1810": "G1803"}


def test_a_code_without_anything_like_it_left_moves_nowhere() -> None:
    before = small()
    occupations = {code: what for code, what in before.occupations.items() if code != "J1501"}
    titles = tuple(title for title in before.titles if title.code != "J1501")
    assert moved(Referential("461", occupations, titles)) == {}


def test_a_code_that_has_come_to_mean_something_else_moves_those_who_had_it() -> None:
    before = small()
    occupations = dict(before.occupations) | {
        "D1505": ("Responsable de caisses", "D1505"),
        "D1599": ("Employé / Employée de caisse", "D1505"),
    }
    titles = tuple(
        replace(title, code="D1599") if title.code == "D1505" else title for title in before.titles
    )
    assert moved(Referential("461", occupations, titles)) == {"D1505": "D1599"}


def test_a_code_that_lost_titles_but_kept_its_label_still_means_the_same() -> None:
    before = small()
    occupations = dict(before.occupations) | {"D1599": ("Employé / Employée de caisse", "D1505")}
    titles = tuple(
        replace(title, code="D1599") if title.code == "D1505" else title for title in before.titles
    )
    assert moved(Referential("461", occupations, titles)) == {}


CODES = [f"A110{digit}" for digit in range(1, 7)]
WORDS = ["bûcheron", "éleveur", "vacher", "berger", "jardinier"]


@st.composite
def referentials(draw: st.DrawFn) -> Referential:
    codes = draw(st.lists(st.sampled_from(CODES), min_size=1, unique=True))
    parent = st.sampled_from(["A1101", "A1102"])
    occupations = {code: (draw(st.sampled_from(WORDS)), draw(parent)) for code in codes}
    numbers = draw(st.lists(st.integers(1, 12), unique=True))
    titles = tuple(
        OfficialTitle(str(number), draw(st.sampled_from(WORDS)), draw(st.sampled_from(codes)))
        for number in numbers
    )
    return Referential("1", occupations, titles)


@settings(deadline=None)
@given(referentials(), referentials())
def test_what_moved_was_there_before_and_went_to_another_code_that_exists(
    before: Referential, after: Referential
) -> None:
    assert moved_codes(before, before) == {}
    for code, target in moved_codes(before, after).items():
        assert code in before.occupations
        assert target in after.occupations
        assert code != target


# In use


@pytest.fixture
def official_jobs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Referential], Occupations]:
    """The lexicon under a referential."""
    keep_apart(monkeypatch, tmp_path)
    return lambda referential: Occupations(load_lexicon(), referential)


OfficialJobs = Callable[[Referential], Occupations]


def test_an_imported_referential_gives_the_codes_and_labels(official_jobs: OfficialJobs) -> None:
    jobs = official_jobs(small())
    assert (len(jobs), jobs.version) == (4, "461")
    taken = jobs.search("fille de salle").taken
    assert taken is not None
    assert (taken.code, taken.code_v3, taken.fr) == ("G1803", "G1803", "serveur / serveuse en restauration")


def successor_of_the_waiter() -> Referential:
    after = with_occupation("G1899", "Serveur / Serveuse en salle", "G1803", instead_of="G1803")
    return replace(after, successors={"G1803": "G1899"})


@pytest.mark.parametrize(
    "words",
    [
        "serveuse",
        "serveuse en salle",
        "Serveur",
        "waiter",
    ],
)
def test_everyday_words_of_the_lexicon_lead_to_the_imported_codes(
    official_jobs: OfficialJobs, words: str
) -> None:
    taken = official_jobs(successor_of_the_waiter()).search(words).taken
    assert taken is not None
    assert taken.code == "G1899"


def test_the_successor_of_a_common_occupation_is_as_common(
    official_jobs: OfficialJobs, jobs: Occupations
) -> None:
    before, after = jobs.by_code("G1803"), official_jobs(successor_of_the_waiter()).by_code("G1899")
    assert before is not None
    assert after is not None
    assert after.common == before.common


def test_a_code_that_disappeared_gives_its_successor(official_jobs: OfficialJobs) -> None:
    found = official_jobs(successor_of_the_waiter()).by_code("G1803")
    assert found is not None
    assert (found.code, found.code_v3) == ("G1899", "G1803")


def test_an_occupation_of_a_parent_that_does_not_exist_is_left_out(official_jobs: OfficialJobs) -> None:
    after = replace(small(), occupations=dict(small().occupations) | {"Z1001": ("Inconnu", "Z1001")})
    jobs = official_jobs(after)
    assert jobs.by_code("Z1001") is None
    assert len(jobs) == 4


def test_going_back_to_the_lexicon_alone_brings_everything_back(official_jobs: OfficialJobs) -> None:
    jobs = official_jobs(small())
    jobs.use(None)
    assert (len(jobs), jobs.version) == (1584, None)
    assert jobs.search("fleuriste").decision is Decision.TAKE


def test_a_corrected_file_of_the_same_version_is_not_answered_from_what_was_kept(
    official_jobs: OfficialJobs,
) -> None:
    official_jobs(small())
    first, *others = small().titles
    corrected = replace(small(), titles=(replace(first, text="Zymotechnicien / Zymotechnicienne"), *others))
    taken = official_jobs(corrected).search("zymotechnicienne").taken
    assert taken is not None
    assert taken.code == "G1803"
