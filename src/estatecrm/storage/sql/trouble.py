"""A driver's errors as the library's own: what happened, what helps, and whether the outcome is known."""

import sqlite3
from typing import Final

from estatecrm.errors import Busy, Conflict, StorageError

_HELD = "the database is held by another session or program: repeat the errand"
_TAKEN = "somebody else added or changed the same thing first: read again and repeat"

_SQLITE: Final[dict[int, tuple[type[StorageError], str]]] = {
    sqlite3.SQLITE_BUSY: (Busy, _HELD),
    sqlite3.SQLITE_LOCKED: (Busy, _HELD),
    sqlite3.SQLITE_CONSTRAINT: (Conflict, _TAKEN),
    sqlite3.SQLITE_READONLY: (
        StorageError,
        "the database is read-only: allow writing to the file and its folder, or choose another file",
    ),
    sqlite3.SQLITE_FULL: (StorageError, "the disk is full: free some space and repeat the errand"),
    sqlite3.SQLITE_CANTOPEN: (
        StorageError,
        "the database file cannot be opened: check that its folder exists and may be written to",
    ),
    sqlite3.SQLITE_NOTADB: (StorageError, "the file is not a SQLite database: choose another file"),
    sqlite3.SQLITE_CORRUPT: (StorageError, "the database file is damaged: restore it from a backup"),
    sqlite3.SQLITE_IOERR: (StorageError, "the disk could not be read or written: check it and repeat the errand"),
}
_READ_ONLY = "the database is read-only: choose one that may be written to"
_FULL = "the disk of the database is full: free some space and repeat the errand"
_REFUSED_USER = "the database refused the user or the password: correct them in the URL"
_NO_DATABASE = "there is no such database on the server: create it or correct the URL"
_NO_RIGHT = "the database user may not do this: grant the rights or use another user"
_NO_TABLE = "a table of ours is missing: run `estatecrm upgrade`"
_NO_CONNECTION_LEFT = "the server has no connection left: repeat the errand"
_POSTGRES: Final[dict[str, tuple[type[StorageError], str]]] = {
    "40001": (Conflict, _TAKEN),
    "40P01": (Busy, _HELD),
    "55P03": (Busy, _HELD),
    "53300": (Busy, _NO_CONNECTION_LEFT),
    "25006": (StorageError, _READ_ONLY),
    "53100": (StorageError, _FULL),
    "28P01": (StorageError, _REFUSED_USER),
    "28000": (StorageError, _REFUSED_USER),
    "3D000": (StorageError, _NO_DATABASE),
    "42501": (StorageError, _NO_RIGHT),
    "42P01": (StorageError, _NO_TABLE),
}
_MARIADB: Final[dict[int, tuple[type[StorageError], str]]] = {
    1205: (Busy, _HELD),
    1213: (Busy, _HELD),
    1020: (Conflict, _TAKEN),
    1040: (Busy, _NO_CONNECTION_LEFT),
    1290: (StorageError, _READ_ONLY),
    1792: (StorageError, _READ_ONLY),
    1021: (StorageError, _FULL),
    1114: (StorageError, _FULL),
    1045: (StorageError, _REFUSED_USER),
    1698: (StorageError, _REFUSED_USER),
    1044: (StorageError, _NO_RIGHT),
    1049: (StorageError, _NO_DATABASE),
    1142: (StorageError, _NO_RIGHT),
    1146: (StorageError, _NO_TABLE),
}
# What libpq says while connecting has no code, and these words only where the server speaks English.
_CONNECTING: Final = (
    ("password", _REFUSED_USER),
    ("role ", _REFUSED_USER),
    ("pg_hba.conf", _REFUSED_USER),
    ("database ", _NO_DATABASE),
)
_LOST = "the connection to the database is broken: check that the server runs, then repeat the errand"
_UNREACHED = "the database server does not answer: check that it runs, and the host, port and user in the URL"
UNKNOWN_OPTION = "the database URL names an option the driver does not know: leave it out"
_OTHER = "the database refused a statement; the driver's own error says why"
# MariaDB's codes of an answer that never came: the client's own, and a connection that was ended from elsewhere.
_CUT: Final = frozenset({0, 1053, 1317, 1927, 4031, *range(2000, 3000)})


def storage_error(error: Exception) -> StorageError:
    """
    The library's error for a driver's *error*.

    The driver's text may repeat what somebody typed, so it stays in the cause and out of the sentence.
    """
    kind, sentence = _known(error)
    return kind(sentence)


def no_connection(error: Exception) -> StorageError:
    """The library's error for a driver's *error* while connecting."""
    if "invalid connection option" in str(error):
        return StorageError(UNKNOWN_OPTION)
    said = str(error).partition("FATAL:")[2]
    if "connections" in said or "connection slots" in said:
        return Busy(_NO_CONNECTION_LEFT)
    known = storage_error(error)
    if str(known) != _LOST:
        return known
    return StorageError(next((sentence for word, sentence in _CONNECTING if word in said), _UNREACHED))


def is_cut(error: Exception) -> bool:
    """Whether a driver's *error* says that the server's answer never came, rather than what it was."""
    state, number = getattr(error, "sqlstate", None), error.args[0] if error.args else None
    if isinstance(number, int):
        return number in _CUT
    if isinstance(state, str):
        return state.startswith(("08", "57P")) or state == "40003"
    return not isinstance(error, sqlite3.Error)


def is_full(error: Exception) -> bool:
    """Whether a SQLite *error* says that the disk is full: a commit that found no room was none."""
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL


def _known(error: Exception) -> tuple[type[StorageError], str]:
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        missing = code == sqlite3.SQLITE_ERROR and str(error).startswith("no such table")
        return (StorageError, _NO_TABLE) if missing else _SQLITE.get(code & 0xFF, (StorageError, _OTHER))
    number = error.args[0] if error.args else None
    if isinstance(number, int) and number in _MARIADB:
        return _MARIADB[number]
    state = getattr(error, "sqlstate", None)
    if not isinstance(number, int) and isinstance(state, str) and state in _POSTGRES:
        return _POSTGRES[state]
    # PEP 249 names the classes; each driver has its own.
    names = {kind.__name__ for kind in type(error).__mro__}
    if "IntegrityError" in names:
        return Conflict, _TAKEN
    if names & {"OperationalError", "InterfaceError"} and not isinstance(error, sqlite3.Error):
        return StorageError, _LOST
    return StorageError, _OTHER
