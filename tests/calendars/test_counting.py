"""R-02 and R-03: how long a time limit runs, one test per boundary day."""

from datetime import date, datetime

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pendulum import DateTime

from estatecrm.calendars import (
    ClockTime,
    OfficeHours,
    OfficeTime,
    PlainWeek,
    Roll,
    StateCouncil,
    Weekday,
    assumed_years,
    before_weekday,
    closing_of,
    end_of,
    end_of_us,
    microseconds_of,
    moment_from,
    overrun,
)
from estatecrm.errors import InvalidFacts, UnpublishedYear
from estatecrm.values import PROMPT, BusinessHours, ClockHours, NaturalDays, TimeLimit, WorkingDays

HOURS = OfficeHours.weekdays("09:00-12:00", "13:30-18:00")
PLAIN = OfficeTime(PlainWeek(), HOURS)
CHINA = OfficeTime(StateCouncil(), HOURS)


def at(text: str) -> DateTime:
    return pendulum.instance(datetime.fromisoformat(text), tz="Asia/Shanghai")


MONDAY = at("2025-03-03 10:00")
FRIDAY = at("2025-03-07 16:00")


def test_two_days_end_at_the_close_of_the_second_day_after() -> None:
    """R-03, its worked example."""
    due = end_of(PLAIN, NaturalDays(2), MONDAY)
    assert due.moment == at("2025-03-06 00:00")
    assert due.closing_day == date(2025, 3, 5)
    assert not due.provisional


def test_twenty_four_hours_are_exact() -> None:
    """R-03, its worked example."""
    due = end_of(PLAIN, ClockHours(24), MONDAY)
    assert due.moment == at("2025-03-04 10:00")
    assert due.closing_day is None


def test_the_same_day_ends_at_its_close() -> None:
    """R-03: "same day"."""
    due = end_of(PLAIN, NaturalDays(0), at("2025-03-03 23:59:59.999999"))
    assert (due.moment, due.closing_day) == (at("2025-03-04 00:00"), date(2025, 3, 3))


def test_midnight_begins_the_next_day() -> None:
    """R-03: a trigger at 00:00 belongs to the day that begins."""
    assert end_of(PLAIN, NaturalDays(0), at("2025-03-04 00:00")).closing_day == date(2025, 3, 4)


@pytest.mark.parametrize(
    ("start", "closing"),
    [
        ("2025-03-03 10:00", date(2025, 3, 4)),
        ("2025-03-04 10:00", date(2025, 3, 4)),
        ("2025-03-05 10:00", date(2025, 3, 11)),
        ("2025-03-09 23:00", date(2025, 3, 11)),
    ],
)
def test_before_wednesday_ends_at_the_close_of_tuesday(start: str, closing: date) -> None:
    """R-03: "before Wednesday"."""
    assert before_weekday(PLAIN, Weekday.WEDNESDAY, at(start)).closing_day == closing
    assert before_weekday(PLAIN, Weekday.MONDAY, at("2025-03-03 10:00")).closing_day == date(2025, 3, 9)


def test_an_office_may_close_its_days_earlier() -> None:
    """R-03: the parameter day_close."""
    six = ClockTime.parse("18:00")
    assert end_of(PLAIN, NaturalDays(2), MONDAY, day_close=six).moment == at("2025-03-05 18:00")
    assert closing_of(PLAIN, date(2025, 3, 5)).moment == at("2025-03-06 00:00")
    assert closing_of(PLAIN, date(2025, 3, 5), day_close=six).moment == at("2025-03-05 18:00")


def test_what_the_vague_words_stand_for_on_a_friday_afternoon() -> None:
    """R-02, its worked example, with the limits the default rule puts in the words' places."""
    assert end_of(PLAIN, ClockHours(1), FRIDAY).moment == at("2025-03-07 17:00")
    assert end_of(PLAIN, NaturalDays(0), FRIDAY).moment == at("2025-03-08 00:00")
    prompt = end_of(PLAIN, WorkingDays(1), FRIDAY)
    assert (prompt.moment, prompt.closing_day) == (at("2025-03-11 00:00"), date(2025, 3, 10))


def test_a_vague_word_must_be_replaced_first() -> None:
    """R-02."""
    with pytest.raises(InvalidFacts, match="'prompt'"):
        end_of(PLAIN, PROMPT, MONDAY)
    with pytest.raises(InvalidFacts, match="'prompt'"):
        end_of_us(PLAIN, PROMPT, 0)


def test_working_days_pass_over_the_national_day_and_take_make_up_days() -> None:
    """R-03: working days through the calendar. In 2025 the 28th of September and the 11th of October are worked."""
    assert end_of(CHINA, WorkingDays(1), at("2025-09-26 10:00")).closing_day == date(2025, 9, 28)
    assert end_of(CHINA, WorkingDays(1), at("2025-09-30 10:00")).closing_day == date(2025, 10, 9)
    assert end_of(CHINA, WorkingDays(3), at("2025-09-30 10:00")).closing_day == date(2025, 10, 11)


def test_no_working_days_end_today_or_with_the_next_one() -> None:
    assert end_of(PLAIN, WorkingDays(0), FRIDAY).closing_day == date(2025, 3, 7)
    assert end_of(PLAIN, WorkingDays(0), at("2025-03-08 10:00")).closing_day == date(2025, 3, 10)


def test_business_hours_run_while_the_office_is_open() -> None:
    assert end_of(PLAIN, BusinessHours(3), FRIDAY).moment == at("2025-03-10 10:00")


def test_a_last_day_that_is_not_worked_moves_only_when_asked() -> None:
    """DOMAIN rule 4: internal limits stay, legal ones roll."""
    saturday = end_of(PLAIN, NaturalDays(1), FRIDAY)
    assert saturday.closing_day == date(2025, 3, 8)
    assert end_of(PLAIN, NaturalDays(1), FRIDAY, roll=Roll.NEXT).closing_day == date(2025, 3, 10)
    assert end_of(PLAIN, NaturalDays(1), FRIDAY, roll=Roll.PREVIOUS).closing_day == date(2025, 3, 7)


def test_an_answer_through_an_unpublished_year_says_so() -> None:
    due = end_of(CHINA, WorkingDays(1), at("2026-12-31 10:00"))
    assert due.closing_day == date(2027, 1, 1)
    assert (due.provisional, due.assumed_years) == (True, (2027,))
    hours = end_of(CHINA, BusinessHours(9), at("2026-12-31 10:00"))
    assert hours.assumed_years == (2027,)
    rolled = end_of(CHINA, NaturalDays(2), at("2026-12-31 10:00"), roll=Roll.NEXT)
    assert (rolled.closing_day, rolled.assumed_years) == (date(2027, 1, 4), (2027,))


def test_an_answer_that_needs_no_calendar_is_never_provisional() -> None:
    assert not end_of(CHINA, NaturalDays(30), at("2026-12-31 10:00")).provisional
    assert not end_of(CHINA, ClockHours(1000), at("2026-12-31 10:00")).provisional
    assert not end_of(CHINA, BusinessHours(6), at("2026-12-31 10:00")).provisional
    assert not end_of(CHINA, WorkingDays(1), at("2026-12-30 10:00")).provisional


def test_strict_counting_refuses_an_unpublished_year_and_only_that() -> None:
    strict = OfficeTime(StateCouncil().strict(), HOURS)
    assert end_of(strict, WorkingDays(1), at("2026-12-30 10:00")).closing_day == date(2026, 12, 31)
    assert end_of(strict, BusinessHours(6), at("2026-12-31 10:00")).moment == at("2026-12-31 17:30")
    assert end_of(strict, NaturalDays(30), at("2026-12-31 10:00")).closing_day == date(2027, 1, 30)
    for limit in (WorkingDays(1), BusinessHours(9)):
        with pytest.raises(UnpublishedYear) as refused:
            end_of(strict, limit, at("2026-12-31 10:00"))
        assert refused.value.year == 2027


def test_late_by_one_working_day() -> None:
    """A-08: collected on Monday, due PROMPT, handed in on Wednesday."""
    due = end_of(PLAIN, WorkingDays(1), MONDAY)
    assert due.closing_day == date(2025, 3, 4)
    assert overrun(PLAIN, WorkingDays(1), due, at("2025-03-04 23:59:59")) is None
    assert overrun(PLAIN, WorkingDays(1), due, at("2025-03-05 00:00")) is None
    assert overrun(PLAIN, WorkingDays(1), due, at("2025-03-05 00:00:01")) == WorkingDays(1)
    assert overrun(PLAIN, WorkingDays(1), due, at("2025-03-05 15:00")) == WorkingDays(1)
    assert overrun(PLAIN, WorkingDays(1), due, at("2025-03-06 09:00")) == WorkingDays(2)


def test_a_weekend_after_the_deadline_is_late_without_a_working_day() -> None:
    due = end_of(PLAIN, WorkingDays(0), FRIDAY)
    assert overrun(PLAIN, WorkingDays(0), due, at("2025-03-08 09:00")) == WorkingDays(0)
    assert overrun(PLAIN, WorkingDays(0), due, at("2025-03-10 09:00")) == WorkingDays(1)


def test_late_by_natural_days() -> None:
    """C-09: days late are counted by date."""
    due = end_of(PLAIN, NaturalDays(2), MONDAY)
    assert overrun(PLAIN, NaturalDays(2), due, at("2025-03-05 23:00")) is None
    assert overrun(PLAIN, NaturalDays(2), due, at("2025-03-06 00:01")) == NaturalDays(1)
    assert overrun(PLAIN, NaturalDays(2), due, at("2025-03-07 00:00")) == NaturalDays(1)
    assert overrun(PLAIN, NaturalDays(2), due, at("2025-03-07 00:01")) == NaturalDays(2)


def test_late_in_days_that_close_at_six() -> None:
    due = end_of(PLAIN, NaturalDays(2), MONDAY, day_close=ClockTime.parse("18:00"))
    assert overrun(PLAIN, NaturalDays(2), due, at("2025-03-05 18:00")) is None
    assert overrun(PLAIN, NaturalDays(2), due, at("2025-03-05 20:00")) == NaturalDays(1)
    assert overrun(PLAIN, NaturalDays(2), due, at("2025-03-06 18:00")) == NaturalDays(1)
    assert overrun(PLAIN, NaturalDays(2), due, at("2025-03-06 18:01")) == NaturalDays(2)


def test_late_by_hours() -> None:
    due = end_of(PLAIN, ClockHours(24), MONDAY)
    assert overrun(PLAIN, ClockHours(24), due, at("2025-03-04 11:30")) == ClockHours("1.5")
    assert overrun(PLAIN, ClockHours(24), due, at("2025-03-04 10:00:00.000001")) == ClockHours.of_seconds(1)
    business = end_of(PLAIN, BusinessHours(3), FRIDAY)
    assert overrun(PLAIN, BusinessHours(3), business, at("2025-03-10 13:45")) == BusinessHours("2.25")


LIMITS = st.one_of(
    st.integers(0, 400).map(NaturalDays),
    st.integers(0, 200).map(WorkingDays),
    st.integers(0, 10**6).map(ClockHours.of_seconds),
    st.integers(0, 10**6).map(BusinessHours.of_seconds),
)
STARTS = st.integers(microseconds_of(at("2024-01-01")), microseconds_of(at("2026-12-31")))


@given(LIMITS, STARTS, st.sampled_from(Roll))
def test_the_integer_form_answers_as_the_other(limit: TimeLimit, start: int, roll: Roll) -> None:
    due = end_of(CHINA, limit, moment_from(start), roll=roll)
    end = end_of_us(CHINA, limit, start, roll=roll)
    assert moment_from(end) == due.moment
    assert set(due.assumed_years) <= set(assumed_years(CHINA, start, max(start, end)))


@given(LIMITS, STARTS)
def test_nothing_is_late_at_its_own_end(limit: TimeLimit, start: int) -> None:
    due = end_of(CHINA, limit, moment_from(start))
    assert due.moment >= moment_from(start)
    assert overrun(CHINA, limit, due, due.moment) is None
    assert overrun(CHINA, limit, due, moment_from(microseconds_of(due.moment) + 1)) is not None


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(InvalidFacts, match="time zone"):
        end_of(PLAIN, NaturalDays(1), datetime(2025, 3, 3, 10))  # noqa: DTZ001  # the point of the test


def test_the_offices_zone_decides_what_day_it_is() -> None:
    """21:00 in London is already the next morning in Shanghai."""
    london = pendulum.datetime(2025, 3, 3, 21, tz="Europe/London")
    due = end_of(PLAIN, NaturalDays(0), london)
    assert due.closing_day == date(2025, 3, 4)
    assert due.moment.timezone_name == "Asia/Shanghai"
    assert PLAIN.date_of(london) == date(2025, 3, 4)
    assert PLAIN.moment_on(date(2025, 3, 4), ClockTime.parse("09:00")) == at("2025-03-04 09:00")
