"""
Where records are kept: interfaces here, adapters in `memory` and `sql`, records as text in `codec`.

`open_store` opens a store by its URL; `estatecrm.testing` proves an adapter of one's own.
"""

from estatecrm.storage.interfaces import (
    AccessLog,
    Card,
    Contacts,
    Customers,
    Duties,
    Line,
    PointsEntries,
    Session,
    Staff,
    Store,
    Stored,
)
from estatecrm.storage.opening import Journal, open_store, upgrade

__all__ = [
    "AccessLog",
    "Card",
    "Contacts",
    "Customers",
    "Duties",
    "Journal",
    "Line",
    "PointsEntries",
    "Session",
    "Staff",
    "Store",
    "Stored",
    "open_store",
    "upgrade",
]
