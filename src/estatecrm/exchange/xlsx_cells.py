"""What one cell of a workbook means: its text, its declared kind and its style made a `Cell`."""

import datetime as dt
import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from estatecrm.exchange.cells import Cell, FormulaError
from estatecrm.exchange.dates import from_serial
from estatecrm.exchange.sheets import Epoch
from estatecrm.exchange.xlsx_package import Damaged
from estatecrm.exchange.xlsx_shared import SharedTexts, escaped_text, plain_text

_EXACT: Final = 10**15
_ATTRIBUTES: Final = re.compile(r'(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?').fullmatch


class CellValues(dict[str, Callable[[str], Cell]]):
    """Reads cells; as a mapping, what to do with the text of a cell whose tag ends in the given attributes."""

    def __init__(self, shared: SharedTexts, dates: frozenset[str], epoch: Epoch, longest: int) -> None:
        super().__init__()
        self._shared = shared
        self._dates = dates
        self._epoch = epoch
        self._longest = longest

    def __missing__(self, attributes: str) -> Callable[[str], Cell]:
        """KeyError where the attributes are not the usual ones, so that the full XML parser is asked."""
        found = _ATTRIBUTES(attributes)
        if found is None:
            raise KeyError(attributes)
        reading = self._reading(kind=found[2], style=found[1])
        self[attributes] = reading
        return reading

    def _reading(self, *, kind: str | None, style: str | None) -> Callable[[str], Cell]:
        if kind == "s":
            return self._shared.at
        if kind in {"inlineStr", "str"}:
            return self._escaped
        if kind in {None, "n"} and style not in self._dates:
            return read_number
        return lambda text: self.value(kind, style, text)

    def value(self, kind: str | None, style: str | None, text: str) -> Cell:
        """
        The cell of this kind and style whose XML text, its entities resolved, is *text*.

        Raises:
            Damaged: a text longer than a cell can be.
            ValueError: no number or date where one is declared.
        """
        match kind:
            case "s":
                return self._shared.at(text)
            case None | "n":
                number = read_number(text)
                if style in self._dates and not isinstance(number, str):
                    return from_serial(number, self._epoch) or number
                return number
            case "inlineStr" | "str":
                return self._bounded(plain_text(text))
            case "b":
                return text.strip() in {"1", "true"}
            case "d":
                return dt.datetime.fromisoformat(text.strip()).replace(tzinfo=None)
            case _:
                return FormulaError(text)

    def _escaped(self, text: str) -> str:
        return self._bounded(escaped_text(text))

    def _bounded(self, text: str) -> str:
        if len(text) > self._longest:
            raise Damaged("a cell holds more text than a cell can")
        return text


def read_number(text: str) -> int | float | FormulaError:
    """The number a cell holds, whole where it is whole."""
    if text.isdigit() and text.isascii():
        return int(text)
    number = float(text)
    if not math.isfinite(number):
        return FormulaError("#NUM!")
    if not number.is_integer():
        return number
    # A spreadsheet keeps 15 digits and shows zeros after them; a float has noise there.
    return int(number) if abs(number) < _EXACT else int(Decimal(f"{number:.14E}"))
