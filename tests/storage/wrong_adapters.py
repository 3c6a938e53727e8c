"""Storages in memory that are each wrong in one way, to show that the kit notices."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from time import sleep

from attrs import evolve
from pendulum import DateTime

from estatecrm.decisions import Duty, Planned, Subject
from estatecrm.errors import Conflict
from estatecrm.model import Attempt, Contact, Customer
from estatecrm.model.points import Account, PointsEntry, Tally
from estatecrm.policy import Role
from estatecrm.storage import Line, Stored
from estatecrm.storage.memory import MemorySession, MemoryStore


class Around:
    """Passes everything on to the right one."""

    def __init__(self, right):
        self.right = right

    def __getattr__(self, name):
        return getattr(self.right, name)


class Twisted(MemoryStore):
    """A store whose sessions have one interface replaced."""

    @contextmanager
    def reading(self) -> Iterator[MemorySession]:
        with super().reading() as session:
            yield self.twist(session)

    @contextmanager
    def writing(self) -> Iterator[MemorySession]:
        with super().writing() as session:
            yield self.twist(session)

    def twist(self, session: MemorySession) -> MemorySession:
        session.customers = self.Customers(session.customers)
        session.duties = self.Duties(session.duties)
        session.contacts = self.Contacts(session.contacts)
        session.log = self.Log(session.log)
        session.points = self.Points(session.points)
        return session

    Customers = Duties = Contacts = Log = Points = staticmethod(lambda right: right)


class LostUpdate(Twisted):
    """Saves whatever version comes."""

    class Customers(Around):
        def save(self, stored: Stored[Customer]) -> Stored[Customer]:
            return self.right.save(Stored(stored.record, self.right.get(stored.record.code).version))


class LostDutyUpdate(Twisted):
    class Duties(Around):
        def save(self, stored: Stored[Duty]) -> Stored[Duty]:
            return self.right.save(Stored(stored.record, self.right.get(stored.record.key).version))


class SwallowedSave(Twisted):
    """Says that it saved."""

    class Customers(Around):
        def save(self, stored: Stored[Customer]) -> Stored[Customer]:
            self.right.save(Stored(self.right.get(stored.record.code).record, stored.version))
            return Stored(stored.record, stored.version + 1)


class WrongOrder(Twisted):
    """Lists work by key."""

    class Duties(Around):
        def worklist(self, assignee: str, role: Role, before: DateTime) -> Sequence[Line]:
            return sorted(self.right.worklist(assignee, role, before))


class WrongContactOrder(Twisted):
    class Contacts(Around):
        def of(self, customer: str) -> Sequence[Contact]:
            return self.right.of(customer)[::-1]


class LatestIncluded(Twisted):
    """Counts a duty that begins at the moment itself as begun."""

    class Duties(Around):
        def worklist(self, assignee: str, role: Role, before: DateTime) -> Sequence[Line]:
            return self.right.worklist(assignee, role, before.add(microseconds=1))


class HalfWritten(MemoryStore):
    """Keeps what was done before an exception."""

    @contextmanager
    def writing(self) -> Iterator[MemorySession]:
        with super().writing() as session:
            try:
                yield session
            except BaseException:
                self._state = session.state()
                raise


class DirtyRead(MemoryStore):
    """Shows readers what a writer has not kept."""

    writer: MemorySession | None = None

    @contextmanager
    def writing(self) -> Iterator[MemorySession]:
        with super().writing() as session:
            self.writer = session
            try:
                yield session
            finally:
                self.writer = None

    @contextmanager
    def reading(self) -> Iterator[MemorySession]:
        if self.writer is None:
            with super().reading() as session:
                yield session
        else:
            yield self.writer


class MovingReader(MemoryStore):
    """Lets a reader see what others keep meanwhile."""

    @contextmanager
    def reading(self) -> Iterator[MemorySession]:
        with super().reading() as session:
            yield Moving(self, session)


class Moving:
    def __init__(self, store: MovingReader, session: MemorySession) -> None:
        self.store, self.session = store, session

    def __getattr__(self, name):
        self.session._customers.rows  # noqa: B018 - refuses when the session is over
        with MemoryStore.reading(self.store):
            return getattr(MemorySession(self.store._state, self.session._customers._permit, self.store._forms), name)


class PartialBatch(Twisted):
    """Keeps the customers before the one whose code is taken."""

    class Customers(Around):
        def add_many(self, customers: Iterable[Customer]) -> int:
            return sum(self.right.add_many([customer]) for customer in customers)


class ForgetfulSave(Twisted):
    """Still finds people by the number they gave up."""

    class Customers(Around):
        def matching(self, keys: Collection[str]) -> Mapping[str, Sequence[str]]:
            found = dict(self.right.matching(keys))
            everybody = {subject.code for subject, _ in self.right.standings()}
            return {key: found.get(key, sorted(everybody)) for key in keys} if len(keys) > 4 else found


class DoubleNumbers(Twisted):
    """Gives the last number again."""

    class Customers(Around):
        def reserve(self, prefix: str, count: int) -> int:
            return max(self.right.reserve(prefix, count) - 1, 1)


class Replanning(Twisted):
    """Plans what is planned already once more."""

    class Duties(Around):
        def plan(self, pairs: Iterable[tuple[Subject, Planned]]) -> int:
            pairs = list(pairs)
            self.right.plan(pairs)
            return len(pairs)


class RoundedMoments(Twisted):
    """Keeps whole seconds only."""

    class Contacts(Around):
        def add(self, contact: Contact) -> None:
            self.right.add(evolve(contact, at=contact.at.replace(microsecond=0)))


class BlindToCase(Twisted):
    """Takes codes that differ in case for the same."""

    class Customers(Around):
        def add_many(self, customers: Iterable[Customer]) -> int:
            customers = list(customers)
            codes = [customer.code.casefold() for customer in customers]
            known = {subject.code.casefold() for subject, _ in self.right.standings()}
            if len(set(codes)) < len(codes) or known & set(codes):
                raise Conflict("taken")
            return self.right.add_many(customers)


class TwoSaidOnce(Twisted):
    """Writes no line that looks like the last."""

    class Log(Around):
        def newest(self, count: int) -> Sequence[Attempt]:
            return sorted(self.right.newest(count), key=lambda line: line.at, reverse=True)


class Unlocked(MemoryStore):
    """Lets writers write at the same time: the last one wins."""

    @contextmanager
    def writing(self) -> Iterator[MemorySession]:
        self._writing = type("Open", (), {"acquire": lambda *_, **__: True, "release": lambda *_: None})()
        with super().writing() as session:
            sleep(0.005)  # long enough for the others to begin with the same state
            yield session


class DoubleKeys(Twisted):
    """Keeps a key as often as it comes."""

    class Points(Around):
        def append(self, account: Account, entries: Sequence[PointsEntry]) -> None:
            known = [entry for entry in entries if self.right.keyed(entry.key)]
            renamed = [evolve(entry, key=f"{entry.key}+") if entry in known else entry for entry in entries]
            self.right.append(account, renamed)


class StaleAccounts(Twisted):
    """Keeps an account whatever has become of it."""

    class Points(Around):
        def append(self, account: Account, entries: Sequence[PointsEntry]) -> None:
            now = self.right.account(account.member).number
            moved = [evolve(entry, number=now + 1 + place) for place, entry in enumerate(entries)]
            self.right.append(evolve(account, number=now + len(entries)), moved)


class ForgottenDays(Twisted):
    """Says a day too late that something falls due."""

    class Points(Around):
        def due_by(self, day: date) -> Sequence[str]:
            return self.right.due_by(date.fromordinal(day.toordinal() - 1))


class UnsortedTallies(Twisted):
    class Points(Around):
        def tallies(self) -> Iterator[Tally]:
            return iter(list(self.right.tallies())[::-1])
