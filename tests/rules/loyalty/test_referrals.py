"""G-12, G-13, G-16, G-17: old customers bring new ones."""

from datetime import date

import pytest
from attrs import evolve

from estatecrm.model.referrals import (
    ChainCount,
    ChainFacts,
    Introducer,
    Kinship,
    NewCustomers,
    Referral,
    ReferralState,
    Relay,
    RelayItem,
)
from estatecrm.policy import Role
from estatecrm.rules.loyalty.market import MARKET_CLUB
from estatecrm.rules.rulesets import DEVELOPER
from estatecrm.values import Points, Rate, yuan

RULES = DEVELOPER.loyalty
COURSE = RULES.referral
SIGNED = Referral(
    referrer="A",
    buyer="B",
    state=ReferralState.SIGNED,
    registered_on=date(2025, 3, 1),
    first_visit=date(2025, 3, 1),
    signed_on=date(2025, 3, 10),
)


def codes(decision) -> list[str]:
    return [condition.code for condition in decision.unmet]


class TestCourse:
    def test_g_16_signed_but_unrewarded_has_the_reward_open(self):
        assert COURSE.open_moves(ReferralState.SIGNED) == ("reward", "return")
        assert COURSE.move("reward", SIGNED).outcome is ReferralState.REWARDED

    def test_g_16_the_flow_in_order(self):
        referral = Referral(referrer="A", buyer="B", registered_on=date(2025, 3, 1))
        for move, change, state in (
            ("introduce", {}, ReferralState.INTRODUCED),
            ("visit", {"first_visit": date(2025, 3, 1)}, ReferralState.VISITED),
            ("sign", {"signed_on": date(2025, 3, 10)}, ReferralState.SIGNED),
            ("reward", {}, ReferralState.REWARDED),
        ):
            referral = evolve(referral, **change)
            assert COURSE.move(move, referral).outcome is state
            referral = evolve(referral, state=state)

    def test_no_step_is_left_out(self):
        assert codes(COURSE.move("sign", Referral(referrer="A", buyer="B"))) == ["life.move_open"]

    @pytest.mark.parametrize(
        ("change", "unmet"),
        [
            ({"referrer": "B"}, ["referral.other_person"]),
            ({"kinship": Kinship.SELF}, ["referral.other_person"]),
            ({"kinship": Kinship.SPOUSE}, ["referral.no_relative"]),
            ({"kinship": Kinship.PARENT}, ["referral.no_relative"]),
            ({"kinship": Kinship.CHILD}, ["referral.no_relative"]),
            ({"kinship": Kinship.OTHER}, []),
            ({"rewarded": True}, ["referral.unpaid"]),
            ({"others": ("C",)}, ["referral.first"]),
            ({"registered_on": date(2025, 3, 2)}, ["referral.in_time"]),
            ({"registered_on": None}, ["referral.in_time"]),
            ({"signed_on": None}, ["referral.vested"]),
            ({"returned_on": date(2025, 4, 1)}, ["referral.vested"]),
            ({"by_staff": True}, []),
        ],
    )
    def test_g_16_who_is_not_rewarded(self, change, unmet):
        assert codes(COURSE.move("reward", evolve(SIGNED, **change))) == unmet

    def test_a_club_rewards_at_filing_and_never_staff(self):
        course = MARKET_CLUB.loyalty.referral
        assert codes(course.move("reward", SIGNED)) == ["referral.vested"]
        filed = evolve(SIGNED, filed_on=date(2025, 4, 1))
        assert course.move("reward", filed).granted
        assert codes(course.move("reward", evolve(filed, by_staff=True))) == ["referral.may_earn"]

    def test_a_return_takes_back(self):
        rewarded = evolve(SIGNED, state=ReferralState.REWARDED)
        assert codes(COURSE.move("return", rewarded)) == ["referral.returned"]
        assert COURSE.move("return", evolve(rewarded, returned_on=date(2025, 5, 1))).outcome is ReferralState.RETURNED

    def test_g_16_the_property_company_gets_a_tenth_of_the_value(self):
        assert RULES.property_share.decide(Points(500)).outcome == yuan(50)


class TestChain:
    RELAYS = (
        Relay("A", "B", RelayItem.BROCHURE, date(2025, 3, 1), signed=True),
        Relay("B", "C", RelayItem.CARD, date(2025, 3, 2), signed=True),
    )

    def test_g_12_a_to_b_to_c_all_signed(self):
        count = RULES.chain.decide(ChainFacts("A", self.RELAYS)).outcome
        assert count == ChainCount(direct=1, total=2, depth=2)

    def test_g_12_who_did_not_sign_ends_the_chain(self):
        relays = (evolve(self.RELAYS[0], signed=False), self.RELAYS[1])
        assert RULES.chain.decide(ChainFacts("A", relays)).outcome == ChainCount(0, 0, 0)

    def test_g_12_a_circle_ends(self):
        relays = (*self.RELAYS, Relay("C", "A", RelayItem.LETTER, date(2025, 3, 3), signed=True))
        assert RULES.chain.decide(ChainFacts("A", relays)).outcome == ChainCount(1, 2, 2)

    def test_g_12_four_things_are_passed_on(self):
        assert len(RULES.chain.relay_items) == 4

    @pytest.mark.parametrize(("referrals", "candidate"), [(2, False), (3, True)])
    def test_g_13_three_referrals_make_a_key_person(self, referrals, candidate):
        decision = RULES.key_person.decide(Introducer("A", referrals))
        assert decision.granted is candidate
        assert decision.outcome == ((Role.PROPERTY_CONSULTANT, Role.SITE_MANAGER) if candidate else None)


@pytest.mark.parametrize(("introduced", "share", "code"), [(27, "0.54", "share.below"), (30, "0.60", "share.reached")])
def test_g_17_27_of_50_are_54_per_cent_and_below_60(introduced, share, code):
    decision = RULES.referral_share.decide(NewCustomers(50, introduced))
    assert decision.outcome == Rate(share)
    assert decision.working[0].code == code
    assert RULES.referral_share.decide(NewCustomers(0, 0)).refused
