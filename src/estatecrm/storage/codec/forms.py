"""
The text form of records: one line of JSON, positional, versioned, the same text for the same record.

A text begins with its kind and form, ``["customer/1",…]``; a reader refuses every other kind, form or length.
"""

import json
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import NoReturn, TypeAlias, TypeVar

from pendulum import DateTime

from estatecrm.errors import InvalidFacts, StorageError
from estatecrm.storage.moments import microseconds_of, moment_of, zone_of

Json: TypeAlias = "str | int | bool | list[Json] | None"

T = TypeVar("T")


def _no_float(_: str) -> NoReturn:
    raise ValueError("no stored text holds a float")


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
_decode = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float).decode


def written(what: str, form: Sequence[Json]) -> str:
    """
    The text of *form*.

    Raises:
        InvalidFacts: a text within holds a NUL or half a character.
    """
    text = _encode(form)
    if "\\u0000" in text and "\\u0000" in text.replace("\\\\", ""):
        raise InvalidFacts(f"{what} holds a NUL, which cannot be kept")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise InvalidFacts(f"{what} holds half a character, which cannot be kept: type it again") from None
    return text


def read(text: str, kind: str, length: int, build: Callable[[list[Json]], T]) -> T:
    """
    What *build* makes of the *length* fields after the kind of *text*.

    Raises:
        StorageError: the text is not of *kind*, or not what this release writes.
    """
    try:
        return build(_fields(_decode(text), kind, length))
    except (ValueError, TypeError, KeyError, IndexError, RecursionError) as error:
        raise StorageError(
            f"a stored text is not a {kind} as this release reads it: it is damaged, or a newer release wrote it"
        ) from error


def _fields(form: object, kind: str, length: int) -> list[Json]:
    if type(form) is not list or len(form) != length + 1 or form[0] != kind:
        raise ValueError(f"no {kind} of {length} fields")
    return form[1:]


def text_in(value: Json) -> str:
    """*value*, which must be a text."""
    if type(value) is not str:
        raise TypeError("a text was expected")
    return value


def whole_in(value: Json) -> int:
    """*value*, which must be a whole number."""
    if type(value) is not int:
        raise TypeError("a whole number was expected")
    return value


def flag_in(value: Json) -> bool:
    """*value*, which must be true or false."""
    if type(value) is not bool:
        raise TypeError("true or false was expected")
    return value


def list_in(value: Json, length: int | None = None) -> list[Json]:
    """*value*, which must be a list, of *length* items if given."""
    if type(value) is not list or (length is not None and len(value) != length):
        raise TypeError("a list was expected")
    return value


def day_text(day: date) -> str:
    """A date as ``2025-03-05``; a moment is no date."""
    text = day.isoformat()
    if len(text) != 10:
        raise InvalidFacts("a day was expected, not a moment")
    return text


@lru_cache(maxsize=65_536)
def maybe_day(day: date | None) -> str | None:
    """A date, or None; a file of customers names few days many times."""
    return None if day is None else day_text(day)


def day_in(value: Json) -> date:
    """The date *value* writes."""
    text = text_in(value)
    if len(text) != 10:
        raise ValueError("a date has ten characters")
    return date.fromisoformat(text)


def maybe_day_in(value: Json) -> date | None:
    """The date *value* writes, or None."""
    return None if value is None else day_in(value)


def moment_form(moment: DateTime) -> list[Json]:
    """A moment as microseconds and zone."""
    return [microseconds_of(moment), zone_of(moment)]


def maybe_moment(moment: DateTime | None) -> list[Json] | None:
    """A moment, or None."""
    return None if moment is None else moment_form(moment)


def moment_in(value: Json) -> DateTime:
    """The moment *value* writes."""
    microseconds, zone = list_in(value, 2)
    return moment_of(whole_in(microseconds), text_in(zone))


def maybe_moment_in(value: Json) -> DateTime | None:
    """The moment *value* writes, or None."""
    return None if value is None else moment_in(value)
