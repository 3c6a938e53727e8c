"""What a host's connection is lent for keeps the contract too, in transactions that the host begins and commits."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from estatecrm.storage import Store
from estatecrm.testing.storage_kit import Concurrent, Durable, Shared, StorageContract
from lending_host import open_on_server, open_on_sqlite
from servers import Places


class TestLentSqlite(StorageContract, Durable, Concurrent, Shared):
    @pytest.fixture
    def store_factory(self, tmp_path: Path) -> Callable[[str], Store]:
        return partial(open_on_sqlite, tmp_path)


class TestLentPostgresql(StorageContract, Durable, Concurrent, Shared):
    @pytest.fixture
    def store_factory(self, postgresql: Places) -> Callable[[str], Store]:
        return partial(open_on_server, postgresql, "REPEATABLE READ")


class TestLentMariadb(StorageContract, Durable, Concurrent, Shared):
    @pytest.fixture
    def store_factory(self, mariadb: Places) -> Callable[[str], Store]:
        return partial(open_on_server, mariadb, "REPEATABLE READ")
