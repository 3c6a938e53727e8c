"""
The storage against the raw drivers and against SQLAlchemy Core built per call.

Run: python benchmarks/storage.py [FOLDER]

Two parts. *Errands*: one writing session of eight calls, and two whole errands of the desks, in SQLite, against the
same statements with the same values on the driver, and against Core statements built for each call. FOLDER says where
the files lie: on a real disk the disk costs most, in /dev/shm nothing does, and every microsecond of ours shows.
*Reads*: a consultant's customers, as they come and with every `record` read, against the driver's tuples.
Each is the best of several rounds in which all take turns.
"""

import gc
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

import pendulum
from attrs import evolve
from sqlalchemy import Connection, Engine, create_engine, event, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_new

from estatecrm import Acting, FixedClock, Member, Purpose, Role, open_office
from estatecrm.model import Customer, IntentGrade
from estatecrm.storage import Store, open_store
from estatecrm.storage.sql import SqlStore
from estatecrm.storage.sql.schema import Tables, tables
from estatecrm.testing.storage_kit import samples

ROUNDS, ERRANDS, READ = 7, 300, 10_000
NOW = pendulum.datetime(2025, 3, 3, 11, tz="Asia/Shanghai")
CLERK, CONSULTANT = Acting("zhao", Purpose.MAINTENANCE), Acting("chen", Purpose.FOLLOW_UP)
Said = list[tuple[str, object]]


class Listening:
    """A driver connection that writes down what is run on it."""

    def __init__(self, connection: sqlite3.Connection, said: Said) -> None:
        self.connection, self.said = connection, said

    def __getattr__(self, name: str) -> object:
        return getattr(self.connection, name)

    def cursor(self) -> "ListeningCursor":
        return ListeningCursor(self.connection.cursor(), self.said)


class ListeningCursor:
    """Its cursor."""

    def __init__(self, cursor: sqlite3.Cursor, said: Said) -> None:
        self.cursor, self.said = cursor, said

    def __getattr__(self, name: str) -> object:
        return getattr(self.cursor, name)

    def execute(self, sql: str, parameters: Sequence[object]) -> None:
        self.said.append((sql, tuple(parameters)))
        self.cursor.execute(sql, parameters)

    def executemany(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        self.said.append((sql, list(rows)))
        self.cursor.executemany(sql, rows)


class Lent:
    """A pooled connection that lends a listening one."""

    def __init__(self, store: SqlStore, said: Said) -> None:
        real = SqlStore._lend(store)
        self.driver_connection = Listening(real.driver_connection, said)
        self.close, self.invalidate = real.close, real.invalidate


def new_store(path: Path) -> SqlStore:
    """An office of two with a consultant's customers; all of a run's files hold the same."""
    for end in ("", "-journal"):
        Path(f"{path}{end}").unlink(missing_ok=True)
    store = open_store(str(path))
    assert isinstance(store, SqlStore)
    office = open_office(store, clock=FixedClock(NOW))
    office.staff.enrol(CLERK, Member("zhao", "赵样一", Role.INFO_SPECIALIST)).expect()
    office.staff.enrol(CLERK, Member("chen", "陈样二", Role.PROPERTY_CONSULTANT)).expect()
    with store.writing() as session:
        session.customers.add_many(
            evolve(
                samples.full(f"K{number:06}"), consultant="chen", phones=(samples.phone(number),), ties=(), changes=()
            )
            for number in range(ERRANDS)
        )
    return store


def session_of_eight(store: Store, number: int) -> None:
    """One session: who acts, the log, a customer read, a contact, the customer saved, a duty planned."""
    code = f"K{number:06}"
    with store.writing() as session:
        session.staff.get("chen")
        session.log.append(ATTEMPT)
        stored = session.customers.get(code)
        session.contacts.add(CONTACTS[number])
        session.customers.save(stored)
        session.duties.plan([(samples.subject(code, "chen"), PLANNED)])


PLANNED, ATTEMPT = samples.planned("x"), samples.attempt("x")
CONTACTS = [samples.contact(f"c{number}", f"K{number:06}") for number in range(ERRANDS)]


def open_file(store: Store, number: int) -> None:
    """The desk's errand: access, code, record, duties, log."""
    newcomer = Customer(code="", project="LH", name=f"样本{number}", consultant="chen", first_contact=NOW.date())
    open_office(store, clock=FixedClock(NOW)).customers.open_file(CONSULTANT, newcomer).expect()


def grade(store: Store, number: int) -> None:
    """The desk's errand: access, record, duties worked out anew, log."""
    open_office(store, clock=FixedClock(NOW)).customers.grade(CONSULTANT, f"K{number:06}", IntentGrade.A).expect()


def by_library(folder: Path, errand: Callable[[Store, int], None]) -> float:
    """Seconds for an errand."""
    store = new_store(folder / "library.db")
    errand(store, 0)
    start = perf_counter()
    for number in range(1, ERRANDS):
        errand(store, number)
    seconds = perf_counter() - start
    store.close()
    return seconds / (ERRANDS - 1)


def said_by(folder: Path, errand: Callable[[Store, int], None]) -> list[Said]:
    """What the library runs for each errand."""
    store = new_store(folder / "listened.db")
    errands: list[Said] = []
    for number in range(ERRANDS):
        said: Said = []
        store._lend = lambda: Lent(store, said)  # noqa: B023 - used at once
        errand(store, number)
        errands.append(said)
    del store._lend
    store.close()
    return errands


def by_driver(folder: Path, errands: list[Said]) -> float:
    """Seconds for the same statements with the same values on the driver."""
    new_store(folder / "driver.db").close()
    connection = sqlite3.connect(folder / "driver.db", isolation_level=None)
    connection.execute("PRAGMA secure_delete=ON")
    connection.execute("PRAGMA cache_size=-16384")
    run_all(connection, errands[:1])
    start = perf_counter()
    run_all(connection, errands[1:])
    seconds = perf_counter() - start
    connection.close()
    return seconds / (ERRANDS - 1)


def run_all(connection: sqlite3.Connection, errands: list[Said]) -> None:
    """Each statement on a cursor of its own, its rows fetched."""
    for said in errands:
        for sql, parameters in said:
            cursor = connection.cursor()
            if isinstance(parameters, list):
                cursor.executemany(sql, parameters)
            else:
                cursor.execute(sql, parameters)
                if sql.startswith("SELECT"):
                    cursor.fetchall()
            cursor.close()


def by_core(folder: Path, errands: list[Said]) -> float:
    """Seconds for the session of eight through Core statements built for each call."""
    new_store(folder / "core.db").close()
    engine = create_engine(f"sqlite:///{folder / 'core.db'}", connect_args={"isolation_level": None})
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    named = tables()
    core_session(engine, named, errands[0])
    start = perf_counter()
    for said in errands[1:]:
        core_session(engine, named, said)
    seconds = perf_counter() - start
    engine.dispose()
    return seconds / (ERRANDS - 1)


def core_session(engine: Engine, named: Tables, said: Said) -> None:
    """The statements of one session, with the values the library had."""
    values = [parameters for sql, parameters in said if parameters]
    with engine.begin() as connection:
        core_statements(connection, named, values)


def core_statements(connection: Connection, named: Tables, values: list[object]) -> None:
    """One after another, each built here."""
    (who,), log, (code,), contact, changed, (_,), [duty], [reason] = values
    customers = named.customers
    connection.execute(select(named.staff.c.body, named.staff.c.version).where(named.staff.c.id == who)).all()
    connection.execute(insert(named.access_log).values(dict(zip(("at_us", "actor", "body"), log, strict=True))))
    whole = select(customers.c.body, customers.c.version, customers.c.code)
    connection.execute(whole.where(customers.c.code == code)).all()
    columns = ("id", "customer", "at_us", "body")
    connection.execute(
        insert_new(named.contacts).values(dict(zip(columns, contact, strict=True))).on_conflict_do_nothing()
    )
    with connection.begin_nested():
        *new, of_code, of_version = changed
        names = [each.name for each in customers.c if each.name not in {"code", "version"}]
        connection.execute(
            update(customers)
            .values(dict(zip(names, new, strict=True)) | {"version": customers.c.version + 1})
            .where(customers.c.code == of_code, customers.c.version == of_version)
        )
        numbers = named.match_keys.c
        connection.execute(select(numbers.number).where(numbers.code == of_code)).all()
    with connection.begin_nested():
        planned = [*[each.name for each in named.duties.c][: len(duty) - 1], "version"]
        connection.execute(
            insert_new(named.duties).values(dict(zip(planned, duty, strict=True))).on_conflict_do_nothing()
        )
        connection.execute(
            insert_new(named.reasons)
            .values(dict(zip(("digest", "body"), reason, strict=True)))
            .on_conflict_do_nothing()
        )


def compare_errands(folder: Path) -> None:
    """Print what an errand costs."""
    for errand in (session_of_eight, open_file, grade):
        said = said_by(folder, errand)
        ways: dict[str, Callable[[], float]] = {
            "library": lambda errand=errand: by_library(folder, errand),
            "driver": lambda said=said: by_driver(folder, said),
        }
        if errand is session_of_eight:
            ways["core"] = lambda said=said: by_core(folder, said)
        took = in_turn(ways)
        ratio = took["library"] / took["driver"]
        print(
            f"{errand.__name__:<17}{len(said[1]):>3} statements: library {took['library'] * 1e6:6.0f} µs, "
            f"driver {took['driver'] * 1e6:6.0f} µs; ratio {ratio:.2f} (goal 2)"
        )
        if "core" in took:
            print(
                f"{'':<17}Core built per call {took['core'] * 1e6:6.0f} µs, "
                f"{took['core'] / took['library']:.2f} × ours (goal 3)"
            )


def in_turn(ways: dict[str, Callable[[], float]]) -> dict[str, float]:
    """The best of several rounds in which all take turns: on a shared machine the others' work only adds."""
    took: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            took[name].append(run(way))
    return {name: min(seconds) for name, seconds in took.items()}


def run(way: Callable[[], float]) -> float:
    """Once, without rubbish of the one before."""
    gc.collect()
    return way()


def compare_reads(folder: Path) -> None:
    """Print what reading a consultant's customers costs."""
    path = folder / "reads.db"
    store = open_store(str(path))
    with store.writing() as session:
        session.customers.add_many(
            evolve(samples.full(f"K{number:06}"), consultant="chen", phones=(samples.phone(number),))
            for number in range(READ)
        )
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA cache_size=-16384")
    sql = "SELECT body, version, code FROM customers WHERE consultant = ? ORDER BY consultant, code"

    def library() -> float:
        start = perf_counter()
        with store.reading() as session:
            assert sum(1 for _ in session.customers.kept_by("chen")) == READ
        return perf_counter() - start

    def records() -> float:
        start = perf_counter()
        with store.reading() as session:
            assert all(stored.record.code for stored in session.customers.kept_by("chen"))
        return perf_counter() - start

    def driver() -> float:
        start = perf_counter()
        assert len(raw.execute(sql, ("chen",)).fetchall()) == READ
        return perf_counter() - start

    took = in_turn({way.__name__: way for way in (library, records, driver)})
    print(
        f"reading {READ:,} customers: library {took['library'] * 1e3:.1f} ms, "
        f"driver's tuples {took['driver'] * 1e3:.1f} ms; ratio {took['library'] / took['driver']:.2f} (goal 1.5)\n"
        f"{'':<17}with every record read {took['records'] * 1e3:.0f} ms; ratio {took['records'] / took['driver']:.1f}"
    )
    raw.close()
    store.close()


def main() -> None:
    """Compare both."""
    place = sys.argv[1] if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory(dir=place) as name:
        compare_errands(Path(name))
        compare_reads(Path(name))


if __name__ == "__main__":
    main()
