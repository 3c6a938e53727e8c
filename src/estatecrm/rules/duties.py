"""Shapes that answer in duties: `Deadline` (one, once) and `Cadence` (one after another)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar, Generic, TypeVar, final

from attrs import frozen
from pendulum import DateTime

from estatecrm.decisions import Condition, Duty, Planned, Reason, Step, Subject
from estatecrm.errors import InvalidFacts
from estatecrm.policy import Role
from estatecrm.rules.base import Rule
from estatecrm.rules.conventions import Counting
from estatecrm.rules.parameters import ours
from estatecrm.values import NaturalDays, TimeLimit

F = TypeVar("F")


@frozen
class Beat:
    """One stroke of a rhythm: what *step* it is, from when and within what limit it is counted."""

    step: str
    start: date
    """A day, or an aware moment."""
    within: TimeLimit


@frozen(slots=False)
class Deadline(Rule, Generic[F], shape=True):
    """
    Something that must be done once, within a limit from a moment.

    The duty may be done from its start on.
    """

    within: ClassVar[TimeLimit]

    def conditions(self, facts: F, /) -> Iterator[Condition]:
        """When the duty exists: always."""
        yield from ()

    def starts_at(self, facts: F, /) -> date:
        """From when the limit counts: a day in the office's zone, or an aware moment."""
        raise NotImplementedError

    def limit(self, facts: F, /) -> TimeLimit:
        """The limit that applies: *within*."""
        return self.within

    def responsible(self, facts: F, /) -> Role:
        """Whose duty it is."""
        raise NotImplementedError

    def occasion(self, day: date, /) -> str:
        """What tells the duty from others under the same entry: the day it counts from."""
        return day.isoformat()

    @final
    def plan(self, facts: F, counting: Counting, /) -> tuple[Planned, ...]:
        """The duty the facts give rise to, or none."""
        conditions = tuple(self.conditions(facts))
        if not all(condition.met for condition in conditions):
            return ()
        start = self.starts_at(facts)
        beat = Beat(self.occasion(counting.day_of(start)), start, self.limit(facts))
        opens = counting.moment(start)
        return (_planned(self, beat, counting, conditions, self.responsible(facts), opens),)

    @final
    def duties(self, facts: F, subject: Subject, counting: Counting, /) -> tuple[Duty, ...]:
        """The duty towards *subject*, or none."""
        return tuple(planned.address(subject) for planned in self.plan(facts, counting))

    @final
    def lateness(self, facts: F, done: date, counting: Counting, /) -> TimeLimit | None:
        """By how much *done* came too late, in the unit of the limit; None if it was in time."""
        return counting.overrun(self.limit(facts), self.starts_at(facts), done)


@frozen(slots=False)
class Cadence(Rule, Generic[F], shape=True):
    """
    Something to be done again and again, or on several days.

    A stroke may be done from the opening of its due day, less *lead*.
    """

    lead: ClassVar[NaturalDays] = ours(NaturalDays(0), "a rhythm names the day itself; who wants notice sets a lead")

    def conditions(self, facts: F, /) -> Iterator[Condition]:
        """When the rhythm runs: always."""
        yield from ()

    def beats(self, facts: F, /) -> Iterator[Beat]:
        """The strokes that the facts call for now."""
        yield from ()

    def responsible(self, facts: F, /) -> Role:
        """Whose duty it is."""
        raise NotImplementedError

    @final
    def plan(self, facts: F, counting: Counting, /) -> tuple[Planned, ...]:
        """The strokes the facts call for, soonest first."""
        conditions = tuple(self.conditions(facts))
        if not all(condition.met for condition in conditions):
            return ()
        role = self.responsible(facts)
        planned = (
            _planned(self, beat, counting, conditions, role, _opening(counting, beat, self.lead))
            for beat in self.beats(facts)
        )
        return tuple(sorted(planned, key=lambda duty: duty.latest))

    @final
    def duties(self, facts: F, subject: Subject, counting: Counting, /) -> tuple[Duty, ...]:
        """The duties towards *subject*, soonest first."""
        return tuple(planned.address(subject) for planned in self.plan(facts, counting))


def day_of(day: date | None) -> date:
    """*day*, which the conditions have shown to be known."""
    if day is None:
        raise InvalidFacts("this rhythm starts on a day that is not known; its conditions should have said so")
    return day


def _opening(counting: Counting, beat: Beat, lead: NaturalDays) -> DateTime:
    due = counting.due(beat.within, beat.start)
    return counting.moment(counting.last_day(due) - timedelta(days=lead.days))


def _planned(
    rule: Rule, beat: Beat, counting: Counting, because: tuple[Condition, ...], role: Role, opens: DateTime
) -> Planned:
    due = counting.due(beat.within, beat.start)
    working = (
        Step("duty.counted_from", beat.start),
        Step("duty.limit", counting.meaning(beat.within), (("word", beat.within),)),
        Step("duty.latest", due.moment, (("last_day", counting.last_day(due)), ("assumed_years", due.assumed_years))),
    )
    reason = Reason(rule.name(), rule.entry, rule.edition, because, working, due.provisional)
    return Planned(beat.step, role, opens, due.moment, reason)
