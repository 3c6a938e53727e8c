"""Stores and sessions on a SQL database; SQLAlchemy lends the connections, the driver runs the statements."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from typing import TYPE_CHECKING, cast

from attrs import frozen
from sqlalchemy import Dialect, Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from estatecrm.errors import Busy, StorageError
from estatecrm.storage.codec import Reasons
from estatecrm.storage.sql import customer_statements, duty_statements, people
from estatecrm.storage.sql.backends import BACKENDS
from estatecrm.storage.sql.customers import SqlCustomers
from estatecrm.storage.sql.duties import SqlDuties
from estatecrm.storage.sql.kept_reasons import KeptReasons
from estatecrm.storage.sql.links import Connection, Link
from estatecrm.storage.sql.migrating import asking_version
from estatecrm.storage.sql.people import SqlAccessLog, SqlContacts, SqlStaff
from estatecrm.storage.sql.points import PointsStatements, SqlPointsEntries, points_statements
from estatecrm.storage.sql.schema import tables
from estatecrm.storage.sql.statements import Compiler, Statement
from estatecrm.storage.sql.trouble import is_cut, no_connection

if TYPE_CHECKING:
    from sqlalchemy.pool import PoolProxiedConnection


@frozen
class Statements:
    """Every statement of a store, compiled for its database."""

    ask_customers: customer_statements.Reading
    change_customers: customer_statements.Writing
    duties: duty_statements.DutyStatements
    points: PointsStatements
    people: people.PeopleStatements
    version: Statement


class SqlSession:
    """The interfaces of one session, over one driver connection."""

    def __init__(self, link: Link, statements: Statements, reasons: KeptReasons) -> None:
        self.customers = SqlCustomers(link, statements.ask_customers, statements.change_customers)
        self.contacts = SqlContacts(link, statements.people)
        self.duties = SqlDuties(link, statements.duties, reasons)
        self.points = SqlPointsEntries(link, statements.points)
        self.staff = SqlStaff(link, statements.people)
        self.log = SqlAccessLog(link, statements.people)


class SqlStore:
    """
    Records in the tables of a SQL database whose schema is up to date; `estatecrm.storage.open_store` opens one.

    Safe to share between threads: every session has its own connection from *engine*'s pool.
    """

    def __init__(
        self, engine: Engine, *, prefix: str = "", schema: str | None = None, enums: tuple[type[Enum], ...] = ()
    ) -> None:
        self._engine = engine
        self._backend = BACKENDS[engine.dialect.name]
        self._error = engine.dialect.loaded_dbapi.Error
        self._reasons = KeptReasons(Reasons(enums))
        self._statements = statements_for(engine.dialect, prefix, schema)
        self._closed = False

    @contextmanager
    def reading(self) -> Iterator[SqlSession]:
        """A session that sees one state of the storage; writing in it is an error."""
        with self._link(self._backend.read, writable=False) as link:
            yield SqlSession(link, self._statements, self._reasons)

    @contextmanager
    def writing(self) -> Iterator[SqlSession]:
        """A session that keeps everything when its block ends, and nothing when an exception leaves it."""
        with self._link(self._backend.write, writable=True) as link:
            yield SqlSession(link, self._statements, self._reasons)
            link.keep()

    def close(self) -> None:
        """Give back connections; the store cannot be used afterwards."""
        self._closed = True
        self._engine.dispose()

    @contextmanager
    def _link(self, begin: tuple[str, ...], *, writable: bool) -> Iterator[Link]:
        lent, link = self._begun(begin, writable=writable)
        try:
            yield link
        finally:
            link.end()
            if link.broken is None:
                lent.close()
            else:
                lent.invalidate()

    def _begun(self, begin: tuple[str, ...], *, writable: bool) -> "tuple[PoolProxiedConnection, Link]":
        lent, link = self._linked(writable=writable)
        try:
            link.run(*begin)
        except StorageError as error:
            lent.invalidate()
            if not isinstance(error.__cause__, Exception) or not is_cut(error.__cause__):
                raise
        else:
            return lent, link
        # The connection broke while nobody used it, and the others that wait did too; nothing was begun yet.
        self._engine.dispose()
        lent, link = self._linked(writable=writable)
        try:
            link.run(*begin)
        except StorageError:
            lent.invalidate()
            raise
        return lent, link

    def _linked(self, *, writable: bool) -> "tuple[PoolProxiedConnection, Link]":
        lent = self._lend()
        return lent, Link(cast(Connection, lent.driver_connection), self._error, writable=writable)

    def _lend(self) -> "PoolProxiedConnection":
        if self._closed:
            raise StorageError("the store is closed: open another one")
        try:
            return self._engine.raw_connection()
        except NoConnectionLeft as error:
            raise Busy("every connection to the database is in use: repeat the errand") from error
        except DBAPIError as error:
            raise no_connection(cast(Exception, error.orig)) from error
        except (self._error, SQLAlchemyError) as error:
            raise no_connection(error) from error


def statements_for(dialect: Dialect, prefix: str, schema: str | None) -> Statements:
    """Every statement of a store, compiled for *dialect*, with its parameters by place."""
    if not dialect.positional:
        dialect = cast(Callable[..., Dialect], type(dialect))(paramstyle="format")
    compiler, named = Compiler(dialect), tables(prefix, schema)
    return Statements(
        customer_statements.reading(named, compiler),
        customer_statements.writing(named, compiler),
        duty_statements.duty_statements(named, compiler),
        points_statements(named, compiler),
        people.people_statements(named, compiler),
        compiler.statement(asking_version(prefix, schema)),
    )
