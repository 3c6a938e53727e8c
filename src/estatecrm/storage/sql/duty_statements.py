"""What is asked of the duties' tables."""

from typing import Final

from attrs import frozen
from sqlalchemy import BindParameter, bindparam, literal_column, or_, select, update

from estatecrm.storage.sql.schema import Tables
from estatecrm.storage.sql.statements import Compiler, ListStatement, Statement

PLANNED: Final = (
    "key",
    "subject",
    "unit",
    "step",
    "entry",
    "role",
    "assignee",
    "holder",
    "earliest_us",
    "latest_us",
    "zones",
    "reason",
    "open_from",
)
LINE: Final = ("key", "subject", "unit", "step", "entry", "earliest_us", "latest_us", "reason")
CLOSED: Final = ("ended", "ended_zone", "ended_by", "contact", "ended_us")
READ: Final = (
    "key",
    "subject",
    "unit",
    "step",
    "role",
    "assignee",
    "earliest_us",
    "latest_us",
    "zones",
    "reason",
    *CLOSED,
    "version",
)


@frozen
class DutyStatements:
    """The statements on duties."""

    add_new: Statement
    update: Statement
    add_reason: Statement
    get: Statement
    open_for: Statement
    worklist: Statement
    reasons: ListStatement


def duty_statements(tables: Tables, compiler: Compiler) -> DutyStatements:
    """The statements for *tables*."""
    duties, reasons = tables.duties, tables.reasons
    make = compiler.statement
    whole = select(*(duties.c[name] for name in READ))
    soonest = (duties.c.latest_us, duties.c.key)
    return DutyStatements(
        add_new=compiler.adding_new(duties, *PLANNED, "version"),
        update=_update(tables, compiler),
        add_reason=compiler.adding_new(reasons, "digest", "body"),
        get=make(whole.where(duties.c.key == bindparam("of_key")), "of_key"),
        open_for=make(
            whole.where(duties.c.subject == bindparam("of_subject"), duties.c.open_from.is_not(None)).order_by(
                *soonest
            ),
            "of_subject",
        ),
        worklist=make(
            select(*(duties.c[name] for name in LINE))
            .where(
                or_(duties.c.holder == bindparam("theirs"), duties.c.holder == bindparam("anybodys")),
                duties.c.open_from < bindparam("before"),
            )
            .order_by(*soonest),
            "theirs",
            "anybodys",
            "before",
        ),
        reasons=compiler.over_list(select(reasons.c.digest, reasons.c.body), reasons.c.digest),
    )


def _update(tables: Tables, compiler: Compiler) -> Statement:
    duties, replaced = tables.duties, (*PLANNED[1:], *CLOSED)
    values: dict[str, BindParameter[object]] = {name: bindparam(f"new_{name}") for name in replaced}
    return compiler.statement(
        update(duties)
        .values(**values, version=duties.c.version + literal_column("1"))
        .where(duties.c.key == bindparam("of_key"), duties.c.version == bindparam("of_version")),
        *(f"new_{name}" for name in replaced),
        "of_key",
        "of_version",
    )
