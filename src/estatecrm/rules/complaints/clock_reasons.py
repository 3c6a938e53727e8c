"""Why a clock is due when it is: the steps of the count, worked out when somebody asks."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from estatecrm.calendars import Convention, Due, PauseInDays, Reckoning, end_through_us
from estatecrm.decisions import Reason, Step
from estatecrm.rules.conventions import Counting
from estatecrm.values import BusinessHours, ClockHours

if TYPE_CHECKING:
    from estatecrm.rules.complaints.clock import CaseClock, Reading


def reason_of(rule: "CaseClock", reading: "Reading", due: Due, counting: Counting) -> Reason:
    """The conditions that brought the clock about, and the working that gave its moment."""
    return Reason(
        rule.name(),
        rule.entry,
        rule.edition,
        (*reading.case.judged, *reading.because),
        tuple(_working(rule, reading, due, counting)),
        due.provisional,
    )


def _working(rule: "CaseClock", reading: "Reading", due: Due, counting: Counting) -> Iterator[Step[object]]:
    moment = counting.time.local.moment
    yield Step("clock.start", moment(reading.start))
    yield Step("clock.limit", reading.limit, (("word", rule.limit(reading.case)),))
    for first, last in reading.stops:
        if last > reading.start and first < reading.due:
            yield Step("clock.paused", moment(first), (("until", moment(last)),))
    if reading.case.complaint.reopenings:
        yield Step("clock.reopening", rule.reopening)
    for chosen in decided_by(rule, reading, counting):
        yield Step("clock.convention", chosen)
    yield Step("clock.due", due.moment, (("last_day", counting.last_day(due)), ("assumed_years", due.assumed_years)))


def decided_by(rule: "CaseClock", reading: "Reading", counting: Counting) -> tuple[Convention, ...]:
    """The conventions without which the clock would be due at another moment."""
    if isinstance(reading.limit, BusinessHours | ClockHours):
        business, stops = counting.time.business, tuple(each for each in reading.stops if each[1] > reading.start)
        if isinstance(reading.limit, ClockHours):
            return ()
        span = reading.limit.seconds * 1_000_000
        counted = Reckoning(
            business, reading.start, reading.due, lambda other: other.add_us(reading.start, span, stops)
        )
        return counted.decided_by
    chosen = counting.time.conventions.pause_in_days
    others = (each for each in PauseInDays if each is not chosen)
    if any(_due_under(other, rule, reading, counting) != reading.due for other in others):
        return (chosen,)
    return ()


def _due_under(other: PauseInDays, rule: "CaseClock", reading: "Reading", counting: Counting) -> int:
    office = counting.time.following(other)
    return end_through_us(
        office, reading.limit, reading.start, reading.stops, day_close=counting.day_close, roll=rule.roll
    )
