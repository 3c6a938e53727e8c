"""D-14: calls only at 09:00-12:00 and 14:00-20:00."""

from datetime import date, datetime

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from estatecrm.calendars import DailyWindows, Pause, microseconds_of, moment_from, split_by_day
from estatecrm.errors import InvalidCalendar, InvalidFacts

CALLS = DailyWindows.of("09:00-12:00", "14:00-20:00")


def at(text: str) -> pendulum.DateTime:
    return pendulum.instance(datetime.fromisoformat(text), tz="Asia/Shanghai")


@pytest.mark.parametrize(
    ("asked", "allowed"),
    [
        ("2025-03-03 12:30", "2025-03-03 14:00"),
        ("2025-03-03 20:15", "2025-03-04 09:00"),
        ("2025-03-03 12:00", "2025-03-03 14:00"),
        ("2025-03-03 20:00", "2025-03-04 09:00"),
        ("2025-03-03 11:59:59", "2025-03-03 11:59:59"),
        ("2025-03-03 09:00", "2025-03-03 09:00"),
        ("2025-03-03 03:00", "2025-03-03 09:00"),
        ("2025-12-31 23:00", "2026-01-01 09:00"),
    ],
)
def test_the_next_moment_a_call_is_allowed(asked: str, allowed: str) -> None:
    """D-14: its worked example and the edges of the windows."""
    assert CALLS.next_allowed(at(asked)) == at(allowed)
    assert CALLS.allows(at(asked)) is (asked == allowed)


def test_the_customers_clock_counts_not_the_callers() -> None:
    """D-14: half past twelve in Shanghai, asked from London."""
    assert CALLS.next_allowed(at("2025-03-03 12:30").in_timezone("Europe/London")) == at("2025-03-03 14:00")


def test_impossible_quiet_hours_are_refused() -> None:
    with pytest.raises(InvalidCalendar, match="at least one window"):
        DailyWindows(())
    with pytest.raises(InvalidCalendar, match="past midnight"):
        DailyWindows.of("20:00-26:00")
    with pytest.raises(InvalidCalendar, match="overlap"):
        DailyWindows.of("09:00-12:00", "11:00-14:00")
    with pytest.raises(InvalidFacts, match="time zone"):
        CALLS.next_allowed(datetime(2025, 3, 3))  # noqa: DTZ001 - a naive moment is what is tried


@given(
    st.integers(0, 4 * 10**15),
    st.sampled_from(["Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"]),
)
def test_what_is_allowed_is_allowed_and_never_earlier(moment: int, zone: str) -> None:
    calls = DailyWindows.of("00:30-02:15", "03:00-24:00", zone=zone)
    allowed = calls.next_allowed_us(moment)
    assert allowed >= moment
    assert calls.next_allowed_us(allowed) == allowed
    assert allowed - moment < 25 * 3_600_000_000


def test_a_pause_splits_at_local_midnights() -> None:
    pause = Pause(at("2025-03-03 23:00"), at("2025-03-05 00:00"))
    pieces = split_by_day(pause)
    assert [(piece.day, str(piece.start), str(piece.end)) for piece in pieces] == [
        (date(2025, 3, 3), "23:00", "24:00"),
        (date(2025, 3, 4), "00:00", "24:00"),
    ]
    assert pause.moments() == (at("2025-03-03 23:00"), at("2025-03-05 00:00"))
    assert repr(pause) == "Pause(2025-03-03T15:00:00+00:00, 2025-03-04T16:00:00+00:00)"
    assert moment_from(microseconds_of(at("2025-03-03 23:00"))) == at("2025-03-03 23:00")
