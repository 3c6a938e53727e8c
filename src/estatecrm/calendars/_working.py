"""The arithmetic of working days, and a host's own days on top of any calendar."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import final

from attrs import frozen

from estatecrm.calendars._days import CountedDay, Day, DayCount, DayReason, Roll
from estatecrm.calendars._daytable import DayTable
from estatecrm.calendars._moments import ordinal_of
from estatecrm.errors import InvalidCalendar, UnpublishedYear


class WorkingCalendar(ABC):
    """
    Knows of every date whether it is worked. A host's own calendar overrides `day` and nothing else.

    A year that is not published is counted as the plain week and named in `assumed_years` of the answer;
    `strict` refuses it instead. Counting reaches from 1900 to 2299.
    """

    @abstractmethod
    def day(self, day: date, /) -> Day:
        """What is known of *day*. The answer for a date never changes during the life of the calendar."""

    def with_days(
        self, *, off: Iterable[date] = (), work: Iterable[date] = (), publishes: Iterable[int] = ()
    ) -> "HostDays":
        """The same calendar with the host's own days on top; *publishes* names years the host vouches for."""
        return HostDays(self, frozenset(off), frozenset(work), frozenset(publishes))

    def strict(self) -> "StrictCalendar":
        """The same calendar, refusing years that are not published."""
        return StrictCalendar(self)

    @final
    def add_working_days(self, start: date, days: int) -> CountedDay:
        """The *days*-th working day after *start* (before it where negative); with 0 *start* itself."""
        origin = ordinal_of(start)
        found = self.table.nth(origin, days) if days else origin
        return self._counted(origin, found)

    @final
    def working_days_between(self, start: date, end: date) -> DayCount:
        """Working days from *start* up to, not including, *end*; backwards and negative where *end* is earlier."""
        first, last = ordinal_of(start), ordinal_of(end)
        days = self.table.count(first, last) if first <= last else -self.table.count(last + 1, first + 1)
        return DayCount(days, self.table.assumed(min(first, last), max(first, last)))

    @final
    def next_working_day(self, day: date) -> CountedDay:
        """The first working day after *day*."""
        return self.add_working_days(day, 1)

    @final
    def previous_working_day(self, day: date) -> CountedDay:
        """The last working day before *day*."""
        return self.add_working_days(day, -1)

    @final
    def roll(self, day: date, roll: Roll) -> CountedDay:
        """*day* itself if it is worked, else where *roll* moves it."""
        origin = ordinal_of(day)
        if roll is Roll.NONE or self.day(day).working:
            return self._counted(origin, origin)
        found = self.table.nth(origin, -1 if roll is Roll.PREVIOUS else 1)
        if roll is Roll.NEXT_IN_MONTH and date.fromordinal(found).month != day.month:
            found = self.table.nth(origin, -1)
        return self._counted(origin, found)

    @cached_property
    def table(self) -> DayTable:
        """The integer table behind the counting, filled year by year as it is asked."""
        return DayTable(self.day)

    def _counted(self, origin: int, found: int) -> CountedDay:
        years = self.table.assumed(min(origin, found), max(origin, found))
        return CountedDay(date.fromordinal(found), years)


@frozen(slots=False)
class HostDays(WorkingCalendar):
    """
    A calendar with the host's own days off and days worked on top.

    Raises:
        InvalidCalendar: a date is both off and worked.
    """

    base: WorkingCalendar
    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()
    publishes: frozenset[int] = frozenset()

    def __attrs_post_init__(self) -> None:
        both = self.off & self.work
        if both:
            raise InvalidCalendar(f"{min(both)} is named both as a day off and as a day worked")

    def day(self, day: date, /) -> Day:
        """What is known of *day*."""
        known = self.base.day(day)
        published = known.published or day.year in self.publishes
        if day in self.off:
            return Day(day, working=False, reason=DayReason.HOST_OFF, published=published)
        if day in self.work:
            return Day(day, working=True, reason=DayReason.HOST_WORK, published=published)
        if published is known.published:
            return known
        return Day(day, working=known.working, reason=known.reason, published=published)


@frozen(slots=False)
class StrictCalendar(WorkingCalendar):
    """A calendar that refuses years nobody has published."""

    base: WorkingCalendar

    def day(self, day: date, /) -> Day:
        """
        What is known of *day*.

        Raises:
            UnpublishedYear: its year is not published.
        """
        known = self.base.day(day)
        if not known.published:
            raise UnpublishedYear(day.year)
        return known
