"""Conditions on the place and on how far the person will go."""

from __future__ import annotations

from bot.advice.conditions.registry import Arg, Choice, Code, Number, condition
from bot.advice.conditions.truth import Truth, at_least, at_most
from bot.advice.facts import Facts
from bot.advice.profile import MOBILITY_RANK, Mobility, Profile

_OVERSEAS_REGIONS = frozenset(("01", "02", "03", "04", "06"))


def _go_further(profile: Profile, reach: str) -> Profile:
    return profile.with_answers(mobility=Mobility(reach))


def _own_reach(facts: Facts, *args: Arg) -> str | None:
    """How far they go, where that is enough; else how far it takes."""
    own = facts.profile.mobility
    if own is None or (args and MOBILITY_RANK[own] < MOBILITY_RANK[Mobility(str(args[0]))]):
        return str(args[0]) if args else None
    return own.value


@condition(
    "mobility",
    takes=Choice("reach", ("nearby", "department", "region", "country")),
    change=_go_further,
    variant=_own_reach,
)
def mobility(facts: Facts, reach: str) -> Truth:
    """Will go at least that far: about 30 km, the department, the region, the whole country."""
    own = facts.profile.mobility
    return None if own is None else MOBILITY_RANK[own] >= MOBILITY_RANK[Mobility(reach)]


@condition("mobility", variant=_own_reach)
def stays_close(facts: Facts) -> Truth:
    """Own town or nearby only."""
    own = facts.profile.mobility
    return None if own is None else own in (Mobility.CITY, Mobility.NEARBY)


@condition("population", takes=Number("n", 1, 10_000_000))
def commune_under(facts: Facts, n: int) -> Truth:
    """The town has n inhabitants or fewer."""
    return at_most(facts.profile.population, n)


@condition("population", takes=Number("n", 1, 10_000_000))
def commune_over(facts: Facts, n: int) -> Truth:
    """The town has n inhabitants or more."""
    return at_least(facts.profile.population, n)


@condition("department", reads=("department", "region", "country"))
def overseas(facts: Facts) -> Truth:
    """A French overseas department or collectivity."""
    profile = facts.profile
    if profile.country != "FR":
        return False
    if profile.department is not None:
        return profile.department.startswith(("97", "98"))
    return None if profile.region is None else profile.region in _OVERSEAS_REGIONS


@condition(reads=("country",))
def abroad(facts: Facts) -> Truth:
    """The place is outside France; never unknown (France until the person says otherwise)."""
    return facts.profile.country != "FR"


@condition("region", takes=Code("code", r"\d{2}", "an INSEE region code of two digits"), many=True,
           reads=("region", "country"))  # fmt: skip
def region(facts: Facts, *codes: str) -> Truth:
    """The place is in one of these regions (INSEE codes)."""
    if facts.profile.country != "FR":
        return False
    return None if facts.profile.region is None else facts.profile.region in codes


@condition(
    "department",
    takes=Code("code", r"\d{2}|2[AB]|97\d|98\d", "a department code such as 01, 2A or 974"),
    many=True,
    reads=("department", "country"),
)
def department(facts: Facts, *codes: str) -> Truth:
    """The place is in one of these departments (INSEE codes)."""
    if facts.profile.country != "FR":
        return False
    return None if facts.profile.department is None else facts.profile.department in codes
