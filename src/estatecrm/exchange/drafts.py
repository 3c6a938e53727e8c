"""One row of a file as a typed draft of a customer, or refused with every reason at once."""

import datetime as dt
import re
from typing import Final, NamedTuple

from attrs import field, frozen

from estatecrm.exchange.cells import Cell, narrow, shown
from estatecrm.exchange.fields import DATE_FIELDS, Field
from estatecrm.values import Area, Money, Range, mask_name

_LONG_NUMBER: Final = re.compile(r"\d{5,}[\dXx]|\d(?:[\s-]?\d){8,}[Xx]?")
_LONG_STRETCH: Final = re.compile(r"\d{8,}[\dXx]")
_LONGEST_FOUND: Final = 40


class Draft(NamedTuple):
    """
    What a row says of one customer; None where it says nothing.

    Phones and identity number are in canonical text, the coded fields in the codes of the enumerations
    (`LeadSource`, `IntentGrade`, `PurchaseStatus`, `Gender`). *source_words* holds the words of a source that
    no code but ``other`` fits. *cells* is the row as it came. A tuple, because a file has many rows.
    """

    row: int
    name: str
    gender: str | None
    birth_date: dt.date | None
    age: int | None
    phones: tuple[str, ...]
    identity: str | None
    occupation: str | None
    address: str | None
    source: str | None
    introducer: str | None
    area: Range[Area] | None
    layout: str | None
    budget: Range[Money] | None
    grade: str | None
    wanted_unit: str | None
    consultant: str | None
    first_visit: dt.date | None
    last_contact: dt.date | None
    status: str | None
    unit: str | None
    subscribed_on: dt.date | None
    signed_on: dt.date | None
    moved_in_on: dt.date | None
    note: str | None
    source_words: str | None
    cells: list[Cell]

    def __repr__(self) -> str:
        return f"Draft(row={self.row}, name={mask_name(self.name)!r})"

    def refuse(self, *reasons: "FieldRefusal") -> "Refused":
        """The row refused after all, for *reasons* that only somebody who knows the database can see."""
        return Refused(self.row, reasons, self.cells)


@frozen
class FieldRefusal:
    """
    Why a row is refused: which field, the code of the reason, the column's header and what stands there.

    *found* is masked where it is a name or a number of a person. A *field* of None means the row as a whole.
    """

    field: Field | None
    code: str
    column: str = ""
    found: str = ""

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """What a catalogue fills into its sentence."""
        return (("column", self.column), ("found", self.found))


@frozen
class Refused:
    """A row that cannot become a customer, with every reason; *cells* is the row as it came."""

    row: int
    reasons: tuple[FieldRefusal, ...]
    cells: list[Cell] = field(repr=False)


def masked(wanted: Field | None, cell: Cell) -> str:
    """What a message may repeat of a cell: no name, and no number long enough to be a person's."""
    text = " ".join(narrow(shown(cell)).split())
    if wanted is Field.NAME or wanted is Field.INTRODUCER:
        text = mask_name(text)
    pattern = _LONG_STRETCH if wanted in DATE_FIELDS else _LONG_NUMBER
    text = pattern.sub(lambda found: found[0][:3] + "*" * (len(found[0]) - 5) + found[0][-2:], text)
    return text if len(text) <= _LONGEST_FOUND else text[: _LONGEST_FOUND - 1] + "…"
