"""Make and repair `.venv`, and resolve the lock files. Called by the Makefile with any Python from 3.11.

    install.py run     packages that Bob needs to run
    install.py dev     these, and those of the tests and checks
    install.py lock    the lists of pyproject.toml -> requirements/*.lock

A stamp file in `.venv` says that an installation ended well. Without any stamp the folder is half made
and is built again from nothing, since pip takes a half-written package for an installed one.
"""

import fcntl
import importlib.util
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
LOCKS = {
    "run": [Path("requirements/run.lock")],
    "dev": [Path("requirements/run.lock"), Path("requirements/dev.lock")],
}
SOURCES = {"run": ["pyproject.toml"], "dev": ["--group", "pyproject.toml:dev", "-c", "requirements/run.lock"]}
QUIET = ("--quiet", "--disable-pip-version-check")
RESOLVE = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--quiet",
)
UV = "uv>=0.9,<1"
LAUNCHER = """#!/bin/sh
# Runs Bob's command line from any folder.
root=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
PYTHONPATH="$root${PYTHONPATH:+:$PYTHONPATH}" exec "$root/.venv/bin/python" -m bot "$@"
"""


def stamp(kind: str) -> Path:
    return VENV / f".installed-{kind}"


def python_of(folder: Path) -> str:
    return str(folder / "bin" / "python")


def starts(folder: Path) -> bool:
    """Whether the environment's own Python runs, is new enough and has pip."""
    check = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    try:
        done = subprocess.run([python_of(folder), "-c", check], capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def make(folder: Path) -> None:
    """Build an empty environment in place of whatever is there."""
    if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        sys.exit(
            f"Python {version} cannot make a virtual environment: install its venv module "
            f"(Debian, Ubuntu: apt-get install python{version}-venv), then run make again."
        )
    if folder.exists():
        shutil.rmtree(folder)
    venv.create(folder, with_pip=True, symlinks=True)


def pip(folder: Path, *arguments: str) -> None:
    command = [python_of(folder), "-m", "pip", "install", *QUIET, *arguments]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        sys.exit("The packages could not be installed: see pip's message above, then run make again.")


def is_current(kind: str) -> bool:
    sources = [*(ROOT / lock for lock in LOCKS[kind]), Path(__file__)]
    mark = stamp(kind)
    return mark.exists() and all(mark.stat().st_mtime >= source.stat().st_mtime for source in sources)


def install(kind: str) -> None:
    if starts(VENV) and is_current(kind):
        return
    if not starts(VENV) or not any(stamp(each).exists() for each in LOCKS):
        print("Making .venv", flush=True)
        make(VENV)
    for each in LOCKS:
        stamp(each).unlink(missing_ok=True)
    print(f"Installing the packages of {', '.join(map(str, LOCKS[kind]))}", flush=True)
    requirements = [word for lock in LOCKS[kind] for word in ("-r", str(lock))]
    pip(VENV, "--require-hashes", "--no-deps", *requirements)
    launcher = VENV / "bin" / "bob"
    launcher.write_text(LAUNCHER)
    launcher.chmod(0o755)
    for each in LOCKS if kind == "dev" else ["run"]:
        stamp(each).touch()


def lock() -> None:
    if not starts(TOOLS):
        make(TOOLS)
    pip(TOOLS, UV)
    for kind in LOCKS:
        result = f"--output-file=requirements/{kind}.lock"
        command = [python_of(TOOLS), "-m", "uv", "pip", "compile", *SOURCES[kind], result, *RESOLVE]
        subprocess.run([*command, *sys.argv[2:]], cwd=ROOT, check=True)


def main() -> None:
    """One installation at a time in this folder: a second one waits, then finds the work done."""
    with (ROOT / "requirements" / ".lock").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        if sys.argv[1] == "lock":
            lock()
        else:
            install(sys.argv[1])


if __name__ == "__main__":
    main()
