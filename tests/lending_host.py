"""A host with a SQLAlchemy engine of its own, which lends a connection for each session of a store."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import NullPool

from estatecrm.errors import StorageError
from estatecrm.storage import Session, upgrade
from estatecrm.storage.sql import lend
from estatecrm.storage.sql.trouble import storage_error
from servers import Places, text_of

DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "mariadb": "mysql+pymysql"}


class HostStore:
    """Every session is a transaction of the host's, with one lent session in it."""

    def __init__(self, engine: Engine, prefix: str) -> None:
        self._engine, self._prefix, self._closed = engine, prefix, False

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with self._began("BEGIN") as connection, lend(connection, prefix=self._prefix).reading() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with self._began("BEGIN IMMEDIATE") as connection:
            with lend(connection, prefix=self._prefix).writing() as session:
                yield session
            try:
                connection.commit()
            except self._engine.dialect.loaded_dbapi.Error as error:
                raise storage_error(error) from error
            except Exception as error:
                raise storage_error(getattr(error, "orig", error)) from error

    def close(self) -> None:
        self._closed = True
        self._engine.dispose()

    @contextmanager
    def _began(self, begin):
        if self._closed:
            raise StorageError("closed")
        with self._engine.connect() as connection:
            if self._engine.dialect.name == "sqlite":
                try:
                    connection.exec_driver_sql(begin)
                except Exception as error:
                    raise storage_error(error.orig) from error
            yield connection


def host_engine(url: str, isolation_level: str | None = None, **options: object) -> Engine:
    """The host's engine: nothing of it is as the library's own."""
    return create_engine(
        url, poolclass=NullPool, **({"isolation_level": isolation_level} if isolation_level else {}), **options
    )


def open_on_sqlite(folder: Path, place: str) -> HostStore:
    upgrade(f"sqlite:///{folder / place}.db", prefix="crm_")
    return HostStore(host_engine(f"sqlite:///{folder / place}.db", connect_args={"timeout": 1}), "crm_")


def open_on_server(made: Places, isolation_level: str, place: str) -> HostStore:
    url = made.database(place, "crm_")
    upgrade(text_of(url), prefix="crm_")
    engine = host_engine(url.set(drivername=DRIVERS[made.kind]), isolation_level)
    wait = "SET lock_timeout = 1000" if made.kind == "postgresql" else "SET SESSION innodb_lock_wait_timeout = 1"

    @event.listens_for(engine, "connect")
    def _(connection: object, _: object) -> None:
        cursor = connection.cursor()
        cursor.execute(wait)
        cursor.close()
        connection.commit()

    return HostStore(engine, "crm_")
