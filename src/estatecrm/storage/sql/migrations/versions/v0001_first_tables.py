"""The first tables. A statement that was carried out before an interruption is passed over."""

from alembic import op
from sqlalchemy import BigInteger, Column

from estatecrm.storage.sql.schema import OPTIONS, count_type, key_type, text_type

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade(prefix: str, schema: str | None) -> None:
    """Customers and what points to them, contacts, duties with their reasons, staff, access log."""

    def table(name: str, *columns: "Column[str] | Column[int]", sqlite_autoincrement: bool = False) -> None:
        op.create_table(
            f"{prefix}{name}",
            *columns,
            schema=schema,
            if_not_exists=True,
            sqlite_autoincrement=sqlite_autoincrement,
            **OPTIONS,
        )

    def index(name: str, over: str, *columns: str) -> None:
        op.create_index(f"{prefix}{name}_{over}", f"{prefix}{name}", list(columns), schema=schema, if_not_exists=True)

    table("customers", *_customers())
    index("customers", "consultant", "consultant", "code")
    index("customers", "wants", "wants", "code")
    index("customers", "pending", "pending")
    table("match_keys", _key("number"), _key("code"))
    index("match_keys", "code", "code")
    table("sequences", _key("prefix"), _number("taken"))
    table("contacts", _key("id"), _short("customer"), _number("at_us"), _text("body"))
    index("contacts", "customer", "customer", "at_us", "id")
    table("duties", *_duties())
    index("duties", "holder", "holder", "open_from")
    index("duties", "subject", "subject", "open_from")
    table("reasons", _key("digest"), _text("body"))
    table("staff", _key("id"), _text("body"), _number("version"))
    table(
        "access_log",
        Column("seq", count_type(), primary_key=True, autoincrement=True),
        _number("at_us"),
        _short("actor"),
        _text("body"),
        sqlite_autoincrement=True,
    )


def _customers() -> "list[Column[str] | Column[int]]":
    return [
        _key("code"),
        _short("project"),
        _text("name"),
        _text("phone"),
        _short("grade"),
        _short("status"),
        _short("consultant"),
        _short("specialist"),
        Column("wants", key_type(128), nullable=True),
        Column("pending", BigInteger(), nullable=True),
        _text("standings"),
        _text("body"),
        _number("version"),
    ]


def _duties() -> "list[Column[str] | Column[int]]":
    return [
        _key("key", 400),
        *(_short(name) for name in ("subject", "unit", "step", "entry", "role", "assignee")),
        _short("holder", 129),
        _number("earliest_us"),
        _number("latest_us"),
        _short("zones"),
        _short("reason"),
        Column("open_from", BigInteger(), nullable=True),
        *(Column(name, key_type(128), nullable=True) for name in ("ended", "ended_zone", "ended_by", "contact")),
        Column("ended_us", BigInteger(), nullable=True),
        _number("version"),
    ]


def _key(name: str, length: int = 128) -> Column[str]:
    return Column(name, key_type(length), primary_key=True)


def _short(name: str, length: int = 128) -> Column[str]:
    return Column(name, key_type(length), nullable=False)


def _text(name: str) -> Column[str]:
    return Column(name, text_type(), nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, BigInteger(), nullable=False)
