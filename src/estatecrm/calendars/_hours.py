"""Office hours: windows per weekday, per date, on make-up days, less part-day closures."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Self

from attrs import evolve, frozen

from estatecrm.calendars._clock import DatedWindows, Spans, Window, windows, without
from estatecrm.calendars._days import Day, DayReason, Weekday
from estatecrm.calendars._moments import DAY
from estatecrm.errors import InvalidCalendar

_ADDED = frozenset({DayReason.MAKE_UP, DayReason.HOST_WORK})


@frozen(slots=False)
class OfficeHours:
    """
    When an office is open on a date the calendar does not close.

    The week decides about weekends (an office with Saturday windows is open on Saturdays); the calendar decides
    about holidays and adds make-up days. On one date the order is: a holiday closes it, a part-day closure cuts
    its piece out, dated windows replace the week's, and a make-up day without windows of its own takes *make_up*
    or else the windows of the first open weekday. A window belongs to the date on which it opens.

    Raises:
        InvalidCalendar: windows overlap, or there is none at all.
    """

    week: tuple[tuple[Window, ...], ...]
    make_up: tuple[Window, ...] | None = None
    dated: tuple[DatedWindows, ...] = ()
    closures: tuple[DatedWindows, ...] = ()

    @classmethod
    def weekdays(cls, *texts: str | Window) -> Self:
        """The same windows from Monday to Friday: ``OfficeHours.weekdays("09:00-12:00", "13:30-18:00")``."""
        return cls((windows(*texts),) * 5 + ((),) * 2)

    @classmethod
    def daily(cls, *texts: str | Window) -> Self:
        """The same windows on all seven days."""
        return cls((windows(*texts),) * 7)

    @classmethod
    def around_the_clock(cls) -> Self:
        """Never closed but on holidays."""
        return cls.daily("00:00-24:00")

    def __attrs_post_init__(self) -> None:
        if len(self.week) != len(Weekday):
            raise InvalidCalendar("a week has seven days, Monday first")
        plans = (*self.week, *(each.windows for each in self.dated), self.make_up or ())
        if not any(plans):
            raise InvalidCalendar("the office never opens: give it at least one window")
        for plan in plans:
            windows(*plan)
        for day, (earlier, later) in enumerate(pairwise((*self.week, self.week[0]))):
            if earlier and later and earlier[-1].closes.microseconds - DAY > later[0].opens.microseconds:
                raise InvalidCalendar(
                    f"the shift {earlier[-1]} of {Weekday(day).name.title()} runs into {later[0]} of the next day"
                )

    def on_weekday(self, weekday: Weekday, *texts: str | Window) -> Self:
        """A copy with other windows on *weekday*; none closes it."""
        week = tuple(windows(*texts) if day == weekday else plan for day, plan in enumerate(self.week))
        return evolve(self, week=week)

    def on_make_up_days(self, *texts: str | Window) -> Self:
        """A copy with these windows on make-up days whose weekday has none."""
        return evolve(self, make_up=windows(*texts))

    def on(self, day: date, *texts: str | Window) -> Self:
        """A copy with other windows on one date."""
        return evolve(self, dated=_replaced(self.dated, DatedWindows(day, windows(*texts))))

    def closed_on(self, day: date, *texts: str | Window) -> Self:
        """A copy closed during these windows of one date."""
        return evolve(self, closures=_replaced(self.closures, DatedWindows(day, windows(*texts))))

    def spans_on(self, day: Day) -> Spans:
        """The open pieces of *day* in microseconds since its midnight, in order."""
        if not day.working and day.reason is not DayReason.WEEKEND:
            return []
        plan = self._dated.get(day.date)
        if plan is None:
            plan = self.week[day.date.weekday()]
            if not plan and day.reason in _ADDED:
                plan = self._on_added_days
        spans = [(each.opens.microseconds, each.closes.microseconds) for each in plan]
        closed = self._closures.get(day.date)
        return without(spans, closed) if closed else spans

    @cached_property
    def overnight(self) -> bool:
        """Whether a window may run past midnight."""
        plans = (*self.week, *self._dated.values(), self._on_added_days)
        return any(each.closes.microseconds > DAY for plan in plans for each in plan)

    @cached_property
    def _on_added_days(self) -> tuple[Window, ...]:
        if self.make_up is not None:
            return self.make_up
        return next((plan for plan in self.week if plan), ())

    @cached_property
    def _dated(self) -> dict[date, tuple[Window, ...]]:
        return {each.day: each.windows for each in self.dated}

    @cached_property
    def _closures(self) -> dict[date, tuple[Window, ...]]:
        return {each.day: each.windows for each in self.closures}


def _replaced(table: Iterable[DatedWindows], entry: DatedWindows) -> tuple[DatedWindows, ...]:
    return (*(each for each in table if each.day != entry.day), entry)
