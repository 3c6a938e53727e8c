"""Comma, semicolon or tab separated text, in the encodings offices have."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO, Final, cast

from attrs import frozen

from estatecrm.exchange.cells import Cell
from estatecrm.exchange.faults import FileFault, FileRefused
from estatecrm.exchange.limits import Limits
from estatecrm.exchange.sheets import Epoch, Row
from estatecrm.exchange.sources import Source

_PIECE: Final = 1 << 20
_SAMPLE_LINES: Final = 25
_DELIMITERS: Final = ",;\t"
_QUOTED: Final = re.compile(r'"[^"]*"')


@frozen
class CsvSheet:
    """A csv file whose encoding and delimiter are known."""

    source: Source
    encoding: str
    delimiter: str
    rows_about: int
    limits: Limits
    name: str | None = None
    epoch: Epoch = Epoch.SINCE_1900
    delimited: bool = True

    @property
    def file(self) -> str:
        """What messages call the file."""
        return self.source.name

    def rows(self) -> Iterator[Row]:
        """
        The records, numbered as a spreadsheet would number them.

        Raises:
            FileRefused: a NUL, a quotation mark that swallows rows, a field longer than a cell can be.
        """
        with self.source.open() as stream:
            yield from self._records(stream)

    def _records(self, stream: BinaryIO) -> Iterator[Row]:
        text = io.TextIOWrapper(stream, encoding=self.encoding, newline="")
        records = csv.reader(text, delimiter=self.delimiter, strict=True)
        line = width = 0
        try:
            for number, record in enumerate(records, 1):
                if records.line_num - line > 1:
                    self._refuse_swallowed(record, max(width, 2), line + 1, records.line_num)
                line = records.line_num
                if len(record) > width:
                    width = len(record)
                    self._refuse_wide(record, number)
                if any(record):
                    yield number, cast("list[Cell]", record)  # every str is a Cell; copying costs a tenth
        except csv.Error as trouble:
            long = "larger than field limit" in str(trouble)
            fault = FileFault.LONG_FIELD if long else FileFault.STRAY_QUOTE
            raise FileRefused.because(fault, file=self.file, line=str(line + 1)) from None
        finally:
            text.detach()

    def _refuse_wide(self, record: list[str], number: int) -> None:
        if len(record) > self.limits.columns:
            at = {"column": str(len(record)), "row": str(number), "limit": str(self.limits.columns)}
            raise FileRefused.because(FileFault.TOO_WIDE, file=self.file, **at)

    def _refuse_swallowed(self, record: list[str], width: int, first: int, last: int) -> None:
        """A note may have several lines, but none of them looks like a row, nor its ends like two halves of one."""
        fields = ((place, field.splitlines()) for place, field in enumerate(record) if "\n" in field or "\r" in field)
        rows_inside = any(self._holds_rows(lines, place, width - 1) for place, lines in fields)
        if rows_inside or len(record) > width or last - first >= self.limits.record_lines:
            raise FileRefused.because(FileFault.STRAY_QUOTE, file=self.file, line=str(first))

    def _holds_rows(self, lines: list[str], place: int, delimiters: int) -> bool:
        counts = [line.count(self.delimiter) for line in lines]
        if max(counts) >= delimiters:
            return True
        return counts[0] == delimiters - place and counts[-1] == place


def open_csv(source: Source, sheet: str | None, limits: Limits) -> CsvSheet:
    """
    *source* read as text: UTF-16 by its mark, UTF-8 where all of it is, GB18030 otherwise.

    A UTF-8 file decodes as GB18030 without an error, so UTF-8 is tried first and to the end.

    Raises:
        FileRefused: the bytes are no text, or a *sheet* was asked of a file that has none.
    """
    if sheet is not None:
        raise FileRefused.because(FileFault.NO_SUCH_SHEET, file=source.name, sheet=sheet, sheets="only its one table")
    encoding = _encoding(source)
    with source.open() as stream:
        text = io.TextIOWrapper(stream, encoding=encoding, newline="")
        sample = [line for line in islice(iter(lambda: text.readline(_PIECE), ""), _SAMPLE_LINES) if line.strip()]
        text.detach()
    with source.open() as stream:
        lines = sum(piece.count(b"\n") for piece in iter(lambda: stream.read(_PIECE), b""))
    return CsvSheet(source, encoding, _delimiter(sample), lines, limits)


def _encoding(source: Source) -> str:
    with source.open() as stream:
        start = stream.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    elif start.startswith(codecs.BOM_UTF8):
        candidates = ["utf-8-sig"]
    else:
        candidates = ["utf-8", "gb18030"]
    for encoding in candidates:
        if _decodes(source, encoding):
            return encoding
    raise FileRefused.because(FileFault.ENCODING, file=source.name)


def _decodes(source: Source, encoding: str) -> bool:
    """Whether all of *source* is *encoding*; a NUL is refused here, before a row is read."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    lines = 1
    with source.open() as stream:
        while piece := stream.read(_PIECE):
            try:
                text = decoder.decode(piece)
            except UnicodeDecodeError:
                return False
            if "\0" in text:
                line = lines + text[: text.index("\0")].count("\n")
                raise FileRefused.because(FileFault.NUL, file=source.name, line=str(line))
            lines += text.count("\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(sample: list[str]) -> str:
    """The sign that stands most often outside quotation marks; a title line has none of them."""
    counts: Counter[str] = Counter()
    for line in sample:
        counts.update(sign for sign in _QUOTED.sub("", line) if sign in _DELIMITERS)
    return max(_DELIMITERS, key=lambda sign: counts[sign])
