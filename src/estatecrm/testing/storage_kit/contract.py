"""The classes to subclass: what every storage keeps, and what some promise besides."""

from estatecrm.testing.storage_kit.comparison import ComparisonScenarios
from estatecrm.testing.storage_kit.customers import CustomerScenarios
from estatecrm.testing.storage_kit.duties import DutyScenarios
from estatecrm.testing.storage_kit.people import PeopleScenarios
from estatecrm.testing.storage_kit.points import PointsConcurrently, PointsElsewhere, PointsScenarios
from estatecrm.testing.storage_kit.promises import ConcurrentScenarios, DurableScenarios, ProcessScenarios
from estatecrm.testing.storage_kit.sessions import SessionScenarios
from estatecrm.testing.storage_kit.texts import TextScenarios


class StorageContract(
    SessionScenarios,
    CustomerScenarios,
    DutyScenarios,
    PeopleScenarios,
    PointsScenarios,
    TextScenarios,
    ComparisonScenarios,
):
    """What every storage keeps: SC-01 to SC-73 and SC-99."""


class Durable(DurableScenarios):
    """It lasts: SC-80 and SC-81."""


class Concurrent(ConcurrentScenarios, PointsConcurrently):
    """Threads may share a store: SC-90 to SC-94."""


class Shared(ProcessScenarios, PointsElsewhere):
    """Processes may share a place: SC-95 and SC-96. *store_factory* can be pickled."""
