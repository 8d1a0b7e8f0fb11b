"""Names that communes had, and communes that are part of another one now."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from bot.sources.places.spelling import key

Row = dict[str, Any]

NOW = ("commune-actuelle", "arrondissement-municipal")
_CODE_IN_ID = re.compile(r"^COM[A-Z]*-(\w+)@")


def former_names(
    current: Iterable[Row], lists: Iterable[Row], history: Iterable[Row]
) -> Mapping[str, list[str]]:
    """Code of a present commune -> former names of it and of its parts, those that it bears now left out.

    `lists`: communes of this and former years (with their delegated and associated ones, `chefLieu` the commune that
    they belong to); `history`: the events of the official code since 1943, where a package has them.
    """
    names = {item["code"]: key(item["nom"]) for item in current if item["type"] in NOW}
    into: dict[str, str] = {}
    said: dict[str, set[str]] = defaultdict(set)
    for item in lists:
        said[item["code"]].add(item["nom"])
        if item.get("chefLieu") and item["chefLieu"] != item["code"]:
            into.setdefault(item["code"], item["chefLieu"])
    for event in history:
        said[event["code"]].add(event["nom"])
        later = _CODE_IN_ID.match(event.get("pole") or event.get("successeur") or "")
        if later and later[1] != event["code"]:
            into.setdefault(event["code"], later[1])
    former: dict[str, dict[str, str]] = defaultdict(dict)
    for code, listed in said.items():
        present = _present(code, into, names)
        if present is None:
            continue
        for name in sorted(listed):
            if key(name) != names[present] and "," not in name:
                former[present].setdefault(key(name), name)
    # A delegated commune may have the code of the commune that it gave its name to.
    return {code: sorted(listed.values()) for code, listed in former.items()}


def _present(code: str, into: Mapping[str, str], names: Mapping[str, str]) -> str | None:
    """The present commune that a code led to; None if it led nowhere."""
    for _ in range(10):
        if code in names:
            return code
        if code not in into:
            return None
        code = into[code]
    return None
