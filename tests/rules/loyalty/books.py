"""A ledger of one member on a list, for tests of the pure functions."""

from datetime import date

import pendulum
from attrs import field, mutable

from estatecrm.model.points import FOR_GOOD, USABLE, Account, EntryKind, LotOrder, PointsEntry
from estatecrm.rules.loyalty import ledger
from estatecrm.rules.loyalty.ledger import Change, Credit, Stamp, Terms

NOON = pendulum.datetime(2025, 3, 3, 12, tz="Asia/Shanghai")


def ordinal(*parts: int) -> int:
    return date(*parts).toordinal()


@mutable
class Book:
    """Writes what a desk would write, day by day."""

    terms: Terms = field(factory=Terms)
    day: date = date(2025, 3, 3)
    account: Account = field(factory=lambda: Account("M1"))
    entries: list[PointsEntry] = field(factory=list)

    def on(self, *parts: int) -> "Book":
        self.day = date(*parts)
        return self

    def earn(self, points: int, *, expires: int = FOR_GOOD, vests: int = USABLE) -> PointsEntry:
        return self._write(lambda account: ledger.earn(account, Credit(points, vests, expires)))

    def vest(self, earning: PointsEntry) -> PointsEntry:
        return self._write(lambda account: ledger.vest(account, earning.number))

    def redeem(self, points: int) -> PointsEntry:
        return self._write(lambda account: ledger.take(account, points, self.terms.order))

    def adjust(self, points: int) -> PointsEntry:
        if points > 0:
            return self._write(lambda account: ledger.earn(account, Credit(points), EntryKind.ADJUST))
        return self._write(lambda account: ledger.take(account, -points, LotOrder.OLDEST, EntryKind.ADJUST))

    def refund(self, redemption: PointsEntry, points: int) -> PointsEntry:
        before = ledger.undone(self.entries, redemption, EntryKind.REFUND)
        return self._write(lambda account: ledger.refund(account, redemption, points, before, self.terms))

    def reverse(self, earning: PointsEntry, points: int) -> PointsEntry:
        before = ledger.undone(self.entries, earning, EntryKind.REVERSE)
        return self._write(lambda account: ledger.reverse(account, earning, points, before, self.terms))

    def _write(self, ask) -> PointsEntry:
        account, due = ledger.brought(self.account, self.day)
        change = ask(account)
        for each in due:
            self._record(self._begun(), each)
        entry = self._record(self._begun(), change)
        for each in ledger.brought(self.account, self.day)[1]:
            self._record(self._begun(), each)
        return entry

    def _begun(self) -> Account:
        account = self.account
        return Account(
            account.member, account.number, self.day.toordinal(), account.lots, account.debt, account.shortfall
        )

    def _record(self, account: Account, change: Change) -> PointsEntry:
        stamp = Stamp(NOON, "G-04", "2026.1", "zhao", f"k{account.number + 1}", "f")
        self.account, entry = ledger.recorded(account, change, stamp)
        self.entries.append(entry)
        return entry

    def now(self) -> Account:
        return ledger.as_of(self.entries, self.day, "M1")

    def figures(self) -> tuple[int, int, int, int]:
        """Available, frozen, owed, recorded as lost."""
        now = self.now()
        return now.available.count, now.frozen.count, now.debt, now.shortfall
