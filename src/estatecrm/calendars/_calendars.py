"""The calendars that come with the library."""

from datetime import date
from functools import cache

from attrs import field, frozen

from estatecrm.calendars._days import Day, DayReason, Weekday
from estatecrm.calendars._working import WorkingCalendar
from estatecrm.errors import InvalidCalendar

_MONDAY_TO_FRIDAY = frozenset({Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY})


@frozen(slots=False)
class PlainWeek(WorkingCalendar):
    """The same days of every week and no holidays: Monday to Friday unless *working* says otherwise."""

    working: frozenset[Weekday] = field(default=_MONDAY_TO_FRIDAY, converter=frozenset)

    def __attrs_post_init__(self) -> None:
        if not self.working:
            raise InvalidCalendar("a week needs at least one working day")

    def day(self, day: date, /) -> Day:
        """What is known of *day*."""
        if day.weekday() in self.working:
            return Day(day, working=True, reason=DayReason.WORKDAY)
        return Day(day, working=False, reason=DayReason.WEEKEND)


@frozen(slots=False)
class StateCouncil(WorkingCalendar):
    """
    Working days of mainland China as the State Council arranges them, make-up days included.

    The table is chinesecalendar's; which years it covers is found from the table itself. Another year is the
    plain week, unpublished.

    Checked with: the notices of 2020 to 2026 (tests/cases/cn_holidays.json).
    Limitations: an arrangement changed in mid-year is known only after an update, or through `with_days`.
    """

    def day(self, day: date, /) -> Day:
        """What is known of *day*."""
        special, years = _state_council()
        reason = special.get(day)
        if reason is not None:
            return Day(day, working=reason is DayReason.MAKE_UP, reason=reason)
        working = day.weekday() < Weekday.SATURDAY
        reason = DayReason.WORKDAY if working else DayReason.WEEKEND
        return Day(day, working=working, reason=reason, published=day.year in years)


@cache
def _state_council() -> tuple[dict[date, DayReason], frozenset[int]]:
    """The special dates of the published table, and the years it covers."""
    from chinese_calendar import constants

    special = dict.fromkeys(constants.holidays, DayReason.HOLIDAY)
    special.update(dict.fromkeys(constants.workdays, DayReason.MAKE_UP))
    # A notice for next year may already name days of this one: only a year with its National Day is complete.
    years = frozenset(day.year for day in constants.holidays if (day.month, day.day) == (10, 1))
    return special, years
