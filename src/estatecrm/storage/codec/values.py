"""The typed values a reason speaks of, each with its tag; texts, whole numbers, flags and None stand for themselves."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Self, TypeAlias, cast

import pendulum
from attrs import frozen
from pendulum import DateTime

from estatecrm import decisions, model, policy, values
from estatecrm.decisions import Value
from estatecrm.errors import StorageError
from estatecrm.model import loyalty, points, referrals
from estatecrm.storage.codec.forms import (
    Json,
    day_in,
    day_text,
    list_in,
    moment_form,
    moment_in,
    text_in,
    whole_in,
)
from estatecrm.values import (
    Area,
    BusinessHours,
    ClockHours,
    Money,
    NaturalDays,
    Points,
    Rate,
    TimeWord,
    WorkingDays,
)

Kept: TypeAlias = object
"""A value of `estatecrm.decisions.Value`; a step's value is typed `object` there, so it is checked here."""


def _decimal_in(value: Json) -> Decimal:
    number = Decimal(text_in(value))
    if not number.is_finite():
        raise ValueError("an amount is finite")
    return number


_PLAIN = frozenset({str, int, bool, type(None)})

_WRITERS: dict[type, Callable[..., list[Json]]] = {
    Decimal: lambda value: ["decimal", str(value)],
    date: lambda value: ["day", day_text(value)],
    pendulum.Date: lambda value: ["day", day_text(value)],
    DateTime: lambda value: ["moment", *moment_form(value)],
    Money: lambda value: ["yuan", str(value.amount)],
    Points: lambda value: ["points", value.count],
    Area: lambda value: ["square_metres", str(value.square_metres)],
    Rate: lambda value: ["rate", str(value.fraction)],
    NaturalDays: lambda value: ["natural_days", value.days],
    WorkingDays: lambda value: ["working_days", value.days],
    ClockHours: lambda value: ["clock_seconds", value.seconds],
    BusinessHours: lambda value: ["business_seconds", value.seconds],
    TimeWord: lambda value: ["word", value.name],
}

_READERS: dict[str, Callable[[list[Json]], Value]] = {
    "decimal": lambda form: _decimal_in(form[0]),
    "day": lambda form: day_in(form[0]),
    "moment": moment_in,
    "yuan": lambda form: Money(text_in(form[0])),
    "points": lambda form: Points(whole_in(form[0])),
    "square_metres": lambda form: Area(text_in(form[0])),
    "rate": lambda form: Rate(text_in(form[0])),
    "natural_days": lambda form: NaturalDays(whole_in(form[0])),
    "working_days": lambda form: WorkingDays(whole_in(form[0])),
    "clock_seconds": lambda form: ClockHours.of_seconds(whole_in(form[0])),
    "business_seconds": lambda form: BusinessHours.of_seconds(whole_in(form[0])),
    "word": lambda form: TimeWord(text_in(form[0])),
}
_LENGTHS = {"moment": 2, "member": 2}


def _enums_of(*rooms: object) -> tuple[type[Enum], ...]:
    names = ((room, name) for room in rooms for name in getattr(room, "__all__", dir(room)))
    found = (getattr(room, name) for room, name in names)
    return tuple(each for each in found if isinstance(each, type) and issubclass(each, Enum) and each is not Enum)


OURS: tuple[type[Enum], ...] = _enums_of(values, policy, model, decisions, loyalty, points, referrals)
"""The classes of the library whose members a reason may name."""


def _by_name(enums: tuple[type[Enum], ...]) -> dict[str, type[Enum]]:
    known: dict[str, type[Enum]] = {}
    for enum in (*OURS, *enums):
        if known.setdefault(enum.__qualname__, enum) is not enum:
            raise StorageError(f"two classes are called {enum.__qualname__}: a stored value could be either")
    return known


@frozen
class Values:
    """Values as JSON forms and back."""

    enums: Mapping[str, type[Enum]]

    @classmethod
    def knowing(cls, enums: tuple[type[Enum], ...]) -> Self:
        """
        With a host's own *enums* besides the library's.

        Raises:
            StorageError: two classes have the same name.
        """
        return cls(_by_name(enums))

    def form(self, value: Kept) -> Json:
        """
        The form of *value*.

        Raises:
            StorageError: it is of a kind that cannot be kept.
        """
        kind = type(value)
        if kind in _PLAIN:
            return cast(Json, value)
        if kind is tuple:
            return ["list", *(self.form(each) for each in cast(tuple[Kept, ...], value))]
        write = _WRITERS.get(kind)
        if write is not None:
            return write(value)
        if isinstance(value, Enum) and self.enums.get(kind.__qualname__) is kind:
            return ["member", kind.__qualname__, value.name]
        raise StorageError(
            f"a reason speaks of a {kind.__qualname__}, which cannot be kept: "
            "use a quantity of estatecrm.values, a text, a date, a moment or a member of a known class"
        )

    def value(self, form: Json) -> Value:
        """The value *form* writes; ValueError, TypeError or KeyError if it writes none."""
        if not isinstance(form, list):
            return form
        tag, rest = text_in(form[0]), form[1:]
        if tag == "list":
            return tuple(self.value(each) for each in rest)
        list_in(rest, _LENGTHS.get(tag, 1))
        if tag == "member":
            return self.enums[text_in(rest[0])][text_in(rest[1])]
        return _READERS[tag](rest)
