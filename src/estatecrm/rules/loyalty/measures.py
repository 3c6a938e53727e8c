"""What is read off a member's entries: points by event, the figure of a tier, points that soon expire."""

from collections.abc import Iterable, Sequence
from datetime import date

from attrs import evolve

from estatecrm.model.loyalty import Expiring, TierBase, Window
from estatecrm.model.points import FOR_GOOD, USABLE, Account, EntryKind, PointsEntry, PointsEvent
from estatecrm.rules.loyalty import ledger
from estatecrm.values import Money, Points, yuan


def earned(entries: Sequence[PointsEntry], event: PointsEvent | None, window: Window, day: date) -> Points:
    """What *event* (None: anything) earned within *window*, less what was taken back of it."""
    first = window.first_day(day)
    counted = {
        entry.number: entry.points.count
        for entry in entries
        if entry.kind is EntryKind.EARN and first <= entry.day <= day and event in (None, entry.event)
    }
    for entry in entries:
        if entry.kind is EntryKind.REVERSE and entry.of in counted and entry.day <= day:
            counted[entry.of] += entry.points.count
    return Points(sum(counted.values()))


def measured(entries: Sequence[PointsEntry], base: TierBase, window: Window, day: date) -> Points:
    """What a tier is measured by on *day*."""
    if base is TierBase.BALANCE:
        return ledger.as_of(entries, day, entries[0].member).available if entries else Points(0)
    if base is TierBase.EARNED:
        return earned(entries, None, window, day)
    first = window.first_day(day)
    returned = {entry.of for entry in entries if entry.kind is EntryKind.REVERSE and entry.day <= day}
    spent = (
        entry.base.amount
        for entry in entries
        if entry.base is not None and entry.number not in returned and first <= entry.day <= day
    )
    return Points(int(sum(spent)))


def highest(entries: Sequence[PointsEntry], base: TierBase, window: Window, day: date) -> Points:
    """
    The most a tier was ever measured by, up to *day*: for who keeps a tier once reached.

    Points that were taken back since were never theirs, and count on no day.
    """
    back = {entry.of: 0 for entry in entries}
    for entry in entries:
        if entry.kind is EntryKind.REVERSE and entry.day <= day:
            back[entry.of] += entry.points.count
    kept = [
        evolve(entry, points=entry.points + Points(back.get(entry.number, 0)))
        for entry in entries
        if entry.kind is EntryKind.EARN and entry.day <= day
    ]
    figures = [measured(entries, base, window, day)]
    if base is TierBase.EARNED:
        figures += [measured(kept, base, window, entry.day) for entry in kept]
    return max(figures)


def taken_off(entries: Sequence[PointsEntry], clause: str, contract: str) -> Money:
    """What redemptions under *clause* took off the price of *contract*, less what was refunded of them since."""
    total = yuan(0)
    for entry in entries:
        if entry.kind is EntryKind.REDEEM and (entry.clause, entry.cause) == (clause, contract) and entry.base:
            left = -entry.points.count - ledger.undone(entries, entry, EntryKind.REFUND)
            total += entry.base * left / -entry.points.count
    return total


def soon_expired(account: Account, day: date, within: int) -> tuple[Expiring, ...]:
    """The points of *account* whose last day lies within *within* days from *day*, soonest first."""
    today = day.toordinal()
    ending: dict[int, int] = {}
    for lot in account.lots:
        if lot.vests == USABLE and today <= lot.expires <= min(today + within, FOR_GOOD - 1):
            ending[lot.expires] = ending.get(lot.expires, 0) + lot.left
    return tuple(Expiring(Points(ending[last]), date.fromordinal(last)) for last in sorted(ending))


def by_member(entries: Iterable[PointsEntry]) -> Iterable[tuple[str, list[PointsEntry]]]:
    """The entries of each member, from a stream in the order of members."""
    theirs: list[PointsEntry] = []
    for entry in entries:
        if theirs and entry.member != theirs[0].member:
            yield theirs[0].member, theirs
            theirs = []
        theirs.append(entry)
    if theirs:
        yield theirs[0].member, theirs
