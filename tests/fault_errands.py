"""Every writing errand of the desks, on an office in the middle of its work: what the faults are done to."""

import datetime as dt
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pendulum

from estatecrm.clock import FixedClock
from estatecrm.desks import Office, open_office
from estatecrm.exchange.newcomers import DraftNewcomer
from estatecrm.exchange.reading import Draft, read_drafts
from estatecrm.model import (
    Acting,
    CallbackChannel,
    CallbackSatisfaction,
    Candidate,
    ChangeState,
    Contact,
    ContactKind,
    Customer,
    IntentGrade,
    Member,
    Purpose,
)
from estatecrm.model.points import PointsEvent
from estatecrm.model.points_requests import Award, Redemption
from estatecrm.policy import Role
from estatecrm.storage import Store
from estatecrm.values import Points, yuan

CLERK = Acting("zhao", Purpose.MAINTENANCE)
CONSULTANT = Acting("chen", Purpose.FOLLOW_UP)
MANAGER = Acting("qian", Purpose.ADMINISTRATION)
STRANGER = Acting("nobody", Purpose.FOLLOW_UP)
FIRST, SECOND, THIRD = "LH2025030001", "LH2025030002", "LH2025030003"


def office(store: Store, day: int = 3) -> Office:
    return open_office(store, clock=FixedClock(pendulum.datetime(2025, 3, day, 11, tz="Asia/Shanghai")))


def newcomer(name: str = "甄试样") -> Customer:
    return Customer(code="", project="LH", name=name, consultant="chen", first_contact=dt.date(2025, 3, 3))


def prepare(store: Store) -> None:
    """An office with staff and three customers: one graded, one with a change to decide, one who has signed."""
    desk = office(store)
    for member in (
        Member("zhao", "赵样一", Role.INFO_SPECIALIST),
        Member("chen", "陈样二", Role.PROPERTY_CONSULTANT),
        Member("qian", "钱样四", Role.SALES_MANAGER),
        Member("wu", "吴样六", Role.SERVICE_SPECIALIST),
    ):
        desk.staff.enrol(CLERK, member).expect()
    for name in ("甄试样", "贾试样", "易试样"):
        desk.customers.open_file(CONSULTANT, newcomer(name)).expect()
    desk.customers.grade(CONSULTANT, FIRST, IntentGrade.B).expect()
    desk.customers.report_change(CONSULTANT, SECOND, "phones", "14400000009").expect()
    for move in ("subscribe", "sign"):
        desk.customers.move(CONSULTANT, THIRD, move, "3-1201").expect()
    award(desk, "contract 1")


def award(desk: Office, cause: str) -> None:
    desk.loyalty.award(
        CLERK, Award(member=THIRD, event=PointsEvent.PURCHASE, cause=cause, price=yuan(2_000_000))
    ).expect()


@cache
def newcomers() -> tuple[DraftNewcomer, ...]:
    lines = [f"样本{number},1440000{number:04},B,陈样二,2025-03-01,教师" for number in range(4)]
    lines.append("贾试样,14400000003,A,陈样二,2025-03-02,医生")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "客户.csv"
        path.write_text("\n".join(["客户姓名,手机,意向等级,置业顾问,首访日期,职业", *lines]), encoding="utf-8-sig")
        drafts = [draft for draft in read_drafts(path, today=dt.date(2025, 3, 3)) if isinstance(draft, Draft)]
    return tuple(DraftNewcomer.of(draft) for draft in drafts)


def spoken() -> Contact:
    return Contact(
        id="k1",
        customer=FIRST,
        kind=ContactKind.CALLBACK,
        at=pendulum.datetime(2025, 3, 10, 11, tz="Asia/Shanghai"),
        by="chen",
        channel=CallbackChannel.PHONE,
        satisfaction=CallbackSatisfaction.SATISFIED,
    )


def redemption() -> Redemption:
    return Redemption(member=THIRD, points=Points(7), cause="fee", key="r1")


ERRANDS: Final[dict[str, Callable[[Store], object]]] = {
    "enrol": lambda store: office(store).staff.enrol(CLERK, Member("sun", "孙样三", Role.PROPERTY_CONSULTANT)).expect(),
    "open_file": lambda store: office(store).customers.open_file(CONSULTANT, newcomer("何试样")).expect(),
    "report_change": lambda store: (
        office(store).customers.report_change(CONSULTANT, FIRST, "occupation", "教师").expect()
    ),
    "decide_change": lambda store: (
        office(store).customers.decide_change(CLERK, SECOND, 1, ChangeState.APPLIED).expect()
    ),
    "grade": lambda store: office(store).customers.grade(CONSULTANT, SECOND, IntentGrade.A).expect(),
    "move": lambda store: office(store).customers.move(CONSULTANT, FIRST, "subscribe", "5-0802").expect(),
    "allocate": lambda store: (
        office(store).customers.allocate(MANAGER, FIRST, (Candidate("wu", 44, 120), Candidate("li", 40))).expect()
    ),
    "take_in": lambda store: office(store).intake.take_in(CLERK, newcomers(), project="LH").expect(),
    "plan": lambda store: office(store, 20).callbacks.plan(MANAGER).expect(),
    "record": lambda store: (
        office(store, 10).callbacks.record(CONSULTANT, f"C-09/{FIRST}/2025-03-03", spoken()).expect()
    ),
    "award": lambda store: award(office(store), "contract 2"),
    "redeem": lambda store: office(store).loyalty.redeem(CLERK, redemption()).expect(),
    "refused": lambda store: office(store).customers.read(STRANGER, FIRST).unmet[0],
}
"""By name; each changes something, if only the log, and does the same every time."""
