"""Moments as integers inside, aware pendulum moments at the edge."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Final

import pendulum
from pendulum import DateTime

from estatecrm.errors import InvalidCalendar, InvalidFacts

SECOND: Final = 1_000_000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2299
SHANGHAI: Final = "Asia/Shanghai"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NAIVE_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  # local clock readings are counted from here
_EPOCH_ORDINAL = _NAIVE_EPOCH.toordinal()
_MICROSECOND = timedelta(microseconds=1)
# The stdlib subtraction costs a tenth of pendulum's own, which builds an interval.
_subtract = datetime.__sub__


def microseconds_of(moment: datetime) -> int:
    """
    Microseconds from 1970-01-01T00:00Z to *moment*, exact.

    Raises:
        InvalidFacts: *moment* has no time zone.
    """
    try:
        since = _subtract(moment, _EPOCH)
    except TypeError:
        raise InvalidFacts(
            "a moment needs a time zone: pass an aware one such as pendulum.datetime(2025, 3, 3, tz='Asia/Shanghai')"
        ) from None
    return (since.days * 86_400 + since.seconds) * SECOND + since.microseconds


def microseconds_in(span: timedelta) -> int:
    """The length of *span* in microseconds, exact."""
    return span // _MICROSECOND


def ordinal_of(day: date) -> int:
    """
    The proleptic ordinal of a plain date.

    Raises:
        InvalidFacts: a moment instead of a date, or a year outside 1900 to 2299.
    """
    if isinstance(day, datetime):
        raise InvalidFacts("a date is needed, not a moment: take the date in the office's zone first")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidFacts(f"calendars reach from {FIRST_YEAR} to {LAST_YEAR}; {day.year} lies outside")
    return day.toordinal()


class Zone:
    """
    A time zone for integer moments.

    A clock reading that occurs twice means the first; one that is skipped moves on by the length of the gap.
    """

    __slots__ = ("_even_days", "_midnights", "name", "tz")

    def __init__(self, name: str) -> None:
        try:
            self.tz = pendulum.timezone(name)
        except Exception as unknown:
            raise InvalidCalendar(f"no time zone is called {name!r}; write one such as {SHANGHAI!r}") from unknown
        self.name = name
        self._midnights: dict[int, int] = {}
        self._even_days: dict[int, int] = {}

    def microseconds(self, moment: datetime) -> int:
        """`microseconds_of` *moment*, quicker where it is a moment of this zone."""
        if moment.tzinfo is self.tz:
            # On a day of 24 hours the clock reading says it all; asking the zone costs three times as much.
            midnight = self._even_days.get(moment.toordinal())
            if midnight is not None:
                seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
                return midnight + seconds * SECOND + moment.microsecond
            if FIRST_YEAR <= moment.year <= LAST_YEAR:
                self._note_even(moment.toordinal())
        return microseconds_of(moment)

    def moment(self, microseconds: int) -> DateTime:
        """The aware moment of *microseconds* since 1970 in this zone."""
        seconds, rest = divmod(microseconds, SECOND)
        # Built from parts: pendulum's own constructors cost five times as much.
        at = datetime.fromtimestamp(seconds, self.tz)
        return DateTime(at.year, at.month, at.day, at.hour, at.minute, at.second, rest, tzinfo=self.tz, fold=at.fold)

    def ordinal(self, microseconds: int) -> int:
        """The ordinal of the local date at *microseconds*."""
        return datetime.fromtimestamp(microseconds // SECOND, self.tz).toordinal()

    def date(self, microseconds: int) -> date:
        """The local date at *microseconds*."""
        return datetime.fromtimestamp(microseconds // SECOND, self.tz).date()

    def clock(self, microseconds: int) -> int:
        """Microseconds on the local clock at *microseconds*, 0 to 24 hours."""
        at = datetime.fromtimestamp(microseconds // SECOND, self.tz)
        return (at.hour * 3600 + at.minute * 60 + at.second) * SECOND + microseconds % SECOND

    def at(self, ordinal: int, clock: int) -> int:
        """The instant at which the local clock of date *ordinal* shows *clock* microseconds past midnight."""
        local = (ordinal - _EPOCH_ORDINAL) * DAY + clock
        offset = self.tz.utcoffset(_NAIVE_EPOCH + timedelta(microseconds=local))
        return local - microseconds_in(offset or timedelta())

    def midnight(self, ordinal: int) -> int:
        """The instant at which the local date *ordinal* begins."""
        known = self._midnights.get(ordinal)
        if known is None:
            known = self._midnights[ordinal] = self.at(ordinal, 0)
        return known

    def _note_even(self, ordinal: int) -> None:
        midnight = self.midnight(ordinal)
        if self.midnight(ordinal + 1) - midnight == DAY:
            self._even_days[ordinal] = midnight


@cache
def zone_named(name: str) -> Zone:
    """The zone called *name*, read once."""
    return Zone(name)


def moment_from(microseconds: int, zone: str = SHANGHAI) -> DateTime:
    """The moment of *zone* at *microseconds* since 1970; the way back from `microseconds_of`."""
    return zone_named(zone).moment(microseconds)
