"""The configuration: defaults that work, and one clear sentence for each variable that does not."""

from __future__ import annotations

import pytest

from bot.settings import VARIABLES, Settings, SettingsError, load_settings

TOKEN = "123456789:AAF-example_only_not_a_real_one"
LIVE = {
    "BOT_TOKEN": TOKEN,
    "OPERATOR_NAME": "Association Rebond",
    "OPERATOR_CONTACT": "contact@example.org",
    "PRIVACY_URL": "https://example.org/privacy",
}


def faults(**env: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load_settings(env)
    return caught.value.faults


def test_without_any_variable_bob_opens_in_the_sandbox_on_a_local_file() -> None:
    settings = load_settings({})
    assert not settings.live
    assert settings.bot_id is None
    assert settings.database_url.get_secret_value() == "sqlite:///var/bob.sqlite"
    assert (settings.sandbox_host, settings.sandbox_port, settings.open_browser) == ("127.0.0.1", 8080, True)


def test_with_a_token_bob_is_live() -> None:
    settings = load_settings(LIVE)
    assert settings.live
    assert settings.bot_id == 123456789


def test_the_database_lies_in_the_data_folder_unless_told_otherwise() -> None:
    assert (
        load_settings({"DATA_DIR": "/srv/bob"}).database_url.get_secret_value()
        == "sqlite:////srv/bob/bob.sqlite"
    )


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_gets_bobs_driver(scheme: str) -> None:
    settings = load_settings({"DATABASE_URL": f"{scheme}://bob:secret@db/bob"})
    assert settings.database_url.get_secret_value() == "postgresql+psycopg://bob:secret@db/bob"


def test_a_token_needs_an_operator_and_a_privacy_page() -> None:
    told = faults(BOT_TOKEN=TOKEN)
    assert [line.split()[0] for line in told] == ["OPERATOR_NAME", "OPERATOR_CONTACT", "PRIVACY_URL"]
    assert "example.org" in told[2]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "not-a-token"),
        ("BOT_TOKEN", "123456789:short"),
        ("PRIVACY_URL", "http://example.org"),
        ("PRIVACY_URL", "https://"),
        ("TELEGRAM_API_URL", "api.telegram.org"),
        ("TELEGRAM_API_URL", "https://a b"),
        ("DATABASE_URL", "mysql://u:p@h/n"),
        ("DATABASE_URL", "bob.sqlite"),
        ("DATABASE_URL", "sqlite://"),
        ("LIVE_SOURCES", "geo,pole-emploi"),
        ("LIVE_SOURCES", ";"),
        ("GEO_API_URL", "geo.api.gouv.fr"),
        ("GEOCODER_URL", "ftp://data.geopf.fr"),
        ("FRANCE_TRAVAIL_URL", "francetravail"),
        ("FRANCE_TRAVAIL_TOKEN_URL", "//entreprise"),
        ("SANDBOX_PORT", "65536"),
        ("SANDBOX_PORT", "-1"),
        ("SANDBOX_PORT", "http"),
        ("OPEN_BROWSER", "perhaps"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_FORMAT", "xml"),
    ],
)
def test_each_wrong_value_is_named_with_what_is_expected_and_an_example(name: str, value: str) -> None:
    (told,) = faults(**(LIVE | {name: value} if name == "BOT_TOKEN" else {name: value}))
    assert told.startswith(f"{name} is not usable: expected ")
    assert f"{name}={VARIABLES[name].example}" in told
    assert value not in told.replace(VARIABLES[name].example, "").replace(VARIABLES[name].expected, "")


ACCOUNT = {"FRANCE_TRAVAIL_CLIENT_ID": "PAR_demo", "FRANCE_TRAVAIL_CLIENT_SECRET": "s3cret-key"}


def test_live_sources_are_off_unless_named() -> None:
    assert load_settings({}).live_sources == ()
    assert load_settings({"LIVE_SOURCES": "Geocoder, geo"}).live_sources == ("geo", "geocoder")
    assert load_settings(ACCOUNT | {"LIVE_SOURCES": "romeo"}).live_sources == ("romeo",)


@pytest.mark.parametrize("missing", sorted(ACCOUNT))
def test_half_an_account_is_named(missing: str) -> None:
    (told,) = faults(**{name: value for name, value in ACCOUNT.items() if name != missing})
    assert told.startswith(f"{missing} is missing: expected ")
    assert "s3cret" not in told


def test_a_source_of_france_travail_needs_its_account() -> None:
    assert [told.split()[0] for told in faults(LIVE_SOURCES="geo, Rome")] == list(ACCOUNT)


@pytest.mark.parametrize("name", sorted(ACCOUNT))
def test_an_account_with_blanks_inside_is_refused_without_being_shown(name: str) -> None:
    (told,) = faults(**ACCOUNT | {name: "s3cret key"})
    assert told.startswith(f"{name} is not usable: ")
    assert "s3cret" not in told


def test_all_faults_are_told_at_once() -> None:
    told = faults(BOT_TOKEN="x", SANDBOX_PORT="x", BOT_TOKENS="x", LOG_LEVEL="x")
    assert len(told) == 6


def test_every_example_is_itself_accepted() -> None:
    examples = {name: variable.example for name, variable in VARIABLES.items() if name != "BOT_TOKEN"}
    assert isinstance(load_settings(examples), Settings)


def test_every_variable_is_a_setting_and_every_setting_a_variable() -> None:
    assert {variable.field for variable in VARIABLES.values()} == set(Settings.model_fields) - {"hints"}


@pytest.mark.parametrize("typo", ["BOT_TOKENN", "BOT_TOKE", "bot_token", "BOTTOKEN", "TELEGRAM_API_UR"])
def test_a_misspelt_variable_is_pointed_at(typo: str) -> None:
    (told,) = faults(**{typo: TOKEN})
    assert told.startswith(f"{typo} is not a variable of Bob: did you mean ")


def test_a_name_that_others_may_use_gets_a_hint_only() -> None:
    settings = load_settings({"LOG_LEVELS": "x"})
    assert settings.hints == ("LOG_LEVELS is not a variable of Bob: did you mean LOG_LEVEL?",)


def test_other_programs_variables_and_blank_ones_are_left_alone() -> None:
    env = {"PATH": "/bin", "XDG_DATA_DIRS": "/usr", "DATABASE_HOST": "x", "BOT_TOKENN": " ", "BOT_TOKEN": " "}
    assert load_settings(env | {"LOG_LEVEL": "debug", "SANDBOX_PORT": " 0 "}).sandbox_port == 0
    assert load_settings(LIVE | {"BOT_TOKEN_FILE": "x"}).hints == ()


def test_secrets_are_never_printed() -> None:
    settings = load_settings(LIVE | ACCOUNT | {"DATABASE_URL": "postgresql://bob:s3cret@db/bob"})
    for shown in (repr(settings), str(settings), settings.model_dump_json()):
        assert TOKEN not in shown
        assert "s3cret" not in shown
    for told in faults(BOT_TOKEN="123:s3cret-but-malformed", DATABASE_URL="mysql://u:s3cret@h"):
        assert "s3cret" not in told


def test_the_environment_is_an_argument(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("SANDBOX_PORT", "1234")
    assert load_settings({}).sandbox_port == 8080
    assert not load_settings({}).live
