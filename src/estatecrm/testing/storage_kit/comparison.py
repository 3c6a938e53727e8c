"""A state machine that does the same to a storage and to the one in memory, and compares every answer."""

from collections.abc import Callable
from contextlib import suppress
from itertools import count
from typing import ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from estatecrm.storage import Store
from estatecrm.storage.memory import MemoryStore
from estatecrm.testing.storage_kit.requirements import requirement
from estatecrm.testing.storage_kit.sessions import StorageKit
from estatecrm.testing.storage_kit.steps import Doing, doings, everything


class _ChangedMind(Exception):  # noqa: N818 - it is no error
    """Somebody changes their mind at the end of an errand."""


class _Comparison(RuleBasedStateMachine):
    """Errands of several calls each, kept or given up, done to both."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._both = (MemoryStore(), store)

    @rule(errand=st.lists(doings(), min_size=1, max_size=5), kept=st.booleans())
    def run_errand(self, errand: list[Doing], kept: bool) -> None:  # noqa: FBT001 - Hypothesis passes it by name
        memory, other = (_answers(store, errand, _keep if kept else _give_up) for store in self._both)
        _compare([*map(repr, errand), "in the session", "after the session"], memory, other)

    def teardown(self) -> None:
        self._both[1].close()


def _answers(store: Store, errand: list[Doing], end: Callable[[], None]) -> list[object]:
    answers: list[object] = []
    with suppress(_ChangedMind), store.writing() as session:
        answers.extend(doing.outcome(session) for doing in errand)
        answers.append(everything(session))
        end()
    with store.reading() as session:
        answers.append(everything(session))
    return answers


def _keep() -> None:
    """The errand ends well."""


def _give_up() -> None:
    raise _ChangedMind


def _compare(named: list[str], memory: list[object], other: list[object]) -> None:
    for name, expected, found in zip(named, memory, other, strict=True):
        if isinstance(expected, dict) and isinstance(found, dict):
            for question, answer in expected.items():
                assert found[question] == answer, f"{question}, asked {name}, differs"
        else:
            assert found == expected, f"{name} answers differently"


class ComparisonScenarios(StorageKit):
    """Requirement SC-99; how long it tries is *comparison*, which a subclass may replace."""

    comparison: ClassVar[settings] = settings(
        max_examples=25,
        stateful_step_count=8,
        deadline=None,
        database=None,
        print_blob=False,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )

    @requirement("SC-99")
    def test_answers_as_memory_does(self, store_factory: Callable[[str], Store]) -> None:
        """SC-99"""
        places = count()

        class Comparison(_Comparison):
            def __init__(self) -> None:
                super().__init__(store_factory(f"comparison-{next(places)}"))

        run_state_machine_as_test(Comparison, settings=self.comparison)
