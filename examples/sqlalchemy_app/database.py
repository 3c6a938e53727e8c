"""The application's database: its engine and tables, with the library's tables beside them."""

import sqlite3

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from estatecrm.storage import upgrade
from sqlalchemy_app.models import Base

PREFIX = "crm_"
"""What the library's tables begin with, among those of the application."""


def open_database(url: str) -> Engine:
    """An engine on the database at *url*, where both sides' tables are up to date."""
    engine = create_engine(url)
    if make_url(url).get_backend_name() == "sqlite":
        # Python's sqlite3 begins a transaction only before the first change; here SQLAlchemy begins it.
        event.listen(engine, "connect", leave_transactions_alone)
        event.listen(engine, "begin", begin_to_write)
    Base.metadata.create_all(engine)
    upgrade(url, prefix=PREFIX)
    return engine


def leave_transactions_alone(connection: sqlite3.Connection, _: object) -> None:
    """The driver begins nothing by itself."""
    connection.isolation_level = None


def begin_to_write(connection: Connection) -> None:
    """A transaction that reads first and writes later is told "locked" if another one was faster."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
