"""Hours of the day at which something may be done, every day alike: calling a customer, sending a message."""

from datetime import datetime
from typing import Self

from attrs import field, frozen
from pendulum import DateTime

from estatecrm.calendars._clock import Window, windows
from estatecrm.calendars._moments import DAY, SHANGHAI, microseconds_of, zone_named
from estatecrm.errors import InvalidCalendar


def _ordered(given: tuple[Window, ...]) -> tuple[Window, ...]:
    return windows(*given)


@frozen
class DailyWindows:
    """
    The windows of every day in which something is allowed; outside them are quiet hours.

    Raises:
        InvalidCalendar: there is no window, two overlap, or one runs past midnight (write it as two).
    """

    windows: tuple[Window, ...] = field(converter=_ordered)
    zone: str = SHANGHAI

    @classmethod
    def of(cls, *texts: str | Window, zone: str = SHANGHAI) -> Self:
        """``DailyWindows.of("09:00-12:00", "14:00-20:00")``, on the clock of *zone*."""
        return cls(windows(*texts), zone)

    def __attrs_post_init__(self) -> None:
        if not self.windows:
            raise InvalidCalendar("at least one window of the day must be allowed")
        if self.windows[-1].closes.microseconds > DAY:
            raise InvalidCalendar(f"the daily window {self.windows[-1]} runs past midnight: write it as two")

    def allows(self, moment: datetime) -> bool:
        """Whether *moment* lies in a window."""
        at = microseconds_of(moment)
        return self.next_allowed_us(at) == at

    def next_allowed(self, moment: datetime) -> DateTime:
        """*moment* itself if it is allowed, else the next opening."""
        return zone_named(self.zone).moment(self.next_allowed_us(microseconds_of(moment)))

    def next_allowed_us(self, moment: int) -> int:
        """`next_allowed` on microseconds since 1970."""
        zone = zone_named(self.zone)
        clock, today = zone.clock(moment), zone.ordinal(moment)
        for window in self.windows:
            if clock < window.opens.microseconds:
                return max(zone.at(today, window.opens.microseconds), moment)
            if clock < window.closes.microseconds:
                return moment
        return zone.at(today + 1, self.windows[0].opens.microseconds)
