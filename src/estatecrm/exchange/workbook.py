"""Registers written as workbooks: one page (sheet) each, what a customer typed stays text."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from enum import Enum
from os import PathLike
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import frozen

from estatecrm.errors import MissingExtra
from estatecrm.exchange.faults import FileFault, FileRefused

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Value: TypeAlias = str | int | Decimal | dt.date | None
"""None is an empty cell; a moment is written as its day and time without a zone."""

LAST_ROW: Final = 1_048_576
_LONGEST_TITLE: Final = 31
_LONGEST_TEXT: Final = 32_767
_NARROWEST: Final = 6
_WIDEST: Final = 60
_EXACT: Final = 10**15
_EARLIEST: Final = dt.date(1900, 3, 1)
_MIDNIGHT: Final = dt.time()
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_RESERVED: Final = "history"


@frozen
class Page:
    """One sheet: the text on its tab, the headers, the rows. Rows may be few, none, or a stream."""

    title: str
    columns: tuple[str, ...]
    rows: Iterable[Sequence[Value]]
    marked: int | None = None
    """The place of a column written in red."""


class Shape(Enum):
    """How a cell is shown."""

    TEXT = "text"
    HEADER = "header"
    MARKED = "marked"
    MARKED_HEADER = "marked_header"
    DAY = "day"
    MOMENT = "moment"


_SHAPES: Final[dict[Shape, dict[str, str | int]]] = {
    Shape.TEXT: {"num_format": "@", "valign": "top"},
    Shape.HEADER: {"num_format": "@", "bold": 1, "bg_color": "#D9E1F2", "bottom": 1, "valign": "top"},
    Shape.MARKED: {"num_format": "@", "font_color": "#C00000", "valign": "top"},
    Shape.MARKED_HEADER: {"num_format": "@", "bold": 1, "font_color": "#C00000", "bottom": 1, "valign": "top"},
    Shape.DAY: {"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"},
    Shape.MOMENT: {"num_format": "yyyy-mm-dd hh:mm", "valign": "top", "align": "left"},
}


def write_pages(path: str | PathLike[str], pages: Iterable[Page]) -> None:
    """
    A workbook at *path* with a sheet for every page, also for a page without rows (C-08).

    Strings stay strings whatever they look like: no formula, no link, no number. The file appears complete
    or not at all; an older one is replaced.

    Raises:
        MissingExtra: XlsxWriter is not installed.
        FileRefused: a page has more rows than a sheet can hold, or the file at *path* is no workbook: a
            database or somebody's csv is never written over.
    """
    target = Path(path)
    _refuse_what_is_no_workbook(target)
    with appearing(target) as unfinished, _workbook(unfinished) as book:
        shapes = {shape: book.add_format(_SHAPES[shape]) for shape in Shape}
        titles: set[str] = set()
        for page in pages:
            sheet = book.add_worksheet(sheet_title(page.title, titles))
            _write(sheet, page, shapes, target.name)


def _refuse_what_is_no_workbook(target: Path) -> None:
    if not target.exists():
        return
    if not target.is_file():
        raise FileRefused.because(FileFault.NOT_OURS, file=str(target))
    with target.open("rb") as file:
        if file.read(4) not in (b"PK\x03\x04", b""):
            raise FileRefused.because(FileFault.NOT_OURS, file=str(target))


def sheet_title(wanted: str, taken: set[str]) -> str:
    """
    *wanted* as a sheet's tab may be called: no forbidden sign, at most 31 UTF-16 units, unlike all *taken*.

    *taken* holds the titles so far in folded case and receives the new one.
    """
    plain = _encodable(_FORBIDDEN.sub(" ", wanted)).strip("' ") or "_"
    if plain.casefold() == _RESERVED:
        plain += "_"
    title = _cut(plain, _LONGEST_TITLE)
    count = 2
    while title.casefold() in taken:
        ending = f" ({count})"
        title = _cut(plain, _LONGEST_TITLE - len(ending)) + ending
        count += 1
    taken.add(title.casefold())
    return title


def display_width(text: str) -> int:
    """How many narrow characters the longest line of *text* takes; a hanzi takes two."""
    return max(
        (sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line) for line in text.split("\n")),
        default=0,
    )


def _cut(text: str, units: int) -> str:
    """*text* cut to *units* of UTF-16, never through a character, never ending in an apostrophe."""
    while len(text.encode("utf-16-le")) > units * 2:
        text = text[:-1]
    return text.rstrip("' ")


def _encodable(text: str) -> str:
    """*text* with ? for halves of characters, which no file can hold."""
    return text.encode("utf-8", "replace").decode()


@contextmanager
def appearing(target: Path) -> Iterator[Path]:
    """A file beside *target* that takes its place when all went well and is gone otherwise."""
    # Not a NamedTemporaryFile: that is closed to everybody else, and an office shares its registers.
    unfinished = target.with_name(f".{target.name}.{token_hex(4)}.tmp")
    unfinished.touch(exist_ok=False)
    try:
        yield unfinished
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def _workbook(path: Path) -> "Iterator[Workbook]":
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise MissingExtra("XlsxWriter", "excel") from None
    book = Workbook(
        str(path),
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    try:
        yield book
    finally:
        book.close()  # also after a failure: it removes the temporary files that hold the rows


def _write(sheet: "Worksheet", page: Page, shapes: "dict[Shape, Format]", file: str) -> None:
    widths = [display_width(header) + 2 for header in page.columns]
    for place, header in enumerate(page.columns):
        shape = Shape.MARKED_HEADER if place == page.marked else Shape.HEADER
        sheet.write_string(0, place, _encodable(header), shapes[shape])
    for number, row in enumerate(page.rows, 1):
        if number >= LAST_ROW:
            raise FileRefused.because(FileFault.TOO_MANY_ROWS, file=file, limit=f"{LAST_ROW:,}")
        for place, value in enumerate(row):
            text = _write_cell(sheet, number, place, value, shapes, marked=place == page.marked)
            if place < len(widths) and len(text) * 2 > widths[place]:
                widths[place] = max(widths[place], display_width(text))
    sheet.freeze_panes(1, 0)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, min(max(width, _NARROWEST), _WIDEST) + 1)


def _write_cell(
    sheet: "Worksheet", number: int, place: int, value: Value, shapes: "dict[Shape, Format]", *, marked: bool
) -> str:
    """Write one cell; what it shows is returned."""
    if value is None or value == "":
        return ""
    if isinstance(value, dt.datetime) and value.date() >= _EARLIEST:
        sheet.write_datetime(number, place, value.replace(tzinfo=None), shapes[Shape.MOMENT])
        return "2026-01-01 00:00"
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime) and value >= _EARLIEST:
        sheet.write_datetime(number, place, dt.datetime.combine(value, _MIDNIGHT), shapes[Shape.DAY])
        return "2026-01-01"
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool) and abs(float(value)) < _EXACT:
        sheet.write_number(number, place, float(value))
        return str(value)
    text = _encodable(str(value))
    if len(text) > _LONGEST_TEXT:
        text = text[: _LONGEST_TEXT - 1] + "…"
    sheet.write_string(number, place, text, shapes[Shape.MARKED if marked else Shape.TEXT])
    return text
