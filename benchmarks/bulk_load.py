"""
Bulk loads of customers and duties into PostgreSQL, against COPY of the finished rows.

Run: python benchmarks/bulk_load.py [URL]      (postgresql://postgres@127.0.0.1/test unless given)

The library is given records and planned duties; the time of its own COPY is told apart from that of writing the rows.
Tables are made in a schema of their own and dropped. The best of several rounds that take turns.
"""

import gc
import sys
import uuid
from collections.abc import Callable
from time import perf_counter

import psycopg
from attrs import evolve

from estatecrm.storage import Store, open_store
from estatecrm.storage.sql.schema import tables
from estatecrm.testing.storage_kit import samples

ROUNDS, BULK = 7, 50_000


def compare_bulk(url: str) -> None:
    """Print what a bulk load into PostgreSQL costs."""
    schema = f"estatecrm_bench_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}".encode())
        try:
            store = open_store(url, schema=schema)
            kept = [evolve(samples.plain(f"K{number:06}"), consultant="chen") for number in range(BULK)]
            pairs = [(samples.subject(f"K{number:06}", "chen"), PLANS[number % 300]) for number in range(BULK)]
            bulk(connection, store, schema, "customers", lambda session: session.customers.add_many(kept))
            bulk(connection, store, schema, "duties", lambda session: session.duties.plan(pairs))
            store.close()
        finally:
            connection.execute(f"DROP SCHEMA {schema} CASCADE".encode())


PLANS = [samples.planned(f"s{number}", number, number + 24) for number in range(300)]


def bulk(connection, store: Store, schema: str, table: str, load: Callable[[object], int]) -> None:
    """Time *load* against COPY of the rows it left."""
    from estatecrm.storage.sql import copying

    copied: list[float] = []
    within = copying.copy_rows

    def timed(*arguments: object) -> int:
        start = perf_counter()
        try:
            return within(*arguments)
        finally:
            copied[-1] += perf_counter() - start

    def library() -> float:
        connection.execute(f"TRUNCATE {schema}.{table}".encode())
        copied.append(0)
        start = perf_counter()
        with store.writing() as session:
            assert load(session) == BULK
        return perf_counter() - start

    library()
    names, rows = rows_of(connection, schema, table)
    whole, statements, plain = measured(library, lambda: raw(connection, schema, table, names, rows), copied, timed)
    print(
        f"{BULK:,} {table} into PostgreSQL: library {whole:.2f} s, of which statements {statements:.2f} s; "
        f"COPY of finished rows {plain:.2f} s; ratio {whole / plain:.2f}, "
        f"statements {statements / plain:.2f} (goal 1.5)"
    )


def rows_of(connection, schema: str, table: str) -> tuple[str, list[tuple[object, ...]]]:
    """The columns of a table, and its finished rows."""
    names = ", ".join(each.name for each in getattr(tables(), table).c)
    return names, connection.execute(f"SELECT {names} FROM {schema}.{table} ORDER BY 1".encode()).fetchall()


def raw(connection, schema: str, table: str, names: str, rows: list[tuple[object, ...]]) -> float:
    """Seconds COPY takes for finished rows."""
    connection.execute(f"TRUNCATE {schema}.{table}".encode())
    start = perf_counter()
    copying = f"COPY {schema}.{table} ({names}) FROM STDIN".encode()
    with connection.transaction(), connection.cursor() as cursor, cursor.copy(copying) as copy:
        for row in rows:
            copy.write_row(row)
    return perf_counter() - start


def measured(
    library: Callable[[], float], raw: Callable[[], float], copied: list[float], timed: Callable[..., int]
) -> tuple[float, float, float]:
    """The best of: the library in all, its COPY alone, and the raw COPY."""
    from estatecrm.storage.sql import links

    original, links.copy_rows = links.copy_rows, timed
    try:
        ours, raws = [], []
        for _ in range(ROUNDS):
            ours.append(best(library))
            raws.append(best(raw))
    finally:
        links.copy_rows = original
    return min(ours), min(copied[-ROUNDS:]), min(raws)


def best(way: Callable[[], float]) -> float:
    """Once, without rubbish of the one before."""
    gc.collect()
    return way()


def main() -> None:
    """Load both."""
    url = sys.argv[1] if len(sys.argv) > 1 else "postgresql://postgres@127.0.0.1/test"
    try:
        compare_bulk(url)
    except psycopg.OperationalError as error:
        print(f"left out: {error}")


if __name__ == "__main__":
    main()
