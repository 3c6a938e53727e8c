"""
An asynchronous FastAPI application that asks the library's rules directly, and runs its errands in threads.

A rule does no input or output and is quick, so asynchronous code calls it like any other function, with facts that
it awaited from its own storage. A desk waits for a database, so its errands go to a thread, and nobody else waits.

============== ===================================================================
`leads`        the application's own asynchronous storage
`rules`        three questions answered by rules alone: what follows, which class, may I
`errands`      errands of the desks, each in a thread
`app`          the application, and which "no" becomes which status
============== ===================================================================

Run ``python -m fastapi_app`` in this folder's parent; tests/examples asks the application in the same process.
"""
