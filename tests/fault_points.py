"""A store whose statements can be watched one by one, and stopped or cut off at any of them."""

import os
import sqlite3
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from estatecrm.storage.sql import SqlStore

State = dict[str, list[tuple[object, ...]]]
TABLES = (
    "access_log",
    "contacts",
    "customers",
    "duties",
    "match_keys",
    "points_accounts",
    "points_entries",
    "reasons",
    "sequences",
    "staff",
)


class Watched:
    """A driver connection that tells *before* and *after* of each statement; many rows are as many statements."""

    def __init__(self, connection: Any, before: Callable[[str], None], after: Callable[[str], None]) -> None:
        self._connection, self._before, self._after = connection, before, after

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def cursor(self) -> "WatchedCursor":
        return WatchedCursor(self._connection.cursor(), self._before, self._after)


class WatchedCursor:
    def __init__(self, cursor: Any, before: Callable[[str], None], after: Callable[[str], None]) -> None:
        self._cursor, self._before, self._after = cursor, before, after
        self.rowcount = -1

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def execute(self, sql: str, parameters: Any) -> None:
        self._before(sql)
        self._cursor.execute(sql, parameters)
        self.rowcount = self._cursor.rowcount
        self._after(sql)

    def executemany(self, sql: str, rows: Any) -> None:
        changed = 0
        for row in rows:
            self.execute(sql, row)
            changed += self.rowcount
        self.rowcount = changed


class Lent:
    """A pooled connection that lends a watched one."""

    def __init__(self, lent: Any, before: Callable[[str], None], after: Callable[[str], None]) -> None:
        self.driver_connection = Watched(lent.driver_connection, before, after)
        self.close, self.invalidate = lent.close, lent.invalidate


def nothing(_: str) -> None:
    """Lets it pass."""


@contextmanager
def watched(
    store: SqlStore,
    before: Callable[[Any, str], None] = lambda connection, sql: None,
    after: Callable[[Any, str], None] = lambda connection, sql: None,
) -> Iterator[None]:
    """Every statement of *store* is told with the driver connection it runs on."""
    lend = store._lend

    def lent() -> Lent:
        real = lend()
        driver = real.driver_connection
        return Lent(real, lambda sql: before(driver, sql), lambda sql: after(driver, sql))

    store._lend = lent  # type: ignore[method-assign]  # the method is watched for one errand
    try:
        yield
    finally:
        del store._lend


def statements_of(store: SqlStore, errand: Callable[[SqlStore], object]) -> list[str]:
    """The statements *errand* runs, in their order."""
    said: list[str] = []
    with watched(store, before=lambda _, sql: said.append(sql)):
        errand(store)
    return said


def in_a_fork(work: Callable[[], object]) -> int:
    """Do *work* in a copy of this process and return the code it ended with."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # other threads of pytest hold nothing we use
        child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001 - nothing of pytest may run in the copy
            traceback.print_exc()
            os._exit(97)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def sqlite_state(path: str) -> State:
    """All rows of a SQLite file, which is sound."""
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in TABLES}
    finally:
        connection.close()
