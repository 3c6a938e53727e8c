"""Business time: boundaries, pauses, changes of the clocks, and laws that hold for every calendar."""

import random
import sys
from datetime import UTC, date, datetime, timedelta

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pendulum import DateTime

from estatecrm.calendars import (
    BusinessTime,
    DayReason,
    Ending,
    Negative,
    NothingElapsed,
    OfficeHours,
    OneDay,
    Pause,
    PauseOutside,
    PlainWeek,
    Precision,
    StateCouncil,
    Weekday,
    microseconds_of,
    moment_from,
)
from estatecrm.errors import InvalidCalendar, InvalidFacts
from estatecrm.values import BusinessHours

HOURS = OfficeHours.weekdays("09:00-12:00", "13:30-18:00")
OFFICE = BusinessTime(StateCouncil(), HOURS)
SECOND = 1_000_000


def at(text: str, zone: str = "Asia/Shanghai") -> DateTime:
    return pendulum.instance(datetime.fromisoformat(text), tz=zone)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2025-03-07 16:00", 3, "2025-03-10 10:00"),
        ("2025-03-07 11:00", 2, "2025-03-07 14:30"),
        ("2025-03-07 12:30", 1, "2025-03-07 14:30"),
        ("2025-03-07 16:00", 2, "2025-03-07 18:00"),
        ("2025-03-07 09:00", 3, "2025-03-07 12:00"),
        ("2025-09-30 17:00", 2, "2025-10-09 10:00"),
        ("2025-09-26 17:00", 2, "2025-09-28 10:00"),
        ("2025-03-08 03:00", 0, "2025-03-10 09:00"),
        ("2025-03-07 18:00", 0, "2025-03-10 09:00"),
        ("2025-03-07 12:00", 0, "2025-03-07 13:30"),
        ("2025-03-07 17:59:59.999999", 0, "2025-03-07 17:59:59.999999"),
    ],
)
def test_adding(start: str, hours: int, due: str) -> None:
    assert OFFICE.add(at(start), BusinessHours(hours)).moment == at(due)


def test_an_answer_is_a_pendulum_moment_in_the_offices_zone() -> None:
    london = pendulum.datetime(2025, 3, 7, 8, tz="Europe/London")
    found = OFFICE.add(london, BusinessHours(1)).moment
    assert isinstance(found, DateTime)
    assert (found.timezone_name, found.isoformat()) == ("Asia/Shanghai", "2025-03-07T17:00:00+08:00")
    assert OFFICE.add(datetime(2025, 3, 7, 8, tzinfo=UTC), BusinessHours(1)).moment == found


def test_microseconds_are_kept() -> None:
    due = OFFICE.add(at("2025-03-07 17:59:59.999999"), timedelta(microseconds=2)).moment
    assert due == at("2025-03-10 09:00:00.000001")


def test_exactly_at_closing_is_the_convention_that_decides() -> None:
    closing = OFFICE.add(at("2025-03-07 16:00"), BusinessHours(2))
    assert (closing.moment, closing.decided_by) == (at("2025-03-07 18:00"), (Ending.AT_CLOSING,))
    opening = OFFICE.following(Ending.AT_NEXT_OPENING).add(at("2025-03-07 16:00"), BusinessHours(2))
    assert (opening.moment, opening.decided_by) == (at("2025-03-10 09:00"), (Ending.AT_NEXT_OPENING,))
    assert OFFICE.add(at("2025-03-07 16:00"), BusinessHours(1)).decided_by == ()


def test_windows_that_touch_need_no_convention() -> None:
    always = BusinessTime(PlainWeek(), OfficeHours.around_the_clock())
    midnight = always.add(at("2025-03-07 16:00"), BusinessHours(8))
    assert (midnight.moment, midnight.decided_by) == (at("2025-03-08 00:00"), ())


def test_the_closed_dates_passed_are_listed_with_their_reason() -> None:
    found = OFFICE.add(at("2025-10-01 10:00"), BusinessHours(1))
    assert found.moment == at("2025-10-09 10:00")
    assert [(day.date.day, day.reason) for day in found.closed_dates] == [
        (day, DayReason.HOLIDAY) for day in range(1, 9)
    ]


def test_an_unpublished_year_makes_the_answer_provisional() -> None:
    assert OFFICE.add(at("2026-12-31 17:00"), BusinessHours(2)).assumed_years == (2027,)
    assert not OFFICE.add(at("2026-12-31 17:00"), BusinessHours(1)).provisional
    assert OFFICE.elapsed(at("2026-12-31 17:00"), at("2027-01-05 10:00")).assumed_years == (2027,)
    assert not OFFICE.elapsed(at("2026-12-31 17:00"), at("2027-01-01 00:00")).provisional


def test_subtracting_mirrors_adding() -> None:
    assert OFFICE.subtract(at("2025-03-10 10:00"), BusinessHours(3)).moment == at("2025-03-07 16:00")
    assert OFFICE.subtract(at("2025-03-10 10:00"), BusinessHours(1)).moment == at("2025-03-10 09:00")
    other = OFFICE.following(Ending.AT_NEXT_OPENING)
    assert other.subtract(at("2025-03-10 10:00"), BusinessHours(1)).moment == at("2025-03-07 18:00")
    assert OFFICE.subtract(at("2025-03-09 10:00"), BusinessHours(0)).moment == at("2025-03-07 18:00")


def test_negative_amounts_are_refused_unless_the_convention_lets_them_travel_back() -> None:
    with pytest.raises(InvalidFacts, match="subtract"):
        OFFICE.add(at("2025-03-10 10:00"), timedelta(hours=-3))
    with pytest.raises(InvalidFacts, match="add"):
        OFFICE.subtract(at("2025-03-10 10:00"), timedelta(hours=-3))
    back = OFFICE.following(Negative.TRAVELS_BACK)
    assert back.add(at("2025-03-10 10:00"), timedelta(hours=-3)).moment == at("2025-03-07 16:00")
    assert back.add(at("2025-03-10 10:00"), timedelta(hours=-3)).decided_by == (Negative.TRAVELS_BACK,)
    assert back.subtract(at("2025-03-07 16:00"), timedelta(hours=-3)).moment == at("2025-03-10 10:00")


def test_elapsed_has_a_sign_and_no_fear_of_nights() -> None:
    assert OFFICE.elapsed(at("2025-03-07 16:00"), at("2025-03-10 10:00")).span == timedelta(hours=3)
    assert OFFICE.elapsed(at("2025-03-10 10:00"), at("2025-03-07 16:00")).seconds == -3 * 3600
    assert OFFICE.elapsed(at("2025-03-08 10:00"), at("2025-03-09 10:00")).microseconds == 0
    sentinel = OFFICE.following(NothingElapsed.ONE_SECOND)
    assert sentinel.elapsed(at("2025-03-08 10:00"), at("2025-03-09 10:00")).seconds == 1


def test_pauses_count_only_while_the_office_is_open() -> None:
    weekend = Pause(at("2025-03-07 17:00"), at("2025-03-10 10:00"))
    assert OFFICE.add(at("2025-03-07 16:00"), BusinessHours(3), pauses=[weekend]).moment == at("2025-03-10 12:00")
    night = Pause(at("2025-03-07 20:00"), at("2025-03-08 20:00"))
    found = OFFICE.add(at("2025-03-07 16:00"), BusinessHours(3), pauses=[night])
    assert (found.moment, found.decided_by) == (at("2025-03-10 10:00"), (PauseOutside.IGNORED,))
    passed = OFFICE.elapsed(at("2025-03-07 16:00"), at("2025-03-10 12:00"), pauses=[weekend])
    assert passed.span == timedelta(hours=3)


def test_a_budget_that_runs_out_as_a_pause_begins() -> None:
    pause = Pause(at("2025-03-07 17:00"), at("2025-03-07 17:30"))
    start, hour = at("2025-03-07 16:00"), BusinessHours(1)
    assert OFFICE.add(start, hour, pauses=[pause]).moment == at("2025-03-07 17:00")
    other = OFFICE.following(Ending.AT_NEXT_OPENING)
    assert other.add(start, hour, pauses=[pause]).moment == at("2025-03-07 17:30")


def test_nothing_to_wait_for_during_a_pause_waits_for_its_end() -> None:
    pause = Pause(at("2025-03-07 10:00"), at("2025-03-07 12:30"))
    assert OFFICE.add(at("2025-03-07 10:00"), BusinessHours(0), pauses=[pause]).moment == at("2025-03-07 13:30")


def test_impossible_pauses_are_refused() -> None:
    with pytest.raises(InvalidFacts, match="ends after it begins"):
        Pause(at("2025-03-07 10:00"), at("2025-03-07 10:00"))
    with pytest.raises(InvalidFacts, match="time zone"):
        Pause(datetime(2025, 3, 7), at("2025-03-07 10:00"))  # noqa: DTZ001 - a naive moment is what is tried
    first = Pause(at("2025-03-07 10:00"), at("2025-03-07 11:00"))
    second = Pause(at("2025-03-07 10:59"), at("2025-03-07 12:00"))
    with pytest.raises(InvalidFacts, match="overlap"):
        OFFICE.add(at("2025-03-07 09:00"), BusinessHours(1), pauses=[first, second])


def test_openings_and_windows() -> None:
    assert OFFICE.is_open(at("2025-03-07 09:00"))
    assert not OFFICE.is_open(at("2025-03-07 12:00"))
    assert OFFICE.first_open(at("2025-03-07 10:00")) == at("2025-03-07 10:00")
    assert OFFICE.next_opening(at("2025-03-07 09:00")) == at("2025-03-07 13:30")
    assert OFFICE.next_opening(at("2025-12-31 17:00")) == at("2026-01-04 09:00")
    assert OFFICE.previous_opening(at("2025-03-07 09:00")) == at("2025-03-06 13:30")
    assert OFFICE.previous_opening(at("2026-01-01 09:00")) == at("2025-12-31 13:30")
    first, second = (window for window, _ in zip(OFFICE.windows_from(at("2025-03-07 17:00")), range(2), strict=False))
    assert first == (at("2025-03-07 17:00"), at("2025-03-07 18:00"))
    assert second == (at("2025-03-10 09:00"), at("2025-03-10 12:00"))


def test_what_so_many_open_dates_later_means() -> None:
    start = at("2025-03-06 10:00")
    assert OFFICE.add_open_dates(start, 2).moment == at("2025-03-10 18:00")
    assert OFFICE.subtract_open_dates(start, 1).moment == at("2025-03-05 09:00")
    odoo = OFFICE.following(OneDay.CLOSING_FROM_START)
    assert odoo.add_open_dates(start, 2).moment == at("2025-03-07 18:00")
    same = OFFICE.following(OneDay.SAME_CLOCK_TIME)
    assert same.add_open_dates(start, 2).moment == at("2025-03-10 10:00")
    assert same.add_open_dates(start, 2).decided_by == (OneDay.SAME_CLOCK_TIME,)
    assert OFFICE.add_open_dates(start, 0).moment == start
    with pytest.raises(InvalidFacts):
        OFFICE.add_open_dates(start, -1)


def test_shifts_over_midnight() -> None:
    night = BusinessTime(PlainWeek(), OfficeHours.weekdays("22:00-30:00"))
    assert night.is_open(at("2025-03-08 05:59"))
    assert not night.is_open(at("2025-03-08 06:00"))
    assert night.add(at("2025-03-07 23:00"), BusinessHours(8)).moment == at("2025-03-10 23:00")
    new_year = BusinessTime(PlainWeek(), OfficeHours.daily("22:00-30:00"))
    assert new_year.is_open(at("2026-01-01 03:00"))
    assert new_year.add(at("2025-12-31 23:00"), BusinessHours(8)).moment == at("2026-01-01 23:00")
    assert new_year.elapsed(at("2025-12-31 00:00"), at("2026-01-02 00:00")).span == timedelta(hours=16)


def test_a_shift_into_dated_windows_is_counted_once() -> None:
    hours = OfficeHours.weekdays("22:00-30:00").on(date(2026, 1, 1), "04:00-08:00")
    office = BusinessTime(PlainWeek(), hours)
    assert office.elapsed(at("2025-12-31 22:00"), at("2026-01-01 12:00")).span == timedelta(hours=10)
    inside = BusinessTime(PlainWeek(), OfficeHours.weekdays("22:00-30:00").on(date(2025, 3, 4), "04:00-08:00"))
    assert inside.elapsed(at("2025-03-03 22:00"), at("2025-03-04 12:00")).span == timedelta(hours=10)


def test_clocks_that_change() -> None:
    """New York loses an hour on 2025-03-09 and gains one on 2025-11-02."""
    zone = "America/New_York"
    always = BusinessTime(PlainWeek(frozenset(Weekday)), OfficeHours.around_the_clock(), zone)
    assert always.elapsed(at("2025-03-09", zone), at("2025-03-10", zone)).span == timedelta(hours=23)
    assert always.elapsed(at("2025-11-02", zone), at("2025-11-03", zone)).span == timedelta(hours=25)
    early = BusinessTime(PlainWeek(), OfficeHours.daily("01:00-03:00"), zone)
    assert early.add(at("2025-03-09 00:00", zone), BusinessHours(1)).moment == at("2025-03-09 03:00", zone)
    assert early.elapsed(at("2025-11-02", zone), at("2025-11-03", zone)).span == timedelta(hours=3)
    second = OFFICE.following(Precision.MINUTE).add(at("2025-03-07 10:00:59"), BusinessHours(1))
    assert second.moment == at("2025-03-07 11:00")


def test_an_office_that_never_opens_again_is_found_out() -> None:
    closed = StateCouncil().with_days(off=[date(2025, 1, 1) + timedelta(days=each) for each in range(2000)])
    office = BusinessTime(closed, HOURS)
    with pytest.raises(InvalidCalendar, match="never opens from"):
        office.add(at("2025-03-07 10:00"), BusinessHours(1))
    with pytest.raises(InvalidFacts, match="1900 to 2299"):
        OFFICE.is_open(at("9999-12-31 00:00"))


def test_equal_offices_are_equal() -> None:
    assert BusinessTime(StateCouncil(), HOURS) == BusinessTime(StateCouncil(), HOURS)
    assert OFFICE.following(Ending.AT_NEXT_OPENING) != OFFICE
    assert "BusinessTime(" in repr(OFFICE)


def test_amounts_of_other_kinds_are_refused() -> None:
    with pytest.raises(InvalidFacts, match="BusinessHours or a timedelta"):
        OFFICE.add(at("2025-03-07 10:00"), 3)


ENDINGS = st.sampled_from(Ending)
AMOUNTS = st.integers(1, 60 * 3600 * SECOND)
MOMENTS = st.integers(microseconds_of(at("2024-12-01")), microseconds_of(at("2026-02-01")))
PLANS = st.sampled_from(
    [
        ("09:00-17:00",),
        ("09:00-12:00", "13:30-18:00"),
        ("00:00-24:00",),
        ("00:00-00:01", "08:30-08:31", "23:59-24:00"),
        ("18:00-26:00",),
    ]
)
OFFICES = st.builds(
    lambda plan, off, work, zone: BusinessTime(
        PlainWeek().with_days(off=off - work, work=work), OfficeHours.weekdays(*plan), zone
    ),
    PLANS,
    st.sets(st.dates(date(2024, 12, 1), date(2026, 2, 1)), max_size=40),
    st.sets(st.dates(date(2024, 12, 1), date(2026, 2, 1)), max_size=10),
    st.sampled_from(["Asia/Shanghai", "America/New_York", "UTC", "Australia/Lord_Howe"]),
)


def walked(office: BusinessTime, start: int, amount: int) -> int:
    """The due moment found by walking window after window."""
    for opens, closes in office.windows_from(moment_from(start)):
        length = microseconds_of(closes) - microseconds_of(opens)
        if amount <= length:
            return microseconds_of(opens) + amount
        amount -= length
    raise AssertionError


@given(OFFICES, MOMENTS, st.integers(1, 40 * 3600 * SECOND))
def test_adding_is_what_walking_the_windows_gives(office: BusinessTime, start: int, amount: int) -> None:
    assert office.add_us(start, amount) == walked(office, start, amount)


@given(OFFICES, ENDINGS, MOMENTS, AMOUNTS, st.floats(0, 1))
def test_moving_a_start_inside_a_closed_gap_never_changes_the_due_time(
    office: BusinessTime, ending: Ending, start: int, amount: int, share: float
) -> None:
    office = office.following(ending)
    opening = microseconds_of(office.first_open(moment_from(start)))
    moved = start + int((opening - start) * share)
    assert office.add_us(moved, amount) == office.add_us(start, amount)


@given(OFFICES, ENDINGS, MOMENTS, AMOUNTS)
def test_add_then_elapsed_gives_the_amount_back(office: BusinessTime, ending: Ending, start: int, amount: int) -> None:
    due = office.following(ending).add_us(start, amount)
    assert office.elapsed_us(start, due) == amount
    assert office.elapsed_us(office.following(ending).subtract_us(due, amount), due) == amount


def pauses(points: list[int]) -> tuple[tuple[int, int], ...]:
    ordered = sorted(set(points))
    return tuple(zip(ordered[::2], ordered[1::2], strict=False))


PAUSES = st.lists(MOMENTS, max_size=6).map(pauses)


@given(OFFICES, ENDINGS, MOMENTS, AMOUNTS, PAUSES)
def test_more_pause_never_makes_it_earlier(
    office: BusinessTime, ending: Ending, start: int, amount: int, still: tuple[tuple[int, int], ...]
) -> None:
    office = office.following(ending)
    dues = [office.add_us(start, amount, still[:number]) for number in range(len(still) + 1)]
    assert dues == sorted(dues)
    assert office.elapsed_us(start, dues[-1], still) == amount


@given(OFFICES, MOMENTS, MOMENTS, MOMENTS)
def test_elapsed_adds_up(office: BusinessTime, first: int, second: int, third: int) -> None:
    whole = office.elapsed_us(first, third)
    assert office.elapsed_us(first, second) + office.elapsed_us(second, third) == whole
    assert office.elapsed_us(third, first) == -whole


@pytest.mark.parametrize("ending", Ending)
@pytest.mark.parametrize("without_numpy", [False, True])
def test_many_at_once_are_the_same_as_one_by_one(
    ending: Ending, without_numpy: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if without_numpy:
        monkeypatch.setitem(sys.modules, "numpy", None)
    office = BusinessTime(StateCouncil(), HOURS).following(ending)
    chance = random.Random(20250303)
    reach = microseconds_of(at("2024-01-01")), microseconds_of(at("2026-12-31"))
    starts = [chance.randrange(*reach) for _ in range(500)]
    starts += [microseconds_of(at("2025-03-07 18:00")), microseconds_of(at("2024-01-01"))]
    for hours in (0, 2, 80):
        found = office.add_many(starts, BusinessHours(hours))
        assert list(found) == [office.add_us(start, hours * 3600 * SECOND) for start in starts]
    assert list(office.add_many([], BusinessHours(1))) == []


def test_an_hour_that_comes_twice_keeps_its_place() -> None:
    """On 2025-11-02 half past one comes twice in New York; the second one comes back as the second."""
    zone = "America/New_York"
    second = pendulum.datetime(2025, 11, 2, 6, 30).in_timezone(zone)
    always = BusinessTime(PlainWeek(frozenset(Weekday)), OfficeHours.around_the_clock(), zone)
    found = always.add(second, timedelta(minutes=5)).moment
    assert (found.isoformat(), found.fold) == ("2025-11-02T01:35:00-05:00", 1)
    assert always.elapsed(at("2025-11-02 00:00", zone), second).span == timedelta(hours=2.5)
