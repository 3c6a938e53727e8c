"""What is asked of the ledger of points; a retry is known by its key, and by asking the same."""

import hashlib
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Final, TypeAlias

from attrs import field, fields, frozen

from estatecrm.errors import InvalidFacts
from estatecrm.model.loyalty import Gift
from estatecrm.model.points import PointsEvent
from estatecrm.values import Money, Points, yuan


@frozen(kw_only=True)
class Award:
    """Something happened that earns points; without a *key*, the same event with the same cause pays once."""

    member: str
    event: PointsEvent
    cause: str
    times: int = 1
    price: Money | None = None
    discount: Money = field(factory=lambda: yuan(0))
    offset: Money = field(factory=lambda: yuan(0))
    key: str = ""

    @property
    def known_by(self) -> str:
        """The key."""
        return self.key or f"{self.event.value}:{self.member}:{self.cause}"


@frozen(kw_only=True)
class Redemption:
    """Points are spent on *cause*."""

    member: str
    points: Points
    cause: str
    key: str

    @property
    def known_by(self) -> str:
        """The key."""
        return self.key


@frozen(kw_only=True)
class GiftOrder:
    """Points are exchanged for *count* of a gift; *gift* is None if the list has none of that code."""

    member: str
    gift: Gift | None
    count: int = 1
    key: str

    @property
    def known_by(self) -> str:
        """The key."""
        return self.key


@frozen(kw_only=True)
class PriceOffset:
    """A home is paid in part with points: *wanted*, or as many as may be; once for a contract without a *key*."""

    member: str
    contract: str
    contract_price: Money
    wanted: Points | None = None
    key: str = ""

    @property
    def known_by(self) -> str:
        """The key."""
        return self.key or f"offset:{self.contract}"


@frozen(kw_only=True)
class Vesting:
    """The frozen points of the earning kept under *of* become usable."""

    of: str
    cause: str
    key: str = ""

    @property
    def known_by(self) -> str:
        """The key."""
        return self.key or f"vest:{self.of}"


@frozen(kw_only=True)
class Refund:
    """The redemption kept under *of* is undone: *points* of it, or what is left."""

    of: str
    cause: str
    points: Points | None = None
    key: str = ""

    @property
    def known_by(self) -> str:
        """The key."""
        return self.key or f"refund:{self.of}"


@frozen(kw_only=True)
class Reversal:
    """The earning kept under *of* is undone: *points* of it, or what is left."""

    of: str
    cause: str
    points: Points | None = None
    key: str = ""

    @property
    def known_by(self) -> str:
        """The key."""
        return self.key or f"reverse:{self.of}"


@frozen(kw_only=True)
class Transfer:
    """Points are given to another member."""

    giver: str
    receiver: str
    points: Points
    cause: str
    key: str
    same_household: bool = False

    @property
    def known_by(self) -> str:
        """The key."""
        return self.key


@frozen(kw_only=True)
class Adjustment:
    """Points are added, or taken if negative, by hand, with the consent of *approver*."""

    member: str
    points: Points
    cause: str
    approver: str
    key: str

    @property
    def known_by(self) -> str:
        """The key."""
        return self.key


PointsRequest: TypeAlias = (
    Award | Redemption | GiftOrder | PriceOffset | Vesting | Refund | Reversal | Transfer | Adjustment
)


_ASKED: Final[dict[type, tuple[str, ...]]] = {
    kind: tuple(part.name for part in fields(kind) if part.name not in {"key", "same_household"})
    for kind in (Award, Redemption, GiftOrder, PriceOffset, Vesting, Refund, Reversal, Transfer, Adjustment)
}
"""The fields that make two requests the same: not the key, and not what the host looked up for the rule."""


def fingerprint(request: PointsRequest) -> str:
    """
    The digest of what *request* asks, whoever asks it and by whatever key: equal amounts are the same, however written.

    Raises:
        InvalidFacts: its key is empty or holds a line break.
    """
    key = request.known_by
    if not key.strip() or "\n" in key:
        raise InvalidFacts("a request needs a key on one line: a retry is known by it")
    asked = (_said(getattr(request, name)) for name in _ASKED[type(request)])
    return hashlib.sha256("\x1f".join((type(request).__name__, *asked)).encode()).hexdigest()[:32]


def _said(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Money):
        return _plain(value.amount)
    if isinstance(value, Points):
        return str(value.count)
    if isinstance(value, Gift):
        return f"{value.code}\x1e{value.price.count}"
    if isinstance(value, Enum):
        return str(value.value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _plain(amount: Decimal) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
