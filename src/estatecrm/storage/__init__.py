"""Where records are kept: interfaces here, adapters in `memory` and `sql`."""

from estatecrm.storage.interfaces import (
    AccessLog,
    Card,
    Contacts,
    Customers,
    Duties,
    Line,
    Session,
    Staff,
    Store,
    Stored,
)

__all__ = [
    "AccessLog",
    "Card",
    "Contacts",
    "Customers",
    "Duties",
    "Line",
    "Session",
    "Staff",
    "Store",
    "Stored",
]
