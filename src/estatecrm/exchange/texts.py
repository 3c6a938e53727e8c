"""Names, numbers and free text in a row."""

import re
from collections.abc import Callable
from datetime import date
from typing import Final, TypeVar

from estatecrm.exchange.cells import Cell, FormulaError, narrow, shown
from estatecrm.exchange.faults import RowFault, Unreadable
from estatecrm.exchange.words import BLANK_WORDS
from estatecrm.values import IdentityFault, InvalidText, check_identity, clean_note, clean_text, normalise_phone

T = TypeVar("T")

_HANZI: Final = r"\u3007\u3400-\u9fff\U00020000-\U0003ffff"
_USUAL_NAME: Final = re.compile(rf"[{_HANZI}·]{{2,12}}").fullmatch
_SPACED_HANZI: Final = re.compile(rf"(?<=[{_HANZI}])\s+(?=[{_HANZI}])")
_SCIENTIFIC: Final = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE).fullmatch
_BETWEEN_PHONES: Final = re.compile(r"[/、,;\n|]|\s*或\s*|(?<=\d{7})\s+(?=1[3-9]\d{9}|\+86|0\d{2,3}-)")
_AGE: Final = re.compile(r"(\d{1,3})(?:周?岁)?").fullmatch
_ESCAPED_FORMULA: Final = re.compile(r"'[=+\-@\t\r＝＋－＠]").match
_LONGEST_NAME: Final = 60
_LONGEST_NUMBERS: Final = 200
_LONGEST_TEXT: Final = 500
_LONGEST_NOTE: Final = 10_000
_SIGNIFICANT: Final = 10**15
_OLDEST: Final = 120

_IDENTITY_FAULTS: Final = {
    IdentityFault.LENGTH: RowFault.IDENTITY_LENGTH,
    IdentityFault.CHARACTERS: RowFault.IDENTITY_CHARACTERS,
    IdentityFault.BIRTH_DATE: RowFault.IDENTITY_BIRTH_DATE,
    IdentityFault.FUTURE_BIRTH: RowFault.IDENTITY_FUTURE_BIRTH,
    IdentityFault.CHECKSUM: RowFault.IDENTITY_CHECKSUM,
    IdentityFault.LOST_DIGITS: RowFault.IDENTITY_LOST_DIGITS,
}


class Remembered(dict[str, T]):
    """What a reading made of each text so far; columns of few different texts are read once per text."""

    _most = 20_000

    def __init__(self, read: Callable[[str], T]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> T:
        value = self._read(text)
        if len(self) >= self._most:
            self.clear()
        self[text] = value
        return value


def read_name(cell: Cell) -> str | None:
    """A name; blanks between two hanzi, put there to line names up, are dropped, nothing else is changed."""
    if not isinstance(cell, str):
        raise Unreadable(RowFault.NAME_UNREADABLE)
    if _USUAL_NAME(cell):
        return cell
    name = _SPACED_HANZI.sub("", _line(cell, _LONGEST_NAME))
    if name and not any(character.isalpha() for character in name):
        raise Unreadable(RowFault.NAME_UNREADABLE)
    return name or None


def read_phones(cell: Cell) -> tuple[str, ...]:
    """The numbers in the cell, in canonical text, each once."""
    text = str(cell) if isinstance(cell, int) else shown(cell)
    if len(text) > _LONGEST_NUMBERS:
        raise Unreadable(RowFault.PHONE_UNREADABLE)
    if (number := normalise_phone(text)) is not None:
        return (number,)
    if narrow(text).lower() in BLANK_WORDS:
        return ()
    if isinstance(cell, float) or _SCIENTIFIC(text.strip()):
        raise Unreadable(RowFault.PHONE_LOST_DIGITS)
    if _ESCAPED_FORMULA(text):
        return read_phones(text[1:])
    numbers = [normalise_phone(part) for part in _BETWEEN_PHONES.split(narrow(text)) if part.strip()]
    if not numbers or None in numbers:
        raise Unreadable(RowFault.PHONE_UNREADABLE)
    return tuple(dict.fromkeys(number for number in numbers if number))


def identity_reader(today: date) -> Callable[[Cell], str | None]:
    """
    Reads identity numbers, none of which is born after *today*.

    A number cell of more than 15 digits is refused whatever it shows: a spreadsheet keeps no more of them.
    """

    def read(cell: Cell) -> str | None:
        if not isinstance(cell, str):
            if isinstance(cell, float) or (isinstance(cell, int) and abs(cell) >= _SIGNIFICANT):
                raise Unreadable(RowFault.IDENTITY_LOST_DIGITS)
            cell = shown(cell)
        if len(cell) > _LONGEST_NUMBERS:
            raise Unreadable(RowFault.IDENTITY_LENGTH)
        number, fault = check_identity(cell, today=today)
        if fault is None:
            return number
        if narrow(cell).lower() in BLANK_WORDS:
            return None
        raise Unreadable(_IDENTITY_FAULTS.get(fault, RowFault.IDENTITY_CHARACTERS))

    return read


def read_age(cell: Cell) -> int | None:
    """Completed years."""
    text = narrow(shown(cell)).replace(" ", "")
    if text.lower() in BLANK_WORDS:
        return None
    found = _AGE(text)
    if found is None or int(found[1]) > _OLDEST or isinstance(cell, bool):
        raise Unreadable(RowFault.AGE_UNREADABLE)
    return int(found[1])


def read_text(cell: Cell) -> str | None:
    """One line of free text; line breaks a cell may hold become blanks."""
    text = shown(cell)
    if not text.isprintable():
        text = " ".join(text.splitlines())
    text = _line(text, _LONGEST_TEXT)
    return None if text.lower() in BLANK_WORDS else text


def read_note(cell: Cell) -> str | None:
    """Free text of several lines."""
    text = _unescaped(shown(cell)).strip()
    if len(text) > _LONGEST_NOTE:
        raise Unreadable(RowFault.TEXT_TOO_LONG)
    if not text.isprintable():
        text = _cleaned(clean_note, text)
    return None if text.lower() in BLANK_WORDS else text


def refuse_errors(read: Callable[[Cell], T]) -> Callable[[Cell], T]:
    """*read* for cells that are no text, a formula's error refused."""

    def checked(cell: Cell) -> T:
        if isinstance(cell, FormulaError):
            raise Unreadable(RowFault.CELL_ERROR)
        return read(cell)

    return checked


def _line(text: str, longest: int) -> str:
    text = _unescaped(text).strip()
    if len(text) > longest:
        raise Unreadable(RowFault.TEXT_TOO_LONG)
    # What is printable holds no control character, no surrogate and nothing invisible.
    return text if text.isprintable() else _cleaned(clean_text, text)


def _cleaned(clean: Callable[[str], str], text: str) -> str:
    try:
        return clean(text)
    except InvalidText:
        raise Unreadable(RowFault.TEXT_CONTROL) from None


def _unescaped(text: str) -> str:
    """Without the apostrophe that keeps a csv text from being taken for a formula."""
    return text[1:] if text[:1] == "'" and _ESCAPED_FORMULA(text) else text
