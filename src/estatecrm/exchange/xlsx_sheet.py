"""Workbooks (.xlsx) as streamed rows, measured to the last byte before a cell is read."""

import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Final

from attrs import frozen

from estatecrm.exchange.cells import EMPTY, Cell
from estatecrm.exchange.faults import FileFault, FileRefused
from estatecrm.exchange.limits import Limits
from estatecrm.exchange.sheets import Epoch, Row
from estatecrm.exchange.sources import Source
from estatecrm.exchange.xlsx_cells import CellValues
from estatecrm.exchange.xlsx_package import Damaged, Package, pieces_of, root_tag
from estatecrm.exchange.xlsx_parts import SheetPart, Workbook, read_workbook
from estatecrm.exchange.xlsx_rows import RowReader
from estatecrm.exchange.xlsx_shared import SharedTexts, read_shared
from estatecrm.exchange.xlsx_swift import SwiftRows

_TABLE_END: Final = re.compile(rb"</(?:\w+:)?sheetData\s*>")
_MERGED: Final = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^<>]*?ref\s*=\s*["']"""
    rb"""\$?([A-Z]{1,3})\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})["']"""
)
_OVERLAP: Final = 64


@frozen
class MergedDown:
    """A merged area over several rows; what stands in its first row counts for all of them."""

    first: int
    last: int
    place: int


@frozen
class XlsxSheet:
    """One worksheet of a workbook."""

    package: Package
    workbook: Workbook
    part: SheetPart
    shared: SharedTexts
    root: bytes | None
    merged: tuple[MergedDown, ...]
    rows_about: int
    delimited: bool = False

    @property
    def file(self) -> str:
        """What messages call the file."""
        return self.package.source.name

    @property
    def name(self) -> str:
        """The text on the sheet's tab."""
        return self.part.name

    @property
    def epoch(self) -> Epoch:
        """From which day the workbook counts."""
        return self.workbook.epoch

    def rows(self) -> Iterator[Row]:
        """
        The rows that hold anything, with areas merged downwards filled.

        Raises:
            FileRefused: the sheet's XML is damaged, holds entities or a value beyond the columns allowed.
        """
        with self.package.opened() as archive, archive.open(self.part.member) as stream:
            rows = self._reader().read(pieces_of(stream))
            yield from _filled(rows, self.merged) if self.merged else rows

    def _reader(self) -> RowReader | SwiftRows:
        limits = self.package.limits
        values = CellValues(self.shared, self.workbook.date_styles, self.epoch, limits.cell_characters)
        reader = RowReader(self.package, values)
        return reader if self.root is None else SwiftRows(reader, values, self.root, limits.columns)


def open_xlsx(source: Source, sheet: str | None, limits: Limits) -> XlsxSheet:
    """
    The sheet named *sheet*, or the first visible one that is not empty.

    Raises:
        FileRefused: the workbook is damaged, too big, or has no such sheet.
    """
    package = Package(source, limits)
    with package.opened() as archive:
        workbook = read_workbook(package, archive)
        shared = read_shared(package, archive, workbook.shared_member)
        for part in _wanted(source, workbook, sheet):
            found = _measured(package, workbook, shared, archive, part)
            if sheet is not None or any(True for _ in islice(found.rows(), 1)):
                return found
    raise FileRefused.because(FileFault.EMPTY, file=source.name)


def _wanted(source: Source, workbook: Workbook, sheet: str | None) -> tuple[SheetPart, ...]:
    if sheet is None:
        return tuple(part for part in workbook.sheets if part.visible)
    named = tuple(part for part in workbook.sheets if part.name.casefold() == sheet.casefold())
    if not named:
        names = ", ".join(part.name for part in workbook.sheets)
        raise FileRefused.because(FileFault.NO_SUCH_SHEET, file=source.name, sheet=sheet, sheets=names)
    return named


def _measured(
    package: Package, workbook: Workbook, shared: SharedTexts, archive: zipfile.ZipFile, part: SheetPart
) -> XlsxSheet:
    """Unpack *part* once to its end: its true size, its checksum, its number of rows, what stands behind the table."""
    rows = 0
    before = b""
    root: bytes | None = None
    behind: bytearray | None = None
    with archive.open(part.member) as stream:
        for piece in pieces_of(stream):
            rows += piece.count(b"<row ")
            window = before + piece
            if not before:
                root = root_tag(piece, b"worksheet")
                window = piece.partition(b"<worksheet")[2]
            if root is not None and (b"<!" in window or b"<?" in window):
                root = None
            if behind is not None:
                behind += piece
            elif found := _TABLE_END.search(window):
                behind = bytearray(window[found.end() :])
            before = piece[-_OVERLAP:]
            if behind is not None and len(behind) > package.limits.part_bytes:
                raise Damaged("too much stands behind its table")
    merged = _merged_down(bytes(behind or b""), package.limits)
    return XlsxSheet(package, workbook, part, shared, root, merged, rows)


def _merged_down(behind: bytes, limits: Limits) -> tuple[MergedDown, ...]:
    merged: list[MergedDown] = []
    for found in _MERGED.finditer(behind):
        first, last = int(found[2]), int(found[3])
        place = 0
        for letter in found[1]:
            place = place * 26 + letter - 64
        if last > first and place <= limits.columns:
            merged.append(MergedDown(first, last, place - 1))
        if len(merged) > limits.merges:
            raise Damaged("it has more merged areas than a table can need")
    return tuple(sorted(merged, key=lambda area: area.first))


def _filled(rows: Iterator[Row], merged: tuple[MergedDown, ...]) -> Iterator[Row]:
    """The rows with each merged area's first value in all its rows; rows without a cell of their own stay away."""
    waiting = iter(merged)
    upcoming = next(waiting, None)
    open_areas: dict[int, tuple[int, Cell]] = {}
    for number, cells in rows:
        for place, (last, value) in tuple(open_areas.items()):
            if last < number:
                del open_areas[place]
                continue
            cells.extend([EMPTY] * (place + 1 - len(cells)))
            cells[place] = value
        while upcoming is not None and upcoming.first <= number:
            if upcoming.first == number and len(cells) > upcoming.place and cells[upcoming.place] != EMPTY:
                open_areas[upcoming.place] = (upcoming.last, cells[upcoming.place])
            upcoming = next(waiting, None)
        yield number, cells
