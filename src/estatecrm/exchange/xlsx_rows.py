"""The rows of one worksheet by the full XML parser: every form the format allows, at 45 µs a row."""

from collections.abc import Iterable, Iterator
from typing import Final

from estatecrm.exchange.cells import EMPTY, Cell
from estatecrm.exchange.faults import FileFault, FileRefused
from estatecrm.exchange.sheets import Row
from estatecrm.exchange.xlsx_cells import CellValues
from estatecrm.exchange.xlsx_package import DEPTH, Damaged, Package, feed

_DIGITS: Final = "0123456789"
LAST_ROW: Final = 1_048_576


class RowReader:
    """Collects cells into rows; holds one piece of the file and one row at a time."""

    def __init__(self, package: Package, values: CellValues) -> None:
        self._package = package
        self._limits = package.limits
        self._values = values
        self._ready: list[Row] = []
        self._cells: list[Cell] = []
        self.number = 0
        self._depth = 0
        self._tags = ("", "", "", "", "")
        self._place = -1
        self._kind: str | None = None
        self._style: str | None = None
        self._pieces: list[str] = []
        self._held = 0
        self._collecting = self._phonetic = False

    def read(self, pieces: Iterable[bytes]) -> Iterator[Row]:
        """
        The rows of the worksheet written in *pieces* that hold anything.

        Raises:
            FileRefused: a value beyond the columns allowed, entities.
            Damaged, ValueError: what cannot be a worksheet.
        """
        parser = self._package.parser(self._start, self._end, self._text)
        self._tags = ("", "", "", "", "")
        self._depth = 0
        for _ in feed(parser, pieces):
            yield from self._ready
            self._ready.clear()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        row, cell, value, text, phonetic = self._tags
        if name == cell:
            self._open_cell(attributes)
        elif name in (value, text):
            self._collecting = not self._phonetic
        elif name == row:
            self._open_row(attributes)
        elif name == phonetic:
            self._phonetic = True
        elif self._depth == 1:
            space = name.rpartition(" ")[0]
            row, cell, value, text, phonetic = (f"{space} {tag}" for tag in ("row", "c", "v", "t", "rPh"))
            self._tags = (row, cell, value, text, phonetic)
        if self._depth > DEPTH:
            raise Damaged("its tags are nested too deeply")

    def _open_row(self, attributes: dict[str, str]) -> None:
        number = int(attributes.get("r") or self.number + 1)
        if not self.number < number <= LAST_ROW:
            raise Damaged("its rows are out of order")
        self.number = number
        self._place = -1
        self._cells = []

    def _open_cell(self, attributes: dict[str, str]) -> None:
        self._kind = attributes.get("t")
        self._style = attributes.get("s")
        reference = attributes.get("r")
        self._place = self._place + 1 if reference is None else column_place(reference.rstrip(_DIGITS))

    def _text(self, piece: str) -> None:
        if self._collecting:
            self._held += len(piece)
            if self._held > self._limits.cell_characters:
                raise Damaged("a cell holds more text than a cell can")
            self._pieces.append(piece)

    def _end(self, name: str) -> None:
        self._depth -= 1
        row, cell, _, _, phonetic = self._tags
        self._collecting = False
        if name == cell:
            if self._pieces:
                self._close_cell()
        elif name == row:
            if self._cells:
                self._ready.append((self.number, self._cells))
        elif name == phonetic:
            self._phonetic = False

    def _close_cell(self) -> None:
        value = self._values.value(self._kind, self._style, "".join(self._pieces))
        self._pieces.clear()
        self._held = 0
        if value == EMPTY:
            return
        missing = self._place - len(self._cells)
        if missing < 0:
            raise Damaged("its cells are out of order")
        if self._place >= self._limits.columns:
            self._refuse_wide()
        self._cells.extend([EMPTY] * missing)
        self._cells.append(value)

    def _refuse_wide(self) -> None:
        at = {"column": str(self._place + 1), "row": str(self.number), "limit": str(self._limits.columns)}
        raise FileRefused.because(FileFault.TOO_WIDE, file=self._package.source.name, **at)


def column_place(letters: str) -> int:
    """The place of the column *letters*, counted from 0."""
    if not (0 < len(letters) <= 3 and letters.isascii() and letters.isalpha() and letters.isupper()):
        raise Damaged("a cell has no real address")
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def column_letters(place: int) -> str:
    """What a spreadsheet writes above the column at *place*, counted from 0."""
    letters = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        letters = chr(65 + letter) + letters
    return letters
