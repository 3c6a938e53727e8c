"""A connection that a host lends: an errand becomes a part of the host's transaction, and only of that."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from functools import lru_cache
from typing import Final, Protocol

from sqlalchemy import create_engine

from estatecrm.errors import StorageError
from estatecrm.storage.codec import Reasons
from estatecrm.storage.sql.kept_reasons import KeptReasons
from estatecrm.storage.sql.links import Connection, Link
from estatecrm.storage.sql.schema import check_prefix
from estatecrm.storage.sql.stores import SqlSession, Statements, _statements

# Not MariaDB: hosts there ask for FOUND_ROWS, which counts a row that an INSERT passes over as added.
_URLS: Final = {"sqlite": "sqlite+pysqlite://", "postgresql": "postgresql+psycopg://"}


class LentConnection(Connection, Protocol):
    """A driver's connection that knows its errors, as PEP 249 suggests and SQLite and psycopg do."""

    @property
    def Error(self) -> type[Exception]:  # noqa: N802 - the standard's name for it
        """The base of the driver's errors."""
        ...


class LentStore:
    """
    Records in the host's database, through a connection that stays the host's.

    It is never committed, rolled back or closed here: a session is a savepoint in the transaction the host began.
    """

    def __init__(self, connection: LentConnection, statements: Statements, reasons: KeptReasons) -> None:
        self._connection = connection
        self._statements = statements
        self._reasons = reasons
        self._closed = False

    @contextmanager
    def reading(self) -> Iterator[SqlSession]:
        """A session that sees what the host's transaction sees; writing in it is an error."""
        with self._link(writable=False) as link:
            yield SqlSession(link, self._statements, self._reasons)

    @contextmanager
    def writing(self) -> Iterator[SqlSession]:
        """A session that leaves everything to the host when its block ends, and nothing when an exception leaves it."""
        with self._link(writable=True) as link:
            yield SqlSession(link, self._statements, self._reasons)
            link.keep()

    def close(self) -> None:
        """Use the connection no more; whoever lent it closes it."""
        self._closed = True

    @contextmanager
    def _link(self, *, writable: bool) -> Iterator["_LentLink"]:
        if self._closed:
            raise StorageError("the store is closed: lend the connection again")
        link = _LentLink(self._connection, self._connection.Error, writable=writable)
        link.begin()
        try:
            yield link
        finally:
            link.end()


class _LentLink(Link):
    """A host's connection during one session: a savepoint takes the place of the transaction."""

    def begin(self) -> None:
        """Begin the session; `StorageError` if the host began no transaction that would hold it together."""
        if self._in_transaction() is False:
            raise StorageError("the lent connection is in no transaction: begin one, then run the errand")
        self.run("SAVEPOINT estatecrm_session")

    def keep(self) -> None:
        """Leave what the session changed to the host, who keeps it or not."""
        self._check()
        self.run("RELEASE SAVEPOINT estatecrm_session")
        self._over = True

    def end(self) -> None:
        """No statement from now on; what was not left to the host is undone, and only that."""
        if not self._over:
            self._over = True
            try:
                self._bare("ROLLBACK TO SAVEPOINT estatecrm_session", "RELEASE SAVEPOINT estatecrm_session")
            except self._error as error:
                # Some trouble ends the host's transaction with all its savepoints; then nothing of ours is left.
                self.broken = self.broken or StorageError("the host's transaction is over: begin another one")
                self.broken.__cause__ = self.broken.__cause__ or error


def lend_driver(
    connection: LentConnection,
    dialect: str,
    *,
    prefix: str = "",
    schema: str | None = None,
    enums: tuple[type[Enum], ...] = (),
) -> LentStore:
    """
    A store on the driver's own *connection*, such as the one beneath Django's.

    *dialect* is ``sqlite`` or ``postgresql`` (psycopg 3), as Django's ``vendor`` says it. The tables, with *prefix*
    and *schema*, must be there: `estatecrm.storage.upgrade` puts them beside others.

    Raises:
        StorageError: *dialect* is none of these, or *prefix* cannot begin a table's name.
    """
    if dialect not in _URLS:
        raise StorageError(f"{dialect!r} is no database whose driver can be lent: say sqlite or postgresql")
    return LentStore(connection, _compiled(dialect, check_prefix(prefix), schema), KeptReasons(Reasons(enums)))


@lru_cache
def _compiled(dialect: str, prefix: str, schema: str | None) -> Statements:
    # The engine knows the dialect and never connects.
    return _statements(create_engine(_URLS[dialect]), prefix, schema)
