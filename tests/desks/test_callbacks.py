"""The desk of callbacks: planned once, shown to whom they fall, recorded, explained."""

from datetime import date

import pendulum
import pytest

from estatecrm.decisions import Ending
from estatecrm.errors import InvalidFacts, NotFound
from estatecrm.model import (
    Acting,
    CallbackChannel,
    CallbackSatisfaction,
    Contact,
    ContactKind,
    Customer,
    IntentGrade,
    Purpose,
)

CONSULTANT = Acting("chen", Purpose.FOLLOW_UP)
OTHER = Acting("sun", Purpose.FOLLOW_UP)
MANAGER = Acting("qian", Purpose.ADMINISTRATION)


@pytest.fixture
def code(office):
    known = Customer(code="", project="LH", name="甄试样", consultant="chen", first_contact=date(2025, 3, 3))
    code = office.customers.open_file(CONSULTANT, known).expect().code
    office.customers.grade(CONSULTANT, code, IntentGrade.B)
    return code


def spoken(code: str, day: int = 10, **changes) -> Contact:
    facts = {
        "id": f"k{day}",
        "customer": code,
        "kind": ContactKind.CALLBACK,
        "at": pendulum.datetime(2025, 3, day, 11, tz="Asia/Shanghai"),
        "by": "chen",
        "channel": CallbackChannel.PHONE,
        "satisfaction": CallbackSatisfaction.SATISFIED,
    }
    return Contact(**(facts | changes))


def keys(office, acting=CONSULTANT) -> list[str]:
    return [line.key for line in office.callbacks.today(acting).expect().lines]


@pytest.mark.usefixtures("code")
def test_c_09_stands_on_the_list_of_its_day_and_not_before(office, at):
    assert keys(at(3, 9)) == []
    assert keys(at(3, 10)) == ["C-09/LH2025030001/2025-03-03"]


@pytest.mark.usefixtures("code")
def test_an_overdue_call_stays_on_the_list(office, at):
    worklist = at(3, 20).callbacks.today(CONSULTANT).expect()
    (todo,) = worklist
    assert todo.line.overdue(pendulum.datetime(2025, 3, 20, tz="Asia/Shanghai"))
    assert todo.card.name == "甄试样"
    assert todo.reason.entry.id == "C-09"


@pytest.mark.usefixtures("code")
def test_another_consultants_list_is_their_own(office, at):
    assert keys(at(3, 10), OTHER) == []


@pytest.mark.usefixtures("code")
def test_planning_again_adds_nothing(office):
    assert office.callbacks.plan(MANAGER).expect() == (0, 0, 0)


def test_a_complete_call_is_done_and_the_rhythm_goes_on(office, at, code):
    key = f"C-09/{code}/2025-03-03"
    record = at(3, 10, 12).callbacks.record(CONSULTANT, key, spoken(code)).expect()
    assert record.form.complete
    assert (record.duty.closed.how, record.duty.closed.by) == (Ending.DONE, "chen")
    assert keys(at(3, 16)) == []
    assert keys(at(3, 17)) == [f"C-09/{code}/2025-03-10"]


def test_d_16_an_incomplete_form_is_kept_but_does_not_count(office, at, store, code):
    key = f"C-09/{code}/2025-03-03"
    record = at(3, 10, 12).callbacks.record(CONSULTANT, key, spoken(code, satisfaction=None)).expect()
    assert record.form.missing == ("satisfaction",)
    assert record.duty.open
    assert keys(at(3, 10)) == [key]
    with store.reading() as session:
        assert [contact.id for contact in session.contacts.of(code)] == ["k10"]


def test_d_05_without_a_listed_channel_nothing_is_kept(office, at, store, code):
    decision = at(3, 10, 12).callbacks.record(CONSULTANT, f"C-09/{code}/2025-03-03", spoken(code, channel=None))
    assert decision.unmet[0].code == "callback.channel"
    with store.reading() as session:
        assert list(session.contacts.of(code)) == []


def test_recording_the_same_call_twice_changes_nothing(office, at, code):
    key = f"C-09/{code}/2025-03-03"
    at(3, 10, 12).callbacks.record(CONSULTANT, key, spoken(code))
    again = at(3, 10, 12).callbacks.record(CONSULTANT, key, spoken(code)).expect()
    assert again.duty.closed.contact == "k10"
    assert keys(at(3, 17)) == [f"C-09/{code}/2025-03-10"]


def test_a_second_call_on_a_closed_duty_is_wrong_facts(office, at, code):
    key = f"C-09/{code}/2025-03-03"
    at(3, 10, 12).callbacks.record(CONSULTANT, key, spoken(code))
    with pytest.raises(InvalidFacts, match="was closed"):
        at(3, 11, 12).callbacks.record(CONSULTANT, key, spoken(code, 11))


def test_a_call_with_somebody_else_is_wrong_facts(office, at, code):
    with pytest.raises(InvalidFacts, match="the duty concerns"):
        at(3, 10, 12).callbacks.record(CONSULTANT, f"C-09/{code}/2025-03-03", spoken("LH2025030002"))


@pytest.mark.parametrize("day", [11, 2])
def test_a_call_in_the_future_or_before_the_duty_began_is_wrong_facts(office, at, code, day):
    with pytest.raises(InvalidFacts, match=r"in the future|lies before"):
        at(3, 10, 12).callbacks.record(CONSULTANT, f"C-09/{code}/2025-03-03", spoken(code, day))


def test_a_call_is_recorded_by_who_made_it(office, at, code):
    with pytest.raises(InvalidFacts, match="record it themself"):
        at(3, 10, 12).callbacks.record(OTHER, f"C-09/{code}/2025-03-03", spoken(code))


def test_c_07_a_notice_is_acknowledged_by_sales_control_and_is_no_callback(office, at, code):
    control = Acting("kong", Purpose.FOLLOW_UP)
    office.customers.grade(CONSULTANT, code, IntentGrade.A)
    key = f"C-07/{code}/2025-03-03"
    with pytest.raises(InvalidFacts, match="acknowledge it"):
        at(3, 10, 12).callbacks.record(CONSULTANT, key, spoken(code))
    assert office.callbacks.acknowledge(CONSULTANT, key).refused
    assert office.callbacks.acknowledge(control, key).expect().closed.by == "kong"
    assert office.callbacks.acknowledge(control, key).expect().closed.by == "kong"
    assert keys(office, control) == []
    with pytest.raises(InvalidFacts, match="is a callback"):
        office.callbacks.acknowledge(control, f"C-09/{code}/2025-03-03")


def test_an_incomplete_form_can_be_completed(office, at, code):
    key = f"C-09/{code}/2025-03-03"
    at(3, 10, 12).callbacks.record(CONSULTANT, key, spoken(code, satisfaction=None))
    whole = at(3, 10, 12).callbacks.record(CONSULTANT, key, spoken(code, id="k10b")).expect()
    assert whole.form.complete


def test_one_code_is_not_several(office):
    with pytest.raises(InvalidFacts, match="pass a list"):
        office.callbacks.plan(MANAGER, "LH2025030001")


def test_a_duty_nobody_planned_is_not_found(office):
    with pytest.raises(NotFound):
        office.callbacks.explain(CONSULTANT, "C-09/LH2025030001/1999-01-01")


def test_a_duty_explains_itself_down_to_the_clause(office, code):
    duty = office.callbacks.explain(CONSULTANT, f"C-09/{code}/2025-03-03").expect()
    assert duty.reason.entry.source == "000 §3.1"
    assert duty.reason.edition == "developer 2026.1"
    assert [condition.code for condition in duty.reason.because] == [
        "follow.intent_customer",
        "follow.graded",
        "follow.met",
    ]
    assert [step.code for step in duty.reason.working] == [
        "duty.counted_from",
        "duty.limit",
        "duty.latest",
        "quiet.moved",
    ]


def test_replanning_under_other_rules_moves_what_is_open(office, store, code):
    from estatecrm.clock import FixedClock
    from estatecrm.desks import open_office
    from estatecrm.rules.reception import GradeInterval, IntentFollowUp
    from estatecrm.rules.rulesets import DEVELOPER
    from estatecrm.values import NaturalDays

    class AcmeFollowUp(IntentFollowUp):
        interval_days = (GradeInterval(IntentGrade.B, NaturalDays(5)),)

    clock = FixedClock(pendulum.datetime(2025, 3, 4, 10, tz="Asia/Shanghai"))
    acme = open_office(store, ruleset=DEVELOPER.using(AcmeFollowUp()), clock=clock)
    assert acme.callbacks.replan(MANAGER, [code]).expect() == (0, 1, 0)
    assert acme.callbacks.replan(MANAGER, [code]).expect() == (0, 0, 0)
    duty = acme.callbacks.explain(CONSULTANT, f"C-09/{code}/2025-03-03").expect()
    assert duty.latest.to_date_string() == "2025-03-09"
