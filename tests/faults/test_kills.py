"""
kill -9 at random moments under load: what was acknowledged is there, and no errand is there by half.

`ESTATECRM_TEST_KILLS` says how many kills for each journal mode: 20 unless given; the full measure is 200. The moments
come from a seed that a failure names.
"""

import os
import random
import signal
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from estatecrm.errors import Busy
from estatecrm.storage import Journal, Store, open_store
from estatecrm.storage.sql import SqlStore
from fault_errands import CLERK, CONSULTANT, award, newcomer, office, prepare
from fault_points import in_a_fork

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a kill needs fork, which Windows has not")
KILLS = int(os.environ.get("ESTATECRM_TEST_KILLS", "20"))
SEED = int(os.environ.get("ESTATECRM_TEST_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
WRITERS = 2


@pytest.fixture(params=[Journal.DELETE, Journal.WAL_UNCHECKED], ids=["DELETE", "WAL"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    store = open_store(str(tmp_path / "office.db"), journal=request.param, patience=30)
    prepare(store)
    yield store
    store.close()


def work(store: Store, acknowledge: int, tag: str) -> None:
    """Opens files and awards points without end, and says of each what was done, after it was."""
    number = 0
    while True:
        number += 1
        name = f"{tag}-{number}"
        try:
            code = office(store).customers.open_file(CONSULTANT, newcomer(name)).expect().code
            os.write(acknowledge, f"customer {code} {name}\n".encode())
            award(office(store), name)
            os.write(acknowledge, f"points {name}\n".encode())
        except Busy:
            continue


def kill_under_load(store: Store, turn: int, moments: random.Random) -> list[str]:
    """What was acknowledged before all writers were killed at once."""
    store._engine.dispose()
    reading, writing = os.pipe()
    writers = []
    for writer in range(WRITERS):
        child = os.fork()
        if child == 0:
            try:
                work(store, writing, f"{turn}-{writer}")
            finally:
                os._exit(97)
        writers.append(child)
    os.close(writing)
    first = os.read(reading, 65_536)
    time.sleep(moments.uniform(0, 0.06))
    for child in writers:
        os.kill(child, signal.SIGKILL)
    ends = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in writers]
    assert ends == [-signal.SIGKILL] * WRITERS, "a writer ended by itself"
    said = first
    while more := os.read(reading, 65_536):
        said += more
    os.close(reading)
    return said.decode().splitlines()


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_no_kill_loses_what_was_acknowledged(store: SqlStore, tmp_path: Path) -> None:
    moments = random.Random(SEED)
    acknowledged: set[str] = set()
    for turn in range(KILLS):
        acknowledged |= set(kill_under_load(store, turn, moments))
        found, lost = look(tmp_path / "office.db", acknowledged)
        assert not lost, f"lost after kill {turn} of seed {SEED}: {lost}"
        assert found["customers"] == found["files opened"] == found["sequence"], f"half an errand, seed {SEED}"
        assert found["points entries"] == found["awards granted"] == found["last number"], f"half, seed {SEED}"
    assert len(acknowledged) > KILLS
    assert in_a_fork(lambda: office(store).loyalty.balance(CLERK, "LH2025030003").expect()) == 0


def look(path: Path, acknowledged: set[str]) -> tuple[dict[str, int], set[str]]:
    """The counts that must agree, and what was acknowledged and is not there."""
    connection = sqlite3.connect(path, timeout=30)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        there = {f"customer {code} {name}" for code, name in connection.execute("SELECT code, name FROM customers")}
        keys = [key for (key,) in connection.execute("SELECT key FROM points_entries")]
        there |= {f"points {key.rpartition(':')[2]}" for key in keys}
        counts = {
            what: connection.execute(f"SELECT {sql}").fetchone()[0]
            for what, sql in {
                "customers": "count(*) FROM customers",
                "files opened": "count(*) FROM access_log WHERE body LIKE '%\"open_file\"%'",
                "sequence": "taken FROM sequences",
                "points entries": "count(*) FROM points_entries",
                "awards granted": "count(*) FROM access_log WHERE body LIKE '%\"award_points\"%'",
                "last number": "max(number) FROM points_entries",
            }.items()
        }
    finally:
        connection.close()
    return counts, acknowledged - there
