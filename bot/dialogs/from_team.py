"""What comes to a person from the team that follows them, as values: actions assigned, and what is proposed to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

MARK: Final = "from_team"
"""Name under which a person's record says that a team has put something there: only then it is looked up."""
VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Assigned:
    """An action that a counsellor chose, and that waits for its day. Either `catalogue_id` or `words` is set.

    due_on: the person's local date from which it may come. seen: the team is told what became of it.
    """

    id: int
    author: str
    due_on: date
    catalogue_id: str | None = None
    words: str | None = None
    reason: str | None = None
    seen: bool = True


@dataclass(frozen=True, slots=True)
class Proposed:
    """Something that a counsellor proposes. `kind` and `state`: words of `storage.words`; `data`: by kind.

    who: name of the counsellor who proposes it. other: name of whoever is to follow the person, of a handover.
    """

    id: int
    kind: str
    state: str
    who: str
    other: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    uid: str | None = None
