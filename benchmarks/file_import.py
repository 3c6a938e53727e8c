"""
Importing a csv against one written by hand for the same file: csv reader, validation, raw insert.

Run: python benchmarks/file_import.py [ROWS]

The hand-written import knows this one file: fixed columns, its own checks, no reasons, no mapping. Both fill the same
tables, and what they keep is compared row for row before anything is timed. Medians of five, ratios within one run.
"""

import csv
import json
import random
import re
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from hashlib import blake2b
from pathlib import Path
from statistics import median
from time import perf_counter

import pendulum

from estatecrm import Acting, FixedClock, Member, Purpose, Role, open_office
from estatecrm.exchange.importing import import_drafts
from estatecrm.exchange.reading import read_drafts

ROUNDS = 5
TODAY = date(2025, 4, 1)
NOW = pendulum.datetime(2025, 4, 1, 10, tz="Asia/Shanghai")
HEADER = (
    "客户姓名,手机号码,性别,职业,家庭住址,客户来源,意向面积,意向户型,购房预算,意向等级,置业顾问,"
    "首次来访日期,最近跟进日期,备注"
)
COLUMNS = (
    "name,phones,gender,occupation,address,source,area,layout,budget,grade,consultant,first_visit,last_contact,note"
)
SOURCES = {"路过": "walk_by", "朋友介绍": "friend_referral", "抖音": "social_media"}
GENDERS = {"男": "male", "女": "female"}
PHONE = re.compile(r"1[3-9][0-9]{9}").fullmatch
AREA = re.compile(r"([0-9]+)-([0-9]+)㎡").fullmatch
BUDGET = re.compile(r"([0-9]+)-([0-9]+)万").fullmatch
ZHAO = Acting("zhao", Purpose.INTAKE)


def write_file(path: Path, rows: int) -> None:
    """A register of *rows* customers; one in fifty has a telephone number that cannot be."""
    chance = random.Random(7)
    with path.open("w", encoding="utf-8") as file:
        file.write(f"{HEADER}\n")
        for number in range(rows):
            phone = 14_400_000_000 + number if number % 50 else 12
            visit = date(2025, chance.randrange(1, 3), chance.randrange(1, 28))
            file.write(
                f"甄{number % 97}样,{phone},{chance.choice('男女')},教师,一期{number % 30}栋{number % 33}01,"
                f"{chance.choice(list(SOURCES))},{90 + number % 7}-110㎡,三房,200-{230 + number % 9}万,"
                f"{chance.choice('ABCD')},陈样,{visit},2025-03-{chance.randrange(1, 28):02},看过样板间\n"
            )


def new_office(folder: Path, name: str) -> tuple[Path, object]:
    """An office over an empty database with its two members of staff."""
    path = folder / name
    office = open_office(f"sqlite:///{path}", clock=FixedClock(NOW))
    office.staff.enrol(ZHAO, Member("zhao", "赵样", Role.INFO_SPECIALIST))
    office.staff.enrol(ZHAO, Member("chen", "陈样", Role.PROPERTY_CONSULTANT))
    return path, office


def by_library(folder: Path, file: Path, turn: int) -> tuple[float, Path]:
    """Seconds the library takes, and the database it fills."""
    path, office = new_office(folder, f"library{turn}.db")
    start = perf_counter()
    import_drafts(office.intake, ZHAO, read_drafts(file, today=TODAY), project="LH").expect()
    return perf_counter() - start, path


def by_hand(folder: Path, file: Path, turn: int) -> tuple[float, Path]:
    """Seconds the hand-written import takes, and the database it fills."""
    path, _ = new_office(folder, f"hand{turn}.db")
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA secure_delete=ON")
    start = perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    customers: list[tuple[object, ...]] = []
    keys: list[tuple[str, str]] = []
    for customer, found in hand_rows(file):
        customers.append(customer)
        keys.extend(found)
        if len(customers) == 2_000:
            insert(connection, customers, keys)
            customers, keys = [], []
    insert(connection, customers, keys)
    taken = connection.execute("SELECT count(*) FROM customers").fetchone()[0]
    connection.execute("INSERT INTO sequences VALUES ('LH202504', ?)", (taken,))
    connection.execute("COMMIT")
    seconds = perf_counter() - start
    connection.close()
    return seconds, path


def insert(connection: sqlite3.Connection, customers: list[tuple[object, ...]], keys: list[tuple[str, str]]) -> None:
    """One executemany for each table."""
    connection.executemany(f"INSERT INTO customers VALUES ({','.join('?' * 13)})", customers)
    connection.executemany("INSERT INTO match_keys VALUES (?, ?)", keys)


def hand_rows(file: Path) -> Iterator[tuple[tuple[object, ...], list[tuple[str, str]]]]:
    """The rows of the file that pass, as they are kept."""
    known: set[str] = set()
    taken = 0
    with file.open(encoding="utf-8", newline="") as source:
        reader = csv.reader(source)
        next(reader)
        for cells in reader:
            (name, phone, gender, job, home, source_, area, layout, budget, grade, seller, visit, last, note) = cells
            wide, money = AREA(area), BUDGET(budget)
            fine = name.strip() and PHONE(phone) and wide and money and grade in "ABCD" and seller == "陈样"
            if not fine or phone in known or not date.fromisoformat(visit) <= date.fromisoformat(last) <= TODAY:
                continue
            known.add(phone)
            taken += 1
            code, number = f"LH202504{taken:04d}", f"+86{phone}"
            stage = "intent" if grade in "AB" else "potential"
            mark = blake2b("\x1f".join((COLUMNS, *cells)).encode(), digest_size=12).hexdigest()
            need = [last, [wide[1], wide[2]], layout, [f"{money[1]}0000", f"{money[2]}0000"]]
            standing = ["intent", stage, grade, last, "", None, last, None, None, None, None, None]
            body = [
                *("customer/1", code, "LH", name, GENDERS[gender], None, [number], None, job, home),
                *(SOURCES[source_], "", [need], [[last, grade]], stage, [], [], "", "chen", "", "chen"),
                *(visit, visit, "2025-04-01", last, None, None, None, None, [], note, [mark]),
            ]
            yield (
                (
                    *(code, "LH", name, number, grade, "intent", "chen", "", None, None),
                    dumps(["standings/1", [["", standing]]]),
                    dumps(body),
                    1,
                ),
                [(f"phone:{number}", code), (f"row:{mark}", code)],
            )


def dumps(form: object) -> str:
    """Compact text."""
    return json.dumps(form, ensure_ascii=False, separators=(",", ":"))


def kept(path: Path) -> list[list[tuple[object, ...]]]:
    """What a database holds of the import."""
    connection = sqlite3.connect(path)
    tables = ("customers", "match_keys", "sequences")
    rows = [sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in tables]
    connection.close()
    return rows


def main() -> None:
    """Compare, time, print."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small, file = folder / "small.csv", folder / "file.csv"
        write_file(small, 1_000)
        if kept(by_library(folder, small, -1)[1]) != kept(by_hand(folder, small, -1)[1]):
            raise SystemExit("the two imports keep different rows: nothing was measured")
        write_file(file, rows)
        times: dict[str, list[float]] = {"library": [], "hand": []}
        for turn in range(ROUNDS):
            for label, run in (("library", by_library), ("hand", by_hand)):
                seconds, path = run(folder, file, turn)
                times[label].append(seconds)
                path.unlink()
        ours, theirs = median(times["library"]), median(times["hand"])
        print(
            f"{rows:,} csv rows: library {ours / rows * 1e6:.1f} µs a row, by hand {theirs / rows * 1e6:.1f} µs a row"
        )
        print(f"ratio {ours / theirs:.2f} (goal 1.6)")


if __name__ == "__main__":
    main()
