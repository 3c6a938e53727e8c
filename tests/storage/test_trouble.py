"""Storage in trouble: the library's own errors, the cause kept, nothing half done, and the store works again."""

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from attrs import evolve

from estatecrm.errors import Busy, Conflict, StorageError
from estatecrm.model import Customer
from estatecrm.storage import Stored, open_store
from estatecrm.storage.sql import SqlStore
from estatecrm.storage.sql.trouble import storage_error
from estatecrm.testing.storage_kit import samples


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    store = open_store(str(tmp_path / "crm.db"), patience=0.1)
    yield store
    store.close()


def add(store: SqlStore, *codes: str) -> None:
    with store.writing() as session:
        for code in codes:
            session.customers.add(samples.plain(code))


def _add_one_then(store: SqlStore, code: str, many: Iterable[Customer]) -> None:
    with store.writing() as session:
        session.customers.add(samples.plain(code))
        session.customers.add_many(many)


def _add_and_swallow(store: SqlStore, many: Iterable[Customer]) -> None:
    with store.writing() as session:
        session.customers.add(samples.plain("A"))
        with pytest.raises(StorageError, match="the disk is full"):
            session.customers.add_many(many)
        with pytest.raises(StorageError, match="failed before"):
            session.customers.add(samples.plain("B"))


def codes(store: SqlStore) -> list[str]:
    with store.reading() as session:
        return [subject.code for subject, _ in session.customers.standings()]


def test_a_busy_database(store: SqlStore, tmp_path: Path) -> None:
    holder = sqlite3.connect(tmp_path / "crm.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy) as refused:
        add(store, "A")
    assert refused.value.outcome_known
    assert isinstance(refused.value.__cause__, sqlite3.OperationalError)
    holder.execute("ROLLBACK")
    holder.close()
    add(store, "A")
    assert codes(store) == ["A"]


def test_a_reader_that_holds_up_the_commit(store: SqlStore) -> None:
    """Without WAL a writer cannot finish while somebody reads: it keeps nothing and says so."""
    add(store, "A")
    with store.reading() as reader:
        assert list(reader.customers.cards(["A"])) == ["A"]
        with pytest.raises(Busy) as refused:
            add(store, "B")
        assert refused.value.outcome_known
    assert codes(store) == ["A"]
    add(store, "B")
    assert codes(store) == ["A", "B"]


def test_a_full_disk(tmp_path: Path) -> None:
    """The page limit of SQLite stands for the disk."""
    store = open_store(str(tmp_path / "crm.db"))
    add(store, "A")
    lent = store._lend()
    (pages,) = lent.cursor().execute("PRAGMA page_count").fetchone()
    lent.cursor().execute(f"PRAGMA max_page_count={pages + 3}")
    lent.close()
    many = [evolve(samples.plain(f"M{number}"), note="x" * 1_000) for number in range(200)]
    with pytest.raises(StorageError, match="the disk is full") as refused:
        _add_one_then(store, "B", many)
    assert refused.value.outcome_known
    assert isinstance(refused.value.__cause__, sqlite3.OperationalError)
    assert codes(store) == ["A"]
    with store.writing() as session:
        assert session.customers.add_many(many) == 200
    store.close()


def test_a_swallowed_error_keeps_nothing(tmp_path: Path) -> None:
    """After a full disk SQLite may have ended the transaction by itself: nothing may be written one by one."""
    store = open_store(str(tmp_path / "crm.db"))
    lent = store._lend()
    (pages,) = lent.cursor().execute("PRAGMA page_count").fetchone()
    lent.cursor().execute(f"PRAGMA max_page_count={pages + 3}")
    lent.close()
    many = [evolve(samples.plain(f"M{number}"), note="x" * 1_000) for number in range(200)]
    with pytest.raises(StorageError, match="failed before and keeps nothing") as refused:
        _add_and_swallow(store, many)
    assert "the disk is full" in str(refused.value.__cause__)
    assert codes(store) == []
    store.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no read-only directory in this sense")
def test_a_read_only_database_can_be_read(tmp_path: Path) -> None:
    url = str(tmp_path / "crm.db")
    store = open_store(url)
    add(store, "A")
    store.close()
    store = open_store(url)
    lent = store._lend()
    lent.cursor().execute("PRAGMA query_only=ON")
    lent.close()
    assert codes(store) == ["A"]
    with pytest.raises(StorageError, match="the database is read-only") as refused:
        add(store, "B")
    assert refused.value.outcome_known
    store.close()


def test_a_damaged_record(store: SqlStore, tmp_path: Path) -> None:
    add(store, "A", "B")
    connection = sqlite3.connect(tmp_path / "crm.db")
    connection.execute("UPDATE customers SET body = substr(body, 1, 20) WHERE code = 'A'")
    connection.commit()
    connection.close()
    with store.reading() as session:
        assert session.customers.get("B").record == samples.plain("B")
        damaged = session.customers.get("A")
        with pytest.raises(StorageError, match="damaged"):
            _ = damaged.record


def test_a_file_that_vanished_midway(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "crm.db"))
    add(store, "A")
    store._engine.dispose()
    (tmp_path / "crm.db").write_bytes(b"no database at all" * 300)
    with pytest.raises(StorageError, match="not a SQLite database"):
        add(store, "B")
    store.close()


class Failing:
    """A driver connection that fails at one statement."""

    def __init__(self, connection: sqlite3.Connection, at: str) -> None:
        self.connection, self.at = connection, at

    def cursor(self) -> "Failing.Cursor":
        return Failing.Cursor(self.connection.cursor(), self.at)

    @property
    def in_transaction(self) -> bool:
        return self.connection.in_transaction

    class Cursor:
        def __init__(self, cursor: sqlite3.Cursor, at: str) -> None:
            self.cursor, self.at = cursor, at

        def execute(self, sql: str, parameters: object) -> object:
            if sql.startswith(self.at):
                raise sqlite3.OperationalError(f"{self.at} fails")
            return self.cursor.execute(sql, parameters)

        def __getattr__(self, name: str) -> object:
            return getattr(self.cursor, name)


class Lent:
    def __init__(self, lent: object, at: str) -> None:
        self.lent, self.driver_connection = lent, Failing(lent.driver_connection, at)
        self.close, self.invalidate = lent.close, lent.invalidate


def test_a_failing_rollback_hides_no_error(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store, "A")
    lend = store._lend
    with monkeypatch.context() as patch:
        patch.setattr(store, "_lend", lambda: Lent(lend(), "ROLLBACK"))
        with pytest.raises(ZeroDivisionError):
            _add_one_then(store, "B", (samples.plain(str(1 // zero)) for zero in (0,)))
    assert codes(store) == ["A"]
    add(store, "C")
    assert codes(store) == ["A", "C"]


def test_a_commit_that_was_refused_kept_nothing(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    lend = store._lend
    with monkeypatch.context() as patch:
        patch.setattr(store, "_lend", lambda: Lent(lend(), "COMMIT"))
        with pytest.raises(StorageError) as refused:
            add(store, "A")
    assert refused.value.outcome_known
    assert str(refused.value.__cause__) == "COMMIT fails"
    assert codes(store) == []


def test_a_commit_whose_answer_is_lost(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    lend = store._lend

    class Answerless(Failing.Cursor):
        def execute(self, sql: str, parameters: object) -> object:
            done = self.cursor.execute(sql, parameters)
            if sql == "COMMIT":
                raise sqlite3.OperationalError("no answer")
            return done

    with monkeypatch.context() as patch:
        patch.setattr(Failing, "Cursor", Answerless)
        patch.setattr(store, "_lend", lambda: Lent(lend(), ""))
        with pytest.raises(StorageError) as refused:
            add(store, "A")
    assert not refused.value.outcome_known
    assert codes(store) == ["A"]


def test_a_session_is_not_left_open_by_an_exception_in_another_thread(store: SqlStore) -> None:
    def errand() -> None:
        with pytest.raises(ZeroDivisionError):
            _add_one_then(store, "A", (samples.plain(str(1 // zero)) for zero in (0,)))

    thread = threading.Thread(target=errand)
    thread.start()
    thread.join()
    assert codes(store) == []
    add(store, "B")
    assert codes(store) == ["B"]


def test_no_personal_data_in_an_error(store: SqlStore) -> None:
    customer = samples.full("A")
    with store.writing() as session:
        session.customers.add(customer)
        with pytest.raises(Conflict) as refused:
            session.customers.add(customer)
        with pytest.raises(Conflict) as late:
            session.customers.save(Stored(customer, 0))
    for error in (refused.value, late.value, refused.value.__cause__):
        assert customer.name not in repr(error)
        assert customer.phones[0].number not in repr(error)


def test_no_personal_data_in_a_repr(store: SqlStore) -> None:
    with store.writing() as session:
        session.customers.add(samples.full("A"))
        stored = session.customers.get("A")
        card = session.customers.cards(["A"])["A"]
    for shown in (repr(stored), repr(card), str(card), repr(Stored(samples.full("A"), 1))):
        assert "欧阳𠮷野" not in shown
        assert samples.phone(1).number not in shown
    assert repr(card) == "Card('A', '欧阳**', '0100****0001', grade='A', status='moved_in')"


class IntegrityError(Exception):
    """As PEP 249 calls it."""


class OperationalError(Exception):
    """As PEP 249 calls it."""


class CodedError(OperationalError):
    """With PostgreSQL's state of the error."""

    sqlstate = "40P01"


@pytest.mark.parametrize(
    ("error", "kind", "sentence"),
    [
        (IntegrityError("phone=13800000000"), Conflict, "somebody else"),
        (OperationalError(2013, "gone"), StorageError, "the connection to the database is broken"),
        (OperationalError(1205, "wait"), Busy, "is held by another"),
        (OperationalError(1045, "who"), StorageError, "refused the user or the password"),
        (CodedError(), Busy, "is held by another"),
        (ValueError("x"), StorageError, "the database refused a statement"),
    ],
)
def test_errors_of_the_server_databases(error: Exception, kind: type[StorageError], sentence: str) -> None:
    translated = storage_error(error)
    assert type(translated) is kind
    assert sentence in str(translated)
    assert "13800000000" not in str(translated)
