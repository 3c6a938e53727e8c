"""Base, shape, rule, variant, host: five classes deep, and that is the wall. The fifth is the host's."""

from collections.abc import Iterator

import pytest

import estatecrm.rules.rulesets  # noqa: F401 - defines every rule there is
from estatecrm.rules.base import Rule


def descendants(kind: type[Rule]) -> Iterator[type[Rule]]:
    """Every class below *kind* that is ours."""
    for below in kind.__subclasses__():
        if below.__module__.startswith("estatecrm."):
            yield below
        yield from descendants(below)


def depth(rule: type[Rule]) -> int:
    """How many classes deep *rule* stands, the base included."""
    return sum(issubclass(kind, Rule) for kind in rule.__mro__)


OURS = sorted(set(descendants(Rule)), key=lambda kind: kind.__qualname__)


@pytest.mark.parametrize("rule", OURS, ids=lambda rule: rule.__name__)
def test_a_rule_leaves_the_fifth_floor_to_the_host(rule: type[Rule]) -> None:
    assert depth(rule) <= 4


def test_the_shapes_and_the_rules_are_looked_at() -> None:
    assert {"Grant", "Deadline", "Cadence", "LifeCycle", "SignedRhythm"} <= {rule.__name__ for rule in OURS}
