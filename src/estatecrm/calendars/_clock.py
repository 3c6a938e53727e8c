"""Clock times and windows of a day, half-open: the opening belongs to the window, the closing does not."""

import re
from collections.abc import Iterable
from datetime import date, time
from itertools import pairwise
from typing import Final, Self

from attrs import field, frozen

from estatecrm.calendars._moments import DAY, HOUR, MINUTE, SECOND
from estatecrm.errors import InvalidCalendar

_CLOCK = re.compile(r"([0-9]{1,2}):([0-5][0-9])(?::([0-5][0-9]))?").fullmatch

Spans = list[tuple[int, int]]


@frozen(order=True, repr=False)
class ClockTime:
    """
    A time on the office's clock, in microseconds since midnight.

    24:00 is the end of the day; a shift over midnight ends between 24:00 and 48:00.
    """

    microseconds: int

    @classmethod
    def parse(cls, text: "str | time | ClockTime") -> "ClockTime":
        """
        The time *text* writes: ``"09:00"``, ``"17:30:15"``, ``"24:00"``, ``"30:00"``.

        Raises:
            InvalidCalendar: no such time.
        """
        if isinstance(text, ClockTime):
            return text
        if isinstance(text, time):
            seconds = text.hour * 3600 + text.minute * 60 + text.second
            return cls(seconds * SECOND + text.microsecond)
        written = _CLOCK(text.strip())
        if written is None:
            raise InvalidCalendar(f"{text!r} is no time of day: write it like 09:00, up to 48:00")
        hours, minutes, seconds = (int(part or 0) for part in written.groups())
        return cls(hours * HOUR + minutes * MINUTE + seconds * SECOND)

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.microseconds <= 2 * DAY:
            raise InvalidCalendar("a time of day lies between 00:00 and 48:00")

    def __str__(self) -> str:
        minutes, rest = divmod(self.microseconds, MINUTE)
        seconds = f":{rest / SECOND:09.6f}".rstrip("0").rstrip(".") if rest else ""
        return f"{minutes // 60:02}:{minutes % 60:02}{seconds}"

    def __repr__(self) -> str:
        return f"ClockTime.parse('{self}')"


END_OF_DAY: Final = ClockTime(DAY)
"""24:00, the close of a calendar day (rulebook R-03)."""


def _clock_time(text: str | time | ClockTime) -> ClockTime:
    return ClockTime.parse(text)


@frozen(order=True, repr=False)
class Window:
    """
    Open from *opens* up to, not including, *closes*.

    Raises:
        InvalidCalendar: empty, reversed or longer than a day. A shift over midnight is written 22:00-30:00.
    """

    opens: ClockTime = field(converter=_clock_time)
    closes: ClockTime = field(converter=_clock_time)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The window *text* writes: ``"09:00-12:00"``."""
        opens, dash, closes = text.replace("–", "-").partition("-")
        if not dash:
            raise InvalidCalendar(f"{text!r} is no window: write it like 09:00-12:00")
        return cls(opens, closes)

    def __attrs_post_init__(self) -> None:
        if self.opens.microseconds >= DAY:
            raise InvalidCalendar(f"a window opens before 24:00; {self} does not")
        length = self.closes.microseconds - self.opens.microseconds
        if length <= 0:
            raise InvalidCalendar(
                f"the window {self} ends before it begins; a shift over midnight is written like 22:00-30:00"
            )
        if length > DAY:
            raise InvalidCalendar(f"the window {self} is longer than a day")

    def __str__(self) -> str:
        return f"{self.opens}-{self.closes}"

    def __repr__(self) -> str:
        return f"Window.parse('{self}')"


@frozen
class DatedWindows:
    """Windows of one particular date."""

    day: date
    windows: tuple[Window, ...]


def windows(*texts: str | Window) -> tuple[Window, ...]:
    """
    The windows of a day in order: ``windows("09:00-12:00", "13:30-18:00")``.

    Raises:
        InvalidCalendar: two of them overlap.
    """
    day = tuple(sorted(text if isinstance(text, Window) else Window.parse(text) for text in texts))
    for earlier, later in pairwise(day):
        if later.opens < earlier.closes:
            raise InvalidCalendar(f"the windows {earlier} and {later} overlap")
    return day


def without(spans: Spans, closures: Iterable[Window]) -> Spans:
    """What is left of *spans* (microseconds) when *closures* are cut out."""
    for closure in closures:
        start, end = closure.opens.microseconds, closure.closes.microseconds
        spans = [
            piece
            for opens, closes in spans
            for piece in ((opens, min(closes, start)), (max(opens, end), closes))
            if piece[0] < piece[1]
        ]
    return spans
