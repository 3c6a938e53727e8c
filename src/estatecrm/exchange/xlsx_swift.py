"""
The rows of one worksheet by patterns, four times as fast as through an XML parser.

Only what office programs really write is read here: no prefix, comment, CDATA or doctype, and cells of the
usual form. A row with anything else goes through the full parser by itself, a sheet with anything else as a
whole.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from estatecrm.exchange.cells import EMPTY, Cell
from estatecrm.exchange.sheets import Row
from estatecrm.exchange.xlsx_cells import CellValues
from estatecrm.exchange.xlsx_package import Damaged
from estatecrm.exchange.xlsx_rows import LAST_ROW, RowReader, column_letters

_CELL: Final = re.compile(
    r'<c r="([A-Z]{1,3})[0-9]+"([^<>]*)>'
    r'(?:<f>[^<]*</f>|<f/>)?(?:<v>|<is><t>|<is><t xml:space="preserve">)([^<]*)(?:</v>|</t></is>)</c>'
)
_NUMBER: Final = re.compile(r'<row r="([0-9]{1,7})"')
_ROW_END: Final = "</row>"
_LONGEST_ROW: Final = 32 << 20


class SwiftRows:
    """Reads rows by patterns; asks *reader* for the unusual ones."""

    def __init__(self, reader: RowReader, values: CellValues, root: bytes, columns: int) -> None:
        self._reader = reader
        self._values = values
        self._root = root
        self._places = {column_letters(place): place for place in range(columns)}

    def read(self, pieces: Iterable[bytes]) -> Iterator[Row]:
        """
        The rows in *pieces* that hold anything.

        Raises:
            Damaged, ValueError, FileRefused: as `RowReader.read`.
        """
        rest = b""
        for piece in pieces:
            whole = rest + piece
            cut = whole.rfind(b"</row>")
            if cut < 0:
                if len(whole) > _LONGEST_ROW:
                    raise Damaged("one of its rows never ends")
                rest = whole
                continue
            rest = whole[cut + len(_ROW_END) :]
            for part in whole[:cut].decode().split(_ROW_END):
                if row := self._row(part):
                    yield row
            if b"</sheetData>" in rest:
                return

    def _row(self, part: str) -> Row | None:
        start = part.rfind("<row ")
        found = _CELL.findall(part, start)
        number = _NUMBER.match(part, start)
        if number is None or len(found) != part.count("</c>", start):
            return self._unusual(part[start:])
        cells: list[Cell] = []
        try:
            for letters, attributes, text in found:
                missing = self._places[letters] - len(cells)
                if missing:
                    if missing < 0:
                        raise Damaged("its cells are out of order")
                    cells.extend([EMPTY] * missing)
                cells.append(self._values[attributes](text))
        except KeyError:
            return self._unusual(part[start:])
        if not cells or not any(cell != EMPTY for cell in cells):
            return None
        self._advance(int(number[1]))
        return self._reader.number, cells

    def _advance(self, number: int) -> None:
        if not self._reader.number < number <= LAST_ROW:
            raise Damaged("its rows are out of order")
        self._reader.number = number

    def _unusual(self, row: str) -> Row | None:
        pieces = (self._root, row.encode(), b"</row></worksheet>")
        return next(self._reader.read(pieces), None)
