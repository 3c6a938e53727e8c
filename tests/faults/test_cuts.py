"""
The connection to a server is cut at every statement of every writing errand, and after the commit.

The server ends the session from a second connection (`pg_terminate_backend`, `KILL`), so the driver meets its own
trouble. A commit whose answer is lost is one that happened before the cut.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text

from estatecrm.errors import StorageError
from estatecrm.storage import open_store
from estatecrm.storage.sql import SqlStore, lend
from fault_errands import ERRANDS, prepare
from fault_points import TABLES, State, statements_of, watched
from servers import Places, admin, text_of

BEGINNINGS = {"postgresql": 1, "mariadb": 2}
"""How many statements begin a writing session: a connection that broke before them is replaced."""


class Server:
    """An office on a server, somebody who cuts its connections, and how it was prepared."""

    def __init__(self, made: Places) -> None:
        self.kind = made.kind
        url = made.database("cuts")
        store = open_store(text_of(url))
        assert isinstance(store, SqlStore)
        self.store = store
        prepare(store)
        self._engine: Engine = admin(url)
        self.other: Connection = self._engine.connect()
        self._base = self._rows()

    def close(self) -> None:
        self.other.close()
        self.store.close()

    def cut(self, driver: Any) -> None:
        """End the session of *driver* and wait until it is over."""
        if self.kind == "postgresql":
            self._end(
                "SELECT pg_terminate_backend(:id)",
                "SELECT count(*) FROM pg_stat_activity WHERE pid = :id",
                driver.info.backend_pid,
            )
        else:
            self._end(
                "KILL :id", "SELECT count(*) FROM information_schema.processlist WHERE id = :id", driver.thread_id()
            )

    def _end(self, end: str, alive: str, number: int) -> None:
        self.other.execute(text(end), {"id": number})
        while self.other.execute(text(alive), {"id": number}).scalar():
            pass

    def state(self) -> State:
        """All rows; without the numbers of the log's lines, because undone errands use up some."""
        rows = self._rows()
        rows["access_log"] = [row[1:] for row in rows["access_log"]]
        return {name: sorted(each, key=repr) for name, each in rows.items()}

    def _rows(self) -> State:
        return {
            name: [tuple(row) for row in self.other.exec_driver_sql(f"SELECT * FROM {name}").all()] for name in TABLES
        }

    def put_back(self) -> None:
        """As it was prepared."""
        for name, rows in self._base.items():
            self.other.exec_driver_sql(f"DELETE FROM {name}")
            if rows:
                marks = ", ".join(["%s"] * len(rows[0]))
                self.other.exec_driver_sql(f"INSERT INTO {name} VALUES ({marks})", rows)


@pytest.fixture(scope="module", params=["postgresql_server", "mariadb_server"])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    made: Places = request.getfixturevalue(request.param)
    server = Server(made)
    yield server
    server.close()
    made.empty()


class Cutting:
    """Cuts the connection before statement *at*, or, where *after* is true, after it; once."""

    def __init__(self, server: Server, at: int, *, after: bool = False) -> None:
        self._server, self._at, self._after = server, at, after
        self._seen = -1

    def before(self, driver: Any, _: str) -> None:
        self._seen += 1
        if self._seen == self._at and not self._after:
            self._server.cut(driver)

    def after(self, driver: Any, _: str) -> None:
        if self._seen == self._at and self._after:
            self._server.cut(driver)
            # The answer is lost: the driver learns of the cut as it would have while waiting for it.
            driver.cursor().execute("SELECT 1")


def trouble(server: Server, name: str, cutting: Cutting) -> StorageError:
    with watched(server.store, cutting.before, cutting.after), pytest.raises(StorageError) as raised:
        ERRANDS[name](server.store)
    return raised.value


@pytest.mark.parametrize("name", ERRANDS)
def test_a_cut_is_told_and_nothing_is_there_by_half(server: Server, name: str) -> None:
    errand, store = ERRANDS[name], server.store
    server.put_back()
    errand(store)
    server.put_back()
    before = server.state()
    statements = statements_of(store, errand)
    after = server.state()
    assert statements[-1] == "COMMIT"
    assert after != before
    server.put_back()
    begin = BEGINNINGS[server.kind]
    for at in range(begin, len(statements)):
        error = trouble(server, name, Cutting(server, at))
        assert isinstance(error.__cause__, store._error), statements[at]
        assert "the connection to the database is broken" in str(error), statements[at]
        # Whoever sends a commit and hears nothing cannot know; before it, nothing can have been kept.
        assert error.outcome_known is (statements[at] != "COMMIT"), statements[at]
        assert server.state() == before, statements[at]
    error = trouble(server, name, Cutting(server, len(statements) - 1, after=True))
    assert not error.outcome_known
    assert isinstance(error.__cause__, store._error)
    assert server.state() == after


@pytest.mark.parametrize("name", ["open_file", "redeem", "plan"])
def test_an_errand_works_again_after_any_cut(server: Server, name: str) -> None:
    server.put_back()
    ERRANDS[name](server.store)
    after = server.state()
    server.put_back()
    count = len(statements_of(server.store, ERRANDS[name]))
    for at in range(BEGINNINGS[server.kind], count, 3):
        server.put_back()
        trouble(server, name, Cutting(server, at))
        ERRANDS[name](server.store)
        assert server.state() == after


def test_connections_that_broke_while_nobody_used_them_are_replaced(server: Server) -> None:
    """A server that was started anew is no trouble for whoever comes after."""
    lent = [server.store._lend() for _ in range(3)]
    drivers = [each.driver_connection for each in lent]
    for each in lent:
        each.close()
    for driver in drivers:
        server.cut(driver)
    for _ in range(4):
        with server.store.reading() as session:
            assert session.staff.get("zhao").record.id == "zhao"


def read_two(server: Server) -> None:
    with server.store.reading() as session:
        session.staff.get("zhao")
        session.staff.get("chen")


def test_a_reader_that_is_cut_off_is_told_so(server: Server) -> None:
    cutting = Cutting(server, BEGINNINGS[server.kind] + 1)
    with (
        watched(server.store, cutting.before),
        pytest.raises(StorageError, match="the connection to the database is broken") as raised,
    ):
        read_two(server)
    assert raised.value.outcome_known
    read_two(server)


def test_a_host_whose_connection_breaks_is_told(server: Server) -> None:
    with server._engine.execution_options(isolation_level="READ COMMITTED").connect() as connection:
        store = lend(connection)
        with store.reading() as session:
            assert session.staff.get("zhao").record.id == "zhao"
        server.cut(connection.connection.driver_connection)
        with pytest.raises(StorageError, match="the host's transaction is over, and nothing of it is kept") as raised:
            store.writing().__enter__()
        assert "connection to the database is broken" in str(raised.value.__cause__)
        connection.invalidate()
