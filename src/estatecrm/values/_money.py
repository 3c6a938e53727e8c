"""Money in yuan and points in whole points."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Self, overload

from attrs import field, frozen

from estatecrm.errors import InvalidFacts
from estatecrm.values import _exact
from estatecrm.values._exact import Rounding, exact_decimal
from estatecrm.values._rate import Rate


@frozen(order=True, repr=False)
class Money:
    """
    An amount in yuan, exact; negative is owed the other way.

    Sums and products keep every digit, a quotient 34 of them. Nothing is rounded before `rounded` is called.

    Raises:
        InvalidFacts: built from a float, a bool or a text that is no number.
    """

    amount: Decimal = field(converter=exact_decimal)

    @classmethod
    def total(cls, amounts: Iterable[Self]) -> Self:
        """The sum of *amounts*; nothing adds up to zero."""
        whole = _exact.ZERO
        for each in amounts:
            whole = _exact.add(whole, each.amount)
        return cls(whole)

    def rounded(self, how: Rounding, *, places: int = 2) -> "Money":
        """Rounded *how* to the fen, or to *places* decimals of a yuan: 0 for whole yuan, -1 for tens."""
        return Money(_exact.round_to(self.amount, how, places))

    def __add__(self, other: "Money") -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        return Money(_exact.add(self.amount, other.amount))

    def __sub__(self, other: "Money") -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        return Money(_exact.subtract(self.amount, other.amount))

    def __neg__(self) -> "Money":
        return Money(self.amount.copy_negate())

    def __abs__(self) -> "Money":
        return Money(self.amount.copy_abs())

    def __mul__(self, factor: int | Decimal | Rate) -> "Money":
        by = factor.fraction if isinstance(factor, Rate) else exact_decimal(factor)
        return Money(_exact.multiply(self.amount, by))

    __rmul__ = __mul__

    @overload
    def __truediv__(self, divisor: "Money") -> Decimal: ...
    @overload
    def __truediv__(self, divisor: int | Decimal) -> "Money": ...
    def __truediv__(self, divisor: "Money | int | Decimal") -> "Money | Decimal":
        if isinstance(divisor, Money):
            return _exact.divide(self.amount, divisor.amount)
        return Money(_exact.divide(self.amount, exact_decimal(divisor)))

    def __bool__(self) -> bool:
        return bool(self.amount)

    def __repr__(self) -> str:
        plain = f"{self.amount:f}"
        _, _, fen = plain.partition(".")
        missing = "" if len(fen) >= 2 else "." * (not fen) + "0" * (2 - len(fen))
        return f"yuan('{plain}{missing}')"


def yuan(amount: int | str | Decimal) -> Money:
    """*amount* yuan: ``yuan("1.5")`` is one yuan fifty."""
    return Money(amount)


def _whole(value: int) -> int:
    if type(value) is not int:
        raise InvalidFacts(f"points are whole: pass an int, not {type(value).__name__}")
    return value


@frozen(order=True, repr=False)
class Points:
    """Loyalty points: whole; negative is a debt."""

    count: int = field(converter=_whole)

    @classmethod
    def total(cls, entries: Iterable[Self]) -> Self:
        """The sum of *entries*; nothing adds up to zero."""
        return cls(sum(each.count for each in entries))

    def worth(self, per_point: Money) -> Money:
        """What the points are worth at *per_point* yuan each."""
        return per_point * self.count

    def __add__(self, other: "Points") -> "Points":
        if not isinstance(other, Points):
            return NotImplemented
        return Points(self.count + other.count)

    def __sub__(self, other: "Points") -> "Points":
        if not isinstance(other, Points):
            return NotImplemented
        return Points(self.count - other.count)

    def __neg__(self) -> "Points":
        return Points(-self.count)

    def __mul__(self, times: int) -> "Points":
        return Points(self.count * _whole(times))

    __rmul__ = __mul__

    def __bool__(self) -> bool:
        return bool(self.count)

    def __repr__(self) -> str:
        return f"Points({self.count})"
