"""The errand: a customer pays a deposit for a unit."""

from sqlalchemy.orm import Session

from estatecrm import Acting, Office, open_office
from estatecrm.decisions import Decision
from estatecrm.model import Customer
from estatecrm.storage.sql import lend_driver
from sqlalchemy_app.database import PREFIX
from sqlalchemy_app.models import Deposit


def lent_office(session: Session) -> Office:
    """An office in the transaction of *session*, for as long as that lasts; the library never ends it."""
    connection = session.connection()
    driver = connection.connection.driver_connection
    assert driver is not None, "a connection that was given back lends nothing"
    return open_office(lend_driver(driver, connection.dialect.name, prefix=PREFIX))


def take_deposit(session: Session, acting: Acting, code: str, unit: str, yuan: int) -> Decision[Customer]:
    """
    Write the deposit and subscribe *code* to *unit*; whoever began the session commits both, or neither.

    A refusal is an answer and no exception: the deposit stays, unbooked, and the attempt is in the access log.
    """
    deposit = Deposit(customer=code, unit=unit, yuan=yuan)
    session.add(deposit)
    decision = lent_office(session).customers.move(acting, code, "subscribe", unit)
    deposit.booked = decision.granted
    return decision
