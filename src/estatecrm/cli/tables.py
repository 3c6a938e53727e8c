"""Tables for a person."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from rich.table import Table

    from estatecrm.messages import Language


@frozen
class Head:
    """A column's head: the code of its title, and whether its text may break."""

    code: str
    wraps: bool = False


def table(speak: "Language", heads: Sequence[Head], rows: Iterable[Sequence[str]], *, marked: str = "") -> "Table":
    """A table of *rows*; one whose first cell ends in *marked* is shown in red."""
    from rich import box
    from rich.table import Table

    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for head in heads:
        shown.add_column(speak.say(head.code), no_wrap=not head.wraps, overflow="fold")
    for row in rows:
        style = "red" if marked and row[0].endswith(marked) else None
        shown.add_row(*row, style=style)
    return shown
