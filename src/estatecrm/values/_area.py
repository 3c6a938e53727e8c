"""Floor area in square metres."""

from decimal import Decimal
from typing import overload

from attrs import field, frozen

from estatecrm.errors import InvalidFacts
from estatecrm.values import _exact
from estatecrm.values._exact import Rounding, exact_decimal
from estatecrm.values._money import Money
from estatecrm.values._rate import Rate


def _extent(value: int | str | Decimal) -> Decimal:
    extent = exact_decimal(value)
    if extent < _exact.ZERO:
        raise InvalidFacts("an area is never below zero square metres")
    return extent


@frozen(order=True, repr=False)
class Area:
    """A floor area in square metres, exact and never negative."""

    square_metres: Decimal = field(converter=_extent)

    def worth(self, per_square_metre: Money) -> Money:
        """The price of the area at *per_square_metre*."""
        return per_square_metre * self.square_metres

    def less(self, other: "Area") -> Decimal:
        """Square metres by which this area is larger than *other*; negative where it is smaller."""
        return _exact.subtract(self.square_metres, other.square_metres)

    def rounded(self, how: Rounding, *, places: int = 2) -> "Area":
        """Rounded *how* to *places* decimals of a square metre."""
        return Area(_exact.round_to(self.square_metres, how, places))

    def __add__(self, other: "Area") -> "Area":
        if not isinstance(other, Area):
            return NotImplemented
        return Area(_exact.add(self.square_metres, other.square_metres))

    def __mul__(self, factor: int | Decimal | Rate) -> "Area":
        by = factor.fraction if isinstance(factor, Rate) else exact_decimal(factor)
        return Area(_exact.multiply(self.square_metres, by))

    __rmul__ = __mul__

    @overload
    def __truediv__(self, divisor: "Area") -> Decimal: ...
    @overload
    def __truediv__(self, divisor: int | Decimal) -> "Area": ...
    def __truediv__(self, divisor: "Area | int | Decimal") -> "Area | Decimal":
        if isinstance(divisor, Area):
            return _exact.divide(self.square_metres, divisor.square_metres)
        return Area(_exact.divide(self.square_metres, exact_decimal(divisor)))

    def __bool__(self) -> bool:
        return bool(self.square_metres)

    def __repr__(self) -> str:
        return f"square_metres('{self.square_metres:f}')"


def square_metres(extent: int | str | Decimal) -> Area:
    """*extent* square metres."""
    return Area(extent)
