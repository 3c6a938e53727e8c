"""A driver connection during one session: the only place that runs a statement."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Protocol

from estatecrm.errors import Busy, Conflict, StorageError
from estatecrm.storage.sql.copying import COPIED_FROM, copy_rows
from estatecrm.storage.sql.statements import ListStatement, Parameter, Row, Statement
from estatecrm.storage.sql.trouble import is_cut, is_full, storage_error


class Cursor(Protocol):
    """What is used of a driver's cursor (PEP 249)."""

    @property
    def rowcount(self) -> int:
        """How many rows the last statement changed."""
        ...

    def execute(self, sql: str, parameters: Sequence[Parameter], /) -> object:
        """Run one statement."""
        ...

    def executemany(self, sql: str, rows: Iterable[Row], /) -> object:
        """Run one statement once for every row."""
        ...

    def fetchall(self) -> Sequence[Row]:
        """The rows of the answer."""
        ...

    def close(self) -> object:
        """Give the cursor back."""
        ...


class Connection(Protocol):
    """What is used of a driver's connection (PEP 249)."""

    def cursor(self) -> Cursor:
        """A new cursor."""
        ...

    def close(self) -> object:
        """End the connection."""
        ...


class Link:
    """
    A driver connection as one session uses it.

    An error of the driver breaks the link: from then on it refuses every statement, and the session cannot be
    kept. `Conflict`, `NotFound` and `InvalidFacts` raised by the library leave it sound.
    """

    def __init__(self, connection: Connection, error: type[Exception], *, writable: bool) -> None:
        self._connection = connection
        self._error = error
        self._writable = writable
        self._over = False
        self.broken: StorageError | None = None

    def rows(self, statement: Statement, parameters: Sequence[Parameter] = ()) -> Sequence[Row]:
        """The rows *statement* asks for."""
        self._check()
        cursor = None
        try:
            cursor = self._connection.cursor()
            cursor.execute(statement.sql, parameters)
            rows = cursor.fetchall()
            cursor.close()
        except self._error as error:
            raise self._broken_by(error, cursor) from error
        return rows

    def listed(self, statement: ListStatement, items: Sequence[str], *before: Parameter) -> Iterator[Row]:
        """The rows that a statement over a list asks for, part by part; *before* are its other parameters."""
        for part, parameters in statement.runs(items):
            yield from self.rows(part, (*before, *parameters))

    def change(self, statement: Statement, parameters: Sequence[Parameter]) -> int:
        """How many rows *statement* changed."""
        self.check_writable()
        cursor = None
        try:
            cursor = self._connection.cursor()
            cursor.execute(statement.sql, parameters)
            changed = cursor.rowcount
            cursor.close()
        except self._error as error:
            raise self._broken_by(error, cursor) from error
        return changed

    def change_many(self, statement: Statement, rows: Sequence[Row]) -> int:
        """How many rows *statement*, run for each of *rows*, changed in all."""
        self.check_writable()
        cursor = None
        try:
            cursor = self._connection.cursor()
            if statement.copying is not None and len(rows) >= COPIED_FROM:
                changed = copy_rows(cursor, statement.copying, rows)
            else:
                cursor.executemany(statement.sql, rows)
                changed = cursor.rowcount
            cursor.close()
        except self._error as error:
            raise self._broken_by(error, cursor) from error
        return changed

    def run(self, *sql: str) -> None:
        """Run statements that take and answer nothing: the frame of a session."""
        try:
            self._bare(*sql)
        except self._error as error:
            raise self._broken_by(error) from error

    @contextmanager
    def undoing(self) -> Iterator[None]:
        """All that the block changes is undone if an exception leaves it; the session goes on."""
        self.check_writable()
        self.run("SAVEPOINT estatecrm_call")
        try:
            yield
        except BaseException as error:
            if isinstance(error, Conflict) and error is self.broken:
                self.broken = None  # a key that is taken breaks nothing once its call is undone
            self._undo()
            raise
        self.run("RELEASE SAVEPOINT estatecrm_call")

    def check_writable(self) -> None:
        """
        Whether the session may write now.

        Raises:
            StorageError: it only reads, is over, or is broken.
        """
        self._check()
        if not self._writable:
            raise StorageError("this session only reads: open one with writing()")

    def keep(self) -> None:
        """
        Make what the session changed lasting.

        Raises:
            StorageError: it cannot be kept; `outcome_known` is false where it may be kept all the same.
        """
        self._check()
        try:
            self._bare("COMMIT")
        except self._error as error:
            trouble = self._broken_by(error)
            # A commit that was refused leaves its transaction open; one whose answer was lost may have happened.
            trouble.outcome_known = isinstance(trouble, Busy | Conflict) or is_full(error) or self._still_open(error)
            raise trouble from error
        self._over = True

    def end(self) -> None:
        """No statement from now on; what is not kept by now is undone, whatever the trouble."""
        if not self._over:
            self._over = True
            try:
                self._bare("ROLLBACK")
            except self._error as error:
                # SQLite ends a transaction by itself when the disk is full: then there is nothing to roll back.
                if self._in_transaction() is not False:
                    self.broken = self.broken or storage_error(error)

    def _check(self) -> None:
        if self._over:
            raise StorageError("the session is over: open another one")
        if self.broken is not None:
            raise StorageError("the session failed before and keeps nothing: leave it") from self.broken

    def _undo(self) -> None:
        try:
            self._bare("ROLLBACK TO SAVEPOINT estatecrm_call", "RELEASE SAVEPOINT estatecrm_call")
        except self._error as error:
            self.broken = self.broken or storage_error(error)

    def _bare(self, *sql: str) -> None:
        cursor = self._connection.cursor()
        try:
            for each in sql:
                cursor.execute(each, ())
        finally:
            cursor.close()

    def _still_open(self, error: Exception) -> bool:
        state = self._in_transaction()
        return not is_cut(error) if state is None else state

    def _in_transaction(self) -> bool | None:
        state = getattr(self._connection, "in_transaction", None)
        return state if isinstance(state, bool) else None

    def _broken_by(self, error: Exception, cursor: Cursor | None = None) -> StorageError:
        # SQLite keeps a closed connection's file open for as long as one of its statements is.
        if cursor is not None:
            with suppress(self._error):
                cursor.close()
        self.broken = storage_error(error)
        return self.broken
