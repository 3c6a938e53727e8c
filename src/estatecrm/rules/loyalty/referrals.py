"""How old customers bring new ones (G-12, G-13, G-16, G-17)."""

from collections.abc import Iterator
from typing import ClassVar

from attrs import frozen

from estatecrm.decisions import Condition, Step
from estatecrm.model.referrals import (
    ChainCount,
    ChainFacts,
    Introducer,
    Kinship,
    NewCustomers,
    Referral,
    ReferralState,
    ReferralVesting,
    RelayItem,
)
from estatecrm.policy import CORE, STD, Entry, Role
from estatecrm.rules.life_cycles import LifeCycle, Move
from estatecrm.rules.parameters import doc, ours
from estatecrm.rules.shapes import Grant
from estatecrm.values import Money, Points, Rate, Rounding, percent, yuan

INVITED, INTRODUCED, VISITED = ReferralState.INVITED, ReferralState.INTRODUCED, ReferralState.VISITED
SIGNED, REWARDED, RETURNED = ReferralState.SIGNED, ReferralState.REWARDED, ReferralState.RETURNED
_PROCESS = Entry.of("G-16", "链式销售流程", CORE, "004 A2 §6")


_FAIR = ("not_self", "not_relative", "first_referrer", "before_visit", "not_staff")


@frozen(slots=False)
class ReferralCourse(LifeCycle[Referral, ReferralState]):
    """
    Referral selling has a flow with an owner: invited, introduced, visited, signed, rewarded.

    The reward vests at *vests_at*, is paid once for a buyer, never to the buyer or a direct relative, and is taken
    back if the home is returned.

    Source: 004 A2 §6.
    """

    entry = _PROCESS

    initial: ClassVar[ReferralState] = doc(INVITED)
    moves: ClassVar[tuple[Move[ReferralState], ...]] = ours(
        (
            Move("introduce", INVITED, INTRODUCED, ("not_self", "not_relative", "first_referrer")),
            Move("visit", INTRODUCED, VISITED, ("before_visit",)),
            Move("sign", VISITED, SIGNED, ("signed",)),
            Move("reward", SIGNED, REWARDED, ("vested", "paid_once", *_FAIR)),
            Move("return", SIGNED, RETURNED, ("home_returned",)),
            Move("return", REWARDED, RETURNED, ("home_returned",)),
        ),
        "the flow is the text's; who is refused, and that a return takes back, is ours",
    )

    vests_at: ClassVar[ReferralVesting] = ours(
        ReferralVesting.SIGNING, "the flow names signing as the last step before"
    )
    barred: ClassVar[tuple[Kinship, ...]] = ours(
        (Kinship.SPOUSE, Kinship.PARENT, Kinship.CHILD), "a household that buys is no new acquaintance"
    )

    def state(self, facts: Referral, /) -> ReferralState:
        """How far the referral has come."""
        return facts.state

    def signed(self, facts: Referral, /) -> Condition:
        """Whether the buyer has signed."""
        return self.condition("referral.signed", facts.signed_on is not None)

    def vested(self, facts: Referral, /) -> Condition:
        """Whether the step that vests the reward was taken, and the home was not returned."""
        on = facts.signed_on if self.vests_at is ReferralVesting.SIGNING else facts.filed_on
        met = on is not None and facts.returned_on is None
        return self.condition("referral.vested", met, vests_at=self.vests_at)

    def paid_once(self, facts: Referral, /) -> Condition:
        """Whether nobody was rewarded for this buyer yet."""
        return self.condition("referral.unpaid", not facts.rewarded)

    def not_self(self, facts: Referral, /) -> Condition:
        """Whether the referrer is somebody else than the buyer."""
        other = facts.referrer != facts.buyer and facts.kinship is not Kinship.SELF
        return self.condition("referral.other_person", other)

    def not_relative(self, facts: Referral, /) -> Condition:
        """Whether the referrer is no direct relative of the buyer."""
        met = facts.kinship not in self.barred
        return self.condition("referral.no_relative", met, kinship=facts.kinship, barred=self.barred)

    def first_referrer(self, facts: Referral, /) -> Condition:
        """Whether nobody else was registered earlier: one referrer for a buyer."""
        return self.condition("referral.first", not facts.others, others=len(facts.others))

    def before_visit(self, facts: Referral, /) -> Condition:
        """Whether the referral was registered no later than the day of the buyer's first visit."""
        registered, visit = facts.registered_on, facts.first_visit
        met = registered is not None and (visit is None or registered <= visit)
        return self.condition("referral.in_time", met, registered=registered, visit=visit)

    def not_staff(self, facts: Referral, /) -> Condition:
        """Whether the referrer may be rewarded though working for the company: yes."""
        return self.condition("referral.may_earn", True)

    def home_returned(self, facts: Referral, /) -> Condition:
        """Whether the home was returned."""
        return self.condition("referral.returned", facts.returned_on is not None)


@frozen(slots=False)
class PropertyShare(Grant[Points, Money]):
    """
    The property company has a share in referral selling rather than none.

    Outcome: the credit, for the points of one referral.

    Source: 004 A2 §6.
    """

    entry = _PROCESS

    share: ClassVar[Rate] = ours(percent(10), "a share large enough to be noticed")
    yuan_per_point: ClassVar[Money] = ours(yuan(1), "what a point is worth against a price (G-06)")
    rounding: ClassVar[Rounding] = ours(Rounding.HALF_UP, "to the fen")

    def working(self, facts: Points, /) -> Iterator[Step[Money]]:
        """The value of the points, times the share."""
        worth = facts.worth(self.yuan_per_point)
        credit = (worth * self.share).rounded(self.rounding)
        yield self.step("property.credit", credit, points=facts, worth=worth, share=self.share)


@frozen(slots=False)
class ChainIntroduction(Grant[ChainFacts, ChainCount]):
    """
    Customers pass on material; every relay links giver and receiver, and the links form chains.

    Outcome: who signed through a person.

    Source: 003 P2 §3.1.
    """

    entry = Entry.of("G-12", "连锁介绍法", CORE, "003 P2 §3.1")

    relay_items: ClassVar[tuple[RelayItem, ...]] = doc(tuple(RelayItem))

    def conditions(self, facts: ChainFacts, /) -> Iterator[Condition]:
        """What was passed on is on the list."""
        strange = tuple(relay.item for relay in facts.relays if relay.item not in self.relay_items)
        yield self.condition("chain.items", not strange, items=strange, listed=self.relay_items)

    def working(self, facts: ChainFacts, /) -> Iterator[Step[ChainCount]]:
        """Link by link, each receiver counted once; a circle ends the chain."""
        met, depth, links = {facts.person}, 0, {facts.person}
        direct = 0
        while links:
            found = {relay.receiver for relay in facts.relays if relay.giver in links and self.counts(relay.signed)}
            links = found - met
            direct = direct or len(links)
            depth += bool(links)
            met |= links
        count = ChainCount(direct, len(met) - 1, depth)
        yield self.step("chain.counted", count, direct=count.direct, total=count.total, depth=count.depth)

    def counts(self, signed: bool, /) -> bool:
        """Whether a relay counts: if its receiver signed."""
        return signed


@frozen(slots=False)
class KeyPerson(Grant[Introducer, tuple[Role, ...]]):
    """
    Each group has a leading figure, whom consultant and site manager cultivate.

    Outcome: who cultivates them.

    Source: 003 P2 §3.2.
    """

    entry = Entry.of("G-13", "核心人物介绍", STD, "003 P2 §3.2")

    direct_referrals: ClassVar[int] = ours(3, "three makes a pattern")
    owners: ClassVar[tuple[Role, ...]] = doc((Role.PROPERTY_CONSULTANT, Role.SITE_MANAGER))

    def conditions(self, facts: Introducer, /) -> Iterator[Condition]:
        """Enough direct referrals, the number itself counted in."""
        met = facts.referrals >= self.direct_referrals
        yield self.condition("keyperson.referrals", met, referrals=facts.referrals, least=self.direct_referrals)

    def working(self, facts: Introducer, /) -> Iterator[Step[tuple[Role, ...]]]:
        """The owners of the relation, and that access is hard if it was noted."""
        yield self.step("keyperson.owners", self.owners)


@frozen(slots=False)
class ReferralShare(Grant[NewCustomers, Rate]):
    """
    The share of new customers who were introduced by existing ones, against a benchmark.

    Source: 003 P5 intro; 004 A1.
    """

    entry = Entry.of("G-17", "推荐占比", STD, "003 P5 intro; 004 A1")

    benchmark: ClassVar[Rate] = doc(Rate("0.60"))

    def conditions(self, facts: NewCustomers, /) -> Iterator[Condition]:
        """There are new customers."""
        yield self.condition("share.some", facts.count > 0)

    def working(self, facts: NewCustomers, /) -> Iterator[Step[Rate]]:
        """The share, and on which side of the benchmark it lies."""
        share = Rate.of(facts.introduced, facts.count)
        yield self.step(
            "share.reached" if share >= self.benchmark else "share.below",
            share,
            introduced=facts.introduced,
            count=facts.count,
            benchmark=self.benchmark,
        )
