"""docs/configuration.md: the environment variables."""

from __future__ import annotations

from bot.commands.docs.tables import page, table
from bot.settings import FRANCE_TRAVAIL_ACCOUNT, VARIABLES, Settings

NEEDED = ("OPERATOR_NAME", "OPERATOR_CONTACT", "PRIVACY_URL")
TITLE = """# Configuration

Bob reads environment variables and nothing else. A wrong or missing one is named at the start, with what was
expected; a name that looks like a misspelt one is pointed out. Secrets are never printed. A blank variable
counts as absent."""
LIVE = """With `BOT_TOKEN`, Bob is live on Telegram, and the three variables about who runs him become necessary:
people read them before they agree. Without it, Bob opens in the sandbox, and `DATABASE_URL` is not used there: the
sandbox keeps its own files in `DATA_DIR`."""
EXAMPLE = """```sh
export BOT_TOKEN=123456789:AAExampleOnly
export OPERATOR_NAME="Association Rebond"
export OPERATOR_CONTACT=contact@example.org
export PRIVACY_URL=https://example.org/privacy
make run
```"""


def configuration_page() -> str:
    """Markdown: each variable, what is expected, its default and an example."""
    rows = [
        [f"`{name}`", variable.expected, _default(name, variable.field), f"`{variable.example}`"]
        for name, variable in VARIABLES.items()
    ]
    return page(TITLE, table(["Variable", "Expected", "Without it", "Example"], rows), LIVE, EXAMPLE)


def _default(name: str, field: str) -> str:
    if name == "BOT_TOKEN":
        return "the sandbox"
    if name in NEEDED:
        return "necessary with `BOT_TOKEN`"
    if name == "DATABASE_URL":
        return "`bob.sqlite` in `DATA_DIR`"
    if name == "LIVE_SOURCES":
        return "none"
    if name in FRANCE_TRAVAIL_ACCOUNT:
        return "necessary with `romeo` or `rome` in `LIVE_SOURCES`"
    value = Settings.model_fields[field].default
    return f"`{'yes' if value is True else value}`"
