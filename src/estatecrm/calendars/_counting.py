"""Adding and taking away open time, on integers."""

from bisect import bisect_left, bisect_right

from estatecrm.calendars._pauses import Intervals
from estatecrm.calendars._timeline import Timeline


def forward(timeline: Timeline, start: int, amount: int, *, at_closing: bool) -> int:
    """
    The moment at which *amount* > 0 of open time has passed since *start*; with 0 the first open moment.

    Exactly at a closing it is that closing where *at_closing*, else the next opening.
    """
    stretch = timeline.covering(start)
    find = bisect_left if at_closing and amount else bisect_right
    while True:
        opens, before = stretch.opens, stretch.before
        index = bisect_right(opens, start) - 1
        if index < 0:
            target = amount
        else:
            target = before[index] + min(start - opens[index], before[index + 1] - before[index]) + amount
        found = find(before, target) - 1
        if found < len(opens):
            return opens[found] + target - before[found]
        stretch = timeline.later(stretch)


def forward_through(timeline: Timeline, start: int, amount: int, pauses: Intervals, *, at_closing: bool) -> int:
    """As `forward`, with the clock standing still during *pauses* (in order, not overlapping)."""
    for pause_start, pause_end in pauses:
        if pause_end <= start:
            continue
        if pause_start > start:
            available = elapsed(timeline, start, pause_start)
            if amount < available or (at_closing and 0 < amount == available):
                break
            amount -= available
        start = pause_end
    return forward(timeline, start, amount, at_closing=at_closing)


def backward(timeline: Timeline, start: int, amount: int, *, at_opening: bool) -> int:
    """
    The moment from which *amount* > 0 of open time leads to *start*; with 0 the last moment of open time.

    Exactly at an opening it is that opening where *at_opening*, else the closing before it.
    """
    stretch = timeline.covering(start)
    find = bisect_right if at_opening and amount else bisect_left
    while True:
        before = stretch.before
        target = stretch.position(start) - amount
        found = find(before, target) - 1
        if found >= 0:
            return stretch.opens[found] + target - before[found]
        stretch = timeline.earlier(stretch)


def elapsed(timeline: Timeline, start: int, end: int, pauses: Intervals = ()) -> int:
    """The open time from *start* to *end* less that of *pauses*; negative where *end* is earlier."""
    if end < start:
        return -elapsed(timeline, end, start, pauses)
    timeline.covering(end)
    position = timeline.covering(start).position
    passed = position(end) - position(start)
    for pause_start, pause_end in pauses:
        first, last = max(pause_start, start), min(pause_end, end)
        if first < last:
            passed -= position(last) - position(first)
    return passed


def open_date(timeline: Timeline, start: int, ordinal: int, dates: int) -> int:
    """The *dates*-th open date after *ordinal*, before it where *dates* is negative; *start* lies near *ordinal*."""
    stretch = timeline.covering(start)
    while True:
        days = stretch.open_days
        if dates > 0:
            index = bisect_right(days, ordinal) + dates - 1
            if index < len(days):
                return days[index]
            stretch = timeline.later(stretch)
        else:
            index = bisect_left(days, ordinal) + dates
            if index >= 0:
                return days[index]
            stretch = timeline.earlier(stretch)
