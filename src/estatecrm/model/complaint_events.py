"""
What can happen to a complaint: dated, written once, never changed.

A complaint's state is whatever its happenings make of it. *move* names the step in the life cycle a happening takes;
happenings without one are notes that move nothing.
"""

from datetime import date
from typing import ClassVar

from attrs import Factory, field, frozen
from pendulum import DateTime

from estatecrm.calendars import microseconds_of
from estatecrm.errors import InvalidFacts
from estatecrm.model.classes import CallbackSatisfaction
from estatecrm.model.complaint_classes import (
    CauseNature,
    CauseOrigin,
    ComplaintCategory,
    ComplaintState,
    GeneralKind,
    GroupType,
    HoldReason,
    MainEquipment,
    MajorEvent,
    MajorTrigger,
    MakeGoodKind,
    ReplyKind,
    ReplyMeans,
    SanctionPart,
)
from estatecrm.policy import Department, Role
from estatecrm.values import Money


@frozen(kw_only=True)
class Happening:
    """
    Something happened at an aware moment, brought about by a member of staff; *us* is the moment since 1970.

    Raises:
        InvalidFacts: *at* has no time zone.
    """

    move: ClassVar[str] = ""
    leads_to: ClassVar[ComplaintState | None] = None

    at: DateTime
    by: str = ""
    us: int = field(
        init=False, eq=False, repr=False, default=Factory(lambda self: microseconds_of(self.at), takes_self=True)
    )


@frozen(kw_only=True)
class Accepted(Happening):
    """Accepted, with its row in the complaint register (F-04)."""

    move: ClassVar[str] = "accept"
    leads_to: ClassVar[ComplaintState | None] = ComplaintState.ACCEPTED


@frozen(kw_only=True)
class Verified(Happening):
    """The complainant's data was looked up (F-05)."""

    matches: bool


@frozen(kw_only=True)
class Classed(Happening):
    """What was found about the matter; later findings come on top of earlier ones (F-02, F-30, F-31, F-35)."""

    category: ComplaintCategory | None = None
    kind: GeneralKind | None = None
    events: tuple[MajorEvent, ...] = ()
    equipment: MainEquipment | None = None
    triggers: tuple[MajorTrigger, ...] = ()


@frozen(kw_only=True)
class Routed(Happening):
    """Handed to a department, and to a member of it where one is named (F-09)."""

    move: ClassVar[str] = "route"
    leads_to: ClassVar[ComplaintState | None] = ComplaintState.ROUTED

    department: Department
    to: str = ""
    role: Role | None = None


@frozen(kw_only=True)
class Begun(Happening):
    """The department took up its investigation (F-10)."""


@frozen(kw_only=True)
class Judged(Happening):
    """Founded, with the time for investigation agreed with the customer; or unfounded, with the reply (F-11)."""

    move: ClassVar[str] = "judge"
    leads_to: ClassVar[ComplaintState | None] = ComplaintState.JUDGED

    founded: bool
    agreed_by: date | None = None
    reply: str = field(default="", repr=False)


@frozen(kw_only=True)
class Investigated(Happening):
    """The real cause, the person responsible and who handles it (F-12, F-57)."""

    move: ClassVar[str] = "investigate"
    leads_to: ClassVar[ComplaintState | None] = ComplaintState.INVESTIGATED

    cause: str = field(repr=False)
    nature: CauseNature | None = None
    responsible: str = ""
    handler: Role | None = None
    origin: CauseOrigin = CauseOrigin.INSIDE
    measures: tuple[str, ...] = field(default=(), repr=False)


@frozen(kw_only=True)
class Proposed(Happening):
    """Different solutions were put up (F-13)."""

    move: ClassVar[str] = "propose"
    leads_to: ClassVar[ComplaintState | None] = ComplaintState.PROPOSED

    options: tuple[str, ...] = field(repr=False)


@frozen(kw_only=True)
class Chosen(Happening):
    """A leader picked a solution; *preferred* is the customer's (F-13, F-51). *reason* explains a departure."""

    move: ClassVar[str] = "choose"
    leads_to: ClassVar[ComplaintState | None] = ComplaintState.CHOSEN

    option: str = field(repr=False)
    preferred: str = field(default="", repr=False)
    reason: str = field(default="", repr=False)


@frozen(kw_only=True)
class CustomerAccepted(Happening):
    """The customer was told and accepts; the signature is still to come (F-14)."""

    move: ClassVar[str] = "agree"
    leads_to: ClassVar[ComplaintState | None] = ComplaintState.AWAITING_SIGNATURE


@frozen(kw_only=True)
class Signed(Happening):
    """The customer signed (F-14)."""

    move: ClassVar[str] = "sign_plan"
    leads_to: ClassVar[ComplaintState | None] = ComplaintState.SIGNED


@frozen(kw_only=True)
class Replied(Happening):
    """
    The customer was told something (F-07, F-28, F-29, F-33).

    *next_reply* is the day on which they hear again, *household* the unit addressed in a collective case.
    """

    kind: ReplyKind
    means: ReplyMeans = ReplyMeans.PHONE
    next_reply: date | None = None
    household: str = ""
    text: str = field(default="", repr=False)


@frozen(kw_only=True)
class Pressed(Happening):
    """The customer asked again."""


@frozen(kw_only=True)
class Told(Happening):
    """Somebody inside was told (F-08, F-32, F-36 to F-38, F-40, F-41)."""

    role: Role


@frozen(kw_only=True)
class Held(Happening):
    """
    On hold until resumed, and never longer than to *until*.

    Raises:
        InvalidFacts: *until* is no aware moment after *at*.
    """

    reason: HoldReason
    until: DateTime
    until_us: int = field(
        init=False, eq=False, repr=False, default=Factory(lambda self: microseconds_of(self.until), takes_self=True)
    )

    def __attrs_post_init__(self) -> None:
        if self.until_us <= self.us:
            raise InvalidFacts("a hold ends after it begins: name a later moment until which it lasts at most")


@frozen(kw_only=True)
class Resumed(Happening):
    """The hold is over."""


@frozen(kw_only=True)
class Extended(Happening):
    """The time for the answer was extended, once, for a written reason."""

    reason: str = field(repr=False)


@frozen(kw_only=True)
class Negotiated(Happening):
    """A settlement was tried (F-44)."""


@frozen(kw_only=True)
class MadeGood(Happening):
    """Something was paid or given, approved by somebody in *approved_by* (F-43, F-58)."""

    amount: Money
    approved_by: Role
    kind: MakeGoodKind = MakeGoodKind.COMPENSATION


@frozen(kw_only=True)
class Promised(Happening):
    """Something was promised by a day (F-50)."""

    what: str
    until: date


@frozen(kw_only=True)
class PromiseKept(Happening):
    """What was promised was done."""

    what: str


@frozen(kw_only=True)
class Convened(Happening):
    """The crisis team met (F-38)."""

    leader: Role


@frozen(kw_only=True)
class Solved(Happening):
    """Handling is complete; the customer knows the result."""

    move: ClassVar[str] = "solve"
    leads_to: ClassVar[ComplaintState | None] = ComplaintState.SOLVED

    result: str = field(default="", repr=False)


@frozen(kw_only=True)
class FeedbackGathered(Happening):
    """The customer's reaction to what was carried out (F-15)."""

    satisfaction: CallbackSatisfaction | None = None


@frozen(kw_only=True)
class CalledBack(Happening):
    """A callback on the result (F-18)."""

    move: ClassVar[str] = "call_back"
    leads_to: ClassVar[ComplaintState | None] = ComplaintState.CALLED_BACK

    satisfaction: CallbackSatisfaction


@frozen(kw_only=True)
class Sanctioned(Happening):
    """Somebody was sanctioned in a founded case (F-16)."""

    member: str
    part: SanctionPart


@frozen(kw_only=True)
class Summarised(Happening):
    """The handling was summed up (F-17)."""

    proposal: str = field(default="", repr=False)


@frozen
class Household:
    """A household of a collective complaint: its unit and its own complaint."""

    unit: str
    complaint: str = ""


@frozen(kw_only=True)
class Grouped(Happening):
    """Households were brought together in this collective complaint (F-45, F-46)."""

    households: tuple[Household, ...]
    group: GroupType | None = None


@frozen(kw_only=True)
class Merged(Happening):
    """Went into a collective complaint, which is answered for it."""

    move: ClassVar[str] = "merge"
    leads_to: ClassVar[ComplaintState | None] = ComplaintState.MERGED

    parent: str


@frozen(kw_only=True)
class Adopted(Happening):
    """A suggestion was adopted (F-52)."""


@frozen(kw_only=True)
class Closed(Happening):
    """Closed."""

    move: ClassVar[str] = "close"
    leads_to: ClassVar[ComplaintState | None] = ComplaintState.CLOSED


@frozen(kw_only=True)
class Reopened(Happening):
    """Opened again: the customer is dissatisfied, or came back within the time for it (F-18)."""

    move: ClassVar[str] = "reopen"
    leads_to: ClassVar[ComplaintState | None] = ComplaintState.REOPENED

    reason: str = field(default="", repr=False)


@frozen(kw_only=True)
class Withdrawn(Happening):
    """The customer withdrew it."""

    move: ClassVar[str] = "withdraw"
    leads_to: ClassVar[ComplaintState | None] = ComplaintState.WITHDRAWN


def earliest(one: Happening | None, other: Happening | None) -> Happening | None:
    """The earlier of two happenings, either of which may be missing."""
    if one is None or other is None:
        return one or other
    return one if one.us <= other.us else other


def at_of(happening: Happening | None) -> DateTime | None:
    """When it happened, if it did."""
    return None if happening is None else happening.at
