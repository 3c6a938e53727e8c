"""What is asked of the customers' tables."""

from typing import Final

from attrs import frozen
from sqlalchemy import BindParameter, bindparam, delete, literal_column, select, update

from estatecrm.storage.sql.schema import Tables
from estatecrm.storage.sql.statements import Compiler, ListStatement, Statement

PAGE: Final = 1_000
"""How many rows of a stream are fetched at a time."""

COLUMNS: Final = (
    "code",
    "project",
    "name",
    "phone",
    "grade",
    "status",
    "consultant",
    "specialist",
    "wants",
    "pending",
    "standings",
    "body",
)


@frozen
class Writing:
    """The statements that change something."""

    add: Statement
    update: Statement
    add_number: Statement
    forget_number: Statement
    add_sequence: Statement
    take: Statement


@frozen
class Reading:
    """The statements that only ask."""

    get: Statement
    numbers_of: Statement
    taken: Statement
    kept_by: Statement
    wanting: Statement
    pending: Statement
    standings: Statement
    matching: ListStatement
    cards: ListStatement
    standings_of: ListStatement


def writing(tables: Tables, compiler: Compiler) -> Writing:
    """The statements that change *tables*."""
    customers, numbers, sequences = tables.customers, tables.match_keys, tables.sequences
    make = compiler.statement
    replaced: dict[str, BindParameter[object]] = {name: bindparam(f"new_{name}") for name in COLUMNS[1:]}
    return Writing(
        add=compiler.adding(customers, *COLUMNS, "version"),
        update=make(
            update(customers)
            .values(**replaced, version=customers.c.version + literal_column("1"))
            .where(customers.c.code == bindparam("of_code"), customers.c.version == bindparam("of_version")),
            *(f"new_{name}" for name in COLUMNS[1:]),
            "of_code",
            "of_version",
        ),
        add_number=compiler.adding_new(numbers, "number", "code"),
        forget_number=make(
            delete(numbers).where(numbers.c.number == bindparam("of_number"), numbers.c.code == bindparam("of_code")),
            "of_number",
            "of_code",
        ),
        add_sequence=compiler.adding_new(sequences, "prefix", "taken"),
        take=make(
            update(sequences)
            .values(taken=sequences.c.taken + bindparam("more"))
            .where(sequences.c.prefix == bindparam("of_prefix")),
            "more",
            "of_prefix",
        ),
    )


def reading(tables: Tables, compiler: Compiler) -> Reading:
    """The statements that ask *tables*."""
    customers, numbers, sequences = tables.customers.c, tables.match_keys.c, tables.sequences.c
    make = compiler.statement
    whole = select(customers.body, customers.version, customers.code)
    placed = select(customers.code, customers.consultant, customers.specialist, customers.standings)
    card = select(customers.code, customers.name, customers.phone, customers.grade, customers.status)
    after = customers.code > bindparam("after")
    return Reading(
        get=make(whole.where(customers.code == bindparam("of_code")), "of_code"),
        numbers_of=make(select(numbers.number).where(numbers.code == bindparam("of_code")), "of_code"),
        taken=make(select(sequences.taken).where(sequences.prefix == bindparam("of_prefix")), "of_prefix"),
        kept_by=make(
            whole.where(customers.consultant == bindparam("by"), after)
            .order_by(customers.consultant, customers.code)
            .limit(literal_column(str(PAGE)))
            .offset(literal_column("0")),
            "by",
            "after",
        ),
        wanting=make(whole.where(customers.wants == bindparam("unit")).order_by(customers.code), "unit"),
        pending=make(whole.where(customers.pending > literal_column("0")).order_by(customers.code)),
        standings=make(
            placed.where(after).order_by(customers.code).limit(literal_column(str(PAGE))).offset(literal_column("0")),
            "after",
        ),
        matching=compiler.over_list(select(numbers.number, numbers.code), numbers.number),
        cards=compiler.over_list(card, customers.code),
        standings_of=compiler.over_list(placed, customers.code),
    )
