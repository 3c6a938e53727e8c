"""
Points as the ledger keeps them: entries that are written once, and the account they add up to (G-04).

Inside an account days are ordinals (`date.toordinal`) and points are ints, so that millions can be added up;
entries show `Points` and dates.
"""

from datetime import date
from enum import Enum
from typing import Final, NamedTuple, TypeAlias

from attrs import field, frozen
from pendulum import DateTime

from estatecrm.values import Money, Points

FOR_GOOD: Final = date.max.toordinal()
"""The day that never comes: points that do not expire, or that wait for an event to vest."""
USABLE: Final = 0
"""What `Lot.vests` says of points that can be spent."""


class PointsEvent(Enum):
    """For what points are earned (G-02, G-03); the last four are of the clubs on the market."""

    PURCHASE = "purchase"
    REFERRAL = "referral"
    COMPANY_ACTIVITY = "company_activity"
    JOURNAL_ARTICLE = "journal_article"
    ESTATE_ACTIVITY = "estate_activity"
    SUGGESTION = "suggestion"
    JOINING = "joining"
    BIRTHDAY = "birthday"
    SURVEY = "survey"
    REFERRED = "referred"
    """Having been referred, for the buyer."""


class EntryKind(Enum):
    """What an entry does."""

    EARN = "earn"
    VEST = "vest"
    """Frozen points become usable."""
    REDEEM = "redeem"
    REFUND = "refund"
    """A redemption is undone, in whole or in part."""
    REVERSE = "reverse"
    """An earning is undone, in whole or in part."""
    EXPIRE = "expire"
    ADJUST = "adjust"
    TRANSFER = "transfer"


class LotOrder(Enum):
    """Which points are spent first; the other order decides between equals."""

    SOONEST_EXPIRY = "soonest_expiry"
    OLDEST = "oldest"


class Shortfall(Enum):
    """What becomes of an earning that is undone although its points are spent."""

    DEBT = "debt"
    """Owed: whatever is credited later repays it first."""
    RECORDED = "recorded"
    """Noted, and collected only from a refund of what was spent."""


class LateRefund(Enum):
    """What becomes of a refund whose points would have expired meanwhile."""

    GRACE = "grace"
    """They can be spent for some more days."""
    FORFEIT = "forfeit"
    """They go back to their lot and expire there."""


class Part(NamedTuple):
    """What an entry did to one lot, and the terms of the lot from then on."""

    lot: int
    """The number of the entry that made the lot."""
    points: int
    vests: int
    expires: int


class Lot(NamedTuple):
    """Points that were credited together and are not all gone."""

    number: int
    left: int
    vests: int
    """`USABLE`, or the ordinal of the day from which they are, or `FOR_GOOD` while they wait for an event."""
    expires: int
    """The ordinal of the last day on which they can be spent."""

    @property
    def expires_on(self) -> date | None:
        """The last day on which they can be spent; None if they never expire."""
        return None if self.expires >= FOR_GOOD else date.fromordinal(self.expires)

    @property
    def frozen(self) -> bool:
        """Whether they cannot be spent yet."""
        return self.vests != USABLE


Tally: TypeAlias = tuple[str, int, int, int, int, tuple[Part, ...]]
"""An entry in plain figures: member, ordinal of its day, points, debt, shortfall, parts."""


@frozen
class PointsEntry:
    """
    One line of the ledger; never changed, only followed by another.

    *points* is what it adds to or takes from what the member has, less what they owe; it equals the sum of its
    parts less *debt* and *shortfall*. Holds no personal data: *cause* names a contract, an activity, a gift.
    """

    member: str
    number: int
    kind: EntryKind
    points: Points
    day: date
    """The day in the office's zone on which it counts."""
    at: DateTime
    clause: str
    edition: str
    cause: str
    actor: str
    key: str
    fingerprint: str
    event: PointsEvent | None = None
    of: int = 0
    """The number of the entry it undoes or vests; zero for none."""
    parts: tuple[Part, ...] = ()
    debt: int = 0
    """What it adds to, or repays of, what the member owes."""
    shortfall: int = 0
    """What it adds to, or collects of, what was noted as lost."""
    approver: str = ""
    base: Money | None = None
    """The amount an earning was counted on, or that a redemption paid."""
    times: int = 1
    """How often the event happened."""
    other: str = ""
    """The member on the other side of a transfer."""

    @property
    def tally(self) -> Tally:
        """The entry in plain figures."""
        return (self.member, self.day.toordinal(), self.points.count, self.debt, self.shortfall, self.parts)


@frozen
class Account:
    """
    What the entries of one member add up to.

    *number* is that of the last entry, *day* the ordinal of its day; *lots* are in the order of their numbers.
    """

    member: str
    number: int = 0
    day: int = 0
    lots: tuple[Lot, ...] = field(default=())
    debt: int = 0
    shortfall: int = 0

    @property
    def available(self) -> Points:
        """What can be spent, as far as the account was brought."""
        return Points(sum(lot.left for lot in self.lots if lot.vests == USABLE))

    @property
    def frozen(self) -> Points:
        """What was earned but cannot be spent yet."""
        return Points(sum(lot.left for lot in self.lots if lot.vests != USABLE))

    @property
    def owed(self) -> Points:
        """What later earnings repay first."""
        return Points(self.debt)

    @property
    def net(self) -> Points:
        """What the points of all entries sum to: available and frozen, less owed and lost."""
        return Points(sum(lot.left for lot in self.lots) - self.debt - self.shortfall)

    @property
    def due(self) -> int | None:
        """The ordinal of the next day on which points vest or are past their last day; None if no such day comes."""
        days = [lot.vests for lot in self.lots if lot.vests != USABLE]
        days += [lot.expires + 1 for lot in self.lots if lot.expires < FOR_GOOD]
        soonest = min(days, default=FOR_GOOD)
        return None if soonest >= FOR_GOOD else soonest


@frozen
class Liability:
    """What a company owes its members in points on a day; *worth* is that of the available and the frozen together."""

    day: date
    accounts: int
    available: Points
    frozen: Points
    owed: Points
    """What members owe; not set off."""
    worth: Money
