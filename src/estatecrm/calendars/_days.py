"""What is known of a date, and what counting dates answers."""

from datetime import date
from enum import Enum, IntEnum

from attrs import frozen


class Weekday(IntEnum):
    """Days of the week as `datetime.date.weekday` numbers them."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


class DayReason(Enum):
    """Why a date is worked or not."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    """Named as rest in the State Council's notice."""
    MAKE_UP = "make_up"
    """A weekend day worked in exchange (调休)."""
    HOST_OFF = "host_off"
    HOST_WORK = "host_work"


@frozen
class Day:
    """
    What a calendar knows of one date.

    *published* is false where nobody has announced the year yet and the answer rests on the plain week.
    """

    date: date
    working: bool
    reason: DayReason
    published: bool = True


class Roll(Enum):
    """Where a date goes that is not worked."""

    NONE = "none"
    NEXT = "next"
    PREVIOUS = "previous"
    NEXT_IN_MONTH = "next_in_month"
    """The next working day, but back to the previous one rather than into another month."""


@frozen
class CountedDay:
    """A date found by counting working days, and the unpublished years it was counted through."""

    date: date
    assumed_years: tuple[int, ...] = ()

    @property
    def provisional(self) -> bool:
        """Whether the date may move when a year's days off are published."""
        return bool(self.assumed_years)


@frozen
class DayCount:
    """A number of working days, and the unpublished years they were counted through."""

    days: int
    assumed_years: tuple[int, ...] = ()

    @property
    def provisional(self) -> bool:
        """Whether the number may change when a year's days off are published."""
        return bool(self.assumed_years)
