"""Terminals that cannot show every character must still show the rest."""

import codecs
import io
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.console import Console

_LOOKALIKE: Final = {"✓": "√", "✗": "×", "¥": "￥"}
_ERRORS: Final = "estatecrm.lookalike"
_PLAIN_WIDTH: Final = 160
"""How wide a table is where no terminal says."""


def prepare() -> None:
    """Let both streams put a look-alike or a question mark for what their encoding lacks (a GBK console and 𠮷)."""
    codecs.register_error(_ERRORS, _lookalike)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_ERRORS)


def console(*, no_color: bool = False, errors: bool = False) -> "Console":
    """A console that shows text as it is: no markup, no emoji codes, nothing highlighted."""
    from rich.console import Console

    stream = sys.stderr if errors else sys.stdout
    return Console(
        file=stream,
        no_color=no_color or None,
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=False,
        width=None if stream.isatty() else _PLAIN_WIDTH,
    )


def says_unicode() -> bool:
    """Whether standard output can carry every character."""
    return (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "").startswith("utf")


def _lookalike(trouble: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(trouble, UnicodeEncodeError):
        raise trouble
    said = "".join(_encodable(sign, trouble.encoding) for sign in trouble.object[trouble.start : trouble.end])
    return said, trouble.end


def _encodable(sign: str, encoding: str) -> str:
    other = _LOOKALIKE.get(sign, "?")
    try:
        other.encode(encoding)
    except UnicodeEncodeError:
        return "?"
    return other
