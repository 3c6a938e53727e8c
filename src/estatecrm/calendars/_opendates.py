"""Counting open dates in the three meanings people give to it."""

from bisect import bisect_left

from estatecrm.calendars import _counting
from estatecrm.calendars._conventions import OneDay
from estatecrm.calendars._moments import Zone
from estatecrm.calendars._timeline import Timeline
from estatecrm.errors import InvalidFacts


def after_open_dates(timeline: Timeline, zone: Zone, start: int, dates: int, meaning: OneDay) -> int:
    """The moment *dates* open dates after *start*."""
    if not _natural(dates):
        return start
    today = zone.ordinal(start)
    if meaning is OneDay.SAME_CLOCK_TIME:
        found = _counting.open_date(timeline, start, today, dates)
        return _counting.forward(timeline, zone.at(found, zone.clock(start)), 0, at_closing=True)
    if meaning is OneDay.CLOSING_FROM_START:
        first = _counting.open_date(timeline, start, today - 1, 1)
        if first == today and start < _closing(timeline, zone, today):
            today -= 1
    return _closing(timeline, zone, _counting.open_date(timeline, start, today, dates))


def before_open_dates(timeline: Timeline, zone: Zone, start: int, dates: int, meaning: OneDay) -> int:
    """The moment *dates* open dates before *start*."""
    if not _natural(dates):
        return start
    today = zone.ordinal(start)
    if meaning is OneDay.SAME_CLOCK_TIME:
        found = _counting.open_date(timeline, start, today, -dates)
        return _counting.backward(timeline, zone.at(found, zone.clock(start)), 0, at_opening=True)
    if meaning is OneDay.CLOSING_FROM_START:
        last = _counting.open_date(timeline, start, today + 1, -1)
        if last == today and start > _opening(timeline, zone, today):
            today += 1
    return _opening(timeline, zone, _counting.open_date(timeline, start, today, -dates))


def _closing(timeline: Timeline, zone: Zone, ordinal: int) -> int:
    """The last closing of an open date; a window belongs to the date on which it opens."""
    midnight = zone.midnight(ordinal + 1)
    stretch = timeline.covering(midnight - 1)
    return stretch.closes[bisect_left(stretch.opens, midnight) - 1]


def _opening(timeline: Timeline, zone: Zone, ordinal: int) -> int:
    midnight = zone.midnight(ordinal)
    stretch = timeline.covering(midnight)
    return stretch.opens[bisect_left(stretch.opens, midnight)]


def _natural(dates: int) -> int:
    if type(dates) is not int or dates < 0:
        raise InvalidFacts("open dates are counted in whole numbers from 0 up: use subtract_open_dates to go back")
    return dates
