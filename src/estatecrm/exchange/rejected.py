"""Rejected rows written back, ready to be corrected and imported again."""

import csv
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from os import PathLike
from pathlib import Path
from typing import Final, TypeAlias

from estatecrm.errors import MissingExtra
from estatecrm.exchange.cells import EMPTY, Cell, shown
from estatecrm.exchange.columns import Column, ColumnMapping, header_key
from estatecrm.exchange.dates import from_serial
from estatecrm.exchange.drafts import Refused
from estatecrm.exchange.fields import DATE_FIELDS, REASON_HEADER, REASON_HEADERS, Field
from estatecrm.exchange.sheets import Epoch
from estatecrm.exchange.workbook import Page, Value, appearing, write_pages

Say: TypeAlias = Callable[[str, tuple[tuple[str, str], ...]], str]
"""A catalogue: the sentence for a code, filled with named values."""

_NUMBERS: Final = frozenset({Field.PHONE, Field.IDENTITY})
_EXACT: Final = 10**15
_FORMULA_STARTS: Final = tuple("=+-@\t\r＝＋－＠")


def write_rejected(
    path: str | PathLike[str],
    refused: Iterable[Refused],
    *,
    mapping: ColumnMapping,
    say: Say,
    title: str = REASON_HEADER,
) -> Path:
    """
    The *refused* rows in the file's own columns and order, and a last red column *title* with all reasons.

    The column of an earlier round is left out, and never read when the file is imported again. Where
    XlsxWriter is not installed a csv is written instead; the path that was written is returned.
    """
    rows = list(refused)
    kept = [column for column in mapping.columns if header_key(column.header) not in REASON_HEADERS]
    beyond = max((len(row.cells) for row in rows), default=0) - len(mapping.columns)
    headers = (*(column.header for column in kept), *[EMPTY] * max(beyond, 0), title)
    page = Page(title, headers, (_values(row, mapping, kept, len(headers), say) for row in rows), len(headers) - 1)
    target = Path(path)
    try:
        write_pages(target, [page])
    except MissingExtra:
        target = target.with_suffix(".csv")
        _write_csv(target, page, kept)
    return target


def _values(row: Refused, mapping: ColumnMapping, kept: list[Column], width: int, say: Say) -> list[Value]:
    cells = [*row.cells, *[EMPTY] * (len(mapping.columns) - len(row.cells))]
    values = [_value(cells[column.place], column.field, mapping.epoch) for column in kept]
    values += [shown(cell) for cell in cells[len(mapping.columns) :]]
    values += [None] * (width - 1 - len(values))
    return [*values, "; ".join(say(reason.code, reason.values) for reason in row.reasons)]


def _value(cell: Cell, meaning: Field | None, epoch: Epoch) -> Value:
    """*cell* as it can be written again without meaning something else."""
    if isinstance(cell, (str, dt.date)):
        return cell
    if meaning is Field.IDENTITY and abs(cell) >= _EXACT:
        return f"{cell:.14E}"  # as a text of digits it might be taken for a whole number on the way back
    if isinstance(cell, bool) or meaning in _NUMBERS:
        return shown(cell)
    if meaning in DATE_FIELDS and epoch is Epoch.SINCE_1904 and (day := from_serial(cell, epoch)):
        return day
    return cell if isinstance(cell, int) else Decimal(repr(cell))


def _write_csv(target: Path, page: Page, kept: list[Column]) -> None:
    numbers = {place for place, column in enumerate(kept) if column.field in _NUMBERS}
    with appearing(target) as unfinished, unfinished.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(page.columns)
        writer.writerows(_harmless(row, numbers) for row in page.rows)


def _harmless(row: Iterable[Value], numbers: set[int]) -> Iterator[str]:
    """Texts no spreadsheet takes for a formula, and long numbers (at *numbers*) none takes for a number."""
    for place, value in enumerate(row):
        text = EMPTY if value is None else shown(value) if isinstance(value, (str, int, dt.date)) else str(value)
        if len(text) > 1 and text.startswith(_FORMULA_STARTS):
            text = f"'{text}"
        yield f"{text}\t" if place in numbers and text else text
