"""A strict local Bot API server with a web page, for trying Bob in a browser and for the end-to-end tests."""

from bot.sandbox.client import Colleague, Seeker, text_of
from bot.sandbox.clock import SandboxClock
from bot.sandbox.faults import FaultKind
from bot.sandbox.server import SandboxServer

__all__ = ["Colleague", "FaultKind", "SandboxClock", "SandboxServer", "Seeker", "text_of"]
