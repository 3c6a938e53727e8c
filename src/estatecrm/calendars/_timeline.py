"""
Open time as sorted integers: when each window opens and closes, and how much open time lies before it.

A *position* is an amount of open time since a stretch began. Moments become positions and positions moments by one
bisection each, whatever lies between them.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date

from attrs import evolve, frozen

from estatecrm.calendars._clock import Spans
from estatecrm.calendars._hours import OfficeHours
from estatecrm.calendars._moments import DAY, FIRST_YEAR, LAST_YEAR, Zone
from estatecrm.calendars._working import WorkingCalendar
from estatecrm.errors import InvalidCalendar, InvalidFacts

_BARREN_YEARS = 3


@frozen
class Stretch:
    """
    The windows of an unbroken run of years, in microseconds since 1970; `before` has one entry more.

    Moments from *start* up to *end* have their position here. A stretch is replaced as a whole when it grows.
    """

    first: int
    last: int
    start: int
    end: int
    opens: list[int]
    closes: list[int]
    before: list[int]
    open_days: list[int]
    assumed: frozenset[int]

    def position(self, moment: int) -> int:
        """The open time from the start of the stretch to *moment*."""
        index = bisect_right(self.opens, moment) - 1
        if index < 0:
            return 0
        return self.before[index] + min(moment, self.closes[index]) - self.opens[index]

    def barren(self, first: int, last: int) -> bool:
        """Whether the years *first* to *last* lie in the stretch and have no open day."""
        if first < self.first or last > self.last:
            return False
        start, end = date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal()
        return bisect_left(self.open_days, start) == bisect_right(self.open_days, end)


class Timeline:
    """The open time of one office, read year by year as it is asked for."""

    __slots__ = ("_calendar", "_hours", "_stretch", "_zone")

    def __init__(self, calendar: WorkingCalendar, hours: OfficeHours, zone: Zone) -> None:
        self._calendar = calendar
        self._hours = hours
        self._zone = zone
        self._stretch: Stretch | None = None

    def covering(self, moment: int) -> Stretch:
        """A stretch in which *moment* has its position."""
        stretch = self._stretch
        if stretch is not None and stretch.start <= moment < stretch.end:
            return stretch
        return self._reaching(moment)

    def later(self, stretch: Stretch) -> Stretch:
        """
        *stretch* and the year after it.

        Raises:
            InvalidCalendar: the office has not opened for three years.
            InvalidFacts: the count leaves the years 1900 to 2299.
        """
        first = stretch.last - _BARREN_YEARS + 1
        if stretch.barren(first, stretch.last):
            raise _never_open(first, stretch.last)
        grown = self._stretch = _joined(stretch, self._read(stretch.last + 1))
        return grown

    def earlier(self, stretch: Stretch) -> Stretch:
        """*stretch* and the year before it; raises as `later` does."""
        last = stretch.first + _BARREN_YEARS - 1
        if stretch.barren(stretch.first, last):
            raise _never_open(stretch.first, last)
        grown = self._stretch = _joined(self._read(stretch.first - 1), stretch)
        return grown

    def _reaching(self, moment: int) -> Stretch:
        stretch = self._stretch
        if stretch is None:
            stretch = self._read(self._zone.date(moment).year)
        while moment >= stretch.end:
            stretch = _joined(stretch, self._read(stretch.last + 1))
        while moment < stretch.start:
            stretch = _joined(self._read(stretch.first - 1), stretch)
        self._stretch = stretch
        return stretch

    def _read(self, year: int) -> Stretch:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise InvalidFacts(f"calendars reach from {FIRST_YEAR} to {LAST_YEAR}; the count leaves them")
        first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        opens: list[int] = []
        closes: list[int] = []
        open_days: list[int] = []
        published = True
        for ordinal in range(first, last + 1):
            day = self._calendar.day(date.fromordinal(ordinal))
            published = published and day.published
            for start, end in self._instants(ordinal, self._hours.spans_on(day)):
                opens.append(max(start, closes[-1]) if closes else start)
                closes.append(max(end, opens[-1]))
                open_days.append(ordinal)
        # A shift over midnight that began last year may still run on the first of January.
        start = self._zone.midnight(first + 1 if self._hours.overnight else first)
        end = self._zone.midnight(last + 1)
        assumed: frozenset[int] = frozenset() if published else frozenset({year})
        return _stretch(year, (start, end), opens, closes, open_days, assumed)

    def _instants(self, ordinal: int, spans: Spans) -> Iterator[tuple[int, int]]:
        """*spans* of local clock time as instants; a window swallowed by a change of the clocks is left out."""
        midnight = self._zone.midnight(ordinal)
        even = self._zone.midnight(ordinal + 1) - midnight == DAY
        for opens, closes in spans:
            start = midnight + opens if even else self._zone.at(ordinal, opens)
            end = midnight + closes if even and closes <= DAY else self._zone.at(ordinal, closes)
            if start < end:
                yield start, end


def _stretch(
    year: int,
    reach: tuple[int, int],
    opens: list[int],
    closes: list[int],
    open_days: list[int],
    assumed: frozenset[int],
) -> Stretch:
    before = [0]
    for start, end in zip(opens, closes, strict=True):
        before.append(before[-1] + end - start)
    days = list(dict.fromkeys(open_days))
    return Stretch(year, year, *reach, opens, closes, before, days, assumed)


def _joined(earlier: Stretch, later: Stretch) -> Stretch:
    if earlier.closes and later.opens and later.opens[0] < earlier.closes[-1]:
        later = _beginning(later, earlier.closes[-1])
    offset = earlier.before[-1]
    return Stretch(
        earlier.first,
        later.last,
        earlier.start,
        later.end,
        earlier.opens + later.opens,
        earlier.closes + later.closes,
        earlier.before + [offset + each for each in later.before[1:]],
        earlier.open_days + later.open_days,
        earlier.assumed | later.assumed,
    )


def _beginning(stretch: Stretch, moment: int) -> Stretch:
    """*stretch* without its open time before *moment*, where a shift of the year before still runs."""
    opens = [max(start, moment) for start in stretch.opens]
    closes = [max(end, moment) for end in stretch.closes]
    before = [0]
    for start, end in zip(opens, closes, strict=True):
        before.append(before[-1] + end - start)
    return evolve(stretch, opens=opens, closes=closes, before=before)


def _never_open(first: int, last: int) -> InvalidCalendar:
    return InvalidCalendar(f"the office never opens from {first} to {last}: check its days and windows")
