"""A-01 to A-04, A-08, A-09, A-11, A-13, P-06: what is known of a customer and who may write it."""

from datetime import date
from decimal import Decimal

import pendulum
import pytest

from estatecrm.errors import InvalidFacts
from estatecrm.model import (
    AgedOn,
    BornOn,
    ChangeState,
    CodeRequest,
    Collection,
    CollectionStage,
    Customer,
    HandIn,
    InformationGroup,
    LeadSource,
    Likelihood,
    Likeness,
    Need,
)
from estatecrm.policy import Department, Role
from estatecrm.rules.rulesets import DEVELOPER
from estatecrm.values import Gender, NaturalDays, Phone, Range, WorkingDays, square_metres, yuan

MASTER, COUNTING = DEVELOPER.master, DEVELOPER.counting


def day(month: int, number: int, hour: int = 10) -> pendulum.DateTime:
    return pendulum.datetime(2025, month, number, hour, tz="Asia/Shanghai")


def customer(**changes) -> Customer:
    facts = {
        "code": "LH2025030007",
        "project": "LH",
        "name": "甄试样",
        "gender": Gender.FEMALE,
        "age": BornOn(date(1990, 3, 5)),
        "phones": (Phone.parse("14400000001"),),
        "occupation": "教师",
    }
    return Customer(**(facts | changes))


class TestBasicIdentity:
    """A-01: six facts."""

    def test_a_01_all_but_the_address(self):
        found = MASTER.identity.check(customer())
        assert found.missing == ("home_address",)
        assert round(found.share.fraction, 2) == Decimal("0.83")
        assert not found.complete

    def test_a_01_all_six(self):
        assert MASTER.identity.check(customer(address="一期3栋1201")).complete

    def test_a_01_a_named_age_does_not_go_stale(self):
        assert AgedOn(34, date(2023, 6, 1)).age_on(date(2025, 6, 1)) == 36

    def test_a_01_the_day_before_the_year_is_full(self):
        assert AgedOn(34, date(2023, 6, 1)).age_on(date(2025, 5, 31)) == 35

    def test_a_01_a_birthday_counts_from_the_day_itself(self):
        born = BornOn(date(1990, 3, 5))
        assert [born.age_on(date(2025, 3, 4)), born.age_on(date(2025, 3, 5))] == [34, 35]


class TestNeed:
    """A-02: ranges, each change with its date."""

    def test_a_02_the_later_budget_stands_and_both_rows_are_kept(self):
        first = Need(date(2025, 3, 1), Range(square_metres(90), square_metres(110)), "", Range(None, yuan(2_000_000)))
        later = Need(date(2025, 3, 8), budget=Range(None, yuan(2_300_000)))
        known = customer().needing(first).needing(later)
        assert known.need.budget == Range(None, yuan(2_300_000))
        assert known.need.area == Range(square_metres(90), square_metres(110))
        assert len(known.needs) == 2
        assert MASTER.need.check(known).missing == ("layout",)

    def test_a_02_saying_the_same_again_adds_no_row(self):
        need = Need(date(2025, 3, 1), layout="三房两厅")
        assert len(customer().needing(need).needing(Need(date(2025, 4, 1), layout="三房两厅")).needs) == 1


class TestSource:
    """A-03: a friend's introduction names the friend."""

    def test_a_03_friend_without_introducer_is_incomplete(self):
        found = MASTER.source.check(customer(source=LeadSource.FRIEND_REFERRAL))
        assert found.missing == ("introducer",)

    def test_a_03_other_sources_need_no_introducer(self):
        assert MASTER.source.check(customer(source=LeadSource.WALK_BY)).complete

    def test_a_03_no_source_is_missing(self):
        assert MASTER.source.check(customer()).missing == ("source",)


class TestCollection:
    """A-04: who collects what."""

    def test_a_04_living_experience_belongs_to_customer_service(self):
        owner = MASTER.collection.owner(InformationGroup.LIVING_EXPERIENCE, CollectionStage.MOVED_IN)
        assert owner is Department.CUSTOMER_SERVICE

    def test_a_04_a_sales_write_of_that_group_is_flagged_and_not_blocked(self):
        facts = Collection(InformationGroup.LIVING_EXPERIENCE, CollectionStage.MOVED_IN, Department.SALES)
        found = MASTER.collection.check(facts)
        assert [flag.code for flag in found.flags] == ["collection.not_owner"]
        assert found.complete

    def test_a_04_the_owner_is_not_flagged(self):
        facts = Collection(InformationGroup.BASIC, CollectionStage.SIGNING, Department.SALES)
        assert MASTER.collection.check(facts).flags == ()


class TestInGoodTime:
    """A-08, A-09, A-13: one working day."""

    COLLECTED = HandIn(day(3, 3), Role.SALES_REP)

    def test_a_08_handed_in_on_wednesday_is_one_working_day_late(self):
        assert MASTER.hand_in.lateness(self.COLLECTED, day(3, 5), COUNTING) == WorkingDays(1)

    def test_a_08_the_next_working_day_is_in_time(self):
        assert MASTER.hand_in.lateness(self.COLLECTED, day(3, 4, 23), COUNTING) is None

    def test_a_09_notice_and_application_are_due_by_the_next_working_day(self):
        for rule in (MASTER.notice, MASTER.applied):
            (planned,) = rule.plan(self.COLLECTED, COUNTING)
            assert planned.latest == pendulum.datetime(2025, 3, 5, tz="Asia/Shanghai")

    def test_a_09_applying_is_the_specialists_duty(self):
        (planned,) = MASTER.applied.plan(self.COLLECTED, COUNTING)
        assert planned.role is Role.INFO_SPECIALIST

    def test_a_09_only_the_specialist_writes_the_master(self):
        assert MASTER.updater.classify(Role.INFO_SPECIALIST).outcome is ChangeState.APPLIED
        assert MASTER.updater.classify(Role.SALES_REP).outcome is ChangeState.PENDING

    def test_a_13_no_file_on_wednesday_is_overdue_by_who_met_them(self):
        (planned,) = MASTER.opening.plan(self.COLLECTED, COUNTING)
        assert planned.latest < day(3, 5)
        assert planned.role is Role.SALES_REP
        assert MASTER.opening.lateness(self.COLLECTED, day(3, 5), COUNTING) == WorkingDays(1)

    def test_a_13_a_weekend_does_not_count(self):
        friday = HandIn(day(3, 7), Role.SALES_REP)
        assert MASTER.opening.lateness(friday, day(3, 10, 23), COUNTING) is None
        assert MASTER.opening.lateness(friday, day(3, 11), COUNTING) == WorkingDays(1)

    def test_a_host_sets_a_time_of_its_own(self):
        rule = type("Acme", (type(MASTER.hand_in),), {"within": NaturalDays(0)})()
        assert rule.lateness(self.COLLECTED, day(3, 4), COUNTING) == NaturalDays(1)


class TestCode:
    """A-11: project, month, number."""

    def test_a_11_the_seventh_customer_of_march(self):
        decision = MASTER.coding.decide(CodeRequest("LH", date(2025, 3, 15), 7))
        assert decision.outcome == "LH2025030007"

    def test_a_11_a_full_month_grows_a_digit(self):
        assert MASTER.coding.decide(CodeRequest("LH", date(2025, 3, 15), 10_000)).outcome == "LH20250310000"

    @pytest.mark.parametrize("project", ["", "lh", "绿湖", "L1", "L H"])
    def test_a_11_letters_of_the_project_are_plain_capitals(self, project):
        decision = MASTER.coding.decide(CodeRequest(project, date(2025, 3, 15), 7))
        assert [condition.code for condition in decision.unmet] == ["coding.project_letters"]

    @pytest.mark.parametrize(("letters", "granted"), [("ABCDEF", True), ("ABCDEFG", False)])
    def test_a_11_sixteen_characters_are_short_enough_seventeen_are_not(self, letters, granted):
        assert MASTER.coding.decide(CodeRequest(letters, date(2025, 3, 15), 7)).granted is granted


class TestDuplicates:
    """P-06: same phone or identity number."""

    def test_p_06_nobody_alike_is_new(self):
        assert MASTER.duplicate.classify(Likeness(())).outcome is Likelihood.NEW

    def test_p_06_same_number_and_name_is_the_same_person(self):
        assert MASTER.duplicate.classify(Likeness(("A",), same_person=True)).outcome is Likelihood.KNOWN

    @pytest.mark.parametrize("likeness", [Likeness(("A",)), Likeness(("A", "B"), same_person=True)])
    def test_p_06_anything_else_is_a_pair_for_the_specialist(self, likeness):
        assert MASTER.duplicate.classify(likeness).outcome is Likelihood.POSSIBLE_DUPLICATE

    def test_p_06_numbers_are_compared_as_they_are_normalised(self):
        one = customer(phones=(Phone.parse("+86 144 0000 0001"),))
        assert set(one.match_keys) == set(customer().match_keys)


def test_a_change_of_grade_before_the_last_is_wrong_facts():
    from estatecrm.model import IntentGrade

    graded = customer().graded(IntentGrade.B, date(2025, 3, 5))
    with pytest.raises(InvalidFacts, match="is earlier"):
        graded.graded(IntentGrade.A, date(2025, 3, 4))
