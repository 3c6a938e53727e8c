"""Who is told when: the ladder of notices, and what a report that never came costs (F-21, F-39, F-56)."""

from collections.abc import Iterator
from enum import Enum
from typing import ClassVar, final

from attrs import define, frozen
from pendulum import DateTime

from estatecrm.calendars import DailyWindows, back_from_us, end_through_us
from estatecrm.decisions import Reason, Step
from estatecrm.model import Severity
from estatecrm.policy import STD, Entry, Role
from estatecrm.rules.base import Rule
from estatecrm.rules.complaints.clock import CaseClock, Reading
from estatecrm.rules.conventions import Counting
from estatecrm.rules.parameters import ours
from estatecrm.values import BusinessHours, ClockHours, TimeLimit


class Anchor(Enum):
    """From where a rung is counted."""

    AFTER_START = "after_start"
    BEFORE_DUE = "before_due"
    AFTER_DUE = "after_due"


class NoticeHours(Enum):
    """At what hours a notice may go out."""

    GOOD_HOURS = "good_hours"
    ANY_HOUR = "any_hour"


@frozen(kw_only=True)
class Rung:
    """
    One rung of a ladder.

    *tell* is told *offset* from the *anchor*; nobody named means whoever is responsible for the clock. *entry* keeps
    the rung to the clocks of one rulebook entry, *severity* to cases of one severity.
    """

    anchor: Anchor
    offset: TimeLimit
    tell: tuple[Role, ...] = ()
    hours: NoticeHours = NoticeHours.GOOD_HOURS
    entry: str = ""
    severity: Severity | None = None


@define(eq=False)
class Rise:
    """A rung of one clock as integers: when it falls, and when the notice may go out."""

    reading: Reading
    number: int
    rung: Rung
    planned: int
    goes_out: int

    @property
    def tell(self) -> tuple[Role, ...]:
        """Who is told."""
        return self.rung.tell or (self.reading.role,)

    @property
    def key(self) -> str:
        """What tells this notice from every other: the clock's key and the rung."""
        return f"{self.reading.key}/rung-{self.number}"

    @property
    def stands(self) -> bool:
        """Whether the clock was still open when the rung fell."""
        stopped = self.reading.stopped_by
        return stopped is None or self.planned < stopped

    @property
    def pending(self) -> bool:
        """Whether the clock is open as far as is known: nothing fires for one that was met, or a case that ended."""
        return self.reading.stopped_by is None


@frozen(kw_only=True)
class Notice:
    """
    Somebody is told that a clock needs them: plain values, made to be kept until they go out.

    The same notice always has the same key; `Timetable.why` explains it.
    """

    key: str
    complaint: str
    clock: str
    entry: str
    tell: tuple[Role, ...]
    planned: DateTime
    goes_out: DateTime
    due: DateTime


_TWO_HOURS, _A_DAY, _NOW = BusinessHours(2), ClockHours(24), ClockHours(0)


@frozen(slots=False)
class EscalationLadder(Rule):
    """
    Handlers report upward at fixed times: before a clock is missed, when it is, and when it stays so.

    Each rung is counted as the clock itself is, through the same pauses. A rung that would lie before the clock
    began does not exist. Notices keep quiet hours, the clocks never do.

    Source: 002 P1 §2.1(3).
    """

    entry = Entry.of("F-21", "定时汇报", STD, "002 P1 §2.1(3)")

    rungs: ClassVar[tuple[Rung, ...]] = ours(
        (
            Rung(anchor=Anchor.BEFORE_DUE, offset=_TWO_HOURS, tell=(Role.SERVICE_SUPERVISOR,)),
            Rung(anchor=Anchor.AFTER_DUE, offset=_NOW, tell=(Role.DEPARTMENT_MANAGER,)),
            Rung(anchor=Anchor.AFTER_DUE, offset=_A_DAY, tell=(Role.GENERAL_MANAGER,)),
            Rung(
                anchor=Anchor.AFTER_START,
                offset=_NOW,
                hours=NoticeHours.ANY_HOUR,
                entry="F-32",
                severity=Severity.MAJOR,
            ),
            Rung(
                anchor=Anchor.BEFORE_DUE,
                offset=ClockHours(12),
                hours=NoticeHours.ANY_HOUR,
                entry="F-36",
                severity=Severity.MAJOR,
            ),
        ),
        "the text names fixed times and no figures: supervisor, department head, general manager, in that order",
    )
    windows: ClassVar[DailyWindows] = ours(
        DailyWindows.of("09:00-20:00"), "messages keep the hours of D-14 without the noon rest"
    )

    def applies(self, rung: Rung, reading: Reading, /) -> bool:
        """Whether *rung* belongs to a clock: by entry and by severity of the case."""
        if rung.entry and rung.entry != reading.rule.entry.id:
            return False
        return rung.severity is None or rung.severity is reading.case.severity

    @final
    def rises(self, reading: Reading, counting: Counting, /) -> Iterator[Rise]:
        """Every rung of *reading*, in the order of the table; none after due where the clock stopped in time."""
        stopped = reading.stopped_by
        in_time = stopped is not None and stopped <= reading.due
        for number, rung in enumerate(self.rungs, start=1):
            if (in_time and rung.anchor is Anchor.AFTER_DUE) or not self.applies(rung, reading):
                continue
            planned = self._planned(rung, reading, counting)
            if planned is not None:
                any_hour = rung.hours is NoticeHours.ANY_HOUR
                goes_out = planned if any_hour else self.windows.next_allowed_us(planned)
                yield Rise(reading, number, rung, planned, goes_out)

    @final
    def notice(self, rise: Rise, counting: Counting, /) -> Notice:
        """*rise* as it is kept and sent."""
        reading, moment = rise.reading, counting.time.local.moment
        return Notice(
            key=rise.key,
            complaint=reading.case.complaint.id,
            clock=reading.key,
            entry=reading.rule.entry.id,
            tell=rise.tell,
            planned=moment(rise.planned),
            goes_out=moment(rise.goes_out),
            due=moment(reading.due),
        )

    @final
    def explain(self, rise: Rise, counting: Counting, /) -> Reason:
        """Why *rise* goes out when it does: the clock's own reason, the rung, the quiet hours."""
        moment, why = counting.time.local.moment, rise.reading.rule.explain(rise.reading, counting)
        planned, rung = moment(rise.planned), rise.rung
        if _nothing(rung.offset):
            step: Step[object] = Step("notice.at_once", planned, (("anchor", rung.anchor),))
        else:
            step = Step("notice.planned", planned, (("anchor", rung.anchor), ("offset", rung.offset)))
        steps = (*why.working, step)
        if rise.goes_out != rise.planned:
            steps = (*steps, Step("notice.moved", moment(rise.goes_out)))
        return Reason(self.name(), self.entry, self.edition, why.because, steps, why.provisional)

    def _planned(self, rung: Rung, reading: Reading, counting: Counting) -> int | None:
        office, offset = counting.time, counting.meaning(rung.offset)
        if rung.anchor is Anchor.AFTER_START:
            return reading.start if _nothing(offset) else _forward(reading.start, offset, reading, counting)
        if rung.anchor is Anchor.AFTER_DUE:
            return reading.due if _nothing(offset) else _forward(reading.due, offset, reading, counting)
        planned = back_from_us(office, offset, reading.due, reading.stops)
        return planned if planned > reading.start else None


def _forward(start: int, offset: TimeLimit, reading: Reading, counting: Counting) -> int:
    rule: CaseClock = reading.rule
    return end_through_us(counting.time, offset, start, reading.stops, day_close=counting.day_close, roll=rule.roll)


def _nothing(offset: TimeLimit) -> bool:
    return isinstance(offset, ClockHours | BusinessHours) and not offset.seconds
