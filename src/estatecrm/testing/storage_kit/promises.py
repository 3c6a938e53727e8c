"""Scenarios for what a storage may promise besides: to last, and to be used by many at once."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context

import pytest
from attrs import evolve

from estatecrm.errors import Busy, Conflict
from estatecrm.policy import Role
from estatecrm.storage import Store, Stored
from estatecrm.testing.storage_kit import samples
from estatecrm.testing.storage_kit.requirements import requirement
from estatecrm.testing.storage_kit.sessions import StorageKit

_WORKERS, _TURNS = 4, 5


class DurableScenarios(StorageKit):
    """The promise to last: `store_factory` finds again what was kept (SC-80, SC-81)."""

    @requirement("SC-80")
    def test_lasts(self, store_factory: Callable[[str], Store]) -> None:
        """SC-80"""
        first = store_factory("durable")
        with first.writing() as session:
            session.customers.add(samples.full("A"))
            session.customers.reserve("XY", 4)
            session.duties.plan([(samples.subject("A"), samples.planned("x"))])
            session.log.append(samples.attempt("A"))
        first.close()
        again = store_factory("durable")
        with again.writing() as session:
            assert session.customers.get("A").record == samples.full("A")
            assert session.customers.reserve("XY", 1) == 5
            assert len(session.duties.open_for("A")) == 1
            assert list(session.log.newest(9)) == [samples.attempt("A")]
        again.close()

    @requirement("SC-81")
    def test_forgets_what_was_not_kept(self, store_factory: Callable[[str], Store]) -> None:
        """SC-81"""
        first = store_factory("durable")
        with pytest.raises(KeyboardInterrupt), first.writing() as session:
            session.customers.add(samples.full("A"))
            raise KeyboardInterrupt
        first.close()
        again = store_factory("durable")
        with again.reading() as session:
            assert list(session.customers.standings()) == []
        again.close()


class ConcurrentScenarios(StorageKit):
    """The promise to be used by several threads at once (SC-90 to SC-93)."""

    @requirement("SC-90")
    def test_loses_no_update_among_threads(self, store: Store) -> None:
        """SC-90"""
        _begin(store)
        with ThreadPoolExecutor(_WORKERS) as pool:
            _each(pool, partial(_count_up, store))
        with store.reading() as session:
            assert session.customers.get("A").record.note == str(_WORKERS * _TURNS)

    @requirement("SC-91")
    def test_reserves_for_threads(self, store: Store) -> None:
        """SC-91"""
        with ThreadPoolExecutor(_WORKERS) as pool:
            numbers = _each(pool, partial(_reserve, store))
        assert sorted(numbers) == list(range(1, _WORKERS * _TURNS + 1))

    @requirement("SC-92")
    def test_shows_no_half(self, store: Store) -> None:
        """SC-92"""
        _begin(store)
        with ThreadPoolExecutor(_WORKERS) as pool:
            watching = [pool.submit(_watch, store) for _ in range(2)]
            _each(pool, partial(_count_up, store), workers=2)
            assert [each.result() for each in watching] == [True, True]

    @requirement("SC-93")
    def test_plans_once_for_threads(self, store: Store) -> None:
        """SC-93"""
        with ThreadPoolExecutor(_WORKERS) as pool:
            counted = _each(pool, partial(_plan, store))
        assert sum(counted) == 50
        with store.reading() as session:
            assert len(session.duties.worklist("gu-1", Role.PROPERTY_CONSULTANT, samples.at(99))) == 50


class ProcessScenarios(StorageKit):
    """The promise to be used by several processes at once: *store_factory* can be pickled (SC-95)."""

    @requirement("SC-95")
    def test_serves_processes(self, store_factory: Callable[[str], Store]) -> None:
        """SC-95"""
        store = store_factory("processes")
        _begin(store)
        store.close()
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            numbers = _each(pool, partial(_elsewhere, store_factory), workers=2)
        again = store_factory("processes")
        with again.reading() as session:
            assert session.customers.get("A").record.note == str(2 * _TURNS)
        again.close()
        assert sorted(numbers) == list(range(1, 2 * _TURNS + 1))


def _each(pool: Executor, task: Callable[[], Sequence[int]], workers: int = _WORKERS) -> list[int]:
    running = [pool.submit(task) for _ in range(workers)]
    return [number for each in running for number in each.result()]


def _begin(store: Store) -> None:
    with store.writing() as session:
        session.customers.add_many([evolve(samples.plain(code), note="0") for code in "AB"])


def _patiently(errand: Callable[[], int]) -> int:
    """Repeats the errand as the library's errors tell to."""
    for _ in range(1_000):
        try:
            return errand()
        except (Busy, Conflict):
            continue
    raise AssertionError("a thousand times busy or in conflict")


def _count_up(store: Store) -> Sequence[int]:
    return [_patiently(partial(_count_one_up, store)) for _ in range(_TURNS)]


def _count_one_up(store: Store) -> int:
    """Adds one to two records that were read in a session before."""
    with store.reading() as session:
        early = [session.customers.get(code) for code in "AB"]
    with store.writing() as session:
        for each in early:
            session.customers.save(Stored(evolve(each.record, note=str(int(each.record.note) + 1)), each.version))
    return 0


def _watch(store: Store) -> bool:
    for _ in range(20):
        try:
            with store.reading() as session:
                first, second = (session.customers.get(code).record.note for code in "AB")
        except Busy:
            continue
        if first != second:
            return False
    return True


def _reserve(store: Store) -> Sequence[int]:
    return [_patiently(partial(_reserve_one, store)) for _ in range(_TURNS)]


def _reserve_one(store: Store) -> int:
    with store.writing() as session:
        return session.customers.reserve("XY", 1)


def _plan(store: Store) -> Sequence[int]:
    return [_patiently(partial(_plan_all, store))]


def _plan_all(store: Store) -> int:
    with store.writing() as session:
        return session.duties.plan((samples.subject(f"C{n}", "gu-1"), samples.planned("x")) for n in range(50))


def _elsewhere(store_factory: Callable[[str], Store]) -> Sequence[int]:
    store = store_factory("processes")
    try:
        _count_up(store)
        return _reserve(store)
    finally:
        store.close()
