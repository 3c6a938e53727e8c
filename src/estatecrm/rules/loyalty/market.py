"""The clubs of developers on the market, as their published rules have them: variants of the rules of chapter G."""

from typing import ClassVar

from attrs import frozen

from estatecrm.decisions import Condition
from estatecrm.model.loyalty import (
    Downgrade,
    EarningCap,
    EventPoints,
    Freeze,
    Term,
    Tier,
    TierBase,
    Window,
)
from estatecrm.model.points import PointsEvent
from estatecrm.model.referrals import Referral, ReferralVesting
from estatecrm.rules.loyalty.earning import PointsEarning
from estatecrm.rules.loyalty.membership import MemberTier
from estatecrm.rules.loyalty.referrals import ReferralCourse
from estatecrm.rules.loyalty.spending import PointsOffset
from estatecrm.rules.loyalty.terms import LedgerTerms
from estatecrm.rules.parameters import ours
from estatecrm.rules.rulesets import DEVELOPER
from estatecrm.values import Money, Points, yuan

_CLUBS = "published by developers' clubs"


@frozen(slots=False)
class ClubTerms(LedgerTerms):
    """
    Points of homes are frozen until the contract is filed; all expire two years after they were earned.

    Source: 000 §5.3, with the figures of clubs on the market.
    """

    lasts: ClassVar[Term] = ours(Term(24), "12 to 24 months on the market")
    freezes: ClassVar[tuple[Freeze, ...]] = ours(
        (Freeze(PointsEvent.PURCHASE), Freeze(PointsEvent.REFERRAL), Freeze(PointsEvent.REFERRED)),
        "granted when the contract is filed and the first payment is in",
    )


@frozen(slots=False)
class ClubEarning(PointsEarning):
    """
    One point for 10,000 yuan of the net price, small fixed points for everything else, referrals capped.

    Source: 000 §5.3; 004 A2 §2, with the figures of clubs on the market.
    """

    yuan_per_point: ClassVar[Money] = ours(yuan(10_000), _CLUBS)
    events: ClassVar[tuple[EventPoints, ...]] = ours(
        (
            EventPoints(PointsEvent.REFERRAL, Points(100)),
            EventPoints(PointsEvent.REFERRED, Points(50)),
            EventPoints(PointsEvent.COMPANY_ACTIVITY, Points(5)),
            EventPoints(PointsEvent.JOINING, Points(5)),
            EventPoints(PointsEvent.BIRTHDAY, Points(5)),
            EventPoints(PointsEvent.SURVEY, Points(5)),
        ),
        _CLUBS,
    )
    behaviours: ClassVar[tuple[EventPoints, ...]] = ours(
        (
            EventPoints(PointsEvent.JOURNAL_ARTICLE, Points(20)),
            EventPoints(PointsEvent.ESTATE_ACTIVITY, Points(5)),
            EventPoints(PointsEvent.SUGGESTION, Points(5)),
        ),
        _CLUBS,
    )
    caps: ClassVar[tuple[EarningCap, ...]] = ours(
        (EarningCap(PointsEvent.REFERRAL, Points(2_000)),), "twenty people, as one club has it"
    )


@frozen(slots=False)
class ClubOffset(PointsOffset):
    """
    One point is ten yuan.

    Source: 000 §5.3, with the figures of clubs on the market.
    """

    yuan_per_point: ClassVar[Money] = ours(yuan(10), "1 point = 10 yuan against the property fee")


@frozen(slots=False)
class ClubTier(MemberTier):
    """
    Four tiers by the points earned in twelve months; they follow the figure.

    Source: 000 §5.3, with the tiers of a club on the market.
    """

    tiers: ClassVar[tuple[Tier, ...]] = ours(
        (
            Tier("youshang", Points(0)),
            Tier("lingshang", Points(100)),
            Tier("zunshang", Points(300)),
            Tier("zhishang", Points(1_000)),
        ),
        "the names are a club's; its thresholds are not published",
    )
    base: ClassVar[TierBase] = ours(TierBase.EARNED, _CLUBS)
    window: ClassVar[Window] = ours(Window.ROLLING_YEAR, "a club looks at one year")
    downgrade: ClassVar[Downgrade] = ours(Downgrade.FOLLOWS, "a club looks again next year")


@frozen(slots=False)
class ClubReferral(ReferralCourse):
    """
    Rewarded when the contract is filed; who works for the company is not rewarded.

    Source: 004 A2 §6, with the practice of clubs on the market.
    """

    vests_at: ClassVar[ReferralVesting] = ours(ReferralVesting.FILING, "granted when the contract is filed")

    def not_staff(self, facts: Referral, /) -> Condition:
        """Whether the referrer may be rewarded: not if they work for the company."""
        return self.condition("referral.may_earn", not facts.by_staff)


MARKET_CLUB = DEVELOPER.using(ClubTerms(), ClubEarning(), ClubOffset(), ClubTier(), ClubReferral()).called(
    "market_club", "2026.1"
)
"""Loyalty as the clubs of developers on the market have it; all else as in `DEVELOPER`."""
