"""The store: customers and staff in the sales system's own tables, everything else in ours, in one transaction."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from estatecrm.errors import StorageError
from estatecrm.storage import Session, upgrade
from estatecrm.storage.sql import lend_driver
from legacy_sales_system.customers import LegacyCustomers
from legacy_sales_system.rows import Rows, trouble
from legacy_sales_system.schema import BESIDE
from legacy_sales_system.staff import LegacyStaff

PREFIX = "crm_"
"""What the library's own tables in the sales system's database begin with."""


class LegacySession:
    """The library's session, with the sales system's customers and staff in the place of ours."""

    def __init__(self, ours: Session, rows: Rows) -> None:
        self.customers = LegacyCustomers(rows)
        self.staff = LegacyStaff(rows)
        self.contacts = ours.contacts
        self.duties = ours.duties
        self.points = ours.points
        self.log = ours.log


class LegacyStore:
    """
    A store in the database file of the sales system, which goes on using it.

    A session waits *patience* seconds for whoever holds the file, then it is `Busy`.
    """

    def __init__(self, place: Path, *, patience: float = 5.0) -> None:
        self._place = place
        self._patience = patience
        self._closed = False
        with self._transaction("BEGIN IMMEDIATE") as connection:
            found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = '客户_附加'").fetchone()
            for statement in () if found else statements(BESIDE):
                connection.execute(statement)
        # Finds nothing to do but the first time, and after the library was replaced by a newer one.
        upgrade(f"sqlite:///{place}", prefix=PREFIX)

    @contextmanager
    def reading(self) -> Iterator[LegacySession]:
        """A session that sees one state."""
        with self._session("BEGIN", writable=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[LegacySession]:
        """A session that keeps everything when its block ends, and nothing when an exception leaves it."""
        with self._session("BEGIN IMMEDIATE", writable=True) as session:
            yield session

    def close(self) -> None:
        """No sessions from now on; each has had its own connection."""
        self._closed = True

    @contextmanager
    def _session(self, begin: str, *, writable: bool) -> Iterator[LegacySession]:
        if self._closed:
            raise StorageError("the store is closed: open another one")
        with self._transaction(begin) as connection:
            rows = Rows(connection, writable=writable)
            lent = lend_driver(connection, "sqlite", prefix=PREFIX)
            with lent.writing() if writable else lent.reading() as ours:
                yield LegacySession(ours, rows)
            rows.check()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        try:
            connection = sqlite3.connect(self._place, isolation_level=None, timeout=self._patience)
        except sqlite3.Error as error:
            raise trouble(error) from error
        # Closing a connection rolls back what it did not commit.
        with closing(connection):
            _run(connection, begin)
            yield connection
            _run(connection, "COMMIT")


def _run(connection: sqlite3.Connection, sql: str) -> None:
    try:
        connection.execute(sql)
    except sqlite3.Error as error:
        raise trouble(error) from error


def statements(script: str) -> Iterator[str]:
    """The statements of *script* one by one, because ``executescript`` would commit before the first."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
