"""G-04, G-05, G-06: what points buy, and what would allow what is refused."""

from datetime import date

import pytest
from attrs import evolve

from estatecrm.model.loyalty import (
    AdjustmentFacts,
    Gift,
    GiftWish,
    OffsetFacts,
    Spending,
    TransferCircle,
    TransferFacts,
)
from estatecrm.policy import Role
from estatecrm.rules.loyalty.market import MARKET_CLUB
from estatecrm.rules.loyalty.spending import PointsAdjustment, PointsOffset, PointsRedemption, PointsTransfer
from estatecrm.rules.rulesets import DEVELOPER
from estatecrm.values import Points, percent, yuan

RULES = DEVELOPER.loyalty
KETTLE = Gift("kettle", Points(600), 2, date(2025, 3, 1), date(2025, 3, 31))


def codes(decision) -> list[str]:
    return [condition.code for condition in decision.unmet]


class TestGifts:
    def wish(self, gift=KETTLE, day=date(2025, 3, 3), available=600, **more):
        return RULES.gifts.decide(GiftWish(gift=gift, day=day, available=Points(available), **more))

    def test_g_05_520_points_are_80_short_of_600(self):
        decision = self.wish(available=520)
        assert codes(decision) == ["spend.enough"]
        assert dict(decision.unmet[0].values)["short"] == Points(80)

    def test_g_05_600_are_enough(self):
        assert self.wish(available=600).outcome == Points(600)
        assert codes(self.wish(available=599)) == ["spend.enough"]

    def test_the_days_of_the_offer_count_in(self):
        assert self.wish(day=date(2025, 3, 1)).granted
        assert self.wish(day=date(2025, 3, 31)).granted
        assert codes(self.wish(day=date(2025, 4, 1))) == ["gift.on_offer"]
        assert codes(self.wish(day=date(2025, 2, 28))) == ["gift.on_offer"]

    def test_no_more_than_the_stock(self):
        assert self.wish(available=1_200, count=2).outcome == Points(1_200)
        assert codes(self.wish(available=1_800, count=3)) == ["gift.in_stock"]
        assert codes(self.wish(count=0)) == ["gift.in_stock", "spend.enough"]

    def test_a_gift_nobody_lists_is_refused(self):
        assert codes(self.wish(gift=None)) == ["gift.listed"]

    def test_gifts_are_for_members(self):
        assert codes(self.wish(is_member=False)) == ["gift.member"]


class TestOffset:
    def offset(self, balance, price, rule=RULES.offset, **more):
        return rule.decide(OffsetFacts(balance=Points(balance), contract_price=yuan(price), **more))

    def test_g_06_2520_points_on_200000_take_2000_off_and_520_are_left(self):
        decision = self.offset(2_520, 200_000)
        assert decision.outcome == yuan(2_000)
        used = dict(decision.working[-1].values)["points"]
        assert used == Points(2_000)
        assert Points(2_520) - used == Points(520)

    def test_fewer_points_than_the_cap_are_all_used(self):
        assert self.offset(1_999, 200_000).outcome == yuan(1_999)

    def test_asked_for_more_than_the_cap_or_the_balance(self):
        assert codes(self.offset(9_000, 200_000, wanted=Points(2_001))) == ["offset.cap"]
        assert codes(self.offset(1_999, 200_000, wanted=Points(2_000))) == ["spend.enough"]
        assert self.offset(9_000, 200_000, wanted=Points(2_000)).outcome == yuan(2_000)

    def test_nothing_to_use(self):
        assert codes(self.offset(0, 200_000)) == ["offset.some"]
        assert codes(self.offset(500, 99)) == ["offset.some"]

    def test_who_is_no_member(self):
        assert codes(self.offset(500, 200_000, is_member=False)) == ["offset.member"]

    def test_a_club_gives_ten_yuan_a_point_in_whole_points(self):
        decision = self.offset(300, 200_050, MARKET_CLUB.loyalty.offset)
        assert decision.outcome == yuan(2_000)  # the cap is 2,000.50 yuan
        assert dict(decision.working[-1].values)["points"] == Points(200)

    def test_a_host_writes_five_lines(self):
        class AcmePointsOffset(PointsOffset):
            """Acme: 2 % of the price, from 1,000 points up."""

            cap = percent(2)

            def may_offset(self, facts: OffsetFacts, /):
                met = facts.is_member and facts.balance >= Points(1_000)
                return self.condition("offset.member", met, least=Points(1_000))

        assert self.offset(5_000, 200_000, AcmePointsOffset()).outcome == yuan(4_000)
        assert codes(self.offset(999, 200_000, AcmePointsOffset())) == ["offset.member"]


class TestRedemption:
    def test_g_04_never_more_than_there_are(self):
        assert RULES.redemption.decide(Spending(Points(5), Points(5))).outcome == Points(5)
        assert codes(RULES.redemption.decide(Spending(Points(6), Points(5)))) == ["spend.enough"]
        assert codes(RULES.redemption.decide(Spending(Points(0), Points(5)))) == ["spend.enough"]
        assert codes(RULES.redemption.decide(Spending(Points(1), Points(5), is_member=False))) == ["spend.member"]

    def test_in_multiples(self):
        class Threes(PointsRedemption):
            multiple = Points(3)

        assert Threes().most(Points(10)) == Points(9)
        assert codes(Threes().decide(Spending(Points(10), Points(10)))) == ["spend.multiple"]
        assert Threes().decide(Spending(Points(9), Points(10))).granted


class TestTransfer:
    FACTS = TransferFacts(points=Points(10), available=Points(10), giver="A", receiver="B")

    def test_by_default_to_nobody(self):
        assert codes(RULES.transfer.decide(self.FACTS)) == ["transfer.circle"]

    def test_within_the_household(self):
        class Household(PointsTransfer):
            circle = TransferCircle.HOUSEHOLD

        assert codes(Household().decide(self.FACTS)) == ["transfer.circle"]
        assert Household().decide(evolve(self.FACTS, same_household=True)).granted

    def test_to_any_member_but_oneself(self):
        class Everybody(PointsTransfer):
            circle = TransferCircle.MEMBERS

        assert Everybody().decide(self.FACTS).outcome == Points(10)
        assert codes(Everybody().decide(evolve(self.FACTS, receiver="A"))) == ["transfer.other"]
        assert codes(Everybody().decide(evolve(self.FACTS, both_members=False))) == ["transfer.members"]
        assert codes(Everybody().decide(evolve(self.FACTS, available=Points(9)))) == ["spend.enough"]


class TestAdjustment:
    FACTS = AdjustmentFacts(
        points=Points(-10),
        available=Points(10),
        cause="booked for the wrong member",
        actor="zhao",
        approver="qian",
        approver_role=Role.SALES_MANAGER,
    )

    @pytest.mark.parametrize(
        ("change", "unmet"),
        [
            ({}, []),
            ({"cause": " "}, ["adjust.reason"]),
            ({"approver_role": Role.FRONT_DESK}, ["adjust.approver"]),
            ({"approver_role": None}, ["adjust.approver"]),
            ({"approver": "zhao"}, ["adjust.four_eyes"]),
            ({"points": Points(-11)}, ["spend.enough"]),
            ({"points": Points(10_000)}, []),
            ({"points": Points(10_001)}, ["adjust.limit"]),
            ({"points": Points(0)}, ["adjust.limit"]),
        ],
    )
    def test_with_a_reason_and_somebody_elses_consent(self, change, unmet):
        assert codes(PointsAdjustment().decide(evolve(self.FACTS, **change))) == unmet
