"""Working days: the State Council's table, plain weeks, a host's own days, years nobody has published."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pendulum
import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from estatecrm.calendars import Day, DayReason, PlainWeek, Roll, StateCouncil, Weekday, WorkingCalendar
from estatecrm.errors import InvalidCalendar, InvalidFacts, UnpublishedYear

NOTICES = json.loads((Path(__file__).parents[1] / "cases" / "cn_holidays.json").read_text(encoding="utf-8"))
WORKING_DAYS = {2020: 249, 2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 248, 2026: 248}
CHINA = StateCouncil()


@pytest.mark.parametrize("year", WORKING_DAYS)
def test_every_named_day_of_the_notices(year: int) -> None:
    notice = NOTICES[str(year)]
    assert [day for day in notice["off"] if CHINA.day(date.fromisoformat(day)).working] == []
    assert [day for day in notice["work"] if not CHINA.day(date.fromisoformat(day)).working] == []
    count = CHINA.working_days_between(date(year, 1, 1), date(year + 1, 1, 1))
    assert (count.days, count.assumed_years) == (WORKING_DAYS[year], (2027,) if year == 2026 else ())


def test_reasons() -> None:
    reasons = {
        date(2025, 1, 26): DayReason.MAKE_UP,
        date(2025, 1, 28): DayReason.HOLIDAY,
        date(2025, 2, 1): DayReason.HOLIDAY,
        date(2025, 3, 1): DayReason.WEEKEND,
        date(2025, 3, 3): DayReason.WORKDAY,
    }
    assert {day: CHINA.day(day).reason for day in reasons} == reasons


def test_a_year_outside_the_table_is_the_plain_week_and_says_so() -> None:
    assert CHINA.day(date(2026, 10, 1)).published
    first = CHINA.day(date(2027, 1, 1))
    assert (first.working, first.published) == (True, False)
    counted = CHINA.add_working_days(date(2026, 12, 31), 1)
    assert (counted.date, counted.provisional, counted.assumed_years) == (date(2027, 1, 1), True, (2027,))
    far = CHINA.add_working_days(date(2026, 12, 31), 300)
    assert far.assumed_years == (2027, 2028)
    before = CHINA.previous_working_day(date(2004, 1, 1))
    assert (before.date, before.assumed_years) == (date(2003, 12, 31), (2003,))


def test_strict_refuses_what_is_not_published() -> None:
    strict = CHINA.strict()
    assert strict.add_working_days(date(2026, 12, 30), 1).date == date(2026, 12, 31)
    with pytest.raises(UnpublishedYear, match="2027"):
        strict.add_working_days(date(2026, 12, 31), 1)
    with pytest.raises(UnpublishedYear, match="2027"):
        strict.day(date(2027, 6, 1))


def test_a_host_can_publish_a_year_itself() -> None:
    ours = CHINA.with_days(off=[date(2027, 1, 1)], work=[date(2027, 1, 2)], publishes=[2027])
    counted = ours.strict().add_working_days(date(2026, 12, 31), 1)
    assert (counted.date, counted.provisional) == (date(2027, 1, 2), False)
    assert ours.day(date(2027, 1, 1)).reason is DayReason.HOST_OFF
    assert ours.day(date(2027, 1, 2)).reason is DayReason.HOST_WORK


def test_host_days_beat_the_table() -> None:
    ours = CHINA.with_days(work=[date(2025, 10, 1)], off=[date(2025, 10, 9)])
    assert ours.next_working_day(date(2025, 9, 30)).date == date(2025, 10, 1)
    assert ours.next_working_day(date(2025, 10, 1)).date == date(2025, 10, 10)
    with pytest.raises(InvalidCalendar, match="2025-10-01"):
        CHINA.with_days(off=[date(2025, 10, 1)], work=[date(2025, 10, 1)])


@frozen(slots=False)
class OddDays(WorkingCalendar):
    """A host's own calendar in three lines."""

    def day(self, day: date, /) -> Day:
        return Day(day, working=day.day % 2 == 1, reason=DayReason.WORKDAY)


def test_a_host_overrides_one_question() -> None:
    assert OddDays().add_working_days(date(2025, 3, 1), 2).date == date(2025, 3, 5)
    assert OddDays().working_days_between(date(2025, 3, 1), date(2025, 4, 1)).days == 16


def test_counting_zero_days_stays() -> None:
    assert PlainWeek().add_working_days(date(2025, 3, 8), 0).date == date(2025, 3, 8)


@pytest.mark.parametrize(
    ("roll", "expected"),
    [
        (Roll.NONE, date(2025, 5, 31)),
        (Roll.NEXT, date(2025, 6, 2)),
        (Roll.PREVIOUS, date(2025, 5, 30)),
        (Roll.NEXT_IN_MONTH, date(2025, 5, 30)),
    ],
)
def test_rolling_a_saturday_at_the_end_of_the_month(roll: Roll, expected: date) -> None:
    assert PlainWeek().roll(date(2025, 5, 31), roll).date == expected
    assert PlainWeek().roll(date(2025, 5, 30), roll).date == date(2025, 5, 30)


def test_a_calendar_that_never_works_is_found_out_and_not_searched_for_ever() -> None:
    @frozen(slots=False)
    class Never(WorkingCalendar):
        def day(self, day: date, /) -> Day:
            return Day(day, working=False, reason=DayReason.HOST_OFF)

    for days in (1, -1):
        with pytest.raises(InvalidCalendar, match="no working day"):
            Never().add_working_days(date(2025, 3, 1), days)
    with pytest.raises(InvalidCalendar):
        PlainWeek(frozenset())


def test_counting_stops_at_the_edge_of_the_known_world() -> None:
    with pytest.raises(InvalidFacts, match="1900 to 2299"):
        PlainWeek().add_working_days(date(9999, 12, 31), 1)
    with pytest.raises(InvalidFacts, match="1900 to 2299"):
        PlainWeek().add_working_days(date(2299, 12, 31), 1)


def test_a_moment_is_no_date() -> None:
    with pytest.raises(InvalidFacts, match="office's zone"):
        PlainWeek().add_working_days(pendulum.datetime(2025, 3, 3), 1)
    with pytest.raises(InvalidFacts, match="office's zone"):
        PlainWeek().roll(datetime(2025, 3, 3), Roll.NEXT)  # noqa: DTZ001 - a naive moment is what is tried


DAYS = st.dates(min_value=date(2003, 6, 1), max_value=date(2028, 6, 1))


@given(DAYS, st.integers(-300, 300))
def test_counting_there_and_back(start: date, days: int) -> None:
    found = CHINA.add_working_days(start, days).date
    if days > 0:
        between = CHINA.working_days_between(start + timedelta(days=1), found + timedelta(days=1))
        assert (between.days, CHINA.day(found).working) == (days, True)
    elif days < 0:
        between = CHINA.working_days_between(found, start)
        assert (between.days, CHINA.day(found).working) == (-days, True)
    else:
        assert found == start


@given(DAYS, DAYS)
def test_the_count_is_what_walking_gives(start: date, end: date) -> None:
    first, last = min(start, end), min(max(start, end), min(start, end) + timedelta(days=400))
    walked = sum(CHINA.day(first + timedelta(days=each)).working for each in range((last - first).days))
    assert CHINA.working_days_between(first, last).days == walked


def test_plain_weeks_of_other_days() -> None:
    weekend = PlainWeek(frozenset({Weekday.SATURDAY, Weekday.SUNDAY}))
    assert weekend.add_working_days(date(2025, 3, 3), 2).date == date(2025, 3, 9)
    assert weekend == PlainWeek({Weekday.SUNDAY, Weekday.SATURDAY})
