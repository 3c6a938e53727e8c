"""
The reference adapter: plain dictionaries, real sessions, and nothing else.

Read `tables` for how a session stays alone with its changes, then the interfaces, one module each.
"""

from estatecrm.storage.memory.stores import MemorySession, MemoryStore

__all__ = ["MemorySession", "MemoryStore"]
