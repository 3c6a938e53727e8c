"""A connection that a host lends: an errand becomes a part of the host's transaction, and only of that."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from functools import lru_cache, partial
from itertools import count
from typing import TYPE_CHECKING, Final, cast

from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError

from estatecrm.errors import Busy, StorageError
from estatecrm.storage.codec import Reasons
from estatecrm.storage.sql.borrowed import DIALECTS, Borrowed, BorrowedSqlite, LentConnection, borrow
from estatecrm.storage.sql.kept_reasons import KeptReasons
from estatecrm.storage.sql.links import Link
from estatecrm.storage.sql.migrating import check_version
from estatecrm.storage.sql.schema import check_prefix
from estatecrm.storage.sql.stores import SqlSession, Statements, statements_for

if TYPE_CHECKING:
    from sqlalchemy import Connection

_URLS: Final = {
    "sqlite": "sqlite+pysqlite://",
    "postgresql": "postgresql+psycopg://",
    "mariadb": "mariadb+pymysql://",
}
_NUMBERS: Final = count(1)
"""Each session has a savepoint of its own name: MariaDB lets go of the older one that has the same."""


class LentStore:
    """
    Records in the host's database, through a connection that stays the host's.

    It is never committed, rolled back or closed here: a session is a savepoint in the transaction the host began. One
    thread at a time, as for the connection itself.
    """

    def __init__(
        self,
        lender: Callable[[], Borrowed],
        error: type[Exception],
        statements: Statements,
        reasons: KeptReasons,
    ) -> None:
        self._lender = lender
        self._error = error
        self._statements = statements
        self._reasons = reasons
        self._closed = self._checked = False

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
        borrowed = self._lender()
        if borrowed.commits_by_itself:
            raise StorageError("the lent connection is in no transaction: begin one, then run the errand")
        link = _LentLink(borrowed, self._error, writable=writable)
        try:
            link.begin()
            if not self._checked:
                check_version(link.rows(self._statements.version))
                self._checked = True
            yield link
        except StorageError as error:
            link.end()
            if link.gone:
                raise _all_gone(error) from error
            raise
        finally:
            link.end()


class _LentLink(Link):
    """A host's connection during one session: a savepoint takes the place of the transaction."""

    gone = False
    """Whether the host's transaction is over, with all that the host did in it."""

    def begin(self) -> None:
        """Begin the session."""
        self._savepoint = f"estatecrm_session_{next(_NUMBERS)}"
        self.run(f"SAVEPOINT {self._savepoint}")

    def keep(self) -> None:
        """Leave what the session changed to the host, who keeps it or not."""
        self._check()
        self.run(f"RELEASE SAVEPOINT {self._savepoint}")
        self._over = True

    def end(self) -> None:
        """No statement from now on; what was not left to the host is undone, and only that."""
        if not self._over:
            self._over = True
            try:
                self._bare(f"ROLLBACK TO SAVEPOINT {self._savepoint}", f"RELEASE SAVEPOINT {self._savepoint}")
            except self._error:
                # A deadlock, a full disk or a broken connection ends a transaction with all its savepoints.
                self.gone = True


def lend(
    connection: "Connection", *, prefix: str = "", schema: str | None = None, enums: tuple[type[Enum], ...] = ()
) -> LentStore:
    """
    A store on a host's SQLAlchemy *connection*, at any isolation level; an ORM session lends `session.connection()`.

    What an errand does is the host's: it commits it or rolls it back. The tables, with *prefix* and *schema*, must be
    there: `estatecrm.storage.upgrade` puts them beside others.

    Raises:
        StorageError: it is not of SQLite, PostgreSQL or MariaDB, or *prefix* cannot begin a table's name.
    """
    dialect = _dialect(connection.dialect.name)
    return _lent(
        partial(_of_sqlalchemy, connection, dialect),
        connection.dialect.loaded_dbapi.Error,
        dialect,
        prefix,
        schema,
        enums,
    )


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

    *dialect* is ``sqlite``, ``postgresql`` (psycopg 3) or ``mysql`` (MariaDB; PyMySQL), as Django's ``vendor`` says it;
    a transaction must have begun. The tables, with *prefix* and *schema*, must be there: `estatecrm.storage.upgrade`
    puts them beside others.

    Raises:
        StorageError: *dialect* is none of these, or *prefix* cannot begin a table's name.
    """
    known = _dialect(dialect)
    return _lent(partial(borrow, connection, known), connection.Error, known, prefix, schema, enums)


def _lent(
    lender: Callable[[], Borrowed],
    error: type[Exception],
    dialect: str,
    prefix: str,
    schema: str | None,
    enums: tuple[type[Enum], ...],
) -> LentStore:
    return LentStore(lender, error, *_compiled(dialect, check_prefix(prefix), schema, enums))


def _dialect(name: str) -> str:
    if name not in DIALECTS:
        raise StorageError(
            f"{name!r} is no database whose driver can be lent: lend a connection of SQLite, PostgreSQL or MariaDB"
        )
    return DIALECTS[name]


def _of_sqlalchemy(connection: "Connection", dialect: str) -> Borrowed:
    try:
        if not connection.in_transaction():
            # As any statement of the host would.
            connection.begin()
        borrowed = borrow(cast(LentConnection, connection.connection.driver_connection), dialect)
        if isinstance(borrowed, BorrowedSqlite) and borrowed.waits_to_begin:
            # Python begins with the first change only; a savepoint alone would commit when it is released.
            connection.exec_driver_sql("BEGIN")
    except SQLAlchemyError as error:
        raise StorageError("the lent connection is closed or broken: lend one that is open") from error
    return borrowed


def _all_gone(error: StorageError) -> StorageError:
    if isinstance(error, Busy):
        return Busy("the database undid the host's transaction to let another one go on: repeat all of it")
    return StorageError("the host's transaction is over, and nothing of it is kept: roll back, then repeat all of it")


@lru_cache
def _compiled(
    dialect: str, prefix: str, schema: str | None, enums: tuple[type[Enum], ...]
) -> tuple[Statements, KeptReasons]:
    # The engine knows the dialect and never connects.
    engine = create_engine(_URLS[dialect])
    return statements_for(engine.dialect, prefix, schema), KeptReasons(Reasons(enums))
