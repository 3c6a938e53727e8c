"""Complaints for tests: a day of March 2025 (the third is a Monday), and a case walked through its life."""

import pendulum

from estatecrm.decisions import Decision
from estatecrm.model import (
    CallbackSatisfaction,
    CauseNature,
    Complaint,
    ComplaintCategory,
    ComplaintChannel,
    Happening,
    Intake,
    ReplyKind,
)
from estatecrm.model.complaint_events import (
    Accepted,
    CalledBack,
    Chosen,
    Investigated,
    Judged,
    Proposed,
    Replied,
    Routed,
    Signed,
    Solved,
)
from estatecrm.policy import Department, Role
from estatecrm.rules.complaints.clock import Clock
from estatecrm.rules.complaints.steps import advanced
from estatecrm.rules.complaints.timetable import Timetable
from estatecrm.rules.rulesets import DEVELOPER, Ruleset

COMPLAINTS, COUNTING = DEVELOPER.complaints, DEVELOPER.counting
TIMES = Timetable(DEVELOPER)


def at(day: int, hour: int = 0, minute: int = 0, *, month: int = 3, year: int = 2025) -> pendulum.DateTime:
    return pendulum.datetime(year, month, day, hour, minute, tz="Asia/Shanghai")


def received(
    when: pendulum.DateTime | None = None,
    *history: Happening,
    number: str = "TS-1",
    unit: str = "2-0301",
    category: ComplaintCategory | None = ComplaintCategory.POOR_QUALITY,
    channel: ComplaintChannel = ComplaintChannel.PHONE,
    earlier: tuple[str, ...] = (),
    **more,
) -> Complaint:
    intake = Intake(received_at=when or at(3, 10), unit=unit, category=category, channel=channel, **more)
    return Complaint(id=number, intake=intake, earlier=earlier, history=history)


def step(complaint: Complaint, happening: Happening, ruleset: Ruleset = DEVELOPER) -> Decision[Complaint]:
    return advanced(ruleset.complaints, ruleset.counting, complaint, happening)


def walked(*happenings: Happening, start: Complaint | None = None) -> Complaint:
    """A complaint that took every step of *happenings*, each of them granted."""
    complaint = start or received()
    for happening in happenings:
        complaint = step(complaint, happening).expect()
    return complaint


def solved_case() -> Complaint:
    """Received on Monday the third at ten, solved on the tenth at five, with every paper."""
    return walked(
        Accepted(at=at(3, 10, 10), by="Li"),
        Routed(at=at(3, 11), by="Li", department=Department.ENGINEERING),
        Judged(at=at(3, 15), by="Li", founded=True, agreed_by=at(6).date()),
        Investigated(
            at=at(5, 10), by="Zhou", cause="pipe joint", nature=CauseNature.SERVICE, handler=Role.SERVICE_SPECIALIST
        ),
        Proposed(at=at(5, 11), by="Zhou", options=("renew", "seal")),
        Chosen(at=at(5, 16), by="Wu", option="renew"),
        Replied(at=at(5, 17), by="Li", kind=ReplyKind.PLAN),
        Signed(at=at(6, 9), by="Li"),
        Solved(at=at(10, 17), by="Zhou"),
        start=received(content="leak"),
    )


def content(when: pendulum.DateTime) -> CalledBack:
    return CalledBack(at=when, by="Li", satisfaction=CallbackSatisfaction.SATISFIED)


def unhappy(when: pendulum.DateTime) -> CalledBack:
    return CalledBack(at=when, by="Li", satisfaction=CallbackSatisfaction.DISSATISFIED)


def clock(complaint: Complaint, key: str, when: pendulum.DateTime | None = None, times: Timetable = TIMES) -> Clock:
    """The clock called *key* (entry and step) of *complaint*, looked at late unless told otherwise."""
    entry, _, step_of = key.partition("/")
    wanted = f"{entry}/{complaint.id}/{step_of or '1'}"
    (found,) = [each for each in times.clocks(complaint, when or at(30)) if each.key == wanted]
    return found


def has_clock(complaint: Complaint, key: str, times: Timetable = TIMES) -> bool:
    entry, _, step_of = key.partition("/")
    wanted = f"{entry}/{complaint.id}/{step_of or '1'}"
    return any(each.key == wanted for each in times.clocks(complaint, at(30)))


def unmet(decision: Decision[Complaint]) -> list[str]:
    return [condition.code for condition in decision.unmet]
