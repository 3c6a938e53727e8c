"""
Records in a SQL database: SQLite, and in principle PostgreSQL and MariaDB, through SQLAlchemy Core.

Importing this package imports SQLAlchemy; `estatecrm.storage.open_store` does so when a database is opened.
"""

from estatecrm.storage.sql.lent import LentStore, lend, lend_driver
from estatecrm.storage.sql.stores import SqlSession, SqlStore

__all__ = ["LentStore", "SqlSession", "SqlStore", "lend", "lend_driver"]
