"""
The storage contract as a kit: subclass it, give it one fixture, and pytest says which requirement fails.

::

    class TestMine(StorageContract, Durable, Concurrent):
        @pytest.fixture
        def store_factory(self, tmp_path):
            return lambda place: MyStore(tmp_path / place)

`StorageContract` is what every storage keeps. What it promises besides, it declares by its bases: `Durable`,
`Concurrent` (threads), `Shared` (processes; the factory can be pickled). Needs pytest and hypothesis.
"""

import pytest

for _module in ("comparison", "customers", "duties", "people", "points", "promises", "sessions", "texts"):
    pytest.register_assert_rewrite(f"{__name__}.{_module}")

from estatecrm.testing.storage_kit.contract import (  # noqa: E402 - its modules are to be rewritten first
    Concurrent,
    Durable,
    Shared,
    StorageContract,
)
from estatecrm.testing.storage_kit.requirements import (  # noqa: E402 - stands beside its contract
    REQUIREMENTS,
    ContractBroken,
)

__all__ = ["REQUIREMENTS", "Concurrent", "ContractBroken", "Durable", "Shared", "StorageContract"]
