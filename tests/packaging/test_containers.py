"""Dockerfile and docker-compose.yml, checked without a container engine."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from compose_spec import PyCompose

from bot.settings import VARIABLES, load_settings

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = ROOT / "docker-compose.yml"
DOCKERFILE = ROOT / "Dockerfile"


def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(COMPOSE.read_text())["services"]
    return found


def fill_in(value: str, environment: dict[str, str]) -> str:
    """The value as Compose passes it on: `${NAME:?sentence}` must be set, `${NAME:-default}` may be."""

    def replace(match: re.Match[str]) -> str:
        name, kind, rest = match.groups()
        return environment[name] if kind == "?" else environment.get(name, rest)

    return re.sub(r"\$\{(\w+):([?-])([^}]*)\}", replace, value)


def check_compose(text: str) -> None:
    """A ValueError that says what the Compose Specification does not allow."""
    PyCompose.from_json(json.dumps(yaml.safe_load(text))).validate()


def test_the_compose_file_follows_the_specification() -> None:
    check_compose(COMPOSE.read_text())


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ("condition: service_healthy", "condition: service_well", "service_well"),
        ("restart: unless-stopped", "restart: sometimes", "sometimes"),
        ("healthcheck:", "healtcheck:", "healtcheck"),
        ("interval: 5s", "interval: 5 sec", "duration"),
    ],
)
def test_the_check_of_the_compose_file_finds_faults(right: str, wrong: str, fault: str) -> None:
    text = COMPOSE.read_text()
    assert right in text
    with pytest.raises(ValueError, match=fault):
        check_compose(text.replace(right, wrong))


def test_services_name_only_services_and_volumes_that_exist() -> None:
    whole = yaml.safe_load(COMPOSE.read_text())
    for service in whole["services"].values():
        assert service.get("depends_on", {}).keys() <= whole["services"].keys()
        named = {volume.split(":")[0] for volume in service.get("volumes", [])}
        assert named <= whole["volumes"].keys()


def test_the_bot_waits_for_a_healthy_database_and_a_finished_migration() -> None:
    waits = {name: how["condition"] for name, how in services()["bot"]["depends_on"].items()}
    assert waits == {"postgres": "service_healthy", "migrate": "service_completed_successfully"}
    assert "healthcheck" in services()["postgres"]


def test_there_is_one_poller_and_it_is_not_scaled() -> None:
    running = [name for name, service in services().items() if service.get("command") == ["run"]]
    assert running == ["bot"]
    assert "deploy" not in services()["bot"]
    assert "scale" not in services()["bot"]


def test_secrets_have_no_default_and_are_asked_for_by_name() -> None:
    for name, secret in re.findall(r"\$\{(\w*(?:TOKEN|PASSWORD)\w*)([^}]*)\}", COMPOSE.read_text()):
        assert secret.startswith(":?"), name
    assert services()["bot"]["environment"]["BOT_TOKEN"].startswith("${BOT_TOKEN:?")


def test_the_bot_accepts_the_environment_that_the_containers_give_it() -> None:
    secret = {
        "BOT_TOKEN": "123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "OPERATOR_NAME": "Association Rebond",
        "OPERATOR_CONTACT": "contact@example.org",
        "PRIVACY_URL": "https://example.org/privacy",
        "POSTGRES_PASSWORD": "abc123",
    }
    image = dict(re.findall(r"(DATA_DIR|LOG_FORMAT)=(\S+)", DOCKERFILE.read_text()))
    given = {name: fill_in(value, secret) for name, value in services()["bot"]["environment"].items()}
    settings = load_settings(image | given)
    assert settings.live
    assert settings.database_url.get_secret_value() == "postgresql+psycopg://bob:abc123@postgres:5432/bob"
    assert settings.data_dir == Path("/var/lib/bob")
    assert (image | given).keys() <= VARIABLES.keys()
    assert not settings.hints


def test_the_migration_has_no_token() -> None:
    assert "BOT_TOKEN" not in services()["migrate"]["environment"]


def test_the_database_is_not_open_to_the_outside() -> None:
    assert "ports" not in services()["postgres"]


def test_the_image_description_passes_its_linter() -> None:
    linter = Path(sys.prefix) / "bin" / "hadolint"
    found = str(linter) if linter.exists() else shutil.which("hadolint")
    if found is None:
        pytest.skip("hadolint is not installed here")
    done = subprocess.run([found, "--no-color", DOCKERFILE], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_image_runs_as_another_user_than_root_with_locked_packages() -> None:
    text = DOCKERFILE.read_text()
    assert re.findall(r"^USER (\d+)", text, re.MULTILINE) == ["10001"]
    assert "--require-hashes" in text
    assert "requirements/run.lock" in text


def test_the_image_gets_all_that_it_copies() -> None:
    wanted = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE.read_text(), re.MULTILINE)
    sent = set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE))
    for source in " ".join(wanted).split():
        assert source.split("/")[0] in sent, source
        assert (ROOT / source).exists(), source
