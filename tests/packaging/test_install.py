"""Making and repairing `.venv`, with pip and venv replaced by recorders."""

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "requirements" / "install.py"


class Recorder:
    """Stands for venv and pip: notes what was asked, and can be told to be cut short."""

    def __init__(self, module: ModuleType) -> None:
        self.module = module
        self.calls: list[str] = []
        self.cut_short = False

    def make(self, folder: Path) -> None:
        self.calls.append("make")
        self.module.shutil.rmtree(folder, ignore_errors=True)
        (folder / "bin").mkdir(parents=True)
        python = folder / "bin" / "python"
        python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')  # a link would lose this test's pip
        python.chmod(0o755)

    def pip(self, folder: Path, *arguments: str) -> None:
        self.calls.append(" ".join(("pip", *arguments)))
        if self.cut_short:
            raise KeyboardInterrupt


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("install", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    install = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(install)
    (tmp_path / "requirements").mkdir()
    for kind in ("run", "dev"):
        (tmp_path / "requirements" / f"{kind}.lock").touch()
    monkeypatch.setattr(install, "ROOT", tmp_path)
    monkeypatch.setattr(install, "VENV", tmp_path / ".venv")
    return install


@pytest.fixture
def recorder(module: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Recorder:
    recorder = Recorder(module)
    monkeypatch.setattr(module, "make", recorder.make)
    monkeypatch.setattr(module, "pip", recorder.pip)
    return recorder


RUN = "pip --require-hashes --no-deps -r requirements/run.lock"
DEV = RUN + " -r requirements/dev.lock"


def test_a_first_installation_makes_the_environment(module: ModuleType, recorder: Recorder) -> None:
    module.install("dev")
    assert recorder.calls == ["make", DEV]


def test_the_packages_of_the_tests_are_added_to_those_of_run(module: ModuleType, recorder: Recorder) -> None:
    module.install("run")
    module.install("dev")
    assert recorder.calls == ["make", RUN, DEV]


def test_a_second_installation_of_the_same_does_nothing(module: ModuleType, recorder: Recorder) -> None:
    module.install("dev")
    module.install("run")
    module.install("dev")
    assert recorder.calls == ["make", DEV]


def test_a_changed_lock_is_installed_into_the_same_environment(
    module: ModuleType, recorder: Recorder
) -> None:
    module.install("run")
    later = module.stamp("run").stat().st_mtime + 5
    os.utime(module.ROOT / "requirements" / "run.lock", (later, later))
    module.install("run")
    assert recorder.calls == ["make", RUN, RUN]


def test_an_installation_that_was_cut_short_starts_from_nothing(
    module: ModuleType, recorder: Recorder
) -> None:
    recorder.cut_short = True
    with pytest.raises(KeyboardInterrupt):
        module.install("dev")
    recorder.cut_short = False
    module.install("dev")
    assert recorder.calls == ["make", DEV, "make", DEV]


def test_an_update_that_was_cut_short_starts_from_nothing(module: ModuleType, recorder: Recorder) -> None:
    module.install("run")
    recorder.cut_short = True
    with pytest.raises(KeyboardInterrupt):
        module.install("dev")
    recorder.cut_short = False
    module.install("run")
    assert recorder.calls == ["make", RUN, DEV, "make", RUN]


def test_an_environment_without_a_working_python_is_made_again(
    module: ModuleType, recorder: Recorder
) -> None:
    module.install("dev")
    (module.VENV / "bin" / "python").unlink()
    module.install("dev")
    assert recorder.calls == ["make", DEV, "make", DEV]


def test_bob_can_be_called_from_any_folder(
    module: ModuleType, recorder: Recorder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    module.install("run")
    (module.ROOT / "bot").mkdir()
    (module.ROOT / "bot" / "__main__.py").write_text("import sys\nprint('bob', *sys.argv[1:])\n")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    done = module.subprocess.run(
        [module.VENV / "bin" / "bob", "doctor"], cwd=elsewhere, capture_output=True, text=True, timeout=30
    )
    assert done.stdout.strip() == "bob doctor", done.stderr


def test_says_in_one_sentence_that_venv_is_missing(
    module: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(
        SystemExit, match=r"^Python 3\.\d+ cannot make a virtual environment: [^.]+3\.\d+-venv"
    ):
        module.make(module.VENV)
    assert not module.VENV.exists()
