"""Pauses: intervals during which a clock stands still."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import pairwise

from attrs import frozen
from pendulum import DateTime

from estatecrm.calendars._clock import ClockTime
from estatecrm.calendars._moments import DAY, SHANGHAI, microseconds_of, zone_named
from estatecrm.errors import InvalidFacts

Intervals = tuple[tuple[int, int], ...]


@frozen(init=False, repr=False)
class Pause:
    """
    The clock stands still from *start* up to *end*, in microseconds since 1970.

    Raises:
        InvalidFacts: it ends before it begins, never ends, or a moment has no time zone.
    """

    start: int
    end: int

    def __init__(self, start: datetime, end: datetime) -> None:
        object.__setattr__(self, "start", microseconds_of(start))
        object.__setattr__(self, "end", microseconds_of(end))
        if self.end <= self.start:
            raise InvalidFacts("a pause ends after it begins; for one still running give the moment asked about")

    def moments(self, zone: str = SHANGHAI) -> tuple[DateTime, DateTime]:
        """Both ends as moments of *zone*."""
        at = zone_named(zone)
        return at.moment(self.start), at.moment(self.end)

    def __repr__(self) -> str:
        start, end = self.moments("UTC")
        return f"Pause({start.isoformat()}, {end.isoformat()})"


@frozen
class PausePiece:
    """The part of a pause that falls on one local date; the last moment of a day is 24:00."""

    day: date
    start: ClockTime
    end: ClockTime


def intervals(pauses: Iterable[Pause]) -> Intervals:
    """
    *pauses* in order as plain integers.

    Raises:
        InvalidFacts: two of them overlap.
    """
    ordered = tuple(sorted((pause.start, pause.end) for pause in pauses))
    for earlier, later in pairwise(ordered):
        if later[0] < earlier[1]:
            raise InvalidFacts("two pauses overlap: a clock that stands still cannot be stopped again")
    return ordered


def split_by_day(pause: Pause, zone: str = SHANGHAI) -> tuple[PausePiece, ...]:
    """*pause* cut at the midnights of *zone*."""
    at = zone_named(zone)
    pieces = []
    for ordinal in range(at.ordinal(pause.start), at.ordinal(pause.end - 1) + 1):
        start, end = max(pause.start, at.midnight(ordinal)), min(pause.end, at.midnight(ordinal + 1))
        close = DAY if end == at.midnight(ordinal + 1) else at.clock(end)
        pieces.append(PausePiece(date.fromordinal(ordinal), ClockTime(at.clock(start)), ClockTime(close)))
    return tuple(pieces)
