"""G-01, G-07, G-08, G-09, D-12: who is a member, what members have."""

from datetime import date, timedelta

import pendulum
import pytest

from estatecrm.decisions import Subject
from estatecrm.model import PurchaseStatus
from estatecrm.model.loyalty import (
    CardFacts,
    CardReminderKind,
    CareFacts,
    DiscountFacts,
    Expiring,
    MemberPrivilege,
    MembershipFacts,
    Queueing,
    TierFacts,
)
from estatecrm.policy import Role
from estatecrm.rules.loyalty.market import MARKET_CLUB
from estatecrm.rules.rulesets import DEVELOPER
from estatecrm.values import Points, yuan

RULES, COUNTING = DEVELOPER.loyalty, DEVELOPER.counting


@pytest.mark.parametrize(
    ("status", "member"),
    [
        (PurchaseStatus.INTENT, False),
        (PurchaseStatus.SUBSCRIBED, False),
        (PurchaseStatus.SIGNED, True),
        (PurchaseStatus.MOVED_IN, True),
    ],
)
def test_g_01_who_has_signed_is_a_member_with_three_privileges(status, member):
    decision = RULES.membership.decide(MembershipFacts(status))
    assert decision.granted is member
    assert decision.outcome == (tuple(MemberPrivilege) if member else None)
    assert len(MemberPrivilege) == 3


class TestTiers:
    @pytest.mark.parametrize(
        ("points", "tier"),
        [(0, "ordinary"), (1_999, "ordinary"), (2_000, "silver"), (4_999, "silver"), (5_000, "gold")],
    )
    def test_g_01_the_threshold_itself_reaches_the_tier(self, points, tier):
        assert RULES.tier.classify(TierFacts(Points(points))).outcome == tier

    def test_a_tier_is_kept_by_default_and_follows_in_a_club(self):
        assert RULES.tier.classify(TierFacts(Points(10), had="gold")).outcome == "gold"
        assert MARKET_CLUB.loyalty.tier.classify(TierFacts(Points(10), had="zhishang")).outcome == "youshang"


class TestDiscount:
    def test_g_07_one_million_costs_990000_on_a_next_purchase(self):
        assert RULES.discount.decide(DiscountFacts(yuan(1_000_000), homes=1)).outcome == yuan(990_000)

    def test_g_07_not_on_the_first_and_not_for_others(self):
        assert [each.code for each in RULES.discount.decide(DiscountFacts(yuan(1), 0)).unmet] == ["discount.next"]
        refused = RULES.discount.decide(DiscountFacts(yuan(1), 1, is_member=False))
        assert [each.code for each in refused.unmet] == ["discount.member"]

    def test_to_the_fen(self):
        assert RULES.discount.decide(DiscountFacts(yuan("100.50"), 1)).outcome == yuan("99.49")


def test_g_08_members_come_first_then_by_registration():
    def at(hour: int, minute: int) -> pendulum.DateTime:
        return pendulum.datetime(2025, 3, 3, hour, minute, tz="Asia/Shanghai")

    queue = (
        Queueing("other 09:00", at(9, 0), is_member=False),
        Queueing("member 09:30", at(9, 30), is_member=True),
        Queueing("member 09:10", at(9, 10), is_member=True),
    )
    assert RULES.priority.decide(queue).outcome == ("member 09:10", "member 09:30", "other 09:00")
    assert RULES.priority.decide(()).refused


class TestCare:
    def test_g_09_last_care_on_2024_08_01_is_overdue_on_2025_02_02(self):
        facts = CareFacts(is_member=True, last_care=date(2024, 8, 1))
        (planned,) = RULES.care.plan(facts, COUNTING)
        assert planned.latest == pendulum.datetime(2025, 2, 2, tz="Asia/Shanghai")
        (duty,) = RULES.care.duties(facts, Subject("LH1"), COUNTING)
        assert not duty.overdue(pendulum.datetime(2025, 2, 1, 23, 59, tz="Asia/Shanghai"))
        assert duty.overdue(pendulum.datetime(2025, 2, 2, 0, 0, 1, tz="Asia/Shanghai"))
        assert duty.role is Role.SERVICE_SPECIALIST

    def test_g_09_a_new_member_waits_from_joining_and_others_not_at_all(self):
        joined = CareFacts(is_member=True, last_care=None, joined_on=date(2025, 3, 3))
        assert len(RULES.care.plan(joined, COUNTING)) == 1
        assert RULES.care.plan(CareFacts(is_member=True, last_care=None), COUNTING) == ()
        assert RULES.care.plan(CareFacts(is_member=False, last_care=date(2024, 8, 1)), COUNTING) == ()


class TestCard:
    def reminded(self, **facts):
        return RULES.card.decide(CardFacts(**facts)).outcome

    def test_d_12_a_card_that_ends_on_03_31_is_spoken_of_on_03_10(self):
        expires = date(2025, 3, 31)
        assert self.reminded(call_on=date(2025, 3, 10), expires_on=expires) == (CardReminderKind.RENEW,)

    @pytest.mark.parametrize(("days", "due"), [(31, False), (30, True), (0, True), (-1, False)])
    def test_d_12_thirty_days_before_and_on_the_last(self, days, due):
        expires = date(2025, 3, 31)
        found = self.reminded(call_on=expires - timedelta(days=days), expires_on=expires)
        assert (found is not None) is due

    def test_d_12_a_higher_card_is_reached(self):
        found = self.reminded(call_on=date(2025, 3, 10), has="silver", qualifies_for="gold")
        assert found == (CardReminderKind.UPGRADE,)
        assert self.reminded(call_on=date(2025, 3, 10), has="gold", qualifies_for="gold") is None


def test_g_04_members_are_warned_60_30_and_7_days_before_points_end():
    planned = RULES.warning.plan(Expiring(Points(80), date(2027, 3, 31)), COUNTING)
    days = [duty.earliest.date() for duty in planned]
    assert days == [date(2027, 1, 30), date(2027, 3, 1), date(2027, 3, 24)]
    assert len({duty.step for duty in planned}) == 3
