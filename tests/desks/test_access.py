"""K-01, K-15: only known staff in a role that may, and every attempt is logged."""

import pytest

from estatecrm.errors import NotFound
from estatecrm.model import Acting, Customer, Errand, IntentGrade, Member, Purpose
from estatecrm.policy import Role

SPECIALIST = Acting("zhao", Purpose.INTAKE)
CONSULTANT = Acting("chen", Purpose.FOLLOW_UP)
NEWCOMER = Customer(code="", project="LH", name="甄试样")


def test_k_01_a_stranger_is_refused_and_logged(office):
    decision = office.customers.open_file(Acting("nobody", Purpose.INTAKE), NEWCOMER)
    assert decision.refused
    assert [condition.code for condition in decision.unmet] == ["access.known", "access.in_post", "access.role"]
    attempt = office.log.newest(SPECIALIST, 1).expect()[0]
    assert (attempt.by, attempt.errand, attempt.granted, attempt.role) == ("nobody", Errand.OPEN_FILE, False, None)


def test_k_01_a_role_outside_the_table_is_refused_and_told_who_may(office):
    decision = office.callbacks.plan(Acting("zhou", Purpose.CALLBACK))
    (unmet,) = decision.unmet
    assert unmet.code == "access.role"
    assert Role.SALES_MANAGER in dict(unmet.values)["roles"]


def test_k_01_who_has_left_is_refused(office):
    office.staff.enrol(SPECIALIST, Member("chen", "陈样二", Role.PROPERTY_CONSULTANT, active=False))
    assert [c.code for c in office.customers.open_file(CONSULTANT, NEWCOMER).unmet] == ["access.in_post"]


def test_k_15_a_granted_attempt_is_logged_with_object_and_purpose(office):
    code = office.customers.open_file(CONSULTANT, NEWCOMER).expect().code
    office.customers.read(CONSULTANT, code)
    attempt = office.log.newest(SPECIALIST, 1).expect()[0]
    assert (attempt.object, attempt.purpose, attempt.granted) == (code, Purpose.FOLLOW_UP, True)
    assert attempt.at.to_iso8601_string() == "2025-03-03T10:00:00+08:00"


def test_k_15_reading_the_log_is_logged_itself(office):
    office.log.newest(SPECIALIST, 1)
    assert office.log.newest(SPECIALIST, 1).expect()[0].errand is Errand.READ_LOG


def test_k_15_an_errand_that_fails_leaves_nothing_behind(office):
    before = len(office.log.newest(SPECIALIST, 500).expect())
    with pytest.raises(NotFound):
        office.customers.grade(CONSULTANT, "LH2025039999", IntentGrade.A)
    assert len(office.log.newest(SPECIALIST, 500).expect()) == before + 1


def test_the_first_of_an_empty_list_enrols_themself_and_nobody_else(at):
    office = at()
    other = Member("chen", "陈样二", Role.PROPERTY_CONSULTANT)
    assert office.staff.enrol(SPECIALIST, other).refused
    founder = Member("zhao", "赵样一", Role.INFO_SPECIALIST)
    assert office.staff.enrol(SPECIALIST, founder).outcome == founder
    assert office.staff.enrol(Acting("li", Purpose.ADMINISTRATION), Member("li", "李样", Role.SALES_REP)).refused


def test_enrolling_again_takes_the_name_and_role_given_now(office):
    moved = Member("chen", "陈样二", Role.SALES_MANAGER)
    assert office.staff.enrol(SPECIALIST, moved).outcome == moved
    assert moved in office.staff.everybody(SPECIALIST).expect()


def test_nobody_takes_the_last_right_to_enrol_away(office):
    from estatecrm.errors import InvalidFacts

    office.staff.enrol(SPECIALIST, Member("qian", "钱样四", Role.FRONT_DESK))
    with pytest.raises(InvalidFacts, match="enrol a successor first"):
        office.staff.enrol(SPECIALIST, Member("zhao", "赵样一", Role.FRONT_DESK))


def test_a_member_has_an_id_and_a_name(office):
    from estatecrm.errors import InvalidFacts

    with pytest.raises(InvalidFacts, match="an id and a name"):
        office.staff.enrol(SPECIALIST, Member("x", " ", Role.FRONT_DESK))
