"""The sales system's connection as one session uses it: the only place that runs a statement on its tables."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

from estatecrm.errors import Busy, Conflict, StorageError

Cell: TypeAlias = str | int | None
Row: TypeAlias = tuple[Any, ...]
"""What SQLite answers; the statement says which columns."""


class Rows:
    """Questions and changes on one connection; `StorageError` instead of the driver's errors."""

    def __init__(self, connection: sqlite3.Connection, *, writable: bool) -> None:
        self._connection = connection
        self._writable = writable
        self._broken: StorageError | None = None

    def ask(self, sql: str, values: Sequence[Cell] = ()) -> list[Row]:
        """The rows that *sql* asks for."""
        return self._run(sql, values).fetchall()

    def change(self, sql: str, values: Sequence[Cell]) -> int:
        """How many rows *sql* changed."""
        if not self._writable:
            raise StorageError("this session only reads: open it with writing()")
        return self._run(sql, values).rowcount

    @contextmanager
    def undoing(self) -> Iterator[None]:
        """What the block changes is undone if an exception leaves it; the session goes on."""
        self._run("SAVEPOINT 一步", ())
        try:
            yield
        except BaseException:
            self._run("ROLLBACK TO 一步", ())
            raise
        finally:
            self._run("RELEASE 一步", ())

    def check(self) -> None:
        """Whether everything went well so far: a session that failed is not kept, even if the error was swallowed."""
        if self._broken is not None:
            raise StorageError("the session failed before and keeps nothing: leave it") from self._broken

    def _run(self, sql: str, values: Sequence[Cell]) -> sqlite3.Cursor:
        self.check()
        try:
            return self._connection.execute(sql, values)
        except sqlite3.IntegrityError as taken:
            raise Conflict("somebody else has that code or login already: read again") from taken
        except sqlite3.ProgrammingError as ended:
            raise StorageError("this session has ended: open another one") from ended
        except sqlite3.Error as error:
            self._broken = trouble(error)
            raise self._broken from error


def trouble(error: sqlite3.Error) -> StorageError:
    """The library's error for SQLite's own."""
    if error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return Busy("the sales system is being changed by somebody else: repeat the errand")
    return StorageError("the sales system's database is in trouble: its own error says why")
