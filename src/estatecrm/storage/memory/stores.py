"""The store in memory: one state, replaced as a whole when a writing session ends well."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from threading import Lock

from estatecrm.errors import Busy, StorageError
from estatecrm.storage.codec import Reasons
from estatecrm.storage.memory.customers import MemoryCustomers
from estatecrm.storage.memory.duties import MemoryDuties
from estatecrm.storage.memory.people import MemoryAccessLog, MemoryContacts, MemoryStaff
from estatecrm.storage.memory.points import MemoryPointsEntries
from estatecrm.storage.memory.tables import Permit, State, Table


class MemorySession:
    """What one session sees: the state it began with, and its own changes."""

    def __init__(self, state: State, permit: Permit, forms: Reasons) -> None:
        self._customers = Table(state.customers, permit)
        self._match_keys = Table(state.match_keys, permit)
        self._sequences = Table(state.sequences, permit)
        self._contacts = Table(state.contacts, permit)
        self._duties = Table(state.duties, permit)
        self._reasons = Table(state.reasons, permit)
        self._accounts = Table(state.accounts, permit)
        self._points = Table(state.points, permit)
        self._points_keys = Table(state.points_keys, permit)
        self._staff = Table(state.staff, permit)
        self._log = Table(state.log, permit)
        self.customers = MemoryCustomers(self._customers, self._match_keys, self._sequences)
        self.contacts = MemoryContacts(self._contacts)
        self.duties = MemoryDuties(self._duties, self._reasons, forms)
        self.points = MemoryPointsEntries(self._accounts, self._points, self._points_keys)
        self.staff = MemoryStaff(self._staff)
        self.log = MemoryAccessLog(self._log)

    def state(self) -> State:
        """Everything as the session leaves it."""
        return State(
            self._customers.rows,
            self._match_keys.rows,
            self._sequences.rows,
            self._contacts.rows,
            self._duties.rows,
            self._reasons.rows,
            self._accounts.rows,
            self._points.rows,
            self._points_keys.rows,
            self._staff.rows,
            self._log.rows,
        )


class MemoryStore:
    """
    Keeps records as long as the process runs: for tests, and as the adapter to read first.

    Any number of sessions read while one writes; a second writer waits *patience* seconds, then it is `Busy`.
    """

    def __init__(self, *, patience: float = 5.0, enums: tuple[type[Enum], ...] = ()) -> None:
        self._state = State()
        self._writing = Lock()
        self._patience = patience
        self._forms = Reasons(enums)
        self._closed = False

    @contextmanager
    def reading(self) -> Iterator[MemorySession]:
        """A session that sees one state of the storage; writing in it is an error."""
        permit = Permit(write=False)
        session = MemorySession(self._now(), permit, self._forms)
        try:
            yield session
        finally:
            permit.end()

    @contextmanager
    def writing(self) -> Iterator[MemorySession]:
        """A session that keeps everything when its block ends, and nothing when an exception leaves it."""
        self._now()
        if not self._writing.acquire(timeout=self._patience):
            raise Busy("another session is writing: repeat the errand")
        permit = Permit(write=True)
        try:
            session = MemorySession(self._now(), permit, self._forms)
            yield session
            self._state = session.state()
        finally:
            permit.end()
            self._writing.release()

    def close(self) -> None:
        """Forget everything; the store cannot be used afterwards."""
        self._state = State()
        self._closed = True

    def _now(self) -> State:
        if self._closed:
            raise StorageError("the store is closed: open another one")
        return self._state
