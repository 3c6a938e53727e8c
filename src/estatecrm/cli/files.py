"""Taking files in and saying what became of every row; `import` and `demo` do it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import field, frozen

from estatecrm.cli.answers import Plain, granted, plain
from estatecrm.cli.setting import Setting
from estatecrm.cli.streams import console
from estatecrm.cli.tables import Head, table

if TYPE_CHECKING:
    from rich.table import Table

    from estatecrm.desks import Office, Planning
    from estatecrm.exchange.columns import ColumnMapping, Overrides
    from estatecrm.exchange.drafts import Refused
    from estatecrm.exchange.importing import Imported
    from estatecrm.messages import Language
    from estatecrm.model import Acting

_SHOWN_REFUSALS = 5


@frozen
class Taken:
    """What became of one file; *rejected* is where its rejected rows were written, *planned* what followed."""

    path: Path
    rows: int
    repeated: int
    imported: "Imported" = field(repr=False)
    rejected: Path | None
    planned: "Planning | None"


@frozen(kw_only=True)
class Order:
    """How a file is taken in: for which project, by which columns; without *rejected_to* no file is written."""

    project: str
    sheet: str | None = None
    mapping: "Overrides | None" = None
    rejected_to: Callable[[Path], Path] | None
    plan: bool = True


def take_file(setting: Setting, office: "Office", acting: "Acting", path: Path, order: Order) -> Taken:
    """Take the customers of *path* in, write its rejected rows beside it and plan what follows."""
    from estatecrm.exchange.importing import import_drafts
    from estatecrm.exchange.reading import read_drafts

    drafts = read_drafts(path, today=office.intake.day(), mapping=order.mapping, sheet=order.sheet)
    with _progress(path.name, drafts.sheet.rows_about) as progress:
        decision = import_drafts(office.intake, acting, drafts, project=order.project, progress=progress)
    imported = granted(setting, decision)
    # Planned before the rejected rows are written: a full disk must not cost anybody a callback.
    planned = _planned(setting, office, acting, imported) if order.plan else None
    rejected = _written_back(setting.speak, path, imported, order) if imported.rejected else None
    return Taken(path, drafts.rows, drafts.repeated, imported, rejected, planned)


def mapping_table(speak: "Language", mapping: "ColumnMapping") -> "Table":
    """Which column was understood as what."""
    heads = (Head("cli.column.header"), Head("cli.column.field"), Head("cli.column.match"))
    rows = [
        (column.header, speak.named("field", column.field.value) if column.field else "", speak.value(column.match))
        for column in mapping.columns
        if column.header
    ]
    return table(speak, heads, rows)


def taken_lines(speak: "Language", taken: Taken) -> Iterator[str]:
    """The counts, which add up to the rows of the file; the first refusals; what was planned."""
    counts = taken.imported.receipt.counts
    ends = tuple(f"{speak.value(end)} {count}" for end, count in counts.items())
    yield speak.say("cli.taken", {"file": taken.path.name, "rows": taken.rows, "ends": ends})
    refusals = [line for refused in taken.imported.rejected for line in _refusals(speak, refused)]
    yield from (f"  {line}" for line in refusals[:_SHOWN_REFUSALS])
    if len(refusals) > _SHOWN_REFUSALS:
        yield "  " + speak.say("cli.more", {"count": len(refusals) - _SHOWN_REFUSALS})
    yield from _alike(speak, taken)
    if taken.rejected is not None:
        yield speak.say("cli.rejected_file", {"file": str(taken.rejected)})
    if taken.planned is not None:
        yield speak.say("cli.planned", taken.planned._asdict())


def taken_content(speak: "Language", taken: Taken) -> dict[str, Plain]:
    """The same for a program; rows that were simply created or unchanged are only counted."""
    receipt = taken.imported.receipt
    columns: list[Plain] = [
        {"header": column.header, "field": plain(column.field), "match": plain(column.match)}
        for column in taken.imported.mapping.columns
    ]
    rejected: list[Plain] = [
        {
            "row": refused.row,
            "field": plain(reason.field),
            "code": reason.code,
            "sentence": speak.refusal(refused.row, reason.column, reason.found, reason.code),
        }
        for refused in taken.imported.rejected
        for reason in refused.reasons
    ]
    duplicates: list[Plain] = [
        {"row": row.number, "codes": list(row.codes)} for row in receipt.rows if row.end.value == "possible_duplicate"
    ]
    return {
        "file": str(taken.path),
        "rows": taken.rows,
        "counts": {end.value: count for end, count in receipt.counts.items()},
        "columns": columns,
        "rejected": rejected,
        "rejected_file": str(taken.rejected) if taken.rejected else None,
        "possible_duplicates": duplicates,
        "planned": dict(taken.planned._asdict()) if taken.planned else None,
    }


def _alike(speak: "Language", taken: Taken) -> Iterator[str]:
    """The rows that resemble somebody known, for the specialist."""
    rows = [row for row in taken.imported.receipt.rows if row.end.value == "possible_duplicate"]
    for row in rows[:_SHOWN_REFUSALS]:
        yield "  " + speak.say("cli.duplicate", {"row": str(row.number), "codes": row.codes})
    if len(rows) > _SHOWN_REFUSALS:
        yield "  " + speak.say("cli.more", {"count": len(rows) - _SHOWN_REFUSALS})


def _refusals(speak: "Language", refused: "Refused") -> Iterator[str]:
    for reason in refused.reasons:
        yield speak.refusal(refused.row, reason.column, reason.found, reason.code)


def _written_back(speak: "Language", path: Path, imported: "Imported", order: Order) -> Path | None:
    return imported.write_rejected(order.rejected_to(path), speak) if order.rejected_to else None


def _planned(setting: Setting, office: "Office", acting: "Acting", imported: "Imported") -> "Planning":
    """
    New customers in bulk, and known ones in case an earlier import was cut off before it planned; updated ones so
    that what they no longer call for goes.
    """
    from estatecrm.desks import Planning, RowEnd

    receipt = imported.receipt
    standing = (*receipt.codes(RowEnd.CREATED), *receipt.codes(RowEnd.UNCHANGED))
    updated = receipt.codes(RowEnd.UPDATED)
    added = granted(setting, office.callbacks.plan(acting, standing)) if standing else Planning(0, 0, 0)
    settled = granted(setting, office.callbacks.replan(acting, updated)) if updated else Planning(0, 0, 0)
    return Planning(*(one + other for one, other in zip(added, settled, strict=True)))


@contextmanager
def _progress(name: str, about: int) -> Iterator[Callable[[int], None]]:
    """A bar on standard error for a person; nothing where nobody watches."""
    errors = console(errors=True)
    if not errors.is_terminal:
        yield lambda rows: None  # noqa: ARG005 - the signature of a progress callback
        return
    from rich.progress import Progress

    with Progress(console=errors, transient=True) as bars:
        task = bars.add_task(name, total=about or None)
        yield lambda rows: bars.update(task, completed=rows)


def beside(path: Path) -> Path:
    """Where the rejected rows of *path* go: next to it."""
    return path.with_name(f"{path.name}.rejected.xlsx")


def echo(lines: Iterator[str]) -> None:
    """Print *lines*."""
    for line in lines:
        click.echo(line)
