"""Anything that can be done in a session, as a value that Hypothesis can draw."""

from collections.abc import Callable

from attrs import evolve, frozen
from hypothesis import strategies as st

from estatecrm.decisions import Closing, Duty, Ending, Planned, Subject
from estatecrm.errors import InvalidFacts, StorageError
from estatecrm.model import Customer
from estatecrm.policy import Role
from estatecrm.storage import Session, Stored
from estatecrm.testing.storage_kit import samples
from estatecrm.testing.storage_kit.points import DAY, given

CODES = ("A", "B", "a", "A ", "𠮷", "𡈽")
PEOPLE = ("", "gu-1", "gu-2", "Gu-1")
UNITS = ("", "1-101", "1-102")
PREFIXES = ("XY", "xy")
STEPS = ("x", "y")
ROLES = (Role.PROPERTY_CONSULTANT, Role.SERVICE_SPECIALIST, Role.FRONT_DESK)
CONTACTS = ("c", "d", "C")


@frozen
class Doing:
    """One call, with what it says of itself."""

    said: str
    call: Callable[[Session], object]

    def outcome(self, session: Session) -> object:
        """What the call answers, or the name of the error that tells the caller to do otherwise."""
        try:
            return self.call(session)
        except (StorageError, InvalidFacts) as error:
            return type(error).__name__

    def __repr__(self) -> str:
        return self.said


def _customers() -> st.SearchStrategy[Customer]:
    def made(code: str, base: Callable[[str], Customer], by: str, unit: str, number: int, ties: int) -> Customer:
        customer = base(code)
        return evolve(
            customer,
            consultant=by,
            wanted_unit=unit,
            phones=(samples.phone(number),),
            ties=customer.ties if ties else (),
        )

    return st.builds(
        made,
        st.sampled_from(CODES),
        st.sampled_from([samples.plain, samples.full]),
        st.sampled_from(PEOPLE),
        st.sampled_from(UNITS),
        st.integers(1, 3),
        st.integers(0, 1),
    )


def _pairs() -> st.SearchStrategy[tuple[Subject, Planned]]:
    subjects = st.builds(Subject, st.sampled_from(CODES), st.sampled_from(UNITS), *[st.sampled_from(PEOPLE)] * 2)
    plans = st.builds(
        samples.planned,
        st.sampled_from(STEPS),
        st.integers(0, 3),
        st.integers(4, 6),
        role=st.sampled_from(ROLES),
        rule=st.sampled_from(["Rule1", "Rule2"]),
    )
    return st.tuples(subjects, plans)


def _add(customer: Customer) -> Doing:
    return Doing(f"add {customer.code}", lambda session: session.customers.add(customer).record)


def _add_many(customers: list[Customer]) -> Doing:
    codes = " ".join(customer.code for customer in customers)
    return Doing(f"add_many {codes}", lambda session: session.customers.add_many(customers))


def _save(customer: Customer, late: int) -> Doing:
    def call(session: Session) -> object:
        version = session.customers.get(customer.code).version
        return session.customers.save(Stored(customer, version - late)).record

    return Doing(f"save {customer.code}{' late' * late}", call)


def _close(key: str, to: str, late: int) -> Doing:
    def call(session: Session) -> object:
        stored = session.duties.get(key)
        duty: Duty = evolve(stored.record, assignee=to, closed=Closing(Ending.DONE, samples.NOON, "gu-1"))
        if stored.record.closed is not None:
            duty = evolve(duty, closed=None, latest=duty.latest.add(minutes=1))
        return session.duties.save(Stored(duty, stored.version - late)).record

    return Doing(f"turn {key} to {to}{' late' * late}", call)


def _plan(pairs: list[tuple[Subject, Planned]]) -> Doing:
    return Doing(f"plan {len(pairs)}", lambda session: session.duties.plan(pairs))


def _contact(name: str, code: str, hours: int) -> Doing:
    return Doing(f"contact {name}", lambda session: session.contacts.add(samples.contact(name, code, hours)))


def _reserve(prefix: str, count: int) -> Doing:
    return Doing(f"reserve {prefix}", lambda session: session.customers.reserve(prefix, count))


def _enrol(name: str) -> Doing:
    return Doing(f"enrol {name}", lambda session: session.staff.add(samples.member(name)).record)


def _log(name: str) -> Doing:
    return Doing(f"log {name}", lambda session: session.log.append(samples.attempt(name)))


def _give(name: str, points: int) -> Doing:
    return Doing(f"give {name} {points}", lambda session: given(session, name, points, points + 1))


def doings() -> st.SearchStrategy[Doing]:
    """Any call that changes something."""
    keys = [f"KIT-01/{code}/{step}" for code in CODES for step in STEPS]
    return st.one_of(
        st.builds(_add, _customers()),
        st.builds(_add_many, st.lists(_customers(), max_size=3)),
        st.builds(_save, _customers(), st.integers(0, 1)),
        st.builds(_plan, st.lists(_pairs(), max_size=4)),
        st.builds(_close, st.sampled_from(keys), st.sampled_from(PEOPLE), st.integers(0, 1)),
        st.builds(_contact, st.sampled_from(CONTACTS), st.sampled_from(CODES), st.integers(0, 2)),
        st.builds(_reserve, st.sampled_from(PREFIXES), st.integers(0, 2)),
        st.builds(_give, st.sampled_from(CODES), st.integers(1, 2)),
        st.builds(_enrol, st.sampled_from(PEOPLE)),
        st.builds(_log, st.sampled_from(CODES)),
    )


def everything(session: Session) -> dict[str, object]:
    """The answers to every question the interfaces know, about everything the steps speak of."""
    customers, duties = session.customers, session.duties
    numbers = [f"phone:{samples.phone(number).number}" for number in range(5)]
    lists = {
        f"worklist {who} {role.value} {hours}": list(duties.worklist(who, role, samples.at(hours)))
        for who in PEOPLE
        for role in ROLES
        for hours in (1, 9)
    }
    keys = {line.key for lines in lists.values() for line in lines}
    return {
        "records": {code: customers.get(code).record for code in customers.cards(CODES)},
        "cards": dict(customers.cards(CODES)),
        "matching": {key: list(codes) for key, codes in customers.matching([*numbers, "identity:H00000000"]).items()},
        "kept_by": {who: [each.record for each in customers.kept_by(who)] for who in PEOPLE},
        "wanting": {unit: [each.record for each in customers.wanting(unit)] for unit in UNITS},
        "pending": [each.record for each in customers.with_pending_changes()],
        "standings": list(customers.standings()),
        "some standings": list(customers.standings(CODES[1:4])),
        "contacts": {code: list(session.contacts.of(code)) for code in CODES},
        "duties": {key: duties.get(key).record for key in sorted(keys)},
        "open": {code: [each.record for each in duties.open_for(code)] for code in CODES},
        "lines": {
            name: [
                (line.key, line.subject, line.unit, line.step, line.entry, line.earliest, line.latest) for line in lines
            ]
            for name, lines in lists.items()
        },
        "points": {code: (session.points.account(code), list(session.points.of(code))) for code in CODES},
        "keyed": [session.points.keyed(f"{code}/1") for code in CODES],
        "due": list(session.points.due_by(DAY)),
        "tallies": list(session.points.tallies()),
        "staff": [each.record for each in session.staff.all()],
        "log": list(session.log.newest(99)),
    }
