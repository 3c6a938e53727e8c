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
_POSTGRES: Final[dict[str, tuple[type[StorageError], str]]] = {
    "40001": (Conflict, _TAKEN),
    "40P01": (Busy, _HELD),
    "55P03": (Busy, _HELD),
    "25006": (StorageError, "the database is read-only: choose one that may be written to"),
    "53100": (StorageError, "the disk of the database is full: free some space and repeat the errand"),
    "28P01": (StorageError, "the database refused the password: correct it in the URL"),
    "28000": (StorageError, "the database refused the user: correct the user in the URL"),
    "3D000": (StorageError, "there is no such database on the server: create it or correct the URL"),
    "42501": (StorageError, "the database user may not do this: grant the rights or use another user"),
}
_MARIADB: Final[dict[int, tuple[type[StorageError], str]]] = {
    1205: (Busy, _HELD),
    1213: (Busy, _HELD),
    1020: (Conflict, _TAKEN),
    1290: (StorageError, "the database is read-only: choose one that may be written to"),
    1021: (StorageError, "the disk of the database is full: free some space and repeat the errand"),
    1045: (StorageError, "the database refused the user or the password: correct them in the URL"),
    1049: (StorageError, "there is no such database on the server: create it or correct the URL"),
    1142: (StorageError, "the database user may not do this: grant the rights or use another user"),
}
_LOST = "the connection to the database is broken: check that the server runs, then repeat the errand"
_OTHER = "the database refused a statement; the driver's own error says why"


def storage_error(error: Exception) -> StorageError:
    """
    The library's error for a driver's *error*.

    The driver's text may repeat what somebody typed, so it stays in the cause and out of the sentence.
    """
    kind, sentence = _known(error)
    return kind(sentence)


def _known(error: Exception) -> tuple[type[StorageError], str]:
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        return _SQLITE.get(code & 0xFF, (StorageError, _OTHER))
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str) and state in _POSTGRES:
        return _POSTGRES[state]
    number = error.args[0] if error.args else None
    if isinstance(number, int) and number in _MARIADB:
        return _MARIADB[number]
    # PEP 249 names the classes; each driver has its own.
    names = {kind.__name__ for kind in type(error).__mro__}
    if "IntegrityError" in names:
        return Conflict, _TAKEN
    if names & {"OperationalError", "InterfaceError"} and not isinstance(error, sqlite3.Error):
        return StorageError, _LOST
    return StorageError, _OTHER
