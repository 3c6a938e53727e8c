"""The schema's version: what a database has, what this release needs, and how one becomes the other."""

from enum import Enum
from typing import Final

from sqlalchemy import Connection, Engine, column, inspect, select, table
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from estatecrm.errors import NewerSchema, StorageError
from estatecrm.storage.sql.backends import BACKENDS
from estatecrm.storage.sql.schema import tables, version_table
from estatecrm.storage.sql.trouble import storage_error

REVISIONS: Final = ("0001", "0002")
"""Every revision this release knows, oldest first; the last is the one it needs."""


class SchemaState(Enum):
    """What a database holds, seen from this release."""

    EMPTY = "empty"
    """Nothing, or no more than a migration that was interrupted left behind."""
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
        raise StorageError("the database was written by an older release: back it up, then run `estatecrm upgrade`")
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
            for statement in backend.migrate:
                connection.exec_driver_sql(statement)
            try:
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
        raise storage_error(error.orig if isinstance(error.orig, Exception) else error) from error
    return REVISIONS[-1]


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
    version = connection.execute(select(column("version_num")).select_from(table(name, schema=schema))).scalar()
    if version is None:
        return SchemaState.EMPTY
    if version not in REVISIONS:
        raise NewerSchema("the database was written by a newer release: install that release, or a newer one")
    return SchemaState.CURRENT if version == REVISIONS[-1] else SchemaState.OLDER


def _look(engine: Engine, prefix: str, schema: str | None) -> SchemaState:
    try:
        with engine.connect() as connection:
            return state_of(connection, prefix, schema)
    except DBAPIError as error:
        raise storage_error(error.orig if isinstance(error.orig, Exception) else error) from error
    except SQLAlchemyError as error:
        raise storage_error(error) from error
