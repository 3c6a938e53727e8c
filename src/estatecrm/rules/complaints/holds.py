"""When a case may be put on hold, and when its time may be extended."""

from collections.abc import Iterator
from typing import ClassVar

from attrs import frozen
from pendulum import DateTime

from estatecrm.calendars import microseconds_of
from estatecrm.decisions import Condition, Step
from estatecrm.model import Complaint, HoldReason
from estatecrm.model.complaint_events import Extended, Held
from estatecrm.policy import CORE, Entry
from estatecrm.rules.conventions import Counting
from estatecrm.rules.parameters import ours
from estatecrm.rules.shapes import Grant
from estatecrm.values import NaturalDays, TimeLimit


@frozen
class HoldWish:
    """Somebody wants to put a complaint on hold; *counting* is the ruleset's."""

    complaint: Complaint
    held: Held
    counting: Counting


@frozen(slots=False)
class Holding(Grant[HoldWish, DateTime]):
    """
    A case goes on hold for a listed reason, for a bounded time, and never twice at once.

    Outcome: the moment at which the hold ends by itself.

    Source: 000 §4.4, which leaves the time to the company; the customer is told when they hear again (003 P9 (3)).
    """

    entry = Entry.of("F-28", "确定下次回复时间", CORE, "003 P9 (3)")

    reasons: ClassVar[tuple[HoldReason, ...]] = ours(
        tuple(HoldReason), "every reason is recorded; not every one stops a clock"
    )
    longest: ClassVar[TimeLimit] = ours(NaturalDays(30), "a pause that never ends is a case forgotten")

    def conditions(self, facts: HoldWish, /) -> Iterator[Condition]:
        """Open, not on hold, a listed reason, not too long."""
        complaint, held = facts.complaint, facts.held
        yield self.condition("hold.open", not complaint.ended, state=complaint.state)
        yield self.condition("hold.not_on_hold", complaint.held_at(held.us) is None)
        yield self.condition("hold.reason", held.reason in self.reasons, reason=held.reason, reasons=self.reasons)
        latest = facts.counting.due(self.longest, held.at).moment
        yield self.condition("hold.bounded", held.until <= latest, until=held.until, latest=latest)

    def working(self, facts: HoldWish, /) -> Iterator[Step[DateTime]]:
        """The end."""
        yield self.step("hold.until", facts.held.until)


@frozen
class Resumption:
    """Somebody wants to end the hold of a complaint at a moment."""

    complaint: Complaint
    at: DateTime


@frozen(slots=False)
class Resuming(Grant[Resumption, DateTime]):
    """
    Only what is on hold is resumed.

    Source: 003 P9 (3).
    """

    entry = Entry.of("F-28", "确定下次回复时间", CORE, "003 P9 (3)")

    def conditions(self, facts: Resumption, /) -> Iterator[Condition]:
        """On hold at that moment."""
        holds = facts.complaint.holds
        on_hold = bool(holds) and holds[-1].start <= microseconds_of(facts.at) < holds[-1].end
        yield self.condition("hold.on_hold", on_hold)

    def working(self, facts: Resumption, /) -> Iterator[Step[DateTime]]:
        """The moment."""
        yield self.step("hold.resumed", facts.at)


@frozen(slots=False)
class Extending(Grant[Complaint, int]):
    """
    The time for an answer is extended once.

    Source: 000 §4.4.
    """

    entry = Entry.of("F-10", "规定时间内反馈", CORE, "000 §4.4")

    most: ClassVar[int] = ours(1, "an extension that can be repeated is no limit")

    def conditions(self, facts: Complaint, /) -> Iterator[Condition]:
        """Open, and not extended before."""
        yield self.condition("hold.open", not facts.ended, state=facts.state)
        extended = len(facts.of(Extended))
        yield self.condition("extend.once", extended < self.most, extended=extended, most=self.most)

    def working(self, facts: Complaint, /) -> Iterator[Step[int]]:
        """The number of this extension."""
        yield self.step("extend.number", len(facts.of(Extended)) + 1)
