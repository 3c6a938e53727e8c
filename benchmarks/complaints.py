"""
Complaints: classing and clocking against the same conditions as plain method calls, and a replay under two rulesets.

Run: python benchmarks/complaints.py [cases]

The plain contender answers yes or no and one integer a clock, explains nothing and can be changed by nobody; its due
moments are compared with ours before anything is timed. Ratios within one run, medians of seven.
"""

import random
import sys
from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter
from typing import ClassVar

import pendulum

from estatecrm.calendars import OfficeTime, end_of_us
from estatecrm.model import (
    CallbackSatisfaction,
    Complaint,
    ComplaintCategory,
    Intake,
    MajorEvent,
    MajorTrigger,
    ReplyKind,
)
from estatecrm.model.complaint_events import (
    Accepted,
    CalledBack,
    Classed,
    Closed,
    Happening,
    Replied,
    Routed,
    Solved,
    Told,
)
from estatecrm.policy import Department, Role
from estatecrm.rules.complaints.clocks import FirstReply
from estatecrm.rules.complaints.timetable import Timetable
from estatecrm.rules.complaints.whatif import replay, whatif
from estatecrm.rules.rulesets import DEVELOPER
from estatecrm.values import ClockHours, NaturalDays, TimeLimit, WorkingDays

ROUNDS = 7
TIMES = Timetable(DEVELOPER)
UNTIL = pendulum.datetime(2025, 12, 31, tz="Asia/Shanghai")
FIRST = pendulum.datetime(2025, 1, 6, 9, tz="Asia/Shanghai")


class Plain:
    """What one writes by hand for one company: the same questions, as plain methods over the same history."""

    def __init__(self, complaint: Complaint, office: OfficeTime) -> None:
        self.complaint, self.office = complaint, office
        self.major = self.is_major()

    def is_major(self) -> bool:
        return self.has_event() or self.is_collective() or self.has_trigger() or self.is_repeated()

    def has_event(self) -> bool:
        return any(event is not MajorEvent.COLLECTIVE for each in self.complaint.of(Classed) for event in each.events)

    def is_collective(self) -> bool:
        return len(self.complaint.households) >= 3

    def has_trigger(self) -> bool:
        return any(each.triggers for each in self.complaint.of(Classed))

    def is_repeated(self) -> bool:
        return self.complaint.nth >= 2

    def due(self, limit: TimeLimit, start: Happening | Intake) -> int:
        return end_of_us(self.office, limit, start.us)

    def told(self, *roles: Role) -> bool:
        return all(any(each.role is role for each in self.complaint.of(Told)) for role in roles)

    def done(self, kind: type[Happening]) -> bool:
        return self.complaint.first(kind) is not None or self.complaint.first(Solved) is not None

    def clocks(self) -> list[tuple[int, bool]]:
        complaint = self.complaint
        found = [
            (self.due(ClockHours.of_minutes(30), complaint.intake), self.done(Accepted)),
            (self.due(NaturalDays(2), complaint.intake), self.done(Replied)),
            (self.due(NaturalDays(0), complaint.intake), self.told(Role.DEPARTMENT_MANAGER) or self.done(Solved)),
        ]
        accepted, routed = complaint.first(Accepted), complaint.first(Routed)
        if accepted:
            found.append((self.due(WorkingDays(1), accepted), self.done(Routed)))
        if routed:
            found.append((self.due(NaturalDays(0), routed), self.done(Replied)))
            found.append((self.due(NaturalDays(3 if self.major else 7), routed), self.done(Replied)))
        for solved in complaint.of(Solved):
            found.append((self.due(WorkingDays(1), solved), self.done(CalledBack)))
            found.append((self.due(NaturalDays(3), solved), self.done(CalledBack)))
            found.append((self.due(ClockHours(24), solved), self.told(Role.GROUP_CUSTOMER_SERVICE)))
        if self.major:
            found += self.major_clocks()
        return found

    def major_clocks(self) -> Iterator[tuple[int, bool]]:
        classed, warned = self.complaint.of(Classed)[0], self.complaint.told(Role.BRAND_DIVISION, 0)
        yield self.due(ClockHours(1), classed), self.told(Role.DEPARTMENT_MANAGER, Role.CENTER_LEADER)
        yield self.due(NaturalDays(0), classed), self.done(Replied)
        yield self.due(ClockHours(24), classed), self.told(Role.BRAND_DIVISION, Role.LEGAL)
        if warned:
            yield self.due(WorkingDays(1), warned), self.told(Role.OPS_VP, Role.CEO)
        yield self.due(ClockHours(1), classed), self.told(Role.DEPARTMENT_MANAGER, Role.GENERAL_MANAGER)
        yield self.due(ClockHours(24), classed), False


class InADay(FirstReply):
    """The first call within 24 hours."""

    within: ClassVar[TimeLimit] = ClockHours(24)


def past_cases(count: int) -> list[Complaint]:
    """*count* closed cases of one year, made from a seed; one in ten is major."""
    random_ = random.Random(7)
    return [one_case(number, random_) for number in range(count)]


def one_case(number: int, random_: random.Random) -> Complaint:
    at = FIRST.add(minutes=random_.randrange(400_000))
    later = sorted(random_.randrange(60, 12_000) for _ in range(4))
    triggers = (MajorTrigger.BLOCKADE,) if number % 10 == 0 else ()
    moments = [at.add(minutes=minutes) for minutes in later]
    history = (
        Accepted(at=at.add(minutes=10)),
        Classed(at=at.add(minutes=10), triggers=triggers),
        Told(at=at.add(minutes=20), role=Role.DEPARTMENT_MANAGER),
        Routed(at=at.add(minutes=40), department=random_.choice(list(Department))),
        Replied(at=moments[0], kind=ReplyKind.PLAN),
        Solved(at=moments[1]),
        CalledBack(at=moments[2], satisfaction=CallbackSatisfaction.SATISFIED),
        Closed(at=moments[3]),
    )
    intake = Intake(received_at=at, unit=f"{number}", category=random_.choice(list(ComplaintCategory)))
    return Complaint(id=f"TS-{number}", intake=intake, history=history)


def cost(work: Callable[[], object]) -> float:
    """Seconds of *work*: the median of several rounds."""
    rounds = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        work()
        rounds.append(perf_counter() - begun)
    return median(rounds)


def once(work: Callable[[], object]) -> float:
    """Seconds of *work*, run once: it is long enough."""
    begun = perf_counter()
    work()
    return perf_counter() - begun


def line(what: str, ours: float, theirs: float, goal: str) -> None:
    print(f"{what:58} {ours:10.3f} {theirs:10.3f} {ours / theirs:8.2f} x   {goal}")


def classing_and_clocking(cases: list[Complaint]) -> None:
    office = DEVELOPER.counting.time
    for case in cases:
        ours = sorted(each.due for each in TIMES.readings(TIMES.case(case)))
        assert ours == sorted(due for due, _ in Plain(case, office).clocks()), case
    explained = cost(lambda: [TIMES.readings(Timetable(DEVELOPER).case(case)) for case in cases])
    plain = cost(lambda: [Plain(case, office).clocks() for case in cases])
    count = len(cases) / 1e6
    line("classing and clocking, every condition kept, us a case", explained / count, plain / count, "<= 10 x plain")
    shared = cost(lambda: [TIMES.readings(TIMES.case(case)) for case in cases])
    line("the same, like grounds judged once", shared / count, plain / count, "")


def replays(count: int) -> None:
    # Each has cases nobody has looked at before: what a case keeps of its history is made at the first look.
    cases = past_cases(count)
    single = once(lambda: [replay(TIMES, case, UNTIL) for case in cases])
    cases = past_cases(count)
    double = once(lambda: whatif(cases, DEVELOPER, DEVELOPER.using(InADay()), until=UNTIL))
    line(f"whatif of {count:,} cases under two rulesets, s", double, single, "<= 2.2 x one replay")


def main(count: int) -> None:
    print(f"{'':58} {'ours':>10} {'theirs':>10}")
    classing_and_clocking(past_cases(500))
    replays(count)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
