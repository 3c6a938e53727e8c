"""Areas and budgets as offices write them: one figure, a range, or a bound on one side."""

import re
from decimal import Decimal
from typing import Final

from estatecrm.exchange.cells import Cell, narrow, shown
from estatecrm.exchange.faults import RowFault, Unreadable
from estatecrm.exchange.words import BLANK_WORDS
from estatecrm.values import Area, Money, Range

_MOST_BEFORE: Final = r"≤|<=|<|≦|不超过|不高于|不大于|小于|低于|最多|至多"
_LEAST_BEFORE: Final = r"≥|>=|>|≧|不低于|不少于|不小于|大于|高于|超过|最少|至少"
_MOST_AFTER: Final = r"以内|以下|之内|之下|内|封顶"
_LEAST_AFTER: Final = r"以上|之上|起步|起|\+"
_MONEY_UNITS: Final = {"万元": 10**4, "万": 10**4, "w": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "元": 1}
_LONGEST: Final = 60
_TEN_THOUSAND: Final = 10_000
_MONEY_PLAUSIBLE: Final = (Decimal(10_000), Decimal(10**9))
_AREA_PLAUSIBLE: Final = (Decimal(5), Decimal(10_000))


def _form(unit: str) -> re.Pattern[str]:
    number = r"¥?(\d+(?:\.\d+)?)"
    return re.compile(
        rf"(?:约|大约|大概|大致)?(?:({_MOST_BEFORE})|({_LEAST_BEFORE}))?{number}({unit})?"
        rf"(?:[-~到至]{number}({unit})?)?(?:({_MOST_AFTER})|({_LEAST_AFTER})|左右|上下)?"
    )


_MONEY: Final = _form(r"万元|百万|千万|[万w亿元]")
_AREA: Final = _form(r"㎡|m2|m²|平方米|平米|平方|[平方]")


def read_area(cell: Cell) -> Range[Area] | None:
    """
    The wanted floor area in square metres, which is the unit where none is written.

    Raises:
        Unreadable: no figure, or one no home has.
    """
    text = _plain(cell)
    if text in BLANK_WORDS:
        return None
    found = _AREA.fullmatch(text)
    if found is None:
        raise Unreadable(RowFault.AREA_UNREADABLE)
    least, most = _bounds(found, Decimal(found[3]), Decimal(found[5]) if found[5] else None)
    _check((least, most), _AREA_PLAUSIBLE, RowFault.AREA_IMPLAUSIBLE)
    return Range(None if least is None else Area(least), None if most is None else Area(most))


def read_budget(cell: Cell, *, unit: str = "") -> Range[Money] | None:
    """
    The budget in yuan; *unit* is what the header says in brackets.

    Without any unit a figure from ten thousand up is in yuan, and a smaller one is refused: it may be 万.

    Raises:
        Unreadable: no figure, no unit, or a sum no home costs.
    """
    text = _plain(cell)
    if text in BLANK_WORDS:
        return None
    found = _MONEY.fullmatch(text)
    if found is None:
        raise Unreadable(RowFault.MONEY_UNREADABLE)
    first = _yuan(found[3], found[4] or found[6] or unit)
    second = _yuan(found[5], found[6] or found[4] or unit) if found[5] else None
    least, most = _bounds(found, first, second)
    _check((least, most), _MONEY_PLAUSIBLE, RowFault.MONEY_IMPLAUSIBLE)
    return Range(None if least is None else Money(least), None if most is None else Money(most))


def _plain(cell: Cell) -> str:
    """*cell* without blanks and thousands' commas; the start of a text too long to be a figure, so that it is none."""
    return narrow(shown(cell)).lower().replace(" ", "").replace(",", "")[:_LONGEST]


def _yuan(figure: str, unit: str) -> Decimal:
    number = Decimal(figure)
    if not unit and number < _TEN_THOUSAND:
        raise Unreadable(RowFault.MONEY_UNIT_MISSING)
    return number * _MONEY_UNITS.get(unit, 1)


def _bounds(found: re.Match[str], first: Decimal, second: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    at_most, at_least = found[1] or found[7], found[2] or found[8]
    if second is not None:
        if at_most or at_least:
            raise Unreadable(RowFault.RANGE_REVERSED)
        if second < first:
            raise Unreadable(RowFault.RANGE_REVERSED)
        return first, second
    if at_most and at_least:
        raise Unreadable(RowFault.RANGE_REVERSED)
    return (None if at_most else first), (None if at_least else first)


def _check(bounds: tuple[Decimal | None, Decimal | None], plausible: tuple[Decimal, Decimal], fault: RowFault) -> None:
    least, most = plausible
    if any(bound is not None and not least <= bound <= most for bound in bounds):
        raise Unreadable(fault)
