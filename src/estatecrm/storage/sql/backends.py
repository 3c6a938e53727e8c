"""In what the databases differ, besides their SQL: how a connection waits, a session begins, and one migrates alone."""

from collections.abc import Callable
from math import ceil
from typing import Final

from attrs import frozen


def _nothing(_: float) -> tuple[str, ...]:
    return ()


def _postgresql(patience: float) -> tuple[str, ...]:
    return (f"SET lock_timeout = {max(1, round(patience * 1_000))}",)


def _mariadb(patience: float) -> tuple[str, ...]:
    # Whole seconds; strict, so that a text is never cut short.
    wait = max(1, ceil(patience))
    waits = f"SET SESSION innodb_lock_wait_timeout = {wait}, lock_wait_timeout = {wait}"
    return (waits, "SET SESSION sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES')")


@frozen
class Backend:
    """One database's way of beginning things."""

    read: tuple[str, ...]
    """Begins a session that sees one state."""
    write: tuple[str, ...]
    """Begins a session that writes."""
    migrate: tuple[str, ...]
    """Begins a migration, alone; an answer of 0 means that another one is under way."""
    migrated: tuple[str, ...] = ()
    """Lets the next one migrate, after the end."""
    set_up: Callable[[float], tuple[str, ...]] = _nothing
    """Gives a new connection its patience, in seconds."""


BACKENDS: Final = {
    # A deferred transaction that turns to writing is told "locked" at once under WAL: lock at the start.
    "sqlite": Backend(("BEGIN",), ("BEGIN IMMEDIATE",), ("BEGIN IMMEDIATE",)),
    "postgresql": Backend(
        ("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",),
        ("BEGIN ISOLATION LEVEL READ COMMITTED",),
        ("BEGIN", "SELECT pg_advisory_xact_lock(7300211)"),
        set_up=_postgresql,
    ),
    "mariadb": Backend(
        (
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",
            "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY",
        ),
        ("SET TRANSACTION ISOLATION LEVEL READ COMMITTED", "START TRANSACTION"),
        ("SELECT GET_LOCK('estatecrm.schema', @@lock_wait_timeout)", "START TRANSACTION"),
        ("SELECT RELEASE_LOCK('estatecrm.schema')",),
        set_up=_mariadb,
    ),
}
