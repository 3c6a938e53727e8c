"""G-02, G-03, F-52, O-09: what earns points, on which base, up to which cap."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from estatecrm.errors import InvalidFacts
from estatecrm.model.loyalty import (
    Crossing,
    EarningCap,
    Freeze,
    Occasion,
    PointsBase,
    Term,
    TermEnd,
    Window,
    months_later,
)
from estatecrm.model.points import FOR_GOOD, USABLE, PointsEvent
from estatecrm.rules.loyalty.earning import PointsEarning, PointsMilestone, ValueFromPoints
from estatecrm.rules.loyalty.market import MARKET_CLUB
from estatecrm.rules.loyalty.terms import LedgerTerms
from estatecrm.rules.rulesets import DEVELOPER
from estatecrm.values import NaturalDays, Points, Rounding, yuan

RULES = DEVELOPER.loyalty
CLUB = MARKET_CLUB.loyalty
E = PointsEvent


def earned(event: PointsEvent, rule: PointsEarning = RULES.earning, **facts) -> int:
    return rule.decide(Occasion(event=event, is_member=True, **facts)).expect().count


def unmet(event: PointsEvent, rule: PointsEarning = RULES.earning, **facts) -> list[str]:
    return [each.code for each in rule.decide(Occasion(event=event, **({"is_member": True} | facts))).unmet]


class TestEvents:
    def test_g_02_a_home_a_referral_and_an_activity_earn_2520(self):
        points = (earned(E.PURCHASE, price=yuan(2_000_000)), earned(E.REFERRAL), earned(E.COMPANY_ACTIVITY))
        assert points == (2_000, 500, 20)
        assert sum(points) == 2_520

    def test_g_03_an_article_and_an_adopted_suggestion_earn_150(self):
        points = (earned(E.JOURNAL_ARTICLE), earned(E.SUGGESTION))
        assert points == (100, 50)
        assert sum(points) == 150
        assert earned(E.ESTATE_ACTIVITY) == 20

    def test_g_03_a_referral_stands_in_one_table_only(self):
        lines = [line for line in (*RULES.earning.events, *RULES.earning.behaviours) if line.event is E.REFERRAL]
        assert [line.points for line in lines] == [Points(500)]

    def test_f_52_an_adopted_suggestion_earns_under_g_03(self):
        decision = RULES.earning.decide(Occasion(event=E.SUGGESTION, is_member=True))
        assert decision.outcome == Points(50)
        assert [each.entry for each in decision.conditions if each.code == "earn.listed"] == ["G-03"]

    def test_several_times_at_once(self):
        assert earned(E.COMPANY_ACTIVITY, times=3) == 60
        with pytest.raises(InvalidFacts, match="times=1 or more"):
            earned(E.COMPANY_ACTIVITY, times=0)

    def test_who_is_no_member_earns_nothing(self):
        assert unmet(E.COMPANY_ACTIVITY, is_member=False) == ["earn.member"]

    def test_an_event_that_is_not_listed_earns_nothing(self):
        assert unmet(E.BIRTHDAY) == ["earn.listed", "earn.something"]
        assert earned(E.BIRTHDAY, CLUB.earning) == 5

    def test_a_purchase_needs_its_price(self):
        assert unmet(E.PURCHASE) == ["earn.price", "earn.something"]


class TestBase:
    """PEERS §1.7 (9): before or after discount and points, each a named option."""

    def test_999_yuan_are_no_point_and_1000_are_one(self):
        assert unmet(E.PURCHASE, price=yuan(999)) == ["earn.something"]
        assert earned(E.PURCHASE, price=yuan("1999.99")) == 1

    def test_rounding_is_named(self):
        class HalfUp(PointsEarning):
            rounding = Rounding.HALF_UP

        assert earned(E.PURCHASE, HalfUp(), price=yuan(1_500)) == 2

    @pytest.mark.parametrize(
        ("base", "points"),
        [(PointsBase.CONTRACT_PRICE, 1_000), (PointsBase.AFTER_DISCOUNT, 990), (PointsBase.AFTER_OFFSET, 980)],
    )
    def test_g_02_the_base_is_an_option(self, base, points):
        class Acme(PointsEarning):
            pass

        Acme.base = base
        facts = {"price": yuan(1_000_000), "discount": yuan(10_000), "offset": yuan(10_000)}
        assert earned(E.PURCHASE, Acme(), **facts) == points

    @given(low=st.integers(0, 10**9), more=st.integers(0, 10**9))
    def test_who_spends_more_never_earns_less(self, low, more):
        def worth(price: int) -> Points:
            return RULES.earning.worth(Occasion(event=E.PURCHASE, is_member=True, price=yuan(price)))

        assert worth(low + more) >= worth(low)


class TestCaps:
    @pytest.mark.parametrize(("before", "points"), [(0, 100), (1_900, 100), (1_950, 50)])
    def test_a_club_rewards_twenty_people(self, before, points):
        assert earned(E.REFERRAL, CLUB.earning, earned=Points(before)) == points

    def test_and_not_the_twenty_first(self):
        assert unmet(E.REFERRAL, CLUB.earning, earned=Points(2_000)) == ["earn.room"]

    @pytest.mark.parametrize(
        ("window", "first"),
        [
            (Window.LIFETIME, date.min),
            (Window.ROLLING_YEAR, date(2024, 3, 4)),
            (Window.CALENDAR_YEAR, date(2025, 1, 1)),
        ],
    )
    def test_a_window_begins(self, window, first):
        assert window.first_day(date(2025, 3, 3)) == first

    def test_a_host_caps_what_it_likes(self):
        class Acme(PointsEarning):
            caps = (EarningCap(E.COMPANY_ACTIVITY, Points(30), Window.CALENDAR_YEAR),)

        assert earned(E.COMPANY_ACTIVITY, Acme(), times=5) == 30


class TestTerms:
    """G-04: by default points neither freeze nor expire; a club freezes until filing, for two years."""

    def test_g_04_expiry_none(self):
        credit = RULES.terms.credit(Points(20), E.COMPANY_ACTIVITY, date(2025, 3, 3))
        assert (credit.points, credit.vests, credit.expires) == (20, USABLE, FOR_GOOD)

    def test_a_club_freezes_homes_until_filing_and_lets_points_last_24_months(self):
        credit = CLUB.terms.credit(Points(200), E.PURCHASE, date(2025, 3, 3))
        assert (credit.vests, date.fromordinal(credit.expires)) == (FOR_GOOD, date(2027, 3, 3))
        assert CLUB.terms.credit(Points(5), E.SURVEY, date(2025, 3, 3)).vests == USABLE

    def test_a_freeze_of_days(self):
        class Mall(LedgerTerms):
            freezes = (Freeze(E.SURVEY, NaturalDays(7)),)

        assert date.fromordinal(Mall().credit(Points(5), E.SURVEY, date(2025, 3, 3)).vests) == date(2025, 3, 10)

    @pytest.mark.parametrize(
        ("term", "last"),
        [
            (Term(12), date(2026, 2, 28)),
            (Term(12, TermEnd.MONTH_END), date(2026, 2, 28)),
            (Term(12, TermEnd.YEAR_END), date(2026, 12, 31)),
            (Term(), None),
        ],
    )
    def test_a_term_ends(self, term, last):
        assert term.last_day(date(2025, 2, 28)) == last

    @pytest.mark.parametrize(
        ("day", "months", "then"),
        [
            (date(2024, 2, 29), 12, date(2025, 2, 28)),
            (date(2025, 11, 30), 1, date(2025, 12, 30)),
            (date(2025, 12, 31), 2, date(2026, 2, 28)),
            (date(2025, 10, 31), 1, date(2025, 11, 30)),
            (date(2025, 1, 31), -1, date(2024, 12, 31)),
        ],
    )
    def test_months_later(self, day, months, then):
        assert months_later(day, months) == then


def test_o_09_150_points_add_150_of_value():
    assert RULES.value.decide(Points(150)).outcome == 150
    assert E.PURCHASE not in ValueFromPoints.behaviours


@pytest.mark.parametrize(
    ("before", "now", "reached"), [(0, 1_000, 1_000), (999, 5_000, 5_000), (1_000, 4_999, None), (5_000, 100, None)]
)
def test_a_jump_tells_the_highest_milestone_only(before, now, reached):
    decision = PointsMilestone().decide(Crossing(Points(before), Points(now)))
    assert decision.outcome == (None if reached is None else Points(reached))
