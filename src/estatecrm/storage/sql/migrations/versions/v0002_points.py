"""Points: the entries of the ledger, and the account of each member."""

from alembic import op
from sqlalchemy import BigInteger, Column

from estatecrm.storage.sql.schema import OPTIONS, key_type, text_type

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade(prefix: str, schema: str | None) -> None:
    """Entries by member and number, each key once; accounts by member, and by when something falls due."""

    def table(name: str, *columns: "Column[str] | Column[int]") -> None:
        op.create_table(f"{prefix}{name}", *columns, schema=schema, if_not_exists=True, **OPTIONS)

    table(
        "points_accounts",
        Column("member", key_type(128), primary_key=True),
        *(Column(name, BigInteger(), nullable=False) for name in ("number", "day", "debt", "shortfall")),
        Column("lots", text_type(), nullable=False),
        Column("due", BigInteger(), nullable=True),
        Column("held", BigInteger(), nullable=False),
    )
    table(
        "points_entries",
        Column("member", key_type(128), primary_key=True),
        Column("number", BigInteger(), primary_key=True, autoincrement=False),
        *(Column(name, BigInteger(), nullable=False) for name in ("day", "points", "debt", "shortfall")),
        *(Column(name, text_type(), nullable=False) for name in ("parts", "body")),
        Column("key", key_type(400), nullable=False),
    )
    for name, over, unique in (("points_accounts", "due", False), ("points_entries", "key", True)):
        op.create_index(
            f"{prefix}{name}_{over}", f"{prefix}{name}", [over], schema=schema, unique=unique, if_not_exists=True
        )
