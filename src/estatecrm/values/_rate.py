"""Rates: a share of something, kept as an exact decimal fraction."""

from decimal import Decimal

from attrs import field, frozen

from estatecrm.values import _exact
from estatecrm.values._exact import Rounding, exact_decimal


@frozen(order=True, repr=False)
class Rate:
    """A share as a decimal fraction: ``Rate("0.02")`` is two per cent. A negative rate is a decrease."""

    fraction: Decimal = field(converter=exact_decimal)

    @classmethod
    def of(cls, part: int | Decimal, whole: int | Decimal) -> "Rate":
        """*part* of *whole* to 34 significant digits; *whole* is not zero."""
        return cls(_exact.divide(exact_decimal(part), exact_decimal(whole)))

    @property
    def percentage(self) -> Decimal:
        """The same share in per cent: 2 for ``Rate("0.02")``."""
        return _exact.scale(self.fraction, 2)

    def rounded(self, how: Rounding, *, places: int) -> "Rate":
        """Rounded *how* to *places* decimals of the fraction: 0.8333 with two is 0.83."""
        return Rate(_exact.round_to(self.fraction, how, places))

    def __add__(self, other: "Rate") -> "Rate":
        if not isinstance(other, Rate):
            return NotImplemented
        return Rate(_exact.add(self.fraction, other.fraction))

    def __sub__(self, other: "Rate") -> "Rate":
        if not isinstance(other, Rate):
            return NotImplemented
        return Rate(_exact.subtract(self.fraction, other.fraction))

    def __neg__(self) -> "Rate":
        return Rate(self.fraction.copy_negate())

    def __mul__(self, factor: "Rate | int | Decimal") -> "Rate":
        if isinstance(factor, Rate):
            return Rate(_exact.multiply(self.fraction, factor.fraction))
        if isinstance(factor, int | Decimal):
            return Rate(_exact.multiply(self.fraction, exact_decimal(factor)))
        return NotImplemented

    def __bool__(self) -> bool:
        return bool(self.fraction)

    def __repr__(self) -> str:
        return f"percent('{_exact.plain(self.percentage)}')"


def percent(number: int | str | Decimal) -> Rate:
    """*number* hundredths."""
    return Rate(_exact.scale(exact_decimal(number), -2))


def per_mille(number: int | str | Decimal) -> Rate:
    """*number* thousandths (千分之)."""
    return Rate(_exact.scale(exact_decimal(number), -3))


def per_ten_thousand(number: int | str | Decimal) -> Rate:
    """*number* ten-thousandths (万分之), as daily damages are written."""
    return Rate(_exact.scale(exact_decimal(number), -4))
