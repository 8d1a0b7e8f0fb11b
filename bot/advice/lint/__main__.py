"""Print the faults of the catalogue, one a line; exit with 1 when there is any."""

import sys
from datetime import datetime
from pathlib import Path

from bot.advice.lint.checking import lint_folder


def main(arguments: list[str]) -> int:
    """`python -m bot.advice.lint [folder or words ...]`: a folder to check; other words keep the lines that
    hold one.
    """
    folders = [Path(argument) for argument in arguments if Path(argument).is_dir()]
    words = [argument for argument in arguments if not Path(argument).is_dir()]
    faults = lint_folder(folders[0] if folders else None, today=datetime.now().astimezone().date())
    lines = [line for line in map(str, faults) if not words or any(word in line for word in words)]
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.write(f"{len(lines)} to mend.\n" if lines else "The catalogue is sound.\n")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
