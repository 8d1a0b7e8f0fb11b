"""Run by Alembic for each command; the connection comes from `storage.migrations`."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from storage.tables.core import metadata
from storage.types import Instant, Json, LocalTime, SafeText

_PLAIN: dict[type, str] = {
    Instant: "sa.DateTime(timezone=True)",
    LocalTime: "sa.DateTime()",
    Json: "sa.Text()",
    SafeText: "sa.Text()",
}


def _plain_type(kind: str, item: object, autogen: AutogenContext) -> str | Literal[False]:
    """Write Bob's column types as the plain types beneath: a migration must not change when they do."""
    return _PLAIN.get(type(item), False) if kind == "type" else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    compare_type=True,
    compare_server_default=True,
    render_as_batch=True,
    render_item=_plain_type,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
