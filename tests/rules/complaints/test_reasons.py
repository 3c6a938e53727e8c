"""Why a clock is due when it is, in both languages; and the laws that every clock keeps."""

from itertools import pairwise

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_samples import COUNTING, TIMES, at, clock, received, solved_case, unhappy
from estatecrm.calendars import OfficeHours, PauseInDays, PlainWeek, StateCouncil
from estatecrm.decisions import Reason
from estatecrm.messages import language
from estatecrm.model import HoldReason, ReplyKind
from estatecrm.model.complaint_events import Accepted, Happening, Held, Reopened, Replied, Resumed, Routed, Withdrawn
from estatecrm.policy import Department, Role
from estatecrm.rules.complaints.clock import ClockState, joined
from estatecrm.rules.complaints.clocks import FirstReply
from estatecrm.rules.complaints.timetable import Timetable
from estatecrm.rules.rulesets import DEVELOPER
from estatecrm.values import BusinessHours


def said(reason: Reason, locale: str) -> list[str]:
    speak = language(locale)
    return [speak.condition(each) for each in reason.because] + [speak.step(each) for each in reason.working]


def held():
    return received(
        at(3, 10),
        Routed(at=at(3, 11), department=Department.ENGINEERING),
        Held(at=at(5, 9), reason=HoldReason.WAITING_ON_CUSTOMER, until=at(20)),
        Resumed(at=at(7, 9)),
    )


def test_f_10_says_start_limit_pause_convention_and_due():
    assert said(clock(held(), "F-10").reason, "zh") == [
        "没有重大情形，为一般投诉",
        "自2025年3月3日 11:00起算",
        "期限7天",
        "2025年3月5日 09:00起暂停计时，至2025年3月7日 09:00",
        "起决定作用的约定：一日终了时暂停的，该日不计",
        "最迟2025年3月12日 24:00",
    ]
    assert said(clock(held(), "F-10").reason, "en")[-2:] == [
        "The convention that decided: a day at whose close the clock stood still does not count",
        "Latest 12 Mar 2025 24:00",
    ]


def test_f_09_says_what_a_vague_word_means():
    accepted = received(at(3, 10), Accepted(at=at(3, 10, 5)))
    assert "“及时”按1个工作日计" in said(clock(accepted, "F-09").reason, "zh")


def test_a_convention_that_decided_nothing_is_not_named():
    steps = [step.code for step in clock(received(), "F-07").reason.working]
    assert steps == ["clock.start", "clock.limit", "clock.due"]


def test_a_limit_in_office_hours_names_the_convention_on_closing_time():
    class Acme(FirstReply):
        within = BusinessHours(2)

    times = Timetable(DEVELOPER.using(Acme()))
    reason = clock(received(at(3, 16)), "F-07", times=times).reason
    assert next(step.value for step in reason.working if step.code == "clock.convention").value == "at_closing"


def test_after_reopening_the_choice_of_convention_is_said():
    again = solved_case().after(unhappy(at(12, 9)), Reopened(at=at(12, 10)))
    assert "重新打开后的计时：接着计时，其间视为暂停" in said(clock(again, "F-10/1.2").reason, "zh")


def test_a_due_moment_in_an_unpublished_year_is_provisional_and_names_it():
    late = received(
        pendulum.datetime(2095, 12, 30, 10, tz="Asia/Shanghai"),
        Accepted(at=pendulum.datetime(2095, 12, 30, 10, 5, tz="Asia/Shanghai")),
    )
    reason = clock(late, "F-09", pendulum.datetime(2096, 1, 9, tz="Asia/Shanghai")).reason
    assert reason.provisional
    assert dict(reason.working[-1].values)["assumed_years"] == (2095, 2096)


def test_under_another_reading_of_pauses_the_same_case_is_due_later():
    generous = DEVELOPER.using(type(COUNTING)(time=COUNTING.time.following(PauseInDays.ANY_PART)))
    assert clock(held(), "F-10", times=Timetable(generous)).due.closing_day.day == 13


def test_a_host_changes_one_limit_in_a_small_subclass():
    class Acme(FirstReply):
        """Acme: four office hours, counted in lunch breaks that do not count."""

        within = BusinessHours(4)

    found = clock(received(at(3, 10)), "F-07", times=Timetable(DEVELOPER.using(Acme())))
    assert found.due.moment == at(3, 15, 30)
    assert found.rule == "Acme"


MINUTES = st.integers(0, 30 * 24 * 60)


@given(start=MINUTES)
def test_moving_a_start_inside_a_closed_gap_never_changes_the_due_time(start):
    class Acme(FirstReply):
        within = BusinessHours(5)

    times = Timetable(DEVELOPER.using(Acme()))
    when = at(3).add(minutes=start)
    opening = times.ruleset.counting.time.business.first_open(when)
    (first,), (second,) = (
        [each.due.moment for each in times.clocks(received(moment), moment) if each.rule == "Acme"]
        for moment in (when, opening)
    )
    assert first == second


@st.composite
def happenings(draw: st.DrawFn) -> tuple[Happening, ...]:
    """A history in order: replies, tellings, holds that end, and perhaps an end."""
    moments = sorted(draw(st.lists(MINUTES, min_size=1, max_size=8)))
    made: list[Happening] = [Accepted(at=at(3, 10))]
    holding = False
    for minutes in moments:
        when = at(3, 10).add(minutes=minutes)
        kinds = ["reply", "route", "resume" if holding else "hold"]
        match draw(st.sampled_from(kinds)):
            case "reply":
                made.append(Replied(at=when, kind=draw(st.sampled_from(list(ReplyKind)))))
            case "route":
                made.append(Routed(at=when, department=Department.SALES))
            case "hold":
                reason = draw(st.sampled_from(list(HoldReason)))
                made.append(Held(at=when, reason=reason, until=at(3, 10, month=6)))
                holding = True
            case _:
                made.append(Resumed(at=when))
                holding = False
    if draw(st.booleans()):
        made.append(Withdrawn(at=at(3, 10).add(minutes=moments[-1])))
    return tuple(made)


@given(happenings(), MINUTES)
def test_every_clock_is_in_one_state_and_late_only_past_due(history, minutes):
    case, now = received(at(3, 10), *history), at(3, 10).add(minutes=minutes)
    for each in TIMES.clocks(case, now):
        late = each.state in (ClockState.MISSED, ClockState.MET_LATE)
        assert (each.missed_by is not None) is late
        assert each.due.moment >= each.start
        assert not (each.open and case.as_of(now).ended)
        if each.state is ClockState.MISSED and each.open:
            assert now > each.due.moment


@given(happenings(), MINUTES, MINUTES)
def test_notices_only_grow_until_something_happens(history, one, other):
    case = received(at(3, 10), *history)
    last = case.history[-1].at
    early, late = sorted((one, other))
    first = {each.key for each in TIMES.notices(case, last.add(minutes=early))}
    second = {each.key for each in TIMES.notices(case, last.add(minutes=late))}
    assert first <= second
    if case.ended:
        assert second == set()


@given(happenings(), MINUTES)
def test_what_comes_next_has_come_once_its_moment_is_there(history, minutes):
    case = received(at(3, 10), *history)
    now = case.history[-1].at.add(minutes=minutes)
    due = {each.key for each in TIMES.notices(case, now)}
    for each in TIMES.upcoming(case, now):
        assert each.key not in due
        assert each.goes_out > now


@given(st.lists(st.tuples(MINUTES, MINUTES), max_size=6))
def test_joined_stretches_are_in_order_and_apart(stretches):
    found = joined(tuple(stretches))
    assert all(first < last for first, last in found)
    assert all(one[1] < other[0] for one, other in pairwise(found))
    covered = {minute for first, last in stretches for minute in (first, last - 1) if first < last}
    assert all(any(first <= minute < last for first, last in found) for minute in covered)


@pytest.mark.parametrize("calendar", [StateCouncil(), PlainWeek()])
def test_a_calendar_of_the_hosts_counts_for_every_clock(calendar):
    hours = OfficeHours.weekdays("09:00-18:00")
    counting = type(COUNTING)(time=type(COUNTING.time)(calendar, hours))
    holiday = received(at(30, 10, month=4), Accepted(at=at(30, 10, month=4)))
    found = clock(holiday, "F-09", at(30, 11, month=4), Timetable(DEVELOPER.using(counting)))
    # The fifth of May is the last day of the holiday; a plain week knows none.
    assert found.due.closing_day.isoformat() == ("2025-05-06" if calendar == StateCouncil() else "2025-05-01")
    assert found.role is Role.SERVICE_SPECIALIST
