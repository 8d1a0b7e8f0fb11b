"""The addresses that recommendations may use, listed in `links.toml`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from bot.advice.fields import Table
from bot.advice.items import Action, Strategy

ANYWHERE = "anywhere"
ADDRESS = re.compile(r"https?://[^\s\])»\"]+")
_COUNTRY = re.compile(rf"[A-Z]{{2}}|{ANYWHERE}")


@dataclass(frozen=True, slots=True)
class Link:
    """A public or well-known free service. checked: when the address was last confirmed."""

    url: str
    owner: str
    checked: date
    what: str
    country: str | None = None  # of the people it serves; "anywhere" for everybody
    file: str = ""

    @property
    def serves_france_only(self) -> bool:
        """As far as the list says; an address in .fr is taken for a service in France."""
        if self.country is not None:
            return self.country == "FR"
        return (urlsplit(self.url).hostname or "").endswith(".fr")


def read_link(table: Table, links: dict[str, Link]) -> None:
    """One `[[link]]`, added to `links`."""
    url = table.address("url", required=True)
    link = Link(
        url=url or "",
        owner=table.text("owner") or "",
        checked=table.day("checked"),
        what=table.text("what") or "",
        country=table.text("country", required=False),
        file=table.file,
    )
    if link.country is not None and not _COUNTRY.fullmatch(link.country):
        table.fault("country", f'expected two capital letters such as "FR", or "{ANYWHERE}"')
    table.finish()
    if url is None:
        return
    if url in links:
        table.fault("url", "is listed twice")
    links[url] = link


def addresses(item: Action | Strategy) -> set[str]:
    """Every address that an item sends people to: its link, and those in its words."""
    found = {item.link} if isinstance(item, Action) and item.link else set()
    for language in ("fr", "en"):
        wording = item.wording(language)
        for name in ("title", "text", "first", "easier", "payload"):
            words = getattr(wording, name, None) or ""
            found |= {address.rstrip(".,;:") for address in ADDRESS.findall(words)}
    return found


def uses(links: Iterable[Link], items: Iterable[Action | Strategy]) -> list[dict[str, Any]]:
    """Each link with the number of items that use it, the least recently checked first."""
    counted = Counter(address for item in items for address in addresses(item))
    return [
        {
            "url": link.url,
            "owner": link.owner,
            "what": link.what,
            "checked": link.checked.isoformat(),
            "file": link.file,
            "items": counted[link.url],
        }
        for link in sorted(links, key=lambda link: (link.checked, link.url))
    ]
