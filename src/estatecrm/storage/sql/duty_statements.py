"""What is asked of the duties' tables."""

from typing import Final

from attrs import frozen
from sqlalchemy import bindparam, literal_column, or_, select, update

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
    line = [
        duties.c[name] for name in ("key", "subject", "unit", "step", "entry", "earliest_us", "latest_us", "reason")
    ]
    replaced = (*PLANNED[1:], *CLOSED)
    return DutyStatements(
        add_new=compiler.adding_new(duties, *PLANNED),
        update=make(
            update(duties)
            .values(
                **{name: bindparam(f"new_{name}") for name in replaced}, version=duties.c.version + literal_column("1")
            )
            .where(duties.c.key == bindparam("of_key"), duties.c.version == bindparam("of_version")),
            *(f"new_{name}" for name in replaced),
            "of_key",
            "of_version",
        ),
        add_reason=compiler.adding_new(reasons, "digest", "body"),
        get=make(whole.where(duties.c.key == bindparam("of_key")), "of_key"),
        open_for=make(
            whole.where(duties.c.subject == bindparam("of_subject"), duties.c.open_from.is_not(None)).order_by(
                duties.c.latest_us, duties.c.key
            ),
            "of_subject",
        ),
        worklist=make(
            select(*line)
            .where(
                or_(duties.c.holder == bindparam("theirs"), duties.c.holder == bindparam("anybodys")),
                duties.c.open_from < bindparam("before"),
            )
            .order_by(duties.c.latest_us, duties.c.key),
            "theirs",
            "anybodys",
            "before",
        ),
        reasons=compiler.over_list(select(reasons.c.digest, reasons.c.body), reasons.c.digest),
    )
