"""An errand on a connection that a host lends is the host's work, on every database and at every isolation level."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from attrs import evolve, frozen
from sqlalchemy import Connection, Engine, make_url
from sqlalchemy.orm import Session as OrmSession

from estatecrm.clock import FixedClock
from estatecrm.desks import open_office
from estatecrm.errors import Busy, Conflict, NewerSchema, StorageError
from estatecrm.model import Acting, Member, Purpose
from estatecrm.policy import Role
from estatecrm.storage import Stored, upgrade
from estatecrm.storage.sql import LentStore, lend, lend_driver
from estatecrm.testing.storage_kit import samples
from lending_host import DRIVERS, host_engine
from servers import text_of

LEVELS = [
    ("sqlite", None),
    ("sqlite", "READ UNCOMMITTED"),
    ("sqlite", "SERIALIZABLE"),
    *((kind, level) for kind in ("postgresql", "mariadb") for level in (None, "READ COMMITTED", "REPEATABLE READ")),
    ("postgresql", "SERIALIZABLE"),
    ("mariadb", "SERIALIZABLE"),
    ("mariadb", "READ UNCOMMITTED"),
]


@frozen
class Host:
    """Its engine, and what it keeps by itself."""

    kind: str
    engine: Engine

    @contextmanager
    def working(self) -> Iterator[Connection]:
        """A connection in whose transaction the host has already done something."""
        with self.engine.connect() as connection:
            order(connection, "before")
            yield connection

    def kept(self) -> tuple[list[str], list[str]]:
        """The host's orders and our customers, as somebody else sees them."""
        with self.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            orders = connection.exec_driver_sql("SELECT number FROM orders ORDER BY number").scalars().all()
            codes = connection.exec_driver_sql("SELECT code FROM crm_customers ORDER BY code").scalars().all()
        return list(orders), list(codes)


def order(connection: Connection, number: str) -> None:
    connection.exec_driver_sql(f"INSERT INTO orders VALUES ('{number}')")


def lent(connection: Connection) -> LentStore:
    return lend(connection, prefix="crm_")


def add(connection: Connection, *codes: str) -> None:
    with lent(connection).writing() as session:
        for code in codes:
            session.customers.add(samples.plain(code))


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    kind = request.param[0] if isinstance(request.param, tuple) else request.param
    if kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'host.db'}"
    else:
        made = request.getfixturevalue(kind)
        yield text_of(made.database("host", "of a host"))
        made.forget()


def at_host(url: str, level: str | None = None, **options: object) -> Host:
    upgrade(url, prefix="crm_")
    kind = make_url(url).get_backend_name()
    engine = host_engine(make_url(url).set(drivername=DRIVERS[kind]), level, **options)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE orders (number VARCHAR(20))")
    return Host(kind, engine)


@pytest.fixture
def host(request: pytest.FixtureRequest, url: str) -> Host:
    return at_host(url, request.node.callspec.params["url"][1])


@pytest.fixture
def plain(url: str) -> Host:
    return at_host(url)


everywhere = pytest.mark.parametrize("url", ["sqlite", "postgresql", "mariadb"], indirect=True)
at_every_level = pytest.mark.parametrize("url", LEVELS, indirect=True, ids=str)


@at_every_level
def test_the_host_commits_all(host: Host) -> None:
    with host.working() as connection:
        add(connection, "A")
        assert host.kept() == ([], []) or "READ UNCOMMITTED" in str(connection.get_isolation_level())
        order(connection, "after")
        add(connection, "B")
        connection.commit()
    assert host.kept() == (["after", "before"], ["A", "B"])


@at_every_level
def test_the_host_rolls_all_back(host: Host) -> None:
    with host.working() as connection:
        add(connection, "A")
        order(connection, "after")
        connection.rollback()
    with host.engine.connect() as connection:
        add(connection, "B")
    assert host.kept() == ([], [])


@at_every_level
def test_an_errand_that_fails_leaves_the_hosts_work(host: Host) -> None:
    with host.working() as connection:
        add(connection, "A")
        with pytest.raises(ZeroDivisionError):
            add(connection, "B", *(str(1 // zero) for zero in (0,)))
        with pytest.raises(Conflict):
            add(connection, "C", "A")
        order(connection, "after")
        connection.commit()
    assert host.kept() == (["after", "before"], ["A"])


@everywhere
def test_a_refused_errand_leaves_its_line_in_the_log_and_the_hosts_work(plain: Host) -> None:
    acting = Acting("zhao", Purpose.INTAKE)
    with plain.working() as connection:
        office = open_office(lent(connection), clock=FixedClock(samples.NOON))
        assert not office.staff.enrol(acting, Member("chen", "陈样二", Role.PROPERTY_CONSULTANT)).granted
        connection.commit()
    assert plain.kept() == (["before"], [])
    with plain.engine.connect() as connection, lent(connection).reading() as session:
        assert [attempt.granted for attempt in session.log.newest(9)] == [False]


@everywhere
def test_trouble_in_an_errand_leaves_the_hosts_work(plain: Host) -> None:
    """PostgreSQL refuses every statement after one that failed, up to the savepoint."""

    def fail(connection: Connection) -> None:
        with lent(connection).writing() as session:
            session.customers.add(samples.plain("A"))
            session.staff._link.rows(evolve(session.staff._statements.members, sql="SELECT id FROM nowhere"))

    with plain.working() as connection:
        with pytest.raises(StorageError, match="a table of ours is missing"):
            fail(connection)
        order(connection, "after")
        add(connection, "B")
        connection.commit()
    assert plain.kept() == (["after", "before"], ["B"])


@everywhere
def test_an_errand_inside_the_hosts_own_savepoint(plain: Host) -> None:
    with plain.working() as connection:
        inner = connection.begin_nested()
        add(connection, "A")
        inner.rollback()
        with connection.begin_nested():
            add(connection, "B")
        connection.commit()
    assert plain.kept() == (["before"], ["B"])


@everywhere
def test_a_session_inside_a_session(plain: Host) -> None:
    def fail_inside(connection: Connection) -> None:
        with lent(connection).writing() as session:
            session.customers.add(samples.plain("B"))
            raise KeyError

    with plain.working() as connection:
        with lent(connection).writing() as outer:
            outer.customers.add(samples.plain("A"))
            with pytest.raises(KeyError):
                fail_inside(connection)
            outer.customers.add(samples.plain("C"))
        connection.commit()
    assert plain.kept() == (["before"], ["A", "C"])


@everywhere
def test_an_orm_session_shares_its_transaction(plain: Host) -> None:
    with OrmSession(plain.engine) as session:
        add(session.connection(), "A")
        session.rollback()
        add(session.connection(), "B")
        session.commit()
    assert plain.kept() == ([], ["B"])


@everywhere
def test_a_connection_that_commits_every_statement_is_refused(url: str) -> None:
    host = at_host(url, "AUTOCOMMIT")
    with host.engine.connect() as connection, pytest.raises(StorageError, match="in no transaction"):
        add(connection, "A")
    assert host.kept() == ([], [])


@everywhere
def test_a_transaction_begun_by_hand_will_do(url: str) -> None:
    host = at_host(url, "AUTOCOMMIT")
    with host.engine.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        add(connection, "A")
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("BEGIN")
        add(connection, "B")
        connection.exec_driver_sql("COMMIT")
    assert host.kept() == ([], ["B"])


@everywhere
def test_a_connection_that_is_closed(plain: Host) -> None:
    with plain.engine.connect() as connection:
        pass
    with pytest.raises(StorageError, match="the lent connection is closed or broken"):
        add(connection, "A")


@everywhere
def test_tables_that_are_missing(plain: Host) -> None:
    with plain.working() as connection:
        with pytest.raises(StorageError, match="a table of ours is missing: run `estatecrm upgrade`"):
            lend(connection, prefix="other_").writing().__enter__()
        connection.commit()
    assert plain.kept() == (["before"], [])


@everywhere
@pytest.mark.parametrize(
    ("version", "error", "says"), [("9999", NewerSchema, "newer"), ("0001", StorageError, "older")]
)
def test_tables_of_another_release(plain: Host, version: str, error: type[StorageError], says: str) -> None:
    with plain.working() as connection:
        connection.exec_driver_sql(f"UPDATE crm_schema_version SET version_num = '{version}'")
        with pytest.raises(error, match=says):
            lent(connection).reading().__enter__()


@everywhere
def test_a_host_that_reads_its_rows_in_another_way(plain: Host) -> None:
    import sqlite3

    import psycopg.rows
    import pymysql.cursors

    with plain.working() as connection:
        driver = connection.connection.driver_connection
        if plain.kind == "sqlite":
            driver.row_factory = lambda cursor, row: sqlite3.Row(cursor, row)
        elif plain.kind == "postgresql":
            driver.row_factory = psycopg.rows.dict_row
        else:
            driver.cursorclass = pymysql.cursors.DictCursor
        with lent(connection).writing() as session:
            session.customers.add(samples.full("A"))
            session.contacts.add(samples.contact("c", "A"))
            session.contacts.add(samples.contact("c", "A"))
            assert session.customers.get("A").record == samples.full("A")


@everywhere
def test_the_drivers_own_connection(plain: Host, url: str) -> None:
    with plain.engine.connect() as connection:
        driver = connection.connection.driver_connection
        dialect = {"mariadb": "mysql"}.get(plain.kind, plain.kind)
        if plain.kind == "sqlite":
            driver.execute("BEGIN")
        with lend_driver(driver, dialect, prefix="crm_").writing() as session:
            session.customers.add(samples.plain("A"))
            assert session.duties.plan([(samples.subject("A"), samples.planned("x"))] * 2) == 1
        driver.rollback()
        assert plain.kept() == ([], [])
        if plain.kind == "sqlite":
            driver.execute("BEGIN")
        with lend_driver(driver, dialect, prefix="crm_").writing() as session:
            session.customers.add(samples.plain("B"))
        driver.commit()
    assert plain.kept() == ([], ["B"])


@pytest.mark.parametrize("url", [("postgresql", "REPEATABLE READ"), ("mariadb", "REPEATABLE READ")], indirect=True)
def test_a_snapshot_older_than_what_others_kept(host: Host) -> None:
    """What was kept since the host's snapshot is not seen, and never overwritten either."""
    with host.engine.begin() as connection:
        add(connection, "A")
    with host.working() as late:
        with lent(late).reading() as session:
            seen = session.customers.get("A")
        with host.engine.begin() as connection, lent(connection).writing() as session:
            session.customers.save(evolve_note(session.customers.get("A"), "theirs"))
            session.contacts.add(samples.contact("c", "A"))
        with pytest.raises(Conflict), lent(late).writing() as session:
            session.customers.save(evolve_note(seen, "ours"))
        with pytest.raises(Conflict), lent(late).writing() as session:
            session.contacts.add(samples.contact("c", "A"))
        order(late, "after")
        late.commit()
    assert host.kept() == (["after", "before"], ["A"])
    with host.engine.connect() as connection, lent(connection).reading() as session:
        assert session.customers.get("A").record.note == "theirs"


def evolve_note(stored: Stored, note: str) -> Stored:
    return Stored(evolve(stored.record, note=note), stored.version)


@pytest.mark.parametrize("url", ["mariadb"], indirect=True)
def test_a_deadlock_that_undoes_the_host_says_so(plain: Host) -> None:
    """MariaDB undoes the whole transaction of the one that did less, savepoints and all."""
    with plain.engine.begin() as connection:
        add(connection, "A", "B")
        order(connection, "x")
    waits = threading.Event()

    def other() -> None:
        with plain.engine.connect() as connection:
            connection.exec_driver_sql("SET SESSION innodb_lock_wait_timeout = 20")
            with lent(connection).writing() as session:
                for number in range(50):
                    session.customers.add(samples.plain(f"heavier-{number}"))
                session.customers.save(session.customers.get("B"))
                waits.set()
                session.customers.save(session.customers.get("A"))
            connection.commit()

    thread = threading.Thread(target=other)
    with plain.working() as connection:
        with lent(connection).writing() as session:
            session.customers.save(session.customers.get("A"))
        thread.start()
        assert waits.wait(20)
        with pytest.raises(Busy, match="undid the host's transaction"), lent(connection).writing() as session:
            session.customers.save(session.customers.get("B"))
        connection.rollback()
        thread.join(30)
    orders, codes = plain.kept()
    assert orders == ["x"]
    assert len(codes) == 52


def test_psycopg2_is_refused(tmp_path: Path) -> None:
    class Old:
        Error = Exception

    Old.__module__ = "psycopg2.extensions"
    with pytest.raises(StorageError, match="psycopg2 cannot be lent"), lend_driver(Old(), "postgresql").reading():
        pass


def test_closing_the_store_leaves_the_connection(tmp_path: Path) -> None:
    host = at_host(f"sqlite:///{tmp_path / 'host.db'}")
    with closing(host.engine.connect()) as connection:
        store = lent(connection)
        store.close()
        with pytest.raises(StorageError, match="lend the connection again"), store.writing():
            pass
        order(connection, "after")
        connection.commit()
    assert host.kept() == (["after"], [])
