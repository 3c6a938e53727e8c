"""PostgreSQL and MariaDB keep the contract, in a schema of their own and behind a prefix; nothing is excluded."""

from collections.abc import Callable
from functools import partial

import pytest

from estatecrm.storage import Store
from estatecrm.testing.storage_kit import Concurrent, Durable, Shared, StorageContract
from servers import Places, open_database, open_schema


class TestPostgresqlInASchema(StorageContract, Durable, Concurrent, Shared):
    @pytest.fixture
    def store_factory(self, postgresql: Places) -> Callable[[str], Store]:
        return partial(open_schema, postgresql, 1.0)


class TestPostgresqlBehindAPrefix(StorageContract, Durable, Concurrent, Shared):
    @pytest.fixture
    def store_factory(self, postgresql: Places) -> Callable[[str], Store]:
        return partial(open_database, postgresql, "crm_", 1.0)


class TestMariadbInASchema(StorageContract, Durable, Concurrent, Shared):
    @pytest.fixture
    def store_factory(self, mariadb: Places) -> Callable[[str], Store]:
        return partial(open_schema, mariadb, 1.0)


class TestMariadbBehindAPrefix(StorageContract, Durable, Concurrent, Shared):
    @pytest.fixture
    def store_factory(self, mariadb: Places) -> Callable[[str], Store]:
        return partial(open_database, mariadb, "crm_", 1.0)
