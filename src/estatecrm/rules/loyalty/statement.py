"""An account on paper: every entry, what it did to which lots, and the balance after it (G-04)."""

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from estatecrm.decisions import Cell, Column, Page
from estatecrm.model.points import Account, PointsEntry
from estatecrm.rules.loyalty.ledger import folded
from estatecrm.rules.loyalty.terms import LEDGER
from estatecrm.rules.shapes import Report


@frozen
class AccountEntries:
    """The entries of one member, in their order; those before *since* count, and are not shown."""

    member: str
    entries: tuple[PointsEntry, ...]
    since: date = date.min


@frozen(slots=False)
class PointsStatement(Report[AccountEntries]):
    """
    Each entry with its ground, the lots it touched, and the balance after it.

    Source: 000 §5.3.
    """

    entry = LEDGER

    def columns(self) -> tuple[Column, ...]:
        """Day, what happened, points, balance, lots, ground, who."""
        names = "day points_kind points_event cause points available frozen owed lots clause actor"
        return tuple(Column(name) for name in names.split())

    def pages(self, facts: AccountEntries, /) -> Iterator[Page]:
        """One page: the account."""
        account, rows = Account(facts.member), []
        for entry in facts.entries:
            day, points = entry.day.toordinal(), entry.points.count
            account = folded(account, day, points, entry.parts, entry.debt, entry.shortfall)
            if entry.day >= facts.since:
                rows.append(self.row(entry, account))
        yield Page(facts.member, tuple(rows))

    def row(self, entry: PointsEntry, account: Account, /) -> tuple[Cell, ...]:
        """One line: the entry, and the account after it."""
        return (
            entry.day,
            entry.kind,
            entry.event,
            entry.cause,
            entry.points,
            account.available,
            account.frozen,
            account.owed,
            self.lots(entry),
            entry.clause,
            entry.actor,
        )

    def lots(self, entry: PointsEntry, /) -> tuple[str, ...]:
        """Which lots it touched, by how much: ``#3 -40``."""
        return tuple(f"#{part.lot} {part.points:+}" for part in entry.parts if part.points) or ()
