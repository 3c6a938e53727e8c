"""What earns points, and how many (G-02, G-03, O-09)."""

from collections.abc import Iterator
from typing import ClassVar

from attrs import frozen

from estatecrm.decisions import Condition, Step
from estatecrm.errors import InvalidFacts
from estatecrm.model.loyalty import Crossing, EarningCap, EventPoints, Occasion, PointsBase
from estatecrm.model.points import PointsEvent
from estatecrm.policy import CORE, STD, Entry
from estatecrm.rules.loyalty.terms import LEDGER
from estatecrm.rules.parameters import ours
from estatecrm.rules.shapes import Grant
from estatecrm.values import Money, Points, Rounding, yuan

BEHAVIOURS = Entry.of("G-03", "行为积分", CORE, "004 A2 §2")


@frozen(slots=False)
class PointsEarning(Grant[Occasion, Points]):
    """
    Buying a home, recommending customers, joining in and helping earn points.

    A referral earns once, though both documents name it; a suggestion earns when it is adopted (F-52).

    Source: 000 §5.3; 004 A2 §2.
    """

    entry = Entry.of("G-02", "积分获得", CORE, "000 §5.3")
    also = (BEHAVIOURS,)

    yuan_per_point: ClassVar[Money] = ours(yuan(1_000), "text gives events, no figures")
    base: ClassVar[PointsBase] = ours(PointsBase.AFTER_DISCOUNT, "what was agreed earns, a discount does not")
    rounding: ClassVar[Rounding] = ours(Rounding.FLOOR, "points are whole")
    events: ClassVar[tuple[EventPoints, ...]] = ours(
        (EventPoints(PointsEvent.REFERRAL, Points(500)), EventPoints(PointsEvent.COMPANY_ACTIVITY, Points(20))),
        "text gives events, no figures",
    )
    behaviours: ClassVar[tuple[EventPoints, ...]] = ours(
        (
            EventPoints(PointsEvent.JOURNAL_ARTICLE, Points(100)),
            EventPoints(PointsEvent.ESTATE_ACTIVITY, Points(20)),
            EventPoints(PointsEvent.SUGGESTION, Points(50)),
        ),
        "figures blanked in the text",
    )
    caps: ClassVar[tuple[EarningCap, ...]] = ours((), "text silent: no cap")

    def conditions(self, facts: Occasion, /) -> Iterator[Condition]:
        """Who may earn, for a listed event, with room under its cap, at least one point."""
        if facts.times < 1:
            raise InvalidFacts("something happened once or more: pass times=1 or more")
        yield self.may_earn(facts)
        known = facts.event is PointsEvent.PURCHASE or self.each(facts.event) is not None
        yield self.condition("earn.listed", known, entry=self.entry_of(facts), event=facts.event)
        if facts.event is PointsEvent.PURCHASE:
            yield self.condition("earn.price", facts.price is not None)
        cap = self.cap(facts.event)
        if cap is not None:
            yield self.condition("earn.room", facts.earned < cap.most, earned=facts.earned, most=cap.most)
        worth = self.worth(facts)
        yield self.condition("earn.something", worth > Points(0), yuan_per_point=self.yuan_per_point)

    def working(self, facts: Occasion, /) -> Iterator[Step[Points]]:
        """The points by table or by price, then what the cap leaves of them."""
        worth = self.worth(facts)
        if facts.event is PointsEvent.PURCHASE:
            yield self.step("earn.by_price", worth, base=self.counted(facts), yuan_per_point=self.yuan_per_point)
        else:
            yield self.step("earn.by_event", worth, event=facts.event, each=self.each(facts.event), times=facts.times)
        cap = self.cap(facts.event)
        if cap is not None and worth > cap.most - facts.earned:
            yield self.step("earn.capped", cap.most - facts.earned, most=cap.most, earned=facts.earned)

    def may_earn(self, facts: Occasion, /) -> Condition:
        """Who may earn: members."""
        return self.condition("earn.member", facts.is_member, entry="G-01")

    def worth(self, facts: Occasion, /) -> Points:
        """What the occasion is worth before any cap: by price for a home, by the tables for everything else."""
        if facts.event is PointsEvent.PURCHASE:
            shares = self.counted(facts) / self.yuan_per_point
            return Points(int(Money(shares).rounded(self.rounding, places=0).amount))
        return (self.each(facts.event) or Points(0)) * facts.times

    def counted(self, facts: Occasion, /) -> Money:
        """On which amount a purchase earns: as *base* says."""
        price = facts.price or yuan(0)
        if self.base is PointsBase.CONTRACT_PRICE:
            return price
        price = price - facts.discount
        return price if self.base is PointsBase.AFTER_DISCOUNT else price - facts.offset

    def each(self, event: PointsEvent, /) -> Points | None:
        """What one occurrence earns; None for an event that is not listed."""
        table = (*self.events, *self.behaviours)
        return next((line.points for line in table if line.event is event), None)

    def cap(self, event: PointsEvent, /) -> EarningCap | None:
        """The cap on what an event can earn one member, if there is one."""
        return next((cap for cap in self.caps if cap.event is event), None)

    def entry_of(self, facts: Occasion, /) -> str:
        """Under which entry the occasion earns."""
        behaviour = any(line.event is facts.event for line in self.behaviours)
        return BEHAVIOURS.id if behaviour else self.entry.id


@frozen(slots=False)
class ValueFromPoints(Grant[Points, int]):
    """
    A customer's value counts behaviour points too, not sales alone.

    Outcome: the value to add.

    Source: 004 A2 §2.
    """

    entry = Entry.of("O-09", "积分评估客户价值", STD, "004 A2 §2")

    value_per_point: ClassVar[int] = ours(1, "simplest exchange")
    behaviours: ClassVar[tuple[PointsEvent, ...]] = ours(
        (
            PointsEvent.JOURNAL_ARTICLE,
            PointsEvent.ESTATE_ACTIVITY,
            PointsEvent.REFERRAL,
            PointsEvent.SUGGESTION,
        ),
        "the four behaviours of G-03",
    )

    def working(self, facts: Points, /) -> Iterator[Step[int]]:
        """The points times their value."""
        yield self.step("value.added", facts.count * self.value_per_point, points=facts)


@frozen(slots=False)
class PointsMilestone(Grant[Crossing, Points]):
    """
    A member is told when the balance crosses a milestone.

    Outcome: the highest milestone newly crossed; one jump is told once.

    Source: 000 §5.3.
    """

    entry = LEDGER

    milestones: ClassVar[tuple[Points, ...]] = ours(
        (Points(1_000), Points(5_000), Points(10_000)), "round figures a member will notice"
    )

    def conditions(self, facts: Crossing, /) -> Iterator[Condition]:
        """A milestone lies between the old balance and the new, the new one counted in."""
        highest = self.highest(facts)
        yield self.condition("milestone.crossed", highest is not None, before=facts.before, now=facts.now)

    def working(self, facts: Crossing, /) -> Iterator[Step[Points]]:
        """The milestone."""
        highest = self.highest(facts)
        if highest is not None:
            yield self.step("milestone.reached", highest)

    def highest(self, facts: Crossing, /) -> Points | None:
        """The highest milestone above the old balance and not above the new one."""
        return max((each for each in self.milestones if facts.before < each <= facts.now), default=None)
