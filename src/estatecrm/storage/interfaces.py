"""
What the library asks of a storage: small interfaces with plural nouns, grouped in a session.

The numbered requirements stand in docs/reference/storage-contract.md; `estatecrm.testing` proves an adapter
against them. `estatecrm.storage.memory` is the reference to read.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Generic, NamedTuple, Protocol, TypeVar

from attrs import frozen
from pendulum import DateTime

from estatecrm.decisions import Duty, Planned, Reason, Subject
from estatecrm.model import Attempt, Contact, Customer, Member, Standing
from estatecrm.model.points import Account, PointsEntry, Tally
from estatecrm.policy import Role
from estatecrm.storage.moments import microseconds_of, moment_of
from estatecrm.values import Phone, mask_name

R = TypeVar("R", covariant=True)


@frozen(eq=False)
class Stored(Generic[R]):
    """
    A record as it was read: saving it succeeds only while *version* is still the newest.

    An adapter may hand out a subclass that reads its record when first asked for it.
    """

    record: R
    version: int

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Stored):
            return NotImplemented
        return self.version == other.version and bool(self.record == other.record)

    def __hash__(self) -> int:
        return hash((self.record, self.version))


class Card(NamedTuple):
    """What a list shows of a customer: name and first phone are personal data, shown to whoever may see the list."""

    code: str
    name: str
    phone: str
    grade: str
    status: str

    def __repr__(self) -> str:
        name, phone = mask_name(self.name), Phone(self.phone).masked if self.phone else ""
        return f"Card({self.code!r}, {name!r}, {phone!r}, grade={self.grade!r}, status={self.status!r})"


class Line(NamedTuple):
    """A duty on a worklist in plain values: moments are microseconds since 1970 UTC, *reason* is a digest."""

    key: str
    subject: str
    unit: str
    step: str
    entry: str
    earliest_us: int
    latest_us: int
    reason: str

    @property
    def earliest(self) -> DateTime:
        """The moment from which it may be done, in UTC: the office that shows it names its zone."""
        return moment_of(self.earliest_us)

    @property
    def latest(self) -> DateTime:
        """The moment before which it must be done, exclusive, in UTC."""
        return moment_of(self.latest_us)

    def overdue(self, at: DateTime) -> bool:
        """Whether *at* is past its latest moment."""
        return microseconds_of(at) >= self.latest_us


class Customers(Protocol):
    """The master records."""

    def add(self, customer: Customer, /) -> Stored[Customer]:
        """Keep a new customer; `Conflict` if the code was ever used."""
        ...

    def add_many(self, customers: Iterable[Customer], /) -> int:
        """Keep many new customers at once and count them; `Conflict` if any code was ever used."""
        ...

    def get(self, code: str, /) -> Stored[Customer]:
        """The customer with *code*; `NotFound` if there is none."""
        ...

    def save(self, stored: Stored[Customer], /) -> Stored[Customer]:
        """Replace the record; `Conflict` if *stored* is not the newest version, `NotFound` if unknown."""
        ...

    def matching(self, keys: Collection[str], /) -> Mapping[str, Sequence[str]]:
        """For each of `Customer.match_keys` that is known, the codes of the customers who have it, sorted."""
        ...

    def reserve(self, prefix: str, count: int, /) -> int:
        """Take *count* consecutive numbers of sequence *prefix* for good; return the first (from 1)."""
        ...

    def kept_by(self, consultant: str, /) -> Iterator[Stored[Customer]]:
        """The customers of *consultant* (empty: of nobody), by code."""
        ...

    def wanting(self, unit: str, /) -> Sequence[Stored[Customer]]:
        """The customers without a live tie who want *unit*, by code (C-07)."""
        ...

    def with_pending_changes(self) -> Sequence[Stored[Customer]]:
        """The customers with a reported change nobody has decided, by code (A-09)."""
        ...

    def cards(self, codes: Collection[str], /) -> Mapping[str, Card]:
        """What a list shows of the customers with *codes*; unknown codes are left out."""
        ...

    def standings(self, codes: Collection[str] | None = None, /) -> Iterator[tuple[Subject, Standing]]:
        """Where each customer stands, with each live tie, by code; all customers, or those with *codes*."""
        ...


class Contacts(Protocol):
    """Visits, calls and callbacks; written once, never changed."""

    def add(self, contact: Contact, /) -> None:
        """Keep a contact; `Conflict` if its id was used for a different one, nothing if it is the same."""
        ...

    def of(self, customer: str, /) -> Sequence[Contact]:
        """The contacts with a customer, oldest first, then by id."""
        ...


class Duties(Protocol):
    """What has to be done."""

    def plan(self, pairs: Iterable[tuple[Subject, Planned]], /) -> int:
        """Keep every duty whose key is new and count them; a key known already stays as it is."""
        ...

    def get(self, key: str, /) -> Stored[Duty]:
        """The duty with *key*; `NotFound` if there is none."""
        ...

    def save(self, stored: Stored[Duty], /) -> Stored[Duty]:
        """Replace the duty; `Conflict` if *stored* is not the newest version, `NotFound` if unknown."""
        ...

    def open_for(self, subject: str, /) -> Sequence[Stored[Duty]]:
        """The open duties towards a customer, by latest moment, then key."""
        ...

    def worklist(self, assignee: str, role: Role, before: DateTime, /) -> Sequence[Line]:
        """
        What *assignee* has to do: their open duties, and those of *role* that have no assignee.

        Only duties whose earliest moment is before *before*; ordered by latest moment, then key.
        """
        ...

    def reasons(self, digests: Collection[str], /) -> Mapping[str, Reason]:
        """The reasons that lines point to."""
        ...


class Staff(Protocol):
    """The members of staff."""

    def add(self, member: Member, /) -> Stored[Member]:
        """Keep a new member; `Conflict` if the id is taken."""
        ...

    def get(self, id: str, /) -> Stored[Member]:  # noqa: A002 - the member's own word for it
        """The member with *id*; `NotFound` if there is none."""
        ...

    def save(self, stored: Stored[Member], /) -> Stored[Member]:
        """Replace the record; `Conflict` if *stored* is not the newest version."""
        ...

    def all(self) -> Sequence[Stored[Member]]:
        """All members, active or not, by id."""
        ...


class AccessLog(Protocol):
    """Every attempt at an errand, granted or refused; append-only."""

    def append(self, attempt: Attempt, /) -> None:
        """Add a line at the end."""
        ...

    def newest(self, count: int, /) -> Sequence[Attempt]:
        """The last *count* lines, newest first."""
        ...


class PointsEntries(Protocol):
    """The ledger of points: entries that are only added, and for each member the account they add up to."""

    def account(self, member: str, /) -> Account:
        """What the entries of *member* add up to; an empty account if there are none."""
        ...

    def hold(self, member: str, /) -> Account:
        """The account of *member*, which until the session ends nobody else can change."""
        ...

    def append(self, account: Account, entries: Sequence[PointsEntry], /) -> None:
        """
        Keep *entries* and the *account* they lead to.

        `Conflict`, and nothing is kept, if a key was ever used, or the account is no longer where the first of
        *entries* begins.
        """
        ...

    def keyed(self, key: str, /) -> PointsEntry | None:
        """The entry that was kept under *key*, if there is one."""
        ...

    def of(self, member: str, /) -> Sequence[PointsEntry]:
        """The entries of *member*, by number."""
        ...

    def due_by(self, day: date, /) -> Sequence[str]:
        """The members with points that vest or are past their last day by *day*, sorted."""
        ...

    def tallies(self) -> Iterator[Tally]:
        """Every entry in plain figures, by member and number."""
        ...


class Session(Protocol):
    """Interfaces that change together: everything or nothing."""

    @property
    def customers(self) -> Customers:
        """The master records."""
        ...

    @property
    def contacts(self) -> Contacts:
        """Visits, calls and callbacks."""
        ...

    @property
    def duties(self) -> Duties:
        """What has to be done."""
        ...

    @property
    def points(self) -> PointsEntries:
        """The ledger of points."""
        ...

    @property
    def staff(self) -> Staff:
        """The members of staff."""
        ...

    @property
    def log(self) -> AccessLog:
        """The access log."""
        ...


class Store(Protocol):
    """A place that keeps records; hands out sessions."""

    def reading(self) -> AbstractContextManager[Session]:
        """A session that sees one state of the storage; writing in it is an error."""
        ...

    def writing(self) -> AbstractContextManager[Session]:
        """A session that keeps everything when its block ends, and nothing when an exception leaves it."""
        ...

    def close(self) -> None:
        """Give back connections; the store cannot be used afterwards."""
        ...
