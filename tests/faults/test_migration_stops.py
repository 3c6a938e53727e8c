"""
A migration that is stopped before or after any of its statements finishes when it is run again; four at once run once.

On SQLite every stop is tried. On the servers, where each needs a database of its own, every fourth is, beginning where
the day says; `ESTATECRM_TEST_FULL=1` tries them all.
"""

import datetime as dt
import multiprocessing
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, inspect, make_url

from estatecrm.errors import NewerSchema, StorageError
from estatecrm.storage import open_store, upgrade
from estatecrm.storage.opening import Options, _with_driver
from estatecrm.storage.sql.migrating import REVISIONS
from estatecrm.storage.sql.opening import _engine
from estatecrm.testing.storage_kit import samples
from fault_points import in_a_fork
from servers import Places, admin, execute, text_of

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="a stop needs fork, which Windows has not")
STOPPED = 9
FULL = os.environ.get("ESTATECRM_TEST_FULL") == "1"
STEP = 1 if FULL else 4


class Ground:
    """A database that can be made empty again."""

    def __init__(self, kind: str, url: str, made: Places | None = None) -> None:
        self.kind, self.url, self._made = kind, url, made

    def clear(self) -> None:
        if self._made is None:
            Path(self.url.removeprefix("sqlite:///")).unlink(missing_ok=True)
        else:
            database = make_url(self.url).database
            force = "WITH (FORCE)" if self.kind == "postgresql" else ""
            execute(self._made.url, f"DROP DATABASE {database} {force}")
            execute(self._made.url, f"CREATE DATABASE {database}")

    def run(self, *statements: str) -> None:
        if self._made is None:
            with sqlite3.connect(self.url.removeprefix("sqlite:///")) as connection:
                for statement in statements:
                    connection.execute(statement)
            connection.close()
        else:
            for statement in statements:
                execute(make_url(self.url), statement)

    def columns(self) -> dict[str, list[str]]:
        engine = admin(make_url(self.url)) if self._made else _engine(_with_driver(self.url), Options())
        with engine.connect() as connection:
            look = inspect(connection)
            found = {name: sorted(each["name"] for each in look.get_columns(name)) for name in look.get_table_names()}
            found |= {f"{name} by": sorted(str(i["name"]) for i in look.get_indexes(name)) for name in [*found]}
        engine.dispose()
        return found


@pytest.fixture(params=["sqlite", "postgresql", "mariadb"])
def ground(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    if request.param == "sqlite":
        yield Ground("sqlite", f"sqlite:///{tmp_path / 'crm.db'}")
    else:
        made: Places = request.getfixturevalue(request.param)
        yield Ground(request.param, text_of(made.database("ground", "of migrations")), made)
        made.forget()


def counted(work: Callable[[], object], stop: int | None = None) -> int:
    """Do *work*; stop the process at moment *stop*, or say how many moments there are."""
    passed = 0

    def moment(*_: object) -> None:
        nonlocal passed
        if passed == stop:
            os._exit(STOPPED)
        passed += 1

    for name in ("before_cursor_execute", "after_cursor_execute"):
        event.listen(Engine, name, moment)
    try:
        work()
    finally:
        for name in ("before_cursor_execute", "after_cursor_execute"):
            event.remove(Engine, name, moment)
    return passed


def fill(url: str) -> None:
    open_store(url).close()


def moments(ground: Ground, count: int) -> range:
    step = 1 if ground.kind == "sqlite" else STEP
    return range(dt.datetime.now(dt.UTC).date().toordinal() % step, count, step)


@needs_fork
def test_the_first_tables(ground: Ground) -> None:
    count = counted(lambda: fill(ground.url))
    whole = ground.columns()
    for stop in moments(ground, count):
        ground.clear()
        assert in_a_fork(lambda: counted(lambda: fill(ground.url), stop)) == STOPPED  # noqa: B023 - runs at once
        fill(ground.url)
        assert ground.columns() == whole, f"not finished after a stop at {stop}"
        assert holds_one(ground.url)


@needs_fork
def test_an_upgrade_keeps_every_row(ground: Ground) -> None:
    older(ground)
    count = counted(lambda: upgrade(ground.url))
    whole = ground.columns()
    for stop in moments(ground, count):
        ground.clear()
        older(ground)
        assert in_a_fork(lambda: counted(lambda: upgrade(ground.url), stop)) == STOPPED  # noqa: B023 - runs at once
        assert upgrade(ground.url) == REVISIONS[-1]
        assert ground.columns() == whole, f"not finished after a stop at {stop}"
        store = open_store(ground.url)
        with store.reading() as session:
            assert session.customers.get("A").record == samples.full("A")
        store.close()


def older(ground: Ground) -> None:
    """A database of the first release, with a customer."""
    fill(ground.url)
    store = open_store(ground.url)
    with store.writing() as session:
        session.customers.add(samples.full("A"))
    store.close()
    ground.run(
        "DROP TABLE points_entries", "DROP TABLE points_accounts", "UPDATE schema_version SET version_num = '0001'"
    )


def holds_one(url: str) -> bool:
    store = open_store(url)
    with store.writing() as session:
        session.customers.add(samples.full("A"))
    with store.reading() as session:
        found = session.customers.get("A").record == samples.full("A")
    store.close()
    return found


def test_an_older_one_with_rows_waits_for_the_upgrade(ground: Ground) -> None:
    older(ground)
    with pytest.raises(StorageError, match="older release: back it up, then run `estatecrm upgrade`"):
        open_store(ground.url)


def test_a_newer_one_is_refused(ground: Ground) -> None:
    fill(ground.url)
    ground.run("UPDATE schema_version SET version_num = '9999'")
    for use in (open_store, upgrade):
        with pytest.raises(NewerSchema, match="newer release"):
            use(ground.url)


def test_other_peoples_tables_are_left_alone_until_asked(ground: Ground) -> None:
    ground.run("CREATE TABLE orders (id INTEGER)")
    with pytest.raises(StorageError, match="none of ours: run `estatecrm upgrade`"):
        open_store(ground.url)
    assert upgrade(ground.url) == REVISIONS[-1]
    assert holds_one(ground.url)


def _open(url: str, gate: Any, answers: Any) -> None:
    gate.wait(60)
    ran: list[str] = []
    try:
        event.listen(Engine, "before_cursor_execute", lambda _c, _k, sql, *_: ran.append(sql))
        open_store(url, patience=30).close()
        answers.put(sum("CREATE TABLE" in sql for sql in ran))
    except StorageError as error:
        answers.put(repr(error))


def test_four_processes_at_once_migrate_once(ground: Ground) -> None:
    context = multiprocessing.get_context("spawn")
    gate, answers = context.Barrier(4), context.Queue()
    running = [context.Process(target=_open, args=(ground.url, gate, answers)) for _ in range(4)]
    for each in running:
        each.start()
    tables = sorted(answers.get(timeout=90) for _ in running)
    for each in running:
        each.join(60)
    assert tables[:3] == [0, 0, 0]
    assert tables[3] > 8
    assert holds_one(ground.url)


@pytest.mark.parametrize("prefix", ["", "crm_"])
def test_the_migrated_schema_is_the_declared_one(ground: Ground, prefix: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    from estatecrm.storage.sql.schema import tables

    open_store(ground.url, prefix=prefix).close()
    engine = _engine(_with_driver(ground.url), Options())
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True, "version_table": f"{prefix}schema_version"}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, tables(prefix).metadata) == []
    engine.dispose()
