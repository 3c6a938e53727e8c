"""
A 售楼 system that has run for years: its own SQLite schema, Chinese names of tables and columns, its own numbers.

Nothing of it is altered or moved. `Customers` and `Staff` of the library are laid over its tables 客户 and 员工;
contacts, duties and the access log stand in tables of the library's own, in the same file and the same transaction.

============== ===================================================================
`counter`      the pretend old program, which knows nothing of the library
`schema`       its tables, and the ones put beside them with their triggers
`columns`      which column holds which field, and who is right if they differ
`rows`         the only place that runs a statement on these tables
`customers`    `Customers` over 客户
`staff`        `Staff` over 员工
`store`        the session and the store
============== ===================================================================

Run ``python -m legacy_sales_system`` in this folder's parent; tests/examples runs the whole storage kit on it.
"""
