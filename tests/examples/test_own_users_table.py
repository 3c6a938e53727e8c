"""The example of the documentation keeps the storage contract."""

from collections.abc import Callable
from pathlib import Path

import pytest

from estatecrm.storage import Store, open_store
from estatecrm.testing.storage_kit import Durable, StorageContract
from own_users_table import CompanyStore


class TestCompanyStore(StorageContract, Durable):
    @pytest.fixture
    def store_factory(self, tmp_path: Path) -> Callable[[str], Store]:
        def opened(place: str) -> Store:
            return CompanyStore(open_store(f"{tmp_path / place}.db", patience=1), tmp_path / f"{place}-users.db")

        return opened
