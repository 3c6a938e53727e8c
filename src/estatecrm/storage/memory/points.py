"""`PointsEntries` in memory."""

from collections.abc import Iterator, Sequence
from datetime import date

from attrs import frozen

from estatecrm.errors import Conflict
from estatecrm.model.points import Account, PointsEntry, Tally
from estatecrm.storage.checks import check_points_entry
from estatecrm.storage.memory.tables import Table
from estatecrm.storage.texts import check_identifier


@frozen
class MemoryPointsEntries:
    """The ledger of points, in one session; a session that writes is alone, so that whatever it reads is held."""

    _accounts: Table[str, Account]
    _entries: Table[str, tuple[PointsEntry, ...]]
    _keys: Table[str, PointsEntry]

    def account(self, member: str, /) -> Account:
        """What the entries of *member* add up to; an empty account if there are none."""
        return self._accounts.rows.get(member) or Account(member)

    def hold(self, member: str, /) -> Account:
        """The account of *member*, which until the session ends nobody else can change."""
        check_identifier("a member", member)
        self._accounts.change()
        return self.account(member)

    def append(self, account: Account, entries: Sequence[PointsEntry], /) -> None:
        """Keep *entries* and the *account* they lead to; `Conflict` if a key or number is taken."""
        accounts, keys, kept = self._accounts.change(), self._keys.change(), self._entries.change()
        new = {entry.key: entry for entry in entries}
        for entry in entries:
            check_points_entry(entry)
            if entry.key in keys or len(new) < len(entries):
                raise Conflict(f"the key {entry.key!a} was used for another entry")
        if self.account(account.member).number != account.number - len(entries):
            raise Conflict(f"the account of {account.member} was changed by somebody else: read it again")
        keys.update(new)
        kept[account.member] = (*kept.get(account.member, ()), *entries)
        accounts[account.member] = account

    def keyed(self, key: str, /) -> PointsEntry | None:
        """The entry that was kept under *key*, if there is one."""
        return self._keys.rows.get(key)

    def of(self, member: str, /) -> Sequence[PointsEntry]:
        """The entries of *member*, by number."""
        return list(self._entries.rows.get(member, ()))

    def due_by(self, day: date, /) -> Sequence[str]:
        """The members with points that vest or are past their last day by *day*, sorted."""
        today = day.toordinal()
        found = self._accounts.rows.items()
        return sorted(member for member, account in found if (account.due or today + 1) <= today)

    def tallies(self) -> Iterator[Tally]:
        """Every entry in plain figures, by member and number."""
        for _, entries in sorted(self._entries.rows.items()):
            yield from (entry.tally for entry in entries)
