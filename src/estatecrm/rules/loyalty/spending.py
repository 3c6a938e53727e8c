"""What points can be spent on, given away for, or corrected by (G-04, G-05, G-06)."""

from collections.abc import Iterator
from typing import ClassVar

from attrs import frozen

from estatecrm.decisions import Condition, Step
from estatecrm.model.loyalty import (
    AdjustmentFacts,
    GiftWish,
    OffsetFacts,
    Spending,
    TransferCircle,
    TransferFacts,
)
from estatecrm.policy import CORE, Entry, Role
from estatecrm.rules.loyalty.terms import LEDGER
from estatecrm.rules.parameters import ours
from estatecrm.rules.shapes import Grant
from estatecrm.values import Money, Points, Rate, Rounding, percent, yuan

NONE = Points(0)


@frozen(slots=False)
class PointsRedemption(Grant[Spending, Points]):
    """
    Points are spent, never more than there are.

    Source: 000 §5.3.
    """

    entry = LEDGER

    multiple: ClassVar[Points] = ours(Points(1), "any number of points can be spent")

    def conditions(self, facts: Spending, /) -> Iterator[Condition]:
        """Who may spend, a multiple of *multiple*, and not more than is available."""
        yield self.may_spend(facts)
        yield enough(self.entry.id, facts.points, facts.available)
        whole = facts.points.count % self.multiple.count == 0
        yield self.condition("spend.multiple", whole, multiple=self.multiple, most=self.most(facts.available))

    def working(self, facts: Spending, /) -> Iterator[Step[Points]]:
        """The points asked for."""
        yield self.step("spend.points", facts.points, left=facts.available - facts.points)

    def may_spend(self, facts: Spending, /) -> Condition:
        """Who may spend points: members."""
        return self.condition("spend.member", facts.is_member, entry="G-01")

    def most(self, available: Points, /) -> Points:
        """The most that can be spent at once: what is available, in whole multiples."""
        return Points(available.count // self.multiple.count * self.multiple.count)


@frozen(slots=False)
class GiftExchange(Grant[GiftWish, Points]):
    """
    Points are exchanged for gifts from a priced list with stock.

    Outcome: the price in points.

    Source: 000 §5.3.
    """

    entry = Entry.of("G-05", "兑换礼品", CORE, "000 §5.3")

    def conditions(self, facts: GiftWish, /) -> Iterator[Condition]:
        """On the list, on offer that day, in stock, and not dearer than what is available."""
        gift = facts.gift
        yield self.condition("gift.member", facts.is_member, entry="G-01")
        yield self.condition("gift.listed", gift is not None)
        if gift is not None:
            begun = gift.offered_from is None or gift.offered_from <= facts.day
            going = gift.offered_until is None or facts.day <= gift.offered_until
            first, last = gift.offered_from, gift.offered_until
            yield self.condition("gift.on_offer", begun and going, first=first, last=last)
            there = 0 < facts.count <= gift.stock
            yield self.condition("gift.in_stock", there, stock=gift.stock, count=facts.count)
            yield enough(self.entry.id, gift.price * facts.count, facts.available)

    def working(self, facts: GiftWish, /) -> Iterator[Step[Points]]:
        """The price of one, times how many."""
        if facts.gift is not None:
            price = facts.gift.price
            yield self.step("gift.price", price * facts.count, gift=facts.gift.code, each=price, count=facts.count)


@frozen(slots=False)
class PointsOffset(Grant[OffsetFacts, Money]):
    """
    Money off the contract price, paid for in points.

    Outcome: yuan, never above *cap* of the contract price.

    Source: 000 §5.3 (积分抵扣房款).
    """

    entry = Entry.of("G-06", "抵扣房款", CORE, "000 §5.3")

    yuan_per_point: ClassVar[Money] = ours(yuan(1), "the text gives no rate")
    cap: ClassVar[Rate] = ours(percent(1), "bounds the liability")

    def conditions(self, facts: OffsetFacts, /) -> Iterator[Condition]:
        """Who may, and, where a number of points is asked for, that there are as many and the cap allows them."""
        yield self.may_offset(facts)
        most = self.points_for(self._ceiling(facts))
        asked = facts.wanted
        if asked is None:
            yield self.condition("offset.some", min(facts.balance, most) > NONE, balance=facts.balance, most=most)
        else:
            yield enough(self.entry.id, asked, facts.balance)
            yield self.condition("offset.cap", asked <= most, most=most, cap=self.cap)

    def working(self, facts: OffsetFacts, /) -> Iterator[Step[Money]]:
        """What the points are worth, cut at the cap, in whole points."""
        points = facts.balance if facts.wanted is None else facts.wanted
        worth = points.worth(self.yuan_per_point)
        yield self.step("offset.worth", worth, balance=points, yuan_per_point=self.yuan_per_point)
        ceiling = self._ceiling(facts)
        used = self.points_for(min(worth, ceiling))
        whole = used.worth(self.yuan_per_point)
        yield self.step("offset.capped", whole, ceiling=ceiling, cap=self.cap, points=used)

    def may_offset(self, facts: OffsetFacts, /) -> Condition:
        """Who may pay in points: members."""
        return self.condition("offset.member", facts.is_member, entry="G-01")

    def offsettable_price(self, facts: OffsetFacts, /) -> Money:
        """Which price the cap is a share of: the whole contract price."""
        return facts.contract_price

    def points_for(self, money: Money, /) -> Points:
        """How many whole points *money* takes."""
        return Points(int(Money(money / self.yuan_per_point).rounded(Rounding.FLOOR, places=0).amount))

    def _ceiling(self, facts: OffsetFacts) -> Money:
        """What the cap still leaves of the price."""
        return max(self.offsettable_price(facts) * self.cap - facts.used, yuan(0))


@frozen(slots=False)
class PointsTransfer(Grant[TransferFacts, Points]):
    """
    Points are given to another member, where the company allows it; they keep their last day.

    Source: 000 §5.3.
    """

    entry = LEDGER

    circle: ClassVar[TransferCircle] = ours(TransferCircle.NOBODY, "text silent: points belong to who earned them")

    def conditions(self, facts: TransferFacts, /) -> Iterator[Condition]:
        """Within the circle, to somebody else, and not more than is available."""
        yield self.may_receive(facts)
        yield self.condition("transfer.other", facts.giver != facts.receiver)
        yield self.condition("transfer.members", facts.both_members, entry="G-01")
        yield enough(self.entry.id, facts.points, facts.available)

    def working(self, facts: TransferFacts, /) -> Iterator[Step[Points]]:
        """The points asked for."""
        yield self.step("transfer.points", facts.points)

    def may_receive(self, facts: TransferFacts, /) -> Condition:
        """To whom points may be given: to whom *circle* says."""
        within = self.circle is TransferCircle.MEMBERS or (
            self.circle is TransferCircle.HOUSEHOLD and facts.same_household
        )
        return self.condition("transfer.circle", within, circle=self.circle)


@frozen(slots=False)
class PointsAdjustment(Grant[AdjustmentFacts, Points]):
    """
    Points are added or taken by hand: with a reason, and with the consent of somebody else in charge.

    Source: 000 §5.3.
    """

    entry = LEDGER

    approvers: ClassVar[tuple[Role, ...]] = ours(
        (Role.SERVICE_MANAGER, Role.SALES_MANAGER, Role.GENERAL_MANAGER), "points are money: who leads answers for them"
    )
    most: ClassVar[Points] = ours(Points(10_000), "more than that is no correction")

    def conditions(self, facts: AdjustmentFacts, /) -> Iterator[Condition]:
        """A reason, an approver in charge who is not who asks, within the limit, and not below zero."""
        points = facts.points
        size = points if points > NONE else -points
        yield self.condition("adjust.reason", bool(facts.cause.strip()))
        role = facts.approver_role
        yield self.condition("adjust.approver", role in self.approvers, role=role, approvers=self.approvers)
        yield self.condition("adjust.four_eyes", facts.approver != facts.actor)
        yield self.condition("adjust.limit", NONE < size <= self.most, most=self.most)
        if points < NONE:
            yield enough(self.entry.id, size, facts.available)

    def working(self, facts: AdjustmentFacts, /) -> Iterator[Step[Points]]:
        """The points, with their sign."""
        yield self.step("adjust.points", facts.points)


def enough(entry: str, wanted: Points, available: Points) -> Condition:
    """Whether *wanted* points are there; unmet it says how many are missing."""
    short = max(wanted - available, NONE)
    values = (("wanted", wanted), ("available", available), ("short", short))
    return Condition("spend.enough", not short and wanted > NONE, entry, values)
