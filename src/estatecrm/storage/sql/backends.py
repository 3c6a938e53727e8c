"""In what the databases differ, besides their SQL: how a session begins, and how one migrates alone."""

from typing import Final

from attrs import frozen


@frozen
class Backend:
    """One database's way of beginning things."""

    read: tuple[str, ...]
    """Begins a session that sees one state."""
    write: tuple[str, ...]
    """Begins a session that writes."""
    migrate: tuple[str, ...]
    """Begins a migration, alone."""
    migrated: tuple[str, ...] = ()
    """Lets the next one migrate, after the end."""


BACKENDS: Final = {
    # A deferred transaction that turns to writing is told "locked" at once under WAL: lock at the start.
    "sqlite": Backend(("BEGIN",), ("BEGIN IMMEDIATE",), ("BEGIN IMMEDIATE",)),
    "postgresql": Backend(
        ("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",),
        ("BEGIN ISOLATION LEVEL READ COMMITTED",),
        ("BEGIN", "SELECT pg_advisory_xact_lock(7300211)"),
    ),
    "mariadb": Backend(
        (
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",
            "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY",
        ),
        ("SET TRANSACTION ISOLATION LEVEL READ COMMITTED", "START TRANSACTION"),
        ("SELECT GET_LOCK('estatecrm.schema', 60)", "START TRANSACTION"),
        ("SELECT RELEASE_LOCK('estatecrm.schema')",),
    ),
}
