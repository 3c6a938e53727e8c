"""Occasions on which a rule is asked something that concerns no whole customer record."""

from datetime import date
from fractions import Fraction

from attrs import field, frozen
from pendulum import DateTime

from estatecrm.model.classes import CollectionStage, InformationGroup, IntentGrade, PurchaseStatus
from estatecrm.model.staff import Errand, Member
from estatecrm.policy import Department, Role


@frozen
class HandIn:
    """Information collected by somebody in *role*, to be handed in or filed (A-08, A-09, A-13)."""

    collected_at: DateTime
    role: Role


@frozen
class Reception:
    """A customer was received or contacted (C-06)."""

    at: DateTime
    registered: bool = False


@frozen
class Loan:
    """A file was lent out (J-25, D-28)."""

    lent_at: DateTime
    role: Role


@frozen
class CodeRequest:
    """The next customer code is wanted for a project: its letters, the day and the sequence number (A-11)."""

    project: str
    on: date
    number: int


@frozen
class Collection:
    """Information of a group is written at a stage by a department (A-04)."""

    group: InformationGroup
    stage: CollectionStage
    written_by: Department


@frozen
class StatusMove:
    """A step on the way of a unit: from *state*, on a day, and for a swap the new unit (B-02)."""

    state: PurchaseStatus
    on: date
    since: date | None = None
    new_unit: str = ""


@frozen
class GradeChange:
    """A new grade for a customer who was last graded on *graded_on* (B-07)."""

    grade: IntentGrade
    on: date
    graded_on: date | None = None


@frozen
class Candidate:
    """Somebody customers could be allocated to (C-16)."""

    member: str
    load: int
    ability: int = 100
    """Percent of normal ability."""
    last_given: DateTime | None = None

    @property
    def burden(self) -> Fraction:
        """Load for one normal ability, exact."""
        return Fraction(self.load * 100, self.ability)


@frozen
class CallSlot:
    """A moment at which a customer would be called (D-14, D-18)."""

    at: DateTime
    latest: DateTime | None = None
    agreed: bool = False
    asked_by_customer: bool = False


@frozen
class Likeness:
    """A newcomer shares a phone or identity number with customers already known (P-06)."""

    codes: tuple[str, ...]
    same_person: bool = False
    """Exactly one customer matches, and by name too."""


@frozen
class Access:
    """Somebody wants to run an errand; *member* is None if nobody knows them."""

    errand: Errand
    member: Member | None = field(repr=False)
