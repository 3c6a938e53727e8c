"""Limits with pauses: hours made up to the second, days taken out by the close; and the way back."""

from datetime import date

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from estatecrm.calendars import (
    Ending,
    Intervals,
    OfficeHours,
    OfficeTime,
    Pause,
    PauseInDays,
    PlainWeek,
    Roll,
    back_from_us,
    end_through,
    end_through_us,
    intervals,
    microseconds_of,
    moment_from,
)
from estatecrm.errors import InvalidFacts
from estatecrm.values import PROMPT, BusinessHours, ClockHours, NaturalDays, TimeLimit, WorkingDays

OFFICE = OfficeTime(PlainWeek(), OfficeHours.weekdays("09:00-12:00", "13:30-18:00"))


def at(day: int, hour: int = 0, minute: int = 0) -> pendulum.DateTime:
    """A moment in March 2025; the third is a Monday."""
    return pendulum.datetime(2025, 3, day, hour, minute, tz="Asia/Shanghai")


def paused(*stretches: tuple[pendulum.DateTime, pendulum.DateTime]) -> Intervals:
    return intervals(Pause(start, end) for start, end in stretches)


def due(limit: TimeLimit, start: pendulum.DateTime, *stretches, office: OfficeTime = OFFICE) -> pendulum.DateTime:
    return end_through(office, limit, start, paused(*stretches)).moment


class TestHours:
    def test_a_pause_extends_clock_hours_by_its_length(self):
        assert due(ClockHours(24), at(3, 10), (at(3, 12), at(3, 14))) == at(4, 12)

    def test_a_pause_that_begins_when_the_hours_are_over_changes_nothing(self):
        assert due(ClockHours(2), at(3, 10), (at(3, 12), at(3, 14))) == at(3, 12)

    def test_under_the_other_ending_it_pushes_even_that_out(self):
        strict = OFFICE.following(Ending.AT_NEXT_OPENING)
        assert due(ClockHours(2), at(3, 10), (at(3, 12), at(3, 14)), office=strict) == at(3, 14)

    def test_a_pause_running_at_the_start_holds_the_start_back(self):
        assert due(ClockHours(1), at(3, 10), (at(3, 9), at(3, 11))) == at(3, 12)

    def test_business_hours_lose_only_what_lay_in_office_hours(self):
        assert due(BusinessHours(3), at(3, 10), (at(3, 11), at(3, 15))) == at(3, 17)


class TestDays:
    def test_a_pause_within_one_day_takes_no_day_out(self):
        assert due(NaturalDays(2), at(3, 10), (at(4, 9), at(4, 17))) == at(6)

    def test_a_day_at_whose_close_the_clock_stood_still_is_not_counted(self):
        assert due(NaturalDays(2), at(3, 10), (at(4, 10), at(5, 9))) == at(7)

    def test_a_pause_that_begins_with_the_close_takes_no_day_out(self):
        assert due(NaturalDays(2), at(3, 10), (at(5), at(5, 9))) == at(6)

    def test_a_pause_that_ends_with_the_close_takes_the_day_out(self):
        assert due(NaturalDays(2), at(3, 10), (at(4, 10), at(5))) == at(7)

    def test_under_the_other_reading_any_part_of_a_day_takes_it_out(self):
        generous = OFFICE.following(PauseInDays.ANY_PART)
        assert due(NaturalDays(2), at(3, 10), (at(4, 9), at(4, 17)), office=generous) == at(7)

    def test_a_pause_over_a_weekend_takes_no_working_day_out(self):
        assert due(WorkingDays(2), at(7, 10), (at(8), at(9, 20))) == at(12)

    def test_a_pause_over_a_working_night_takes_it_out(self):
        assert due(WorkingDays(2), at(7, 10), (at(10, 10), at(11, 9))) == at(13)

    def test_the_same_day_moves_to_the_first_day_that_closes_running(self):
        assert due(NaturalDays(0), at(3, 10), (at(3, 12), at(4, 9))) == at(5)

    def test_a_last_day_that_is_not_worked_rolls_on_after_the_pause(self):
        end = end_through(OFFICE, NaturalDays(4), at(3, 10), paused((at(5, 12), at(6, 12))), roll=Roll.NEXT)
        assert end.moment == at(11)
        assert end.closing_day == date(2025, 3, 10)

    def test_a_word_is_no_length_of_time(self):
        with pytest.raises(InvalidFacts, match="no length"):
            end_through_us(OFFICE, PROMPT, 0, ((1, 2),))


class TestBack:
    def back(self, amount: TimeLimit, end: pendulum.DateTime, *stretches) -> pendulum.DateTime:
        return moment_from(back_from_us(OFFICE, amount, microseconds_of(end), paused(*stretches)))

    def test_two_business_hours_before_midnight_lie_before_the_closing(self):
        assert self.back(BusinessHours(2), at(6)) == at(5, 16)

    def test_clock_hours_go_back_through_a_pause(self):
        assert self.back(ClockHours(4), at(4, 12), (at(4, 9), at(4, 11))) == at(4, 6)

    def test_business_hours_go_back_through_a_pause(self):
        assert self.back(BusinessHours(2), at(4, 11), (at(4, 9, 30), at(4, 10, 30))) == at(3, 17)

    def test_a_pause_reaching_past_the_end_is_skipped_whole(self):
        assert self.back(ClockHours(1), at(4, 12), (at(4, 10), at(4, 13))) == at(4, 9)

    def test_days_keep_the_clock_time(self):
        assert self.back(NaturalDays(2), at(6, 10)) == at(4, 10)
        assert self.back(WorkingDays(2), at(10, 10)) == at(6, 10)

    def test_nothing_back_is_the_end_itself(self):
        assert self.back(WorkingDays(0), at(8, 10)) == at(8, 10)
        assert self.back(ClockHours(0), at(8, 10)) == at(8, 10)


MINUTE = 60_000_000
START = microseconds_of(at(3))
MOMENTS = st.integers(0, 40 * 24 * 60).map(lambda minutes: START + minutes * MINUTE)
LIMITS = st.one_of(
    st.integers(0, 60).map(ClockHours),
    st.integers(0, 60).map(BusinessHours),
    st.integers(0, 20).map(NaturalDays),
    st.integers(0, 20).map(WorkingDays),
)


@st.composite
def stretches(draw: st.DrawFn) -> Intervals:
    ends = sorted(set(draw(st.lists(MOMENTS, max_size=8))))
    return tuple((first, last) for first, last in zip(ends[::2], ends[1::2], strict=False) if first < last)


@given(LIMITS, MOMENTS, stretches(), st.integers(0, 3))
def test_more_pause_never_makes_it_earlier(limit, start, held, kept):
    assert end_through_us(OFFICE, limit, start, held[:kept]) <= end_through_us(OFFICE, limit, start, held)


@given(LIMITS, MOMENTS)
def test_without_pauses_it_is_the_plain_count(limit, start):
    long_ago = ((START - MINUTE, START),)
    assert end_through_us(OFFICE, limit, start, long_ago) == end_through_us(OFFICE, limit, start)


@given(st.integers(1, 60), MOMENTS, stretches())
def test_clock_hours_there_and_back_measure_the_same(hours, start, held):
    end = end_through_us(OFFICE, ClockHours(hours), start, held)
    back = back_from_us(OFFICE, ClockHours(hours), end, held)
    running = sum(max(0, min(last, end) - max(first, back)) for first, last in held)
    assert end - back - running == hours * 60 * MINUTE
