"""Who is a member, in which tier, and what members have (G-01, G-07, G-08, G-09, D-12)."""

from collections.abc import Iterator
from typing import ClassVar

from attrs import frozen

from estatecrm.decisions import Condition, Step
from estatecrm.model.classes import PurchaseStatus
from estatecrm.model.loyalty import (
    CardFacts,
    CardReminderKind,
    CareFacts,
    DiscountFacts,
    Downgrade,
    Expiring,
    MemberPrivilege,
    MembershipFacts,
    Queueing,
    Tier,
    TierBase,
    TierFacts,
    Window,
)
from estatecrm.policy import CORE, STD, Entry, Role
from estatecrm.rules.duties import Beat, Cadence, day_of
from estatecrm.rules.loyalty.terms import LEDGER
from estatecrm.rules.parameters import doc, ours
from estatecrm.rules.shapes import Classification, Grant
from estatecrm.values import Money, NaturalDays, Points, Rate, Rounding, TimeLimit, percent

MEMBERS = Entry.of("G-01", "会员制度", CORE, "000 §5.3")


@frozen(slots=False)
class Membership(Grant[MembershipFacts, tuple[MemberPrivilege, ...]]):
    """
    Members have points, discounts and priority purchase.

    Outcome: the privileges.

    Source: 000 §5.3.
    """

    entry = MEMBERS

    privileges: ClassVar[tuple[MemberPrivilege, ...]] = doc(tuple(MemberPrivilege))
    joined_by: ClassVar[tuple[PurchaseStatus, ...]] = ours(
        (PurchaseStatus.SIGNED, PurchaseStatus.MOVED_IN), "no joining step in the text: signing joins"
    )

    def conditions(self, facts: MembershipFacts, /) -> Iterator[Condition]:
        """Who is a member: who has signed, and still has the home."""
        met = facts.status in self.joined_by
        yield self.condition("membership.joined", met, status=facts.status, joined_by=self.joined_by)

    def working(self, facts: MembershipFacts, /) -> Iterator[Step[tuple[MemberPrivilege, ...]]]:
        """The privileges."""
        yield self.step("membership.privileges", self.privileges)


@frozen(slots=False)
class MemberTier(Classification[TierFacts, str]):
    """
    The tier of a member, by points measured on *base* over *window*.

    Outcome: the tier's code. A figure on the threshold reaches the tier.

    Source: 000 §5.3.
    """

    entry = MEMBERS

    tiers: ClassVar[tuple[Tier, ...]] = ours(
        (Tier("ordinary", Points(0)), Tier("silver", Points(2_000)), Tier("gold", Points(5_000))),
        "the text has members only: one home, two homes, more",
    )
    base: ClassVar[TierBase] = ours(TierBase.EARNED, "spending points must not cost the tier")
    window: ClassVar[Window] = ours(Window.LIFETIME, "homes are bought once in years")
    downgrade: ClassVar[Downgrade] = ours(Downgrade.NEVER, "who is told a tier keeps it")

    def classes(self, facts: TierFacts, /) -> Iterator[tuple[str, Condition]]:
        """The tiers, highest first: reached by the figure, or had before where a tier is not lost again."""
        kept = self.downgrade is Downgrade.NEVER
        for tier in sorted(self.tiers, key=lambda tier: tier.least, reverse=True):
            reached = facts.measured >= tier.least
            met = reached or (kept and facts.had == tier.code)
            yield tier.code, self.condition("tier.reached", met, tier=tier.code, least=tier.least, has=facts.measured)


@frozen(slots=False)
class MemberDiscount(Grant[DiscountFacts, Money]):
    """
    Members get a discount on a further home; any other concession goes through B-13.

    Outcome: the price to pay.

    Source: 000 §5.3.
    """

    entry = Entry.of("G-07", "会员折扣", STD, "000 §5.3")

    discount: ClassVar[Rate] = ours(percent(1), "modest and below sales-control limits")
    from_home: ClassVar[int] = ours(2, "on a next purchase: who buys the first home joins by it")
    rounding: ClassVar[Rounding] = ours(Rounding.HALF_UP, "to the fen, as prices are written")

    def conditions(self, facts: DiscountFacts, /) -> Iterator[Condition]:
        """A member, who bought before."""
        yield self.condition("discount.member", facts.is_member, entry="G-01")
        yield self.condition("discount.next", facts.homes + 1 >= self.from_home, homes=facts.homes)

    def working(self, facts: DiscountFacts, /) -> Iterator[Step[Money]]:
        """The price less the discount."""
        off = (facts.price * self.discount).rounded(self.rounding)
        yield self.step("discount.price", facts.price - off, price=facts.price, discount=self.discount, off=off)


@frozen(slots=False)
class PriorityPurchase(Grant[tuple[Queueing, ...], tuple[str, ...]]):
    """
    In a queue for a release members come before others; within each group who registered first.

    Outcome: the codes in their order.

    Source: 000 §5.3.
    """

    entry = Entry.of("G-08", "优先购买", CORE, "000 §5.3")

    def conditions(self, facts: tuple[Queueing, ...], /) -> Iterator[Condition]:
        """Somebody waits."""
        yield self.condition("queue.waiting", bool(facts), waiting=len(facts))

    def working(self, facts: tuple[Queueing, ...], /) -> Iterator[Step[tuple[str, ...]]]:
        """The whole order."""
        order = tuple(each.code for each in sorted(facts, key=self.rank))
        yield self.step("queue.order", order, members=sum(each.is_member for each in facts))

    def rank(self, waiting: Queueing, /) -> tuple[object, ...]:
        """By what the queue is ordered: members first, then the moment of registration, then the code."""
        return (not waiting.is_member, waiting.registered, waiting.code)


@frozen(slots=False)
class MemberCare(Cadence[CareFacts]):
    """
    Members get care at intervals: an exclusive event or a personal service.

    Source: 000 §5.3.
    """

    entry = Entry.of("G-09", "会员关怀", STD, "000 §5.3")

    interval: ClassVar[TimeLimit] = ours(NaturalDays(184), "half a year at its longest keeps care visible")

    def conditions(self, facts: CareFacts, /) -> Iterator[Condition]:
        """A member, of whom it is known since when they wait."""
        since = facts.last_care or facts.joined_on
        yield self.condition("care.member", facts.is_member, entry="G-01")
        yield self.condition("care.since", since is not None, since=since)

    def beats(self, facts: CareFacts, /) -> Iterator[Beat]:
        """The next care, counted from the last, or from joining."""
        since = day_of(facts.last_care or facts.joined_on)
        yield Beat(since.isoformat(), since, self.interval)

    def responsible(self, facts: CareFacts, /) -> Role:
        """The service specialist."""
        return Role.SERVICE_SPECIALIST


@frozen(slots=False)
class CardReminder(Grant[CardFacts, tuple[CardReminderKind, ...]]):
    """
    A callback adds a friendly reminder to renew a card that runs out, or to take a higher one.

    Source: 002 P2 §2 content 3.
    """

    entry = Entry.of("D-12", "续卡/升级提示", STD, "002 P2 §2 content 3")

    remind_before_days: ClassVar[NaturalDays] = ours(NaturalDays(30), "a month to decide")

    def conditions(self, facts: CardFacts, /) -> Iterator[Condition]:
        """Something to be reminded of."""
        found = self.reminders(facts)
        expires, limit = facts.expires_on, self.remind_before_days
        yield self.condition("reminder.due", bool(found), expires_on=expires, before=limit)

    def working(self, facts: CardFacts, /) -> Iterator[Step[tuple[CardReminderKind, ...]]]:
        """The reminders."""
        yield self.step("reminder.add", self.reminders(facts))

    def reminders(self, facts: CardFacts, /) -> tuple[CardReminderKind, ...]:
        """Of what to remind: to renew a card in its last days, to upgrade to a tier that is reached."""
        found = []
        if facts.expires_on is not None:
            left = (facts.expires_on - facts.call_on).days
            if 0 <= left <= self.remind_before_days.days:
                found.append(CardReminderKind.RENEW)
        if facts.qualifies_for and facts.qualifies_for != facts.has:
            found.append(CardReminderKind.UPGRADE)
        return tuple(found)


@frozen(slots=False)
class ExpiryWarning(Cadence[Expiring]):
    """
    Members are told in good time that points expire.

    Source: 000 §5.3.
    """

    entry = LEDGER

    warn_before: ClassVar[tuple[NaturalDays, ...]] = ours(
        (NaturalDays(60), NaturalDays(30), NaturalDays(7)), "clubs on the market warn two months, one month, a week"
    )

    def conditions(self, facts: Expiring, /) -> Iterator[Condition]:
        """There are points to lose."""
        yield self.condition("expiring.points", facts.points > Points(0), points=facts.points, last=facts.last_day)

    def beats(self, facts: Expiring, /) -> Iterator[Beat]:
        """One warning at each distance from the last day."""
        for before in self.warn_before:
            day = facts.last_day.fromordinal(facts.last_day.toordinal() - before.days)
            yield Beat(f"expiring.{facts.last_day.isoformat()}.{before.days}", day, NaturalDays(0))

    def responsible(self, facts: Expiring, /) -> Role:
        """The service specialist."""
        return Role.SERVICE_SPECIALIST
