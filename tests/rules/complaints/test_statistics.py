"""F-03, F-17, F-23, F-24, F-34, F-42, F-53, F-54, F-55: registers, reports, shares and alarms."""

from datetime import date

import pytest

from complaint_samples import COMPLAINTS, TIMES, at, content, received, solved_case
from estatecrm.decisions import Table
from estatecrm.model import ComplaintCategory, ComplaintState, RatedKind, ReplyKind, Severity, SilentSignal
from estatecrm.model.complaint_events import Closed, Pressed, Replied, Routed, Solved, Summarised
from estatecrm.policy import Department
from estatecrm.rules.complaints.measures import (
    Aspects,
    Effort,
    Exposure,
    Silence,
    Trend,
    effort_of,
    handling_times,
)
from estatecrm.rules.complaints.registers import Period, Shares, rated
from estatecrm.values import ClockHours, Rate, percent, yuan

C = ComplaintCategory
MARCH = (date(2025, 3, 1), date(2025, 3, 31))


def period(*complaints, first=MARCH[0], last=MARCH[1], late=()) -> Period:
    cases = rated((TIMES.case(each), each.id not in late) for each in complaints)
    return Period(first, last, cases, "2025-03")


def rows(table: Table) -> tuple:
    (page,) = table.pages
    return page.rows


def of(category: ComplaintCategory, count: int):
    return [received(at(4), number=f"{category.value}-{number}", category=category) for number in range(count)]


class TestClassified:
    def test_f_17_ten_cases_by_family_show_their_shares(self):
        cases = [*of(C.POOR_QUALITY, 5), *of(C.BREACH, 3), *of(C.EXAGGERATION, 1), *of(C.TITLE_DIFFICULTY, 1)]
        shares = [row[2] for row in rows(COMPLAINTS.statistics.table(period(*cases)))]
        assert shares == [percent(50), percent(30), percent(10), percent(10)]

    def test_f_17_the_largest_family_needs_a_proposal(self):
        counts = ((C.POOR_QUALITY, 5), (C.BREACH, 3))
        refused = COMPLAINTS.proposal.decide(Shares(counts))
        assert dict(refused.unmet[0].values)["category"] is C.POOR_QUALITY
        assert COMPLAINTS.proposal.decide(Shares(counts, (C.POOR_QUALITY,))).outcome is C.POOR_QUALITY

    def test_f_17_shows_punctuality_causes_and_the_proposal(self):
        case = solved_case().after(Summarised(at=at(11), proposal="check joints before handover"))
        other = received(at(5), number="TS-2")
        (row,) = rows(COMPLAINTS.statistics.table(period(case, other, late=("TS-2",))))
        assert row == (C.POOR_QUALITY, 2, Rate(1), 1, 1, "check joints before handover")


class TestPeriods:
    def test_f_42_four_new_and_three_closed_are_reported_and_one_is_carried(self):
        closed = [
            received(at(day), Solved(at=at(day, 9)), Closed(at=at(9, 23)), number=f"TS-{day}") for day in (3, 4, 5)
        ]
        week = period(*closed, received(at(9, 23, 59), number="TS-9"), first=date(2025, 3, 3), last=date(2025, 3, 9))
        assert rows(COMPLAINTS.period.table(week)) == ((4, 3, 1, 0, 3),)

    def test_f_42_the_day_after_belongs_to_the_next_week(self):
        week = period(received(at(10)), first=date(2025, 3, 3), last=date(2025, 3, 9))
        assert rows(COMPLAINTS.period.table(week)) == ((0, 0, 1, 0, 0),)

    def test_f_34_two_customers_repeat_among_eight_and_are_called(self):
        repeaters = [received(at(4), Closed(at=at(5)), number=f"{c}{n}", customer=c) for c in "AB" for n in (1, 2)]
        others = [received(at(4), Closed(at=at(5)), number=c, customer=c) for c in "CDEF"]
        tally = period(*repeaters, *others)
        assert len(tally.cases) == 8
        assert COMPLAINTS.tally.callbacks(tally) == ("A", "B")

    def test_f_34_one_unsolved_complaint_is_enough(self):
        assert COMPLAINTS.tally.callbacks(period(received(at(4), customer="A"))) == ("A",)
        assert COMPLAINTS.tally.callbacks(period(received(at(4), Solved(at=at(5)), customer="A"))) == ()


class TestRegister:
    def test_f_03_and_f_42_every_complaint_has_its_row_in_order_of_receipt(self):
        late, early = received(at(5), number="TS-2"), received(at(4), number="TS-1", content="leak", name="A")
        table = COMPLAINTS.register.table(period(late, early))
        assert [column.code for column in table.columns][:4] == ["number", "complainant", "received_at", "content"]
        assert [row[0] for row in rows(table)] == ["TS-1", "TS-2"]
        assert rows(table)[0][1:4] == ("A", at(4), "leak")
        assert rows(table)[0][-2:] == (Severity.GENERAL, ComplaintState.RECEIVED)


class TestMeasures:
    def test_f_23_three_aspects(self):
        decision = COMPLAINTS.aspects.decide(Aspects(3, 3, 8, 7, 10))
        assert decision.outcome == (percent(100), percent(80), percent(70))
        assert COMPLAINTS.aspects.decide(Aspects(3, 3, 0, 0, 0)).refused

    def test_f_24_three_hand_offs_are_flagged_and_thirty_hours_are_not(self):
        found = COMPLAINTS.effort.check(Effort(3, ClockHours(30), yuan(80)))
        assert [flag.code for flag in found.flags] == ["measure.handoffs"]

    def test_f_24_two_hand_offs_and_48_hours_are_still_short(self):
        assert COMPLAINTS.effort.check(Effort(2, ClockHours(48))).flags == ()
        assert [f.code for f in COMPLAINTS.effort.check(Effort(2, ClockHours.of_seconds(172_801))).flags] == [
            "measure.hours"
        ]

    def test_f_24_the_effort_of_a_case_is_counted_from_its_history(self):
        case = received(
            at(3, 10),
            Routed(at=at(3, 11), department=Department.SALES),
            Routed(at=at(3, 12), department=Department.LEGAL),
            Solved(at=at(4, 16)),
        )
        assert effort_of(case) == Effort(1, ClockHours(30))

    def test_f_53_twelve_voiced_hide_a_hundred_and_eight(self):
        decision = COMPLAINTS.hidden.decide(Silence(12))
        assert [step.value for step in decision.working] == [120, 108]

    def test_f_53_a_sign_calls_for_a_chance_to_speak(self):
        assert COMPLAINTS.hidden.offer_to_speak(Silence(0, (SilentSignal.LATE_PAYMENT,))).met
        assert not COMPLAINTS.hidden.offer_to_speak(Silence(0)).met

    @pytest.mark.parametrize(("current", "alarm"), [(12, False), (13, True)])
    def test_f_54_a_rise_beyond_a_fifth_is_an_alarm(self, current, alarm):
        found = COMPLAINTS.limits.check(Trend((), 10, current))
        assert [flag.code for flag in found.flags] == (["measure.rise"] if alarm else [])

    @pytest.mark.parametrize(("hours", "alarm"), [(24, False), (25, True)])
    def test_f_54_half_of_the_customers_hear_within_a_day(self, hours, alarm):
        found = COMPLAINTS.limits.check(Trend((ClockHours(1), ClockHours(hours), ClockHours(90)), 0, 3))
        assert [flag.code for flag in found.flags] == (["measure.median"] if alarm else [])

    def test_f_55_three_of_twenty_jobs_are_fifteen_percent(self):
        assert COMPLAINTS.rate.decide(Exposure(RatedKind.CREW, 20, 3)).outcome == percent(15)
        assert COMPLAINTS.rate.decide(Exposure(RatedKind.CREW, 0, 0)).refused

    def test_waits_are_measured_from_the_first_word_to_the_reply(self):
        case = received(
            at(3, 4),
            Replied(at=at(3, 4, 15), kind=ReplyKind.STATUS),
            Pressed(at=at(3, 5)),
            Pressed(at=at(3, 5, 2)),
            Solved(at=at(3, 5, 5)),
            content(at(4, 9)),
            Closed(at=at(5, 9)),
        )
        found = handling_times(case)
        assert found.exchanges == (ClockHours.of_minutes(15), ClockHours.of_minutes(5))
        assert (found.average_response, found.resolution) == (ClockHours.of_minutes(10), ClockHours.of_minutes(65))

    def test_an_open_case_has_no_resolution_yet(self):
        assert handling_times(received()).resolution is None
        assert handling_times(received()).average_response is None
