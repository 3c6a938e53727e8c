"""`PointsEntries` in SQL: rows that are only ever added, and for each member the account they add up to."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, cast

from attrs import frozen
from sqlalchemy import and_, bindparam, literal_column, or_, select, update

from estatecrm.errors import Conflict, LedgerBroken
from estatecrm.model.points import Account, PointsEntry, Tally
from estatecrm.storage.checks import check_points_entry
from estatecrm.storage.codec import points
from estatecrm.storage.sql.links import Link
from estatecrm.storage.sql.schema import Tables
from estatecrm.storage.sql.statements import Compiler, Row, Statement
from estatecrm.storage.texts import check_identifier, keepable

_PAGE: Final = 5_000
_ENTRY: Final = ("member", "number", "day", "points", "debt", "shortfall", "parts", "body")
_ACCOUNT: Final = ("number", "day", "debt", "shortfall", "lots", "due")


@frozen
class PointsStatements:
    """What is asked of the tables of points."""

    open: Statement
    hold: Statement
    account: Statement
    add: Statement
    save: Statement
    keyed: Statement
    of: Statement
    due_by: Statement
    tallies: Statement


def points_statements(tables: Tables, compiler: Compiler) -> PointsStatements:
    """The statements for *tables*."""
    accounts, entries, make = tables.points_accounts.c, tables.points_entries.c, compiler.statement
    whole = select(*(entries[name] for name in _ENTRY))
    account = select(*(accounts[name] for name in _ACCOUNT[:-1]))
    return PointsStatements(
        open=compiler.adding_new(tables.points_accounts, "member", *_ACCOUNT, "held"),
        # Whoever changes the row first goes first, and sees what was kept before them, at every isolation level.
        hold=make(
            update(tables.points_accounts)
            .values(held=accounts.held + literal_column("1"))
            .where(accounts.member == bindparam("of_member")),
            "of_member",
        ),
        account=make(account.where(accounts.member == bindparam("of_member")), "of_member"),
        add=compiler.adding_new(tables.points_entries, *_ENTRY, "key"),
        save=_save(tables, compiler),
        keyed=make(whole.where(entries.key == bindparam("of_key")), "of_key"),
        of=make(whole.where(entries.member == bindparam("of_member")).order_by(entries.number), "of_member"),
        due_by=make(
            select(accounts.member).where(accounts.due <= bindparam("today")).order_by(accounts.member), "today"
        ),
        tallies=_tallies(tables, compiler),
    )


def _save(tables: Tables, compiler: Compiler) -> Statement:
    accounts = tables.points_accounts.c
    return compiler.statement(
        update(tables.points_accounts)
        .values({name: bindparam(f"new_{name}") for name in _ACCOUNT})
        .where(accounts.member == bindparam("of_member"), accounts.number == bindparam("of_number")),
        *(f"new_{name}" for name in _ACCOUNT),
        "of_member",
        "of_number",
    )


def _tallies(tables: Tables, compiler: Compiler) -> Statement:
    entries = tables.points_entries.c
    same = and_(entries.member == bindparam("of"), entries.number > bindparam("last"))
    return compiler.statement(
        select(*(entries[name] for name in _ENTRY[:-1]))
        .where(or_(entries.member > bindparam("after"), same))
        .order_by(entries.member, entries.number)
        .limit(literal_column(str(_PAGE)))
        .offset(literal_column("0")),
        "after",
        "of",
        "last",
    )


@frozen
class SqlPointsEntries:
    """The ledger of points, in one session."""

    _link: Link
    _statements: PointsStatements

    def account(self, member: str, /) -> Account:
        """What the entries of *member* add up to; an empty account if there are none."""
        for row in self._link.rows(self._statements.account, (member,)) if keepable(member) else ():
            number, day, debt, shortfall, lots = cast(tuple[int, int, int, int, str], row)
            return Account(member, number, day, points.lots_in(lots), debt, shortfall)
        return Account(member)

    def hold(self, member: str, /) -> Account:
        """The account of *member*, which until the session ends nobody else can change."""
        check_identifier("a member", member)
        if not self._link.change(self._statements.hold, (member,)):
            empty = Account(member)
            self._link.change(self._statements.open, (member, *_account_row(empty), 0))
            self._link.change(self._statements.hold, (member,))
        return self.account(member)

    def append(self, account: Account, entries: Sequence[PointsEntry], /) -> None:
        """Keep *entries* and the *account* they lead to; `Conflict` if a key or number is taken."""
        rows = [_row(entry) for entry in entries]
        if len(rows) == 1:
            self._add(account, rows)
        else:
            with self._link.undoing():
                self._add(account, rows)

    def keyed(self, key: str, /) -> PointsEntry | None:
        """The entry that was kept under *key*, if there is one."""
        rows = self._link.rows(self._statements.keyed, (key,)) if keepable(key) else ()
        return _entry(rows[0]) if rows else None

    def of(self, member: str, /) -> Sequence[PointsEntry]:
        """The entries of *member*, by number."""
        return [_entry(row) for row in self._link.rows(self._statements.of, (member,))] if keepable(member) else []

    def due_by(self, day: date, /) -> Sequence[str]:
        """The members with points that vest or are past their last day by *day*, sorted."""
        return [cast(str, member) for (member,) in self._link.rows(self._statements.due_by, (day.toordinal(),))]

    def tallies(self) -> Iterator[Tally]:
        """Every entry in plain figures, by member and number."""
        rows: Sequence[Row] = self._link.rows(self._statements.tallies, ("", "", 0))
        while rows:
            for member, _, day, amount, debt, shortfall, parts in rows:
                yield member, day, amount, debt, shortfall, points.parts_in(parts)  # type: ignore[misc,arg-type]  # columns of an entry
            last = rows[-1]
            after = (last[0], last[0], last[1])
            rows = self._link.rows(self._statements.tallies, after) if len(rows) == _PAGE else ()

    def _add(self, account: Account, rows: Sequence[Row]) -> None:
        added = sum(self._link.change(self._statements.add, row) for row in rows)
        if added != len(rows):
            raise Conflict(f"a key or a number of {account.member} was taken by somebody else: read it again")
        values = (*_account_row(account), account.member, account.number - len(rows))
        if not self._link.change(self._statements.save, values):
            raise LedgerBroken(f"the account of {account.member} is not where its entries left it")


def _account_row(account: Account) -> Row:
    return account.number, account.day, account.debt, account.shortfall, points.lots_text(account), account.due


def _row(entry: PointsEntry) -> Row:
    body = check_points_entry(entry)
    member, day, amount, debt, shortfall, parts = entry.tally
    return member, entry.number, day, amount, debt, shortfall, points.parts_text(parts), body, entry.key


def _entry(row: Row) -> PointsEntry:
    member, number, *tally, body = row
    return points.entry_in(member, number, tuple(tally), body)  # type: ignore[arg-type]  # the columns of an entry
