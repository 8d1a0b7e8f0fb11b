"""Draft a migration from what the tables say now: `python -m storage.migrations.drafting "what changes"`.

The draft is a file to read, correct and commit with the change of the tables; a test compares the two.
"""

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from storage.connections import open_engine, parse_url
from storage.migrations import config
from storage.revisions import FOLDER, known
from storage.tables.core import metadata


def draft(message: str, folder: Path = FOLDER) -> Path | None:
    """Write the next migration into `folder` and return its path; None when the tables have not changed."""
    number = int(known(folder)[-1]) + 1
    with tempfile.TemporaryDirectory() as scratch:
        engine = open_engine(parse_url(f"sqlite:///{scratch}/draft.sqlite"), foreign_keys=False)
        try:
            with engine.begin() as conn:
                command.upgrade(config(conn, folder), "head")
                context = MigrationContext.configure(conn, opts={"compare_server_default": True})
                if not compare_metadata(context, metadata):
                    return None
                script = command.revision(
                    config(conn, folder), message, autogenerate=True, rev_id=f"{number:04}"
                )
        finally:
            engine.dispose()
    assert script is not None
    assert not isinstance(script, list)
    return Path(script.path)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit('Say in a few words what changes: python -m storage.migrations.drafting "what changes"')
    written = draft(sys.argv[1])
    print("The tables have not changed." if written is None else f"Read and correct {written}.")
