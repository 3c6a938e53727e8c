"""Time limits are exact, and never equal to one of another kind."""

from decimal import Decimal

import pytest

from estatecrm.errors import InvalidFacts
from estatecrm.values import (
    ALARM,
    IMMEDIATE,
    PROMPT,
    BusinessHours,
    ClockHours,
    NaturalDays,
    TimeLimit,
    TimeWord,
    WorkingDays,
)


def test_kinds_never_equal_one_another() -> None:
    kinds = [NaturalDays(1), WorkingDays(1), ClockHours(24), BusinessHours(24), ALARM]
    assert len(set(kinds)) == 5
    assert ClockHours(24) != BusinessHours(24)
    assert NaturalDays(1) != WorkingDays(1)
    assert all(isinstance(kind, TimeLimit) for kind in kinds)


def test_kinds_do_not_compare() -> None:
    assert NaturalDays(1) < NaturalDays(2)
    with pytest.raises(TypeError):
        assert NaturalDays(1) < WorkingDays(2)
    with pytest.raises(TypeError):
        assert ClockHours(1) < BusinessHours(2)


def test_hours_are_exact_seconds() -> None:
    assert ClockHours(24).seconds == 86_400
    assert ClockHours("1.5").seconds == 5_400
    assert ClockHours(Decimal("0.25")) == ClockHours.of_minutes(15) == ClockHours.of_seconds(900)
    assert BusinessHours.of_minutes(20).seconds == 1_200
    assert ClockHours.of_minutes(90).hours == Decimal("1.5")
    assert ClockHours(2).hours == 2


def test_hours_show_how_to_write_them() -> None:
    assert repr(ClockHours(24)) == "ClockHours(24)"
    assert repr(BusinessHours.of_minutes(20)) == "BusinessHours.of_minutes(20)"
    assert repr(ClockHours.of_seconds(61)) == "ClockHours.of_seconds(61)"
    assert repr(NaturalDays(3)) == "NaturalDays(3)"
    assert repr(WorkingDays(3)) == "WorkingDays(3)"


@pytest.mark.parametrize("kind", [NaturalDays, WorkingDays, ClockHours, BusinessHours])
@pytest.mark.parametrize("wrong", [-1, 1.0, True, None])
def test_limits_are_natural_numbers(kind: type, wrong: object) -> None:
    with pytest.raises(InvalidFacts):
        kind(wrong)


def test_fractions_of_a_second_and_of_a_day_are_refused() -> None:
    with pytest.raises(InvalidFacts, match="whole seconds"):
        ClockHours("0.33333")
    with pytest.raises(InvalidFacts):
        NaturalDays("1")


def test_the_three_vague_words() -> None:
    """R-02: the words are limits of their own; what they mean is decided by a rule."""
    assert [word.name for word in (ALARM, IMMEDIATE, PROMPT)] == ["alarm", "immediate", "prompt"]
    assert TimeWord("alarm") == ALARM
