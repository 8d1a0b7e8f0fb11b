"""What a reviewer would refuse in the catalogue, said by a program: `python -m bot.advice.lint`."""

from bot.advice.faults import Fault
from bot.advice.lint.checking import lint, lint_folder

__all__ = ["Fault", "lint", "lint_folder"]
