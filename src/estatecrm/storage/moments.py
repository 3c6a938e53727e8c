"""Moments as integers: microseconds since 1970-01-01 00:00 UTC, and the id of the zone they were spoken in."""

from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache

import pendulum
from pendulum import DateTime

from estatecrm.errors import InvalidFacts, StorageError

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)  # noqa: UP017 - pendulum's own UTC is slower to add to
_MICROSECOND = timedelta(microseconds=1)


def microseconds_of(moment: DateTime) -> int:
    """
    The instant of *moment*, exact.

    Raises:
        InvalidFacts: *moment* is naive.
    """
    if moment.tzinfo is None:
        raise InvalidFacts("a moment needs its time zone: a naive datetime names no instant")
    return int(moment.int_timestamp) * 1_000_000 + moment.microsecond


def zone_of(moment: DateTime) -> str:
    """
    The id of the zone of *moment*: an IANA name, or a fixed offset as ``+08:00``.

    Raises:
        InvalidFacts: *moment* is naive, or its zone has no name to keep.
    """
    zone = moment.tzinfo
    name = getattr(zone, "name", None) or getattr(zone, "key", None)
    if isinstance(name, str) and not name.startswith(("+", "-")):
        return name
    offset = moment.utcoffset()
    if offset is None:
        raise InvalidFacts("a moment needs its time zone: a naive datetime names no instant")
    if offset % timedelta(minutes=1):
        raise InvalidFacts("a moment's offset from UTC comes in whole minutes")
    minutes = offset // timedelta(minutes=1)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


@lru_cache(maxsize=4096)
def moment_of(microseconds: int, zone: str = "UTC") -> DateTime:
    """
    The moment at *microseconds*, in *zone* as `zone_of` wrote it.

    Raises:
        StorageError: the zone is unknown here, or the moment lies outside the years 1 to 9999.
    """
    where = _zone(zone)
    try:
        local = (_EPOCH + microseconds * _MICROSECOND).astimezone(where)
    except OverflowError as error:
        raise StorageError("a stored moment lies outside the years 1 to 9999") from error
    return DateTime(
        local.year,
        local.month,
        local.day,
        local.hour,
        local.minute,
        local.second,
        local.microsecond,
        tzinfo=where,
        fold=local.fold,
    )


@lru_cache(maxsize=256)
def _zone(name: str) -> tzinfo:
    if name[:1] in {"+", "-"}:
        try:
            minutes = int(name[1:3]) * 60 + int(name[4:6])
        except ValueError as error:
            raise StorageError(f"{name!r} is no offset from UTC") from error
        return pendulum.FixedTimezone(minutes * (-60 if name[0] == "-" else 60))
    try:
        return pendulum.timezone(name)
    except (KeyError, ValueError, OSError) as error:
        raise StorageError(f"the time zone {name!r} is not known here: install tzdata") from error
