"""From a URL to an open store; the database's own library is imported only here, and only when asked for."""

from enum import Enum
from pathlib import PurePath
from typing import Final

from attrs import frozen

from estatecrm.errors import MissingExtra, StorageError
from estatecrm.storage.interfaces import Store
from estatecrm.storage.memory import MemoryStore

_FILES: Final = frozenset({".db", ".sqlite", ".sqlite3"})
_DRIVERS: Final = {
    "sqlite": "sqlite+pysqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
    "mariadb": "mariadb+pymysql",
    "mysql": "mariadb+pymysql",
    "mariadb+pymysql": "mariadb+pymysql",
}


class Journal(Enum):
    """How SQLite guards a transaction against a crash."""

    DELETE = "delete"
    """The rollback journal: right everywhere."""
    WAL = "wal"
    """Readers and the writer do not wait for each other; refused over a network and with a SQLite that may lose it."""
    WAL_UNCHECKED = "wal_unchecked"
    """The same without asking: the caller answers for the path and the SQLite library."""


@frozen(kw_only=True)
class Options:
    """
    How to use a database.

    Table names begin with *prefix* and stand in *schema*; a session waits *patience* seconds for another one;
    reasons may name members of *enums* besides the library's own classes.
    """

    prefix: str = ""
    schema: str | None = None
    journal: Journal = Journal.DELETE
    patience: float = 5.0
    enums: tuple[type[Enum], ...] = ()


def open_store(
    url: str,
    *,
    prefix: str = "",
    schema: str | None = None,
    journal: Journal = Journal.DELETE,
    patience: float = 5.0,
    enums: tuple[type[Enum], ...] = (),
) -> Store:
    """
    The store at *url*: ``sqlite:///crm.db`` or just ``crm.db``, ``postgresql://…``, ``mariadb://…``, ``memory://``.

    An empty database gets its tables; an older one is left alone until `upgrade` is called.

    Raises:
        StorageError: unknown scheme, no such folder, older schema, or the database is in trouble.
        NewerSchema: a newer release wrote the database.
        MissingExtra: the database's driver is not installed.
    """
    if url in {"memory:", "memory://"}:
        return MemoryStore(patience=patience, enums=enums)
    options = Options(prefix=prefix, schema=schema, journal=journal, patience=patience, enums=enums)
    known = _with_driver(url)
    _require_sqlalchemy()
    from estatecrm.storage.sql.opening import open_sql

    return open_sql(known, options)


def upgrade(url: str, *, prefix: str = "", schema: str | None = None, patience: float = 60.0) -> str:
    """
    Bring the tables of the database at *url* to this release, without losing a row; return the schema's version.

    Raises:
        StorageError, NewerSchema, MissingExtra: as `open_store`.
    """
    if url in {"memory:", "memory://"}:
        raise StorageError("memory has no tables to upgrade: name a database")
    known = _with_driver(url)
    _require_sqlalchemy()
    from estatecrm.storage.sql.opening import upgrade_sql

    return upgrade_sql(known, Options(prefix=prefix, schema=schema, patience=patience))


def _with_driver(url: str) -> str:
    scheme, colon, rest = url.partition("://")
    if not colon and PurePath(url).suffix.lower() in _FILES:
        return f"sqlite+pysqlite:///{url}"
    if not colon or scheme not in _DRIVERS:
        named = f"{scheme}://" if colon else "this"
        raise StorageError(
            f"{named} is no database the library knows: write sqlite:///file.db, a path that ends in .db, "
            "postgresql://…, mariadb://… or memory://"
        )
    return f"{_DRIVERS[scheme]}://{rest}"


def _require_sqlalchemy() -> None:
    try:
        import alembic
        import sqlalchemy
    except ImportError as error:
        raise MissingExtra(error.name or "sqlalchemy", "sql") from error
    del alembic, sqlalchemy
