"""A deposit is taken, and another one is refused."""

import os
import tempfile
from contextlib import closing
from pathlib import Path

import django
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client

from django_app.apps import PREFIX
from estatecrm import Acting, Customer, Member, Purpose, Role, open_office
from estatecrm.storage import open_store


def set_up(place: Path) -> str:
    """Start Django on the file at *place*, with two members of staff and a customer; answers the customer's code."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "django_app.settings"
    django.setup()
    connection.close()
    connection.settings_dict["NAME"] = str(place)
    call_command("migrate", run_syncdb=True, verbosity=0)
    with closing(open_store(f"sqlite:///{place}", prefix=PREFIX)) as store:
        office, qian = open_office(store), Acting("qian", Purpose.INTAKE)
        office.staff.enrol(qian, Member("qian", "钱样", Role.SALES_MANAGER)).expect()
        office.staff.enrol(qian, Member("zhou", "周样", Role.FRONT_DESK)).expect()
        return office.customers.open_file(qian, Customer(code="", project="LH", name="样本甲")).expect().code


def main(place: Path) -> None:
    """Take two deposits on the database file at *place*, and print the answers."""
    code = set_up(place)
    mail.outbox = []
    for who, unit in (("qian", "3-1201"), ("zhou", "3-1202")):
        form = {"customer": code, "unit": unit, "yuan": "20000", "who": who}
        answer = Client().post("/deposits", form).json()
        print(f"{who} takes a deposit for {unit}:", "booked" if answer["booked"] else "not booked")
        print(*answer["why"], sep="\n")
    print("Mail:", *(message.subject for message in mail.outbox))
    connection.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(Path(folder) / "sales.db")
