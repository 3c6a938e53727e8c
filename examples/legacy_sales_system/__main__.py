"""Somebody comes to the old counter; the library finds them, grades them and says when to call back."""

import tempfile
from datetime import date
from pathlib import Path

from estatecrm import Acting, FixedClock, Purpose, open_office
from estatecrm.messages import language
from estatecrm.model import IntentGrade
from legacy_sales_system.counter import enter_clerk, enter_customer, found_system, read_customer
from legacy_sales_system.store import LegacyStore


def main(place: Path) -> None:
    """Work a little with the database file at *place*, and print what there is to see."""
    found_system(place)
    enter_clerk(place, "gu", "顾样", "置业顾问")
    enter_clerk(place, "zhao", "赵样", "信息专员")
    number = enter_customer(place, "样本甲", "154 0000 0001", "gu", "2025-03-05")
    print(f"The counter enters customer {number}.")

    office = open_office(LegacyStore(place), clock=FixedClock.on(date(2025, 3, 5)))
    gu, zhao = Acting("gu", Purpose.FOLLOW_UP), Acting("zhao", Purpose.MAINTENANCE)
    graded = office.customers.grade(gu, f"old-{number}", IntentGrade.A).expect()
    print(f"The library grades {graded.code}, whom {graded.consultant} looks after:")
    for todo in office.callbacks.today(gu, on=date(2025, 3, 8)).expect():
        duty = office.callbacks.explain(gu, todo.line.key).expect()
        print(*language("en").explain_duty(duty), sep="\n")

    office.customers.report_change(zhao, graded.code, "phones", "15400000002")
    print("The counter shows", *read_customer(place, number))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(Path(folder) / "sales.db")
