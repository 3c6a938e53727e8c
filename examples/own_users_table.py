"""
A company's own table of users as the staff of the library; everything else stays in the library's own tables.

The table is the company's: ``users(login, full_name, post, has_left, ability, revision)``.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from attrs import frozen

from estatecrm.errors import Busy, Conflict, NotFound, StorageError
from estatecrm.model import Member
from estatecrm.policy import Role
from estatecrm.storage import AccessLog, Contacts, Customers, Duties, PointsEntries, Session, Staff, Store, Stored
from estatecrm.storage.checks import check_member

TABLE = """
    CREATE TABLE IF NOT EXISTS users (
        login TEXT PRIMARY KEY, full_name TEXT NOT NULL, post TEXT NOT NULL,
        has_left INTEGER NOT NULL, ability INTEGER NOT NULL, revision INTEGER NOT NULL
    )
"""


class UsersTable:
    """`Staff` over the table, in one session; `Busy` if somebody else holds the table."""

    def __init__(self, place: Path, begin: str) -> None:
        self._connection = sqlite3.connect(place, isolation_level=None, timeout=1)
        self._writes = begin == "BEGIN IMMEDIATE"
        try:
            self._connection.execute(TABLE)
            self._connection.execute(begin)
        except sqlite3.OperationalError as held:
            self._connection.close()
            raise Busy("the users are being changed by somebody else: repeat the errand") from held

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._connection.execute("ROLLBACK" if kind else "COMMIT")
        self._connection.close()

    def add(self, member: Member, /) -> Stored[Member]:
        """Keep a new user; `Conflict` if the login is taken."""
        check_member(member)
        values = (member.id, member.name, member.role.value, not member.active, member.ability, 1)
        try:
            self._change("INSERT INTO users VALUES (?, ?, ?, ?, ?, ?)", values)
        except sqlite3.IntegrityError as taken:
            raise Conflict(f"the login {member.id} is taken") from taken
        return Stored(member, 1)

    def get(self, id: str, /) -> Stored[Member]:  # noqa: A002 - the interface calls it so
        """The user with the login *id*; `NotFound` if there is none."""
        try:
            row = self._ask("SELECT * FROM users WHERE login = ?", (id,)).fetchone()
        except UnicodeEncodeError:  # half a character is nobody's login
            row = None
        if row is None:
            raise NotFound(f"nobody logs in as {id!a}")
        return stored(row)

    def save(self, stored: Stored[Member], /) -> Stored[Member]:
        """Replace the row; `Conflict` if somebody else was faster, `NotFound` if unknown."""
        member = stored.record
        check_member(member)
        values = (member.name, member.role.value, not member.active, member.ability, member.id, stored.version)
        changed = self._change(
            "UPDATE users SET full_name = ?, post = ?, has_left = ?, ability = ?, revision = revision + 1"
            " WHERE login = ? AND revision = ?",
            values,
        )
        if not changed.rowcount:
            self.get(member.id)
            raise Conflict(f"{member.id} was changed by somebody else: read it again")
        return Stored(member, stored.version + 1)

    def all(self) -> Sequence[Stored[Member]]:
        """Every user, by login."""
        return [stored(row) for row in self._ask("SELECT * FROM users ORDER BY login", ())]

    def _change(self, sql: str, values: tuple[object, ...]) -> sqlite3.Cursor:
        if not self._writes:
            raise StorageError("this session only reads: open it with writing()")
        return self._ask(sql, values)

    def _ask(self, sql: str, values: tuple[object, ...]) -> sqlite3.Cursor:
        try:
            return self._connection.execute(sql, values)
        except sqlite3.ProgrammingError as ended:
            raise StorageError("this session has ended: open another one") from ended


def stored(row: tuple[str, str, str, int, int, int]) -> Stored[Member]:
    """The member a row describes."""
    login, full_name, post, has_left, ability, revision = row
    return Stored(Member(login, full_name, Role(post), active=not has_left, ability=ability), revision)


@frozen
class CompanySession:
    """The library's session, with the company's users for its staff."""

    ours: Session
    staff: Staff

    @property
    def customers(self) -> Customers:
        """The master records, in the library's tables."""
        return self.ours.customers

    @property
    def contacts(self) -> Contacts:
        """Visits, calls and callbacks, in the library's tables."""
        return self.ours.contacts

    @property
    def duties(self) -> Duties:
        """What has to be done, in the library's tables."""
        return self.ours.duties

    @property
    def points(self) -> PointsEntries:
        """The ledger of points, in the library's tables."""
        return self.ours.points

    @property
    def log(self) -> AccessLog:
        """The access log, in the library's tables."""
        return self.ours.log


@frozen
class CompanyStore:
    """A store that takes staff from the users table in the database file *users*."""

    ours: Store
    users: Path

    @contextmanager
    def reading(self) -> Iterator[CompanySession]:
        """A session that sees one state."""
        with self.ours.reading() as session, UsersTable(self.users, "BEGIN") as staff:
            yield CompanySession(session, staff)

    @contextmanager
    def writing(self) -> Iterator[CompanySession]:
        """A session that keeps everything when its block ends, and nothing when an exception leaves it."""
        with self.ours.writing() as session, UsersTable(self.users, "BEGIN IMMEDIATE") as staff:
            yield CompanySession(session, staff)

    def close(self) -> None:
        """Give back what the library holds; the table is opened anew for each session."""
        self.ours.close()
