"""
The ledger of points as a pure fold: an account and what is asked of it give a change; a change gives an entry.

Every change is tried on the account before anybody sees it: an account that would not add up is never returned.
These checks raise `LedgerBroken`; they hold under ``python -O`` too.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from attrs import evolve, field, frozen
from pendulum import DateTime

from estatecrm.errors import InvalidFacts, LedgerBroken
from estatecrm.model.points import (
    FOR_GOOD,
    USABLE,
    Account,
    EntryKind,
    LateRefund,
    Lot,
    LotOrder,
    Part,
    PointsEntry,
    PointsEvent,
    Shortfall,
)
from estatecrm.values import Money, Points

MOST: Final = 10**15
"""More points than any account holds."""


@frozen
class Terms:
    """The named options of a ledger; `estatecrm.rules.loyalty.terms.LedgerTerms` holds a company's."""

    order: LotOrder = LotOrder.SOONEST_EXPIRY
    shortfall: Shortfall = Shortfall.DEBT
    late_refund: LateRefund = LateRefund.GRACE
    grace: int = 30
    """Days."""


@frozen
class Change:
    """What an entry will do to an account."""

    kind: EntryKind
    points: int
    parts: tuple[Part, ...] = ()
    debt: int = 0
    shortfall: int = 0
    of: int = 0
    cause: str = ""


@frozen
class Stamp:
    """Who writes an entry, when, on what ground, and by which key."""

    at: DateTime
    clause: str
    edition: str
    actor: str
    key: str
    fingerprint: str
    cause: str = ""
    event: PointsEvent | None = None
    approver: str = ""
    base: Money | None = None
    times: int = 1
    other: str = ""


@frozen
class Credit:
    """Points to come: from which day they can be spent, and until which; ordinals."""

    points: int
    vests: int = USABLE
    expires: int = FOR_GOOD
    cause: str = field(default="", kw_only=True)


def earn(account: Account, credit: Credit, kind: EntryKind = EntryKind.EARN) -> Change:
    """
    Points in a new lot; what can be spent at once repays a debt first.

    Raises:
        InvalidFacts: none, less than none, or more than can be.
    """
    points = positive(credit.points)
    repaid = min(points, account.debt) if credit.vests == USABLE else 0
    left = points - repaid
    parts = (Part(account.number + 1, left, credit.vests, credit.expires),) if left else ()
    return Change(kind, points, parts, -repaid)


def vest(account: Account, number: int) -> Change:
    """
    The frozen points of lot *number* become usable, and repay a debt first.

    Raises:
        InvalidFacts: the lot holds no frozen points.
    """
    lot = next((lot for lot in account.lots if lot.number == number and lot.vests != USABLE), None)
    if lot is None:
        raise InvalidFacts(f"entry {number} of {account.member} has no frozen points: they vested or were taken back")
    repaid = min(lot.left, account.debt)
    return Change(EntryKind.VEST, 0, (Part(number, -repaid, USABLE, lot.expires),), -repaid, of=number)


def take(account: Account, points: int, order: LotOrder, kind: EntryKind = EntryKind.REDEEM) -> Change:
    """
    *points* taken from what is available, in *order*; the account was brought to its day before.

    Raises:
        InvalidFacts: less than one point, or more than is available.
    """
    parts = _taken(usable(account, order), positive(points))
    if -sum(part.points for part in parts) != points:
        raise InvalidFacts(f"{account.member} has {account.available.count} points to spend, not {points}")
    return Change(kind, -points, parts)


def refund(account: Account, redemption: PointsEntry, points: int, before: int, terms: Terms) -> Change:
    """
    *points* of *redemption* given back to the lots they came from, the last taken first, with their own last day.

    *before* is what was refunded already; the account was brought to the day. Points that would have expired
    meanwhile follow `Terms.late_refund`; what the member owes, or cost the company, is repaid first.

    Raises:
        InvalidFacts: it is no redemption of this account, or more would be refunded than was redeemed.
    """
    _of_kind(account, redemption, EntryKind.REDEEM)
    if positive(points) > -redemption.points.count - before:
        raise InvalidFacts(f"of {redemption.key!r} {before} points were refunded; {points} more exceed what it took")
    debt = min(points, account.debt)
    lost = min(points - debt, account.shortfall)
    parts = tuple(_restored(account, redemption, before, points - debt - lost, terms))
    return Change(EntryKind.REFUND, points, parts, -debt, -lost, of=redemption.number)


def reverse(account: Account, earning: PointsEntry, points: int, before: int, terms: Terms) -> Change:
    """
    *points* of *earning* taken back: from its own lot first, then from what else is available; the rest falls short.

    *before* is what was taken back already.

    Raises:
        InvalidFacts: it is no earning of this account, or more would be taken back than was earned.
    """
    _of_kind(account, earning, EntryKind.EARN)
    if positive(points) > earning.points.count - before:
        raise InvalidFacts(f"of {earning.key!r} {before} points were taken back; {points} more exceed what it gave")
    own = [lot for lot in account.lots if lot.number == earning.number]
    parts = _taken([*own, *(lot for lot in usable(account, terms.order) if lot not in own)], points)
    short = points + sum(part.points for part in parts)
    owed = short if terms.shortfall is Shortfall.DEBT else 0
    return Change(EntryKind.REVERSE, -points, parts, owed, short - owed, of=earning.number)


def brought(account: Account, day: date) -> tuple[Account, tuple[Change, ...]]:
    """
    *account* as it stands on *day*, and the changes that bring it there.

    Frozen points whose day has come vest and points past their last day expire, in the order in which it happened:
    bringing an account late gives what bringing it daily would have.

    Raises:
        InvalidFacts: *day* lies before the last entry.
    """
    today = day.toordinal()
    if today < account.day:
        last = date.fromordinal(account.day)
        raise InvalidFacts(f"the last entry of {account.member} is of {last}, and {day} is earlier: set the clock")
    now = Account(account.member, account.number, today, account.lots, account.debt, account.shortfall)
    changes = []
    for _, kind, number in sorted(_events(now, today)):
        lot = next((lot for lot in now.lots if lot.number == number), None)
        if lot is not None:
            change = vest(now, number) if kind else _expiry(lot)
            now = after(now, change)
            changes.append(change)
    return now, tuple(changes)


def after(account: Account, change: Change) -> Account:
    """*account* after *change*, on the day it was brought to; `LedgerBroken` if it would not add up."""
    return folded(account, account.day, change.points, change.parts, change.debt, change.shortfall)


def folded(
    account: Account, day: int, points: int, parts: tuple[Part, ...], debt: int = 0, shortfall: int = 0
) -> Account:
    """*account* with one more entry of these figures; `LedgerBroken` if it does not add up."""
    member, lots = account.member, {lot.number: lot for lot in account.lots}
    moved = 0
    for number, delta, vests, expires in parts:
        moved += delta
        old = lots.get(number)
        left = delta if old is None else old.left + delta
        if left < 0 or number > account.number + 1:
            raise LedgerBroken(f"lot {number} of {member} would hold {left} points")
        if left:
            lots[number] = Lot(number, left, vests, expires)
        else:
            lots.pop(number, None)
    if moved - debt - shortfall != points or account.debt + debt < 0 or account.shortfall + shortfall < 0:
        raise LedgerBroken(f"entry {account.number + 1} of {member} does not add up")
    kept = tuple(lots[number] for number in sorted(lots))
    return Account(member, account.number + 1, day, kept, account.debt + debt, account.shortfall + shortfall)


def recorded(account: Account, change: Change, stamp: Stamp) -> tuple[Account, PointsEntry]:
    """*account* after *change*, and the entry that says so."""
    changed = after(account, change)
    entry = PointsEntry(
        member=account.member,
        number=changed.number,
        kind=change.kind,
        points=Points(change.points),
        day=date.fromordinal(changed.day),
        at=stamp.at,
        clause=stamp.clause,
        edition=stamp.edition,
        cause=stamp.cause or change.cause,
        actor=stamp.actor,
        key=stamp.key,
        fingerprint=stamp.fingerprint,
        event=stamp.event,
        of=change.of,
        parts=change.parts,
        debt=change.debt,
        shortfall=change.shortfall,
        approver=stamp.approver,
        base=stamp.base,
        times=stamp.times,
        other=stamp.other,
    )
    return changed, entry


def account_of(entries: Iterable[PointsEntry], member: str = "") -> Account:
    """
    What *entries* of one member, in their order, add up to.

    Raises:
        LedgerBroken: they do not.
    """
    account = Account(member)
    for entry in entries:
        if not account.number and not member:
            account = Account(entry.member)
        if entry.member != account.member or entry.number != account.number + 1:
            raise LedgerBroken(f"entry {entry.number} of {entry.member} follows entry {account.number}")
        account = folded(account, entry.day.toordinal(), entry.points.count, entry.parts, entry.debt, entry.shortfall)
    return account


def as_of(entries: Iterable[PointsEntry], day: date, member: str = "") -> Account:
    """The account as it stood at the close of *day*: what vested or expired by then did, written down or not."""
    account = account_of((entry for entry in entries if entry.day <= day), member)
    return brought(account, day)[0]


def undone(entries: Iterable[PointsEntry], entry: PointsEntry, kind: EntryKind) -> int:
    """How many points of *entry* later entries of *kind* have undone."""
    return sum(abs(each.points.count) for each in entries if each.kind is kind and each.of == entry.number)


def usable(account: Account, order: LotOrder) -> Sequence[Lot]:
    """The lots that can be spent, in *order*."""
    lots = [lot for lot in account.lots if lot.vests == USABLE]
    if order is LotOrder.SOONEST_EXPIRY and len(lots) > 1:
        lots.sort(key=_by_expiry)
    return lots


def positive(points: int) -> int:
    """
    *points* themselves.

    Raises:
        InvalidFacts: less than one, more than `MOST`, or not whole.
    """
    if type(points) is not int or not 0 < points <= MOST:
        raise InvalidFacts("points are whole and more than none: pass Points(1) or more")
    return points


def stamped_again(stamp: Stamp, change: Change, account: Account) -> Stamp:
    """The stamp of an entry nobody asked for: the account falls due, by the ledger's own key."""
    key = f"{change.kind.value}:{account.member}:{change.of}:{account.number + 1}"
    return evolve(stamp, clause="G-04", key=key, fingerprint="", cause="", event=None, approver="", base=None, other="")


def _by_expiry(lot: Lot) -> tuple[int, int]:
    return lot.expires, lot.number


def _events(account: Account, today: int) -> Iterator[tuple[int, int, int]]:
    """What happens by *today*: the day, 1 for vesting and 0 for expiry, the lot."""
    for lot in account.lots:
        if USABLE < lot.vests <= min(today, lot.expires):
            yield lot.vests, 1, lot.number
        if lot.expires < today:
            yield lot.expires + 1, 0, lot.number


def _expiry(lot: Lot) -> Change:
    gone = Part(lot.number, -lot.left, lot.vests, lot.expires)
    return Change(EntryKind.EXPIRE, -lot.left, (gone,), of=lot.number)


def _taken(lots: Iterable[Lot], points: int) -> tuple[Part, ...]:
    parts = []
    for number, left, vests, expires in lots:
        if not points:
            break
        part = min(left, points)
        parts.append(Part(number, -part, vests, expires))
        points -= part
    return tuple(parts)


def _restored(account: Account, redemption: PointsEntry, before: int, points: int, terms: Terms) -> Iterator[Part]:
    """The parts of *redemption* backwards, after passing over what was refunded *before*."""
    grace = account.day + terms.grace if terms.late_refund is LateRefund.GRACE else 0
    open_until = {lot.number: lot.expires for lot in account.lots}
    for lot, taken, vests, expires in reversed(redemption.parts):
        passed = min(before, -taken)
        before -= passed
        back = min(points, -taken - passed)
        points -= back
        if back:
            late = expires < account.day
            yield Part(lot, back, vests, max(expires, grace, open_until.get(lot, 0)) if late else expires)


def _of_kind(account: Account, entry: PointsEntry, kind: EntryKind) -> None:
    if entry.member != account.member or entry.kind is not kind:
        raise InvalidFacts(f"{entry.key!r} is no {kind.value} of {account.member}, and cannot be undone as one")
