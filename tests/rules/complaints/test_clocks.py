"""F-04, F-07 to F-11, F-13, F-15, F-18, F-28, F-29, F-50: every clock of a case, on the boundary too."""

from datetime import date

import pytest

from complaint_samples import TIMES, at, clock, content, has_clock, received, solved_case, unhappy
from estatecrm.model import HoldReason, ReplyKind, ReplyMeans
from estatecrm.model.complaint_events import (
    Accepted,
    Begun,
    Chosen,
    Closed,
    Extended,
    FeedbackGathered,
    Held,
    Investigated,
    Judged,
    Pressed,
    Promised,
    PromiseKept,
    Proposed,
    Reopened,
    Replied,
    Resumed,
    Routed,
    Solved,
    Told,
    Withdrawn,
)
from estatecrm.policy import Department, Role
from estatecrm.rules.complaints.clock import ClockState
from estatecrm.rules.complaints.timetable import Timetable
from estatecrm.rules.presets import PROPERTY_COMPLAINT
from estatecrm.values import ClockHours, NaturalDays, WorkingDays

ESTATE = Timetable(PROPERTY_COMPLAINT)


def routed(*history):
    passed_on = Routed(at=at(3, 11), department=Department.ENGINEERING)
    return received(at(3, 10), Accepted(at=at(3, 10, 5)), passed_on, *history)


class TestAcceptance:
    def test_f_04_a_row_45_minutes_after_the_call_is_15_minutes_late(self):
        found = clock(received(at(3, 10), Accepted(at=at(3, 10, 45))), "F-04")
        assert (found.state, found.missed_by) == (ClockState.MET_LATE, ClockHours.of_minutes(15))

    def test_f_04_the_thirtieth_minute_is_still_in_time(self):
        assert clock(received(at(3, 10), Accepted(at=at(3, 10, 30))), "F-04").state is ClockState.MET


class TestFirstReply:
    def test_f_07_is_due_at_the_close_of_the_second_day(self):
        found = clock(received(at(3, 10)), "F-07", at(5, 23))
        assert (found.due.moment, found.due.closing_day) == (at(6), date(2025, 3, 5))
        assert found.state is ClockState.RUNNING

    def test_f_07_a_call_on_the_third_day_is_a_breach_by_a_day(self):
        called = received(at(3, 10), Replied(at=at(6, 9), kind=ReplyKind.STATUS))
        found = clock(called, "F-07")
        assert (found.state, found.missed_by) == (ClockState.MET_LATE, NaturalDays(1))

    def test_f_07_the_close_itself_is_in_time_and_a_minute_later_is_not(self):
        assert clock(received(at(3, 10)), "F-07", at(6)).state is ClockState.RUNNING
        assert clock(received(at(3, 10)), "F-07", at(6, 0, 1)).state is ClockState.MISSED

    def test_f_07_what_is_solved_on_the_spot_needs_no_call(self):
        assert clock(received(at(3, 10), Solved(at=at(3, 11))), "F-07").state is ClockState.MET

    def test_f_29_an_estate_tells_the_status_on_the_day_of_the_log_entry(self):
        logged = received(at(3, 10), Accepted(at=at(3, 10, 5)))
        assert clock(logged, "F-29", times=ESTATE).due.moment == at(4)
        assert not has_clock(logged, "F-07", times=ESTATE)


class TestDepartments:
    def test_f_08_no_report_to_the_head_by_the_end_of_the_day_is_overdue(self):
        assert clock(received(at(3, 10)), "F-08", at(3, 23)).state is ClockState.RUNNING
        assert clock(received(at(3, 10)), "F-08", at(4, 9)).state is ClockState.MISSED

    def test_f_08_ends_when_the_head_is_told(self):
        told = received(at(3, 10), Told(at=at(3, 16), role=Role.DEPARTMENT_MANAGER))
        assert clock(told, "F-08").state is ClockState.MET

    def test_f_09_and_f_29_pass_on_by_the_close_of_the_next_working_day(self):
        logged = received(at(3, 10), Accepted(at=at(3, 10, 5)))
        assert clock(logged, "F-09").due.moment == at(5)

    def test_f_10_the_department_begins_the_same_day(self):
        assert clock(routed(), "F-10/begin.1").due.moment == at(4)
        assert clock(routed(Begun(at=at(3, 17))), "F-10/begin.1").state is ClockState.MET

    def test_f_10_a_general_case_is_answered_in_seven_days(self):
        assert clock(routed(), "F-10").due.closing_day == date(2025, 3, 10)
        answered = routed(Replied(at=at(10, 23), kind=ReplyKind.PLAN))
        assert clock(answered, "F-10").state is ClockState.MET

    def test_f_10_a_major_case_in_three(self):
        again = received(at(3, 10), Routed(at=at(3, 11), department=Department.SALES), earlier=("TS-0",))
        assert clock(again, "F-10").due.closing_day == date(2025, 3, 6)

    def test_f_10_a_status_report_is_no_answer(self):
        assert clock(routed(Replied(at=at(5), kind=ReplyKind.STATUS)), "F-10", at(6)).state is ClockState.RUNNING

    def test_f_11_the_investigation_ends_by_the_day_agreed(self):
        judged = routed(Judged(at=at(3, 15), founded=True, agreed_by=date(2025, 3, 6)))
        assert clock(judged, "F-11").due.moment == at(7)
        early = judged.after(Investigated(at=at(4, 9), cause="joint"))
        assert clock(early, "F-11").state is ClockState.MET

    def test_f_13_the_choice_is_made_by_the_close_of_the_next_working_day(self):
        proposed = routed(Proposed(at=at(7, 11), options=("a", "b")))
        assert clock(proposed, "F-13").due.moment == at(11)
        assert clock(proposed.after(Chosen(at=at(10, 9), option="a")), "F-13").state is ClockState.MET


class TestAfterSolving:
    def test_f_15_no_reaction_two_days_after_is_overdue(self):
        done = received(at(3, 10), Solved(at=at(10, 17)))
        assert clock(done, "F-15", at(11, 23)).state is ClockState.RUNNING
        assert clock(done, "F-15", at(12, 9)).missed_by == WorkingDays(1)

    def test_f_15_ends_with_the_reaction_or_the_callback(self):
        done = received(at(3, 10), Solved(at=at(10, 17)))
        assert clock(done.after(FeedbackGathered(at=at(11, 9))), "F-15").state is ClockState.MET
        assert clock(done.after(content(at(11, 9))), "F-15").state is ClockState.MET

    def test_f_18_the_callback_follows_within_three_days(self):
        assert clock(received(at(3, 10), Solved(at=at(10, 17))), "F-18").due.closing_day == date(2025, 3, 13)

    def test_f_18_every_solution_has_its_callback(self):
        twice = solved_case().after(
            unhappy(at(12, 9)), Reopened(at=at(12, 10)), Solved(at=at(17, 9)), content(at(18, 9))
        )
        assert clock(twice, "F-18/1").state is clock(twice, "F-18/2").state is ClockState.MET
        assert clock(twice, "F-18/2").due.closing_day == date(2025, 3, 20)


class TestReplies:
    def fixed(self, *more):
        first = Replied(at=at(7, 10), kind=ReplyKind.UNSOLVABLE, next_reply=date(2025, 3, 12))
        return received(at(3, 10), first, *more)

    def test_f_28_a_day_fixed_that_passes_silently_is_a_breach(self):
        assert clock(self.fixed(), "F-28/2025-03-12.1", at(12, 23)).state is ClockState.RUNNING
        assert clock(self.fixed(), "F-28/2025-03-12.1", at(13, 1)).state is ClockState.MISSED

    def test_f_28_the_next_reply_keeps_the_day_and_may_fix_another(self):
        replied = self.fixed(Replied(at=at(11, 9), kind=ReplyKind.UNSOLVABLE, next_reply=date(2025, 3, 20)))
        assert clock(replied, "F-28/2025-03-12.1").state is ClockState.MET
        assert clock(replied, "F-28/2025-03-20.2", at(15)).state is ClockState.RUNNING

    def test_f_28_asking_again_does_not_push_the_answer_out(self):
        asked = received(at(3, 10), Pressed(at=at(4, 9)), Pressed(at=at(4, 17)))
        assert clock(asked, "F-28/asked.1").due.moment == at(6)
        assert not has_clock(asked, "F-28/asked.2")

    def test_f_28_a_question_after_the_answer_starts_another_clock(self):
        asked = received(
            at(3, 10), Pressed(at=at(4, 9)), Replied(at=at(4, 10), kind=ReplyKind.STATUS), Pressed(at=at(7, 9))
        )
        assert clock(asked, "F-28/asked.1").state is ClockState.MET
        assert clock(asked, "F-28/asked.2").due.moment == at(11)

    def test_f_50_a_promise_for_the_tenth_is_broken_on_the_eleventh(self):
        promised = received(at(3, 10), Promised(at=at(5), by="Li", what="paint", until=date(2025, 3, 10)))
        assert clock(promised, "F-50/promise.1", at(11)).state is ClockState.RUNNING
        assert clock(promised, "F-50/promise.1", at(11, 9)).state is ClockState.MISSED

    def test_f_50_counts_against_whoever_gave_it(self):
        promised = received(
            at(3, 10),
            Promised(at=at(5), by="Li", what="paint", until=date(2025, 3, 10)),
            Promised(at=at(6), by="Wu", what="call", until=date(2025, 3, 7)),
            PromiseKept(at=at(7), what="call"),
        )
        assert [promise.by for promise in TIMES.broken_promises(promised, at(11, 9))] == ["Li"]
        assert TIMES.broken_promises(promised, at(11)) == ()

    def test_f_50_a_promise_kept_early_is_kept(self):
        kept = received(
            at(3, 10),
            Promised(at=at(5), what="paint", until=date(2025, 3, 10)),
            PromiseKept(at=at(8), what="paint"),
        )
        assert clock(kept, "F-50/promise.1").state is ClockState.MET


class TestHolds:
    def held(self, reason=HoldReason.WAITING_ON_CUSTOMER):
        return routed(
            Held(at=at(5, 9), reason=reason, until=at(20)),
            Resumed(at=at(7, 9)),
        )

    def test_waiting_on_the_customer_takes_its_nights_out(self):
        found = clock(self.held(), "F-10")
        assert found.due.closing_day == date(2025, 3, 12)
        assert found.paused == ((at(5, 9), at(7, 9)),)

    def test_waiting_on_others_stops_no_clock(self):
        assert clock(self.held(HoldReason.WAITING_ON_OTHERS), "F-10").due.closing_day == date(2025, 3, 10)

    def test_on_hold_the_clock_says_so(self):
        assert clock(self.held(), "F-10", at(6)).state is ClockState.PAUSED
        assert clock(self.held(), "F-10", at(7, 10)).state is ClockState.RUNNING

    def test_a_hold_nobody_ends_is_over_at_its_last_moment(self):
        forgotten = routed(Held(at=at(5, 9), reason=HoldReason.WAITING_ON_CUSTOMER, until=at(7, 9)))
        assert clock(forgotten, "F-10", at(8)).state is ClockState.RUNNING
        assert clock(forgotten, "F-10").due.closing_day == date(2025, 3, 12)


class TestEnds:
    def test_a_withdrawn_case_has_nothing_left_to_miss(self):
        gone = received(at(3, 10), Withdrawn(at=at(4, 9)))
        assert clock(gone, "F-07").state is ClockState.LAPSED
        assert not clock(gone, "F-07").open

    def test_what_was_missed_before_the_end_stays_missed(self):
        gone = received(at(3, 10), Withdrawn(at=at(7, 9)))
        found = clock(gone, "F-07")
        assert (found.state, found.missed_by) == (ClockState.MISSED, NaturalDays(2))

    def test_opened_again_the_answer_runs_on_with_the_time_between_as_a_pause(self):
        again = solved_case().after(unhappy(at(12, 9)), Reopened(at=at(12, 10)))
        found = clock(again, "F-10/1.2", at(13))
        assert found.paused == ((at(5, 17), at(12, 10)),)
        # Opened again it is repeated, so major: three days, of which the fourth was one.
        assert found.due.closing_day == date(2025, 3, 13)
        assert found.state is ClockState.RUNNING

    def test_opened_again_the_first_call_is_due_anew(self):
        again = solved_case().after(unhappy(at(12, 9)), Reopened(at=at(12, 10)))
        assert clock(again, "F-07/1.2").due.closing_day == date(2025, 3, 14)

    def test_an_extension_adds_nothing_where_the_documents_know_none(self):
        assert clock(routed(Extended(at=at(5), reason="test")), "F-10").due.closing_day == date(2025, 3, 10)

    def test_closing_after_the_solution_changes_no_clock(self):
        open_, closed = (
            solved_case().after(content(at(11, 9))),
            solved_case().after(content(at(11, 9)), Closed(at=at(12))),
        )
        assert [(each.key, each.due) for each in TIMES.clocks(open_, at(30))] == [
            (each.key, each.due) for each in TIMES.clocks(closed, at(30))
        ]


def test_of_several_open_clocks_the_earliest_is_next():
    found = TIMES.next_due(routed(Begun(at=at(3, 12)), Told(at=at(3, 12), role=Role.DEPARTMENT_MANAGER)), at(4))
    assert found.key == "F-07/TS-1/1"


def test_no_two_clocks_share_a_key():
    everything = solved_case().after(
        Pressed(at=at(10, 18)),
        unhappy(at(12, 9)),
        Reopened(at=at(12, 10)),
        Replied(at=at(12, 11), kind=ReplyKind.UNSOLVABLE, means=ReplyMeans.WRITTEN, next_reply=date(2025, 3, 14)),
        Promised(at=at(12, 12), what="paint", until=date(2025, 3, 14)),
    )
    keys = [each.key for each in TIMES.clocks(everything, at(30))]
    assert len(keys) == len(set(keys)) > 15


@pytest.mark.parametrize("late", [at(5), at(20)])
def test_what_happens_later_is_not_known_yet(late):
    called = received(at(3, 10), Replied(at=at(4, 9), kind=ReplyKind.STATUS))
    assert clock(called, "F-07", at(3, 12)).state is ClockState.RUNNING
    assert clock(called, "F-07", late).state is ClockState.MET
