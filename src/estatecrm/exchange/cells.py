"""Raw cells as files hold them: text, number, date, truth value or a formula's error."""

import datetime as dt
from typing import Final, TypeAlias

Cell: TypeAlias = str | int | float | dt.date
"""Empty is the empty text; `bool` is an `int` and `datetime` a `date`, both kept as they came."""

EMPTY: Final = ""


class FormulaError(str):
    """What a formula shows when it failed (#N/A, #REF!); never taken for text a person typed."""

    __slots__ = ()


_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES: Final = dict.fromkeys((0x3000, 0x00A0, 0x2007, 0x202F), " ")
_DASHES: Final = dict.fromkeys(map(ord, "‐‑‒–—―−﹣～〜"), "-")
_NARROW: Final = {**_FULL_WIDTH, **_SPACES, **_DASHES, ord("～"): "~", ord("〜"): "~", ord("。"): ".", ord("￥"): "¥"}


def narrow(text: str) -> str:
    """*text* with full-width signs, digits, dashes and blanks as ASCII, for numbers and dates; never for names."""
    return text.strip() if text.isascii() else text.translate(_NARROW).strip()


def shown(cell: Cell) -> str:
    """*cell* as the text a person would have typed."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ", "minutes")
    return str(cell)
