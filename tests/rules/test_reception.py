"""C-06 to C-09, C-13, C-16, C-17: after a customer was received."""

from datetime import date

import pendulum
import pytest

from estatecrm.decisions import Subject
from estatecrm.messages import language
from estatecrm.model import (
    Candidate,
    Customer,
    DecisionStage,
    Grading,
    IntentGrade,
    PurchaseStatus,
    Reception,
    Standing,
)
from estatecrm.policy import Role
from estatecrm.rules.reception import IntentFollowUp, RegisterFacts
from estatecrm.rules.rulesets import DEVELOPER
from estatecrm.values import NaturalDays

RECEPTION, COUNTING = DEVELOPER.reception, DEVELOPER.counting
A, B, C, D = IntentGrade
MONDAY = date(2025, 3, 3)


def day(month: int, number: int, hour: int = 0) -> pendulum.DateTime:
    return pendulum.datetime(2025, month, number, hour, tz="Asia/Shanghai")


def last_day(planned) -> date:
    return dict(planned.reason.working[2].values)["last_day"]


class TestRegister:
    """C-06: on the register the same day."""

    def test_c_06_no_row_next_day_is_overdue(self):
        visit = Reception(day(3, 3, 16))
        assert RECEPTION.registration.lateness(visit, day(3, 3, 23), COUNTING) is None
        assert RECEPTION.registration.lateness(visit, day(3, 4, 9), COUNTING) == NaturalDays(1)

    def test_c_06_who_is_registered_needs_no_duty(self):
        assert RECEPTION.registration.plan(Reception(day(3, 3), registered=True), COUNTING) == ()

    def test_c_06_tracking_is_reported_by_the_next_working_day(self):
        (planned,) = RECEPTION.tracking.plan(Reception(day(3, 7, 16)), COUNTING)
        assert last_day(planned) == date(2025, 3, 10)

    def test_c_06_registration_and_tracking_of_one_day_are_two_duties(self):
        visit = Reception(day(3, 3))
        rules = (RECEPTION.registration, RECEPTION.tracking)
        keys = [duty.key for rule in rules for duty in rule.duties(visit, Subject("X"), COUNTING)]
        assert keys == ["C-06/X/2025-03-03", "C-06/X/2025-03-03.tracking"]

    def test_c_08_one_page_each_also_for_nobody(self):
        people = [Customer(code=f"LH202503000{n}", project="LH", name="甄试样") for n in range(6)]
        table = RECEPTION.register.table(
            RegisterFacts((("chen", tuple(people[:4])), ("sun", ()), ("zhou", tuple(people[4:]))))
        )
        assert [(page.title, len(page.rows)) for page in table] == [("chen", 4), ("sun", 0), ("zhou", 2)]
        assert [column.code for column in table.columns][:3] == ["code", "name", "contact"]


class TestNotice:
    """C-07: clear intent is brought before sales control, once."""

    def test_c_07_grade_a_is_reported_grade_b_is_not(self):
        clear = Standing(grade=A, graded_on=date(2025, 3, 5))
        (planned,) = RECEPTION.notice.plan(clear, COUNTING)
        assert planned.role is Role.SALES_CONTROL
        assert RECEPTION.notice.plan(Standing(grade=B, graded_on=MONDAY), COUNTING) == ()

    def test_c_07_one_grading_one_key(self):
        clear = Standing(grade=A, graded_on=date(2025, 3, 5))
        keys = {duty.key for _ in range(2) for duty in RECEPTION.notice.duties(clear, Subject("X"), COUNTING)}
        assert keys == {"C-07/X/2025-03-05"}

    def test_c_07_who_wants_the_same_unit_with_grade_a_competes(self):
        one = Customer(code="X", project="LH", name="甄", wanted_unit="5-0802", grades=(Grading(MONDAY, A),))
        two = Customer(code="Y", project="LH", name="贾", wanted_unit="5-0802", grades=(Grading(MONDAY, B),))
        assert RECEPTION.notice.competes("5-0802", one)
        assert not RECEPTION.notice.competes("5-0802", two)
        assert not RECEPTION.notice.competes("5-0803", one)


class TestFollowUp:
    """C-09 and C-13: the interval of the grade."""

    @pytest.mark.parametrize(("grade", "due"), [(A, (3, 6)), (B, (3, 10)), (C, (3, 18)), (D, (4, 2))])
    def test_c_09_next_contact_by_grade(self, grade, due):
        (planned,) = RECEPTION.follow_up.plan(Standing(grade=grade, last_contact=MONDAY), COUNTING)
        assert last_day(planned) == date(2025, *due)
        assert planned.earliest == day(*due)
        assert planned.latest == day(*due).add(days=1)

    def test_c_09_who_was_never_met_is_followed_from_the_grading_and_the_reason_says_so(self):
        (planned,) = RECEPTION.follow_up.plan(Standing(grade=B, graded_on=MONDAY), COUNTING)
        assert last_day(planned) == date(2025, 3, 10)
        assert language("zh").why(planned.reason) == "B级客户每7天跟进，尚无联系记录，自评级日2025年3月3日起"

    def test_c_09_neither_met_nor_graded_on_a_known_day_is_not_planned(self):
        assert RECEPTION.follow_up.plan(Standing(grade=B), COUNTING) == ()

    def test_c_09_a_subscriber_is_followed_otherwise(self):
        bought = Standing(status=PurchaseStatus.SUBSCRIBED, grade=A, last_contact=MONDAY)
        assert RECEPTION.follow_up.plan(bought, COUNTING) == ()

    def test_c_09_a_host_changes_the_rhythm_in_three_lines(self):
        class AcmeFollowUp(IntentFollowUp):
            def interval(self, facts, /):
                return NaturalDays(2) if facts.grade is A else super().interval(facts)

        acme = DEVELOPER.using(AcmeFollowUp())
        (planned,) = acme.reception.follow_up.plan(Standing(grade=A, last_contact=MONDAY), COUNTING)
        assert last_day(planned) == date(2025, 3, 5)

    def test_c_13_potential_customers_monthly(self):
        standing = Standing(stage=DecisionStage.POTENTIAL, last_contact=MONDAY)
        (planned,) = RECEPTION.potential.plan(standing, COUNTING)
        assert last_day(planned) == date(2025, 4, 2)

    def test_c_13_a_graded_customer_is_c_09s(self):
        standing = Standing(stage=DecisionStage.POTENTIAL, grade=C, last_contact=MONDAY)
        assert RECEPTION.potential.plan(standing, COUNTING) == ()


class TestAllocation:
    """C-16 and C-17: balance and ability, then a week."""

    def test_c_16_the_lighter_burden_wins_not_the_lighter_load(self):
        li, wang = Candidate("li", 40, 100), Candidate("wang", 44, 120)
        decision = RECEPTION.allocation.decide((li, wang))
        assert decision.outcome == "wang"
        assert [dict(step.values)["burden_tenths"] for step in decision.working[:-1]] == [367, 400]

    def test_c_16_ties_go_to_who_waited_longest(self):
        early, late, never = (
            Candidate("a", 10, last_given=day(3, 1)),
            Candidate("b", 10, last_given=day(3, 2)),
            Candidate("c", 10),
        )
        assert RECEPTION.allocation.decide((late, early)).outcome == "a"
        assert RECEPTION.allocation.decide((late, early, never)).outcome == "c"

    def test_c_16_nobody_to_give_to_is_refused(self):
        assert RECEPTION.allocation.decide(()).unmet[0].code == "allocation.candidates"

    def test_c_17_a_week_after_allocation(self):
        (planned,) = RECEPTION.first_contact.plan(Standing(allocated_on=MONDAY), COUNTING)
        assert last_day(planned) == date(2025, 3, 10)

    def test_c_17_spoken_to_since_is_done_before_is_not(self):
        since = Standing(allocated_on=MONDAY, last_contact=date(2025, 3, 4))
        before = Standing(allocated_on=MONDAY, last_contact=date(2025, 3, 2))
        assert RECEPTION.first_contact.plan(since, COUNTING) == ()
        assert len(RECEPTION.first_contact.plan(before, COUNTING)) == 1


def test_c_09_a_table_of_the_wrong_kinds_is_refused_where_it_is_written():
    from estatecrm.rules.reception import GradeInterval

    with pytest.raises(TypeError):
        GradeInterval("A", NaturalDays(1))
    with pytest.raises(TypeError):
        GradeInterval(A, 1)
