"""SQLite keeps the contract in both journal modes, with and without a prefix."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from estatecrm.storage import Journal, Store, open_store
from estatecrm.testing.storage_kit import Concurrent, Durable, Shared, StorageContract


def open_at(folder: Path, prefix: str, journal: Journal, place: str) -> Store:
    return open_store(f"sqlite:///{folder / place}.db", prefix=prefix, journal=journal, patience=1)


class TestRollbackJournal(StorageContract, Durable, Concurrent, Shared):
    @pytest.fixture
    def store_factory(self, tmp_path: Path) -> Callable[[str], Store]:
        return partial(open_at, tmp_path, "", Journal.DELETE)


class TestWriteAheadLog(StorageContract, Durable, Concurrent, Shared):
    @pytest.fixture
    def store_factory(self, tmp_path: Path) -> Callable[[str], Store]:
        return partial(open_at, tmp_path, "crm_", Journal.WAL_UNCHECKED)
