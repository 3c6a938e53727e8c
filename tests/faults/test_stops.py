"""
The process stops before and after every SQL statement of every writing errand: all of it is there, or nothing.

All stop points of all errands in both journal modes run every time; a stop is a fork that ends with `os._exit`, so that
no rollback, no commit and no finaliser of Python runs.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from estatecrm.storage import Journal, Store, open_store
from estatecrm.storage.sql import SqlStore
from fault_errands import ERRANDS, prepare
from fault_points import in_a_fork, sqlite_state, statements_of, watched

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a stop needs fork, which Windows has not")
STOPPED = 9


class Place:
    """A SQLite file that can be put back as it was."""

    def __init__(self, path: Path, journal: Journal) -> None:
        self.path = path
        self.store = open_store(str(path), journal=journal)
        assert isinstance(self.store, SqlStore)
        prepare(self.store)
        self.let_go()
        self._base = path.read_bytes()

    def let_go(self) -> None:
        """No connection is left open, and no log beside the file."""
        self.store._engine.dispose()

    def put_back(self) -> None:
        """As it was prepared."""
        for end in ("-journal", "-wal", "-shm"):
            Path(f"{self.path}{end}").unlink(missing_ok=True)
        self.path.write_bytes(self._base)


@pytest.fixture(scope="module", params=[Journal.DELETE, Journal.WAL_UNCHECKED], ids=["DELETE", "WAL"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("stops") / "office.db", request.param)


def stopping(store: SqlStore, errand: Callable[[Store], object], stop: int) -> Callable[[], None]:
    """*errand*, until the process has passed *stop* of the moments before and after its statements."""
    passed = 0

    def moment(*_: object) -> None:
        nonlocal passed
        if passed == stop:
            os._exit(STOPPED)
        passed += 1

    def work() -> None:
        with watched(store, moment, moment):
            errand(store)

    return work


@pytest.mark.parametrize("name", ERRANDS)
def test_all_or_nothing_wherever_the_process_stops(place: Place, name: str) -> None:
    errand, store = ERRANDS[name], place.store
    place.put_back()
    errand(store)  # reasons that were read once are not asked for again
    place.let_go()
    place.put_back()
    before = sqlite_state(str(place.path))
    statements = statements_of(store, errand)
    place.let_go()
    after = sqlite_state(str(place.path))
    assert after != before
    assert statements[-1] == "COMMIT"
    for stop in range(2 * len(statements)):
        place.put_back()
        assert in_a_fork(stopping(store, errand, stop)) == STOPPED
        found = sqlite_state(str(place.path))
        last = stop == 2 * len(statements) - 1
        assert found == (after if last else before), f"broken at {stop}: {statements[stop // 2]}"
    place.put_back()
    assert in_a_fork(stopping(store, errand, 2 * len(statements))) == 0


def test_an_errand_runs_again_after_a_stop(place: Place) -> None:
    """Whatever the stopped process left beside the file, the next one goes on from it."""
    for stop in range(0, 30, 5):
        place.put_back()
        assert in_a_fork(stopping(place.store, ERRANDS["take_in"], stop)) == STOPPED
        ERRANDS["take_in"](place.store)
        place.let_go()
        assert len(sqlite_state(str(place.path))["customers"]) == 7
