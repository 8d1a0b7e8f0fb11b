"""`bob occupation WORDS|CODE`: what the lexicon knows of an occupation."""

from __future__ import annotations

import json
import sys
from typing import Any

from bot.sources.occupations import KnownOccupation, Occupations, occupations


def show(words: str, language: str, *, as_json: bool) -> int:
    """Print one occupation, or those that the words may mean; code 1 when they mean none."""
    known = occupations()
    by_code = known.by_code(words.upper())
    found = (by_code,) if by_code else tuple(one.entry for one in known.search(words).candidates)
    if not found:
        print(f"No occupation is found for {words!r}: say it otherwise, or give a code.", file=sys.stderr)
        return 1
    described = [described_as(known, one, language) for one in found]
    if as_json:
        print(json.dumps(described, ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(map(_as_text, described)))
    return 0


def described_as(known: Occupations, one: KnownOccupation, language: str) -> dict[str, Any]:
    """Everything about an occupation, as plain values."""
    group = one.group
    near = [
        {"code": other.code, "label": other.label(language), "reason": why.value}
        for other, why in known.near(one.code)
    ]
    return {
        "code": one.code,
        "code_v3": one.code_v3,
        "label": one.label(language),
        "group": group.en if language == "en" else group.fr,
        "family": group.family.value,
        "isco": group.isco,
        "common": one.common,
        "diploma": group.required.value if group.required else None,
        "compulsory": group.compulsory,
        "licences": [each.value for each in group.licences],
        "channels": [each.value for each in group.channels],
        "constraints": [each.value for each in group.constraints],
        "near": near,
    }


def _as_text(described: dict[str, Any]) -> str:
    lines = [f"{described['label']} ({described['code']}, third edition {described['code_v3']})"]
    for name in ("group", "family", "isco", "diploma", "licences", "channels", "constraints"):
        value = described[name]
        told = ", ".join(value) if isinstance(value, list) else value
        lines.append(
            f"{name}: {told or '-'}{', by law' if name == 'diploma' and described['compulsory'] else ''}"
        )
    lines += [f"near: {one['label']} ({one['code']}), {one['reason']}" for one in described["near"]]
    return "\n".join(lines)
