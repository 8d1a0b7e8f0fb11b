"""Databases and a world for the tests of the counsellors' room."""

from tests.databases import *  # noqa: F403
from tests.dialogs.conftest import world

__all__ = ["world"]
