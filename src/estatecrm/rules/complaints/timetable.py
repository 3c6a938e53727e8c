"""Every clock and every notice of a complaint under one ruleset, at any moment."""

from collections.abc import Iterator
from datetime import datetime

from attrs import field, frozen
from pendulum import DateTime

from estatecrm.decisions import Condition, Reason
from estatecrm.errors import InvalidFacts
from estatecrm.model import Complaint, Household, MainEquipment, MajorEvent, MajorTrigger, Severity
from estatecrm.model.complaint_events import Classed, Grouped, Promised, Reopened
from estatecrm.rules.complaints.clock import Case, CaseClock, Clock, Reading
from estatecrm.rules.complaints.closing import Breach, Handling
from estatecrm.rules.complaints.escalation import Notice, Rise
from estatecrm.rules.complaints.judging import Grounds
from estatecrm.rules.rulesets import Ruleset

_GENERAL = Severity.GENERAL


@frozen
class Timetable:
    """
    The clocks of complaints under one ruleset.

    Nothing is stored: state, clocks and notices follow from the history of a case each time they are asked for.
    """

    ruleset: Ruleset
    _clocks: tuple[CaseClock, ...] = field(init=False, repr=False, eq=False)
    _known: dict[Grounds, tuple[Severity, tuple[Condition, ...]]] = field(
        factory=dict, init=False, repr=False, eq=False
    )

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_clocks", tuple(self.ruleset.complaints.clocks()))

    def case(self, complaint: Complaint) -> Case:
        """*complaint* judged: how grave it is, since when, and on what grounds."""
        grounds = Grounds(nth=1 + len(complaint.earlier))
        severity, because = self._judged(grounds)
        since = complaint.intake.us if severity is Severity.MAJOR else None
        if since is None:
            for moment, found in _growing(complaint, grounds):
                severity, because = self._judged(found)
                if severity is Severity.MAJOR:
                    since = moment
                    break
        return Case(complaint, severity, since, because)

    def readings(self, case: Case) -> list[Reading]:
        """Every clock of *case* as integers, in the order of the rules."""
        counting = self.ruleset.counting
        return [reading for rule in self._clocks for reading in rule.readings(case, counting)]

    def clocks(self, complaint: Complaint, at: datetime) -> tuple[Clock, ...]:
        """Every clock of *complaint* at the moment *at*, soonest due first; what happened later is not known yet."""
        known = complaint.as_of(_moment(at))
        readings = sorted(self.readings(self.case(known)), key=lambda each: each.due)
        return tuple(each.rule.clock(each, at, self.ruleset.counting) for each in readings)

    def next_due(self, complaint: Complaint, at: datetime) -> Clock | None:
        """The open clock that is due first: of several targets the earliest wins."""
        return next((clock for clock in self.clocks(complaint, at) if clock.open), None)

    def handling(self, complaint: Complaint, at: datetime) -> Handling:
        """How *complaint* was handled up to *at*: what was missed, and how often it was opened again (F-22)."""
        now = self.ruleset.counting.moment_us(at)
        known = complaint.as_of(_moment(at))
        missed = (each for each in self.readings(self.case(known)) if each.breached_by(now))
        breaches = tuple(Breach(each.rule.entry.id, known.department) for each in missed)
        return Handling(breaches, len(known.reopenings))

    def broken_promises(self, complaint: Complaint, at: datetime) -> tuple[Promised, ...]:
        """The promises not kept by their day, each with who gave it (F-50)."""
        now, rule = self.ruleset.counting.moment_us(at), self.ruleset.complaints.promise
        known = complaint.as_of(_moment(at))
        readings = rule.readings(self.case(known), self.ruleset.counting)
        pairs = zip(known.of(Promised), readings, strict=True)
        return tuple(promise for promise, reading in pairs if reading.breached_by(now))

    def rises(self, readings: list[Reading]) -> Iterator[Rise]:
        """Every rung of every clock."""
        ladder, counting = self.ruleset.complaints.ladder, self.ruleset.counting
        return (rise for reading in readings for rise in ladder.rises(reading, counting))

    def schedule(self, complaint: Complaint) -> tuple[Notice, ...]:
        """
        Every notice of *complaint*, past and to come, if nothing more happens; the earliest first.

        A host keeps these with an open case and sends each key once. A case that has ended has none.
        """
        if complaint.ended:
            return ()
        ladder, counting = self.ruleset.complaints.ladder, self.ruleset.counting
        rises = [rise for rise in self.rises(self.readings(self.case(complaint))) if rise.pending]
        return tuple(
            ladder.notice(rise, counting) for rise in sorted(rises, key=lambda each: (each.goes_out, each.key))
        )

    def notices(self, complaint: Complaint, at: datetime) -> tuple[Notice, ...]:
        """The notices that must be out by *at*."""
        return tuple(each for each in self.schedule(complaint.as_of(_moment(at))) if each.goes_out <= at)

    def upcoming(self, complaint: Complaint, at: datetime) -> tuple[Notice, ...]:
        """Who will be told after *at*, if nothing more happens."""
        return tuple(each for each in self.schedule(complaint.as_of(_moment(at))) if each.goes_out > at)

    def next_moment(self, complaint: Complaint, at: datetime) -> DateTime | None:
        """
        The next moment at which anything about *complaint* changes by itself: a notice or a due moment.

        None once it has ended.
        """
        now = self.ruleset.counting.moment_us(at)
        known = complaint.as_of(_moment(at))
        if known.ended:
            return None
        readings = self.readings(self.case(known))
        moments = [each.due for each in readings if each.stopped_by is None and each.due > now]
        moments += [rise.goes_out for rise in self.rises(readings) if rise.pending and rise.goes_out > now]
        return self.ruleset.counting.time.local.moment(min(moments)) if moments else None

    def why(self, complaint: Complaint, notice: Notice) -> Reason:
        """
        Why *notice* goes out, to whom and when.

        Raises:
            InvalidFacts: the ruleset gives *complaint* no such notice.
        """
        for rise in self.rises(self.readings(self.case(complaint))):
            if rise.key == notice.key:
                return self.ruleset.complaints.ladder.explain(rise, self.ruleset.counting)
        raise InvalidFacts(f"complaint {complaint.id} has no notice {notice.key} under {self.ruleset.name}")

    def _judged(self, grounds: Grounds) -> tuple[Severity, tuple[Condition, ...]]:
        known = self._known.get(grounds)
        if known is None:
            decision = self.ruleset.complaints.severity.classify(grounds)
            met = tuple(condition for condition in decision.conditions if condition.met)
            known = self._known[grounds] = (decision.outcome or _GENERAL, met)
        return known


def _growing(complaint: Complaint, grounds: Grounds) -> Iterator[tuple[int, Grounds]]:
    """What was known of the matter after each happening that adds to it."""
    events: tuple[MajorEvent, ...] = ()
    triggers: tuple[MajorTrigger, ...] = ()
    equipment: MainEquipment | None = None
    households: frozenset[Household] = frozenset()
    nth = grounds.nth
    for each in complaint.history:
        if isinstance(each, Classed):
            events, triggers = (*events, *each.events), (*triggers, *each.triggers)
            equipment = each.equipment or equipment
        elif isinstance(each, Grouped):
            households |= frozenset(each.households)
        elif isinstance(each, Reopened):
            nth += 1
        else:
            continue
        yield each.us, Grounds(events, equipment, triggers, max(len(households), 1), nth)


def _moment(at: datetime) -> DateTime:
    if isinstance(at, DateTime):
        return at
    if at.tzinfo is None:
        raise InvalidFacts("a moment needs a time zone")
    return DateTime.instance(at)
