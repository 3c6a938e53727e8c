"""Who a customer is: the master record (chapters A and B)."""

from datetime import date
from enum import Enum

from attrs import evolve, field, frozen
from pendulum import DateTime

from estatecrm.errors import InvalidFacts
from estatecrm.model.classes import DecisionStage, IntentGrade, LeadSource, PurchaseStatus
from estatecrm.model.standing import StageFacts, Standing
from estatecrm.values import Area, Gender, IdentityNumber, Money, Phone, Range


@frozen
class BornOn:
    """A birth date."""

    day: date

    def age_on(self, day: date) -> int:
        """Completed years on *day*."""
        return day.year - self.day.year - ((day.month, day.day) < (self.day.month, self.day.day))


@frozen
class AgedOn:
    """An age somebody named, and the day on which it was true: a bare age goes stale (A-01)."""

    years: int
    noted_on: date

    def age_on(self, day: date) -> int:
        """The years named plus the completed years since."""
        return self.years + BornOn(self.noted_on).age_on(day)


@frozen
class Need:
    """What the customer is looking for, as noted on a day; None or empty means: not said then (A-02)."""

    noted_on: date
    area: Range[Area] | None = None
    layout: str = ""
    budget: Range[Money] | None = None


@frozen
class Grading:
    """The intent grade given on a day (B-07)."""

    on: date
    grade: IntentGrade


class TieEnd(Enum):
    """How a customer's tie to a unit ended (B-02)."""

    RETURNED = "returned"
    VOIDED = "voided"


@frozen
class UnitTie:
    """A customer's tie to one unit, with the day of each step."""

    unit: str
    status: PurchaseStatus
    subscribed_on: date | None = None
    signed_on: date | None = None
    moved_in_on: date | None = None
    ended: TieEnd | None = None
    ended_on: date | None = None

    @property
    def live(self) -> bool:
        """Whether the tie still holds."""
        return self.ended is None

    @property
    def since(self) -> date | None:
        """The day that brought the present status, if it is known."""
        days = {
            PurchaseStatus.SUBSCRIBED: self.subscribed_on,
            PurchaseStatus.SIGNED: self.signed_on,
            PurchaseStatus.MOVED_IN: self.moved_in_on,
        }
        return days.get(self.status)


class ChangeState(Enum):
    """What has become of a reported change (A-09)."""

    PENDING = "pending"
    APPLIED = "applied"
    DECLINED = "declined"


@frozen
class Change:
    """A reported change of the master: old and new value, both people and both times (A-09)."""

    number: int
    what: str
    old: str = field(repr=False)
    new: str = field(repr=False)
    reporter: str
    reported_at: DateTime
    state: ChangeState = ChangeState.PENDING
    updater: str = ""
    decided_at: DateTime | None = None


@frozen(kw_only=True)
class Customer:
    """
    The master record of one customer. Days are dates in the office's zone; histories are oldest first.

    *code* is the customer code (A-11): short, unique, never reused, and free of personal data.
    """

    code: str
    project: str
    name: str = field(repr=False)
    gender: Gender | None = None
    age: BornOn | AgedOn | None = field(default=None, repr=False)
    phones: tuple[Phone, ...] = field(default=(), repr=False)
    identity: IdentityNumber | None = field(default=None, repr=False)
    occupation: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    source: LeadSource | None = None
    introducer: str = field(default="", repr=False)
    needs: tuple[Need, ...] = ()
    grades: tuple[Grading, ...] = ()
    stage: DecisionStage | None = None
    overlays: tuple[DecisionStage, ...] = ()
    ties: tuple[UnitTie, ...] = ()
    wanted_unit: str = ""
    consultant: str = ""
    specialist: str = ""
    collector: str = ""
    first_contact: date | None = None
    first_visit: date | None = None
    file_opened: date | None = None
    last_contact: date | None = None
    last_callback: date | None = None
    allocated_on: date | None = None
    dossier_on: date | None = None
    buyer: bool | None = None
    changes: tuple[Change, ...] = ()
    note: str = field(default="", repr=False)
    marks: tuple[str, ...] = field(default=(), repr=False)
    """Marks of the rows this customer was taken in from: a row seen before changes nothing."""

    @property
    def grade(self) -> IntentGrade | None:
        """The grade in force."""
        return self.grades[-1].grade if self.grades else None

    @property
    def need(self) -> Need | None:
        """The need in force: for each point the last that was said (A-02)."""
        if not self.needs:
            return None
        current = self.needs[0]
        for later in self.needs[1:]:
            current = Need(
                later.noted_on,
                later.area or current.area,
                later.layout or current.layout,
                later.budget or current.budget,
            )
        return current

    @property
    def status(self) -> PurchaseStatus:
        """The furthest status among the live ties; intent without one (B-01)."""
        return max((tie.status for tie in self.ties if tie.live), key=_ORDER.index, default=PurchaseStatus.INTENT)

    @property
    def standings(self) -> tuple[tuple[str, Standing], ...]:
        """Where the customer stands: with each unit tied to, or as an intent customer with none (unit empty)."""
        live = [tie for tie in self.ties if tie.live]
        if not live:
            graded_on = self.grades[-1].on if self.grades else None
            return (("", self._standing(grade=self.grade, graded_on=graded_on, wanted_unit=self.wanted_unit)),)
        return tuple((tie.unit, self._standing(status=tie.status, status_since=tie.since)) for tie in live)

    def _standing(
        self,
        *,
        status: PurchaseStatus = PurchaseStatus.INTENT,
        status_since: date | None = None,
        grade: IntentGrade | None = None,
        graded_on: date | None = None,
        wanted_unit: str = "",
    ) -> Standing:
        return Standing(
            status=status,
            stage=self.stage,
            grade=grade,
            graded_on=graded_on,
            wanted_unit=wanted_unit,
            status_since=status_since,
            last_contact=self.last_contact or self.first_contact,
            last_callback=self.last_callback,
            allocated_on=self.allocated_on,
            dossier_on=self.dossier_on,
            buyer=self.buyer,
        )

    @property
    def stage_facts(self) -> StageFacts:
        """What decides the stage of the customer's decision (B-04); whether signing is overdue, time will tell."""
        return StageFacts(
            status=self.status,
            visited=self.first_visit is not None,
            grade=self.grade,
            deposit_paid=self.status is PurchaseStatus.SUBSCRIBED,
            dispute_open=DecisionStage.PROBLEM in self.overlays,
            special_terms=DecisionStage.SPECIAL_OFFER in self.overlays,
        )

    @property
    def match_keys(self) -> tuple[str, ...]:
        """By what a newcomer is known: ``phone:`` and ``identity:`` as they are compared (P-06), and ``row:`` marks."""
        keys = [f"phone:{phone.number}" for phone in self.phones]
        if self.identity:
            keys.append(f"identity:{self.identity.eighteen}")
        return (*keys, *(f"row:{mark}" for mark in self.marks))

    @property
    def pending(self) -> tuple[Change, ...]:
        """The reported changes nobody has decided yet."""
        return tuple(change for change in self.changes if change.state is ChangeState.PENDING)

    def tie(self, unit: str) -> UnitTie:
        """
        The live tie to *unit*.

        Raises:
            InvalidFacts: the customer has none.
        """
        for tie in self.ties:
            if tie.unit == unit and tie.live:
                return tie
        raise InvalidFacts(f"customer {self.code} has no live tie to unit {unit}")

    def graded(self, grade: IntentGrade, on: date) -> "Customer":
        """With *grade* from *on*; the same grade again changes nothing."""
        if self.grade is grade:
            return self
        if self.grades and on < self.grades[-1].on:
            raise InvalidFacts(f"customer {self.code} was last graded on {self.grades[-1].on}; {on} is earlier")
        return evolve(self, grades=(*self.grades, Grading(on, grade)))

    def needing(self, need: Need) -> "Customer":
        """With *need* added to the history; a need that says nothing new changes nothing."""
        current = self.need
        if current is not None and evolve(need, noted_on=current.noted_on) in (
            current,
            Need(current.noted_on),
        ):
            return self
        return evolve(self, needs=(*self.needs, need))

    def with_tie(self, tie: UnitTie) -> "Customer":
        """With the live tie to the same unit replaced by *tie*, or *tie* added."""
        kept = tuple(old for old in self.ties if not (old.live and old.unit == tie.unit))
        return evolve(self, ties=(*kept, tie))


_ORDER = tuple(PurchaseStatus)
