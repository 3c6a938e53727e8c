"""Records to keep: invented, and as full as the model allows."""

from datetime import date
from decimal import Decimal

import pendulum
from attrs import evolve
from pendulum import DateTime

from estatecrm.decisions import Condition, Planned, Reason, Step, Subject
from estatecrm.model import (
    AgedOn,
    Attempt,
    CallbackChannel,
    CallbackSatisfaction,
    CallbackTopic,
    Change,
    ChangeState,
    Contact,
    ContactKind,
    Customer,
    DecisionStage,
    Errand,
    Grading,
    IntentGrade,
    LeadSource,
    Member,
    Need,
    PurchaseStatus,
    Purpose,
    TieEnd,
    TopicNote,
    UnitTie,
)
from estatecrm.policy import CORE, Entry, Role
from estatecrm.values import (
    IMMEDIATE,
    BusinessHours,
    ClockHours,
    Gender,
    IdentityKind,
    IdentityNumber,
    NaturalDays,
    Phone,
    Points,
    Range,
    WorkingDays,
    percent,
    square_metres,
    yuan,
)

NOON = pendulum.datetime(2025, 3, 5, 12, tz="Asia/Shanghai")
"""The middle of the samples' day."""


def at(hours: int) -> DateTime:
    """The moment *hours* after `NOON`."""
    return NOON.add(hours=hours)


_NEEDS = (
    Need(date(2025, 1, 2), Range(square_metres("88.50"), None), "三房两厅", Range(None, yuan("3000000.00"))),
    Need(date(2025, 2, 3)),
)
_TIES = (
    UnitTie(
        "1-101", PurchaseStatus.SIGNED, date(2025, 1, 5), date(2025, 1, 9), None, TieEnd.RETURNED, date(2025, 2, 1)
    ),
    UnitTie("1-102", PurchaseStatus.SUBSCRIBED, date(2025, 2, 5)),
    UnitTie("1-103", PurchaseStatus.MOVED_IN, None, None, date(2025, 2, 6)),
)
_CHANGES = (
    Change(1, "address", "旧", "新", "gu-1", at(-30), ChangeState.APPLIED, "fu-1", at(-20)),
    Change(2, "name", "旧", "新", "gu-1", NOON),
)


def plain(code: str) -> Customer:
    """A customer of whom little is known."""
    return Customer(code=code, project="XY", name="样本甲")


def full(code: str) -> Customer:
    """A customer with something in every field."""
    return Customer(
        code=code,
        project="XY",
        name="欧阳𠮷野 ",
        gender=Gender.FEMALE,
        age=AgedOn(41, date(2024, 2, 29)),
        phones=(phone(1), Phone("+862055555555;ext=802")),
        identity=IdentityNumber("H00000000", IdentityKind.HOME_RETURN_PERMIT),
        occupation="“老师”\\u0000",
        address="一号楼\t二单元",
        source=LeadSource.FRIEND_REFERRAL,
        introducer="XY000001",
        needs=_NEEDS,
        grades=(Grading(date(2025, 1, 2), IntentGrade.B), Grading(date(2025, 2, 3), IntentGrade.A)),
        stage=DecisionStage.DEPOSIT,
        overlays=(DecisionStage.PROBLEM, DecisionStage.SPECIAL_OFFER),
        ties=_TIES,
        wanted_unit="1-104",
        consultant="gu-1",
        specialist="fu-1",
        collector="gu-2",
        first_contact=date(2024, 12, 31),
        first_visit=date(2025, 1, 2),
        file_opened=date(2025, 1, 1),
        last_contact=date(2025, 2, 3),
        last_callback=date(2025, 2, 4),
        allocated_on=date(2025, 1, 3),
        dossier_on=date(2025, 1, 4),
        buyer=False,
        changes=_CHANGES,
        note="第一行\n第二行",
        marks=("kit:1", "kit:2"),
    )


def phone(number: int) -> Phone:
    """A mobile number in a series no operator has."""
    return Phone(f"+8610000{number:06}")


def kept_by(code: str, consultant: str) -> Customer:
    """A customer of *consultant*."""
    return evolve(plain(code), consultant=consultant)


def entry() -> Entry:
    """An entry for reasons to cite."""
    return Entry.of("KIT-01", "样本条目", CORE, "000 §1.1; 002")


def full_reason() -> Reason:
    """A reason that speaks of every kind of value."""
    values = (
        ("text", "𠮷 ' \" \\ 行\n"),
        ("number", -(10**18)),
        ("flag", True),
        ("nothing", None),
        ("decimal", Decimal("1.50")),
        ("day", date(2024, 2, 29)),
        ("moment", NOON),
        ("yuan", yuan("-0.05")),
        ("points", Points(-3)),
        ("area", square_metres("88.80")),
        ("rate", percent("0.5")),
        ("limits", (NaturalDays(3), WorkingDays(5), ClockHours("1.5"), BusinessHours.of_seconds(61), IMMEDIATE)),
        ("member", PurchaseStatus.SIGNED),
        ("nested", ((), ("a", (1,)))),
    )
    conditions = (
        Condition("kit.met", met=True, entry="KIT-01", values=values),
        Condition("kit.unmet", met=False, entry="KIT-02"),
    )
    return Reason("KitRule", entry(), "2025", conditions, (Step("kit.step", NOON, values),), provisional=True)


def planned(
    step: str, begins: int = 0, ends: int = 24, *, role: Role = Role.PROPERTY_CONSULTANT, rule: str = "KitRule"
) -> Planned:
    """A duty from *begins* to *ends* hours after `NOON`."""
    return Planned(step, role, at(begins), at(ends), Reason(rule, entry(), "2025"))


def subject(code: str, consultant: str = "", unit: str = "") -> Subject:
    """Somebody a duty is addressed to."""
    return Subject(code, unit, consultant)


def contact(name: str, customer: str, hours: int = 0) -> Contact:
    """A contact with *customer*, full in every field, *hours* after `NOON`."""
    return Contact(
        id=name,
        customer=customer,
        kind=ContactKind.CALLBACK,
        at=at(hours),
        by="gu-1",
        channel=CallbackChannel.PHONE,
        duty="KIT-01/A/x",
        satisfaction=CallbackSatisfaction.SATISFIED,
        topics=(TopicNote(CallbackTopic.OPINIONS, "很好"), TopicNote(CallbackTopic.PROBLEMS, "")),
        cause="原因",
        suggestion="建议",
        note="记录",
    )


def member(name: str) -> Member:
    """A member of staff."""
    return Member(name, "样本乙", Role.PROPERTY_CONSULTANT, active=False, ability=80)


def attempt(name: str, hours: int = 0) -> Attempt:
    """A line of the access log about *name*."""
    return Attempt(
        at(hours),
        "gu-1",
        Role.SALES_REP,
        Errand.IMPORT,
        Purpose.INTAKE,
        name,
        granted=False,
        unmet=("access.role",),
        entry="K-15",
        edition="2025",
        count=3,
    )
