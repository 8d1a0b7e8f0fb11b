"""What can go wrong with the database, each in one sentence that says what to do."""


class StoreError(Exception):
    """The database cannot do its work; the text says what to do. Nothing of the transaction was kept."""


class StoreBusy(StoreError):
    """Others held the database for too long. Nothing of the transaction was kept: try again later."""


class StoreUncertain(StoreError):
    """The connection broke during the commit: whether the transaction was kept is not known.

    Whoever repeats the work must recognise it as done (an update by its id, a message by its dedupe key).
    """


class StoreTooNew(StoreError):
    """The database was written by a newer version of Bob."""
