"""A worklist as a table and as JSON; `today` and `demo` show it."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from estatecrm.cli.answers import Plain, utc
from estatecrm.cli.tables import Head, table

if TYPE_CHECKING:
    from rich.table import Table

    from estatecrm.desks import Todo, Worklist
    from estatecrm.messages import Language

_HEADS = (
    Head("cli.column.latest"),
    Head("cli.column.code"),
    Head("cli.column.name"),
    Head("cli.column.phone"),
    Head("cli.column.grade"),
    Head("cli.column.todo"),
    Head("cli.column.why", wraps=True),
)


def worklist_table(speak: "Language", worklist: "Worklist", at: datetime, *, limit: int = 0) -> "Table":
    """The lines, most urgent first, at most *limit* of them (0: all); overdue at *at* is marked."""
    rows = (
        _row(speak, todo, worklist.on.year, at) for number, todo in enumerate(worklist) if not limit or number < limit
    )
    return table(speak, _HEADS, rows, marked=speak.say("cli.overdue"))


def worklist_lines(speak: "Language", worklist: "Worklist", at: datetime) -> Iterator[Plain]:
    """The lines for a program."""
    for todo in worklist:
        line, card, reason = todo
        yield {
            "key": line.key,
            "customer": line.subject,
            "unit": line.unit,
            "name": card.name if card else "",
            "phone": card.phone if card else "",
            "grade": card.grade if card else "",
            "status": card.status if card else "",
            "entry": line.entry,
            "source": reason.entry.source,
            "rule": reason.rule,
            "edition": reason.edition,
            "earliest": utc(line.earliest),
            "latest": utc(line.latest),
            "overdue": at >= line.latest,
            "provisional": reason.provisional,
            "todo": speak.todo(reason.entry.id, speak.entry(reason.entry)),
            "why": speak.why(reason),
        }


def phone_to_dial(number: str) -> str:
    """A number as it is dialled within mainland China: a consultant has to call it."""
    if number.startswith("+86"):
        national = number[3:]
        return national if national.startswith(("1", "4", "8")) and len(national) > 9 else f"0{national}"
    return number


def _row(speak: "Language", todo: "Todo", year: int, at: datetime) -> tuple[str, ...]:
    line, card, reason = todo
    latest = speak.latest(line.latest, within=year)
    if at >= line.latest:
        latest = f"{latest} {speak.say('cli.overdue')}"
    code = f"{line.subject} {line.unit}".rstrip()
    why = speak.say("cli.because", {"why": speak.why(reason), "entry": line.entry, "source": reason.entry.source})
    return (
        latest,
        code,
        card.name if card else "",
        phone_to_dial(card.phone) if card else "",
        card.grade if card else "",
        speak.todo(reason.entry.id, speak.entry(reason.entry)),
        why,
    )
