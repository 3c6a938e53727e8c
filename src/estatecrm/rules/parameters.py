"""
Every number says who chose it.

A rule declares a parameter as a lower-case `ClassVar` with one of `doc`, `law` and `ours`. It reads as the plain
value; `Rule.parameters` lists it with its origin. What a host's subclass overrides is listed as the host's.
"""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import TypeVar, cast

from attrs import frozen

from estatecrm.errors import InvalidRule
from estatecrm.values import TimeLimit

T = TypeVar("T")


class Origin(Enum):
    """Who chose a parameter's value."""

    DOC = "doc"
    LAW = "law"
    OURS = "ours"
    HOST = "host"


@frozen
class Parameter:
    """A named number of a rule: its value, who chose it and on what ground."""

    name: str
    value: object
    origin: Origin
    ground: str = ""
    """The law's name, our reason, or the host's class."""
    since: date | None = None
    """From when the law has been in force."""


@frozen
class Declared:
    """What `doc`, `law` and `ours` leave in a class body until the class is examined."""

    value: object
    origin: Origin
    ground: str = ""
    since: date | None = None

    def named(self, name: str) -> Parameter:
        """The parameter under the name it was assigned to."""
        return Parameter(name, self.value, self.origin, self.ground, self.since)


def doc(value: T) -> T:
    """A value the source documents give."""
    return _declared(value, Origin.DOC)


def law(value: T, source: str, since: date) -> T:
    """A value the law gives, in force from *since*."""
    if not source.strip():
        raise InvalidRule("a legal value names its law")
    return _declared(value, Origin.LAW, source, since)


def ours(value: T, why: str) -> T:
    """A value the documents leave open; *why* is one line."""
    if not why.strip():
        raise InvalidRule("a value of our choosing says why")
    return _declared(value, Origin.OURS, why)


def _declared(value: T, origin: Origin, ground: str = "", since: date | None = None) -> T:
    fault = unusable(value)
    if fault:
        raise InvalidRule(fault)
    # The class body sees the plain type; `Rule.__init_subclass__` puts the plain value back in its place.
    return cast("T", Declared(value, origin, ground, since))


def unusable(value: object) -> str:
    """Why *value* can be no parameter at all, or nothing."""
    if isinstance(value, float):
        return f"{value!r} is a float: write a quantity, an int or a Decimal"
    if isinstance(value, Mapping):
        return "a parameter is no dict: write a tuple of small frozen records"
    if isinstance(value, tuple):
        return next(filter(None, map(unusable, value)), "")
    return ""


def mistyped(value: object, default: object) -> str:
    """How *value* differs in kind from the *default* it replaces, or nothing."""
    if isinstance(default, TimeLimit):
        fits = isinstance(value, TimeLimit)
        return "" if fits else f"needs a time limit such as {default!r}, not {value!r}"
    if isinstance(default, tuple) and isinstance(value, tuple):
        kinds = {type(part) for part in default}
        odd = [part for part in value if kinds and not any(not mistyped(part, old) for old in default)]
        return f"holds {odd[0]!r}, which is no {' or '.join(kind.__name__ for kind in kinds)}" if odd else ""
    if type(value) is type(default) or (isinstance(value, type(default)) and not isinstance(value, bool)):
        return ""
    return f"needs a {type(default).__name__} such as {default!r}, not {value!r}"
