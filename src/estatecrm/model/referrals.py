"""Facts of referrals and of new customers found through old ones (G-12 to G-19)."""

from datetime import date
from enum import Enum

from attrs import field, frozen


class RelayItem(Enum):
    """What a customer passes on (G-12)."""

    MATERIAL = "material"
    BROCHURE = "brochure"
    CARD = "card"
    LETTER = "letter"


class ReferralMethod(Enum):
    """How new customers are found through others (G-12 to G-15)."""

    CHAIN = "chain"
    KEY_PERSON = "key_person"
    OBSERVATION = "observation"
    CROSS = "cross"


class ReferralState(Enum):
    """How far a referral has come (G-16)."""

    INVITED = "invited"
    INTRODUCED = "introduced"
    VISITED = "visited"
    SIGNED = "signed"
    REWARDED = "rewarded"
    RETURNED = "returned"
    """The home was returned: a reward is taken back."""


class ReferralVesting(Enum):
    """At which step of the buyer a referral is rewarded."""

    SIGNING = "signing"
    FILING = "filing"


class Kinship(Enum):
    """How the one who refers is related to the buyer."""

    NONE = "none"
    SELF = "self"
    SPOUSE = "spouse"
    PARENT = "parent"
    CHILD = "child"
    OTHER = "other"


@frozen(kw_only=True)
class Referral:
    """One customer brought another; days are None while the step has not been taken."""

    referrer: str
    buyer: str
    state: ReferralState = ReferralState.INVITED
    kinship: Kinship = Kinship.NONE
    registered_on: date | None = None
    first_visit: date | None = None
    signed_on: date | None = None
    filed_on: date | None = None
    returned_on: date | None = None
    rewarded: bool = False
    """Whether anybody was rewarded for this buyer."""
    others: tuple[str, ...] = ()
    """Who else was registered earlier as having referred the buyer."""
    by_staff: bool = False


@frozen
class Relay:
    """A customer passed something on to somebody (G-12)."""

    giver: str
    receiver: str
    item: RelayItem
    on: date
    signed: bool = False


@frozen
class ChainFacts:
    """Whose chain is counted, among which relays."""

    person: str
    relays: tuple[Relay, ...]


@frozen
class ChainCount:
    """Who signed through a person: directly, in all, and over how many links."""

    direct: int
    total: int
    depth: int


@frozen
class Introducer:
    """Somebody who brings others (G-13); *access* notes how hard they are to reach."""

    code: str
    referrals: int
    access: str = field(default="", repr=False)


@frozen
class Sightings:
    """The days on which the same person was seen around the site (G-14)."""

    days: tuple[date, ...]


@frozen
class OccupationPair:
    """Two occupations that may do business with each other."""

    one: str
    other: str


@frozen(kw_only=True)
class PairFacts:
    """Two customers, what they do, and the pairs suggested before (G-15)."""

    one: str
    other: str
    occupation: str = field(repr=False)
    other_occupation: str = field(repr=False)
    suggested: tuple[tuple[str, str], ...] = ()


@frozen
class NewCustomers:
    """How many new customers there are, and how many of them were introduced by existing ones (G-17)."""

    count: int
    introduced: int


@frozen
class FreeUnit:
    """A unit that can be bought, and where it lies."""

    unit: str
    building: str
    floor: int
    door: int


@frozen
class NeighbourWish:
    """Customers who want to be neighbours, and the units there are (G-18)."""

    group: tuple[str, ...]
    units: tuple[FreeUnit, ...]


@frozen
class MailOwner:
    """An owner, whether the new product fits them (O-21), and whether they may be written to."""

    code: str
    fits: bool
    consents: bool = True
    opted_out: bool = False
