"""The proof of a ledger: everything worked out again from its entries, and the first difference named."""

from collections.abc import Iterable, Iterator
from typing import Final

from attrs import field, frozen

from estatecrm.errors import LedgerBroken
from estatecrm.model.points import USABLE, Account, EntryKind, Lot, PointsEntry
from estatecrm.rules.loyalty.ledger import folded

_ADDS: Final = frozenset({EntryKind.EARN, EntryKind.REFUND})
_TAKES: Final = frozenset({EntryKind.REDEEM, EntryKind.REVERSE, EntryKind.EXPIRE})
_UNDOES: Final = {EntryKind.REFUND: EntryKind.REDEEM, EntryKind.REVERSE: EntryKind.EARN}
DIFFERENCES: Final = (
    *("number", "day", "sum", "sign", "undone", "spendable"),
    *("entries", "available", "frozen", "debt", "shortfall", "lots", "lot", "last_day"),
)
"""Everything that `Difference.what` may say."""


@frozen
class Difference:
    """The first thing that is not as it should be: in which entry of whom, what, and the two figures."""

    member: str
    number: int
    what: str
    """What differs, as a code of the catalogue: ``ledger.<what>``."""
    expected: int
    found: int


@frozen
class LotLife:
    """What became of the points of one lot; what was credited is what went and what is left."""

    number: int
    credited: int
    restored: int
    redeemed: int
    expired: int
    reversed: int
    repaid: int
    moved: int
    """Adjusted or transferred away."""
    left: int

    @property
    def adds_up(self) -> bool:
        """Whether nothing came from nowhere or went nowhere."""
        gone = self.redeemed + self.expired + self.reversed + self.repaid + self.moved
        return self.credited + self.restored == gone + self.left


@frozen
class _Undone:
    """How much of which entry was undone by now."""

    given: dict[int, tuple[EntryKind, int]] = field(factory=dict)
    taken_back: dict[int, int] = field(factory=dict)


def first_difference(kept: Account, entries: Iterable[PointsEntry]) -> Difference | None:
    """
    The first difference between *entries* and themselves, or between their sum and the account that was *kept*.

    *entries* are those of one member in the order they are kept in.
    """
    return next(_differences(kept, entries), None)


def lives(entries: Iterable[PointsEntry]) -> tuple[LotLife, ...]:
    """What became of each lot, by number."""
    counts: dict[int, dict[str, int]] = {}
    for entry in entries:
        for part in entry.parts:
            count = counts.setdefault(part.lot, {})
            name = _fate(entry, part.lot, part.points)
            count[name] = count.get(name, 0) + abs(part.points)
            count["left"] = count.get("left", 0) + part.points
    names = ("credited", "restored", "redeemed", "expired", "reversed", "repaid", "moved", "left")
    return tuple(LotLife(number, *(counts[number].get(name, 0) for name in names)) for number in sorted(counts))


def _fate(entry: PointsEntry, lot: int, points: int) -> str:
    if points > 0:
        return "credited" if lot == entry.number else "restored"
    fates = {
        EntryKind.REDEEM: "redeemed",
        EntryKind.EXPIRE: "expired",
        EntryKind.REVERSE: "reversed",
        EntryKind.VEST: "repaid",
    }
    return fates.get(entry.kind, "moved")


def _differences(kept: Account, entries: Iterable[PointsEntry]) -> Iterator[Difference]:
    account, undone = Account(kept.member), _Undone()
    for entry in entries:
        yield from _order(account, entry)
        yield from _sense(account, entry, undone)
        day, points = entry.day.toordinal(), entry.points.count
        try:
            account = folded(account, day, points, entry.parts, entry.debt, entry.shortfall)
        except LedgerBroken:
            moved = sum(part.points for part in entry.parts) - entry.debt - entry.shortfall
            yield Difference(kept.member, entry.number, "sum", moved, points)
            return
    yield from _against(account, kept)


def _order(account: Account, entry: PointsEntry) -> Iterator[Difference]:
    found = Difference(account.member, entry.number, "number", account.number + 1, entry.number)
    if entry.member != account.member or entry.number != account.number + 1:
        yield found
    if entry.day.toordinal() < account.day:
        yield Difference(account.member, entry.number, "day", account.day, entry.day.toordinal())


def _sense(account: Account, entry: PointsEntry, undone: _Undone) -> Iterator[Difference]:
    """Whether the entry does what its kind does, and undoes no more than there was."""
    kind, points = entry.kind, entry.points.count
    if (kind in _ADDS and points <= 0) or (kind in _TAKES and points > 0) or (kind is EntryKind.VEST and points):
        yield Difference(account.member, entry.number, "sign", 0, points)
    undone.given[entry.number] = (kind, abs(points))
    if kind in _UNDOES:
        of, given = undone.given.get(entry.of, (kind, 0))
        taken = undone.taken_back[entry.of] = undone.taken_back.get(entry.of, 0) + abs(points)
        if of is not _UNDOES[kind] or taken > given:
            yield Difference(account.member, entry.number, "undone", given, taken)
    if kind is EntryKind.REDEEM:
        lots = {lot.number: lot for lot in account.lots}
        for part in entry.parts:
            yield from _spendable(entry, lots.get(part.lot), -part.points)


def _spendable(entry: PointsEntry, lot: Lot | None, points: int) -> Iterator[Difference]:
    there = lot is not None and lot.vests == USABLE and lot.expires >= entry.day.toordinal()
    left = lot.left if lot is not None and there else 0
    if points > left:
        yield Difference(entry.member, entry.number, "spendable", left, points)


def _against(account: Account, kept: Account) -> Iterator[Difference]:
    """Between what the entries add up to and what was kept."""
    if account == kept:
        return
    for what, expected, found in (
        ("entries", account.number, kept.number),
        ("available", account.available.count, kept.available.count),
        ("frozen", account.frozen.count, kept.frozen.count),
        ("debt", account.debt, kept.debt),
        ("shortfall", account.shortfall, kept.shortfall),
        ("lots", len(account.lots), len(kept.lots)),
    ):
        if expected != found:
            yield Difference(kept.member, kept.number, what, expected, found)
    theirs = {lot.number: lot for lot in kept.lots}
    for lot in account.lots:
        if theirs.get(lot.number) != lot:
            yield Difference(
                kept.member, lot.number, "lot", lot.left, theirs.get(lot.number, lot._replace(left=0)).left
            )
    yield Difference(kept.member, kept.number, "last_day", account.day, kept.day)
