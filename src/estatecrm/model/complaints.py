"""Complaints: what came in and what happened to it since. Everything else about a complaint is derived from that."""

from functools import cached_property
from itertools import pairwise
from typing import TypeVar

from attrs import evolve, field, frozen
from pendulum import DateTime

from estatecrm.calendars import microseconds_of
from estatecrm.errors import InvalidFacts
from estatecrm.model.complaint_classes import (
    ComplaintCategory,
    ComplaintChannel,
    ComplaintSource,
    ComplaintState,
    GroupType,
    HoldReason,
    Submission,
)
from estatecrm.model.complaint_events import (
    Classed,
    Closed,
    Grouped,
    Happening,
    Held,
    Household,
    Merged,
    Reopened,
    Resumed,
    Routed,
    Told,
    Withdrawn,
)
from estatecrm.policy import Department, Role

H = TypeVar("H", bound=Happening)


@frozen(kw_only=True)
class Intake:
    """
    What was taken down when a complaint came in (F-03); the hall and the call centre use the same fields.

    *against* is the member of staff complained about, who is shut out of every step (F-06).

    Raises:
        InvalidFacts: *received_at* has no time zone.
    """

    received_at: DateTime
    taken_by: str = ""
    taker: Role | None = None
    channel: ComplaintChannel | None = None
    source: ComplaintSource | None = None
    submission: Submission = Submission.COMPLAINT
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    content: str = field(default="", repr=False)
    project: str = ""
    unit: str = ""
    customer: str = ""
    against: str = ""
    category: ComplaintCategory | None = None
    us: int = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "us", microseconds_of(self.received_at))


@frozen
class Hold:
    """A stretch on hold, in microseconds since 1970: until it was resumed, or as long as it may last at most."""

    start: int
    end: int
    reason: HoldReason


@frozen(kw_only=True, slots=False)
class Complaint:
    """
    One complaint and its history, oldest first.

    *edition* names the ruleset it began under and stays under. *earlier* are the complaints on the same matter
    before it.

    Raises:
        InvalidFacts: something happened before the receipt, out of order, or while a hold makes it impossible.
    """

    id: str
    intake: Intake
    edition: str = ""
    earlier: tuple[str, ...] = ()
    history: tuple[Happening, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.history and self.history[0].us < self.intake.us:
            raise self._too_early(self.history[0])
        for one, other in pairwise(self.history):
            if other.us < one.us:
                raise InvalidFacts(f"{_what(other)} of complaint {self.id} lies before {_what(one)}: order the history")

    def after(self, *happenings: Happening) -> "Complaint":
        """
        This complaint once *happenings* have happened too.

        Raises:
            InvalidFacts: as above; of holds, one inside another, or an end of none.
        """
        grown = evolve(self, history=(*self.history, *happenings))
        if any(isinstance(one, (Held, Resumed)) for one in happenings):
            _ = grown.holds
        return grown

    def allow_only_later(self, happening: Happening) -> None:
        """
        Let pass what may come next.

        Raises:
            InvalidFacts: *happening* lies before the receipt, or before what happened last.
        """
        if happening.us < self.intake.us:
            raise self._too_early(happening)
        if self.history and happening.us < self.history[-1].us:
            raise InvalidFacts(
                f"{_what(happening)} of complaint {self.id} lies before {_what(self.history[-1])}, which is recorded"
            )

    def as_of(self, moment: DateTime) -> "Complaint":
        """This complaint as it was known at *moment*."""
        at = microseconds_of(moment)
        if not self.history or self.history[-1].us <= at:
            return self
        return evolve(self, history=tuple(each for each in self.history if each.us <= at))

    def of(self, kind: type[H]) -> tuple[H, ...]:
        """Everything of *kind* that happened, oldest first."""
        found: tuple[H, ...] = self._by_kind.get(kind, ())  # type: ignore[assignment]  # a table from a type to its own
        return found

    def first(self, kind: type[H], since: int | None = None) -> H | None:
        """The first of *kind*, from the moment *since* (microseconds since 1970) on."""
        found = self.of(kind)
        if since is None:
            return found[0] if found else None
        return next((each for each in found if each.us >= since), None)

    def last(self, kind: type[H]) -> H | None:
        """The last of *kind*."""
        found = self.of(kind)
        return found[-1] if found else None

    def told(self, role: Role, since: int) -> Told | None:
        """When *role* was first told, from *since* on."""
        return next((each for each in self.of(Told) if each.role is role and each.us >= since), None)

    @cached_property
    def state(self) -> ComplaintState:
        """Where it stands."""
        for happening in reversed(self.history):
            if happening.leads_to is not None:
                return happening.leads_to
        return ComplaintState.RECEIVED

    @property
    def ended(self) -> bool:
        """Whether it is closed, withdrawn or merged: nothing is to be done any more."""
        return self.state.ended

    @cached_property
    def end(self) -> Happening | None:
        """What ended it, if it is ended."""
        if not self.ended:
            return None
        return next(each for each in reversed(self.history) if isinstance(each, (Closed, Withdrawn, Merged)))

    @cached_property
    def holds(self) -> tuple[Hold, ...]:
        """
        Every stretch on hold, oldest first.

        Raises:
            InvalidFacts: a hold begins inside another, or one ends that never began.
        """
        found: list[Hold] = []
        running: Held | None = None
        for each in self.history:
            if isinstance(each, Held):
                if running is not None and each.us < running.until_us:
                    raise InvalidFacts(f"complaint {self.id} is on hold already: resume it first")
                if running is not None:
                    found.append(Hold(running.us, running.until_us, running.reason))
                running = each
            elif isinstance(each, Resumed) or (running is not None and each.leads_to in _ENDS):
                if running is None or (isinstance(each, Resumed) and each.us > running.until_us):
                    raise InvalidFacts(f"complaint {self.id} is not on hold: there is nothing to resume")
                if each.us > running.us:
                    found.append(Hold(running.us, min(each.us, running.until_us), running.reason))
                running = None
        if running is not None:
            found.append(Hold(running.us, running.until_us, running.reason))
        return tuple(found)

    def held_at(self, moment: int) -> Hold | None:
        """The hold in which *moment* (microseconds since 1970) lies."""
        return next((hold for hold in self.holds if hold.start <= moment < hold.end), None)

    @property
    def reopenings(self) -> tuple[Reopened, ...]:
        """Each time it was opened again."""
        return self.of(Reopened)

    @property
    def nth(self) -> int:
        """The how-manieth complaint on the matter it is; an opening again counts as another (F-18)."""
        return 1 + len(self.earlier) + len(self.reopenings)

    @property
    def category(self) -> ComplaintCategory | None:
        """What it is about, as found last."""
        found = [each.category for each in self.of(Classed) if each.category is not None]
        return found[-1] if found else self.intake.category

    @property
    def department(self) -> Department | None:
        """The department that has it."""
        routed = self.last(Routed)
        return routed.department if routed else None

    @property
    def handler(self) -> str:
        """The member of staff who has it, if one is named."""
        routed = self.last(Routed)
        return routed.to if routed else ""

    @property
    def households(self) -> tuple[Household, ...]:
        """The households of a collective complaint, each once."""
        return tuple(dict.fromkeys(each for group in self.of(Grouped) for each in group.households))

    @property
    def group(self) -> GroupType | None:
        """How they hang together, as judged last."""
        found = [each.group for each in self.of(Grouped) if each.group is not None]
        return found[-1] if found else None

    def _too_early(self, happening: Happening) -> InvalidFacts:
        return InvalidFacts(f"{_what(happening)} of complaint {self.id} lies before its receipt")

    @cached_property
    def _by_kind(self) -> dict[type[Happening], tuple[Happening, ...]]:
        found: dict[type[Happening], tuple[Happening, ...]] = {}
        for each in self.history:
            found[type(each)] = (*found.get(type(each), ()), each)
        return found


_ENDS = frozenset(state for state in ComplaintState if state.ended)


def _what(happening: Happening) -> str:
    return f"{type(happening).__name__} at {happening.at.isoformat()}"
