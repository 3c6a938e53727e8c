"""Business time: the open hours of one office, added, subtracted and measured."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from attrs import Factory, evolve, field, frozen
from pendulum import DateTime

from estatecrm.calendars import _counting
from estatecrm.calendars._bulk import forward_many
from estatecrm.calendars._conventions import (
    Convention,
    Conventions,
    Ending,
    Negative,
    NothingElapsed,
    PauseOutside,
    Precision,
)
from estatecrm.calendars._hours import OfficeHours
from estatecrm.calendars._moments import (
    MINUTE,
    SECOND,
    SHANGHAI,
    Zone,
    microseconds_in,
    zone_named,
)
from estatecrm.calendars._opendates import after_open_dates, before_open_dates
from estatecrm.calendars._pauses import Intervals, Pause, intervals
from estatecrm.calendars._reckoning import Elapsed, Reckoning
from estatecrm.calendars._timeline import Timeline
from estatecrm.calendars._working import WorkingCalendar
from estatecrm.errors import InvalidFacts
from estatecrm.values import BusinessHours


@frozen
class BusinessTime:
    """
    The open time of an office: which dates, which hours, in which zone, under which conventions.

    Windows are half-open, results exact to the microsecond. Answers carry the years they had to assume, name the
    conventions that decided and list the closed dates they passed. Counting reaches from 1900 to 2299.
    """

    calendar: WorkingCalendar
    hours: OfficeHours
    zone: str = SHANGHAI
    conventions: Conventions = Factory(Conventions)
    _at: Zone = field(
        init=False, eq=False, repr=False, default=Factory(lambda self: zone_named(self.zone), takes_self=True)
    )
    _timeline: Timeline = field(
        init=False,
        eq=False,
        repr=False,
        default=Factory(lambda self: Timeline(self.calendar, self.hours, self._at), takes_self=True),
    )
    _at_closing: bool = field(
        init=False,
        eq=False,
        repr=False,
        default=Factory(lambda self: self.conventions.ending is Ending.AT_CLOSING, takes_self=True),
    )
    _exact: bool = field(
        init=False,
        eq=False,
        repr=False,
        default=Factory(lambda self: self.conventions.precision is Precision.EXACT, takes_self=True),
    )

    def following(self, *choices: Convention) -> "BusinessTime":
        """The same office under other conventions: ``office.following(Ending.AT_NEXT_OPENING)``."""
        other = evolve(self, conventions=self.conventions.choosing(*choices))
        object.__setattr__(other, "_timeline", self._timeline)
        return other

    def add(self, start: datetime, amount: BusinessHours | timedelta, *, pauses: Iterable[Pause] = ()) -> Reckoning:
        """
        When *amount* of open time has passed since *start*, the clock standing still during *pauses*.

        With no amount: *start* itself if the office is open, else the next opening.

        Raises:
            InvalidFacts: no time zone, overlapping pauses, or a negative amount where conventions refuse it.
        """
        at, span = self._at.microseconds(start), _microseconds(amount)
        still = intervals(pauses) if pauses else ()
        return Reckoning(self, at, self.add_us(at, span, still), lambda other: other.add_us(at, span, still))

    def subtract(self, start: datetime, amount: BusinessHours | timedelta) -> Reckoning:
        """From when *amount* of open time leads up to *start*; the conventions apply mirrored."""
        at, span = self._at.microseconds(start), _microseconds(amount)
        return Reckoning(self, at, self.subtract_us(at, span), lambda other: other.subtract_us(at, span))

    def add_open_dates(self, start: datetime, dates: int) -> Reckoning:
        """*dates* open dates later, in the meaning `OneDay` gives; 0 is *start* itself."""
        at = self._at.microseconds(start)

        def end(office: BusinessTime) -> int:
            return after_open_dates(office._timeline, office._at, at, dates, office.conventions.one_day)

        return Reckoning(self, at, end(self), end)

    def subtract_open_dates(self, start: datetime, dates: int) -> Reckoning:
        """*dates* open dates earlier, mirrored: at the opening instead of the closing."""
        at = self._at.microseconds(start)

        def end(office: BusinessTime) -> int:
            return before_open_dates(office._timeline, office._at, at, dates, office.conventions.one_day)

        return Reckoning(self, at, end(self), end)

    def elapsed(self, start: datetime, end: datetime, *, pauses: Iterable[Pause] = ()) -> Elapsed:
        """The open time from *start* to *end* less that of *pauses*; negative where *end* is earlier."""
        first, last = self._at.microseconds(start), self._at.microseconds(end)
        return Elapsed(self, first, last, self.elapsed_us(first, last, intervals(pauses) if pauses else ()))

    def is_open(self, moment: datetime) -> bool:
        """Whether the office is open; at the very closing it is not."""
        at = self._at.microseconds(moment)
        stretch = self._timeline.covering(at)
        index = bisect_right(stretch.opens, at) - 1
        return index >= 0 and at < stretch.closes[index]

    def first_open(self, moment: datetime) -> DateTime:
        """*moment* itself if the office is open, else the next opening."""
        return self._at.moment(_counting.forward(self._timeline, self._at.microseconds(moment), 0, at_closing=True))

    def next_opening(self, moment: datetime) -> DateTime:
        """The first opening after *moment*."""
        at = self._at.microseconds(moment)
        stretch = self._timeline.covering(at)
        while (index := bisect_right(stretch.opens, at)) == len(stretch.opens):
            stretch = self._timeline.later(stretch)
        return self._at.moment(stretch.opens[index])

    def previous_opening(self, moment: datetime) -> DateTime:
        """The last opening before *moment*."""
        at = self._at.microseconds(moment)
        stretch = self._timeline.covering(at)
        while (index := bisect_left(stretch.opens, at) - 1) < 0:
            stretch = self._timeline.earlier(stretch)
        return self._at.moment(stretch.opens[index])

    def windows_from(self, moment: datetime) -> Iterator[tuple[DateTime, DateTime]]:
        """The open windows from *moment* on, without end; the first is cut where *moment* lies within."""
        at = self._at.microseconds(moment)
        while True:
            at = _counting.forward(self._timeline, at, 0, at_closing=True)
            stretch = self._timeline.covering(at)
            closing = stretch.closes[bisect_right(stretch.opens, at) - 1]
            yield self._at.moment(at), self._at.moment(closing)
            at = closing

    def add_us(self, start: int, amount: int, pauses: Intervals = ()) -> int:
        """`add` on microseconds since 1970; *pauses* in order and not overlapping."""
        if amount >= 0 and not pauses and self._exact:
            return _counting.forward(self._timeline, start, amount, at_closing=self._at_closing)
        conventions = self.conventions
        if amount < 0:
            if conventions.negative is Negative.REFUSED:
                raise InvalidFacts("an amount of business time is never below zero: use subtract")
            return self.subtract_us(start, -amount)
        at_closing = self._at_closing
        if not pauses:
            due = _counting.forward(self._timeline, start, amount, at_closing=at_closing)
        elif conventions.pause_outside is PauseOutside.EXTENDS:
            held = sum(last - max(first, start) for first, last in pauses if last > start)
            due = _counting.forward(self._timeline, start, amount + held, at_closing=at_closing)
        else:
            due = _counting.forward_through(self._timeline, start, amount, pauses, at_closing=at_closing)
        return due if self._exact else due - due % MINUTE

    def add_many(self, starts: Sequence[int], amount: BusinessHours | timedelta) -> "array[int]":
        """
        `add` without pauses for every start, in their order, on microseconds since 1970.

        Any sequence of integers will do; the answer is an array of signed 64-bit integers, which numpy reads
        without a copy.
        """
        span = _microseconds(amount)
        if not len(starts) or span < 0 or not self._exact:
            return array("q", [self.add_us(start, span) for start in starts])
        return forward_many(self._timeline, starts, span, at_closing=self._at_closing)

    def subtract_us(self, start: int, amount: int) -> int:
        """`subtract` on microseconds since 1970."""
        if amount < 0:
            if self.conventions.negative is Negative.REFUSED:
                raise InvalidFacts("an amount of business time is never below zero: use add")
            return self.add_us(start, -amount)
        origin = _counting.backward(self._timeline, start, amount, at_opening=self._at_closing)
        return origin if self._exact else origin - origin % MINUTE

    def elapsed_us(self, start: int, end: int, pauses: Intervals = ()) -> int:
        """`elapsed` on microseconds since 1970."""
        passed = _counting.elapsed(self._timeline, start, end, pauses)
        if not passed and self.conventions.nothing_elapsed is NothingElapsed.ONE_SECOND:
            return SECOND
        return passed

    def assumed_us(self, start: int, end: int) -> tuple[int, ...]:
        """The unpublished years between two moments that the counting had to assume."""
        first, last = min(start, end), max(start, end)
        self._timeline.covering(first)
        assumed = self._timeline.covering(last).assumed
        if not assumed:
            return ()
        # 24:00 of the last of December does not touch the year that begins there.
        from_year, to_year = self._at.date(first).year, self._at.date(max(first, last - 1)).year
        return tuple(sorted(year for year in assumed if from_year <= year <= to_year))


def _microseconds(amount: BusinessHours | timedelta) -> int:
    if isinstance(amount, BusinessHours):
        return amount.seconds * SECOND
    if isinstance(amount, timedelta):
        return microseconds_in(amount)
    raise InvalidFacts(f"business time is measured in BusinessHours or a timedelta, not {type(amount).__name__}")
