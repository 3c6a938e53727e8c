"""The storage in memory keeps the contract."""

from collections.abc import Callable

import pytest

from estatecrm.storage import Store
from estatecrm.storage.memory import MemoryStore
from estatecrm.testing.storage_kit import Concurrent, StorageContract


class TestMemory(StorageContract, Concurrent):
    @pytest.fixture
    def store_factory(self) -> Callable[[str], Store]:
        return lambda place: MemoryStore(patience=1)
