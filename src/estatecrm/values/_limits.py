"""Time limits: five ways to say how long, which are never the same thing."""

from decimal import Decimal
from typing import Self

from attrs import field, frozen

from estatecrm.errors import InvalidFacts
from estatecrm.values._exact import divide, exact_decimal, multiply

_HOUR = 3600
_HOUR_EXACT = Decimal(_HOUR)


class TimeLimit:
    """How long something may take. What a limit means on a given day is counted in `estatecrm.calendars`."""

    __slots__ = ()


def _natural(value: int) -> int:
    if type(value) is not int:
        raise InvalidFacts(f"a time limit counts whole units: pass an int, not {type(value).__name__}")
    if value < 0:
        raise InvalidFacts("a time limit is never below zero")
    return value


def _seconds(hours: int | str | Decimal) -> int:
    seconds = multiply(exact_decimal(hours), _HOUR_EXACT)
    if seconds != int(seconds):
        raise InvalidFacts("hours must come to whole seconds; use of_minutes or of_seconds")
    return _natural(int(seconds))


@frozen(order=True)
class NaturalDays(TimeLimit):
    """Calendar days (日). The trigger day is not counted; the limit ends with its last day."""

    days: int = field(converter=_natural)

    def __repr__(self) -> str:
        return f"NaturalDays({self.days})"


@frozen(order=True)
class WorkingDays(TimeLimit):
    """Working days (工作日) of a calendar with its make-up days."""

    days: int = field(converter=_natural)

    def __repr__(self) -> str:
        return f"WorkingDays({self.days})"


@frozen(order=True, init=False)
class _Hours(TimeLimit):
    """An exact span kept in whole seconds."""

    seconds: int

    def __init__(self, hours: int | str | Decimal) -> None:
        object.__setattr__(self, "seconds", _seconds(hours))

    @classmethod
    def of_minutes(cls, minutes: int) -> Self:
        """*minutes* whole minutes."""
        return cls.of_seconds(_natural(minutes) * 60)

    @classmethod
    def of_seconds(cls, seconds: int) -> Self:
        """*seconds* whole seconds."""
        limit = cls.__new__(cls)
        object.__setattr__(limit, "seconds", _natural(seconds))
        return limit

    @property
    def hours(self) -> Decimal | int:
        """The span in hours: an int where it is whole."""
        whole, rest = divmod(self.seconds, _HOUR)
        return whole if not rest else divide(Decimal(self.seconds), _HOUR_EXACT)

    def __repr__(self) -> str:
        name = type(self).__name__
        if self.seconds % _HOUR == 0:
            return f"{name}({self.seconds // _HOUR})"
        if self.seconds % 60 == 0:
            return f"{name}.of_minutes({self.seconds // 60})"
        return f"{name}.of_seconds({self.seconds})"


@frozen(order=True, init=False, repr=False)
class ClockHours(_Hours):
    """Hours by the clock on the wall, night and holiday alike: ``ClockHours(24)``, ``ClockHours("1.5")``."""


@frozen(order=True, init=False, repr=False)
class BusinessHours(_Hours):
    """Hours during which the office is open."""


@frozen
class TimeWord(TimeLimit):
    """A time word without a number. What it means is one overridable rule's business (rulebook R-02)."""

    name: str


ALARM = TimeWord("alarm")
"""马上, 第一时间: the first moment."""
IMMEDIATE = TimeWord("immediate")
"""立即, 立刻: at once."""
PROMPT = TimeWord("prompt")
"""及时: in good time."""
