"""The clocks of authorities and associations, each with its last day (DOMAIN 5.1); F-04, F-07, F-10."""

from datetime import date

import pytest

from complaint_samples import at, clock, received
from estatecrm.model import MajorTrigger
from estatecrm.model.complaint_events import Accepted, Classed, Extended, Routed
from estatecrm.policy import Department
from estatecrm.rules.complaints.timetable import Timetable
from estatecrm.rules.parameters import Origin
from estatecrm.rules.presets import (
    BEIJING_HOTLINE,
    CITY_HOTLINE,
    CONSUMER_ASSOCIATION,
    MARKET_SUPERVISION,
    MARKET_SUPERVISION_2020,
    MARKET_SUPERVISION_EDITIONS,
    PETITIONS,
    PRESETS,
    PROPERTY_MANAGER,
)
from estatecrm.rules.rulesets import DEVELOPER

RECEIVED = at(3, 10, month=6, year=2026)  # a Wednesday


def due(ruleset, key: str, *history) -> date:
    case = received(RECEIVED, Accepted(at=at(4, 9, month=6, year=2026)), *history)
    return clock(case, key, at(4, 10, month=6, year=2026), Timetable(ruleset)).due.closing_day


@pytest.mark.parametrize("ruleset", [MARKET_SUPERVISION, MARKET_SUPERVISION_2020, CONSUMER_ASSOCIATION])
def test_seven_working_days_to_accept(ruleset):
    assert due(ruleset, "F-04") == date(2026, 6, 12)


def test_12315_mediates_for_sixty_days_and_rolls_over_a_weekend():
    # 2026-08-03 is a Monday; accepted a day earlier the sixtieth day would be a Sunday.
    assert due(MARKET_SUPERVISION, "F-10") == date(2026, 8, 3)
    early = received(RECEIVED, Accepted(at=RECEIVED))
    assert clock(early, "F-10", RECEIVED, Timetable(MARKET_SUPERVISION)).due.closing_day == date(2026, 8, 3)


def test_12315_before_april_2026_mediates_for_forty_five_working_days():
    case = received(at(3, 10), Accepted(at=at(3, 11)))
    assert clock(case, "F-10", at(3, 12), Timetable(MARKET_SUPERVISION_2020)).due.closing_day == date(2025, 5, 8)


def test_12315_checks_a_lead_in_fifteen_working_days_and_once_fifteen_more():
    routed = Routed(at=at(4, 9, month=6, year=2026), department=Department.LEGAL)
    assert due(MARKET_SUPERVISION, "F-10/begin.1", routed) == date(2026, 6, 26)
    extended = Extended(at=at(4, 9, month=6, year=2026), reason="complex")
    assert due(MARKET_SUPERVISION, "F-10/begin.1", routed, extended) == date(2026, 7, 17)


@pytest.mark.parametrize(
    ("day", "ruleset"),
    [(date(2026, 4, 14), MARKET_SUPERVISION_2020), (date(2026, 4, 15), MARKET_SUPERVISION)],
)
def test_12315_changes_on_15_april_2026(day, ruleset):
    assert MARKET_SUPERVISION_EDITIONS.on(day) == ruleset


def test_petitions_are_accepted_in_fifteen_days_and_finished_in_sixty_and_thirty_more():
    assert due(PETITIONS, "F-04") == date(2026, 6, 18)
    assert due(PETITIONS, "F-10") == date(2026, 8, 3)
    extended = Extended(at=at(4, 9, month=6, year=2026), reason="complex")
    assert due(PETITIONS, "F-10", extended) == date(2026, 9, 2)


def test_a_city_hotline_wants_an_answer_in_five_working_days():
    assert due(CITY_HOTLINE, "F-10") == date(2026, 6, 10)


def test_beijing_wants_two_hours_where_it_is_urgent_and_seven_days_else():
    assert due(BEIJING_HOTLINE, "F-10") == date(2026, 6, 10)
    urgent = received(RECEIVED, Classed(at=RECEIVED, triggers=(MajorTrigger.BLOCKADE,)))
    found = clock(urgent, "F-10", RECEIVED, Timetable(BEIJING_HOTLINE))
    assert found.due.moment == at(3, 12, month=6, year=2026)


def test_a_property_manager_answers_in_ten_days_and_the_authority_in_five_working_days():
    assert due(PROPERTY_MANAGER, "F-07") == date(2026, 6, 13)
    assert due(PROPERTY_MANAGER, "F-04") == date(2026, 6, 10)


def test_the_offices_own_clocks_stay_as_they_are():
    assert due(MARKET_SUPERVISION, "F-07") == due(DEVELOPER, "F-07") == date(2026, 6, 5)


def test_the_law_is_named_at_every_legal_number():
    legal = {
        (parameter.ground, parameter.since)
        for ruleset in PRESETS
        for rule in ruleset.complaints.clocks()
        for parameter in rule.parameters()
        if parameter.origin is Origin.LAW
    }
    assert ("市场监督管理投诉举报处理办法 art. 15", date(2026, 4, 15)) in legal
    assert ("信访工作条例", date(2022, 5, 1)) in legal
    assert len(legal) == 8


def test_every_preset_has_a_name_of_its_own():
    names = [(each.name, each.edition) for each in PRESETS]
    assert len(names) == len(set(names))
