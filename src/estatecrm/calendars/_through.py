"""Time limits with pauses: the clock stands still, and the limit ends later by what it missed."""

from collections.abc import Callable
from datetime import date, datetime

from estatecrm.calendars._clock import END_OF_DAY, ClockTime
from estatecrm.calendars._conventions import Ending, PauseInDays
from estatecrm.calendars._days import Roll
from estatecrm.calendars._moments import SECOND
from estatecrm.calendars._pauses import Intervals
from estatecrm.calendars.counting import Due, OfficeTime, assumed_years, end_of, end_of_us
from estatecrm.errors import InvalidFacts
from estatecrm.values import BusinessHours, ClockHours, NaturalDays, TimeLimit, WorkingDays


def end_through_us(
    office: OfficeTime,
    limit: TimeLimit,
    start: int,
    pauses: Intervals = (),
    *,
    day_close: ClockTime = END_OF_DAY,
    roll: Roll = Roll.NONE,
) -> int:
    """
    When *limit*, running from *start* and standing still during *pauses* (in order), ends; microseconds since 1970.

    Hours are made up to the second. Of days, those are not counted on which the clock stood still, as `PauseInDays`
    reads it; the last counted one ends the limit.
    """
    still = tuple(pause for pause in pauses if pause[1] > start)
    if not still:
        return end_of_us(office, limit, start, day_close=day_close, roll=roll)
    if isinstance(limit, BusinessHours):
        return office.business.add_us(start, limit.seconds * SECOND, still)
    if isinstance(limit, ClockHours):
        at_closing = office.conventions.ending is Ending.AT_CLOSING
        return _clock_through(start, limit.seconds * SECOND, still, at_closing=at_closing)
    if isinstance(limit, NaturalDays | WorkingDays):
        return _days_through(office, limit, start, still, day_close, roll)
    raise InvalidFacts(f"{limit!r} is no length of time that can be counted")


def end_through(
    office: OfficeTime,
    limit: TimeLimit,
    start: datetime,
    pauses: Intervals = (),
    *,
    day_close: ClockTime = END_OF_DAY,
    roll: Roll = Roll.NONE,
) -> Due:
    """`end_through_us` at the edge; without pauses exactly `end_of`."""
    at = office.local.microseconds(start)
    if not any(pause[1] > at for pause in pauses):
        return end_of(office, limit, start, day_close=day_close, roll=roll)
    end = end_through_us(office, limit, at, pauses, day_close=day_close, roll=roll)
    if isinstance(limit, ClockHours | BusinessHours):
        assumed = assumed_years(office, at, end) if isinstance(limit, BusinessHours) else ()
        return Due(office.local.moment(end), None, assumed)
    counted = isinstance(limit, WorkingDays) or roll is not Roll.NONE
    closing = date.fromordinal(office.local.ordinal(end - 1))
    return Due(office.local.moment(end), closing, assumed_years(office, at, end) if counted else ())


def back_from_us(office: OfficeTime, amount: TimeLimit, end: int, pauses: Intervals = ()) -> int:
    """
    From when *amount* leads up to *end*, the clock standing still during *pauses*; microseconds since 1970.

    Days are counted back by date and keep the clock time of *end*.

    Raises:
        InvalidFacts: *amount* is a vague word nobody has replaced.
    """
    if isinstance(amount, BusinessHours):
        business = office.business
        return _back_through(end, amount.seconds * SECOND, pauses, business.elapsed_us, business.subtract_us)
    if isinstance(amount, ClockHours):
        return _back_through(end, amount.seconds * SECOND, pauses, lambda a, b: b - a, lambda at, span: at - span)
    if not isinstance(amount, NaturalDays | WorkingDays):
        raise InvalidFacts(f"{amount!r} is no length of time that can be counted")
    day, clock = office.local.ordinal(end), office.local.clock(end)
    if isinstance(amount, NaturalDays):
        return office.local.at(day - amount.days, clock)
    return office.local.at(office.calendar.table.nth(day, -amount.days), clock) if amount.days else end


def _clock_through(start: int, amount: int, pauses: Intervals, *, at_closing: bool) -> int:
    for first, last in pauses:
        if first > start:
            available = first - start
            if amount < available or (at_closing and 0 < amount == available):
                break
            amount -= available
        start = last
    return start + amount


def _back_through(
    end: int,
    amount: int,
    pauses: Intervals,
    between: Callable[[int, int], int],
    before: Callable[[int, int], int],
) -> int:
    for first, last in reversed(pauses):
        if first >= end:
            continue
        if last < end:
            available = between(last, end)
            if amount <= available:
                break
            amount -= available
        end = first
    return before(end, amount) if amount else end


def _days_through(
    office: OfficeTime,
    limit: NaturalDays | WorkingDays,
    start: int,
    pauses: Intervals,
    day_close: ClockTime,
    roll: Roll,
) -> int:
    working = isinstance(limit, WorkingDays)
    table, local = office.calendar.table, office.local
    any_part = office.conventions.pause_in_days is PauseInDays.ANY_PART

    def following(day: int) -> int:
        return table.nth(day, 1) if working else day + 1

    def closing(day: int) -> int:
        return local.midnight(day + 1) if day_close is END_OF_DAY else local.at(day, day_close.microseconds)

    def stood_still(day: int) -> bool:
        close, begin = closing(day), closing(day - 1)
        if any_part:
            return any(first < close and last > begin for first, last in pauses)
        return any(first < close <= last for first, last in pauses)

    day, left = local.ordinal(start), limit.days
    if not left:
        day, left = day - 1, 1
    while left:
        day = following(day)
        left -= not stood_still(day)
    if roll is not Roll.NONE and not working:
        day = office.calendar.roll(date.fromordinal(day), roll).date.toordinal()
    return closing(day)
