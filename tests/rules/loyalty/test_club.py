"""G-10, G-11, G-14, G-15, G-18, G-19: the club, and customers met through customers."""

from datetime import date, timedelta

import pytest
from attrs import evolve

from estatecrm.model import DecisionStage
from estatecrm.model.loyalty import Attendance, ClubActivity, ClubMonths, HeldActivity, Participation
from estatecrm.model.referrals import FreeUnit, MailOwner, NeighbourWish, PairFacts, Sightings
from estatecrm.policy import Tier
from estatecrm.rules.rulesets import DEVELOPER
from estatecrm.values import percent

RULES = DEVELOPER.loyalty
MARCH = date(2025, 3, 1)


class TestClub:
    def test_g_10_no_activity_in_march_2025_is_missed(self):
        held = (
            HeldActivity(date(2025, 2, 28), ClubActivity.OUTDOOR),
            HeldActivity(date(2025, 4, 1), ClubActivity.LECTURE),
        )
        found = RULES.calendar.check(ClubMonths(date(2025, 2, 10), date(2025, 4, 30), held))
        assert found.missing == ("2025-03",)
        assert [dict(flag.values)["kind"] for flag in found.flags] == [ClubActivity.PARENT_CHILD]

    def test_g_10_an_activity_on_the_last_day_of_march_counts(self):
        held = (HeldActivity(date(2025, 3, 31), ClubActivity.OUTDOOR),)
        assert RULES.calendar.check(ClubMonths(MARCH, MARCH, held)).complete

    def test_g_11_30_of_200_are_15_per_cent(self):
        came = tuple(Attendance(f"M{n}", MARCH, came=True) for n in range(30))
        signed_up = tuple(Attendance(f"N{n}", MARCH, came=False) for n in range(50))
        twice = (Attendance("M0", date(2025, 1, 1), came=True),)
        facts = Participation(MARCH, 200, came + signed_up + twice)
        assert RULES.belonging.decide(facts).outcome == percent(15)

    @pytest.mark.parametrize(("day", "share"), [(date(2024, 3, 2), 1), (date(2024, 3, 1), 0)])
    def test_g_11_twelve_months_back(self, day, share):
        facts = Participation(MARCH, 1, (Attendance("M", day, came=True),))
        assert RULES.belonging.decide(facts).outcome == percent(share * 100)


class TestSightings:
    def test_g_14_seen_on_03_01_and_03_08_is_a_lead(self):
        decision = RULES.observation.decide(Sightings((MARCH, date(2025, 3, 8))))
        assert decision.outcome is DecisionStage.POTENTIAL

    @pytest.mark.parametrize(("days", "lead"), [(30, True), (31, False), (0, False)])
    def test_g_14_within_thirty_days_on_two_days(self, days, lead):
        assert RULES.observation.decide(Sightings((MARCH, MARCH + timedelta(days=days)))).granted is lead


class TestPairs:
    FACTS = PairFacts(one="B", other="A", occupation="restaurant_owner", other_occupation="fit_out_contractor")

    def test_g_15_contractor_and_restaurant_owner_are_suggested_once(self):
        decision = RULES.cross.decide(self.FACTS)
        assert decision.outcome == ("A", "B")
        again = RULES.cross.decide(evolve(self.FACTS, suggested=(("A", "B"),)))
        assert [each.code for each in again.unmet] == ["pair.new"]

    def test_g_15_others_are_not(self):
        refused = RULES.cross.decide(evolve(self.FACTS, occupation="teacher", other="B"))
        assert [each.code for each in refused.unmet] == ["pair.two", "pair.match"]


class TestNeighbours:
    UNITS = (
        FreeUnit("1-0201", "1", 2, 1),
        *(FreeUnit(f"1-03{door:02}", "1", 3, door) for door in (4, 1, 2, 3)),
        FreeUnit("2-0301", "2", 3, 1),
    )

    def test_g_18_a_group_of_three_sees_four_adjacent_units_first(self):
        order = RULES.neighbours.decide(NeighbourWish(("A", "B", "C"), self.UNITS)).outcome
        assert set(order[:4]) == {"1-0301", "1-0302", "1-0303", "1-0304"}
        assert order[4:] == ("1-0201", "2-0301")

    def test_g_18_too_few_together_come_as_they_came(self):
        group = tuple("ABCDE")
        assert RULES.neighbours.decide(NeighbourWish(group, self.UNITS)).outcome[0] == "1-0201"
        assert RULES.neighbours.decide(NeighbourWish(("A",), self.UNITS)).refused

    def test_g_18_it_only_advises(self):
        assert RULES.neighbours.entry.tier is Tier.SOFT


def test_g_19_120_fitting_owners_of_whom_4_opted_out_get_116_letters():
    owners = tuple(MailOwner(f"O{n}", fits=True, opted_out=n < 4) for n in range(120))
    strangers = (MailOwner("X", fits=False), MailOwner("Y", fits=True, consents=False))
    assert len(RULES.mail.decide(owners).expect()) == 116
    assert len(RULES.mail.decide(owners + strangers).expect()) == 116
    assert RULES.mail.decide(strangers[:1]).refused
