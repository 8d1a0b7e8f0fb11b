"""The job wanted as the advice knows it: its family of trades, how people get hired, what the work asks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.advice.profile import Diploma


class JobFamily(StrEnum):
    """Families of trades, in everyday terms: the sector of an occupation."""

    ARTS = "arts"
    BEAUTY = "beauty"
    BUILDING = "building"
    CARE = "care"
    CLEANING = "cleaning"
    DIGITAL = "digital"
    FARMING = "farming"
    FINANCE = "finance"
    FOOD = "food"
    HEALTH = "health"
    HOTEL = "hotel"
    INDUSTRY = "industry"
    LAW = "law"
    LEISURE = "leisure"
    LOGISTICS = "logistics"
    MAINTENANCE = "maintenance"
    MANAGEMENT = "management"
    MEDIA = "media"
    OFFICE = "office"
    RETAIL = "retail"
    SALES = "sales"
    SCIENCE = "science"
    SECURITY = "security"
    SOCIAL = "social"
    TEACHING = "teaching"
    TRANSPORT = "transport"


class Licence(StrEnum):
    """What must be held besides a diploma."""

    DRIVING = "driving"
    HEAVY_GOODS = "heavy_goods"
    BUS = "bus"
    FORKLIFT = "forklift"
    MACHINERY = "machinery"
    SECURITY_CARD = "security_card"
    ELECTRICAL = "electrical"
    TAXI_CARD = "taxi_card"
    LIFEGUARD = "lifeguard"
    AVIATION = "aviation"
    MARITIME = "maritime"
    PROPERTY_CARD = "property_card"
    HYGIENE = "hygiene"
    ASBESTOS = "asbestos"
    MEDICAL_ORDER = "medical_order"
    OTHER = "other"


class Channel(StrEnum):
    """How people get hired in practice."""

    OFFERS = "offers"
    WALK_IN = "walk_in"
    AGENCY = "agency"
    SPONTANEOUS = "spontaneous"
    NETWORK = "network"
    EXAM = "exam"
    APPRENTICESHIP = "apprenticeship"
    SEASONAL = "seasonal"
    PLATFORM = "platform"
    AUDITION = "audition"


class Constraint(StrEnum):
    """What is hard or particular in the work."""

    STANDING = "standing"
    HEAVY_LOADS = "heavy_loads"
    NIGHTS = "nights"
    WEEKENDS = "weekends"
    SPLIT_SHIFTS = "split_shifts"
    EARLY = "early"
    TRAVEL = "travel"
    OUTDOORS = "outdoors"
    HEIGHTS = "heights"
    NOISE = "noise"
    COLD = "cold"
    HEAT = "heat"
    SCREENS = "screens"
    EMOTIONAL = "emotional"
    DRIVING = "driving"
    SEASONAL = "seasonal"
    SMELLS = "smells"
    REPETITIVE = "repetitive"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Occupation:
    """What is known of the job wanted. Hashed by its code alone: it is looked up at every choice.

    code: of the third edition of ROME. required: the diploma that the trade asks for, None when it asks none.
    close: codes of the third edition from and to which people move easily. shortage: employers said, in both
    national surveys that we hold, that most of these hirings were difficult.
    """

    code: str
    family: JobFamily
    required: Diploma | None = None
    channels: frozenset[Channel] = frozenset()
    licences: frozenset[Licence] = frozenset()
    constraints: frozenset[Constraint] = frozenset()
    close: tuple[str, ...] = ()
    shortage: bool = False

    @property
    def hires_in_person(self) -> bool:
        """People are hired on sight."""
        return Channel.WALK_IN in self.channels

    def __hash__(self) -> int:
        return hash(self.code)
