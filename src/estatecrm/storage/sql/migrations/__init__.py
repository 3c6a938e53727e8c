"""The revisions of the schema, run by Alembic on a connection it is lent."""
