"""Entries of the points ledger as rows and text, and the lots of an account as text."""

from collections.abc import Iterable, Iterator
from datetime import date

from estatecrm.errors import StorageError
from estatecrm.model.points import Account, EntryKind, Lot, Part, PointsEntry, PointsEvent
from estatecrm.storage.codec.forms import Json, moment_form, moment_in, read, text_in, whole_in, written
from estatecrm.values import Money, Points

_ENTRY, _LOTS, _PARTS = "points/1", "lots/1", "parts/1"


def entry_text(entry: PointsEntry) -> str:
    """What *entry* says besides its figures; `InvalidFacts` if a text within cannot be kept."""
    if type(entry) is not PointsEntry:
        raise StorageError(f"{type(entry).__name__} is not PointsEntry itself: its own fields would be lost")
    return written(
        "the entry of the ledger",
        [
            _ENTRY,
            entry.kind.value,
            moment_form(entry.at),
            entry.clause,
            entry.edition,
            entry.cause,
            entry.actor,
            entry.key,
            entry.fingerprint,
            entry.event.value if entry.event else None,
            entry.of,
            entry.approver,
            str(entry.base.amount) if entry.base is not None else None,
            entry.times,
            entry.other,
        ],
    )


def entry_in(member: str, number: int, tally: tuple[int, int, int, int, str], text: str) -> PointsEntry:
    """The entry of these figures (day, points, debt, shortfall, parts) and *text*; `StorageError` if it is none."""

    def build(form: list[Json]) -> PointsEntry:
        kind, at, clause, edition, cause, actor, key, fingerprint, event, of, approver, base, times, other = form
        day, points, debt, shortfall, parts = tally
        return PointsEntry(
            member=member,
            number=number,
            kind=EntryKind(kind),
            points=Points(points),
            day=date.fromordinal(day),
            at=moment_in(at),
            clause=text_in(clause),
            edition=text_in(edition),
            cause=text_in(cause),
            actor=text_in(actor),
            key=text_in(key),
            fingerprint=text_in(fingerprint),
            event=None if event is None else PointsEvent(event),
            of=whole_in(of),
            parts=parts_in(parts),
            debt=debt,
            shortfall=shortfall,
            approver=text_in(approver),
            base=None if base is None else Money(text_in(base)),
            times=whole_in(times),
            other=text_in(other),
        )

    return read(text, _ENTRY, 14, build)


def parts_text(parts: Iterable[Part]) -> str:
    """The parts of an entry: their figures, four for each."""
    return " ".join((_PARTS, *(str(figure) for part in parts for figure in part)))


def parts_in(text: str) -> tuple[Part, ...]:
    """The parts *text* writes; `StorageError` if it writes none."""
    return tuple(map(Part._make, _fours(text, _PARTS)))


def lots_text(account: Account) -> str:
    """The lots of *account*: their figures, four for each."""
    return " ".join((_LOTS, *(str(figure) for lot in account.lots for figure in lot)))


def lots_in(text: str) -> tuple[Lot, ...]:
    """The lots *text* writes; `StorageError` if it writes none."""
    return tuple(map(Lot._make, _fours(text, _LOTS)))


def _fours(text: str, kind: str) -> Iterator[tuple[int, int, int, int]]:
    found, *figures = text.split(" ")
    try:
        if found != kind or len(figures) % 4:
            raise ValueError(found)  # noqa: TRY301 - every fault of a text ends in one error
        whole = iter(map(int, figures))
        return iter(list(zip(whole, whole, whole, whole, strict=True)))
    except ValueError as error:
        raise StorageError(
            f"a stored text is not a {kind} as this release reads it: it is damaged, or newer"
        ) from error
