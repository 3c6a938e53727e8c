"""Which column of a file means what: found by its header, shown, and overridable."""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from itertools import islice, zip_longest
from typing import Final

from attrs import field, frozen

from estatecrm.exchange.cells import Cell, narrow, shown
from estatecrm.exchange.faults import FileFault, FileRefused
from estatecrm.exchange.fields import GROUP_HEADERS, HEADERS, IGNORED_HEADERS, Field
from estatecrm.exchange.sheets import Epoch, Row, Sheet

Overrides = Mapping[str, Field | None]
"""Header text to the field it shall mean, or to None where the column shall be ignored."""

_SEARCHED_ROWS: Final = 20
_FEWEST: Final = 2
_LONGEST: Final = 80
_BRACKETED: Final = re.compile(r"[(\[【]([^)\]】]*)[)\]】]")
_NEEDLESS: Final = re.compile(r"[\s*:#]+")
_GROUP_ENDING: Final = re.compile(r"(?:信息|情况|资料)$")
_FIELD_OF: Final = {header: (each, rank) for each, headers in HEADERS.items() for rank, header in enumerate(headers)}
_SEVERAL: Final = frozenset({Field.PHONE})


class Match(Enum):
    """How a column came to its field, or why it has none."""

    RECOGNISED = "recognised"
    GIVEN = "given"
    IGNORED = "ignored"
    SUPERSEDED = "superseded"
    UNKNOWN = "unknown"


@frozen
class Column:
    """One column: its place counted from 0, its header as the file has it, and what it means."""

    place: int
    header: str
    match: Match
    field: Field | None = None
    unit: str = ""


@frozen
class ColumnMapping:
    """
    What the columns of a file mean.

    *header_rows* are the numbers of the rows the header stands in; what stands above them is a title. Numbers in its
    columns count days from *epoch*.
    """

    columns: tuple[Column, ...]
    header_rows: tuple[int, ...]
    epoch: Epoch
    _parts: tuple[frozenset[str], ...] = field(repr=False)
    _titles: frozenset[str] = field(repr=False)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The headers nobody could tell the meaning of; their columns are not read."""
        return tuple(column.header for column in self.columns if column.match is Match.UNKNOWN)

    @property
    def suspects(self) -> frozenset[str]:
        """What stands in the name's column where a row may be the header or title again."""
        return self._parts[self.of(Field.NAME)[0].place] | self._titles | {""}

    def of(self, wanted: Field) -> tuple[Column, ...]:
        """The columns that hold *wanted*: at most one, but for telephone numbers."""
        return tuple(column for column in self.columns if column.field is wanted)

    def repeats(self, cells: Sequence[Cell]) -> bool:
        """Whether a row is the header or the title over again, as printed on every page."""
        held = [(place, shown(cell)) for place, cell in enumerate(cells) if cell != ""]
        if len(held) == 1 and held[0][1] in self._titles:
            return True
        return all(place < len(self._parts) and text in self._parts[place] for place, text in held)


@frozen
class _Header:
    """One way to read the header: in one row or two."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]

    @property
    def understood(self) -> int:
        return len({column.field for column in self.columns if column.field is not None})


def map_columns(sheet: Sheet, overrides: Overrides | None = None) -> ColumnMapping:
    """
    The meaning of the columns of *sheet*, found in its first rows.

    Raises:
        FileRefused: no header, a header twice, no column for the name or none for a phone or identity number,
            or an override for a header the file does not have.
    """
    given = {header_key(header): meaning for header, meaning in (overrides or {}).items()}
    rows = list(islice(sheet.rows(), _SEARCHED_ROWS))
    readings = [_best_header(rows[place : place + 2], given) for place in range(len(rows))]
    header = max(readings, key=lambda reading: reading.understood, default=None)
    if header is None or header.understood < _FEWEST:
        raise FileRefused.because(FileFault.NO_HEADER, file=sheet.file, expected=_examples(Field.NAME, Field.PHONE))
    _refuse_strange_overrides(sheet, header, overrides or {})
    columns = _one_column_a_field(sheet, header.columns)
    _refuse_missing(sheet, columns)
    above = (cells for number, cells in rows if number < header.rows[0][0])
    titles = frozenset(shown(cell) for cells in above for cell in cells if cell != "")
    return ColumnMapping(columns, tuple(number for number, _ in header.rows), sheet.epoch, _parts(header), titles)


def header_key(header: str) -> str:
    """*header* as it is compared: half width, lower case, without blanks, stars and bracketed remarks."""
    return _NEEDLESS.sub("", _BRACKETED.sub("", narrow(header).lower()))


def _best_header(rows: list[Row], given: Overrides) -> _Header:
    single = _Header((rows[0],), _columns(((_header_text(cell), "") for cell in rows[0][1]), given))
    if len(rows) < 2:
        return single
    pairs = list(_pairs(rows[0][1], rows[1][1]))
    double = _Header((rows[0], rows[1]), _columns(pairs, given))
    below = any(lower and column.field for (_, lower), column in zip(pairs, double.columns, strict=True))
    return double if (double.understood, below) > (single.understood, False) else single


def _pairs(upper: list[Cell], lower: list[Cell]) -> Iterable[tuple[str, str]]:
    """Upper and lower header of each column; a group's name stands only over the first column of the group."""
    group = ""
    for cell, below_cell in zip_longest(upper, lower, fillvalue=""):
        above, below = _header_text(cell), _header_text(below_cell)
        if above:
            group = above if below not in {"", above} else ""
        yield above or (group if below else ""), "" if below == above else below


def _header_text(cell: Cell) -> str:
    """The start of what stands in the cell: no header is longer, and a long text is not searched for brackets."""
    return shown(cell)[:_LONGEST].strip()


def _columns(headers: Iterable[tuple[str, str]], given: Overrides) -> tuple[Column, ...]:
    return tuple(_column(place, upper, lower, given) for place, (upper, lower) in enumerate(headers))


def _column(place: int, upper: str, lower: str, given: Overrides) -> Column:
    text = "/".join(part for part in (" ".join(upper.split()), " ".join(lower.split())) if part)
    unit = next((found[1] for found in _BRACKETED.finditer(narrow(text))), "")
    for key in (header_key(text), header_key(lower)):
        if key and key in given:
            meaning = given[key]
            return Column(place, text, Match.IGNORED if meaning is None else Match.GIVEN, meaning, unit)
    if not lower and "/" in upper:
        upper, _, lower = upper.partition("/")
    meaning = _meaning(header_key(upper), header_key(lower))
    if meaning is not None:
        return Column(place, text, Match.RECOGNISED, meaning, unit)
    ignored = header_key(lower or upper) in IGNORED_HEADERS or not text
    return Column(place, text, Match.IGNORED if ignored else Match.UNKNOWN)


def _meaning(upper: str, lower: str) -> Field | None:
    """What both parts mean together; a lower part means something by itself only under a mere group."""
    whole = _FIELD_OF.get(_GROUP_ENDING.sub("", upper) + lower) or _FIELD_OF.get(upper + lower)
    if whole is not None:
        return whole[0]
    below, above = _FIELD_OF.get(lower), _FIELD_OF.get(upper)
    if below is None or (upper and upper not in GROUP_HEADERS and (above is None or above[0] is not below[0])):
        return None
    return below[0]


def _one_column_a_field(sheet: Sheet, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Of several columns for one field the given one counts, else the one with the clearest header."""
    kept: dict[Field, Column] = {}
    for column in sorted(columns, key=_clearness):
        if column.field is None or column.field in _SEVERAL:
            continue
        first = kept.setdefault(column.field, column)
        if first is not column and _clearness(first)[:2] == _clearness(column)[:2]:
            raise FileRefused.because(FileFault.HEADER_TWICE, file=sheet.file, header=column.header)
    return tuple(
        column
        if column.field is None or kept.get(column.field, column) is column
        else Column(column.place, column.header, Match.SUPERSEDED)
        for column in columns
    )


def _clearness(column: Column) -> tuple[bool, int, int]:
    found = _FIELD_OF.get(header_key(column.header.rpartition("/")[2]))
    return column.match is not Match.GIVEN, found[1] if found else 0, column.place


def _refuse_strange_overrides(sheet: Sheet, header: _Header, overrides: Overrides) -> None:
    keys = {header_key(column.header) for column in header.columns}
    keys |= {header_key(column.header.rpartition("/")[2]) for column in header.columns}
    for wanted in overrides:
        if header_key(wanted) not in keys:
            headers = ", ".join(column.header for column in header.columns if column.header)
            raise FileRefused.because(FileFault.UNKNOWN_HEADER, file=sheet.file, header=wanted, headers=headers)


def _refuse_missing(sheet: Sheet, columns: tuple[Column, ...]) -> None:
    found = {column.field for column in columns}
    for needed in ((Field.NAME,), (Field.PHONE, Field.IDENTITY)):
        if found.isdisjoint(needed):
            raise FileRefused.because(
                FileFault.FIELD_MISSING, file=sheet.file, field=needed[0].value, expected=_examples(*needed)
            )


def _examples(*fields: Field) -> str:
    return ", ".join(header for each in fields for header in HEADERS[each][:3])


def _parts(header: _Header) -> tuple[frozenset[str], ...]:
    columns = zip_longest(*(cells for _, cells in header.rows), fillvalue="")
    return tuple(frozenset(shown(cell) for cell in parts if cell != "") for parts in columns)
