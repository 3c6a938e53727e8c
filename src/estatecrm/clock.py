"""The only file that reads the wall clock."""

from datetime import date
from typing import Protocol, Self

import pendulum
from attrs import frozen
from pendulum import DateTime


class Clock(Protocol):
    """Where the present moment comes from."""

    def now(self) -> DateTime:
        """The present moment, aware."""
        ...


@frozen
class SystemClock:
    """The machine's clock, in *zone*."""

    zone: str = "Asia/Shanghai"

    def now(self) -> DateTime:
        """The present moment in *zone*."""
        return pendulum.now(self.zone)


@frozen
class FixedClock:
    """A clock that stands still, for tests and for "as of" questions."""

    at: DateTime

    @classmethod
    def on(cls, day: date, *, hour: int = 9, zone: str = "Asia/Shanghai") -> Self:
        """A clock that stands at the full *hour* of *day* in *zone*."""
        return cls(pendulum.datetime(day.year, day.month, day.day, hour, tz=zone))

    def now(self) -> DateTime:
        """The moment it stands at."""
        return self.at
