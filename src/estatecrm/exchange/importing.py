"""From a file to the master records: read, take in, and every row accounted for."""

from collections.abc import Callable, Iterator
from operator import attrgetter
from os import PathLike
from pathlib import Path

from attrs import evolve, field, frozen

from estatecrm.decisions import Decision
from estatecrm.desks import IntakeDesk, Receipt, RowEnd, RowOutcome
from estatecrm.exchange.columns import ColumnMapping
from estatecrm.exchange.drafts import Draft, FieldRefusal, Refused
from estatecrm.exchange.faults import RowFault
from estatecrm.exchange.fields import Field
from estatecrm.exchange.newcomers import DraftNewcomer
from estatecrm.exchange.reading import Drafts
from estatecrm.exchange.rejected import write_rejected
from estatecrm.messages import Language
from estatecrm.model import Acting


@frozen
class Imported:
    """What became of a file: how its columns were read, the end of every row, and the rejected rows with reasons."""

    mapping: ColumnMapping
    receipt: Receipt
    rejected: tuple[Refused, ...] = field(repr=False)

    def write_rejected(self, path: str | PathLike[str], say: Language) -> Path:
        """The rejected rows as a workbook at *path*, each with its reasons, to be corrected and imported again."""

        def fault(code: str, values: tuple[tuple[str, str], ...]) -> str:
            named = dict(values)
            return say.fault(named["column"], named["found"], code)

        return write_rejected(path, self.rejected, mapping=self.mapping, say=fault)


def import_drafts(
    intake: IntakeDesk,
    acting: Acting,
    drafts: Drafts,
    *,
    project: str,
    progress: Callable[[int], None] | None = None,
) -> Decision[Imported]:
    """
    Take in the customers of a file for *project*, all of them or, if anything fails, none.

    The counts of the receipt add up to the rows of the file. *progress* is told how many rows were read so far.

    Raises:
        FileRefused: a csv turned out to be broken on the way; nothing was kept.
    """
    refused: dict[int, Refused] = {}
    decision = intake.take_in(acting, _readable(drafts, refused, progress), project=project)
    if decision.refused:
        return decision.carrying(None)
    receipt = _with_refused(decision.expect(), refused)
    column = next((column.header for column in drafts.mapping.of(Field.CONSULTANT)), "")
    for draft in _rejected_at_the_desk(drafts, receipt, refused):
        refused[draft.row] = draft.refuse(_unknown_consultant(draft, column))
    rejected = tuple(refused[row] for row in sorted(refused))
    return decision.carrying(Imported(drafts.mapping, receipt, rejected))


def _readable(
    drafts: Drafts, refused: dict[int, Refused], progress: Callable[[int], None] | None
) -> Iterator[DraftNewcomer]:
    columns = ",".join(column.field.value if column.field else "" for column in drafts.mapping.columns)
    for draft in drafts:
        if isinstance(draft, Refused):
            refused[draft.row] = draft
        else:
            yield DraftNewcomer.of(draft, columns)
        if progress and not drafts.rows % 1_000:
            progress(drafts.rows)
    if progress:
        progress(drafts.rows)


def _with_refused(receipt: Receipt, refused: dict[int, Refused]) -> Receipt:
    unread = [RowOutcome(row, RowEnd.REJECTED) for row in refused]
    return (
        evolve(receipt, rows=tuple(sorted((*receipt.rows, *unread), key=attrgetter("number")))) if unread else receipt
    )


def _rejected_at_the_desk(drafts: Drafts, receipt: Receipt, refused: dict[int, Refused]) -> Iterator[Draft]:
    """The rows that could be read but not taken in; only they are read a second time."""
    wanted = {row.number for row in receipt.rows if row.end is RowEnd.REJECTED} - refused.keys()
    if wanted:
        yield from (draft for draft in drafts if isinstance(draft, Draft) and draft.row in wanted)


def _unknown_consultant(draft: Draft, column: str) -> FieldRefusal:
    return FieldRefusal(Field.CONSULTANT, RowFault.CONSULTANT_UNKNOWN, column, draft.consultant or "")
