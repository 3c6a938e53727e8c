"""SQLite files: which may be opened, in which journal mode, and how every connection is set up."""

import os
import sqlite3
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Engine, create_engine, event

from estatecrm.errors import StorageError
from estatecrm.storage.opening import Journal
from estatecrm.storage.sql.trouble import storage_error

_NETWORK: Final = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "ceph", "glusterfs"})
_MOUNTS: Final = Path("/proc/self/mounts")


def sqlite_engine(url: URL, journal: Journal, patience: float) -> Engine:
    """
    An engine on the SQLite file of *url*, in *journal* mode; a session waits *patience* seconds for another.

    Raises:
        StorageError: no file is named, its folder is missing, WAL is not safe here, or the file is in trouble.
    """
    if not url.database or url.database == ":memory:":
        raise StorageError("a SQLite database needs a file: write sqlite:///file.db, or memory:// to keep nothing")
    path = Path(url.database)
    if not path.absolute().parent.is_dir():
        raise StorageError(f"the folder of {path.name} does not exist: create it first")
    if path.is_dir():
        raise StorageError(f"{path.name} is a folder: name a file in it")
    if journal is Journal.WAL:
        check_wal(sqlite3.sqlite_version_info, path)
    engine = create_engine(
        url,
        connect_args={"isolation_level": None, "timeout": patience, "check_same_thread": False},
        pool_reset_on_return=None,
    )
    event.listen(engine, "connect", _set_up)
    try:
        _set_journal(engine, "DELETE" if journal is Journal.DELETE else "WAL")
    except BaseException:
        engine.dispose()
        raise
    return engine


def check_wal(version: tuple[int, ...], path: Path) -> None:
    """
    Whether WAL keeps its promises with SQLite *version* on *path*.

    Source: sqlite.org, "The WAL Reset Bug": fixed in 3.51.3, and in 3.50.7 and 3.44.6.

    Raises:
        StorageError: it does not.
    """
    fixed = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    if not fixed:
        raise StorageError(
            f"SQLite {'.'.join(map(str, version))} can damage a WAL database: use the DELETE journal, or SQLite 3.51.3"
        )
    if not is_local(path):
        raise StorageError("WAL does not work over a network: use the DELETE journal, or a file on this machine")


def is_local(path: Path) -> bool:
    """Whether *path* lies on this machine, as far as can be told."""
    whole = os.path.realpath(path)
    if whole.startswith(("\\\\", "//")):
        return False
    try:
        mounts = [line.split(" ") for line in _MOUNTS.read_text(errors="replace").splitlines()]
    except OSError:
        return True
    under = [(mount[1], mount[2]) for mount in mounts if Path(whole).is_relative_to(mount[1].replace("\\040", " "))]
    return max(under, key=lambda mount: len(mount[0]), default=("", ""))[1] not in _NETWORK


def _set_up(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA secure_delete=ON").close()
    connection.execute("PRAGMA cache_size=-16384").close()


def _set_journal(engine: Engine, mode: str) -> None:
    try:
        lent = engine.raw_connection()
        try:
            cursor = lent.cursor()
            cursor.execute("PRAGMA journal_mode")
            (current,) = cursor.fetchone() or ("",)
            if current.upper() != mode:
                cursor.execute(f"PRAGMA journal_mode={mode}")
            cursor.close()
        finally:
            lent.close()
    except sqlite3.Error as error:
        raise storage_error(error) from error
