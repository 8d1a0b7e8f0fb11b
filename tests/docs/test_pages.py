"""The documentation is current, and every link, command and file that it names exists."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest

from bot.advice.conditions.registry import CONDITIONS
from bot.advice.lint import lint_folder
from bot.advice.loading import FOLDER, load_catalogue
from bot.advice.profile import Profile
from bot.cli import parser
from bot.commands.docs import ROOT, pages, write_docs
from bot.commands.profiles import load_profile
from bot.dialogs.conversation import DIALOGUES
from bot.settings import VARIABLES

DOCS = ROOT / "docs"
WRITTEN = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("name", sorted(pages()))
def test_a_generated_page_is_current(name: str) -> None:
    assert (DOCS / name).is_file(), f"docs/{name} is missing: run make docs"
    assert (DOCS / name).read_text("utf-8") == pages()[name], f"docs/{name} is not current: run make docs"


def test_no_diagram_of_a_dialogue_that_is_gone_is_left() -> None:
    drawn = {path.stem for path in (DOCS / "diagrams").glob("*.md")}
    assert drawn == {"README", *DIALOGUES}


def test_docs_writes_what_is_missing_or_old_and_removes_what_is_gone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "docs" / "diagrams").mkdir(parents=True)
    (tmp_path / "docs" / "conditions.md").write_text("old", "utf-8")
    (tmp_path / "docs" / "diagrams" / "gone.md").write_text("gone", "utf-8")
    assert write_docs(check=True, root=tmp_path) == 1
    told = capsys.readouterr().out.splitlines()
    assert len(told) == len(pages()) + 1
    assert "docs/diagrams/gone.md is not current: run make docs." in told
    assert (tmp_path / "docs" / "conditions.md").read_text("utf-8") == "old"
    assert write_docs(check=False, root=tmp_path) == 0
    assert {
        path.relative_to(tmp_path / "docs").as_posix() for path in (tmp_path / "docs").rglob("*.*")
    } == set(pages())
    assert write_docs(check=True, root=tmp_path) == 0
    capsys.readouterr()
    assert write_docs(check=False, root=tmp_path) == 0
    assert capsys.readouterr().out == "Every page is current.\n"


def test_docs_without_a_checkout_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert write_docs(check=False, root=tmp_path) == 1
    assert "checkout" in capsys.readouterr().err


def test_every_condition_field_variable_and_dialogue_has_its_line() -> None:
    made = pages()
    assert [
        name for name in CONDITIONS if f"`{CONDITIONS[name].signature}`" not in made["conditions.md"]
    ] == []
    assert [name for name in Profile.model_fields if f"| `{name}` |" not in made["profile.md"]] == []
    assert [name for name in VARIABLES if f"| `{name}` |" not in made["configuration.md"]] == []
    assert [name for name in DIALOGUES if f"({name}.md)" not in made["diagrams/README.md"]] == []


def test_the_example_on_the_page_is_the_file_and_loads() -> None:
    (example,) = (body for kind, body in FENCE.findall(pages()["profile.md"]) if kind == "json")
    file = DOCS / "examples" / "profile.json"
    assert json.loads(example) == json.loads(file.read_text("utf-8"))
    assert load_profile(file).job == "aide-soignante"


def test_diagrams_name_every_state_of_their_dialogue() -> None:
    for name, dialogue in DIALOGUES.items():
        page = pages()[f"diagrams/{name}.md"]
        ((kind, drawing),) = FENCE.findall(page)
        assert kind == "mermaid"
        assert "stateDiagram" in drawing
        undrawn = [state for state in dialogue.states if f'"{state.replace("_", " ")}"' not in drawing]
        assert undrawn == [], name


@pytest.mark.parametrize("page", WRITTEN, ids=shown)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    for target in LINK.findall(text):
        if target.startswith("https://"):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), f"{shown(page)} links to {target}, which is not there"
        if anchor and file.suffix == ".md":
            assert anchor in anchors(file), f"{shown(page)} links to {target}, a heading that is not there"


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as the usual renderers make them."""
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def test_every_page_is_linked_from_the_readme_or_from_a_page_that_is() -> None:
    reached, new = set[Path](), [ROOT / "README.md"]
    while new:
        page = new.pop()
        reached.add(page)
        for target in LINK.findall(page.read_text("utf-8")):
            file = (page.parent / target.partition("#")[0]).resolve()
            if file.suffix == ".md" and file.is_file() and file not in reached:
                new.append(file)
    assert [shown(page) for page in WRITTEN if page not in reached] == []


def commands_of(page: Path) -> list[list[str]]:
    """The `bob ...` commands of a page's shell blocks."""
    found = []
    for kind, body in FENCE.findall(page.read_text("utf-8")):
        if kind != "sh":
            continue
        for line in body.replace("\\\n", " ").splitlines():
            words = shlex.split(line, comments=True)
            if words[:3] == [".venv/bin/python", "-m", "bot"]:
                words = ["bob", *words[3:]]
            if words[:1] == ["bob"]:
                found.append(words[1:])
    return found


@pytest.mark.parametrize("page", WRITTEN, ids=shown)
def test_the_commands_on_a_page_are_understood(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused = []
    for words in commands_of(page):
        try:
            parser().parse_args(words)
        except SystemExit as left:
            if left.code:
                refused.append(f"bob {shlex.join(words)}: {capsys.readouterr().err}")
    assert refused == []


@pytest.mark.parametrize("page", WRITTEN, ids=shown)
def test_the_make_targets_on_a_page_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^|\s)make ([a-z-]+)`?$", page.read_text("utf-8"), re.MULTILINE))
    named |= set(re.findall(r"`make ([a-z-]+)`", page.read_text("utf-8")))
    assert named <= targets, f"{shown(page)} names {sorted(named - targets)}"


@pytest.mark.parametrize("page", WRITTEN, ids=shown)
def test_the_files_named_on_a_page_exist(page: Path) -> None:
    named = re.findall(
        r"`((?:bot|storage|scheduler|tests|docs|requirements|\.ci)/[\w./-]*)`", page.read_text("utf-8")
    )
    missing = [name for name in named if not (ROOT / name).exists()]
    assert missing == [], f"{shown(page)} names what is not there"


def test_the_recommendation_of_the_guide_passes_the_catalogue_s_check(tmp_path: Path) -> None:
    (example,) = (
        body for kind, body in FENCE.findall((DOCS / "contributing.md").read_text("utf-8")) if kind == "toml"
    )
    folder = shutil.copytree(FOLDER, tmp_path / "catalogue")
    (folder / "actions" / "application_guide.toml").write_text(example, "utf-8")
    (action,) = tomllib.loads(example)["action"]
    faults = lint_folder(folder, today=action["reviewed"])
    assert [str(fault) for fault in faults if fault.item == action["id"] or "guide" in fault.file] == []
    assert action["id"] in {known.id for known in load_catalogue(folder).actions}
