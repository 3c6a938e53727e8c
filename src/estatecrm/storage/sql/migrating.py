"""The schema's version: what a database has, what this release needs, and how one becomes the other."""

from collections.abc import Sequence
from enum import Enum
from typing import Final

from sqlalchemy import ColumnClause, Connection, Engine, Select, column, inspect, literal_column, select, table
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from estatecrm.errors import Busy, NewerSchema, StorageError
from estatecrm.storage.sql.backends import BACKENDS, Backend
from estatecrm.storage.sql.schema import tables, version_table
from estatecrm.storage.sql.statements import Row
from estatecrm.storage.sql.trouble import UNKNOWN_OPTION, no_connection, storage_error

REVISIONS: Final = ("0001", "0002")
"""Every revision this release knows, oldest first; the last is the one it needs."""

_OLDER: Final = "the database was written by an older release: back it up, then run `estatecrm upgrade`"
_NEWER: Final = "the database was written by a newer release: install that release, or a newer one"


class SchemaState(Enum):
    """What a database holds, seen from this release."""

    EMPTY = "empty"
    """Nothing, or tables without a row: of an older release, or left behind by a migration that was interrupted."""
    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"
    FOREIGN = "foreign"
    """Tables, but none of ours."""


def ensure_schema(engine: Engine, prefix: str, schema: str | None) -> None:
    """
    Fill an empty database, leave a current one alone, refuse every other.

    Raises:
        NewerSchema: a newer release wrote it.
        StorageError: an older release wrote it, or somebody else.
    """
    state = _look(engine, prefix, schema)
    if state is SchemaState.EMPTY:
        migrate(engine, prefix, schema)
    elif state is SchemaState.OLDER:
        raise StorageError(_OLDER)
    elif state is SchemaState.FOREIGN:
        raise StorageError(
            "the database holds other tables and none of ours: run `estatecrm upgrade` to add them, "
            "or choose an empty database"
        )


def migrate(engine: Engine, prefix: str, schema: str | None) -> str:
    """
    Bring the schema to this release and return its version; whoever comes second finds nothing to do.

    Raises:
        NewerSchema: a newer release wrote it.
        StorageError: the database is in trouble.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "estatecrm.storage.sql:migrations")
    backend = BACKENDS[engine.dialect.name]
    try:
        with engine.connect() as connection:
            try:
                _begin_alone(connection, backend)
                if state_of(connection, prefix, schema) is not SchemaState.CURRENT:
                    config.attributes.update(connection=connection, prefix=prefix, schema=schema)
                    command.upgrade(config, "head")
                connection.exec_driver_sql("COMMIT")
            except BaseException:
                connection.invalidate()
                raise
            for statement in backend.migrated:
                connection.exec_driver_sql(statement)
    except DBAPIError as error:
        raise _trouble(error) from error
    return REVISIONS[-1]


def _begin_alone(connection: Connection, backend: Backend) -> None:
    for statement in backend.migrate:
        answer = connection.exec_driver_sql(statement)
        if answer.returns_rows and answer.scalar() == 0:
            raise Busy("another program is changing the tables just now: repeat it")


def state_of(connection: Connection, prefix: str, schema: str | None) -> SchemaState:
    """
    What the database holds.

    Raises:
        NewerSchema: a newer release wrote it.
    """
    name = version_table(prefix)
    found = set(inspect(connection).get_table_names(schema=schema))
    ours = {each.name for each in tables(prefix, schema).metadata.tables.values()}
    if name not in found:
        return SchemaState.FOREIGN if found - ours else SchemaState.EMPTY
    version = connection.execute(asking_version(prefix, schema)).scalar()
    if version is None:
        return SchemaState.EMPTY
    if version not in REVISIONS:
        raise NewerSchema(_NEWER)
    if version == REVISIONS[-1]:
        return SchemaState.CURRENT
    return SchemaState.OLDER if any(_rows_in(connection, each, schema) for each in found & ours) else SchemaState.EMPTY


def asking_version(prefix: str, schema: str | None) -> Select[str]:
    """The question which version the tables have."""
    version: ColumnClause[str] = column("version_num")
    return select(version).select_from(table(version_table(prefix), schema=schema))


def check_version(rows: Sequence[Row]) -> None:
    """
    Whether the answer to `asking_version` is the version this release needs.

    Raises:
        NewerSchema: a newer release wrote it.
        StorageError: an older one did.
    """
    for (version,) in rows:
        if version == REVISIONS[-1]:
            return
        if version not in REVISIONS:
            raise NewerSchema(_NEWER)
    raise StorageError(_OLDER)


def _rows_in(connection: Connection, name: str, schema: str | None) -> bool:
    return (
        connection.execute(select(literal_column("1")).select_from(table(name, schema=schema)).limit(1)).first()
        is not None
    )


def _look(engine: Engine, prefix: str, schema: str | None) -> SchemaState:
    try:
        with engine.connect() as connection:
            return state_of(connection, prefix, schema)
    except DBAPIError as error:
        raise _trouble(error) from error
    except SQLAlchemyError as error:
        raise storage_error(error) from error
    except TypeError as error:
        raise StorageError(UNKNOWN_OPTION) from error


def _trouble(error: DBAPIError) -> StorageError:
    return no_connection(error.orig if isinstance(error.orig, Exception) else error)
