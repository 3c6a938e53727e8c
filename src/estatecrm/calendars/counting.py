"""
How long a time limit runs: R-03, counted over one office's calendar, hours and zone.

"Within N days" ends at the close of calendar day D+N, D being the day of the trigger; N working days at the close of
the N-th working day after D; hours run by the clock; business hours while the office is open. What the vague words of
R-02 mean is a rule's business: they arrive here already replaced.

A limit is kept up to and including its last moment. Source: 民法典 arts. 201-204; rulebook R-03.
"""

from datetime import date, datetime
from typing import overload

from attrs import Factory, evolve, field, frozen
from pendulum import DateTime

from estatecrm.calendars._business import BusinessTime
from estatecrm.calendars._clock import END_OF_DAY, ClockTime
from estatecrm.calendars._conventions import Convention, Conventions
from estatecrm.calendars._days import Roll, Weekday
from estatecrm.calendars._hours import OfficeHours
from estatecrm.calendars._moments import DAY, SECOND, SHANGHAI, Zone, ordinal_of, zone_named
from estatecrm.calendars._working import WorkingCalendar
from estatecrm.errors import InvalidFacts
from estatecrm.values import BusinessHours, ClockHours, NaturalDays, TimeLimit, TimeWord, WorkingDays


@frozen
class OfficeTime:
    """Everything time limits are counted by in one office."""

    calendar: WorkingCalendar
    hours: OfficeHours
    zone: str = SHANGHAI
    conventions: Conventions = Factory(Conventions)
    business: BusinessTime = field(
        init=False,
        eq=False,
        repr=False,
        default=Factory(
            lambda self: BusinessTime(self.calendar, self.hours, self.zone, self.conventions), takes_self=True
        ),
    )
    local: Zone = field(
        init=False, eq=False, repr=False, default=Factory(lambda self: zone_named(self.zone), takes_self=True)
    )

    def following(self, *choices: Convention) -> "OfficeTime":
        """The same office under other conventions."""
        return evolve(self, conventions=self.conventions.choosing(*choices))

    def date_of(self, moment: datetime) -> date:
        """The date in the office's zone at *moment*."""
        return self.local.date(self.local.microseconds(moment))

    def moment_on(self, day: date, clock: ClockTime) -> DateTime:
        """The moment at which the office's clock shows *clock* on *day*; 24:00 is midnight of the day after."""
        return self.local.moment(self.local.at(ordinal_of(day), clock.microseconds))


@frozen
class Due:
    """
    When a limit ends.

    *closing_day* is the date at whose close it ends, kept because people say "5 March 24:00"; None for hours.
    """

    moment: DateTime
    closing_day: date | None = None
    assumed_years: tuple[int, ...] = ()

    @property
    def provisional(self) -> bool:
        """Whether the moment may move when a year's days off are published."""
        return bool(self.assumed_years)


def end_of(
    office: OfficeTime,
    limit: TimeLimit,
    start: datetime,
    *,
    day_close: ClockTime = END_OF_DAY,
    roll: Roll = Roll.NONE,
) -> Due:
    """
    When *limit*, running from *start*, ends.

    *roll* moves a last natural day that is not worked; by default it stays where it is. ``NaturalDays(0)`` is "the
    same day", ``WorkingDays(0)`` the same day or, if that is not worked, the next working one.

    Raises:
        InvalidFacts: *start* has no time zone, or *limit* is a vague word nobody has replaced.
    """
    at = office.local.microseconds(start)
    if isinstance(limit, ClockHours | BusinessHours):
        end = _end_of_hours(office, limit, at)
        assumed = office.business.assumed_us(at, end) if isinstance(limit, BusinessHours) else ()
        return Due(office.local.moment(end), None, assumed)
    closing, consulted = _closing_day(office, limit, office.local.ordinal(at), roll)
    assumed = ()
    if consulted is not None:
        assumed = office.calendar.table.assumed(min(consulted, closing), max(consulted, closing))
    return Due(office.local.moment(_close(office, closing, day_close)), date.fromordinal(closing), assumed)


def end_of_us(
    office: OfficeTime,
    limit: TimeLimit,
    start: int,
    *,
    day_close: ClockTime = END_OF_DAY,
    roll: Roll = Roll.NONE,
) -> int:
    """`end_of` on microseconds since 1970. `assumed_years` says of the pair what the answer had to assume."""
    if isinstance(limit, ClockHours | BusinessHours):
        return _end_of_hours(office, limit, start)
    return _close(office, _closing_day(office, limit, office.local.ordinal(start), roll)[0], day_close)


def assumed_years(office: OfficeTime, start: int, end: int) -> tuple[int, ...]:
    """The unpublished years between two moments (microseconds since 1970)."""
    return office.business.assumed_us(start, end)


def closing_of(office: OfficeTime, day: date, *, day_close: ClockTime = END_OF_DAY) -> Due:
    """The close of *day*."""
    return Due(office.local.moment(office.local.at(ordinal_of(day), day_close.microseconds)), day)


def before_weekday(office: OfficeTime, weekday: Weekday, start: datetime, *, day_close: ClockTime = END_OF_DAY) -> Due:
    """
    "Before Wednesday": the close of the Tuesday on or after the date of *start*.

    Asked on a Wednesday it is the Tuesday of next week.
    """
    today = office.local.ordinal(office.local.microseconds(start))
    last_day = today + (weekday - 1 - date.fromordinal(today).weekday()) % 7
    return closing_of(office, date.fromordinal(last_day), day_close=day_close)


@overload
def overrun(office: OfficeTime, limit: NaturalDays, due: Due, at: datetime) -> NaturalDays | None: ...
@overload
def overrun(office: OfficeTime, limit: WorkingDays, due: Due, at: datetime) -> WorkingDays | None: ...
@overload
def overrun(office: OfficeTime, limit: ClockHours, due: Due, at: datetime) -> ClockHours | None: ...
@overload
def overrun(office: OfficeTime, limit: BusinessHours, due: Due, at: datetime) -> BusinessHours | None: ...
@overload
def overrun(office: OfficeTime, limit: TimeLimit, due: Due, at: datetime) -> TimeLimit | None: ...
def overrun(office: OfficeTime, limit: TimeLimit, due: Due, at: datetime) -> TimeLimit | None:
    """
    By how much *at* is later than *due*, in the unit of *limit*; None where it is in time.

    Days are counted by date: the day after the closing day is one day late, whatever the hour. Working days count only
    what is worked, so a Saturday after a Friday is late by ``WorkingDays(0)``. Seconds begun count as whole.
    """
    end, moment = office.local.microseconds(due.moment), office.local.microseconds(at)
    if moment <= end:
        return None
    if isinstance(limit, ClockHours):
        return ClockHours.of_seconds(-((end - moment) // SECOND))
    if isinstance(limit, BusinessHours):
        return BusinessHours.of_seconds(-(-office.business.elapsed_us(end, moment) // SECOND))
    closing = office.local.ordinal(end - 1) if due.closing_day is None else due.closing_day.toordinal()
    days_late = _days_begun(office, closing, end, moment)
    if isinstance(limit, NaturalDays):
        return NaturalDays(days_late)
    if isinstance(limit, WorkingDays):
        return WorkingDays(office.calendar.table.count(closing + 1, closing + days_late + 1))
    raise _unresolved(limit)


def _end_of_hours(office: OfficeTime, limit: ClockHours | BusinessHours, start: int) -> int:
    if isinstance(limit, ClockHours):
        return start + limit.seconds * SECOND
    return office.business.add_us(start, limit.seconds * SECOND)


def _closing_day(office: OfficeTime, limit: TimeLimit, today: int, roll: Roll) -> tuple[int, int | None]:
    """The day at whose close *limit* ends, and the day from which on the calendar was consulted for it."""
    if isinstance(limit, WorkingDays):
        # Zero working days end today if today is worked: the first working day after yesterday.
        return office.calendar.table.nth(today - (limit.days == 0), max(limit.days, 1)), today
    if not isinstance(limit, NaturalDays):
        raise _unresolved(limit)
    last = today + limit.days
    if roll is Roll.NONE:
        return last, None
    return office.calendar.roll(date.fromordinal(last), roll).date.toordinal(), last


def _close(office: OfficeTime, day: int, day_close: ClockTime) -> int:
    if day_close is END_OF_DAY:
        return office.local.midnight(day + 1)
    return office.local.at(day, day_close.microseconds)


def _days_begun(office: OfficeTime, closing: int, end: int, moment: int) -> int:
    """Days from the closing day to the day in whose course *moment* lies; days end at the clock time of *end*."""
    at = office.local
    clock = DAY if end == at.midnight(closing + 1) else at.clock(end)
    day = at.ordinal(moment)
    if at.at(day, clock) < moment:
        day += 1
    elif at.at(day - 1, clock) >= moment:
        day -= 1
    return day - closing


def _unresolved(limit: TimeLimit) -> InvalidFacts:
    if isinstance(limit, TimeWord):
        return InvalidFacts(
            f"the word {limit.name!r} is no length of time: let the rule for time words replace it first"
        )
    return InvalidFacts(f"{type(limit).__name__} is no time limit that can be counted")
