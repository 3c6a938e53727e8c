"""Ranges and thresholds: both count their bounds in unless told otherwise (以上含本数)."""

from enum import Enum
from typing import Generic, Protocol, Self, TypeVar

from attrs import frozen

from estatecrm.errors import InvalidFacts


class Ordered(Protocol):
    """Anything two of which can be put in order."""

    def __lt__(self, other: Self, /) -> bool: ...


T = TypeVar("T", bound=Ordered)


class Bound(Enum):
    """Whether a bound belongs to what it bounds."""

    INCLUSIVE = "inclusive"
    EXCLUSIVE = "exclusive"


@frozen
class Range(Generic[T]):
    """
    From *least* to *most*, both included; None leaves that side open.

    Raises:
        InvalidFacts: *least* is above *most*.
    """

    least: T | None = None
    most: T | None = None

    def __attrs_post_init__(self) -> None:
        if self.least is not None and self.most is not None and self.most < self.least:
            raise InvalidFacts("a range runs from its least to its most; these are the wrong way round")

    def contains(self, value: T) -> bool:
        """Whether *value* lies in the range, its ends included."""
        if self.least is not None and value < self.least:
            return False
        return self.most is None or not self.most < value


@frozen
class Least(Generic[T]):
    """
    The threshold of "*value* or more" (以上); *value* itself reaches it unless the bound is exclusive.

    Source: the reading of 以上 in Chinese legal drafting (rulebook R-04).
    """

    value: T
    bound: Bound = Bound.INCLUSIVE

    def reached(self, value: T) -> bool:
        """Whether *value* is enough."""
        if self.bound is Bound.EXCLUSIVE:
            return self.value < value
        return not value < self.value


def at_least(value: T, *, bound: Bound = Bound.INCLUSIVE) -> Least[T]:
    """*value* or more; ``bound=Bound.EXCLUSIVE`` reads it as more than *value*."""
    return Least(value, bound)
