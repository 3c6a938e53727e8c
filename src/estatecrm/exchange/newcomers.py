"""A draft as somebody to be taken in: how a row becomes a customer, and what it adds to one known already."""

from datetime import date
from functools import cache
from hashlib import blake2b
from typing import Self

from attrs import evolve, frozen

from estatecrm.exchange.drafts import Draft
from estatecrm.model import (
    AgedOn,
    BornOn,
    Customer,
    DecisionStage,
    Grading,
    IntentGrade,
    LeadSource,
    Need,
    PurchaseStatus,
    StageFacts,
    UnitTie,
)
from estatecrm.values import Gender, IdentityNumber, Phone

_GENDERS = {gender.value: gender for gender in Gender}
_SOURCES = {source.value: source for source in LeadSource}
_GRADES = {grade.value: grade for grade in IntentGrade}
_STATUSES = {status.value: status for status in PurchaseStatus}


@frozen
class DraftNewcomer:
    """A row of a file at the intake desk."""

    draft: Draft
    match_keys: tuple[str, ...]
    """The phones, and the identity number as numbers are compared."""
    mark: str
    """A digest of the row's cells as they came."""

    @classmethod
    def of(cls, draft: Draft, columns: str = "") -> Self:
        """
        *draft* with what the desk will ask of it worked out once.

        *columns* says what the columns were taken to mean: the same cells read otherwise are another row.
        """
        keys = [f"phone:{number}" for number in draft.phones]
        if draft.identity is not None:
            keys.append(f"identity:{IdentityNumber.parse(draft.identity).eighteen}")
        cells = "\x1f".join((columns, *map(str, draft.cells))).encode("utf-8", "surrogatepass")
        return cls(draft, tuple(keys), blake2b(cells, digest_size=12).hexdigest())

    @property
    def number(self) -> int:
        """The row's number in the file."""
        return self.draft.row

    @property
    def name(self) -> str:
        """The full name."""
        return self.draft.name

    @property
    def consultant(self) -> str:
        """The consultant's name or id as written."""
        return self.draft.consultant or ""

    @property
    def stage_facts(self) -> StageFacts:
        """What decides the stage of the newcomer's decision; rows that say the same share one answer."""
        draft = self.draft
        return _stage_facts(draft.status if draft.unit else None, draft.first_visit is not None, draft.grade)

    def opened(self, code: str, project: str, consultant: str, stage: DecisionStage | None, on: date, /) -> Customer:
        """The new master record."""
        draft = self.draft
        need, tie = _need(draft, on), _tie(draft)
        grade = _GRADES.get(draft.grade or "")
        met = draft.first_visit or draft.last_contact
        return Customer(
            code=code,
            project=project,
            name=draft.name,
            gender=_GENDERS.get(draft.gender or ""),
            age=_age(draft, on),
            phones=tuple([Phone(number) for number in draft.phones]),
            identity=IdentityNumber.parse(draft.identity) if draft.identity else None,
            occupation=draft.occupation or "",
            address=draft.address or "",
            source=_SOURCES.get(draft.source or ""),
            introducer=draft.introducer or "",
            needs=(need,) if need else (),
            grades=(Grading(draft.last_contact or met or on, grade),) if grade else (),
            stage=stage,
            ties=(tie,) if tie else (),
            wanted_unit=draft.wanted_unit or "",
            consultant=consultant,
            collector=consultant,
            first_contact=met,
            first_visit=draft.first_visit,
            file_opened=on,
            last_contact=draft.last_contact,
            note=draft.note or "",
            marks=(self.mark,),
        )

    def onto(self, customer: Customer, consultant: str, on: date, /) -> Customer:
        """*customer* with what the row says anew; what the row leaves empty stays."""
        draft, fresh = self.draft, self.opened(customer.code, customer.project, consultant, customer.stage, on)
        later = evolve(
            customer,
            gender=fresh.gender or customer.gender,
            age=_later_age(customer, draft, on),
            phones=tuple(dict.fromkeys((*customer.phones, *fresh.phones))),
            identity=fresh.identity or customer.identity,
            occupation=fresh.occupation or customer.occupation,
            address=fresh.address or customer.address,
            source=customer.source or fresh.source,
            introducer=customer.introducer or fresh.introducer,
            wanted_unit=fresh.wanted_unit or customer.wanted_unit,
            consultant=consultant or customer.consultant,
            first_visit=customer.first_visit or draft.first_visit,
            last_contact=_latest(customer.last_contact, draft.last_contact),
            note=fresh.note or customer.note,
        )
        later = _graded(later, fresh.grades)
        later = later.needing(fresh.needs[0]) if fresh.needs else later
        later = _tied(later, fresh.ties)
        return customer if later == customer else evolve(later, marks=(*customer.marks, self.mark))


@cache
def _stage_facts(status: str | None, visited: bool, grade: str | None) -> StageFacts:  # noqa: FBT001 - a fact
    known = _STATUSES.get(status or "", PurchaseStatus.INTENT)
    deposit = known is PurchaseStatus.SUBSCRIBED
    return StageFacts(status=known, visited=visited, grade=_GRADES.get(grade or ""), deposit_paid=deposit)


def _need(draft: Draft, on: date) -> Need | None:
    if draft.area is None and draft.layout is None and draft.budget is None:
        return None
    return Need(draft.last_contact or draft.first_visit or on, draft.area, draft.layout or "", draft.budget)


def _tie(draft: Draft) -> UnitTie | None:
    status = _STATUSES.get(draft.status or "")
    if status is None or status is PurchaseStatus.INTENT or draft.unit is None:
        return None
    return UnitTie(draft.unit, status, draft.subscribed_on, draft.signed_on, draft.moved_in_on)


def _age(draft: Draft, on: date) -> BornOn | AgedOn | None:
    if draft.birth_date is not None:
        return BornOn(draft.birth_date)
    return None if draft.age is None else AgedOn(draft.age, on)


def _later_age(customer: Customer, draft: Draft, on: date) -> BornOn | AgedOn | None:
    """A birth date beats an age; an age that agrees with what is known changes nothing."""
    said = _age(draft, on)
    known = customer.age
    if said is None or (isinstance(said, AgedOn) and known is not None):
        agree = said is None or known is None or isinstance(known, BornOn) or known.age_on(on) == said.age_on(on)
        return known if agree else said
    return said


def _latest(known: date | None, said: date | None) -> date | None:
    return said if known is None or (said is not None and said > known) else known


def _graded(customer: Customer, grades: tuple[Grading, ...]) -> Customer:
    """An older grade than the one in force is history and changes nothing."""
    for grading in grades:
        if not customer.grades or grading.on >= customer.grades[-1].on:
            customer = customer.graded(grading.grade, grading.on)
    return customer


def _tied(customer: Customer, ties: tuple[UnitTie, ...]) -> Customer:
    """A tie is taken over where it is new or further; a file does not take anybody back."""
    order = list(PurchaseStatus)
    for tie in ties:
        held = next((known for known in customer.ties if known.unit == tie.unit and known.live), None)
        if held is None or order.index(tie.status) > order.index(held.status):
            customer = customer.with_tie(tie)
    return customer
