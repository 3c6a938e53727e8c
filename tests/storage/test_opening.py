"""From a URL to a store: what opens, and one clear sentence for what does not."""

import multiprocessing
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from estatecrm.errors import Busy, MissingExtra, NewerSchema, StorageError
from estatecrm.storage import Journal, open_store, upgrade
from estatecrm.storage.memory import MemoryStore
from estatecrm.storage.sql.files import check_wal, is_local
from estatecrm.storage.sql.migrating import REVISIONS
from estatecrm.storage.sql.schema import tables
from estatecrm.testing.storage_kit import samples


def codes_in(url: str, **options: object) -> list[str]:
    store = open_store(url, **options)
    with store.reading() as session:
        codes = [subject.code for subject, _ in session.customers.standings()]
    store.close()
    return codes


def fill(url: str, code: str, **options: object) -> None:
    store = open_store(url, **options)
    with store.writing() as session:
        session.customers.add(samples.plain(code))
    store.close()


def test_memory() -> None:
    assert isinstance(open_store("memory://"), MemoryStore)


def test_a_path_is_a_file(tmp_path: Path) -> None:
    fill(str(tmp_path / "crm.db"), "A")
    assert codes_in(f"sqlite:///{tmp_path / 'crm.db'}") == ["A"]


def test_two_prefixes_share_a_file(tmp_path: Path) -> None:
    url = str(tmp_path / "crm.db")
    upgrade(url, prefix="one_")
    upgrade(url, prefix="two_")
    fill(url, "A", prefix="one_")
    assert (codes_in(url, prefix="one_"), codes_in(url, prefix="two_")) == (["A"], [])


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mongodb://host/db", "mongodb:// is no database the library knows"),
        ("crm.txt", "this is no database the library knows"),
        ("", "this is no database the library knows"),
        ("sqlite://", "a SQLite database needs a file"),
        ("sqlite:///:memory:", "a SQLite database needs a file"),
        ("no/such/folder/crm.db", "the folder of crm.db does not exist"),
        ("postgresql://host:port/db", "the database URL cannot be read"),
    ],
)
def test_what_cannot_be_opened(url: str, sentence: str) -> None:
    with pytest.raises(StorageError, match=sentence):
        open_store(url)


@pytest.mark.parametrize("prefix", ["1", "A", "a b", "a-", "é", 'a"', "a" * 31])
def test_what_cannot_begin_a_table(tmp_path: Path, prefix: str) -> None:
    with pytest.raises(StorageError, match="cannot begin the name of a table"):
        open_store(str(tmp_path / "crm.db"), prefix=prefix)


def test_a_url_is_not_repeated_with_its_password() -> None:
    for url in ("nosuch://user:secret@host/db", "postgresql://user:secret@host:port/db"):
        with pytest.raises(StorageError) as refused:
            open_store(url)
        assert "secret" not in str(refused.value)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "crm.db").mkdir()
    with pytest.raises(StorageError, match="is a folder"):
        open_store(str(tmp_path / "crm.db"))


def test_a_file_of_another_kind(tmp_path: Path) -> None:
    path = tmp_path / "crm.db"
    path.write_bytes(b"PK\x03\x04 this is a workbook" * 100)
    with pytest.raises(StorageError, match="not a SQLite database"):
        open_store(str(path))


def test_other_peoples_tables_are_left_alone_until_asked(tmp_path: Path) -> None:
    path = tmp_path / "crm.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE orders (id INTEGER)")
    connection.close()
    with pytest.raises(StorageError, match="none of ours: run `estatecrm upgrade`"):
        open_store(str(path))
    assert upgrade(str(path)) == REVISIONS[-1]
    assert codes_in(str(path)) == []


def _set_version(path: Path, version: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE schema_version SET version_num = ?", (version,))
    connection.commit()
    connection.close()


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "crm.db"
    fill(str(path), "A")
    _set_version(path, "9999")
    for use in (open_store, upgrade):
        with pytest.raises(NewerSchema, match="newer release"):
            use(str(path))


def test_an_older_schema_waits_for_the_upgrade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "crm.db"
    fill(str(path), "A")
    monkeypatch.setattr("estatecrm.storage.sql.migrating.REVISIONS", (*REVISIONS, "next"))
    with pytest.raises(StorageError, match="run `estatecrm upgrade`"):
        open_store(str(path))


def test_upgrading_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "crm.db"
    fill(str(path), "A")
    before = path.read_bytes()
    assert upgrade(str(path)) == upgrade(str(path)) == REVISIONS[-1]
    assert path.read_bytes() == before


def test_memory_has_nothing_to_upgrade() -> None:
    with pytest.raises(StorageError, match="no tables"):
        upgrade("memory://")


def test_the_revisions_are_those_of_the_scripts() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "estatecrm.storage.sql:migrations")
    scripts = ScriptDirectory.from_config(config)
    assert tuple(each.revision for each in scripts.walk_revisions())[::-1] == REVISIONS


@pytest.mark.parametrize("prefix", ["", "crm_"])
def test_the_migrated_schema_is_the_declared_one(tmp_path: Path, prefix: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext
    from sqlalchemy import create_engine

    open_store(str(tmp_path / "crm.db"), prefix=prefix).close()
    engine = create_engine(f"sqlite:///{tmp_path / 'crm.db'}")
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True, "version_table": f"{prefix}schema_version"}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, tables(prefix).metadata) == []
    engine.dispose()


def test_an_interrupted_migration_finishes(tmp_path: Path) -> None:
    """MariaDB keeps each statement by itself: whatever part is there, opening again completes it."""
    whole = tmp_path / "whole.db"
    open_store(str(whole)).close()
    source = sqlite3.connect(whole)
    order = "CASE name WHEN 'schema_version' THEN 0 ELSE rowid END"
    made = [sql for (sql,) in source.execute(f"SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY {order}")]
    made = [sql for sql in made if "sqlite_sequence" not in sql]
    source.close()
    for stop in range(len(made)):
        part = tmp_path / f"part{stop}.db"
        connection = sqlite3.connect(part)
        for sql in made[:stop]:
            connection.execute(sql)
        connection.close()
        fill(str(part), "A")
        assert codes_in(str(part)) == ["A"]


def _open(url: str, gate: "multiprocessing.synchronize.Barrier", answers: "multiprocessing.Queue[str]") -> None:
    gate.wait(60)
    try:
        open_store(url, patience=30).close()
        answers.put("opened")
    except StorageError as error:
        answers.put(repr(error))


def test_four_processes_migrate_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    gate, answers = context.Barrier(4), context.Queue()
    url = str(tmp_path / "crm.db")
    running = [context.Process(target=_open, args=(url, gate, answers)) for _ in range(4)]
    for each in running:
        each.start()
    assert [answers.get(timeout=60) for _ in running] == ["opened"] * 4
    for each in running:
        each.join(60)
    connection = sqlite3.connect(url)
    assert connection.execute("SELECT version_num FROM schema_version").fetchall() == [(REVISIONS[-1],)]
    connection.close()


def test_the_journal_mode(tmp_path: Path) -> None:
    for journal, mode in ((Journal.DELETE, "delete"), (Journal.WAL_UNCHECKED, "wal"), (Journal.DELETE, "delete")):
        open_store(str(tmp_path / "crm.db"), journal=journal).close()
        connection = sqlite3.connect(tmp_path / "crm.db")
        assert connection.execute("PRAGMA journal_mode").fetchone() == (mode,)
        connection.close()


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 0), True),
    ],
)
def test_wal_needs_a_sqlite_that_keeps_it(tmp_path: Path, version: tuple[int, ...], safe: bool) -> None:
    if safe:
        check_wal(version, tmp_path)
    else:
        with pytest.raises(StorageError, match="can damage a WAL database"):
            check_wal(version, tmp_path)


def test_wal_needs_a_local_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"disk / ext4 rw 0 0\nserver:/share {tmp_path} nfs4 rw 0 0\ndisk {tmp_path}/here ext4 rw 0 0\n")
    monkeypatch.setattr("estatecrm.storage.sql.files._MOUNTS", mounts)
    assert not is_local(tmp_path / "crm.db")
    assert is_local(tmp_path / "here" / "crm.db")
    assert is_local(Path("/crm.db"))
    with pytest.raises(StorageError, match="WAL does not work over a network"):
        check_wal((3, 51, 3), tmp_path / "crm.db")


def test_a_connection_is_set_up(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "crm.db"))
    lent = store._lend()
    assert lent.cursor().execute("PRAGMA secure_delete").fetchone() == (1,)
    assert lent.driver_connection.isolation_level is None
    lent.close()
    store.close()


@pytest.mark.parametrize(
    ("missing", "url", "sentence"),
    [
        ("sqlalchemy", "crm.db", 'sqlalchemy is not installed: pip install "estatecrm[sql]"'),
        ("alembic", "crm.db", 'alembic is not installed: pip install "estatecrm[sql]"'),
        ("psycopg", "postgresql://localhost/x", 'psycopg is not installed: pip install "estatecrm[postgres]"'),
        ("pymysql", "mariadb://localhost/x", 'PyMySQL is not installed: pip install "estatecrm[mariadb]"'),
    ],
)
def test_a_missing_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str, url: str, sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(MissingExtra) as refused:
        open_store(url)
    assert str(refused.value) == sentence


def test_nothing_heavy_is_imported_before_a_store_is_opened() -> None:
    program = (
        "import sys, estatecrm.storage, estatecrm.storage.memory, estatecrm.storage.codec\n"
        "estatecrm.storage.open_store('memory://')\n"
        "heavy = {'sqlalchemy', 'alembic', 'sqlite3', 'psycopg', 'pymysql', 'pytest', 'hypothesis'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_held_database_is_busy(tmp_path: Path) -> None:
    url = str(tmp_path / "crm.db")
    open_store(url).close()
    holder = sqlite3.connect(url, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Busy):
        open_store(url, patience=0.1)
    holder.close()
