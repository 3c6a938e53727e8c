"""Decimal arithmetic that never asks the ambient context and never drops a digit without being told to."""

from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
)
from enum import Enum

from estatecrm.errors import InvalidFacts

_EXACT = Context(prec=120, traps=[Inexact, InvalidOperation, Overflow])
_DIVIDING = Context(prec=34, rounding=ROUND_HALF_EVEN, traps=[InvalidOperation, DivisionByZero, Overflow])
_ROUNDING = Context(prec=120, traps=[InvalidOperation, Overflow])
_LARGEST = 30
_SMALLEST = -90

ZERO = Decimal(0)
_ONE = Decimal(1)


class Rounding(Enum):
    """How a digit is dropped; always named where it happens."""

    HALF_UP = ROUND_HALF_UP
    """Half away from zero: 四舍五入."""
    HALF_EVEN = ROUND_HALF_EVEN
    DOWN = ROUND_DOWN
    """Towards zero: 舍尾."""
    UP = ROUND_UP
    """Away from zero: 进一."""
    FLOOR = ROUND_FLOOR
    CEILING = ROUND_CEILING


def exact_decimal(value: int | str | Decimal) -> Decimal:
    """
    The number *value* writes, digit for digit.

    Raises:
        InvalidFacts: a float, a bool, not a number, not finite, or of more than 30 digits before the point.
    """
    if type(value) is int:
        number = Decimal(value)
    elif isinstance(value, Decimal):
        number = value
    elif isinstance(value, str):
        number = _read(value)
    else:
        raise InvalidFacts(
            f"{type(value).__name__} is not an exact number: pass an int, a str such as '12.50' or a Decimal"
        )
    if not number.is_finite():
        raise InvalidFacts("an amount must be a finite number")
    if number and not _SMALLEST <= number.adjusted() <= _LARGEST:
        raise InvalidFacts(f"an amount has at most {_LARGEST} digits before the decimal point")
    return number or number.copy_abs()


def add(left: Decimal, right: Decimal) -> Decimal:
    """The sum, exact."""
    return _exactly(_EXACT.add, left, right)


def subtract(left: Decimal, right: Decimal) -> Decimal:
    """The difference, exact."""
    return _exactly(_EXACT.subtract, left, right)


def multiply(left: Decimal, right: Decimal) -> Decimal:
    """The product, exact."""
    return _exactly(_EXACT.multiply, left, right)


def divide(left: Decimal, right: Decimal) -> Decimal:
    """The quotient to 34 significant digits: the one operation that cannot always be exact."""
    if not right:
        raise InvalidFacts("division by zero")
    return _DIVIDING.divide(left, right)


def scale(value: Decimal, places: int) -> Decimal:
    """*value* with its decimal point moved *places* to the right."""
    return _EXACT.scaleb(value, places)


def round_to(value: Decimal, how: Rounding, places: int) -> Decimal:
    """*value* with *places* decimals, negative for tens and hundreds; zero never wears a minus sign."""
    rounded = value.quantize(_EXACT.scaleb(_ONE, -places), rounding=how.value, context=_ROUNDING)
    if places < 0:
        rounded = rounded.quantize(_ONE, context=_EXACT)
    return rounded or rounded.copy_abs()


def plain(value: Decimal) -> str:
    """*value* in digits without exponent or needless zeros."""
    return f"{_EXACT.normalize(value):f}"


def _read(text: str) -> Decimal:
    if "_" in text:
        raise InvalidFacts("a number is written with digits and one decimal point")
    try:
        return Decimal(text)
    except InvalidOperation:
        raise InvalidFacts("a number is written with digits and one decimal point") from None


def _exactly(operation: Callable[[Decimal, Decimal], Decimal], left: Decimal, right: Decimal) -> Decimal:
    try:
        return operation(left, right)
    except Inexact:
        raise InvalidFacts("a result of more than 120 digits: round the parts first") from None
