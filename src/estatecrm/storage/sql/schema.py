"""The tables, the same on every database: moments are microseconds, days and records are text."""

import re
from collections.abc import Iterable
from typing import Any, Final, TypeAlias

from attrs import frozen
from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, String, Table, Text
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.types import TypeEngine

from estatecrm.errors import StorageError
from estatecrm.storage.texts import IDENTIFIER, KEY

_PREFIX = re.compile(r"[a-z][a-z0-9_]{0,29}")
_CHARSET, _COLLATION = "utf8mb4", "utf8mb4_nopad_bin"
OPTIONS: Final[dict[str, Any]] = {
    f"{dialect}_{option}": value
    for dialect in ("mysql", "mariadb")
    for option, value in (("engine", "InnoDB"), ("charset", _CHARSET), ("collate", _COLLATION))
}
"""MariaDB's table options: its default collation holds 𠮷 and 𡈽 for one character, and x with and without a blank."""

Columns: TypeAlias = Iterable[Column[str] | Column[int]]


@frozen
class Tables:
    """The tables of one store."""

    metadata: MetaData
    customers: Table
    match_keys: Table
    sequences: Table
    contacts: Table
    duties: Table
    reasons: Table
    points_accounts: Table
    points_entries: Table
    staff: Table
    access_log: Table


def check_prefix(prefix: str) -> str:
    """*prefix* itself, if table names may begin with it; else `StorageError`."""
    if prefix and not _PREFIX.fullmatch(prefix):
        raise StorageError(
            f"{prefix!r} cannot begin the name of a table: write a small letter, then small letters, digits and _"
        )
    return prefix


def version_table(prefix: str) -> str:
    """The name of the table that holds the schema's version."""
    return f"{prefix}schema_version"


def key_type(length: int = IDENTIFIER) -> TypeEngine[str]:
    """A text that is compared and sorted by code point on every database."""
    return (
        String(length)
        .with_variant(postgresql.VARCHAR(length, collation="C"), "postgresql")
        .with_variant(mysql.VARCHAR(length, charset=_CHARSET, collation=_COLLATION), "mysql", "mariadb")
    )


def text_type() -> TypeEngine[str]:
    """A text of any length that is only kept."""
    return Text().with_variant(mysql.LONGTEXT(charset=_CHARSET, collation=_COLLATION), "mysql", "mariadb")


def count_type() -> TypeEngine[int]:
    """A number the database counts up by itself."""
    return BigInteger().with_variant(Integer(), "sqlite")


def tables(prefix: str = "", schema: str | None = None) -> Tables:
    """The tables whose names begin with *prefix*, in *schema* where the database has such."""
    metadata = MetaData(schema=schema)

    def table(name: str, columns: Columns, **indexes: tuple[str, ...]) -> Table:
        made = [Index(f"{prefix}{name}_{index}", *over) for index, over in indexes.items()]
        return Table(f"{prefix}{name}", metadata, *columns, *made, sqlite_autoincrement=name == "access_log", **OPTIONS)

    return Tables(
        metadata,
        table(
            "customers",
            _customers(),
            consultant=("consultant", "code"),
            wants=("wants", "code"),
            pending=("pending",),
        ),
        table("match_keys", (_key("number"), _key("code")), code=("code",)),
        table("sequences", (_key("prefix"), _number("taken"))),
        table(
            "contacts",
            (_key("id"), _text("customer", key_type()), _number("at_us"), _text("body")),
            customer=("customer", "at_us", "id"),
        ),
        table("duties", _duties(), holder=("holder", "open_from"), subject=("subject", "open_from")),
        table("reasons", (_key("digest"), _text("body"))),
        table("points_accounts", _points_accounts(), due=("due",)),
        _with_unique_key(table("points_entries", _points_entries())),
        table("staff", (_key("id"), _text("body"), _number("version"))),
        table(
            "access_log",
            (
                Column("seq", count_type(), primary_key=True, autoincrement=True),
                _number("at_us"),
                _text("actor", key_type()),
                _text("body"),
            ),
        ),
    )


def _customers() -> Columns:
    yield _key("code")
    yield _text("project", key_type())
    yield from (_text("name"), _text("phone"), _text("grade", key_type()), _text("status", key_type()))
    yield from (_text("consultant", key_type()), _text("specialist", key_type()))
    # None, and not empty or zero, where there is nothing to find: the index then holds what is looked for.
    yield Column("wants", key_type(), nullable=True)
    yield Column("pending", BigInteger(), nullable=True)
    yield from (_text("standings"), _text("body"), _number("version"))


def _duties() -> Columns:
    yield _key("key", KEY)
    yield from (_text(name, key_type()) for name in ("subject", "unit", "step", "entry", "role", "assignee"))
    # Whose worklist it stands on: "=" and the assignee, or "@" and the role.
    yield _text("holder", key_type(IDENTIFIER + 1))
    yield from (_number("earliest_us"), _number("latest_us"), _text("zones", key_type()), _text("reason", key_type()))
    # The earliest moment while the duty is open, else None: the range a worklist reads of the index is open duties.
    yield Column("open_from", BigInteger(), nullable=True)
    yield from (Column(name, key_type(), nullable=True) for name in ("ended", "ended_zone", "ended_by", "contact"))
    yield Column("ended_us", BigInteger(), nullable=True)
    yield _number("version")


def _points_accounts() -> Columns:
    yield _key("member")
    yield from (_number(name) for name in ("number", "day", "debt", "shortfall"))
    yield _text("lots")
    # The next day on which points vest or are past their last day, if such a day comes.
    yield Column("due", BigInteger(), nullable=True)
    # Counted up by whoever holds the account: a row that really changes is locked, and read anew, everywhere.
    yield _number("held")


def _points_entries() -> Columns:
    yield _key("member")
    yield Column("number", BigInteger(), primary_key=True, autoincrement=False)
    yield from (_number(name) for name in ("day", "points", "debt", "shortfall"))
    yield from (_text("parts"), _text("body"), _text("key", key_type(KEY)))


def _with_unique_key(entries: Table) -> Table:
    Index(f"{entries.name}_key", entries.c.key, unique=True)
    return entries


def _key(name: str, length: int = IDENTIFIER) -> Column[str]:
    return Column(name, key_type(length), primary_key=True)


def _text(name: str, kind: TypeEngine[str] | None = None) -> Column[str]:
    return Column(name, text_type() if kind is None else kind, nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, BigInteger(), nullable=False)
