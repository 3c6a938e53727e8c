"""Engines: a URL becomes an engine set up as the store needs it, on a database whose schema fits."""

from collections.abc import Iterable
from functools import partial
from typing import Final

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from estatecrm.errors import MissingExtra, StorageError
from estatecrm.storage.opening import Options
from estatecrm.storage.sql.backends import BACKENDS
from estatecrm.storage.sql.files import sqlite_engine
from estatecrm.storage.sql.links import Connection
from estatecrm.storage.sql.migrating import ensure_schema, migrate
from estatecrm.storage.sql.schema import check_prefix
from estatecrm.storage.sql.stores import SqlStore

_EXTRAS: Final = {"postgresql": ("psycopg", "postgres"), "mariadb": ("PyMySQL", "mariadb")}


def open_sql(url: str, options: Options) -> SqlStore:
    """The store at *url*, which names its driver; an empty database gets its tables."""
    engine = _engine(url, options)
    try:
        ensure_schema(engine, options.prefix, options.schema)
    except BaseException:
        engine.dispose()
        raise
    return SqlStore(engine, prefix=options.prefix, schema=options.schema, enums=options.enums)


def upgrade_sql(url: str, options: Options) -> str:
    """Bring the schema at *url* to this release and return its version."""
    engine = _engine(url, options)
    try:
        return migrate(engine, options.prefix, options.schema)
    finally:
        engine.dispose()


def _engine(url: str, options: Options) -> Engine:
    check_prefix(options.prefix)
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise StorageError("the database URL cannot be read: write scheme://user:password@host/database") from error
    if parsed.get_backend_name() == "sqlite":
        return sqlite_engine(parsed, options.journal, options.patience)
    return _server_engine(parsed, options.patience)


def _server_engine(url: URL, patience: float) -> Engine:
    backend = url.get_backend_name()
    arguments: dict[str, object] = {"connect_timeout": max(1, round(patience))}
    if backend == "mariadb":
        # Nothing SQLAlchemy would ask for: a row is changed or it is not.
        arguments["client_flag"] = 0
    else:
        arguments["client_encoding"] = "utf8"
    try:
        # The sessions begin and end their transactions themselves.
        engine = create_engine(url, connect_args=arguments, isolation_level="AUTOCOMMIT", pool_reset_on_return=None)
    except ImportError as error:
        raise MissingExtra(*_EXTRAS[backend]) from error
    event.listen(engine, "connect", partial(set_up_server, BACKENDS[backend].set_up(patience)))
    return engine


def set_up_server(statements: Iterable[str], connection: Connection, _: object) -> None:
    """
    Give a new *connection* the ways of our sessions.

    Raises:
        StorageError: the database cannot keep every text.
    """
    info = getattr(connection, "info", None)
    encoding = info.parameter_status("server_encoding") if info is not None else "UTF8"
    if encoding not in {"UTF8", "SQL_ASCII"}:
        connection.close()
        raise StorageError(f"the database keeps texts in {encoding}: create one with ENCODING 'UTF8'")
    cursor = connection.cursor()
    for statement in statements:
        cursor.execute(statement, ())
    cursor.close()
