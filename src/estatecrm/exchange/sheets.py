"""A file as rows of raw cells, whatever its format."""

from collections.abc import Iterator
from enum import Enum
from typing import Protocol

from estatecrm.exchange.cells import Cell
from estatecrm.exchange.faults import FileFault, FileRefused
from estatecrm.exchange.limits import OFFICE, Limits
from estatecrm.exchange.sources import Readable, Source

Row = tuple[int, list[Cell]]
"""The number a spreadsheet shows beside the row, and its cells from the first column on."""


class Epoch(Enum):
    """From which day a workbook counts its dates."""

    SINCE_1900 = "1900"
    SINCE_1904 = "1904"


class Sheet(Protocol):
    """One table of a file; `rows` starts again from the top whenever it is called and never holds the table."""

    @property
    def file(self) -> str:
        """What messages call the file."""
        ...

    @property
    def name(self) -> str | None:
        """The text on the sheet's tab; None for a format without tabs."""
        ...

    @property
    def epoch(self) -> Epoch:
        """From which day numbers count as dates."""
        ...

    @property
    def delimited(self) -> bool:
        """Whether a delimiter parts the cells, so that one too many shifts all that follow."""
        ...

    @property
    def rows_about(self) -> int:
        """A quick estimate, for a progress bar."""
        ...

    def rows(self) -> Iterator[Row]:
        """The rows that are not empty, in their order."""
        ...


_START = 512
_PACKED = b"PK\x03\x04"
_EMPTY_PACKED = b"PK\x05\x06"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FOREIGN = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf")
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<workbook", b"mime-version:")


def open_sheet(source: Readable, *, sheet: str | None = None, limits: Limits = OFFICE) -> Sheet:
    """
    The table in *source*: a workbook's *sheet*, by default its first visible one with anything in it; or a csv.

    What a file is, its first bytes say, not its name. A workbook is measured completely before a cell is read.

    Raises:
        FileRefused: it cannot be read at all.
    """
    from estatecrm.exchange.csv_sheet import open_csv
    from estatecrm.exchange.xlsx_sheet import open_xlsx

    whole = Source.of(source)
    size = whole.size()
    if size > limits.file_bytes:
        raise FileRefused.because(FileFault.TOO_BIG, file=whole.name, why=f"{size:,} bytes")
    with whole.open() as stream:
        start = stream.read(_START)
    if start.startswith((_PACKED, _EMPTY_PACKED)):
        return open_xlsx(whole, sheet, limits)
    _refuse_foreign(whole, start)
    return open_csv(whole, sheet, limits)


def _refuse_foreign(source: Source, start: bytes) -> None:
    """Refuse what is recognisably neither a workbook nor text, each with its own cure."""
    plain = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not plain and len(start) < _START:
        raise FileRefused.because(FileFault.EMPTY, file=source.name)
    if start.startswith(_COMPOUND):
        fault = FileFault.PASSWORD if _holds(source, _ENCRYPTED) else FileFault.OLD_WORKBOOK
        raise FileRefused.because(fault, file=source.name)
    if plain.startswith(_MARKUP):
        raise FileRefused.because(FileFault.OLD_WORKBOOK, file=source.name)
    if start.startswith(_FOREIGN):
        raise FileRefused.because(FileFault.UNKNOWN_TYPE, file=source.name)


def _holds(source: Source, wanted: bytes) -> bool:
    """Whether *wanted* stands anywhere; the name of a stream may lie far into a compound file."""
    before = b""
    with source.open() as stream:
        while piece := stream.read(1 << 20):
            if wanted in before + piece:
                return True
            before = piece[-len(wanted) :]
    return False
