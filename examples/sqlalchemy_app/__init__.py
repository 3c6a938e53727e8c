"""
A SQLAlchemy application that lends the library the connection its session is on.

A customer pays a deposit: the application's row, mapped by its own model, and the library's subscription commit or
roll back together, because the errand runs on the session's connection and the library never commits there.

============== ===================================================================
`models`       the application's own model
`database`     its engine and its tables, with the library's beside them
`deposits`     the errand, and the desks over the session's connection
============== ===================================================================

Run ``python -m sqlalchemy_app`` in this folder's parent; tests/examples does so on SQLite and PostgreSQL.
"""
