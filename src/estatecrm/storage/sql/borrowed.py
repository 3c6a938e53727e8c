"""A host's driver connection, used as ours are: plain rows whatever its own say, and never outside a transaction."""

from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias, cast

from attrs import frozen

from estatecrm.errors import StorageError
from estatecrm.storage.sql.links import Cursor

if TYPE_CHECKING:
    import sqlite3

    import psycopg

_IN_TRANSACTION, _AUTOCOMMIT = 1, 2
"""Bits of what a MariaDB server says of a session."""


class LentConnection(Protocol):
    """A driver's connection that knows its errors, as PEP 249 suggests and sqlite3, psycopg and PyMySQL do."""

    @property
    def Error(self) -> type[Exception]:  # noqa: N802 - the standard's name for it
        """The base of the driver's errors."""
        ...

    def cursor(self) -> Any:
        """A new cursor."""
        ...

    def close(self) -> object:
        """End the connection: never called here."""
        ...


@frozen
class BorrowedSqlite:
    """A connection of `sqlite3`."""

    lent: "sqlite3.Connection"

    def cursor(self) -> Cursor:
        """A cursor of plain tuples."""
        cursor = self.lent.cursor()
        cursor.row_factory = None
        return cast(Cursor, cursor)

    def close(self) -> None:
        """The host closes it."""

    @property
    def in_transaction(self) -> bool:
        """Whether it has begun one."""
        return self.lent.in_transaction

    @property
    def commits_by_itself(self) -> bool:
        """Whether each statement would be kept at once; a savepoint would be, when it is released."""
        return not self.lent.in_transaction

    @property
    def waits_to_begin(self) -> bool:
        """Whether it begins a transaction with the first change, and has not yet."""
        return self.lent.isolation_level is not None and not self.lent.in_transaction


@frozen
class BorrowedPostgresql:
    """A connection of psycopg 3, which begins a transaction with the first statement unless it is told not to."""

    lent: "psycopg.Connection[Any]"

    def cursor(self) -> Cursor:
        """A cursor of plain tuples."""
        from psycopg import Cursor as Plain
        from psycopg.rows import tuple_row

        return cast(Cursor, Plain(self.lent, row_factory=tuple_row))

    def close(self) -> None:
        """The host closes it."""

    @property
    def commits_by_itself(self) -> bool:
        """Whether each statement would be kept at once."""
        from psycopg.pq import TransactionStatus

        return self.lent.autocommit and self.lent.info.transaction_status == TransactionStatus.IDLE


@frozen
class BorrowedMariadb:
    """A connection of PyMySQL, or of a driver that does as it does."""

    lent: Any

    def cursor(self) -> Cursor:
        """A cursor of plain tuples."""
        kind = type(self.lent).__module__.partition(".")[0]
        if kind == "pymysql":
            from pymysql.cursors import Cursor as Plain

            return cast(Cursor, self.lent.cursor(Plain))
        return cast(Cursor, self.lent.cursor())

    def close(self) -> None:
        """The host closes it."""

    @property
    def commits_by_itself(self) -> bool:
        """Whether each statement would be kept at once."""
        status = getattr(self.lent, "server_status", None)
        if isinstance(status, int):
            return bool(status & _AUTOCOMMIT) and not status & _IN_TRANSACTION
        return bool(self.lent.get_autocommit())


Borrowed: TypeAlias = BorrowedSqlite | BorrowedPostgresql | BorrowedMariadb

_KINDS: Final[dict[str, type[Borrowed]]] = {
    "sqlite": BorrowedSqlite,
    "postgresql": BorrowedPostgresql,
    "mariadb": BorrowedMariadb,
}
DIALECTS: Final = {"sqlite": "sqlite", "postgresql": "postgresql", "mariadb": "mariadb", "mysql": "mariadb"}
"""Ours for each name that SQLAlchemy's dialects and Django's vendors have."""


def borrow(connection: LentConnection, dialect: str) -> Borrowed:
    """
    *connection* in our hands; *dialect* is one of ours.

    Raises:
        StorageError: it is of another driver.
    """
    driver = type(connection).__module__.partition(".")[0]
    if dialect == "postgresql" and driver == "psycopg2":
        raise StorageError("a connection of psycopg2 cannot be lent: connect with psycopg, version 3")
    return _KINDS[dialect](connection)  # type: ignore[arg-type]  # what its dialect's driver makes
