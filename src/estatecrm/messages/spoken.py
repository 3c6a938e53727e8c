"""Every kind of value as a person of the language writes it."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import singledispatchmethod
from zoneinfo import ZoneInfo

from attrs import field, fields, frozen, has

from estatecrm.messages.catalogues import PLACEHOLDER, Catalogue
from estatecrm.values import (
    Area,
    BusinessHours,
    ClockHours,
    IdentityNumber,
    Money,
    NaturalDays,
    Phone,
    Points,
    Range,
    Rate,
    TimeWord,
    WorkingDays,
)

_MIDNIGHT = time()
_DECIMALS = 4


def _zone() -> ZoneInfo:
    return ZoneInfo("Asia/Shanghai")


@frozen(eq=False)
class Spoken:
    """
    How values are said in the language of *catalogue*; moments are told in *zone*.

    In a sentence ``{name}`` is said by the kind of its value; ``{name:end}`` is a moment that is not itself part
    of a limit (midnight is 24:00 of the day before), ``{name:tenths}`` a count of tenths, and any other word
    names a family of sentences: ``{move:move}`` says the text "sign" as the sentence ``move.sign``.
    """

    catalogue: Catalogue
    zone: ZoneInfo = field(factory=_zone)

    def fill(self, sentence: str, values: Mapping[str, object]) -> str:
        """*sentence* with its placeholders filled; one that has no value stays as it is written."""

        def filled(place: re.Match[str]) -> str:
            whole, name, how = place[0], place[1], place[2]
            return self.told(values[name], how or "") if name in values else whole

        return PLACEHOLDER.sub(filled, sentence)

    def told(self, value: object, how: str) -> str:
        """*value* as the word *how* of a placeholder asks."""
        if not how:
            return self.value(value)
        if how == "end" and isinstance(value, datetime):
            return self.end(value)
        if how == "tenths" and isinstance(value, int):
            return self.value(Decimal(value) / 10)
        if isinstance(value, tuple):
            return self.joined(self.told(part, how) for part in value)
        return self.named(how, str(value.value if isinstance(value, Enum) else value))

    def named(self, family: str, name: str) -> str:
        """The sentence ``family.name``, or the bare name where there is none."""
        return self.catalogue.find(f"{family}.{name}") or name

    def joined(self, parts: Iterable[str]) -> str:
        """A list; an empty one is said as nothing."""
        return self._with("list.separator", ", ").join(parts) or self.nothing()

    def nothing(self) -> str:
        """What stands for no value."""
        return self._with("value.none", "-")

    def end(self, moment: datetime) -> str:
        """A moment up to which something lasts: midnight is 24:00 of the day before."""
        local = moment.astimezone(self.zone)
        if local.timetz().replace(tzinfo=None) != _MIDNIGHT:
            return self.value(moment)
        return f"{self.value(local.date() - timedelta(days=1))} 24:00"

    def latest(self, moment: datetime, *, within: int) -> str:
        """The end of a limit as a list shows it: no year if it is *within* that year, a time only if it has one."""
        local = moment.astimezone(self.zone)
        timed = local.timetz().replace(tzinfo=None) != _MIDNIGHT
        day = local.date() if timed else local.date() - timedelta(days=1)
        said = self._day(day, "pattern.short_day", "MM-dd") if day.year == within else self.value(day)
        return f"{said} {local:%H:%M}" if timed else said

    @singledispatchmethod
    def value(self, value: object) -> str:
        """*value* of any kind a reason may speak of; a small record is its fields, one after another."""
        kind = type(value)
        if has(kind) and kind.__str__ is object.__str__:
            return " ".join(self.value(getattr(value, part.name)) for part in fields(kind))
        return str(value)

    @value.register
    def _(self, value: None) -> str:  # noqa: ARG002 - there is nothing to say about nothing
        return self.nothing()

    @value.register
    def _(self, value: bool) -> str:  # noqa: FBT001 - one kind of value among others
        return self._with("value.yes" if value else "value.no", str(value))

    @value.register
    def _(self, value: Enum) -> str:
        kind = type(value).__name__
        return self.catalogue.find(f"enum.{kind}.{value.name}") or str(value.value)

    @value.register
    def _(self, value: tuple) -> str:  # type: ignore[type-arg]  # register reads the annotation as a class
        return self.joined(self.value(part) for part in value if part is not None)

    @value.register
    def _(self, value: datetime) -> str:
        local = value.astimezone(self.zone)
        return f"{self.value(local.date())} {local:%H:%M}"

    @value.register
    def _(self, value: date) -> str:
        return self._day(value, "pattern.day", "y-MM-dd")

    @value.register
    def _(self, value: Money) -> str:
        whole, _, decimals = _grouped(value.amount).partition(".")
        return self._unit("unit.money", f"{whole}.{decimals:0<2}" if decimals else whole)

    @value.register
    def _(self, value: Area) -> str:
        return self._unit("unit.area", _grouped(value.square_metres))

    @value.register
    def _(self, value: Rate) -> str:
        return self._unit("unit.rate", _grouped(value.percentage))

    @value.register
    def _(self, value: Points) -> str:
        return self._unit("unit.points", _grouped(value.count))

    @value.register
    def _(self, value: NaturalDays) -> str:
        return self._limit("limit.natural_days", value.days)

    @value.register
    def _(self, value: WorkingDays) -> str:
        return self._limit("limit.working_days", value.days)

    @value.register
    def _(self, value: ClockHours) -> str:
        return self._hours("limit.clock", value.seconds)

    @value.register
    def _(self, value: BusinessHours) -> str:
        return self._hours("limit.business", value.seconds)

    @value.register
    def _(self, value: TimeWord) -> str:
        return self.named("word", value.name)

    @value.register
    def _(self, value: Phone) -> str:
        return value.masked

    @value.register
    def _(self, value: IdentityNumber) -> str:
        return value.masked

    @value.register
    def _(self, value: Range) -> str:  # type: ignore[type-arg]  # register reads the annotation as a class
        ends = {"least": value.least, "most": value.most}
        known = [name for name, end in ends.items() if end is not None]
        code = "range.both" if len(known) == 2 else f"range.{known[0]}" if known else "value.none"
        return self.fill(self._with(code, "{least}-{most}"), ends)

    @value.register
    def _(self, value: Decimal) -> str:
        return _grouped(value)

    @value.register
    def _(self, value: int) -> str:
        return _grouped(value)

    def _limit(self, code: str, count: int) -> str:
        if not count:
            return self._with(f"{code}.zero", "0")
        return self._unit(code, _grouped(count))

    def _hours(self, code: str, seconds: int) -> str:
        """In the largest unit that is whole."""
        for unit, length in (("hours", 3600), ("minutes", 60), ("seconds", 1)):
            if seconds % length == 0:
                return self._unit(f"{code}_{unit}", _grouped(seconds // length))
        raise AssertionError(seconds)

    def _unit(self, code: str, count: str) -> str:
        singular = self.catalogue.find(f"{code}.one") if count == "1" else None
        return (singular or self._with(code, "{count}")).replace("{count}", count)

    def _day(self, day: date, code: str, plain: str) -> str:
        from babel.dates import format_date

        return format_date(day, self._with(code, plain), locale=self.catalogue.locale)

    def _with(self, code: str, plain: str) -> str:
        return self.catalogue.find(code) or plain


def _grouped(number: Decimal | int) -> str:
    """Digits in groups of three, without exponent or needless zeros; beyond four decimals rounded, and marked so."""
    if not isinstance(number, Decimal):
        return f"{number:,}"
    text = f"{number:,f}"
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    if len(decimals) > _DECIMALS:
        return f"≈{_grouped(round(number, _DECIMALS))}"
    return f"{whole}.{decimals}" if decimals else whole
