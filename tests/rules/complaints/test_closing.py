"""F-16, F-20, F-22, F-43, F-44, F-57, F-58: papers, sanctions, accounts, money and courts."""

from typing import ClassVar

import pytest

from complaint_samples import COMPLAINTS, TIMES, at, content, received, solved_case, walked
from estatecrm.model import CauseOrigin, MakeGoodKind, SanctionPart
from estatecrm.model.complaint_events import Closed, Investigated, Judged, Negotiated, Routed, Sanctioned, Solved
from estatecrm.policy import Department, Role
from estatecrm.rules.complaints.closing import Breach, Handling
from estatecrm.rules.complaints.compensation import Authority, Compensation, CompensationAuthority, Lawsuit
from estatecrm.values import Money, yuan

AUTHORITY = COMPLAINTS.authority


class TestPapers:
    def test_f_20_a_closed_case_without_findings_is_an_archive_finding(self):
        closed = received(at(3, 10), Solved(at=at(4)), content(at(5)), Closed(at=at(6)), content="leak")
        assert COMPLAINTS.file.check(closed).missing == ("paper_findings", "paper_options", "paper_signature")

    def test_f_20_a_whole_case_has_every_paper(self):
        assert COMPLAINTS.file.check(solved_case().after(content(at(11)))).complete

    def test_f_20_an_unfounded_case_needs_no_plan(self):
        judged = received(at(3, 10), Judged(at=at(4), founded=False, reply="explained"), content(at(5)), content="x")
        assert COMPLAINTS.file.check(judged).complete

    def test_f_57_a_cause_outside_closed_without_a_measure_is_flagged(self):
        def case(*measures: str):
            found = Investigated(at=at(4), cause="road", origin=CauseOrigin.OUTSIDE, measures=measures)
            return received(at(3, 10), found, Closed(at=at(6)))

        assert [flag.code for flag in COMPLAINTS.file.check(case()).flags] == ["closing.outside_worked"]
        assert COMPLAINTS.file.check(case("double glazing")).flags == ()


class TestSanctions:
    def judged(self, *history):
        return received(at(3, 10), Judged(at=at(4), founded=True), *history)

    def test_f_16_one_entry_lacks_the_supervisors(self):
        one = self.judged(Sanctioned(at=at(5), member="Ma", part=SanctionPart.CULPRIT))
        assert COMPLAINTS.sanctions.check(one).missing == ("sanction_supervisor",)

    def test_f_16_an_unfounded_case_has_none(self):
        assert COMPLAINTS.sanctions.check(received(at(3, 10), Judged(at=at(4), founded=False))).items == ()


class TestAccountability:
    def test_f_22_a_first_call_missed_by_sales_opens_an_item_for_sales(self):
        facts = Handling((Breach("F-07", Department.SALES),))
        assert COMPLAINTS.accountability.decide(facts).outcome == (Department.SALES,)

    @pytest.mark.parametrize(("reopenings", "granted"), [(1, False), (2, True)])
    def test_f_22_the_second_reopening_triggers_it(self, reopenings, granted):
        assert COMPLAINTS.accountability.decide(Handling(reopenings=reopenings)).granted is granted

    def test_f_22_is_read_from_the_clocks_of_a_case(self):
        late = received(at(3, 10), Routed(at=at(3, 11), department=Department.SALES))
        assert Breach("F-07", Department.SALES) in TIMES.handling(late, at(6, 9)).breaches
        assert COMPLAINTS.accountability.decide(TIMES.handling(late, at(6, 9))).outcome == (Department.SALES,)
        assert TIMES.handling(late, at(3, 10, 20)).breaches == ()

    def test_f_22_other_clocks_do_not(self):
        assert COMPLAINTS.accountability.decide(Handling((Breach("F-15", Department.SALES),))).refused


class TestMoney:
    @pytest.mark.parametrize(
        ("amount", "approver", "granted"),
        [
            (yuan(1_000), Role.SERVICE_SUPERVISOR, True),
            (yuan("1000.01"), Role.SERVICE_SUPERVISOR, False),
            (yuan(3_000), Role.SERVICE_SUPERVISOR, False),
            (yuan(3_000), Role.DEPARTMENT_MANAGER, True),
            (yuan(10_000), Role.DEPARTMENT_MANAGER, True),
            (yuan("10000.01"), Role.DEPARTMENT_MANAGER, False),
            (yuan("10000.01"), Role.GENERAL_MANAGER, True),
            (yuan(500), Role.GENERAL_MANAGER, True),
            (yuan(500), Role.SERVICE_SPECIALIST, False),
            (yuan(0), Role.GENERAL_MANAGER, False),
        ],
    )
    def test_f_43_each_approves_up_to_their_limit(self, amount: Money, approver, granted):
        assert AUTHORITY.decide(Compensation(amount, approver)).granted is granted

    def test_f_43_three_thousand_needs_the_department_manager(self):
        refused = AUTHORITY.decide(Compensation(yuan(3_000), Role.SERVICE_SUPERVISOR))
        assert dict(refused.unmet[0].values)["needed"] is Role.DEPARTMENT_MANAGER

    def test_f_43_above_everybodys_authority_the_most_there_is_is_named(self):
        class Acme(CompensationAuthority):
            """Acme: nobody approves more than twenty thousand."""

            authorities: ClassVar[tuple[Authority, ...]] = (
                Authority(Role.SERVICE_SUPERVISOR, yuan(1_000)),
                Authority(Role.GENERAL_MANAGER, yuan(20_000)),
            )

        refused = Acme().decide(Compensation(yuan(20_001), Role.GENERAL_MANAGER))
        assert [condition.code for condition in refused.unmet] == ["compensation.possible", "compensation.authority"]
        assert dict(refused.unmet[0].values)["most"] == yuan(20_000)

    def test_f_58_a_make_good_measure_is_cited_as_one(self):
        decision = AUTHORITY.decide(Compensation(yuan(500), Role.SERVICE_SUPERVISOR, MakeGoodKind.MAKE_GOOD))
        assert {condition.entry for condition in decision.conditions} == {"F-58"}


class TestCourt:
    def test_f_44_no_lawsuit_without_a_try_to_settle(self):
        refused = COMPLAINTS.lawsuit.decide(Lawsuit(received(), Role.GENERAL_MANAGER))
        assert [condition.code for condition in refused.unmet] == ["lawsuit.attempts"]

    def test_f_44_nor_without_the_general_manager(self):
        tried = walked(Negotiated(at=at(5)))
        assert [c.code for c in COMPLAINTS.lawsuit.decide(Lawsuit(tried)).unmet] == ["lawsuit.approver"]
        assert COMPLAINTS.lawsuit.decide(Lawsuit(tried, Role.GENERAL_MANAGER)).outcome is True
