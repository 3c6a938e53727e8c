"""What business time answers: a moment or a length, and on demand how it came about."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from attrs import define, field
from pendulum import DateTime

from estatecrm.calendars._conventions import Convention
from estatecrm.calendars._days import Day
from estatecrm.calendars._moments import SECOND, zone_named
from estatecrm.errors import InvalidFacts

if TYPE_CHECKING:
    from estatecrm.calendars._business import BusinessTime


# Neither record is frozen: one is made for every count, and freezing it would cost as much as the bisections.
@define(eq=False)
class Reckoning:
    """
    A moment found by counting open time. Only the moment is worked out at once; the rest when it is asked for.

    *start_us* and *end_us* are microseconds since 1970.
    """

    business: "BusinessTime" = field(repr=False)
    start_us: int
    end_us: int
    again: Callable[["BusinessTime"], int] = field(repr=False)

    @property
    def moment(self) -> DateTime:
        """The moment, in the office's zone."""
        return zone_named(self.business.zone).moment(self.end_us)

    @property
    def provisional(self) -> bool:
        """Whether the moment may move when a year's days off are published."""
        return bool(self.assumed_years)

    @property
    def assumed_years(self) -> tuple[int, ...]:
        """The years whose days off are not published and were taken as plain weeks."""
        return self.business.assumed_us(self.start_us, self.end_us)

    @property
    def decided_by(self) -> tuple[Convention, ...]:
        """The conventions without which the moment would be another one."""
        return tuple(
            chosen
            for chosen in self.business.conventions.followed()
            if any(self._differs(other) for other in type(chosen) if other is not chosen)
        )

    @property
    def closed_dates(self) -> tuple[Day, ...]:
        """The dates passed, the first and the last included, on which the office does not open, and why."""
        zone = zone_named(self.business.zone)
        first, last = sorted((zone.ordinal(self.start_us), zone.ordinal(self.end_us)))
        days = (self.business.calendar.day(date.fromordinal(each)) for each in range(first, last + 1))
        return tuple(day for day in days if not self.business.hours.spans_on(day))

    def _differs(self, other: Convention) -> bool:
        try:
            return self.again(self.business.following(other)) != self.end_us
        except InvalidFacts:
            return True


@define(eq=False)
class Elapsed:
    """A length of open time between two moments (microseconds since 1970)."""

    business: "BusinessTime" = field(repr=False)
    start_us: int
    end_us: int
    microseconds: int

    @property
    def span(self) -> timedelta:
        """The length as a timedelta."""
        return timedelta(microseconds=self.microseconds)

    @property
    def seconds(self) -> int:
        """Whole seconds of it, rounded towards zero."""
        return self.microseconds // SECOND if self.microseconds >= 0 else -(-self.microseconds // SECOND)

    @property
    def assumed_years(self) -> tuple[int, ...]:
        """The years whose days off are not published and were taken as plain weeks."""
        return self.business.assumed_us(self.start_us, self.end_us)

    @property
    def provisional(self) -> bool:
        """Whether the length may change when a year's days off are published."""
        return bool(self.assumed_years)
