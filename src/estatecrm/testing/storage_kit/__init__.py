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

for _module in ("comparison", "customers", "duties", "people", "promises", "sessions", "texts"):
    pytest.register_assert_rewrite(f"{__name__}.{_module}")

from estatecrm.testing.storage_kit.comparison import ComparisonScenarios  # noqa: E402 - rewritten first
from estatecrm.testing.storage_kit.customers import CustomerScenarios  # noqa: E402
from estatecrm.testing.storage_kit.duties import DutyScenarios  # noqa: E402
from estatecrm.testing.storage_kit.people import PeopleScenarios  # noqa: E402
from estatecrm.testing.storage_kit.promises import (  # noqa: E402
    ConcurrentScenarios,
    DurableScenarios,
    ProcessScenarios,
)
from estatecrm.testing.storage_kit.requirements import REQUIREMENTS, ContractBroken  # noqa: E402
from estatecrm.testing.storage_kit.sessions import SessionScenarios  # noqa: E402
from estatecrm.testing.storage_kit.texts import TextScenarios  # noqa: E402


class StorageContract(
    SessionScenarios,
    CustomerScenarios,
    DutyScenarios,
    PeopleScenarios,
    TextScenarios,
    ComparisonScenarios,
):
    """What every storage keeps: SC-01 to SC-73 and SC-99."""


class Durable(DurableScenarios):
    """It lasts: SC-80 and SC-81."""


class Concurrent(ConcurrentScenarios):
    """Threads may share a store: SC-90 to SC-93."""


class Shared(ProcessScenarios):
    """Processes may share a place: SC-95. *store_factory* can be pickled."""


__all__ = ["REQUIREMENTS", "Concurrent", "ContractBroken", "Durable", "Shared", "StorageContract"]
