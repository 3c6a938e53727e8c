"""
The ledger of points against what one writes by hand: ratios within one run, medians of seven.

Run: python benchmarks/loyalty.py [URL …]

Without a URL it uses a SQLite file, once with each journal. A URL names a further database, such as
postgresql://postgres@127.0.0.1/test; tables with the prefix ``bench_`` are added to it and dropped.
"""

import random
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter, time

import pendulum
from sqlalchemy import Engine, create_engine, event, insert, select, update

from estatecrm.clock import FixedClock
from estatecrm.desks import open_office
from estatecrm.desks.posting import kept_before, open_book, stamp_of
from estatecrm.errors import Busy, Conflict
from estatecrm.model import Acting, Customer, Member, PurchaseStatus, Purpose, UnitTie
from estatecrm.model.points import Part, PointsEvent, Tally
from estatecrm.model.points_requests import Award, Redemption
from estatecrm.policy import Role
from estatecrm.rules.loyalty import ledger
from estatecrm.rules.loyalty.bulk import balances
from estatecrm.storage import Journal, open_store, upgrade
from estatecrm.storage.sql import SqlStore
from estatecrm.storage.sql.schema import tables
from estatecrm.values import Points, yuan

ROUNDS, REDEEMS = 7, 150
PREFIX = "bench_"
CLERK = Acting("zhao", Purpose.MAINTENANCE)
CLOCK = FixedClock(pendulum.datetime(2025, 3, 3, 12, tz="Asia/Shanghai"))
PROCESSES, POINTS, COST = 8, 7_000, 7
AS_OF = date(2025, 6, 1)


def line(what: str, ours: float, theirs: float, goal: str) -> None:
    print(f"{what:60} {ours:10.1f} {theirs:10.1f} {ours / theirs:8.2f} x {theirs / ours:8.2f}   {goal}")


def cost(work: Callable[[], object], times: int) -> float:
    """Microseconds of one of the *times* pieces of *work*: the median of several rounds."""
    rounds = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        work()
        rounds.append(perf_counter() - begun)
    return median(rounds) / times * 1e6


def entries(members: int, each: int) -> tuple[list[Tally], list[tuple[str, int, int, int]]]:
    """The same random ledger as tallies and as (member, day, points, last day), in order."""
    chance, start = random.Random(20250303), date(2023, 1, 1).toordinal()
    tallies: list[Tally] = []
    plain: list[tuple[str, int, int, int]] = []
    for member in range(members):
        name, day = f"C{member:06}", start
        lots: list[list[int]] = []
        for number in range(1, each + 1):
            day += chance.randrange(1, 60)
            live = [lot for lot in lots if lot[1] and lot[2] >= day]
            left = sum(lot[1] for lot in live)
            if chance.random() < 0.6 or not left:
                points, last = chance.randrange(10, 500), day + 730
                lots.append([number, points, last])
                tallies.append((name, day, points, 0, 0, (Part(number, points, 0, last),)))
                plain.append((name, day, points, last))
            else:
                points = chance.randrange(1, left + 1)
                tallies.append((name, day, -points, 0, 0, _taken(live, points)))
                plain.append((name, day, -points, 0))
    return tallies, plain


def _taken(live: Sequence[list[int]], points: int) -> tuple[Part, ...]:
    parts = []
    for lot in live:
        part = min(lot[1], points)
        if part:
            lot[1] -= part
            points -= part
            parts.append(Part(lot[0], -part, 0, lot[2]))
    return tuple(parts)


def by_hand(plain: Sequence[tuple[str, int, int, int]]) -> list[tuple[str, int]]:
    """Balances by a deque of lots for each member, soonest expiry first because it comes presorted."""
    today, found, member = AS_OF.toordinal(), [], ""
    lots: deque[list[int]] = deque()
    for name, day, points, last in plain:
        if name != member:
            if member:
                found.append((member, sum(left for end, left in lots if end >= today)))
            member, lots = name, deque()
        if day > today:
            continue
        if points > 0:
            lots.append([last, points])
            continue
        while lots and lots[0][0] < day:
            lots.popleft()
        wanted = -points
        while wanted:
            lot = lots[0]
            if lot[1] <= wanted:
                wanted -= lot[1]
                lots.popleft()
            else:
                lot[1] -= wanted
                wanted = 0
    return [*found, (member, sum(left for end, left in lots if end >= today))]


def bulk() -> None:
    tallies, plain = entries(50_000, 20)
    ours = [(each.member, each.available) for each in balances(tallies, AS_OF)]
    assert ours == by_hand(plain), "the balances differ"
    times = len(tallies)
    mine, theirs = cost(lambda: list(balances(tallies, AS_OF)), times), cost(lambda: by_hand(plain), times)
    line("balances of 50,000 members, 1,000,000 entries (us an entry)", mine, theirs, "<= 1.5")


def begin(store: SqlStore, points: int) -> None:
    """One member with *points*, and who may spend them."""
    signed = (UnitTie("1-101", PurchaseStatus.SIGNED, signed_on=date(2025, 2, 1)),)
    with store.writing() as session:
        session.staff.add(Member("zhao", "赵样一", Role.INFO_SPECIALIST))
        session.customers.add(Customer(code="M", project="LH", name="甄试样", ties=signed))
    office = open_office(store, clock=CLOCK)
    award = Award(member="M", event=PointsEvent.PURCHASE, cause="contract", price=yuan(points * 1_000))
    office.loyalty.award(CLERK, award).expect()


def redeeming(store: SqlStore, numbers: "count[int]") -> Callable[[], None]:
    """Redemptions in the ledger alone: held, key asked for, brought, taken, kept."""
    desk = open_office(store, clock=CLOCK).loyalty
    order = desk.rules().loyalty.terms.order

    def redeem() -> None:
        for _ in range(REDEEMS):
            asked = Redemption(member="M", points=Points(1), cause="fee", key=f"ours-{next(numbers)}")
            with store.writing() as session:
                stamp = stamp_of(desk, CLERK, asked)
                book = open_book(session, "M", stamp)
                assert kept_before(session, stamp) is None
                book, _ = book.write(ledger.take(book.account, 1, order), stamp)
                book.keep(session)

    return redeem


def at_the_desk(store: SqlStore, numbers: "count[int]") -> Callable[[], None]:
    desk = open_office(store, clock=CLOCK).loyalty

    def redeem() -> None:
        for _ in range(REDEEMS):
            asked = Redemption(member="M", points=Points(1), cause="fee", key=f"desk-{next(numbers)}")
            desk.redeem(CLERK, asked).expect()

    return redeem


def raw(store: SqlStore, numbers: "count[int]") -> Callable[[], None]:
    """The same statements on the driver, with rows that cost nothing to make."""
    asked = store._statements.points
    body = "x" * 260
    kept = store._engine.raw_connection()
    cursor = kept.cursor()

    def redeem() -> None:
        for _ in range(REDEEMS):
            for begin_ in store._backend.write:
                cursor.execute(begin_, ())
            cursor.execute(asked.hold.sql, ("M",))
            cursor.execute(asked.account.sql, ("M",))
            number, day, debt, shortfall, lots = cursor.fetchall()[0]
            key = f"raw-{next(numbers)}"
            cursor.execute(asked.keyed.sql, (key,))
            cursor.fetchall()
            cursor.execute(asked.add.sql, ("M", number + 1, day, -1, 0, 0, "parts/1 1 -1 0 3652059", body, key))
            cursor.execute(asked.save.sql, (number + 1, day, debt, shortfall, lots, None, "M", number))
            cursor.execute("COMMIT", ())

    return redeem


def core(store: SqlStore, numbers: "count[int]", tune: Callable[[Engine], object]) -> Callable[[], None]:
    """The same through SQLAlchemy Core, each statement built when it is needed."""
    named = tables(PREFIX)
    accounts, rows = named.points_accounts, named.points_entries
    level = None if store._engine.dialect.name == "sqlite" else "READ COMMITTED"
    engine = create_engine(store._engine.url, isolation_level=level)
    tune(engine)

    def redeem() -> None:
        for _ in range(REDEEMS):
            with engine.begin() as connection:
                mine = accounts.c.member == "M"
                connection.execute(update(accounts).values(held=accounts.c.held + 1).where(mine))
                a = accounts.c
                found = connection.execute(select(a.number, a.day, a.debt, a.shortfall, a.lots).where(mine)).one()
                key = f"core-{next(numbers)}"
                connection.execute(select(rows).where(rows.c.key == key)).all()
                connection.execute(
                    insert(rows).values(
                        member="M",
                        number=found.number + 1,
                        day=found.day,
                        points=-1,
                        debt=0,
                        shortfall=0,
                        parts="parts/1 1 -1 0 3652059",
                        body="x" * 260,
                        key=key,
                    )
                )
                at = accounts.c.number == found.number
                connection.execute(update(accounts).values(number=found.number + 1, lots=found.lots).where(mine, at))

    return redeem


def hurried(engine: Engine) -> None:
    """Waits for no disk from now on: what is compared is the work before the commit."""
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    engine.dispose()


def redeem(what: str, store: SqlStore, tune: Callable[[Engine], object] = id) -> None:
    begin(store, 100_000)
    numbers = count()
    ours, theirs = cost(redeeming(store, numbers), REDEEMS), cost(raw(store, numbers), REDEEMS)
    line(f"{what}: redeem against the raw driver (us)", ours, theirs, "<= 2" if tune is id else "")
    line(
        f"{what}: redeem against Core built per call (us)",
        ours,
        cost(core(store, numbers, tune), REDEEMS),
        "x >= 3" if tune is hurried else "",
    )
    line(
        f"{what}: the whole errand against the raw driver (us)", cost(at_the_desk(store, numbers), REDEEMS), theirs, ""
    )


def spend_all(url: str, journal: Journal, at: float, name: int) -> tuple[int, float]:
    """How often one of several processes could spend, from the moment *at* on, and when it was over."""
    store = open_store(url, prefix=PREFIX, journal=journal, patience=60.0)
    desk = open_office(store, clock=CLOCK).loyalty
    while time() < at:
        pass
    wins = 0
    while True:
        asked = Redemption(member="M", points=Points(COST), cause="fee", key=f"{name}-{wins}")
        try:
            decision = desk.redeem(CLERK, asked)
        except (Busy, Conflict):
            continue
        if decision.refused:
            store.close()
            return wins, time()
        wins += 1


def crowd(what: str, url: str, journal: Journal) -> None:
    at = time() + 12
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        found = list(pool.map(partial(spend_all, url, journal, at), range(PROCESSES)))
    wins = sum(each for each, _ in found)
    rate = wins / (max(end for _, end in found) - at)
    print(f"{what}: {PROCESSES} processes spent {wins} times, {rate:.0f} a second   >= 300 a second, exactly 1000")


def without_the_disk(url: str) -> None:
    store = open_store(url, prefix=PREFIX, journal=Journal.WAL_UNCHECKED)
    assert isinstance(store, SqlStore)
    hurried(store._engine)
    redeem("SQLite, no disk", store, hurried)
    store.close()
    wipe(url)


def measured(what: str, url: str, journal: Journal = Journal.DELETE) -> None:
    def opened() -> SqlStore:
        store = open_store(url, prefix=PREFIX, journal=journal, patience=60.0)
        assert isinstance(store, SqlStore)
        return store

    wipe(url)
    store = opened()
    redeem(what, store)
    store.close()
    wipe(url)
    store = opened()
    begin(store, POINTS)
    store.close()
    crowd(what, url, journal)
    wipe(url)


def wipe(url: str) -> None:
    """Our tables are gone."""
    engine = create_engine(_driver(url))
    with engine.begin() as connection:
        tables(PREFIX).metadata.drop_all(connection)
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {PREFIX}schema_version")
    engine.dispose()
    if not url.startswith("sqlite"):
        upgrade(url, prefix=PREFIX)


def _driver(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://").replace("mariadb://", "mariadb+pymysql://")


def main() -> None:
    print(f"{'':60} {'ours':>10} {'theirs':>10} {'ratio':>8}")
    bulk()
    with tempfile.TemporaryDirectory() as folder:
        without_the_disk(f"sqlite:///{Path(folder) / 'hurried'}.db")
        for journal in (Journal.DELETE, Journal.WAL_UNCHECKED):
            measured(f"SQLite {journal.name[:3]}", f"sqlite:///{Path(folder) / journal.name}.db", journal)
    for url in sys.argv[1:]:
        measured(url.partition(":")[0], url)


if __name__ == "__main__":
    main()
