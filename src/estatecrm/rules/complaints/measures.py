"""Shares, rates and alarms over many complaints (F-23, F-24, F-53 to F-55)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from statistics import median
from typing import ClassVar

from attrs import frozen

from estatecrm.calendars import Pause
from estatecrm.decisions import Condition, Item, Step
from estatecrm.model import Complaint, RatedKind, SilentSignal
from estatecrm.model.complaint_events import Happening, Pressed, Replied, Routed, Solved
from estatecrm.policy import SOFT, STD, Entry
from estatecrm.rules.conventions import Counting
from estatecrm.rules.parameters import doc, ours
from estatecrm.rules.shapes import Checklist, Grant
from estatecrm.values import ClockHours, Money, Rate, percent


@frozen
class Aspects:
    """What is counted for the three aspects."""

    channels_proven: int
    channels: int
    on_time: int
    with_cause: int
    cases: int


@frozen(slots=False)
class ThreeAspects(Grant[Aspects, tuple[Rate, ...]]):
    """
    Convenience of the channels, speed and effect of handling, depth of cause analysis.

    Outcome: the three shares, in that order.

    Source: 002 P2 §3.
    """

    entry = Entry.of("F-23", "投诉处理三方面", STD, "002 P2 §3")

    def conditions(self, facts: Aspects, /) -> Iterator[Condition]:
        """There is something to measure."""
        yield self.condition("measure.something", facts.channels > 0 and facts.cases > 0)

    def working(self, facts: Aspects, /) -> Iterator[Step[tuple[Rate, ...]]]:
        """A share for each aspect."""
        shares = (
            Rate.of(facts.channels_proven, facts.channels),
            Rate.of(facts.on_time, facts.cases),
            Rate.of(facts.with_cause, facts.cases),
        )
        yield self.step("measure.aspects", shares)


@frozen
class Effort:
    """What a case cost: hand-offs between departments, hours by the clock, money."""

    handoffs: int
    hours: ClockHours
    cost: Money | None = None


@frozen(slots=False)
class ShortFlatFast(Checklist[Effort]):
    """
    Winning somebody back calls for a short path, low cost and speed; whatever is longer is flagged.

    Source: 002 P2 §3.
    """

    entry = Entry.of("F-24", "短平快", SOFT, "002 P2 §3")

    most_handoffs: ClassVar[int] = ours(2, "two hand-offs are a short path")
    most_hours: ClassVar[ClockHours] = ours(ClockHours(48), "two days mirror F-07")

    def items(self, facts: Effort, /) -> Iterator[Item]:
        """What each case shows."""
        yield self.item("handling_cost", facts.cost)

    def flags(self, facts: Effort, /) -> Iterator[Condition]:
        """Few hand-offs, little time."""
        yield self.condition(
            "measure.handoffs", facts.handoffs <= self.most_handoffs, handoffs=facts.handoffs, most=self.most_handoffs
        )
        yield self.condition("measure.hours", facts.hours <= self.most_hours, hours=facts.hours, limit=self.most_hours)


def effort_of(complaint: Complaint, cost: Money | None = None) -> Effort:
    """The effort of a case: hand-offs after the first routing, and the time from receipt to the last solution."""
    solved = complaint.last(Solved)
    spent = (solved.us - complaint.intake.us) // 1_000_000 if solved else 0
    return Effort(max(len(complaint.of(Routed)) - 1, 0), ClockHours.of_seconds(spent), cost)


@frozen
class Silence:
    """How many complaints were voiced, and signs of those that were not."""

    voiced: int
    signals: tuple[SilentSignal, ...] = ()


@frozen(slots=False)
class HiddenGrievances(Grant[Silence, int]):
    """
    One grievance in ten is voiced; the others show as late payment or coldness, and want a chance to speak.

    Outcome: the estimated number that was not voiced.

    Source: 003 P5 §2.3(2).
    """

    entry = Entry.of("F-53", "未表达的抱怨", STD, "003 P5 §2.3(2)")

    voiced_share: ClassVar[Rate] = doc(percent(10))
    signals: ClassVar[tuple[SilentSignal, ...]] = doc(tuple(SilentSignal))

    def working(self, facts: Silence, /) -> Iterator[Step[int]]:
        """All of them, then those not voiced."""
        total = int((Decimal(facts.voiced) / self.voiced_share.fraction).to_integral_value())
        yield self.step("measure.grievances", total, voiced=facts.voiced)
        yield self.step("measure.hidden", total - facts.voiced)

    def offer_to_speak(self, facts: Silence, /) -> Condition:
        """Whether a customer shows a sign and is offered a chance to speak."""
        found = tuple(each for each in facts.signals if each in self.signals)
        return self.condition("measure.signals", bool(found), signals=found)


@frozen
class Trend:
    """First responses of a period in hours by the clock, and how many complaints came before and now."""

    responses: tuple[ClockHours, ...]
    last: int
    current: int


@frozen(slots=False)
class ResponseLimits(Checklist[Trend]):
    """
    The company limits response time and trend; whatever is over goes before top management.

    Source: 003 P5 §2.3(2).
    """

    entry = Entry.of("F-54", "响应时间与趋势", STD, "003 P5 §2.3(2)")

    median_within: ClassVar[ClockHours] = ours(ClockHours(24), "a day for half of the customers")
    most_rise: ClassVar[Rate] = ours(percent(20), "a fifth is beyond noise")

    def flags(self, facts: Trend, /) -> Iterator[Condition]:
        """The median response, and the rise from month to month."""
        if facts.responses:
            middle = ClockHours.of_seconds(int(median(each.seconds for each in facts.responses)))
            yield self.condition(
                "measure.median", middle <= self.median_within, median=middle, limit=self.median_within
            )
        if facts.last:
            rise = Rate.of(facts.current - facts.last, facts.last)
            yield self.condition("measure.rise", rise <= self.most_rise, rise=rise, most=self.most_rise)


@frozen
class Exposure:
    """How many jobs somebody of a kind handled, and how many of them were complained of."""

    kind: RatedKind
    jobs: int
    complained: int


@frozen(slots=False)
class ComplaintRate(Grant[Exposure, Rate]):
    """
    The monthly rate of complaints by kind of staff: jobs complained of, of jobs handled.

    Source: 004 A4 §3.07.
    """

    entry = Entry.of("F-55", "被投诉率", STD, "004 A4 §3.07")

    kinds: ClassVar[tuple[RatedKind, ...]] = doc(tuple(RatedKind))

    def conditions(self, facts: Exposure, /) -> Iterator[Condition]:
        """A kind that is rated, with jobs to rate."""
        yield self.condition("measure.kind", facts.kind in self.kinds, kind=facts.kind)
        yield self.condition("measure.jobs", facts.jobs > 0, jobs=facts.jobs)

    def working(self, facts: Exposure, /) -> Iterator[Step[Rate]]:
        """The rate."""
        yield self.step("measure.rate", Rate.of(facts.complained, facts.jobs), complained=facts.complained)


@frozen
class HandlingTimes:
    """
    How long a case took.

    *exchanges* are the waits from a customer's word to the reply that followed; *resolution* runs from receipt to the
    last solution, whenever the case was closed after it. Time the customer took is not the office's.
    """

    exchanges: tuple[ClockHours, ...]
    resolution: ClockHours | None
    office_time: ClockHours | None

    @property
    def average_response(self) -> ClockHours | None:
        """The mean wait, to the second; None without an exchange."""
        if not self.exchanges:
            return None
        return ClockHours.of_seconds(sum(each.seconds for each in self.exchanges) // len(self.exchanges))


def handling_times(complaint: Complaint) -> HandlingTimes:
    """How long *complaint* took, by the clock on the wall."""
    waits = _waits(complaint)
    solved = complaint.last(Solved)
    if solved is None:
        return HandlingTimes(waits, None, None)
    whole = (solved.us - complaint.intake.us) // 1_000_000
    office = sum(each.seconds for each in waits)
    return HandlingTimes(waits, ClockHours.of_seconds(whole), ClockHours.of_seconds(office))


def resolution_in_office_time(complaint: Complaint, counting: Counting, pauses: Sequence[Pause] = ()) -> int | None:
    """Seconds of open time from receipt to the last solution, pauses taken out; None if it is not solved."""
    solved = complaint.last(Solved)
    if solved is None:
        return None
    return counting.time.business.elapsed(complaint.intake.received_at, solved.at, pauses=pauses).seconds


def _waits(complaint: Complaint) -> tuple[ClockHours, ...]:
    asked: int | None = complaint.intake.us
    found: list[int] = []
    for each in complaint.history:
        if isinstance(each, Pressed) and asked is None:
            asked = each.us
        elif _answers(each) and asked is not None:
            found.append((each.us - asked) // 1_000_000)
            asked = None
    return tuple(ClockHours.of_seconds(each) for each in found)


def _answers(happening: Happening) -> bool:
    return isinstance(happening, (Replied, Solved))
