"""How the ledger works in this company: order, vesting, expiry, debts, refunds (G-04)."""

from datetime import date
from typing import ClassVar, final

from attrs import frozen

from estatecrm.model.loyalty import Freeze, Term
from estatecrm.model.points import FOR_GOOD, USABLE, LateRefund, LotOrder, PointsEvent, Shortfall
from estatecrm.policy import CORE, Entry
from estatecrm.rules.base import Rule
from estatecrm.rules.loyalty.ledger import Credit, Terms
from estatecrm.rules.parameters import ours
from estatecrm.values import NaturalDays, Points

LEDGER = Entry.of("G-04", "积分账", CORE, "000 §5.3")


@frozen(slots=False)
class LedgerTerms(Rule):
    """
    Points are an append-only ledger; its conventions, each a named option.

    Source: 000 §5.3 (implied by redeemable points).
    """

    entry = LEDGER

    order: ClassVar[LotOrder] = ours(LotOrder.SOONEST_EXPIRY, "what would be lost first is spent first")
    shortfall: ClassVar[Shortfall] = ours(Shortfall.DEBT, "points of a returned home were not theirs to spend")
    late_refund: ClassVar[LateRefund] = ours(LateRefund.GRACE, "who spent in time loses nothing by a late refund")
    grace: ClassVar[NaturalDays] = ours(NaturalDays(30), "a month to spend what came back late")
    lasts: ClassVar[Term] = ours(Term(0), "text silent: points do not expire")
    freezes: ClassVar[tuple[Freeze, ...]] = ours((), "text silent: what is earned can be spent")

    def last_day(self, event: PointsEvent | None, day: date, /) -> date | None:
        """Until when points earned on *day* can be spent: as long as *lasts* says, whatever the event."""
        return self.lasts.last_day(day)

    def freeze(self, event: PointsEvent | None, /) -> Freeze | None:
        """How points of *event* are frozen: as the table *freezes* says, else not at all."""
        return next((freeze for freeze in self.freezes if freeze.event is event), None)

    @final
    def credit(self, points: Points, event: PointsEvent | None, day: date, /) -> Credit:
        """*points* earned on *day*, with the days on which they vest and expire."""
        freeze, last = self.freeze(event), self.last_day(event, day)
        vests = USABLE
        if freeze is not None:
            vests = FOR_GOOD if freeze.days is None else day.toordinal() + freeze.days.days
        return Credit(points.count, vests, FOR_GOOD if last is None else last.toordinal())

    @final
    def options(self) -> Terms:
        """The options as the ledger takes them."""
        return Terms(self.order, self.shortfall, self.late_refund, self.grace.days)
