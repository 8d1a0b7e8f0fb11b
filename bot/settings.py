"""Configuration by environment variables. Every wrong or missing one is named in a sentence of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,}")
TELEGRAM_API = "https://api.telegram.org"
FRANCE_TRAVAIL = "https://api.francetravail.io/partenaire"
FRANCE_TRAVAIL_TOKEN = "https://entreprise.francetravail.fr/connexion/oauth2/access_token?realm=%2Fpartenaire"  # noqa: S105
GEO_API = "https://geo.api.gouv.fr"
GEOCODER = "https://data.geopf.fr/geocodage"
LIVE_SOURCES = ("romeo", "rome", "geo", "geocoder")
OF_FRANCE_TRAVAIL = ("romeo", "rome")
FRANCE_TRAVAIL_ACCOUNT = ("FRANCE_TRAVAIL_CLIENT_ID", "FRANCE_TRAVAIL_CLIENT_SECRET")
EXPLORED_PERCENT = 4
MOST_EXPLORED_PERCENT = 20
DATABASE_DIALECTS = ("sqlite", "postgresql", "postgresql+psycopg")


class SettingsError(Exception):
    """The configuration cannot be used; `faults` holds one sentence per variable, `str()` all of them."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Variable:
    """How one variable is explained: what is expected, and an example."""

    field: str
    expected: str
    example: str
    ours: bool = True  # a name that no other program uses: a near miss is surely meant for Bob


VARIABLES: Mapping[str, Variable] = {
    "BOT_TOKEN": Variable(
        "bot_token",
        "the token that @BotFather gave, digits, a colon, then letters",
        "123456789:AAExampleOnly",
    ),
    "OPERATOR_NAME": Variable(
        "operator_name", "the name of who runs this bot, shown to people", "Association Rebond"
    ),
    "OPERATOR_CONTACT": Variable(
        "operator_contact", "an e-mail address or a page where people can write", "contact@example.org"
    ),
    "PRIVACY_URL": Variable(
        "privacy_url",
        "the address of the privacy page, starting with https://",
        "https://example.org/privacy",
    ),
    "TELEGRAM_API_URL": Variable(
        "telegram_api_url", "the address of a Bot API server, starting with http:// or https://", TELEGRAM_API
    ),
    "DATABASE_URL": Variable(
        "database_url",
        "sqlite:///path or postgresql+psycopg://user:password@host/name",
        "sqlite:///var/bob.sqlite",
        ours=False,
    ),
    "DATA_DIR": Variable("data_dir", "a folder where Bob may write", "./var", ours=False),
    "LIVE_SOURCES": Variable(
        "live_sources",
        f"names of live sources with commas between, among {', '.join(LIVE_SOURCES)}",
        "geo,geocoder",
    ),
    "FRANCE_TRAVAIL_CLIENT_ID": Variable(
        "france_travail_client_id",
        "the identifier of an application declared on francetravail.io",
        "PAR_bob_0123456789abcdef",
    ),
    "FRANCE_TRAVAIL_CLIENT_SECRET": Variable(
        "france_travail_client_secret", "the secret key of that application", "0123456789abcdef"
    ),
    "FRANCE_TRAVAIL_URL": Variable(
        "france_travail_url",
        "the address of France Travail's APIs, starting with http:// or https://",
        FRANCE_TRAVAIL,
    ),
    "FRANCE_TRAVAIL_TOKEN_URL": Variable(
        "france_travail_token_url",
        "the address where France Travail gives tokens, starting with http:// or https://",
        FRANCE_TRAVAIL_TOKEN,
    ),
    "GEO_API_URL": Variable(
        "geo_api_url", "the address of an API Géo, starting with http:// or https://", GEO_API, ours=False
    ),
    "GEOCODER_URL": Variable(
        "geocoder_url",
        "the address of a geocoder like the Géoplateforme's, starting with http:// or https://",
        GEOCODER,
        ours=False,
    ),
    "EXPLORED_PERCENT": Variable(
        "explored_percent",
        f"a number from 0 to {MOST_EXPLORED_PERCENT}, of the choices that are left to chance among the best actions",
        str(EXPLORED_PERCENT),
    ),
    "PLANLESS_PERCENT": Variable(
        "planless_percent",
        "a number from 0 to 50, of the weeks without plan prompt of those who agreed to research",
        "10",
    ),
    "SANDBOX_HOST": Variable("sandbox_host", "the address on which the sandbox listens", "127.0.0.1"),
    "SANDBOX_PORT": Variable("sandbox_port", "a port from 0 (any free one) to 65535", "8080"),
    "OPEN_BROWSER": Variable("open_browser", "yes or no", "no"),
    "SANDBOX_TEAM": Variable("sandbox_team", "yes or no: an example team in a new sandbox", "no"),
    "LOG_LEVEL": Variable("log_level", "DEBUG, INFO, WARNING or ERROR", "INFO", ours=False),
    "LOG_FORMAT": Variable("log_format", "text or json", "text", ours=False),
}


def _token(value: SecretStr) -> SecretStr:
    if not TOKEN.fullmatch(value.get_secret_value()):
        raise ValueError("not the shape of a token")
    return value


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or " " in value:
        raise ValueError("not a web address")
    return value.rstrip("/")


def _secure_page(value: str) -> str:
    if not value.startswith("https://"):
        raise ValueError("not https")
    return _web_address(value)


def _database(value: SecretStr) -> SecretStr:
    """Give PostgreSQL addresses the driver that Bob ships, whatever their spelling."""
    address = value.get_secret_value()
    scheme, separator, rest = address.partition("://")
    if scheme in ("postgres", "postgresql"):
        scheme = "postgresql+psycopg"
    if scheme not in DATABASE_DIALECTS or not separator or not rest.strip("/"):
        raise ValueError("not a database that Bob knows")
    return SecretStr(f"{scheme}://{rest}")


def _names(value: Any) -> Any:
    """ "geo, ROMEO" as names, each once, in the order of `LIVE_SOURCES`."""
    if not isinstance(value, str):
        return value
    named = {name.strip().lower() for name in value.split(",") if name.strip()}
    if not named or not named.issubset(LIVE_SOURCES):
        raise ValueError("not a live source")
    return tuple(name for name in LIVE_SOURCES if name in named)


def _printable(value: str) -> str:
    if not value.isprintable() or " " in value:
        raise ValueError("not an identifier")
    return value


def _printable_secret(value: SecretStr) -> SecretStr:
    _printable(value.get_secret_value())
    return value


def _upper(value: Any) -> Any:
    return value.upper() if isinstance(value, str) else value


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


class Settings(BaseSettings):
    """Everything that can be configured. Secrets print as asterisks; `get_secret_value()` reads them."""

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, validate_default=False
    )

    bot_token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    operator_name: str = ""
    operator_contact: str = ""
    privacy_url: Annotated[str, AfterValidator(_secure_page)] | None = None
    telegram_api_url: Annotated[str, AfterValidator(_web_address)] = TELEGRAM_API
    database_url: Annotated[SecretStr, AfterValidator(_database)] = SecretStr("")
    data_dir: Path = Path("var")
    live_sources: Annotated[tuple[str, ...], BeforeValidator(_names)] = ()
    france_travail_client_id: Annotated[str, AfterValidator(_printable)] | None = None
    france_travail_client_secret: Annotated[SecretStr, AfterValidator(_printable_secret)] | None = None
    france_travail_url: Annotated[str, AfterValidator(_web_address)] = FRANCE_TRAVAIL
    france_travail_token_url: Annotated[str, AfterValidator(_web_address)] = FRANCE_TRAVAIL_TOKEN
    geo_api_url: Annotated[str, AfterValidator(_web_address)] = GEO_API
    geocoder_url: Annotated[str, AfterValidator(_web_address)] = GEOCODER
    explored_percent: Annotated[float, Field(ge=0, le=MOST_EXPLORED_PERCENT)] = EXPLORED_PERCENT
    planless_percent: Annotated[float, Field(ge=0, le=50)] = 10
    sandbox_host: str = "127.0.0.1"
    sandbox_port: Annotated[int, Field(ge=0, le=65535)] = 8080
    open_browser: bool = True
    sandbox_team: bool = True  # counsellors and people to try the group with, in a new sandbox
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)] = "INFO"
    log_format: Annotated[Literal["text", "json"], BeforeValidator(_lower)] = "text"
    hints: tuple[str, ...] = ()  # sentences to log: variables that look like a misspelt one of ours

    @model_validator(mode="after")
    def _database_in_the_data_folder(self) -> Self:
        if not self.database_url.get_secret_value():
            address = SecretStr(f"sqlite:///{(self.data_dir / 'bob.sqlite').as_posix()}")
            object.__setattr__(self, "database_url", address)
        return self

    @property
    def live(self) -> bool:
        """Whether Bob talks to Telegram; without a token he opens in the sandbox."""
        return self.bot_token is not None

    @property
    def bot_id(self) -> int | None:
        """The bot's Telegram id, which is the part of the token before the colon."""
        return int(self.bot_token.get_secret_value().partition(":")[0]) if self.bot_token else None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what `load_settings` hands over: the environment is an argument."""
        return (init_settings,)


def load_settings(env: Mapping[str, str]) -> Settings:
    """Read the settings from `env` (usually `os.environ`); blank variables count as absent.

    Raises SettingsError naming every fault at once, never a value.
    """
    given = {name: env[name].strip() for name in VARIABLES if env.get(name, "").strip()}
    missing = (*_needed_with_token(given), *_needed_with_live_sources(given))
    faults = [_sentence(name, "is missing") for name in missing]
    hints: list[str] = []
    for stranger, meant, certain in _near_misses(env):
        sentence = f"{stranger} is not a variable of Bob: did you mean {meant}?"
        (faults if certain else hints).append(sentence)
    values: dict[str, Any] = {VARIABLES[name].field: value for name, value in given.items()}
    try:
        settings = Settings(**values, hints=tuple(hints))
    except ValidationError as error:
        wrong = {str(fault["loc"][0]) for fault in error.errors(include_input=False) if fault["loc"]}
        faults += [
            _sentence(name, "is not usable") for name, known in VARIABLES.items() if known.field in wrong
        ]
        raise SettingsError(faults) from None
    if faults:
        raise SettingsError(faults)
    return settings


def _needed_with_token(given: Mapping[str, str]) -> Iterator[str]:
    if "BOT_TOKEN" in given:
        yield from (n for n in ("OPERATOR_NAME", "OPERATOR_CONTACT", "PRIVACY_URL") if n not in given)


def _needed_with_live_sources(given: Mapping[str, str]) -> Iterator[str]:
    """Both halves of the account, where one is given or a source asks for it."""
    named = {name.strip().lower() for name in given.get("LIVE_SOURCES", "").split(",")}
    if not named.isdisjoint(OF_FRANCE_TRAVAIL) or not given.keys().isdisjoint(FRANCE_TRAVAIL_ACCOUNT):
        yield from (name for name in FRANCE_TRAVAIL_ACCOUNT if name not in given)


def _sentence(name: str, problem: str) -> str:
    variable = VARIABLES[name]
    return f"{name} {problem}: expected {variable.expected}, for example {name}={variable.example}"


def _near_misses(env: Mapping[str, str]) -> Iterator[tuple[str, str, bool]]:
    """Variables that look like one of ours which is not set: (theirs, ours, whether that is certain)."""
    absent = [name for name in VARIABLES if not env.get(name, "").strip()]
    for stranger in sorted(set(env) - set(VARIABLES)):
        name = stranger.upper()
        likeness, meant = max(((_likeness(name, ours), ours) for ours in absent), default=(0.0, ""))
        if likeness >= 0.85 and env[stranger].strip():
            yield stranger, meant, VARIABLES[meant].ours


def _likeness(one: str, other: str) -> float:
    if abs(len(one) - len(other)) > 2:
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
