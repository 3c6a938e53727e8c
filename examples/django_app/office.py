"""The library's desks, in whatever transaction Django is in."""

from django.db import connection

from django_app.apps import PREFIX
from estatecrm import Office, open_office
from estatecrm.storage.sql import lend_driver


def lent_office() -> Office:
    """
    An office over Django's connection: open one inside ``transaction.atomic`` and let it go with the block.

    The library neither commits nor rolls back; Django does.
    """
    connection.ensure_connection()
    return open_office(lend_driver(connection.connection, connection.vendor, prefix=PREFIX))
