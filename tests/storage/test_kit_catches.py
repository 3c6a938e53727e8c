"""The kit names the requirement that a wrong adapter breaks."""

import inspect
from collections.abc import Callable

import pytest
from hypothesis import Phase, settings

from estatecrm.storage import Store
from estatecrm.storage.memory import MemoryStore
from estatecrm.testing.storage_kit import REQUIREMENTS, Concurrent, ContractBroken, Durable, Shared, StorageContract
from storage import wrong_adapters as wrong


class Unshrunk(StorageContract):
    """The kit, content with the first difference it finds."""

    __test__ = False
    comparison = settings(StorageContract.comparison, phases=[Phase.generate], derandomize=True, max_examples=300)


def broken_by(make: Callable[[], Store], *kits: type) -> set[str]:
    """The numbers of the requirements that the store does not keep, step-by-step comparison left out."""
    broken = set()
    for kit in kits:
        for name, scenario in inspect.getmembers(kit, lambda member: hasattr(member, "requirement")):
            if scenario.requirement == "SC-99":
                continue
            assert name.startswith("test_")
            wants_factory = "store_factory" in inspect.signature(scenario).parameters
            try:
                scenario(kit(), (lambda place: make()) if wants_factory else make())
            except ContractBroken as error:
                broken.add(str(error)[:5])
    return broken


def test_a_right_adapter_breaks_nothing() -> None:
    assert broken_by(lambda: MemoryStore(patience=0.1), StorageContract, Concurrent) == set()


@pytest.mark.parametrize(
    ("adapter", "numbers"),
    [
        (wrong.LostUpdate, {"SC-14"}),
        (wrong.LostDutyUpdate, {"SC-42"}),
        (wrong.SwallowedSave, {"SC-13", "SC-14", "SC-16", "SC-18", "SC-19", "SC-20", "SC-21"}),
        (wrong.WrongOrder, {"SC-44"}),
        (wrong.WrongContactOrder, {"SC-30"}),
        (wrong.LatestIncluded, {"SC-44"}),
        (wrong.HalfWritten, {"SC-02"}),
        (wrong.DirtyRead, {"SC-08"}),
        (wrong.MovingReader, {"SC-04"}),
        (wrong.PartialBatch, {"SC-07", "SC-12", "SC-71"}),
        (wrong.ForgetfulSave, {"SC-16"}),
        (wrong.DoubleNumbers, {"SC-17"}),
        (wrong.Replanning, {"SC-41", "SC-46"}),
        (wrong.RoundedMoments, {"SC-73"}),
        (wrong.BlindToCase, {"SC-70", "SC-72"}),
        (wrong.TwoSaidOnce, {"SC-60"}),
        (wrong.DoubleKeys, {"SC-63"}),
        (wrong.StaleAccounts, {"SC-64"}),
        (wrong.ForgottenDays, {"SC-66"}),
        (wrong.UnsortedTallies, {"SC-67"}),
    ],
    ids=lambda each: each.__name__ if isinstance(each, type) else "",
)
def test_a_wrong_adapter_is_caught_by_number(adapter: type[MemoryStore], numbers: set[str]) -> None:
    assert broken_by(lambda: adapter(patience=0.1), StorageContract) == numbers


@pytest.mark.parametrize("adapter", [wrong.LostUpdate, wrong.WrongOrder, wrong.HalfWritten, wrong.DoubleNumbers])
def test_the_step_by_step_comparison_catches_it_too(adapter: type[MemoryStore]) -> None:
    with pytest.raises(ContractBroken, match="SC-99"):
        Unshrunk().test_answers_as_memory_does(lambda place: adapter(patience=0.1))


def test_writers_at_the_same_time_are_caught() -> None:
    assert broken_by(wrong.Unlocked, Concurrent) >= {"SC-90", "SC-91"}


def test_a_storage_that_forgets_is_caught() -> None:
    assert broken_by(MemoryStore, Durable) == {"SC-80"}


def test_every_requirement_has_a_scenario() -> None:
    kits = (StorageContract, Durable, Concurrent, Shared)
    marked = {
        scenario.requirement: scenario.__doc__
        for kit in kits
        for _, scenario in inspect.getmembers(kit, lambda member: hasattr(member, "requirement"))
    }
    assert set(marked) == set(REQUIREMENTS)
    assert all(text is not None and text.startswith(number) for number, text in marked.items())


def test_no_scenario_hides_another() -> None:
    names = [name for base in StorageContract.__bases__ for name in vars(base) if name.startswith("test_")]
    assert len(names) == len(set(names))
