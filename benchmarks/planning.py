"""
Planning callbacks in SQLite against the raw executemany of the same rows.

Run: python benchmarks/planning.py [CUSTOMERS]      (100000 unless given)

Two things are timed: the storage's `plan` of duties that are worked out already, and the whole errand of the desk that
reads where every customer stands, asks the rules, keeps and logs what they answer. The driver gets the finished
rows in a list. What the databases hold is compared row for row before anything is timed. Medians of five, ratios
within one run.
"""

import gc
import random
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

import pendulum

from estatecrm import Acting, FixedClock, Member, Purpose, Role, open_office
from estatecrm.decisions import Planned, Reason, Subject
from estatecrm.model import Customer, Grading, IntentGrade
from estatecrm.policy import CORE, Entry
from estatecrm.storage import open_store

ROUNDS = 5
NOW = pendulum.datetime(2025, 4, 1, 10, tz="Asia/Shanghai")
ZHAO = Acting("zhao", Purpose.INTAKE)
COLUMNS = (
    "key, subject, unit, step, entry, role, assignee, holder, earliest_us, latest_us, zones, reason, open_from, version"
)
Rows = tuple[list[tuple[object, ...]], list[tuple[object, ...]]]


def pairs(count: int) -> list[tuple[Subject, Planned]]:
    """One duty for each of *count* customers, of three hundred kinds."""
    entry = Entry.of("D-01", "回访", CORE, "000 §5.3")
    kinds = []
    for number in range(300):
        begins = NOW.add(hours=number)
        reason = Reason("Rhythm", entry, "2025", (), (), provisional=False)
        kinds.append(Planned(f"s{number}", Role.PROPERTY_CONSULTANT, begins, begins.add(days=1), reason))
    return [(Subject(f"LH2504{number:07}", "", f"gu-{number % 300}"), kinds[number % 300]) for number in range(count)]


def customers(count: int) -> list[Customer]:
    """Customers as an import leaves them: a grade, a last contact, a consultant."""
    chance = random.Random(7)
    grades = list(IntentGrade)
    made = []
    for number in range(count):
        last = date(2025, 3, 31) - timedelta(days=chance.randrange(60))
        made.append(
            Customer(
                code=f"LH2504{number:07}",
                project="LH",
                name=f"甄{number % 97}样",
                grades=(Grading(last, grades[number % 4]),),
                consultant=f"gu-{number % 300}",
                first_contact=last,
                last_contact=last,
            )
        )
    return made


def new_database(folder: Path, name: str, kept: list[Customer]) -> Path:
    """A database with staff and the customers *kept*."""
    path = folder / name
    office = open_office(f"sqlite:///{path}", clock=FixedClock(NOW))
    office.staff.enrol(ZHAO, Member("zhao", "赵样", Role.INFO_SPECIALIST))
    store = open_store(str(path))
    with store.writing() as session:
        session.customers.add_many(kept)
    store.close()
    return path


def by_storage(path: Path, planned: list[tuple[Subject, Planned]]) -> float:
    """Seconds the storage takes for finished duties."""
    store = open_store(str(path))
    start = perf_counter()
    with store.writing() as session:
        session.duties.plan(planned)
    seconds = perf_counter() - start
    store.close()
    return seconds


def by_desk(path: Path) -> float:
    """Seconds the whole errand takes."""
    office = open_office(f"sqlite:///{path}", clock=FixedClock(NOW))
    start = perf_counter()
    office.callbacks.plan(ZHAO).expect()
    return perf_counter() - start


def by_driver(path: Path, rows: Rows) -> float:
    """Seconds the driver takes for finished rows."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA secure_delete=ON")
    connection.execute("PRAGMA cache_size=-16384")
    start = perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(f"INSERT OR IGNORE INTO duties ({COLUMNS}) VALUES ({','.join('?' * 14)})", rows[0])
    connection.executemany("INSERT OR IGNORE INTO reasons VALUES (?, ?)", rows[1])
    connection.execute("COMMIT")
    seconds = perf_counter() - start
    connection.close()
    return seconds


def rows_in(path: Path) -> Rows:
    """What a database holds of duties and reasons, in the order it was kept."""
    connection = sqlite3.connect(path)
    duties = connection.execute(f"SELECT {COLUMNS} FROM duties ORDER BY rowid").fetchall()
    reasons = connection.execute("SELECT * FROM reasons ORDER BY digest").fetchall()
    connection.close()
    return duties, reasons


def compare(folder: Path, kept: list[Customer], name: str, ours: Callable[[Path], float]) -> None:
    """Time *ours* against the driver writing the same rows, and print."""
    path = new_database(folder, "first.db", kept)
    ours(path)
    rows = rows_in(path)
    path.unlink()
    times: dict[str, list[float]] = {"library": [], "driver": []}
    for turn in range(ROUNDS):
        for label, run in (("library", ours), ("driver", lambda path: by_driver(path, rows))):
            gc.collect()
            path = new_database(folder, f"{label}{turn}.db", kept)
            times[label].append(run(path))
            if rows_in(path) != rows:
                raise SystemExit("the two keep different rows: nothing was measured")
            path.unlink()
    library, driver = median(times["library"]), median(times["driver"])
    count = len(rows[0])
    print(
        f"{name:<28} {count:>8,} duties {len(rows[1]):>6,} reasons: library {library / count * 1e6:5.2f} µs, "
        f"driver {driver / count * 1e6:5.2f} µs a duty; ratio {library / driver:.2f} (goal 2)"
    )


def main() -> None:
    """Compare both."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as name:
        planned = pairs(count)
        compare(Path(name), [], "duties worked out already", lambda path: by_storage(path, planned))
        compare(Path(name), customers(count), "rules asked for every customer", by_desk)


if __name__ == "__main__":
    main()
