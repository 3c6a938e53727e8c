"""Tables in memory that a session changes without anybody seeing it before the end."""

from typing import Generic, TypeVar

from attrs import field, frozen, mutable

from estatecrm.decisions import Duty, Reason
from estatecrm.errors import StorageError
from estatecrm.model import Attempt, Contact, Customer, Member
from estatecrm.model.points import Account, PointsEntry
from estatecrm.storage.interfaces import Stored

K = TypeVar("K")
V = TypeVar("V")


@frozen
class State:
    """Everything that is kept, at one moment; never changed, only replaced."""

    customers: dict[str, Stored[Customer]] = field(factory=dict)
    match_keys: dict[str, tuple[str, ...]] = field(factory=dict)
    sequences: dict[str, int] = field(factory=dict)
    contacts: dict[str, Contact] = field(factory=dict)
    duties: dict[str, Stored[Duty]] = field(factory=dict)
    reasons: dict[str, Reason] = field(factory=dict)
    accounts: dict[str, Account] = field(factory=dict)
    points: dict[str, tuple[PointsEntry, ...]] = field(factory=dict)
    points_keys: dict[str, PointsEntry] = field(factory=dict)
    staff: dict[str, Stored[Member]] = field(factory=dict)
    log: dict[int, Attempt] = field(factory=dict)


@mutable
class Permit:
    """What a session may do now; its tables share it."""

    write: bool
    read: bool = True

    def end(self) -> None:
        """Nothing from now on."""
        self.read = self.write = False


class Table(Generic[K, V]):
    """One table as a session sees it; copied before its first change, so that others keep what they see."""

    def __init__(self, rows: dict[K, V], permit: Permit) -> None:
        self._rows = rows
        self._permit = permit
        self._own = False

    @property
    def rows(self) -> dict[K, V]:
        """The rows, not to be changed."""
        if not self._permit.read:
            raise StorageError("the session is over: open another one")
        return self._rows

    def change(self) -> dict[K, V]:
        """The rows, to be changed."""
        rows = self.rows
        if not self._permit.write:
            raise StorageError("this session only reads: open one with writing()")
        if not self._own:
            self._rows = dict(rows)
            self._own = True
        return self._rows
