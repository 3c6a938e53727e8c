"""Which document says what, and who is meant by it."""

from estatecrm.policy.documents import Clause, Document
from estatecrm.policy.entries import CORE, SOFT, STD, Entry, Tier
from estatecrm.policy.roles import Department, Role

__all__ = ["CORE", "SOFT", "STD", "Clause", "Department", "Document", "Entry", "Role", "Tier"]
