"""F-21, F-32, F-36 to F-39, F-41, F-56: who is told by when, the ladder, and what silence costs."""

from datetime import date

import pytest

from complaint_samples import COMPLAINTS, COUNTING, TIMES, at, clock, content, has_clock, received, solved_case
from estatecrm.errors import InvalidFacts
from estatecrm.messages import language
from estatecrm.model import HoldReason, MajorTrigger, ReplyKind
from estatecrm.model.complaint_events import (
    Accepted,
    Classed,
    Closed,
    Convened,
    Held,
    Replied,
    Resumed,
    Solved,
    Told,
    Withdrawn,
)
from estatecrm.policy import Role
from estatecrm.rules.complaints.clock import ClockState
from estatecrm.rules.complaints.closing import Audit, Unwarned
from estatecrm.rules.complaints.escalation import Anchor, EscalationLadder, Rung
from estatecrm.rules.complaints.reporting import ReportWeek
from estatecrm.rules.complaints.timetable import Timetable
from estatecrm.rules.rulesets import DEVELOPER
from estatecrm.values import BusinessHours, ClockHours, NaturalDays, yuan

AT_THREE, LATE = at(3, 15), at(30)


def major(*history, when=AT_THREE):
    return received(when, Accepted(at=when), Classed(at=when, triggers=(MajorTrigger.BLOCKADE,)), *history)


def told(day: int, hour: int, *roles: Role):
    return [Told(at=at(day, hour), role=role) for role in roles]


class TestMajorClocks:
    def test_f_32_both_are_informed_within_the_hour(self):
        assert clock(major(), "F-32").due.moment == at(3, 16)
        both = major(*told(3, 16, Role.DEPARTMENT_MANAGER, Role.CENTER_LEADER))
        assert clock(both, "F-32").state is ClockState.MET

    def test_f_32_one_of_two_is_not_enough(self):
        assert clock(major(*told(3, 16, Role.CENTER_LEADER)), "F-32").state is ClockState.MISSED

    def test_f_32_the_customer_gets_reason_and_reply_time_the_same_day(self):
        assert clock(major(), "F-32/explained").due.moment == at(4)
        told_when = Replied(at=at(3, 17), kind=ReplyKind.UNSOLVABLE, next_reply=date(2025, 3, 6))
        assert clock(major(told_when), "F-32/explained").state is ClockState.MET

    def test_f_36_brand_and_legal_are_warned_within_24_hours(self):
        assert clock(major(), "F-36").due.moment == at(4, 15)
        assert clock(major(*told(4, 15, Role.BRAND_DIVISION, Role.LEGAL)), "F-36").state is ClockState.MET

    def test_f_36_without_legal_it_is_not_met(self):
        assert clock(major(*told(4, 9, Role.BRAND_DIVISION)), "F-36").state is ClockState.MISSED

    def test_f_36_a_general_case_needs_no_warning(self):
        assert not has_clock(received(), "F-36")

    def test_f_37_from_the_warning_on_tuesday_both_know_by_wednesday(self):
        warned = major(*told(4, 9, Role.BRAND_DIVISION, Role.LEGAL))
        assert clock(warned, "F-37").due.closing_day == date(2025, 3, 5)
        assert clock(warned.after(*told(5, 20, Role.OPS_VP, Role.CEO)), "F-37").state is ClockState.MET

    def test_f_37_does_not_run_before_the_warning(self):
        assert not has_clock(major(), "F-37")

    def test_f_38_head_and_general_manager_are_told_within_the_hour(self):
        assert clock(major(), "F-38").due.moment == at(3, 16)
        assert clock(major(*told(3, 16, Role.DEPARTMENT_MANAGER, Role.GENERAL_MANAGER)), "F-38").state is ClockState.MET

    def test_f_38_the_team_meets_within_a_day_under_the_general_manager(self):
        assert clock(major(), "F-38/meeting").due.moment == at(4, 15)
        without = major(Convened(at=at(4, 9), leader=Role.SALES_MANAGER))
        assert clock(without, "F-38/meeting").state is ClockState.MISSED
        led = major(Convened(at=at(4, 9), leader=Role.GENERAL_MANAGER))
        assert clock(led, "F-38/meeting").state is ClockState.MET

    def test_f_41_the_result_is_with_the_group_24_hours_after_completion(self):
        done = received(at(3, 10), Solved(at=at(5, 17)))
        assert clock(done, "F-41").due.moment == at(6, 17)
        assert clock(done.after(*told(6, 17, Role.GROUP_CUSTOMER_SERVICE)), "F-41").state is ClockState.MET


class TestLiability:
    def test_f_39_an_unwarned_loss_names_handler_and_manager(self):
        facts = Unwarned(TIMES.case(major()), False, yuan(50_000), "Li", "Wu")
        assert COMPLAINTS.liability.decide(facts).outcome == ("Li", "Wu")

    @pytest.mark.parametrize(("warned", "loss"), [(True, yuan(50_000)), (False, yuan(0))])
    def test_f_39_a_warning_in_time_or_no_loss_makes_nobody_liable(self, warned, loss):
        assert COMPLAINTS.liability.decide(Unwarned(TIMES.case(major()), warned, loss, "Li", "Wu")).refused

    def test_f_56_a_major_case_an_audit_finds_unreported_is_a_breach(self):
        assert COMPLAINTS.truthful.check(Audit(TIMES.case(major()))).missing == ("reported_up",)
        assert COMPLAINTS.truthful.check(Audit(TIMES.case(major(*told(3, 16, Role.CENTER_LEADER))))).complete
        assert COMPLAINTS.truthful.check(Audit(TIMES.case(received()))).complete


class TestWeeklyReport:
    def test_f_21_the_week_of_the_third_is_reported_by_friday(self):
        (duty,) = COMPLAINTS.weekly_report.plan(ReportWeek(date(2025, 3, 3)), COUNTING)
        assert duty.latest == at(8)
        late = COMPLAINTS.weekly_report.lateness(ReportWeek(date(2025, 3, 3)), at(8, 9), COUNTING)
        assert late == NaturalDays(1)

    def test_f_21_a_week_is_named_by_its_monday(self):
        with pytest.raises(InvalidFacts, match="no Monday"):
            ReportWeek(date(2025, 3, 4))


def keys(complaint, when, times=TIMES) -> list[str]:
    return [notice.key for notice in times.notices(complaint, when)]


def of(complaint, key: str, when=LATE):
    (found,) = [notice for notice in TIMES.notices(complaint, when) if notice.key == key]
    return found


class TestLadder:
    """F-21: rungs before due, at due, and a day after, counted as the clock is; notices keep quiet hours."""

    def test_f_21_the_supervisor_two_office_hours_before_midnight(self):
        notice = of(received(), "F-07/TS-1/1/rung-1")
        assert (notice.planned, notice.goes_out, notice.tell) == (at(5, 16), at(5, 16), (Role.SERVICE_SUPERVISOR,))

    def test_f_21_a_due_moment_at_midnight_is_told_in_the_morning(self):
        notice = of(received(), "F-07/TS-1/1/rung-2")
        assert (notice.planned, notice.goes_out, notice.due) == (at(6), at(6, 9), at(6))
        assert notice.tell == (Role.DEPARTMENT_MANAGER,)

    def test_f_21_the_general_manager_a_day_later(self):
        assert of(received(), "F-07/TS-1/1/rung-3").goes_out == at(7, 9)

    def test_a_rung_before_the_clock_began_does_not_exist(self):
        assert "F-04/TS-1/1/rung-1" not in keys(received(), at(30))
        assert "F-04/TS-1/1/rung-2" in keys(received(), at(30))

    def test_f_32_goes_out_at_night_and_the_others_wait(self):
        at_night = major(when=at(3, 23))
        assert of(at_night, "F-32/TS-1/1/rung-4").goes_out == at(3, 23)
        assert of(at_night, "F-32/TS-1/1/rung-2").goes_out == at(4, 9)

    def test_a_rung_moves_with_the_pauses_of_its_clock(self):
        held = received(
            at(3, 10),
            Held(at=at(4, 9), reason=HoldReason.WAITING_ON_CUSTOMER, until=at(20)),
            Resumed(at=at(5, 9)),
        )
        assert of(held, "F-07/TS-1/1/rung-1").planned == at(6, 16)

    def test_nothing_fires_for_a_clock_that_was_met(self):
        called = received(at(3, 10), Replied(at=at(4, 9), kind=ReplyKind.STATUS))
        assert not [key for key in keys(called, at(30)) if key.startswith("F-07")]

    @pytest.mark.parametrize("end", [Withdrawn(at=at(4, 9)), Closed(at=at(4, 9))])
    def test_nothing_fires_for_a_case_that_has_ended(self, end):
        ended = major(end)
        assert keys(ended, at(3, 23)) != []
        assert keys(ended, at(30)) == []
        assert TIMES.upcoming(ended, at(30)) == ()
        assert TIMES.next_moment(ended, at(30)) is None

    def test_nothing_fires_that_fell_due_before_a_late_answer(self):
        late = received(at(3, 10), Replied(at=at(6, 8), kind=ReplyKind.STATUS))
        assert "F-07/TS-1/1/rung-2" not in keys(late, at(6, 9))

    def test_asking_twice_gives_the_same_keys(self):
        assert keys(major(), at(10)) == keys(major(), at(10))

    def test_who_is_told_next_is_known_beforehand(self):
        upcoming = TIMES.upcoming(received(at(3, 10), Accepted(at=at(3, 10, 5))), at(3, 12))
        assert [(each.key, each.goes_out) for each in upcoming[:2]] == [
            ("F-08/TS-1/1/rung-1", at(3, 16)),
            ("F-08/TS-1/1/rung-2", at(4, 9)),
        ]

    def test_the_next_moment_is_a_notice_or_a_due_moment_whichever_is_sooner(self):
        accepted = received(at(3, 10), Accepted(at=at(3, 10, 5)))
        assert TIMES.next_moment(accepted, at(3, 12)) == at(3, 16)
        assert TIMES.next_moment(accepted, at(3, 16)) == at(4)

    def test_every_notice_has_gone_out_by_its_own_moment_and_not_before(self):
        case = major()
        for notice in TIMES.upcoming(case, at(3, 15)):
            assert notice.key not in keys(case, notice.goes_out.subtract(seconds=1))
            assert notice.key in keys(case, notice.goes_out)

    def test_a_notice_says_why_and_that_it_was_moved(self):
        reason = TIMES.why(received(), of(received(), "F-07/TS-1/1/rung-2"))
        assert [step.code for step in reason.working] == [
            "clock.start",
            "clock.limit",
            "clock.due",
            "notice.at_once",
            "notice.moved",
        ]

    @pytest.mark.parametrize(
        ("locale", "expected"),
        [
            ("zh", ["到期后24小时提醒：2025年3月7日 00:00", "在休息时间内，改为2025年3月7日 09:00发出"]),
            (
                "en",
                ["Told 24 hours after it fell due: 7 Mar 2025 00:00", "In quiet hours; goes out at 7 Mar 2025 09:00"],
            ),
        ],
    )
    def test_a_notice_says_so_in_both_languages(self, locale, expected):
        speak, reason = language(locale), TIMES.why(received(), of(received(), "F-07/TS-1/1/rung-3"))
        assert [speak.step(step) for step in reason.working][-2:] == expected
        assert "{" not in speak.why(reason)

    def test_a_notice_that_is_none_of_the_cases_is_not_explained(self):
        with pytest.raises(InvalidFacts, match="no notice"):
            TIMES.why(received(), of(major(), "F-36/TS-1/1/rung-5"))

    def test_the_schedule_is_what_was_due_and_what_comes(self):
        case, now = major(), at(4, 12)
        assert TIMES.schedule(case) == TIMES.notices(case, now) + TIMES.upcoming(case, now)

    def test_a_host_has_another_ladder(self):
        class Acme(EscalationLadder):
            """Acme: the head of department half way, counted in office hours from the start."""

            rungs = (Rung(anchor=Anchor.AFTER_START, offset=BusinessHours(8), tell=(Role.CEO,), entry="F-07"),)

        times = Timetable(DEVELOPER.using(Acme()))
        (notice,) = times.notices(received(), at(30))
        assert (notice.planned, notice.tell) == (at(4, 10, 30), (Role.CEO,))

    def test_a_rung_in_clock_hours_after_the_start_goes_through_pauses(self):
        class Acme(EscalationLadder):
            rungs = (Rung(anchor=Anchor.AFTER_START, offset=ClockHours(24), tell=(Role.CEO,), entry="F-07"),)

        held = received(
            at(3, 10), Held(at=at(3, 12), reason=HoldReason.AGREED_APPOINTMENT, until=at(3, 14)), content(at(20, 9))
        )
        times = Timetable(DEVELOPER.using(Acme()))
        (notice,) = times.notices(held, at(10))
        assert notice.planned == at(4, 12)


def test_solved_cases_fire_nothing_for_clocks_they_met():
    assert not [key for key in keys(solved_case(), at(10, 18)) if key.startswith(("F-07", "F-11", "F-13"))]
