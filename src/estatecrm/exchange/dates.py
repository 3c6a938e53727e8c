"""Dates as offices write them; where two days are meant, neither is taken."""

import datetime as dt
import re
from typing import Final

from estatecrm.exchange.cells import Cell, narrow
from estatecrm.exchange.faults import RowFault, Unreadable
from estatecrm.exchange.sheets import Epoch
from estatecrm.exchange.words import BLANK_WORDS

_FIRST_1900: Final = dt.date(1899, 12, 31).toordinal()
_FIRST_1904: Final = dt.date(1904, 1, 1).toordinal()
_LEAP_THAT_WAS_NOT: Final = 60
_LAST_SERIAL: Final = 2_958_465
_SERIALS: Final = range(3_654, 109_574)
"""Serial numbers believed where no format says that a number is a date: 1910 to 2199."""

_LONGEST: Final = 60
"""Characters; a pattern is never tried on a text that somebody made long to keep it busy."""

_TAIL: Final = (
    r"[日号]?\s*(?:\(?(?:周|星期)[一二三四五六日天]\)?)?"
    r"(?:[T\s]*(?:上午|下午|晚上|AM|PM)?\s*\d{1,2}[:时点]\s*\d{0,2}分?(?::\d{1,2}(?:\.\d+)?)?\s*(?:AM|PM)?)?"
)
_YEAR_FIRST: Final = re.compile(rf"(\d{{4}})\s*[-/.年]\s*(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})\s*{_TAIL}").fullmatch
_YEAR_LAST: Final = re.compile(rf"(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}){_TAIL}").fullmatch
_SHORT_YEAR: Final = re.compile(
    rf"(\d{{2}})(?:[-/.](\d{{1,2}})[-/.](\d{{1,2}})|年(\d{{1,2}})月(\d{{1,2}})){_TAIL}"
).fullmatch
_COMPACT: Final = re.compile(r"((?:19|20|21)\d\d)(\d\d)(\d\d)").fullmatch
_SERIAL: Final = re.compile(r"\d{4,6}(?:\.\d+)?").fullmatch


def from_serial(serial: float, epoch: Epoch) -> dt.date | None:
    """
    The day, or the moment where there is a time of day, that a spreadsheet counts as *serial*.

    None where no real day is meant: below 1, beyond 9999, and 29 February 1900, which spreadsheets count
    although it never was.
    """
    days = int(serial)
    if not 0 <= serial <= _LAST_SERIAL or (epoch is Epoch.SINCE_1900 and days in (0, _LEAP_THAT_WAS_NOT)):
        return None
    first = _FIRST_1904 if epoch is Epoch.SINCE_1904 else _FIRST_1900 - (days > _LEAP_THAT_WAS_NOT)
    if first + days > dt.date.max.toordinal():
        return None
    day = dt.date.fromordinal(first + days)
    seconds = round((serial - days) * 86_400)
    if not 0 < seconds < 86_400:
        return day
    return dt.datetime.combine(day, dt.time()) + dt.timedelta(seconds=seconds)


def read_date(cell: Cell, *, epoch: Epoch, today: dt.date) -> dt.date | None:
    """
    The day *cell* names, without its time of day; None for a word that says there is none.

    A year of two digits is taken only where no other reading is possible, and then as the last such year
    up to the next one. *today* decides that and nothing else.

    Raises:
        Unreadable: no date, a day that never was, or two possible days (01/02/2026).
    """
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    if isinstance(cell, str):
        if len(cell) > _LONGEST:
            raise Unreadable(RowFault.DATE_UNREADABLE)
        return _from_text(narrow(cell), epoch, today)
    return _from_number(cell, epoch)


def _from_text(text: str, epoch: Epoch, today: dt.date) -> dt.date | None:
    if found := _YEAR_FIRST(text) or _COMPACT(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if text.lower() in BLANK_WORDS:
        return None
    if found := _YEAR_LAST(text):
        return _only_reading(int(found[3]), int(found[1]), int(found[2]))
    if found := _SHORT_YEAR(text):
        return _short_year(found, today)
    if _SERIAL(text):
        return _from_number(float(text), epoch)
    raise Unreadable(RowFault.DATE_UNREADABLE)


def _from_number(number: float, epoch: Epoch) -> dt.date:
    if isinstance(number, bool):
        raise Unreadable(RowFault.DATE_UNREADABLE)
    if number == int(number) and (found := _COMPACT(str(int(number)))):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    day = from_serial(number, epoch) if int(number) in _SERIALS else None
    if day is None:
        raise Unreadable(RowFault.DATE_UNREADABLE)
    return day.date() if isinstance(day, dt.datetime) else day


def _only_reading(year: int, first: int, second: int) -> dt.date:
    """Day and month in the one order that is possible, or in either where both are the same."""
    if first != second and first <= 12 and second <= 12:
        raise Unreadable(RowFault.DATE_AMBIGUOUS)
    return _day(year, first, second) if first <= 12 else _day(year, second, first)


def _short_year(found: re.Match[str], today: dt.date) -> dt.date:
    """A year of two digits counts where the character 年, its size or a last part of one digit shows that it is one."""
    written, month, day = found[1], found[2] or found[4], found[3] or found[5]
    if found[4] is None and int(written) <= 31 and len(day) > 1:
        raise Unreadable(RowFault.DATE_AMBIGUOUS)
    century = today.year // 100 * 100
    year = century + int(written)
    return _day(year if year <= today.year + 1 else year - 100, int(month), int(day))


def _day(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise Unreadable(RowFault.DATE_IMPOSSIBLE) from None
