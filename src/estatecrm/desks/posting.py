"""Writing in the ledger of points: the account is held, brought to the day, changed, and kept with its entries."""

from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from attrs import evolve, frozen

from estatecrm.decisions import Condition, Decision, Step
from estatecrm.desks.desk import Desk
from estatecrm.errors import Conflict
from estatecrm.model import Acting
from estatecrm.model.points import FOR_GOOD, Account, PointsEntry
from estatecrm.model.points_requests import PointsRequest, fingerprint
from estatecrm.rules.loyalty.family import LoyaltyRules
from estatecrm.rules.loyalty.ledger import Change, Stamp, brought, recorded, stamped_again
from estatecrm.rules.loyalty.terms import LEDGER
from estatecrm.storage import Session
from estatecrm.values import Points

T = TypeVar("T")


@frozen
class Book:
    """An account that a session holds, on a day, with the entries that brought it there and are not kept yet."""

    account: Account
    entries: tuple[PointsEntry, ...]
    stamp: Stamp
    day: date

    def write(self, change: Change, stamp: Stamp) -> tuple["Book", PointsEntry]:
        """The book with one more entry, and with what falls due by it: a refund may come back to a lot that is over."""
        account, entry = recorded(self.account, change, stamp)
        return _brought(Book(account, (*self.entries, entry), self.stamp, self.day)), entry

    def keep(self, session: Session) -> None:
        """Keep every new entry, and the account they lead to."""
        if self.entries:
            session.points.append(self.account, self.entries)


def stamp_of(desk: Desk, acting: Acting, request: PointsRequest, clause: str = LEDGER.id) -> Stamp:
    """What an entry that *request* asks for says of its ground."""
    at = desk.now()
    edition = desk.rules(at.date()).loyalty.terms.edition
    return Stamp(at, clause, edition, acting.by, request.known_by, fingerprint(request))


def open_book(session: Session, member: str, stamp: Stamp) -> Book:
    """The account of *member*, held from now on and brought to the day of *stamp*; nothing is kept yet."""
    return _brought(Book(session.points.hold(member), (), stamp, stamp.at.date()))


def kept_before(session: Session, stamp: Stamp) -> Decision[PointsEntry] | None:
    """
    The first result of the same request, or None if its key is new; the account was held before.

    Raises:
        Conflict: the key was used for another request.
    """
    entry = session.points.keyed(stamp.key)
    if entry is None:
        return None
    if entry.fingerprint != stamp.fingerprint:
        raise Conflict(f"the key {stamp.key!a} was used for another request: give a new request a key of its own")
    replayed = Condition("points.replayed", met=True, entry=LEDGER.id, values=(("number", entry.number),))
    return Decision("LedgerTerms", LEDGER, entry.edition, granted=True, conditions=(replayed,), outcome=entry)


def with_lots(decision: Decision[T], entry: PointsEntry, rules: LoyaltyRules) -> Decision[PointsEntry]:
    """*decision* with the lots that were used, and in what order, as further lines of its working."""
    return evolve(decision, working=(*decision.working, *_lot_steps(entry, rules))).carrying(entry)


def _lot_steps(entry: PointsEntry, rules: LoyaltyRules) -> Iterator[Step[object]]:
    for part in entry.parts:
        last = None if part.expires >= FOR_GOOD else date.fromordinal(part.expires)
        values = (("lot", part.lot), ("expires", last), ("order", rules.terms.order))
        yield Step("spend.lot", Points(-part.points), values)


def _brought(book: Book) -> Book:
    now, changes = brought(book.account, book.day)
    if not changes:
        return evolve(book, account=now)
    account, entries = evolve(book.account, day=now.day), list(book.entries)
    for change in changes:
        account, entry = recorded(account, change, stamped_again(book.stamp, change, account))
        entries.append(entry)
    return evolve(book, account=account, entries=tuple(entries))
