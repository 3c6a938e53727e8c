"""The desk of the master records: A-09, A-11, A-13, B-02, B-04, B-07, C-07, C-16, C-17."""

from datetime import date

import pytest

from estatecrm.errors import InvalidFacts, NotFound
from estatecrm.model import (
    Acting,
    Candidate,
    ChangeState,
    Customer,
    DecisionStage,
    IntentGrade,
    PurchaseStatus,
    Purpose,
    TieEnd,
)
from estatecrm.values import Phone

SPECIALIST = Acting("zhao", Purpose.MAINTENANCE)
CONSULTANT = Acting("chen", Purpose.FOLLOW_UP)
MANAGER = Acting("qian", Purpose.ADMINISTRATION)
CONTROL = Acting("kong", Purpose.FOLLOW_UP)


def newcomer(**changes) -> Customer:
    facts = {"code": "", "project": "LH", "name": "甄试样", "consultant": "chen", "first_contact": date(2025, 3, 3)}
    return Customer(**(facts | changes))


@pytest.fixture
def code(office):
    return office.customers.open_file(CONSULTANT, newcomer()).expect().code


def open_keys(office, store, code):
    with store.reading() as session:
        return [stored.record.key for stored in session.duties.open_for(code)]


def test_a_11_codes_are_given_one_after_another_and_never_twice(office):
    codes = [office.customers.open_file(CONSULTANT, newcomer()).expect().code for _ in range(3)]
    assert codes == ["LH2025030001", "LH2025030002", "LH2025030003"]


def test_a_11_a_project_without_letters_is_refused(office):
    decision = office.customers.open_file(CONSULTANT, newcomer(project="绿湖"))
    assert [c.code for c in decision.unmet] == ["coding.project_letters"]


def test_a_11_a_code_given_by_the_caller_is_wrong_facts(office):
    with pytest.raises(InvalidFacts, match="leave it empty"):
        office.customers.open_file(CONSULTANT, newcomer(code="LH2025030001"))


def test_a_09_a_consultants_change_waits_for_the_specialist(office, code):
    change = office.customers.report_change(CONSULTANT, code, "phones", "14400000009").expect()
    assert change.state is ChangeState.PENDING
    assert office.customers.read(CONSULTANT, code).expect().phones == ()
    assert [c.code for c in office.customers.pending(SPECIALIST).expect()] == [code]
    decided = office.customers.decide_change(SPECIALIST, code, 1, ChangeState.APPLIED).expect()
    assert (decided.reporter, decided.updater) == ("chen", "zhao")
    known = office.customers.read(SPECIALIST, code).expect()
    assert known.phones == (Phone.parse("14400000009"),)
    assert (known.changes[0].old, known.changes[0].state) == ("", ChangeState.APPLIED)
    assert office.customers.pending(SPECIALIST).expect() == ()


def test_a_09_the_specialists_own_change_applies_at_once(office, code):
    office.customers.report_change(SPECIALIST, code, "occupation", "教师")
    assert office.customers.read(SPECIALIST, code).expect().occupation == "教师"


def test_a_09_a_declined_change_changes_nothing(office, code):
    office.customers.report_change(CONSULTANT, code, "name", "贾试样")
    office.customers.decide_change(SPECIALIST, code, 1, ChangeState.DECLINED)
    assert office.customers.read(SPECIALIST, code).expect().name == "甄试样"


def test_a_09_only_the_specialist_decides(office, code):
    office.customers.report_change(CONSULTANT, code, "name", "贾试样")
    assert office.customers.decide_change(MANAGER, code, 1, ChangeState.APPLIED).refused


@pytest.mark.parametrize(
    ("what", "new"), [("phones", "12"), ("identity", "110"), ("birth_date", "1990"), ("grade", "A"), ("name", " ")]
)
def test_a_09_what_cannot_be_read_is_refused_when_it_is_reported(office, code, what, new):
    with pytest.raises(InvalidFacts):
        office.customers.report_change(CONSULTANT, code, what, new)


def test_a_09_a_change_is_decided_once(office, code):
    office.customers.report_change(CONSULTANT, code, "name", "贾试样")
    office.customers.decide_change(SPECIALIST, code, 1, ChangeState.DECLINED)
    with pytest.raises(InvalidFacts, match="no pending change"):
        office.customers.decide_change(SPECIALIST, code, 1, ChangeState.APPLIED)


def test_b_07_and_c_07_grade_a_brings_the_follow_up_and_tells_sales_control_once(office, store, code):
    office.customers.grade(CONSULTANT, code, IntentGrade.C)
    assert open_keys(office, store, code) == [f"C-09/{code}/2025-03-03"]
    office.customers.grade(CONSULTANT, code, IntentGrade.A)
    office.customers.grade(CONSULTANT, code, IntentGrade.A)
    assert open_keys(office, store, code) == [f"C-07/{code}/2025-03-03", f"C-09/{code}/2025-03-03"]
    on_control = office.callbacks.today(CONTROL).expect()
    assert [line.key for line in on_control.lines] == [f"C-07/{code}/2025-03-03"]


def test_c_09_a_better_grade_moves_the_follow_up(office, store, code):
    office.customers.grade(CONSULTANT, code, IntentGrade.D)
    office.customers.grade(CONSULTANT, code, IntentGrade.B)
    with store.reading() as session:
        (stored,) = session.duties.open_for(code)
    assert stored.record.latest.to_date_string() == "2025-03-11"


def test_b_04_the_stage_follows_the_grade(office, code):
    assert office.customers.read(CONSULTANT, code).expect().stage is DecisionStage.CALL_IN
    office.customers.grade(CONSULTANT, code, IntentGrade.B)
    assert office.customers.read(CONSULTANT, code).expect().stage is DecisionStage.INTENT
    office.customers.move(CONSULTANT, code, "subscribe", "3-1201")
    assert office.customers.read(CONSULTANT, code).expect().stage is DecisionStage.DEPOSIT


def test_b_02_subscription_ends_the_follow_up_and_brings_the_callback(office, store, code):
    office.customers.grade(CONSULTANT, code, IntentGrade.B)
    moved = office.customers.move(CONSULTANT, code, "subscribe", "3-1201").expect()
    assert moved.status is PurchaseStatus.SUBSCRIBED
    assert open_keys(office, store, code) == [f"D-01/{code}/3-1201/2025-03-03"]


def test_b_02_signing_directly_is_refused_and_nothing_changes(office, store, code):
    decision = office.customers.move(CONSULTANT, code, "sign", "3-1201")
    assert dict(decision.unmet[0].values)["open"] == ("subscribe",)
    assert office.customers.read(CONSULTANT, code).expect().ties == ()


def test_b_02_a_return_ends_the_tie_and_the_customer_is_intent_again(office, at, store, code):
    office.customers.move(CONSULTANT, code, "subscribe", "3-1201")
    back = at(3, 5).customers.move(CONSULTANT, code, "return", "3-1201", on=date(2025, 3, 5)).expect()
    assert back.status is PurchaseStatus.INTENT
    assert (back.ties[0].ended, back.ties[0].ended_on) == (TieEnd.RETURNED, date(2025, 3, 5))
    assert open_keys(office, store, code) == []


def test_b_02_a_swap_keeps_the_status_and_the_days(office, code):
    office.customers.move(CONSULTANT, code, "subscribe", "3-1201")
    swapped = office.customers.move(CONSULTANT, code, "swap", "3-1201", new_unit="5-0802").expect()
    live = [tie for tie in swapped.ties if tie.live]
    assert [(tie.unit, tie.status, tie.subscribed_on) for tie in live] == [
        ("5-0802", PurchaseStatus.SUBSCRIBED, date(2025, 3, 3))
    ]


def test_b_01_two_units_each_with_its_status(office, code):
    for unit in ("3-1201", "5-0802"):
        office.customers.move(CONSULTANT, code, "subscribe", unit)
    signed = office.customers.move(CONSULTANT, code, "sign", "3-1201").expect()
    assert signed.status is PurchaseStatus.SIGNED
    assert {tie.unit: tie.status.value for tie in signed.ties} == {"3-1201": "signed", "5-0802": "subscribed"}


def test_c_07_who_wants_the_same_unit_stands_on_its_list(office):
    wanting = newcomer(wanted_unit="5-0802")
    first, second, third = (office.customers.open_file(CONSULTANT, wanting).expect().code for _ in range(3))
    office.customers.grade(CONSULTANT, first, IntentGrade.A)
    office.customers.grade(CONSULTANT, second, IntentGrade.B)
    office.customers.grade(CONSULTANT, third, IntentGrade.A)
    assert [c.code for c in office.customers.coordination(CONTROL, "5-0802").expect()] == [first, third]


def test_c_16_and_c_17_the_lighter_burden_gets_the_customer_and_a_week(office, store, code):
    candidates = (Candidate("wu", 44, 120), Candidate("li", 40))
    given = office.customers.allocate(MANAGER, code, candidates).expect()
    assert (given.specialist, given.allocated_on) == ("wu", date(2025, 3, 3))
    with store.reading() as session:
        (stored,) = session.duties.open_for(code)
    assert (stored.record.reason.entry.id, stored.record.assignee) == ("C-17", "wu")


def test_a_customer_nobody_knows_is_not_found(office):
    with pytest.raises(NotFound):
        office.customers.read(CONSULTANT, "LH2025039999")


def test_b_02_a_step_in_the_future_or_without_a_unit_is_wrong_facts(office, code):
    with pytest.raises(InvalidFacts, match="in the future"):
        office.customers.move(CONSULTANT, code, "subscribe", "3-1201", on=date(2025, 3, 4))
    with pytest.raises(InvalidFacts, match="names its unit"):
        office.customers.move(CONSULTANT, code, "subscribe", " ")


def test_b_02_a_swap_to_the_same_unit_is_wrong_facts(office, code):
    office.customers.move(CONSULTANT, code, "subscribe", "3-1201")
    with pytest.raises(InvalidFacts, match="a swap another one"):
        office.customers.move(CONSULTANT, code, "swap", "3-1201", new_unit="3-1201 ")
