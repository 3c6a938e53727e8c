"""Conventions that every other rule leans on: what vague words mean, how days are counted (chapter R)."""

from datetime import date, datetime
from functools import cache
from typing import ClassVar, final

from attrs import field, frozen
from pendulum import DateTime

from estatecrm.calendars import (
    END_OF_DAY,
    ClockTime,
    Due,
    OfficeHours,
    OfficeTime,
    StateCouncil,
    end_of,
    microseconds_of,
    moment_from,
    overrun,
)
from estatecrm.policy import CORE, STD, Entry
from estatecrm.rules.base import Rule
from estatecrm.rules.parameters import ours
from estatecrm.values import (
    ALARM,
    IMMEDIATE,
    PROMPT,
    Bound,
    ClockHours,
    NaturalDays,
    TimeLimit,
    TimeWord,
    WorkingDays,
)


@cache
def usual_office_time() -> OfficeTime:
    """Working days as the State Council arranges them, Shanghai's zone, and office hours with a noon break."""
    return OfficeTime(StateCouncil(), OfficeHours.weekdays("09:00-12:00", "13:30-18:00"))


@frozen(slots=False)
class Counting(Rule):
    """
    How time limits are counted, what vague words mean, and that "or more" counts the number itself.

    *time* is the office's: zone, working days, office hours. It is passed in.

    Source: needed by 002 P1 §2.1(2), 003 P1 a19, 003 P3 2.4–2.5, 003 P8, 004 A4 §2; words throughout.
    """

    entry = Entry.of("R-03", "期限计算", CORE, "002 P1 §2.1(2); 003 P1 a19; 003 P3 2.4–2.5; 003 P8; 004 A4 §2")
    also = (
        Entry.of("R-02", "及时/立即/定期", CORE, "000; 001; 002; 003; 004"),
        Entry.of("R-04", "以上含本数", STD, "002 P1 §4.2; 003 P9 (6); 004 A4 §3.02"),
    )

    alarm: ClassVar[TimeLimit] = ours(ClockHours(1), "马上, 第一时间: the strongest word")
    immediate: ClassVar[TimeLimit] = ours(NaturalDays(0), "立即, 立刻: the end of the same calendar day")
    prompt: ClassVar[TimeLimit] = ours(WorkingDays(1), "及时: the end of the next working day")
    day_close: ClassVar[ClockTime] = ours(END_OF_DAY, "simplest safe reading")
    at_least: ClassVar[Bound] = ours(Bound.INCLUSIVE, "normal reading in Chinese legal drafting")

    time: OfficeTime = field(factory=usual_office_time, kw_only=True)

    def meaning(self, limit: TimeLimit, /) -> TimeLimit:
        """What *limit* means where it is a vague word (R-02); any other limit means itself."""
        if not isinstance(limit, TimeWord):
            return limit
        words = {ALARM: self.alarm, IMMEDIATE: self.immediate, PROMPT: self.prompt}
        return words.get(limit, limit)

    def reached(self, count: int, threshold: int, /) -> bool:
        """Whether *count* is "*threshold* or more" (R-04)."""
        return count >= threshold if self.at_least is Bound.INCLUSIVE else count > threshold

    @property
    @final
    def zone(self) -> str:
        """The office's time zone."""
        return self.time.zone

    @final
    def moment(self, start: date, /) -> DateTime:
        """The moment *start* is: itself, or the beginning of that day in the office's zone."""
        if isinstance(start, datetime):
            return moment_from(microseconds_of(start), self.zone)
        return self.time.moment_on(start, ClockTime(0))

    @final
    def moment_us(self, start: date, /) -> int:
        """`moment`, in microseconds since 1970."""
        if isinstance(start, datetime):
            return self.time.local.microseconds(start)
        return self.time.local.midnight(start.toordinal())

    @final
    def day_of(self, start: date, /) -> date:
        """The day *start* lies on in the office's zone."""
        return self.time.date_of(start) if isinstance(start, datetime) else start

    @final
    def due(self, limit: TimeLimit, start: date, /) -> Due:
        """When *limit*, counted from *start*, ends (R-03); its last moment still belongs to it."""
        return end_of(self.time, self.meaning(limit), self.moment(start), day_close=self.day_close)

    @final
    def last_day(self, due: Due, /) -> date:
        """The day at whose close, or in whose course, *due* lies."""
        return due.closing_day or self.day_of(due.moment)

    @final
    def overrun(self, limit: TimeLimit, start: date, done: date, /) -> TimeLimit | None:
        """By how much *done* lies past the end of *limit*, in the limit's own unit; None if it does not."""
        return overrun(self.time, self.meaning(limit), self.due(limit, start), self.moment(done))

    @final
    def end_of_day(self, day: date, /) -> DateTime:
        """The moment at which *day* is over."""
        return self.due(NaturalDays(0), day).moment
