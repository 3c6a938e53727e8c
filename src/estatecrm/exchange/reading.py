"""From a file to drafts: the one way in."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Final

from estatecrm.exchange.cells import EMPTY, Cell
from estatecrm.exchange.columns import Column, ColumnMapping, Overrides, map_columns
from estatecrm.exchange.contradictions import contradictions
from estatecrm.exchange.dates import read_date
from estatecrm.exchange.drafts import Draft, FieldRefusal, Refused, masked
from estatecrm.exchange.faults import FileFault, FileRefused, RowFault, Unreadable
from estatecrm.exchange.fields import DATE_FIELDS, Field
from estatecrm.exchange.limits import OFFICE, Limits
from estatecrm.exchange.ranges import read_area, read_budget
from estatecrm.exchange.sheets import Epoch, Row, Sheet, open_sheet
from estatecrm.exchange.sources import Readable
from estatecrm.exchange.texts import (
    Remembered,
    identity_reader,
    read_age,
    read_name,
    read_note,
    read_phones,
    read_text,
    refuse_errors,
)
from estatecrm.exchange.words import read_gender, read_grade, read_source, read_status

Reading = Callable[[Cell], object]
TextReading = Callable[[str], object]

_EARLIEST_BIRTH: Final = dt.date(1900, 1, 1)
_EARLIEST_DEALING: Final = dt.date(1990, 1, 1)
_PLACES: Final = {name: place for place, name in enumerate(Draft._fields)}
_NAME: Final = _PLACES["name"]
_PHONES: Final = _PLACES["phones"]
_IDENTITY: Final = _PLACES["identity"]
_SOURCE: Final = _PLACES["source"]
_SOURCE_WORDS: Final = _PLACES["source_words"]
_UNIQUE: Final = frozenset({Field.NAME, Field.PHONE, Field.IDENTITY, Field.ADDRESS, Field.NOTE})


class Drafts:
    """
    The rows of a file as `Draft` or `Refused`, in their order, as often as they are asked for.

    After each pass *rows* of them were read, *refused* of those refused, and *repeated* further rows left
    out because they were the header or title over again. Empty rows count nowhere.
    """

    def __init__(self, sheet: Sheet, mapping: ColumnMapping, today: dt.date) -> None:
        self.sheet = sheet
        self.mapping = mapping
        self.rows = self.refused = self.repeated = 0
        self._today = today

    def __iter__(self) -> Iterator[Draft | Refused]:
        self.rows = self.refused = self.repeated = 0
        reader = DraftReader(self.sheet, self.mapping, self._today)
        for number, cells in self._below_header():
            draft = reader.read(number, cells)
            self.rows += 1
            if draft.__class__ is Refused:
                self.refused += 1
            yield draft

    def refuse_without_rows(self) -> None:
        """
        Nothing, where there is a row to read.

        Raises:
            FileRefused: there is none.
        """
        if not any(True for _ in islice(self._below_header(), 1)):
            raise FileRefused.because(FileFault.NO_ROWS, file=self.sheet.file)

    def _below_header(self) -> Iterator[Row]:
        """The rows below the header that are not the header again."""
        last = self.mapping.header_rows[-1]
        repeats, suspects = self.mapping.repeats, self.mapping.suspects
        place = self.mapping.of(Field.NAME)[0].place
        for row in self.sheet.rows():
            number, cells = row
            if number <= last:
                continue
            if (len(cells) <= place or cells[place] in suspects) and repeats(cells):
                self.repeated += 1
                continue
            yield row


def read_drafts(
    source: Readable,
    *,
    today: dt.date,
    mapping: Overrides | None = None,
    sheet: str | None = None,
    limits: Limits = OFFICE,
) -> Drafts:
    """
    The customers in *source*, row by row; nothing later than *today* is believed to have happened.

    *mapping* says what a header means where the file's words are unusual: ``{"称呼": Field.NAME}``; None
    ignores a column. The header is found, and the file measured, before this returns.

    Raises:
        FileRefused: the file as a whole cannot be read; also while iterating, where csv is only then seen to
            be broken, so import within one transaction.
    """
    opened = open_sheet(source, sheet=sheet, limits=limits)
    drafts = Drafts(opened, map_columns(opened, mapping), today)
    drafts.refuse_without_rows()
    return drafts


class DraftReader:
    """Reads rows by one mapping; what each column needs is bound once."""

    def __init__(self, sheet: Sheet, mapping: ColumnMapping, today: dt.date) -> None:
        self._today = today
        self._width = len(mapping.columns)
        self._delimited = sheet.delimited
        self._headers = {column.field: column.header for column in reversed(mapping.columns)}
        self._column_of = {column.field: column.place for column in reversed(mapping.columns) if column.field}
        self._blank: list[object] = [None] * len(Draft._fields)
        self._blank[_PHONES] = ()
        columns = [column for column in mapping.columns if column.field is not None]
        more_phones = set(mapping.of(Field.PHONE)[1:])
        self._more_phones = tuple(column.place for column in mapping.of(Field.PHONE)[1:])
        self._columns = tuple(
            self._bound(column, column.field, sheet.epoch)
            for column in columns
            if column.field is not None and column not in more_phones
        )

    def _bound(self, column: Column, meaning: Field, epoch: Epoch) -> tuple[int, int, TextReading, Reading]:
        """Place in the row, place in the draft, how to read a text, how to read anything else."""
        read = _reading(meaning, column.unit, epoch, self._today)
        texts: TextReading = read if meaning in _UNIQUE else Remembered(read).__getitem__
        return column.place, _PLACES[meaning.value], texts, refuse_errors(read)

    def read(self, number: int, cells: list[Cell]) -> Draft | Refused:
        """The row as a draft, or refused."""
        reasons: list[FieldRefusal] = []
        missing = self._width - len(cells)
        if missing > 0:
            cells += [EMPTY] * missing
        elif missing < 0 and self._delimited and any(cells[self._width :]):
            reasons.append(FieldRefusal(None, RowFault.TOO_MANY_CELLS))
        values = self._blank.copy()
        for place, index, texts, others in self._columns:
            cell = cells[place]
            if cell == EMPTY:
                continue
            try:
                values[index] = texts(cell) if type(cell) is str else others(cell)
            except Unreadable as fault:
                reasons.append(self._refusal(Field(Draft._fields[index]), fault.code, cell))
        values[0] = number
        values[-1] = cells
        if self._more_phones:
            self._add_phones(values, cells, reasons)
        if values[_SOURCE] == "other":
            values[_SOURCE_WORDS] = read_text(cells[self._column_of[Field.SOURCE]])
        return self._checked(values, cells, reasons)

    def _add_phones(self, values: list[object], cells: list[Cell], reasons: list[FieldRefusal]) -> None:
        """The numbers of further telephone columns, each number once."""
        for place in self._more_phones:
            cell = cells[place]
            try:
                more = read_phones(cell) if cell != EMPTY else ()
            except Unreadable as fault:
                reasons.append(self._refusal(Field.PHONE, fault.code, cell))
                continue
            known = values[_PHONES]
            assert isinstance(known, tuple)
            values[_PHONES] = tuple(dict.fromkeys((*known, *more)))

    def _checked(self, values: list[object], cells: list[Cell], reasons: list[FieldRefusal]) -> Draft | Refused:
        refused = {reason.field for reason in reasons}
        if values[_NAME] is None and Field.NAME not in refused:
            reasons.append(self._refusal(Field.NAME, RowFault.NAME_MISSING, EMPTY))
        if not values[_PHONES] and values[_IDENTITY] is None and refused.isdisjoint(_CONTACTS):
            at = Field.PHONE if Field.PHONE in self._column_of else Field.IDENTITY
            reasons.append(self._refusal(at, RowFault.CONTACT_MISSING, EMPTY))
        draft = Draft._make(values)
        for meaning, fault in contradictions(draft, self._today):
            if meaning not in refused:
                cell = cells[self._column_of[meaning]] if meaning in self._column_of else EMPTY
                reasons.append(self._refusal(meaning, fault, cell))
        return Refused(draft.row, tuple(reasons), cells) if reasons else draft

    def _refusal(self, meaning: Field, fault: RowFault, cell: Cell) -> FieldRefusal:
        return FieldRefusal(meaning, fault.value, self._headers.get(meaning, ""), masked(meaning, cell))


_CONTACTS: Final = frozenset({Field.PHONE, Field.IDENTITY})

_READINGS: Final[dict[Field, Reading]] = {
    Field.NAME: read_name,
    Field.GENDER: read_gender,
    Field.AGE: read_age,
    Field.PHONE: read_phones,
    Field.SOURCE: read_source,
    Field.AREA: read_area,
    Field.GRADE: read_grade,
    Field.STATUS: read_status,
    Field.NOTE: read_note,
}


def _reading(meaning: Field, unit: str, epoch: Epoch, today: dt.date) -> Reading:
    """How a cell of a column is read; a field with no reading of its own is a line of text."""
    if meaning is Field.IDENTITY:
        return identity_reader(today)
    if meaning is Field.BUDGET:
        return partial(read_budget, unit=unit)
    if meaning in DATE_FIELDS:
        earliest = _EARLIEST_BIRTH if meaning is Field.BIRTH_DATE else _EARLIEST_DEALING
        return partial(_plausible_date, epoch=epoch, earliest=earliest, today=today)
    return _READINGS.get(meaning, read_text)


def _plausible_date(cell: Cell, *, epoch: Epoch, earliest: dt.date, today: dt.date) -> dt.date | None:
    day = read_date(cell, epoch=epoch, today=today)
    if day is None:
        return None
    if day > today:
        raise Unreadable(RowFault.DATE_IN_FUTURE)
    if day < earliest:
        raise Unreadable(RowFault.DATE_TOO_EARLY)
    return day
