"""What if: past cases replayed under two rulesets, and what would have come out differently."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TypeVar

from attrs import Factory, define, field, frozen
from pendulum import DateTime

from estatecrm.model import Complaint, ComplaintCategory, Severity
from estatecrm.policy import Department, Role
from estatecrm.rules.complaints.timetable import Timetable
from estatecrm.rules.rulesets import Ruleset

K = TypeVar("K")


@frozen
class Replay:
    """How one case comes out under one ruleset: how grave, which clocks were missed, who would have been told."""

    severity: Severity
    breaches: tuple[str, ...]
    """The rulebook entries of the clocks missed, one for each."""
    told: tuple[Role, ...]
    """Everybody who would have got a notice, one for each."""


@frozen
class CaseDifference:
    """A case that comes out differently."""

    complaint: str
    category: ComplaintCategory | None
    department: Department | None
    before: Replay
    after: Replay


@define
class Sums:
    """What adds up over all cases under one ruleset; the counts by category and department are breaches."""

    cases: int = 0
    breached_cases: int = 0
    major: int = 0
    breaches: Counter[str] = Factory(Counter)
    notices: Counter[Role] = Factory(Counter)
    by_category: Counter[ComplaintCategory | None] = Factory(Counter)
    by_department: Counter[Department | None] = Factory(Counter)

    def add(self, complaint: Complaint, replay: Replay) -> None:
        """Count one case in."""
        self.cases += 1
        self.major += replay.severity is Severity.MAJOR
        if replay.breaches:
            self.breached_cases += 1
            self.breaches.update(replay.breaches)
            self.by_category[complaint.category] += len(replay.breaches)
            self.by_department[complaint.department] += len(replay.breaches)
        self.notices.update(replay.told)


@frozen
class Comparison:
    """Past cases under two rulesets: the sums under each, and every case that differs."""

    before: Sums
    after: Sums
    differences: tuple[CaseDifference, ...] = field(repr=False)

    @property
    def breaches(self) -> dict[str, int]:
        """By how many breaches each rulebook entry changes; entries that stay the same are left out."""
        return _changes(self.before.breaches, self.after.breaches)

    @property
    def notices(self) -> dict[Role, int]:
        """By how many notices each role changes."""
        return _changes(self.before.notices, self.after.notices)

    @property
    def by_category(self) -> dict[ComplaintCategory | None, int]:
        """By how many breaches each category changes."""
        return _changes(self.before.by_category, self.after.by_category)

    @property
    def by_department(self) -> dict[Department | None, int]:
        """By how many breaches each department changes."""
        return _changes(self.before.by_department, self.after.by_department)


@frozen
class Moved:
    """A clock of an open case whose due moment moves; None where there was, or will be, no such clock."""

    complaint: str
    clock: str
    before: DateTime | None
    after: DateTime | None


def replay(timetable: Timetable, complaint: Complaint, until: datetime) -> Replay:
    """How *complaint* comes out under the ruleset of *timetable*, looked at the moment *until*."""
    return _replay(timetable, complaint, timetable.ruleset.counting.moment_us(until))


def whatif(cases: Iterable[Complaint], before: Ruleset, after: Ruleset, *, until: datetime) -> Comparison:
    """
    Replay *cases* under both rulesets and compare them; what is still open is looked at the moment *until*.

    Cases are read once, in their order; only those that differ are kept.
    """
    old, new = Timetable(before), Timetable(after)
    at = before.counting.moment_us(until)
    one, other = Sums(), Sums()
    differences = []
    for complaint in cases:
        was, will = _replay(old, complaint, at), _replay(new, complaint, at)
        one.add(complaint, was)
        other.add(complaint, will)
        if was != will:
            difference = CaseDifference(complaint.id, complaint.category, complaint.department, was, will)
            differences.append(difference)
    return Comparison(one, other, tuple(differences))


def moved(cases: Iterable[Complaint], before: Ruleset, after: Ruleset) -> Iterator[Moved]:
    """
    Every open clock of an open case that moves when the ruleset or its calendar is changed on purpose.

    A case otherwise keeps the edition it began under.
    """
    old, new = Timetable(before), Timetable(after)
    for complaint in cases:
        if complaint.ended:
            continue
        was, will = _open_dues(old, complaint), _open_dues(new, complaint)
        for key in dict.fromkeys((*was, *will)):
            if was.get(key) != will.get(key):
                yield Moved(complaint.id, key, was.get(key), will.get(key))


def _open_dues(timetable: Timetable, complaint: Complaint) -> dict[str, DateTime]:
    moment = timetable.ruleset.counting.time.local.moment
    readings = timetable.readings(timetable.case(complaint))
    return {each.key: moment(each.due) for each in readings if each.stopped_by is None}


def _replay(timetable: Timetable, complaint: Complaint, at: int) -> Replay:
    case = timetable.case(complaint)
    readings = timetable.readings(case)
    told = [role for rise in timetable.rises(readings) if rise.stands and rise.goes_out <= at for role in rise.tell]
    return Replay(
        case.severity,
        tuple(each.rule.entry.id for each in readings if each.breached_by(at)),
        tuple(told),
    )


def _changes(before: Counter[K], after: Counter[K]) -> dict[K, int]:
    found = {each: after[each] - before[each] for each in dict.fromkeys((*before, *after))}
    return {each: change for each, change in found.items() if change}
