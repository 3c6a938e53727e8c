"""The desk where points are corrected: refunded, taken back, given away, adjusted; and where the day is closed."""

from typing import TypeVar

from attrs import evolve, frozen

from estatecrm.decisions import Decision
from estatecrm.desks.desk import admit, member_of
from estatecrm.desks.points_books import PointsBooksDesk
from estatecrm.desks.posting import Book, kept_before, open_book, stamp_of, with_lots
from estatecrm.errors import NotFound
from estatecrm.model import Acting, Errand, Member
from estatecrm.model.loyalty import AdjustmentFacts, MembershipFacts, TransferFacts
from estatecrm.model.points import Account, EntryKind, PointsEntry
from estatecrm.model.points_requests import Adjustment, Refund, Reversal, Transfer
from estatecrm.rules.loyalty import ledger
from estatecrm.rules.loyalty.ledger import Change, Credit, Stamp
from estatecrm.storage import Session
from estatecrm.values import Points

T = TypeVar("T")
RECEIVED = "\nreceived"
"""Ends the keys of the entries on the receiving side of a transfer; no request's key holds a line break."""


@frozen
class ClosedDay:
    """What fell due: how many members, how many points vested and expired."""

    members: int
    vested: Points
    expired: Points


@frozen
class PointsCorrectionsDesk(PointsBooksDesk):
    """Everything is corrected by a further entry, never by an edit."""

    def refund(self, acting: Acting, refund: Refund) -> Decision[PointsEntry]:
        """
        A redemption undone, in whole or in part: the points go back to their lots, with their own last day.

        Raises:
            NotFound: nothing was kept under that key.
            InvalidFacts: it is no redemption, or more would be refunded than it took.
        """
        return self._undo(acting, refund, EntryKind.REFUND)

    def reverse(self, acting: Acting, reversal: Reversal) -> Decision[PointsEntry]:
        """
        An earning undone, in whole or in part; where the points are spent, the terms say what becomes of it.

        Raises:
            NotFound: nothing was kept under that key.
            InvalidFacts: it is no earning, or more would be taken back than it gave.
        """
        return self._undo(acting, reversal, EntryKind.REVERSE)

    def transfer(self, acting: Acting, transfer: Transfer) -> Decision[PointsEntry]:
        """
        Points given to another member, where the company allows it; they keep their last day. The giver's entry.

        Raises:
            NotFound: there is no such customer.
            Conflict: the key was used for another request.
        """
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.CORRECT_POINTS, transfer.giver)
            if admitted.refused:
                return admitted.carrying(None)
            stamp = evolve(stamp_of(self, acting, transfer), cause=transfer.cause, other=transfer.receiver)
            giver, receiver = transfer.giver, transfer.receiver
            joined = self._joined(session, giver) and self._joined(session, receiver)
            # Always held in the same order, so that two transfers never wait for each other.
            books = {member: open_book(session, member, stamp) for member in sorted({giver, receiver})}
            known = kept_before(session, stamp)
            if known is not None:
                return known
            decision = self.rules().loyalty.transfer.decide(_transfer_facts(transfer, books[giver], joined=joined))
            if decision.refused:
                return decision.carrying(None)
            order = self.rules().loyalty.terms.order
            change = ledger.take(books[giver].account, transfer.points.count, order, EntryKind.TRANSFER)
            book, entry = books[giver].write(change, stamp)
            book.keep(session)
            _receive(books[receiver], entry, stamp).keep(session)
            return with_lots(decision, entry, self.rules().loyalty)

    def adjust(self, acting: Acting, adjustment: Adjustment) -> Decision[PointsEntry]:
        """
        Points added or taken by hand, with the consent of somebody else in charge.

        Raises:
            NotFound: there is no such customer.
            Conflict: the key was used for another request.
        """
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.CORRECT_POINTS, adjustment.member)
            if admitted.refused:
                return admitted.carrying(None)
            stamp = evolve(stamp_of(self, acting, adjustment), cause=adjustment.cause, approver=adjustment.approver)
            session.customers.get(adjustment.member)
            book = open_book(session, adjustment.member, stamp)
            known = kept_before(session, stamp)
            if known is not None:
                return known
            approver = member_of(session, adjustment.approver)
            facts = _adjustment_facts(adjustment, acting, book, approver)
            decision = self.rules().loyalty.adjustment.decide(facts)
            if decision.refused:
                return decision.carrying(None)
            change = self._adjusted(book.account, adjustment.points, stamp)
            return self._keep(session, book, change, stamp, decision)

    def close_day(self, acting: Acting) -> Decision[ClosedDay]:
        """Write down what fell due by today: frozen points that vest, and points past their last day that expire."""
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.CLOSE_POINTS, "")
            if admitted.refused:
                return admitted.carrying(None)
            terms = self.rules().loyalty.terms
            stamp = Stamp(self.now(), terms.entry.id, terms.edition, acting.by, "", "")
            members = session.points.due_by(self.day())
            books = [open_book(session, member, stamp) for member in members]
            for book in books:
                book.keep(session)
            entries = [entry for book in books for entry in book.entries]
            expired = sum(-entry.points.count for entry in entries if entry.kind is EntryKind.EXPIRE)
            vested = sum(_vested(book) for book in books)
            return admitted.carrying(ClosedDay(len(members), Points(vested), Points(expired)))

    def _undo(self, acting: Acting, request: Refund | Reversal, kind: EntryKind) -> Decision[PointsEntry]:
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.CORRECT_POINTS, request.of)
            if admitted.refused:
                return admitted.carrying(None)
            stamp = evolve(stamp_of(self, acting, request), cause=request.cause)
            first = kept_under(session, request.of)
            book = open_book(session, first.member, stamp)
            known = kept_before(session, stamp)
            if known is not None:
                return known
            before = ledger.undone(session.points.of(first.member), first, kind)
            points = (request.points or Points(abs(first.points.count) - before)).count
            undo = ledger.refund if kind is EntryKind.REFUND else ledger.reverse
            change = undo(book.account, first, points, before, self.rules().loyalty.terms.options())
            return self._keep(session, book, change, stamp, admitted)

    def _adjusted(self, account: Account, points: Points, stamp: Stamp) -> Change:
        terms = self.rules().loyalty.terms
        if points.count < 0:
            return ledger.take(account, -points.count, terms.order, EntryKind.ADJUST)
        return ledger.earn(account, terms.credit(points, None, stamp.at.date()), EntryKind.ADJUST)

    def _keep(
        self, session: Session, book: Book, change: Change, stamp: Stamp, decision: Decision[T]
    ) -> Decision[PointsEntry]:
        book, entry = book.write(change, stamp)
        book.keep(session)
        return decision.carrying(entry)

    def _joined(self, session: Session, code: str) -> bool:
        status = session.customers.get(code).record.status
        return self.rules().loyalty.membership.decide(MembershipFacts(status)).granted


def kept_under(session: Session, key: str) -> PointsEntry:
    entry = session.points.keyed(key)
    if entry is None:
        raise NotFound(f"nothing was kept in the ledger under the key {key!a}")
    return entry


def _receive(book: Book, given: PointsEntry, stamp: Stamp) -> Book:
    """*book* with what *given* took from the giver, each part with its own last day."""
    for place, part in enumerate(given.parts):
        credit = Credit(-part.points, expires=part.expires)
        key = f"{stamp.key}{RECEIVED}{place}"
        received = evolve(stamp, key=key, other=given.member)
        book, _ = book.write(ledger.earn(book.account, credit, EntryKind.TRANSFER), received)
    return book


def _vested(book: Book) -> int:
    numbers = {entry.of for entry in book.entries if entry.kind is EntryKind.VEST}
    return sum(lot.left for lot in book.account.lots if lot.number in numbers)


def _transfer_facts(transfer: Transfer, giver: Book, *, joined: bool) -> TransferFacts:
    return TransferFacts(
        points=transfer.points,
        available=giver.account.available,
        giver=transfer.giver,
        receiver=transfer.receiver,
        both_members=joined,
        same_household=transfer.same_household,
    )


def _adjustment_facts(adjustment: Adjustment, acting: Acting, book: Book, approver: Member | None) -> AdjustmentFacts:
    return AdjustmentFacts(
        points=adjustment.points,
        available=book.account.available,
        cause=adjustment.cause,
        actor=acting.by,
        approver=adjustment.approver,
        approver_role=approver.role if approver is not None and approver.active else None,
    )
