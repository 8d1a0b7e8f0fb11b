"""`bob evaluate policy`: whether learning helps, on simulated people whose tastes Bob does not see."""

from __future__ import annotations

import json
from statistics import fmean
from typing import Any

from bot.commands.evaluate.policy.compared import COVERAGE, MARGINS, Compared, Interval, compare
from bot.commands.evaluate.policy.life import Way
from bot.commands.evaluate.policy.offline import TARGETS
from bot.settings import EXPLORED_PERCENT


def evaluate(*, seeds: int, people: int, days: int, right: float, as_json: bool) -> int:
    """Print the ways of choosing side by side; exit code 1 when a margin is not met."""
    found = compare(range(1, seeds + 1), people=people, days=days, share=EXPLORED_PERCENT / 100, right=right)
    print(json.dumps(as_values(found), indent=2) if as_json else as_text(found))
    return 0 if found.ok else 1


def as_values(found: Compared) -> dict[str, Any]:
    """As plain JSON values."""
    return {
        "seeds": len(found.seeds),
        "people": found.people,
        "days": found.days,
        "explored": found.share,
        "reward": {way.value: _values(one) for way, one in found.means.items()},
        "ahead": {
            way.value: _values(one) | {"margin": MARGINS[way], "ok": one.low >= MARGINS[way]}
            for way, one in found.ahead.items()
        },
        "offline": _offline(found),
        "coverage": found.coverage | {"least": COVERAGE},
        "ok": found.ok,
    }


def _values(one: Interval) -> dict[str, Any]:
    return {"mean": round(one.mean, 4), "low": round(one.low, 4), "high": round(one.high, 4)}


def _offline(found: Compared) -> dict[str, dict[str, float]]:
    """By target, means over the seeds."""
    rows = {}
    for place, name in enumerate(TARGETS):
        ours = [seed.estimates[place] for seed in found.seeds]
        rows[name] = {
            "truth": round(fmean(one.truth for one in ours), 4),
            "ips": round(fmean(one.ips for one in ours), 4),
            "ips_half_width": round(fmean(one.ips_half for one in ours), 4),
            "ips_coverage": round(fmean(one.ips_covers for one in ours), 3),
            "normalised": round(fmean(one.normalised for one in ours), 4),
            "normalised_half_width": round(fmean(one.normalised_half for one in ours), 4),
            "normalised_coverage": round(fmean(one.normalised_covers for one in ours), 3),
        }
    return rows


def as_text(found: Compared) -> str:
    """For reading."""
    size = f"{len(found.seeds)} seeds, {found.people} people, {found.days} days"
    lines = [f"{size}, {found.share:.0%} explored; rewards per person and day, 95 % intervals"]
    for way, one in found.means.items():
        line = f"  {way.value:<11} {one.mean:.4f} [{one.low:.4f}, {one.high:.4f}]"
        if way is not Way.BOB:
            ahead, margin = found.ahead[way], MARGINS[way]
            mark = "ok" if ahead.low >= margin else "MISS"
            line += f"  Bob ahead by {ahead.mean:.4f} [{ahead.low:.4f}, {ahead.high:.4f}], margin {margin}: {mark}"
        lines.append(line)
    lines.append(
        "from the explored decisions: what always the best, the second, or any candidate would bring"
    )
    for name, row in _offline(found).items():
        lines.append(
            f"  {name:<11} truth {row['truth']:.4f}  inverse propensity {row['ips']:.4f} ± {row['ips_half_width']:.4f}"
            f" (covers {row['ips_coverage']:.0%})  self-normalised {row['normalised']:.4f} ± "
            f"{row['normalised_half_width']:.4f} (covers {row['normalised_coverage']:.0%})"
        )
    return "\n".join(lines)
