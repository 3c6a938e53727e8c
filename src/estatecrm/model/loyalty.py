"""Facts of membership, tiers, gifts and the club (chapter G)."""

from datetime import date
from enum import Enum

from attrs import field, frozen

from estatecrm.errors import InvalidFacts
from estatecrm.model.classes import PurchaseStatus
from estatecrm.model.points import PointsEvent
from estatecrm.policy import Role
from estatecrm.values import Money, NaturalDays, Points, yuan


class MemberPrivilege(Enum):
    """What members have (G-01)."""

    POINTS = "points"
    DISCOUNT = "discount"
    PRIORITY = "priority"


class ClubActivity(Enum):
    """What the club regularly holds (G-10)."""

    PARENT_CHILD = "parent_child"
    OUTDOOR = "outdoor"
    LECTURE = "lecture"


class PointsBase(Enum):
    """On which amount of a purchase points are counted."""

    CONTRACT_PRICE = "contract_price"
    AFTER_DISCOUNT = "after_discount"
    AFTER_OFFSET = "after_offset"
    """After discount, and after what was paid in points."""


class Window(Enum):
    """Over what time something is counted."""

    LIFETIME = "lifetime"
    ROLLING_YEAR = "rolling_year"
    """The twelve months up to the day."""
    CALENDAR_YEAR = "calendar_year"

    def first_day(self, day: date) -> date:
        """The first day that counts on *day*."""
        if self is Window.LIFETIME:
            return date.min
        if self is Window.CALENDAR_YEAR:
            return date(day.year, 1, 1)
        return date.fromordinal(months_later(day, -12).toordinal() + 1)


class TierBase(Enum):
    """By what a tier is reached."""

    EARNED = "earned"
    """Points earned and not taken back."""
    BALANCE = "balance"
    SPENDING = "spending"
    """Yuan spent on homes, counted as points of one yuan."""


class Downgrade(Enum):
    """Whether a tier is lost again."""

    NEVER = "never"
    FOLLOWS = "follows"


class TermEnd(Enum):
    """On which day a term of months ends."""

    DAY = "day"
    MONTH_END = "month_end"
    YEAR_END = "year_end"


class TransferCircle(Enum):
    """To whom points may be given."""

    NOBODY = "nobody"
    HOUSEHOLD = "household"
    MEMBERS = "members"


class CardReminderKind(Enum):
    """Of what a callback reminds a member (D-12)."""

    RENEW = "renew"
    UPGRADE = "upgrade"


@frozen
class Term:
    """How many months points last; none means for good."""

    months: int = 0
    ends: TermEnd = TermEnd.DAY

    def last_day(self, day: date) -> date | None:
        """The last day on which what is earned on *day* can be spent; None if there is none."""
        if not self.months:
            return None
        last = months_later(day, self.months)
        if self.ends is TermEnd.YEAR_END:
            return date(last.year, 12, 31)
        if self.ends is TermEnd.MONTH_END:
            return date.fromordinal(months_later(last.replace(day=1), 1).toordinal() - 1)
        return last


@frozen
class EventPoints:
    """What one occurrence of an event earns."""

    event: PointsEvent
    points: Points


@frozen
class EarningCap:
    """How many points an event can earn one member within a window."""

    event: PointsEvent
    most: Points
    window: Window = Window.LIFETIME


@frozen
class Freeze:
    """For how long points of an event are frozen; None: until they are vested by an errand."""

    event: PointsEvent
    days: NaturalDays | None = None


@frozen
class Tier:
    """A tier, by its code, and the points from which it is reached."""

    code: str
    least: Points


@frozen(kw_only=True)
class Occasion:
    """Something for which points may be earned; *earned* is what the event earned the member in its cap's window."""

    event: PointsEvent
    is_member: bool
    times: int = 1
    price: Money | None = None
    discount: Money = field(factory=lambda: yuan(0))
    offset: Money = field(factory=lambda: yuan(0))
    earned: Points = field(factory=lambda: Points(0))


@frozen
class MembershipFacts:
    """How far a customer came with any of their homes."""

    status: PurchaseStatus


@frozen
class TierFacts:
    """What a member's tier is measured by: what counts now, and the tier they had."""

    measured: Points
    had: str = ""


@frozen(kw_only=True)
class CardFacts:
    """A member's card on the day of a callback: when it expires, which one they have, which they qualify for."""

    call_on: date
    expires_on: date | None = None
    has: str = ""
    qualifies_for: str = ""


@frozen
class Spending:
    """Points somebody wants to spend."""

    points: Points
    available: Points
    is_member: bool = True


@frozen
class Gift:
    """A gift on the list: its price in points, how many there are, and when it is on offer (days included)."""

    code: str
    price: Points
    stock: int
    offered_from: date | None = None
    offered_until: date | None = None


@frozen(kw_only=True)
class GiftWish:
    """Somebody wants *count* of a gift; *gift* is None if the list has none of that code."""

    gift: Gift | None
    day: date
    available: Points
    count: int = 1
    is_member: bool = True


@frozen(kw_only=True)
class OffsetFacts:
    """A home is paid in part with points: *wanted*, or as many as may be; *used* was taken off its price before."""

    balance: Points
    contract_price: Money
    is_member: bool = True
    wanted: Points | None = None
    used: Money = field(factory=lambda: yuan(0))


@frozen(kw_only=True)
class TransferFacts:
    """Points are to be given to somebody else."""

    points: Points
    available: Points
    giver: str
    receiver: str
    both_members: bool = True
    same_household: bool = False


@frozen(kw_only=True)
class AdjustmentFacts:
    """Points are to be added or taken by hand; *approver_role* is None if nobody knows the approver."""

    points: Points
    available: Points
    cause: str
    actor: str
    approver: str
    approver_role: Role | None


@frozen
class DiscountFacts:
    """A member buys; *homes* is how many they have bought before."""

    price: Money
    homes: int
    is_member: bool = True


@frozen
class Queueing:
    """Somebody in the queue for a release; *registered* is any value that grows with time."""

    code: str
    registered: date
    is_member: bool


@frozen
class CareFacts:
    """A member, and when they last had an event or a personal service."""

    is_member: bool
    last_care: date | None
    joined_on: date | None = None


@frozen
class HeldActivity:
    """An activity the club held."""

    on: date
    kind: ClubActivity


@frozen
class ClubMonths:
    """The club's activities, looked at from the month of *first* to that of *last*."""

    first: date
    last: date
    held: tuple[HeldActivity, ...]


@frozen
class Attendance:
    """A member signed up for an activity, and came or not."""

    member: str
    on: date
    came: bool


@frozen
class Participation:
    """Who came to the club, up to a day."""

    on: date
    members: int
    attendances: tuple[Attendance, ...]


@frozen
class Crossing:
    """A balance before and after an entry."""

    before: Points
    now: Points


@frozen
class Expiring:
    """Points that can be spent until *last_day*."""

    points: Points
    last_day: date


def months_later(day: date, months: int) -> date:
    """The same day of the month *months* later, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year < date.max.year:
        raise InvalidFacts(f"{months} months from {day} lie outside the calendar")
    following = date(year + month // 11, (month + 1) % 12 + 1, 1)
    last = date.fromordinal(following.toordinal() - 1)
    return last if day.day > last.day else last.replace(day=day.day)
