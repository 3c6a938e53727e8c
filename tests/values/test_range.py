"""R-04: bounds count themselves in."""

from datetime import date

import pytest

from estatecrm.errors import InvalidFacts
from estatecrm.values import Bound, Range, at_least, percent, square_metres, yuan


def test_three_households_are_collective_and_two_are_not() -> None:
    """R-04, its worked example."""
    collective = at_least(3)
    assert collective.reached(3)
    assert collective.reached(4)
    assert not collective.reached(2)


def test_the_exclusive_reading_is_a_named_option() -> None:
    """R-04: the switch."""
    above_three = at_least(3, bound=Bound.EXCLUSIVE)
    assert not above_three.reached(3)
    assert above_three.reached(4)


def test_thresholds_of_rates() -> None:
    assert at_least(percent(90)).reached(percent(90))
    assert not at_least(percent(90)).reached(percent("89.9"))


def test_a_range_includes_both_ends() -> None:
    """A-02: area 90 to 110 square metres."""
    wanted = Range(square_metres(90), square_metres(110))
    assert wanted.contains(square_metres(90))
    assert wanted.contains(square_metres(110))
    assert not wanted.contains(square_metres("110.01"))
    assert not wanted.contains(square_metres("89.99"))


def test_an_open_side_has_no_bound() -> None:
    assert Range(None, yuan(2_000_000)).contains(yuan(0))
    assert Range(date(2025, 1, 1), None).contains(date(2999, 1, 1))
    assert Range[int]().contains(5)


def test_a_range_the_wrong_way_round_is_refused() -> None:
    with pytest.raises(InvalidFacts, match="wrong way round"):
        Range(2, 1)
    assert Range(2, 2).contains(2)
