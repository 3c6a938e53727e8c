"""F-06, F-09, F-12, F-29, F-31, F-35, F-47: how grave, whose, and who stands aside."""

import pytest

from complaint_samples import COMPLAINTS, TIMES, at, received, step, unmet
from estatecrm.model import (
    CauseNature,
    ComplaintCategory,
    MainEquipment,
    MajorEvent,
    MajorTrigger,
    Severity,
)
from estatecrm.model.complaint_events import Accepted, Classed, Routed
from estatecrm.policy import Department, Role
from estatecrm.rules.complaints.judging import Grounds, Sequel
from estatecrm.rules.complaints.routing import Assignment
from estatecrm.rules.complaints.timetable import Timetable
from estatecrm.rules.presets import DEALER_CRISIS, PROPERTY_COMPLAINT

SEVERITY = COMPLAINTS.severity


def severity(**grounds) -> Severity:
    return SEVERITY.classify(Grounds(**grounds)).expect()


def test_f_31_a_generator_that_fails_is_major_and_a_single_lamp_is_not():
    event = (MajorEvent.MAIN_EQUIPMENT,)
    assert severity(events=event, equipment=MainEquipment.GENERATOR) is Severity.MAJOR
    assert severity(events=event) is Severity.GENERAL
    assert severity() is Severity.GENERAL


@pytest.mark.parametrize(
    "event", [event for event in MajorEvent if event.value not in {"collective", "main_equipment"}]
)
def test_f_31_every_other_event_of_the_list_is_major(event):
    assert severity(events=(event,)) is Severity.MAJOR


@pytest.mark.parametrize(("households", "expected"), [(2, Severity.GENERAL), (3, Severity.MAJOR)])
def test_f_31_three_households_are_enough(households, expected):
    assert severity(households=households) is expected


@pytest.mark.parametrize("trigger", list(MajorTrigger))
def test_f_35_every_trigger_is_major(trigger):
    decision = SEVERITY.classify(Grounds(triggers=(trigger,)))
    assert decision.outcome is Severity.MAJOR
    assert [condition.entry for condition in decision.conditions if condition.met] == ["F-35"]


def test_f_35_the_return_of_a_unit_demanded_is_major():
    assert severity(triggers=(MajorTrigger.RETURN_EXCHANGE,)) is Severity.MAJOR


@pytest.mark.parametrize(("nth", "expected"), [(1, Severity.GENERAL), (2, Severity.MAJOR)])
def test_f_35_the_second_on_the_same_matter_is_repeated(nth, expected):
    assert severity(nth=nth) is expected


def test_f_29_what_is_not_major_is_general_and_says_on_what_ground():
    decision = SEVERITY.classify(Grounds())
    assert (decision.outcome, decision.conditions[-1].entry) == (Severity.GENERAL, "F-29")


def test_f_31_and_f_35_are_kept_apart_in_their_presets():
    fire, blockade = Grounds(events=(MajorEvent.FIRE,)), Grounds(triggers=(MajorTrigger.BLOCKADE,))
    dealer, estate = DEALER_CRISIS.complaints.severity, PROPERTY_COMPLAINT.complaints.severity
    assert (dealer.classify(fire).outcome, dealer.classify(blockade).outcome) == (Severity.GENERAL, Severity.MAJOR)
    assert (estate.classify(fire).outcome, estate.classify(blockade).outcome) == (Severity.MAJOR, Severity.GENERAL)


def test_a_case_is_major_from_the_moment_it_was_found_to_be():
    found = received(at(3, 10), Classed(at=at(3, 11)), Classed(at=at(4, 9), triggers=(MajorTrigger.BLOCKADE,)))
    case = TIMES.case(found)
    assert case.severity is Severity.MAJOR
    assert case.major_since == found.history[1].us
    assert [condition.code for condition in case.judged] == ["severity.trigger"]


def test_a_second_complaint_is_major_from_its_receipt():
    case = TIMES.case(received(earlier=("TS-0",)))
    assert (case.severity, case.major_since) == (Severity.MAJOR, case.complaint.intake.us)


def test_f_09_poor_quality_goes_to_engineering_and_other_waits_unrouted():
    assert COMPLAINTS.department.classify(received()).outcome is Department.ENGINEERING
    assert COMPLAINTS.department.classify(received(category=ComplaintCategory.OTHER)).refused


def test_f_06_a_case_about_ma_is_not_given_to_ma():
    about_ma = received(at(3, 10), Accepted(at=at(3, 10, 5)), against="Ma")
    refused = step(about_ma, Routed(at=at(3, 11), by="Li", department=Department.SALES, to="Ma"))
    assert unmet(refused) == ["aside.not_against"]
    assert step(about_ma, Routed(at=at(3, 11), by="Li", department=Department.SALES, to="Wu")).granted


def test_f_06_nor_does_ma_take_any_step_of_it():
    assert unmet(step(received(against="Ma"), Accepted(at=at(3, 11), by="Ma"))) == ["aside.not_against"]
    assert COMPLAINTS.aside.decide(Assignment(member="Ma", against="Ma")).refused
    assert COMPLAINTS.aside.decide(Assignment(member="Ma")).granted


@pytest.mark.parametrize(
    ("role", "granted"),
    [(Role.SERVICE_SPECIALIST, True), (Role.SERVICE_SUPERVISOR, True), (Role.DEPARTMENT_MANAGER, False)],
)
def test_f_12_a_cause_in_the_service_goes_to_service(role, granted):
    assert COMPLAINTS.handler.decide(Assignment(role=role, nature=CauseNature.SERVICE)).granted is granted


def test_f_12_a_cause_in_repair_quality_goes_to_the_responsible_manager():
    asked = Assignment(role=Role.PROJECT_MANAGER, nature=CauseNature.REPAIR_QUALITY)
    assert COMPLAINTS.handler.decide(asked).granted


def test_f_47_the_service_manager_handles_a_second_complaint_in_person():
    refused = COMPLAINTS.handler.decide(Assignment(role=Role.SERVICE_SPECIALIST, nth=2, nature=CauseNature.SERVICE))
    assert [(condition.code, condition.entry) for condition in refused.unmet] == [("handler.role", "F-47")]
    assert dict(refused.unmet[0].values)["roles"] == (Role.SERVICE_MANAGER,)
    assert COMPLAINTS.handler.decide(Assignment(role=Role.SERVICE_MANAGER, nth=2)).granted


def test_f_47_second_means_the_same_matter_again():
    first = received(at(3, 10))
    again = received(at(20, 10), number="TS-2")
    other = received(at(20, 10), number="TS-3", category=ComplaintCategory.SHARED_AREA)
    assert COMPLAINTS.same_matter.decide(Sequel(again, first)).outcome == "TS-1"
    assert [c.code for c in COMPLAINTS.same_matter.decide(Sequel(other, first)).unmet] == ["matter.same_category"]


@pytest.mark.parametrize(("day", "granted"), [(3, True), (4, False)])
def test_f_47_a_year_on_it_is_another_matter(day, granted):
    first, later = received(at(3, 10)), received(at(day, 10, year=2026), number="TS-9")
    assert COMPLAINTS.same_matter.decide(Sequel(later, first)).granted is granted


def test_f_47_a_stranger_in_another_unit_brings_another_matter():
    stranger = received(at(20, 10), number="TS-2", unit="1-0101")
    assert [c.code for c in COMPLAINTS.same_matter.decide(Sequel(stranger, received())).unmet] == ["matter.same_party"]


def test_a_ruleset_that_judges_otherwise_gives_other_clocks():
    blocked = received(at(3, 10), Classed(at=at(3, 11), triggers=(MajorTrigger.BLOCKADE,)))
    assert Timetable(PROPERTY_COMPLAINT).case(blocked).severity is Severity.GENERAL
