"""
A Django application that shares its connection and its transaction with the library.

A customer pays a deposit: the receipt is a row of the application, the subscription and the line in the access log are
the library's. Both stand in one database and commit together, because the errand runs over Django's own connection
inside `transaction.atomic`; a message goes out only when they are kept.

============== ===================================================================
`settings`     the settings, all in one file
`models`       the application's own table
`apps`         puts the library's tables beside it when Django migrates
`office`       the library's desks, in Django's transaction
`views`        the errand
============== ===================================================================

Run ``python -m django_app`` in this folder's parent; tests/examples shows that both sides keep or lose together.
"""
