"""${message}."""

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade(prefix: str, schema: str | None) -> None:
    """Say what becomes of the tables."""
    ${upgrades if upgrades else "raise NotImplementedError"}
