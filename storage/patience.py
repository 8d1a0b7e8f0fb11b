"""Trying again what another process may only be holding up."""

import time

from sqlalchemy.exc import DBAPIError

from storage import faults
from storage.errors import StoreBusy

PATIENCE = 10.0  # seconds of tries before StoreBusy
FIRST_WAIT = 0.005  # seconds; doubles with each try
LONGEST_WAIT = 0.2  # seconds


class Tries:
    """Decides how long to wait before a failed piece of work is tried again, or that it is not."""

    def __init__(self, seconds: float | None = None) -> None:
        """Patience for so many seconds; ten unless told otherwise."""
        self._until = time.monotonic() + (PATIENCE if seconds is None else seconds)
        self._wait = FIRST_WAIT

    def wait_after(self, error: DBAPIError) -> float:
        """Seconds to wait; raises StoreBusy when patience is over, StoreError if waiting is no cure."""
        # The driver's error stays out of what is raised: it may quote a row. Its traceback does not.
        if not faults.may_pass(error):
            raise faults.explained(error).with_traceback(error.__traceback__) from None
        if time.monotonic() >= self._until:
            raise StoreBusy(faults.busy_sentence(error)).with_traceback(error.__traceback__) from None
        wait = self._wait
        self._wait = min(self._wait * 2, LONGEST_WAIT)
        return wait
