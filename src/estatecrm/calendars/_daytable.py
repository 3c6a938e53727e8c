"""Working days as a sorted list of ordinals, grown year by year."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date
from typing import Protocol

from attrs import frozen

from estatecrm.calendars._moments import FIRST_YEAR, LAST_YEAR
from estatecrm.errors import InvalidCalendar, InvalidFacts

_BARREN_YEARS = 3


class KnownDay(Protocol):
    """What the table needs to know of a date."""

    @property
    def working(self) -> bool: ...
    @property
    def published(self) -> bool: ...


@frozen
class _Years:
    """An unbroken run of years; replaced as a whole when it grows, so that readers never see half of it."""

    first: int
    last: int
    working: tuple[int, ...]
    assumed: frozenset[int]


class DayTable:
    """The working days of a calendar as integers."""

    __slots__ = ("_day", "_years")

    def __init__(self, day: Callable[[date], KnownDay]) -> None:
        self._day = day
        self._years: _Years | None = None

    def nth(self, ordinal: int, days: int) -> int:
        """
        The *days*-th working day after *ordinal*, before it where *days* is negative; never zero.

        Raises:
            InvalidCalendar: three years on end have no working day.
            InvalidFacts: the count leaves the years 1900 to 2299.
        """
        years = self._covering(ordinal, ordinal)
        while True:
            working = years.working
            if days > 0:
                index = bisect_right(working, ordinal) + days - 1
                if index < len(working):
                    return working[index]
                years = self._later(years)
            else:
                index = bisect_left(working, ordinal) + days
                if index >= 0:
                    return working[index]
                years = self._earlier(years)

    def count(self, first: int, end: int) -> int:
        """Working days from *first* on, without *end*."""
        if end <= first:
            return 0
        working = self._covering(first, end - 1).working
        return bisect_left(working, end) - bisect_left(working, first)

    def assumed(self, first: int, last: int) -> tuple[int, ...]:
        """The years from *first* to *last* (ordinals) that are not published."""
        known = self._covering(first, last)
        if not known.assumed:
            return ()
        start, end = date.fromordinal(first).year, date.fromordinal(last).year
        return tuple(sorted(year for year in known.assumed if start <= year <= end))

    def _covering(self, first: int, last: int) -> _Years:
        from_year, to_year = date.fromordinal(first).year, date.fromordinal(last).year
        years = self._years
        if years is None:
            years = self._years = self._read(from_year, to_year)
        if from_year < years.first:
            years = self._years = _joined(self._read(from_year, years.first - 1), years)
        if to_year > years.last:
            years = self._years = _joined(years, self._read(years.last + 1, to_year))
        return years

    def _later(self, years: _Years) -> _Years:
        horizon = date(years.last, 1, 1).toordinal()
        if years.last - years.first >= _BARREN_YEARS and not self._any(years, horizon, 1 - _BARREN_YEARS):
            raise _never_worked(years.last)
        grown = self._years = _joined(years, self._read(years.last + 1, years.last + 1))
        return grown

    def _earlier(self, years: _Years) -> _Years:
        horizon = date(years.first, 1, 1).toordinal()
        if years.last - years.first >= _BARREN_YEARS and not self._any(years, horizon, _BARREN_YEARS - 1):
            raise _never_worked(years.first)
        grown = self._years = _joined(self._read(years.first - 1, years.first - 1), years)
        return grown

    def _any(self, years: _Years, horizon: int, reach: int) -> bool:
        """Whether any day within *reach* years of the *horizon* year is worked."""
        year = date.fromordinal(horizon).year
        first, last = date(min(year, year + reach), 1, 1), date(max(year, year + reach), 12, 31)
        return bisect_left(years.working, first.toordinal()) < bisect_right(years.working, last.toordinal())

    def _read(self, first: int, last: int) -> _Years:
        if first < FIRST_YEAR or last > LAST_YEAR:
            raise InvalidFacts(f"calendars reach from {FIRST_YEAR} to {LAST_YEAR}; the count leaves them")
        working: list[int] = []
        assumed: set[int] = set()
        for ordinal in range(date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal() + 1):
            each = date.fromordinal(ordinal)
            known = self._day(each)
            if known.working:
                working.append(ordinal)
            if not known.published:
                assumed.add(each.year)
        return _Years(first, last, tuple(working), frozenset(assumed))


def _joined(earlier: _Years, later: _Years) -> _Years:
    return _Years(earlier.first, later.last, earlier.working + later.working, earlier.assumed | later.assumed)


def _never_worked(year: int) -> InvalidCalendar:
    return InvalidCalendar(f"the calendar has no working day for {_BARREN_YEARS} years around {year}")
