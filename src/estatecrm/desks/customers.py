"""The desk of the master records: files opened, changes reported and decided, grades and steps entered."""

from datetime import date

from attrs import evolve, frozen

from estatecrm.decisions import Decision
from estatecrm.desks.changes import FIELDS, applied
from estatecrm.desks.desk import Desk, admit, member_of
from estatecrm.desks.settling import settle
from estatecrm.errors import InvalidFacts
from estatecrm.model import (
    Acting,
    Candidate,
    Change,
    ChangeState,
    CodeRequest,
    Customer,
    Errand,
    GradeChange,
    IntentGrade,
    PurchaseStatus,
    StatusMove,
    TieEnd,
    UnitTie,
)
from estatecrm.storage import Session, Stored
from estatecrm.values import clean_text


@frozen
class CustomersDesk(Desk):
    """Who the customers are and where they stand."""

    def open_file(self, acting: Acting, newcomer: Customer) -> Decision[Customer]:
        """
        Open a file for *newcomer*, whose code is left empty and is given here (A-11, A-13).

        Raises:
            InvalidFacts: the newcomer already has a code.
        """
        if newcomer.code:
            raise InvalidFacts("a newcomer has no code yet: leave it empty, the desk gives it")
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.OPEN_FILE, newcomer.project)
            if admitted.refused:
                return admitted.carrying(None)
            coding, today = self.rules().master.coding, self.day()
            request = CodeRequest(newcomer.project, today, 1)
            number = session.customers.reserve(coding.sequence(request), 1)
            decision = coding.decide(evolve(request, number=number))
            if decision.refused:
                return decision.carrying(None)
            stage = self.rules().classes.stage.classify(newcomer.stage_facts).outcome
            customer = evolve(
                newcomer,
                code=decision.expect(),
                file_opened=newcomer.file_opened or today,
                stage=newcomer.stage or stage,
            )
            session.customers.add(customer)
            settle(self, session, customer)
            return decision.carrying(customer)

    def read(self, acting: Acting, code: str) -> Decision[Customer]:
        """
        The master record of *code*.

        Raises:
            NotFound: there is no such customer.
        """
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.READ_FILE, code)
            return admitted.carrying(session.customers.get(code).record if admitted.granted else None)

    def report_change(self, acting: Acting, code: str, what: str, new: str) -> Decision[Change]:
        """
        Report that the field *what* of *code* is now *new*: applied at once for the specialist, else pending (A-09).

        Raises:
            InvalidFacts: *what* is no field that changes this way, or *new* cannot be read.
            NotFound: there is no such customer.
        """
        if what not in FIELDS:
            raise InvalidFacts(f"{what!r} is not changed by a notice; fields are {', '.join(FIELDS)}")
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.REPORT_CHANGE, code)
            member = member_of(session, acting.by)
            if admitted.refused or member is None:
                return admitted.carrying(None)
            stored = session.customers.get(code)
            decision = self.rules().master.updater.classify(member.role)
            change = Change(
                number=len(stored.record.changes) + 1,
                what=what,
                old=FIELDS[what].text(stored.record),
                new=FIELDS[what].checked(new),
                reporter=acting.by,
                reported_at=self.now(),
            )
            if decision.outcome is ChangeState.APPLIED:
                change = evolve(change, state=ChangeState.APPLIED, updater=acting.by, decided_at=self.now())
            session.customers.save(evolve(stored, record=applied(stored.record, change)))
            return decision.carrying(change)

    def pending(self, acting: Acting) -> Decision[tuple[Customer, ...]]:
        """The customers with changes that wait for the specialist, by code."""
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.DECIDE_CHANGE, "")
            waiting = tuple(s.record for s in session.customers.with_pending_changes()) if admitted.granted else None
            return admitted.carrying(waiting)

    def decide_change(self, acting: Acting, code: str, number: int, state: ChangeState) -> Decision[Change]:
        """
        Apply or decline the pending change *number* of *code*.

        Raises:
            InvalidFacts: there is no such pending change, or *state* is no decision.
            NotFound: there is no such customer.
        """
        if state is ChangeState.PENDING:
            raise InvalidFacts("a change is decided by applying or declining it")
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.DECIDE_CHANGE, code)
            if admitted.refused:
                return admitted.carrying(None)
            stored = session.customers.get(code)
            change = next((c for c in stored.record.pending if c.number == number), None)
            if change is None:
                raise InvalidFacts(f"customer {code} has no pending change {number}")
            decided = evolve(change, state=state, updater=acting.by, decided_at=self.now())
            session.customers.save(evolve(stored, record=applied(stored.record, decided)))
            return admitted.carrying(decided)

    def grade(self, acting: Acting, code: str, grade: IntentGrade) -> Decision[Customer]:
        """
        Give *code* an intent grade from today (B-07); the rhythm of contact follows, sales control is told (C-07).

        Raises:
            NotFound: there is no such customer.
        """
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.GRADE, code)
            if admitted.refused:
                return admitted.carrying(None)
            stored = session.customers.get(code)
            graded_on = stored.record.grades[-1].on if stored.record.grades else None
            decision = self.rules().classes.grading.decide(GradeChange(grade, self.day(), graded_on))
            if decision.refused:
                return decision.carrying(None)
            return decision.carrying(self._keep(session, stored, stored.record.graded(grade, self.day())))

    def move(
        self, acting: Acting, code: str, move: str, unit: str, *, on: date | None = None, new_unit: str = ""
    ) -> Decision[Customer]:
        """
        Enter a step of the purchase of *unit*: subscribe, sign, hand_over, return, void or swap (B-02).

        Raises:
            NotFound: there is no such customer.
            InvalidFacts: a unit without a name, a swap to the same unit, or a day in the future.
        """
        unit, new_unit = clean_text(unit), clean_text(new_unit)
        if not unit or (move == "swap" and new_unit == unit):
            raise InvalidFacts("a step names its unit, and a swap another one")
        if on is not None and on > self.day():
            raise InvalidFacts(f"a step is entered after it took place; {on} lies in the future")
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.MOVE_STATUS, code)
            if admitted.refused:
                return admitted.carrying(None)
            stored = session.customers.get(code)
            held = next((tie for tie in stored.record.ties if tie.live and tie.unit == unit), None)
            tie = held or UnitTie(unit, PurchaseStatus.INTENT)
            day = on or self.day()
            decision = self.rules(day).classes.course.move(move, StatusMove(tie.status, day, tie.since, new_unit))
            if decision.refused:
                return decision.carrying(None)
            moved = _moved(stored.record, tie, move, decision.expect(), day, new_unit)
            return decision.carrying(self._keep(session, stored, moved))

    def allocate(self, acting: Acting, code: str, candidates: tuple[Candidate, ...]) -> Decision[Customer]:
        """
        Give *code* to the specialist whom balance and ability name (C-16); they speak within a week (C-17).

        Raises:
            NotFound: there is no such customer.
        """
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.ALLOCATE, code)
            if admitted.refused:
                return admitted.carrying(None)
            decision = self.rules().reception.allocation.decide(candidates)
            if decision.refused:
                return decision.carrying(None)
            stored = session.customers.get(code)
            given = evolve(stored.record, specialist=decision.expect(), allocated_on=self.day())
            return decision.carrying(self._keep(session, stored, given))

    def coordination(self, acting: Acting, unit: str) -> Decision[tuple[Customer, ...]]:
        """The customers of clear intent who want *unit*, by code (C-07)."""
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.COORDINATE_UNIT, unit)
            notice = self.rules().reception.notice
            wanting = (stored.record for stored in session.customers.wanting(unit))
            listed = tuple(customer for customer in wanting if notice.competes(unit, customer))
            return admitted.carrying(listed if admitted.granted else None)

    def _keep(self, session: Session, stored: Stored[Customer], customer: Customer) -> Customer:
        staged = evolve(customer, stage=self.rules().classes.stage.classify(customer.stage_facts).outcome)
        if staged != stored.record:
            session.customers.save(evolve(stored, record=staged))
        settle(self, session, staged)
        return staged


def _moved(customer: Customer, tie: UnitTie, move: str, status: PurchaseStatus, on: date, new_unit: str) -> Customer:
    if move == "swap":
        gone = evolve(tie, ended=TieEnd.RETURNED, ended_on=on)
        kept = customer.with_tie(gone)
        return kept.with_tie(evolve(tie, unit=new_unit))
    if status is PurchaseStatus.INTENT:
        ended = TieEnd.VOIDED if move == "void" else TieEnd.RETURNED
        return customer.with_tie(evolve(tie, ended=ended, ended_on=on))
    if status is PurchaseStatus.SUBSCRIBED:
        return customer.with_tie(evolve(tie, status=status, subscribed_on=on))
    if status is PurchaseStatus.SIGNED:
        return customer.with_tie(evolve(tie, status=status, signed_on=on))
    return customer.with_tie(evolve(tie, status=status, moved_in_on=on))
