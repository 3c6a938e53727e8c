"""The desk of loyalty: points awarded and vested, spent on gifts and prices, referrals rewarded."""

from typing import TypeVar

from attrs import evolve, frozen

from estatecrm.decisions import Decision
from estatecrm.desks.desk import admit
from estatecrm.desks.points_corrections import PointsCorrectionsDesk, kept_under
from estatecrm.desks.posting import Book, kept_before, open_book, stamp_of, with_lots
from estatecrm.model import Acting, Errand
from estatecrm.model.loyalty import (
    GiftWish,
    Occasion,
    OffsetFacts,
    Spending,
)
from estatecrm.model.points import EntryKind, PointsEntry, PointsEvent
from estatecrm.model.points_requests import (
    Award,
    GiftOrder,
    PriceOffset,
    Redemption,
    Reversal,
    Vesting,
)
from estatecrm.model.referrals import Referral
from estatecrm.rules.loyalty import ledger, measures
from estatecrm.rules.loyalty.ledger import Stamp
from estatecrm.storage import Session
from estatecrm.values import Points

T = TypeVar("T")


@frozen
class LoyaltyDesk(PointsCorrectionsDesk):
    """
    What members earn and spend.

    An errand with a key that was used for the same request answers with the entry of the first time and writes
    nothing; for another request it is a `Conflict`. A refused errand does not use up its key.
    """

    def award(self, acting: Acting, award: Award) -> Decision[PointsEntry]:
        """
        Points for something that happened; they vest and expire as the terms say.

        Raises:
            NotFound: there is no such customer.
            Conflict: the key was used for another request.
        """
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.AWARD_POINTS, award.member)
            if admitted.refused:
                return admitted.carrying(None)
            return self._award(session, award, stamp_of(self, acting, award))

    def vest(self, acting: Acting, vesting: Vesting) -> Decision[PointsEntry]:
        """
        The frozen points of an earning become usable: the contract was filed.

        Raises:
            NotFound: nothing was kept under that key.
            InvalidFacts: it has no frozen points.
        """
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.AWARD_POINTS, vesting.of)
            if admitted.refused:
                return admitted.carrying(None)
            stamp = evolve(stamp_of(self, acting, vesting), cause=vesting.cause)
            earning = kept_under(session, vesting.of)
            book = open_book(session, earning.member, stamp)
            known = kept_before(session, stamp)
            return known or self._keep(session, book, ledger.vest(book.account, earning.number), stamp, admitted)

    def redeem(self, acting: Acting, redemption: Redemption) -> Decision[PointsEntry]:
        """
        Points spent; the working says which lots were used.

        Raises:
            NotFound: there is no such customer.
            Conflict: the key was used for another request.
        """
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.SPEND_POINTS, redemption.member)
            if admitted.refused:
                return admitted.carrying(None)
            stamp = evolve(stamp_of(self, acting, redemption), cause=redemption.cause)
            joined = self._joined(session, redemption.member)
            book = open_book(session, redemption.member, stamp)
            known = kept_before(session, stamp)
            if known is not None:
                return known
            facts = Spending(redemption.points, book.account.available, joined)
            decision = self.rules().loyalty.redemption.decide(facts)
            return self._spend(session, book, stamp, decision, decision.outcome)

    def exchange(self, acting: Acting, order: GiftOrder) -> Decision[PointsEntry]:
        """
        Points exchanged for a gift; the stock is the host's to keep.

        Raises:
            NotFound: there is no such customer.
            Conflict: the key was used for another request.
        """
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.SPEND_POINTS, order.member)
            if admitted.refused:
                return admitted.carrying(None)
            rule = self.rules().loyalty.gifts
            stamp = stamp_of(self, acting, order, rule.entry.id)
            stamp = evolve(stamp, cause=order.gift.code if order.gift else "")
            joined = self._joined(session, order.member)
            book = open_book(session, order.member, stamp)
            known = kept_before(session, stamp)
            if known is not None:
                return known
            wish = GiftWish(
                gift=order.gift, day=book.day, available=book.account.available, count=order.count, is_member=joined
            )
            decision = rule.decide(wish)
            return self._spend(session, book, stamp, decision, decision.outcome)

    def offset(self, acting: Acting, offset: PriceOffset) -> Decision[PointsEntry]:
        """
        A home paid in part with points; the entry's *base* is the money off the price.

        Raises:
            NotFound: there is no such customer.
            Conflict: the key was used for another request.
        """
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.SPEND_POINTS, offset.member)
            if admitted.refused:
                return admitted.carrying(None)
            rule = self.rules().loyalty.offset
            stamp = evolve(stamp_of(self, acting, offset, rule.entry.id), cause=offset.contract)
            joined = self._joined(session, offset.member)
            book = open_book(session, offset.member, stamp)
            known = kept_before(session, stamp)
            if known is not None:
                return known
            facts = OffsetFacts(
                balance=book.account.available,
                contract_price=offset.contract_price,
                is_member=joined,
                wanted=offset.wanted,
                used=measures.taken_off(session.points.of(offset.member), rule.entry.id, offset.contract),
            )
            decision = rule.decide(facts)
            money = decision.outcome
            points = rule.points_for(money) if money is not None else None
            return self._spend(session, book, evolve(stamp, base=money), decision, points)

    def reward(self, acting: Acting, referral: Referral) -> Decision[PointsEntry]:
        """
        The reward of a referral that has vested, once for a buyer.

        Raises:
            NotFound: there is no such customer.
        """
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.AWARD_POINTS, referral.referrer)
            if admitted.refused:
                return admitted.carrying(None)
            moved = self.rules().loyalty.referral.move("reward", referral)
            if moved.refused:
                return moved.carrying(None)
            award = _reward_of(referral)
            return self._award(session, award, stamp_of(self, acting, award, moved.entry.id))

    def take_back(self, acting: Acting, referral: Referral) -> Decision[PointsEntry]:
        """
        The reward of a referral taken back: the buyer returned the home.

        Raises:
            NotFound: nobody was rewarded for this buyer.
        """
        moved = self.rules().loyalty.referral.move("return", referral)
        if moved.refused:
            return moved.carrying(None)
        key = _reward_of(referral).known_by
        return self._undo(acting, Reversal(of=key, cause=referral.buyer), EntryKind.REVERSE)

    def _award(self, session: Session, award: Award, stamp: Stamp) -> Decision[PointsEntry]:
        loyalty = self.rules().loyalty
        joined = self._joined(session, award.member)
        book = open_book(session, award.member, stamp)
        known = kept_before(session, stamp)
        if known is not None:
            return known
        occasion = Occasion(
            event=award.event,
            is_member=joined,
            times=award.times,
            price=award.price,
            discount=award.discount,
            offset=award.offset,
            earned=self._earned(session, award, book),
        )
        decision = loyalty.earning.decide(occasion)
        if decision.refused:
            return decision.carrying(None)
        credit = loyalty.terms.credit(decision.expect(), award.event, book.day)
        stamp = evolve(
            stamp,
            cause=award.cause,
            event=award.event,
            times=award.times,
            base=loyalty.earning.counted(occasion) if award.price is not None else None,
            clause=loyalty.earning.entry_of(occasion) if stamp.clause == loyalty.terms.entry.id else stamp.clause,
        )
        return self._keep(session, book, ledger.earn(book.account, credit), stamp, decision)

    def _earned(self, session: Session, award: Award, book: Book) -> Points:
        cap = self.rules().loyalty.earning.cap(award.event)
        if cap is None:
            return Points(0)
        return measures.earned(session.points.of(award.member), award.event, cap.window, book.day)

    def _spend(
        self, session: Session, book: Book, stamp: Stamp, decision: Decision[T], points: Points | None
    ) -> Decision[PointsEntry]:
        if decision.refused or points is None:
            return decision.carrying(None)
        loyalty = self.rules().loyalty
        book, entry = book.write(ledger.take(book.account, points.count, loyalty.terms.order), stamp)
        book.keep(session)
        return with_lots(decision, entry, loyalty)


def _reward_of(referral: Referral) -> Award:
    key = f"referral:{referral.buyer}"
    return Award(member=referral.referrer, event=PointsEvent.REFERRAL, cause=referral.buyer, key=key)
