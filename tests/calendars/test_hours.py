"""Clock times, windows and office hours; what is impossible is refused at construction."""

from datetime import date, time

import pytest

from estatecrm.calendars import (
    ClockTime,
    Day,
    DayReason,
    OfficeHours,
    PlainWeek,
    StateCouncil,
    Weekday,
    Window,
    windows,
)
from estatecrm.errors import InvalidCalendar

HOUR = 3_600_000_000


@pytest.mark.parametrize(
    ("text", "hours"), [("09:00", 9), ("9:00", 9), ("24:00", 24), ("30:00", 30), (" 00:00 ", 0), (time(9), 9)]
)
def test_clock_times(text: str | time, hours: int) -> None:
    assert ClockTime.parse(text).microseconds == hours * HOUR


def test_clock_times_show_themselves() -> None:
    assert str(ClockTime.parse("9:05")) == "09:05"
    assert str(ClockTime.parse("09:00:30")) == "09:00:30"
    assert str(ClockTime.parse(time(9, 0, 30, 500_000))) == "09:00:30.5"
    assert str(ClockTime.parse("24:00")) == "24:00"
    assert repr(Window.parse("9:00-12:00")) == "Window.parse('09:00-12:00')"


@pytest.mark.parametrize("text", ["", "9", "25", "12:60", "49:00", "noon", "-1:00"])
def test_what_is_no_clock_time(text: str) -> None:
    with pytest.raises(InvalidCalendar):
        ClockTime.parse(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("17:00-09:00", "22:00-30:00"),
        ("09:00-09:00", "before it begins"),
        ("24:00-25:00", "opens before 24:00"),
        ("09:00-34:00", "longer than a day"),
        ("09:00", "no window"),
    ],
)
def test_impossible_windows(text: str, why: str) -> None:
    with pytest.raises(InvalidCalendar, match=why):
        Window.parse(text)


def test_windows_of_a_day_are_ordered_and_apart() -> None:
    assert windows("13:30-18:00", "09:00-12:00") == windows("09:00-12:00", "13:30-18:00")
    assert len(windows("09:00-12:00", "12:00-18:00")) == 2
    with pytest.raises(InvalidCalendar, match="overlap"):
        windows("09:00-12:01", "12:00-18:00")


def test_an_office_that_never_opens_or_runs_into_itself_is_refused() -> None:
    with pytest.raises(InvalidCalendar, match="never opens"):
        OfficeHours.weekdays()
    with pytest.raises(InvalidCalendar, match="Monday first"):
        OfficeHours((windows("09:00-12:00"),))
    with pytest.raises(InvalidCalendar, match="runs into"):
        OfficeHours.daily("08:00-12:00", "22:00-33:00")
    with pytest.raises(InvalidCalendar, match="of Sunday runs into"):
        OfficeHours.weekdays("05:00-12:00").on_weekday(Weekday.SUNDAY, "22:00-30:00")


def spans(hours: OfficeHours, day: Day) -> list[tuple[float, float]]:
    return [(opens / HOUR, closes / HOUR) for opens, closes in hours.spans_on(day)]


CHINA = StateCouncil()
HOURS = OfficeHours.weekdays("09:00-12:00", "13:30-18:00")
WHOLE_DAY = [(9, 12), (13.5, 18)]


def test_the_order_of_what_decides_about_a_date() -> None:
    assert spans(HOURS, CHINA.day(date(2025, 3, 3))) == WHOLE_DAY
    assert spans(HOURS, CHINA.day(date(2025, 3, 8))) == []
    assert spans(HOURS, CHINA.day(date(2025, 10, 1))) == []


def test_a_make_up_day_takes_its_own_windows_or_those_of_the_first_open_weekday() -> None:
    sunday = CHINA.day(date(2025, 9, 28))
    assert sunday.reason is DayReason.MAKE_UP
    assert spans(HOURS, sunday) == WHOLE_DAY
    assert spans(HOURS.on_make_up_days("10:00-16:00"), sunday) == [(10, 16)]
    assert spans(HOURS.on_weekday(Weekday.SUNDAY, "10:00-11:00"), sunday) == [(10, 11)]


def test_a_sales_office_opens_on_weekends_by_its_own_week() -> None:
    saturday = CHINA.day(date(2025, 3, 8))
    assert spans(HOURS.on_weekday(Weekday.SATURDAY, "10:00-16:00"), saturday) == [(10, 16)]


def test_dated_windows_replace_and_part_day_closures_cut() -> None:
    monday = CHINA.day(date(2025, 3, 3))
    assert spans(HOURS.on(date(2025, 3, 3), "10:00-11:00"), monday) == [(10, 11)]
    assert spans(HOURS.on(date(2025, 3, 3)), monday) == []
    assert spans(HOURS.closed_on(date(2025, 3, 3), "11:00-14:00"), monday) == [(9, 11), (14, 18)]
    assert spans(HOURS.closed_on(date(2025, 3, 3), "00:00-24:00"), monday) == []
    both = HOURS.on(date(2025, 3, 3), "10:00-16:00").closed_on(date(2025, 3, 3), "12:00-13:00", "15:00-17:00")
    assert spans(both, monday) == [(10, 12), (13, 15)]


def test_a_host_opens_on_a_holiday_by_working_it() -> None:
    ours = CHINA.with_days(work=[date(2025, 10, 1)])
    assert spans(HOURS, ours.day(date(2025, 10, 1))) == WHOLE_DAY


def test_the_same_hours_are_equal() -> None:
    assert OfficeHours.weekdays("09:00-12:00") == OfficeHours.weekdays("9:00-12:00")
    assert hash(OfficeHours.daily("09:00-12:00")) == hash(OfficeHours.daily("09:00-12:00"))
    assert PlainWeek() == PlainWeek()
