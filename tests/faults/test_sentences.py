"""Whatever is wrong with the disk or the server: one sentence that says so and what helps, the cause kept."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import evolve
from sqlalchemy import make_url

from estatecrm.errors import Busy, StorageError
from estatecrm.storage import Journal, open_store, upgrade
from estatecrm.storage.sql import SqlStore
from estatecrm.testing.storage_kit import samples
from fault_points import in_a_fork
from servers import Places, admin, execute, text_of

MANY = [evolve(samples.plain(f"M{number}"), note="x" * 1_000) for number in range(3_000)]


def codes(store: SqlStore) -> list[str]:
    with store.reading() as session:
        return [subject.code for subject, _ in session.customers.standings()]


def add(store: SqlStore, *codes: str) -> None:
    with store.writing() as session:
        for code in codes:
            session.customers.add(samples.plain(code))


def add_many(store: SqlStore) -> None:
    with store.writing() as session:
        session.customers.add_many(MANY)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {done.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.skipif(os.name == "nt", reason="Windows mounts no such disk")
@pytest.mark.parametrize("journal", [Journal.DELETE, Journal.WAL_UNCHECKED])
def test_a_disk_that_is_full(small_disk: Path, journal: Journal) -> None:
    store = open_store(str(small_disk / "crm.db"), journal=journal)
    add(store, "A")
    with pytest.raises(StorageError, match="the disk is full: free some space") as raised:
        add_many(store)
    assert raised.value.outcome_known
    assert isinstance(raised.value.__cause__, store._error)
    assert codes(store) == ["A"]
    add(store, "B")
    assert codes(store) == ["A", "B"]
    store.close()


def _write_beyond_the_limit(path: Path, journal: Journal) -> None:
    store = open_store(str(path), journal=journal)
    import resource  # Windows has none

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    size = path.stat().st_size + 100_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    with pytest.raises(StorageError, match="the disk could not be read or written") as raised:
        add_many(store)
    assert isinstance(raised.value.__cause__, store._error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert codes(store) == ["A"]
    add(store, "B")
    assert codes(store) == ["A", "B"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the limit is set in a copy of the process")
@pytest.mark.parametrize("journal", [Journal.DELETE, Journal.WAL_UNCHECKED])
def test_a_disk_that_fails(tmp_path: Path, journal: Journal) -> None:
    """A limit on the size of files stands for the failing disk; the same store works again without it."""
    store = open_store(str(tmp_path / "crm.db"), journal=journal)
    add(store, "A")
    store.close()
    assert in_a_fork(lambda: _write_beyond_the_limit(tmp_path / "crm.db", journal)) == 0


UNREACHED = "the database server does not answer: check that it runs, and the host, port and user in the URL"


@pytest.mark.parametrize("url", ["postgresql://u:secret@127.0.0.1:1/x", "mariadb://u:secret@127.0.0.1:1/x"])
def test_a_server_that_is_down(url: str) -> None:
    for use in (open_store, upgrade):
        with pytest.raises(StorageError) as raised:
            use(url, patience=1)
        assert str(raised.value) == UNREACHED
        assert raised.value.__cause__ is not None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"database": "no_such_database_of_ours"},
            "there is no such database on the server: create it or correct the URL",
        ),
        (
            {"username": "nobody_we_know", "password": "secret"},
            "the database refused the user or the password: correct them in the URL",
        ),
        ({"query": {"no_such_option": "1"}}, "the database URL names an option the driver does not know: leave it out"),
    ],
)
def test_what_is_wrong_in_the_url(on_server: Places, change: dict[str, str], sentence: str) -> None:
    with pytest.raises(StorageError) as raised:
        open_store(text_of(on_server.url.set(**change)), patience=2)
    assert str(raised.value) == sentence
    assert "secret" not in str(raised.value)


def test_a_password_that_is_wrong(mariadb: Places) -> None:
    """PostgreSQL trusts whoever comes to the tests; its words for a wrong password are in the table of words."""
    with pytest.raises(StorageError, match="refused the user or the password"):
        open_store(text_of(mariadb.url.set(password="wrong")))


@pytest.fixture
def reader(on_server: Places) -> Iterator[str]:
    """The URL of a database that is there, as somebody who may only read it."""
    url = on_server.database("rights")
    open_store(text_of(url)).close()
    name = f"reader_{on_server.database('rights').database}"[-30:]
    if on_server.kind == "postgresql":
        execute(url, f"CREATE ROLE {name} LOGIN")
        execute(url, f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}")
        yield text_of(url.set(username=name))
        execute(url, f"DROP OWNED BY {name}")
        execute(url, f"DROP ROLE {name}")
    else:
        execute(url, f"CREATE USER '{name}'@'%%' IDENTIFIED BY 'pass'")
        execute(url, f"GRANT SELECT ON {url.database}.* TO '{name}'@'%%'")
        yield text_of(url.set(username=name, password="pass"))
        execute(url, f"DROP USER '{name}'@'%%'")


def test_a_user_without_the_right(reader: str) -> None:
    store = open_store(reader)
    assert codes(store) == []
    with pytest.raises(StorageError, match="the database user may not do this: grant the rights or use another user"):
        add(store, "A")
    assert codes(store) == []
    store.close()


def test_a_database_that_is_read_only(postgresql: Places) -> None:
    url = postgresql.database("readonly")
    store = open_store(text_of(url))
    add(store, "A")
    execute(url, f"ALTER DATABASE {url.database} SET default_transaction_read_only = on")
    store._engine.dispose()
    assert codes(store) == ["A"]
    with pytest.raises(StorageError, match="the database is read-only: choose one that may be written to"):
        add(store, "B")
    execute(postgresql.url, f"ALTER DATABASE {url.database} RESET default_transaction_read_only")
    store._engine.dispose()
    add(store, "B")
    assert codes(store) == ["A", "B"]
    store.close()


def test_a_row_that_is_held(on_server: Places) -> None:
    """A session waits as long as it was told, then it is busy; the one that holds the row goes on."""
    url = text_of(on_server.database("held"))
    store, other = open_store(url, patience=1), open_store(url, patience=1)
    add(store, "A")
    with store.writing() as session:
        stored = session.customers.get("A")
        session.customers.save(stored)
        with pytest.raises(Busy, match="repeat the errand") as raised, other.writing() as second:
            second.customers.save(stored)
        assert raised.value.outcome_known
        session.customers.add(samples.plain("B"))
    assert codes(other) == ["A", "B"]
    store.close()
    other.close()


def test_a_server_with_no_connection_left(postgresql: Places) -> None:
    url = postgresql.database("full")
    open_store(text_of(url)).close()
    name = f"one_{url.database}"[-30:]
    execute(url, f"CREATE ROLE {name} LOGIN CONNECTION LIMIT 1")
    engine = admin(url.set(username=name))
    with engine.connect(), pytest.raises(Busy, match="no connection left: repeat the errand"):
        open_store(text_of(make_url(url).set(username=name)))
    execute(url, f"DROP ROLE {name}")


def test_a_database_that_cannot_keep_every_text(postgresql: Places) -> None:
    url = postgresql.url.set(database=f"{postgresql.database('latin').database}_latin")
    execute(
        postgresql.url,
        f"CREATE DATABASE {url.database} ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0",
    )
    with pytest.raises(StorageError, match="keeps texts in LATIN1: create one with ENCODING 'UTF8'"):
        open_store(text_of(url))
    execute(postgresql.url, f"DROP DATABASE {url.database}")
