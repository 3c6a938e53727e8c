"""Alembic's entry: runs the revisions on the connection it is lent, inside the transaction that is open there."""

from alembic import context

from estatecrm.storage.sql.schema import version_table

lent = context.config.attributes
context.configure(
    connection=lent["connection"],
    version_table=version_table(lent["prefix"]),
    version_table_schema=lent["schema"],
)
context.run_migrations(prefix=lent["prefix"], schema=lent["schema"])
