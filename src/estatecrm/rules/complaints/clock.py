"""
The shape of a complaint's clock: a deadline that can stand still, be met and be missed.

A clock asks its rule whether it exists, from when it runs, what ends it and whose it is; when it is due is counted
here, through the holds of the case, and nothing about it is ever stored.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from enum import Enum
from typing import ClassVar, final

from attrs import define, field, frozen
from pendulum import DateTime

from estatecrm.calendars import Due, Intervals, Roll, assumed_years, end_through_us, overrun
from estatecrm.decisions import Condition, Reason
from estatecrm.model import Complaint, Happening, HoldReason, Severity
from estatecrm.policy import Entry, Role
from estatecrm.rules.base import Rule
from estatecrm.rules.complaints import clock_reasons
from estatecrm.rules.conventions import Counting
from estatecrm.rules.parameters import ours
from estatecrm.values import BusinessHours, ClockHours, TimeLimit, WorkingDays


class Reopening(Enum):
    """What a clock that was met does when the case is opened again."""

    CONTINUES = "continues"
    """It runs on, the time since it was met counting as a pause: Zammad."""
    RESTARTS = "restarts"
    """It starts anew at the reopening: ERPNext."""
    STAYS_MET = "stays_met"
    """Once met, it has done its work."""


class ClockState(Enum):
    """What a clock does at a moment."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MET_LATE = "met_late"
    MISSED = "missed"
    """Past due, and still to be done; or the case ended past due without it."""
    LAPSED = "lapsed"
    """The case ended before it fell due."""


@frozen
class Case:
    """A complaint as one ruleset judges it: how grave, and since when (microseconds since 1970)."""

    complaint: Complaint
    severity: Severity = Severity.GENERAL
    major_since: int | None = None
    judged: tuple[Condition, ...] = field(default=(), repr=False)

    @property
    def major(self) -> bool:
        """Whether it is a major case."""
        return self.severity is Severity.MAJOR


@frozen
class Run:
    """
    One running of a clock: what *step* it is, and from when it counts (a day, or an aware moment).

    Steps tell apart all clocks of a case under one entry.
    """

    step: str
    start: date


@define(eq=False)
class Reading:
    """
    A clock as integers, microseconds since 1970, before anybody looks at it.

    Not frozen: one is made for every clock of every case that is replayed.
    """

    rule: "CaseClock"
    case: Case = field(repr=False)
    step: str
    start: int
    limit: TimeLimit
    due: int
    done: Happening | None
    stops: Intervals
    role: Role
    because: tuple[Condition, ...] = field(repr=False)

    @property
    def key(self) -> str:
        """What tells this clock from every other: entry, complaint and step."""
        return f"{self.rule.entry.id}/{self.case.complaint.id}/{self.step}"

    @property
    def stopped_by(self) -> int | None:
        """When it stopped: done, or the case ended."""
        end = self.case.complaint.end
        ends = [each.us for each in (self.done, end) if each is not None]
        return min(ends) if ends else None

    def state_at(self, at: int) -> ClockState:
        """What it does at a moment."""
        if self.done is not None and self.done.us <= at:
            return ClockState.MET if self.done.us <= self.due else ClockState.MET_LATE
        end = self.case.complaint.end
        if end is not None and end.us <= at:
            return ClockState.MISSED if end.us > self.due else ClockState.LAPSED
        if at > self.due:
            return ClockState.MISSED
        paused = any(first <= at < last for first, last in self.stops)
        return ClockState.PAUSED if paused else ClockState.RUNNING

    def breached_by(self, at: int) -> bool:
        """Whether it was missed, or met late, by a moment."""
        stopped = self.stopped_by
        return (at if stopped is None or stopped > at else stopped) > self.due


@frozen(kw_only=True)
class Clock:
    """
    One clock of a case at a moment.

    "By 2025-03-05" is the close of that day, 2025-03-06 00:00, and that very moment is still in time.
    """

    key: str
    entry: Entry
    rule: str
    start: DateTime
    limit: TimeLimit
    due: Due
    state: ClockState
    done_at: DateTime | None
    missed_by: TimeLimit | None
    """By how much, in the unit of the limit; None if it is not missed."""
    role: Role
    paused: tuple[tuple[DateTime, DateTime], ...]
    open: bool
    """Whether something is still to be done: not done, and the case not ended."""
    explained: Callable[[], Reason] = field(repr=False, eq=False)

    @property
    def reason(self) -> Reason:
        """Why it is due then: start, limit, pauses, the conventions that decided, provisional years."""
        return self.explained()


_ON_HOLD = (HoldReason.WAITING_ON_CUSTOMER, HoldReason.AGREED_APPOINTMENT)


@frozen(slots=False)
class CaseClock(Rule, shape=True):
    """
    Something that must be done for a case within a limit, the clock standing still while the case is on hold.

    Questions: does it exist, from when does it run, what ends it, whose is it?
    """

    within: ClassVar[TimeLimit]
    stops_for: ClassVar[tuple[HoldReason, ...]] = ours(
        _ON_HOLD, "only the customer's own delay and a time agreed with them stop a clock"
    )
    reopening: ClassVar[Reopening] = ours(Reopening.CONTINUES, "closing too early must not win a fresh limit")
    roll: ClassVar[Roll] = ours(Roll.NONE, "R-03: a limit in natural days ends where it ends")

    def conditions(self, case: Case, /) -> Iterator[Condition]:
        """When the clock exists: always."""
        yield from ()

    def runs(self, case: Case, /) -> Iterator[Run]:
        """The runnings of the clock: one, from its start."""
        start = self.starts_at(case)
        if start is not None:
            yield Run("1", start)

    def starts_at(self, case: Case, /) -> date | None:
        """From when it counts: a day, an aware moment, or None before it begins."""
        return case.complaint.intake.received_at

    def limit(self, case: Case, /) -> TimeLimit:
        """The limit that applies: *within*."""
        return self.within

    def done_by(self, case: Case, run: Run, since: int, /) -> Happening | None:
        """What ended the clock, of all that happened from *since* on."""
        raise NotImplementedError

    def responsible(self, case: Case, /) -> Role:
        """Whose it is."""
        raise NotImplementedError

    @final
    def readings(self, case: Case, counting: Counting, /) -> list[Reading]:
        """Every running of the clock, counted."""
        because = tuple(self.conditions(case))
        for condition in because:
            if not condition.met:
                return []
        runs = tuple(self.runs(case))
        if not runs:
            return []
        limit = counting.meaning(self.limit(case))
        return [self._read(case, run, limit, counting, because) for run in runs]

    @final
    def clock(self, reading: Reading, at: datetime, counting: Counting, /) -> Clock:
        """*reading* as it looks at the moment *at*."""
        office = counting.time
        now, moment = office.local.microseconds(at), office.local.moment
        due = self._due(reading, counting)
        state = reading.state_at(now)
        done = reading.done if reading.done is not None and reading.done.us <= now else None
        stopped, missed = reading.stopped_by, None
        if state in (ClockState.MISSED, ClockState.MET_LATE):
            looked = now if stopped is None else min(now, stopped)
            missed = overrun(office, reading.limit, due, moment(looked))
        return Clock(
            key=reading.key,
            entry=self.entry,
            rule=self.name(),
            start=moment(reading.start),
            limit=reading.limit,
            due=due,
            state=state,
            done_at=None if done is None else done.at,
            missed_by=missed,
            role=reading.role,
            paused=tuple((moment(first), moment(last)) for first, last in reading.stops),
            open=stopped is None or stopped > now,
            explained=lambda: self.explain(reading, counting),
        )

    @final
    def explain(self, reading: Reading, counting: Counting, /) -> Reason:
        """Why *reading* is due when it is."""
        return clock_reasons.reason_of(self, reading, self._due(reading, counting), counting)

    def _read(
        self, case: Case, run: Run, limit: TimeLimit, counting: Counting, because: tuple[Condition, ...]
    ) -> Reading:
        start = counting.moment_us(run.start)
        done = self.done_by(case, run, start)
        holds, step = case.complaint.holds, run.step
        stops: Intervals = tuple((each.start, each.end) for each in holds if each.reason in self.stops_for)
        if done is not None and case.complaint.reopenings and self.reopening is not Reopening.STAYS_MET:
            step, start, stops, done = self._again(case, run, start, stops)
        due = end_through_us(counting.time, limit, start, stops, day_close=counting.day_close, roll=self.roll)
        return Reading(self, case, step, start, limit, due, done, stops, self.responsible(case), because)

    def _again(
        self, case: Case, run: Run, start: int, stops: Intervals
    ) -> tuple[str, int, Intervals, Happening | None]:
        """The clock after the case was opened again once it had been met."""
        rounds, done = 1, self.done_by(case, run, start)
        for reopened in case.complaint.reopenings:
            if done is None or done.us > reopened.us:
                continue
            rounds += 1
            if self.reopening is Reopening.RESTARTS:
                start = reopened.us
            else:
                stops = joined((*stops, (done.us, reopened.us)))
            done = self.done_by(case, run, reopened.us)
        return (run.step if rounds == 1 else f"{run.step}.{rounds}"), start, stops, done

    def _due(self, reading: Reading, counting: Counting) -> Due:
        office, limit = counting.time, reading.limit
        moment = office.local.moment(reading.due)
        if isinstance(limit, ClockHours):
            return Due(moment)
        if isinstance(limit, BusinessHours):
            return Due(moment, None, assumed_years(office, reading.start, reading.due))
        counted = isinstance(limit, WorkingDays) or self.roll is not Roll.NONE
        years = assumed_years(office, reading.start, reading.due) if counted else ()
        return Due(moment, office.local.date(reading.due - 1), years)


def each_time(happenings: tuple[Happening, ...], named: str = "") -> Iterator[Run]:
    """One running from each of *happenings*; *named* tells clocks under one entry apart."""
    for number, happening in enumerate(happenings, start=1):
        yield Run(f"{named}{number}", happening.at)


def joined(stretches: Intervals) -> Intervals:
    """*stretches* in order, those that touch or overlap made one."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(stretches):
        if last <= first:
            continue
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)
