"""A deposit is kept, another one refused, a third one given up."""

import tempfile
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from estatecrm import Acting, Customer, Member, Purpose, Role, open_office
from estatecrm.storage import open_store
from sqlalchemy_app.database import PREFIX, open_database
from sqlalchemy_app.deposits import take_deposit
from sqlalchemy_app.models import Deposit

QIAN, ZHOU = Acting("qian", Purpose.FOLLOW_UP), Acting("zhou", Purpose.FOLLOW_UP)


def enrol(url: str) -> str:
    """Put two members of staff and a customer, whose code it answers, into the database at *url*."""
    with closing(open_store(url, prefix=PREFIX)) as store:
        office = open_office(store)
        office.staff.enrol(QIAN, Member("qian", "钱样", Role.SALES_MANAGER)).expect()
        office.staff.enrol(QIAN, Member("zhou", "周样", Role.FRONT_DESK)).expect()
        return office.customers.open_file(QIAN, Customer(code="", project="LH", name="样本甲")).expect().code


def main(url: str) -> None:
    """Take three deposits in the database at *url*, and print what is left of them."""
    engine = open_database(url)
    code = enrol(url)
    for acting, unit in ((QIAN, "3-1201"), (ZHOU, "3-1202")):
        with Session(engine) as session, session.begin():
            decision = take_deposit(session, acting, code, unit, 20_000)
            print(unit, "granted" if decision.granted else "refused")
    with suppress(KeyboardInterrupt), Session(engine) as session, session.begin():
        take_deposit(session, QIAN, code, "3-1203", 20_000)
        raise KeyboardInterrupt
    with Session(engine) as session:
        for deposit in session.scalars(select(Deposit).order_by(Deposit.unit)):
            print(deposit.unit, "booked" if deposit.booked else "not booked")
    engine.dispose()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(f"sqlite:///{Path(folder) / 'sales.db'}")
