"""A driver's connection that a host lends: our errand is a part of the host's transaction, and only of that."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from estatecrm.errors import Conflict, StorageError
from estatecrm.storage import Stored, upgrade
from estatecrm.storage.sql import LentStore, lend_driver
from estatecrm.testing.storage_kit import samples


@pytest.fixture
def place(tmp_path: Path) -> Path:
    place = tmp_path / "host.db"
    upgrade(f"sqlite:///{place}", prefix="crm_")
    with closing(sqlite3.connect(place)) as host:
        host.execute("CREATE TABLE orders (number TEXT)")
    return place


@pytest.fixture
def host(place: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(place, isolation_level=None)) as host:
        yield host


def lent(host: sqlite3.Connection) -> LentStore:
    return lend_driver(host, "sqlite", prefix="crm_")


def kept(place: Path) -> tuple[int, int]:
    """How many orders, and how many lines of the access log, somebody else sees."""
    with closing(sqlite3.connect(place)) as other:
        ((orders,),) = other.execute("SELECT COUNT(*) FROM orders")
        ((lines,),) = other.execute("SELECT COUNT(*) FROM crm_access_log")
    return orders, lines


def order_and_log(host: sqlite3.Connection) -> None:
    host.execute("INSERT INTO orders VALUES ('1')")
    with lent(host).writing() as session:
        session.log.append(samples.attempt("A"))


def log_and_leave(host: sqlite3.Connection) -> None:
    with lent(host).writing() as session:
        session.log.append(samples.attempt("B"))
        raise KeyboardInterrupt


def log_and_lose_a_table(host: sqlite3.Connection) -> None:
    with lent(host).writing() as session:
        session.log.append(samples.attempt("B"))
        host.execute("DROP TABLE crm_contacts")
        session.contacts.add(samples.contact("c", "A"))


def log_and_swallow_the_loss(host: sqlite3.Connection) -> None:
    with lent(host).writing() as session:
        session.log.append(samples.attempt("B"))
        host.execute("DROP TABLE crm_contacts")
        with suppress(StorageError):
            session.contacts.add(samples.contact("c", "A"))


def order_and_leave(host: sqlite3.Connection) -> None:
    with host:
        order_and_log(host)
        raise KeyboardInterrupt


def test_nothing_is_kept_before_the_host_commits(host: sqlite3.Connection, place: Path) -> None:
    host.execute("BEGIN")
    order_and_log(host)
    assert kept(place) == (0, 0)
    assert host.in_transaction
    host.execute("COMMIT")
    assert kept(place) == (1, 1)


def test_an_errand_is_rolled_back_with_the_host(host: sqlite3.Connection, place: Path) -> None:
    host.execute("BEGIN")
    order_and_log(host)
    host.execute("ROLLBACK")
    assert kept(place) == (0, 0)


def test_an_errand_that_fails_leaves_the_hosts_work_and_the_errand_before(
    host: sqlite3.Connection, place: Path
) -> None:
    host.execute("BEGIN")
    order_and_log(host)
    with pytest.raises(KeyboardInterrupt):
        log_and_leave(host)
    host.execute("COMMIT")
    assert kept(place) == (1, 1)


def test_a_conflict_leaves_the_session_and_the_transaction_alive(host: sqlite3.Connection) -> None:
    host.execute("BEGIN")
    with lent(host).writing() as session:
        session.customers.add(samples.plain("A"))
        with pytest.raises(Conflict):
            session.customers.add(samples.full("A"))
        session.customers.save(Stored(samples.full("A"), 1))
    with lent(host).reading() as session:
        assert session.customers.get("A").record == samples.full("A")
    host.execute("COMMIT")


def test_a_statement_that_fails_undoes_the_errand_and_nothing_else(host: sqlite3.Connection, place: Path) -> None:
    host.execute("BEGIN")
    order_and_log(host)
    with pytest.raises(StorageError):
        log_and_lose_a_table(host)
    host.execute("COMMIT")
    assert kept(place) == (1, 1)


def test_a_session_that_failed_is_not_kept_even_if_the_error_is_swallowed(
    host: sqlite3.Connection, place: Path
) -> None:
    host.execute("BEGIN")
    order_and_log(host)
    with pytest.raises(StorageError, match="failed before"):
        log_and_swallow_the_loss(host)
    host.execute("COMMIT")
    assert kept(place) == (1, 1)


@pytest.mark.parametrize("begins_by_itself", [None, "", "IMMEDIATE"])
def test_a_connection_in_no_transaction_is_refused(begins_by_itself: str | None, place: Path) -> None:
    with closing(sqlite3.connect(place, isolation_level=begins_by_itself)) as host:  # type: ignore[arg-type]  # a Literal
        for session in (lent(host).writing(), lent(host).reading()):
            with pytest.raises(StorageError, match="in no transaction"), session:
                pass
        assert not host.in_transaction


def test_a_transaction_that_python_began_will_do(place: Path) -> None:
    with closing(sqlite3.connect(place)) as host:
        with host:
            order_and_log(host)
        assert kept(place) == (1, 1)
        with pytest.raises(KeyboardInterrupt):
            order_and_leave(host)
    assert kept(place) == (1, 1)


def test_a_reading_session_refuses_changes(host: sqlite3.Connection, place: Path) -> None:
    host.execute("BEGIN")
    with lent(host).reading() as session, pytest.raises(StorageError, match="only reads"):
        session.log.append(samples.attempt("A"))
    host.execute("COMMIT")
    assert kept(place) == (0, 0)


def test_a_session_is_over_at_its_end_and_a_store_when_closed(host: sqlite3.Connection) -> None:
    host.execute("BEGIN")
    store = lent(host)
    with store.writing() as session:
        pass
    with pytest.raises(StorageError, match="over"):
        session.log.newest(1)
    store.close()
    with pytest.raises(StorageError, match="closed"), store.reading():
        pass
    assert host.execute("SELECT 1").fetchone() == (1,)


def test_an_unknown_dialect_is_refused(host: sqlite3.Connection) -> None:
    with pytest.raises(StorageError, match="'oracle' is no database whose driver can be lent"):
        lend_driver(host, "oracle")
