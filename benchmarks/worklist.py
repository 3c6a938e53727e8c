"""
A consultant's worklist in SQLite, with the customers' cards, among many: library, raw driver, SQLAlchemy ORM.

Run: python benchmarks/worklist.py [CUSTOMERS ...]      (100000 and 1000000 unless given; three duties each)

Every consultant keeps 300 customers, so a worklist has the same rows however large the tables are. What the three
read is compared row for row before anything is timed. Medians, and ratios within one run.
"""

import gc
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

import pendulum
from sqlalchemy import Engine, create_engine, or_, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from estatecrm import Role
from estatecrm.storage import Line, Store, open_store

ROUNDS = 9
CONSULTANTS = 20
KEPT = 300
HOUR = 3_600_000_000
NOON = pendulum.datetime(2025, 3, 5, 12, tz="Asia/Shanghai")
NOON_US = NOON.int_timestamp * 1_000_000
ROLE = Role.PROPERTY_CONSULTANT
Plain = tuple[list[tuple[object, ...]], set[tuple[object, ...]]]


def customers(count: int) -> Iterator[tuple[object, ...]]:
    """Rows of customers; consultants' customers lie scattered, as they came."""
    keepers = count // KEPT
    for number in range(count):
        code, keeper = f"LH2503{number:07}", f"gu-{number % keepers}"
        body = f'["customer/1","{code}","LH","甄{number % 97}样"' + ",null" * 40 + "]"
        card = (f"甄{number % 97}样", f"+8610{number:09}", "ABCD"[number % 4], "intent")
        yield (code, "LH", *card, keeper, "", None, None, '["standings/1",[]]', body, 1)


def duties(count: int) -> Iterator[tuple[object, ...]]:
    """Rows of duties, three a customer: one due, one later, one done."""
    keepers = count // KEPT
    for number in range(count):
        code, keeper = f"LH2503{number:07}", f"gu-{number % keepers}"
        who = ("property_consultant", keeper, f"={keeper}")
        for step, begins, done in (
            ("due", -(number % 50), False),
            ("next", 24 + number % 700, False),
            ("old", -900, True),
        ):
            earliest = NOON_US + begins * HOUR
            what = (f"D-01/{code}/{step}", code, "", step, "D-01", *who)
            when = (
                earliest,
                earliest + 24 * HOUR,
                "Asia/Shanghai",
                f"{number % 3000:032x}",
                None if done else earliest,
            )
            yield (*what, *when, *(("done", "UTC", keeper, "", earliest) if done else (None,) * 5), 1)


def fill(path: Path, count: int) -> None:
    """The tables of *count* customers, by the driver alone."""
    open_store(str(path)).close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA cache_size=-200000")
    connection.execute("BEGIN")
    for table, rows, width in (("customers", customers(count), 13), ("duties", duties(count), 19)):
        while part := list(islice(rows, 50_000)):
            connection.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * width)})", part)
    connection.execute("COMMIT")
    connection.execute("ANALYZE")
    connection.close()


def by_library(store: Store, keeper: str) -> Plain:
    """Lines and cards from the store."""
    with store.reading() as session:
        lines = session.duties.worklist(keeper, ROLE, NOON)
        cards = session.customers.cards({line.subject for line in lines})
    return lines, set(cards.values())


WORKLIST = (
    "SELECT key, subject, unit, step, entry, earliest_us, latest_us, reason FROM duties "
    "WHERE holder IN (?, ?) AND open_from < ? ORDER BY latest_us, key"
)


def by_driver(connection: sqlite3.Connection, keeper: str) -> Plain:
    """The same rows as tuples."""
    connection.execute("BEGIN")
    lines = connection.execute(WORKLIST, (f"={keeper}", "@property_consultant", NOON_US)).fetchall()
    codes = list({line[1] for line in lines})
    marks = ",".join("?" * len(codes))
    cards = connection.execute(
        f"SELECT code, name, phone, grade, status FROM customers WHERE code IN ({marks})", codes
    ).fetchall()
    connection.execute("COMMIT")
    return lines, set(cards)


class Base(DeclarativeBase):
    """The ORM's tables."""


class MappedCustomer(Base):
    """What a card shows."""

    __tablename__ = "customers"
    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    phone: Mapped[str]
    grade: Mapped[str]
    status: Mapped[str]


class MappedDuty(Base):
    """What a line shows, and what it is found by."""

    __tablename__ = "duties"
    key: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str]
    unit: Mapped[str]
    step: Mapped[str]
    entry: Mapped[str]
    holder: Mapped[str]
    earliest_us: Mapped[int]
    latest_us: Mapped[int]
    open_from: Mapped[int]
    reason: Mapped[str]


def by_orm(engine: Engine, keeper: str) -> Plain:
    """The same through mapped classes and an ORM session."""
    mine = or_(MappedDuty.holder == f"={keeper}", MappedDuty.holder == "@property_consultant")
    due = select(MappedDuty).where(mine, MappedDuty.open_from < NOON_US)
    with Session(engine) as session:
        found = session.scalars(due.order_by(MappedDuty.latest_us, MappedDuty.key)).all()
        codes = {each.subject for each in found}
        people = session.scalars(select(MappedCustomer).where(MappedCustomer.code.in_(codes))).all()
        lines = [tuple(getattr(each, name) for name in Line._fields) for each in found]
        return lines, {(each.code, each.name, each.phone, each.grade, each.status) for each in people}


def measure(ways: dict[str, Callable[[str], Plain]], keepers: list[str]) -> dict[str, float]:
    """The median milliseconds a worklist takes, each way."""
    for keeper in keepers:
        answers = [(list(map(tuple, lines)), cards) for lines, cards in (way(keeper) for way in ways.values())]
        if not answers[0][0] or any(answer != answers[0] for answer in answers):
            raise SystemExit("the ways read different rows: nothing was measured")
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            gc.collect()
            start = perf_counter()
            for keeper in keepers:
                way(keeper)
            times[name].append((perf_counter() - start) / len(keepers) * 1e3)
    return {name: median(found) for name, found in times.items()}


def main() -> None:
    """Build, compare, time, print."""
    sizes = [int(size) for size in sys.argv[1:]] or [100_000, 1_000_000]
    print(f"{'customers':>10} {'duties':>10} {'rows':>5} {'library':>10} {'driver':>10} {'ORM':>10}   ratios")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "crm.db"
            fill(path, size)
            store = open_store(str(path))
            connection = sqlite3.connect(path, isolation_level=None)
            connection.execute("PRAGMA cache_size=-16384")
            every = size // KEPT // CONSULTANTS
            keepers = [f"gu-{number * every}" for number in range(CONSULTANTS)]
            ways = {
                "library": lambda keeper, store=store: by_library(store, keeper),
                "driver": lambda keeper, connection=connection: by_driver(connection, keeper),
                "orm": partial(by_orm, create_engine(f"sqlite:///{path}")),
            }
            rows = len(by_library(store, keepers[0])[0])
            taken = measure(ways, keepers)
            connection.close()
            store.close()
        ours, theirs, mapped = taken["library"], taken["driver"], taken["orm"]
        print(
            f"{size:>10,} {size * 3:>10,} {rows:>5} {ours:>7.2f} ms {theirs:>7.2f} ms {mapped:>7.2f} ms   "
            f"{ours / theirs:.2f} x driver (goal 1.5), ORM {mapped / ours:.1f} x library (goal 1.5)"
        )


if __name__ == "__main__":
    main()
