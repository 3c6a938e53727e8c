"""The desk of callbacks: planned, shown as today's work, recorded when done, explained when asked."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from attrs import evolve, frozen
from pendulum import DateTime

from estatecrm.decisions import Closing, Completeness, Decision, Duty, Ending, Planned, Reason, Subject
from estatecrm.desks.desk import Desk, admit, member_of
from estatecrm.desks.settling import settle
from estatecrm.errors import InvalidFacts
from estatecrm.model import Acting, Contact, ContactKind, Errand
from estatecrm.rules.callbacks import CallbackForm
from estatecrm.rules.planning import Rhythm
from estatecrm.storage import Card, Line, Session


class Planning(NamedTuple):
    """What planning changed: duties added, moved to another day, withdrawn."""

    added: int
    moved: int
    withdrawn: int


class Todo(NamedTuple):
    """One line of a worklist: the duty, the customer's card, and why."""

    line: Line
    card: Card | None
    reason: Reason


@frozen
class Worklist:
    """What somebody has to do by the end of *on*, most urgent first; iterating gives a `Todo` a line."""

    staff: str
    on: date
    lines: Sequence[Line]
    cards: Mapping[str, Card]
    reasons: Mapping[str, Reason]

    def __len__(self) -> int:
        return len(self.lines)

    def __iter__(self) -> Iterator[Todo]:
        cards, reasons = self.cards, self.reasons
        return (Todo(line, cards.get(line.subject), reasons[line.reason]) for line in self.lines)


@frozen
class CallbackRecord:
    """What came of a callback: counted as done only if the form is complete (D-16)."""

    contact: Contact
    duty: Duty
    form: Completeness


@frozen
class CallbacksDesk(Desk):
    """Whom to call back, when, and why."""

    def plan(self, acting: Acting, codes: Collection[str] | None = None) -> Decision[Planning]:
        """
        Plan the rhythm of contact of the customers with *codes*, or of all.

        New duties are added in bulk; duties known already stay as they are. Planning twice adds nothing.
        """
        with self.store.writing() as session:
            if isinstance(codes, str):
                raise InvalidFacts("codes are several: pass a list, even of one")
            admitted = admit(self, session, acting, Errand.PLAN_CALLBACKS, "" if codes is None else f"{len(codes)}")
            if admitted.refused:
                return admitted.carrying(None)
            rhythm = Rhythm(self.rules())
            added = session.duties.plan(_pairs(session, rhythm, codes))
            return admitted.carrying(Planning(added, 0, 0))

    def replan(self, acting: Acting, codes: Collection[str]) -> Decision[Planning]:
        """Bring the open duties of *codes* in line with where they stand and the rules say now."""
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.PLAN_CALLBACKS, f"{len(codes)}")
            if admitted.refused:
                return admitted.carrying(None)
            rhythm = Rhythm(self.rules())
            settled = [settle(self, session, session.customers.get(code).record, rhythm) for code in codes]
            return admitted.carrying(Planning(*(sum(counts) for counts in zip(*settled, strict=True))))

    def today(self, acting: Acting, *, on: date | None = None) -> Decision[Worklist]:
        """What who acts has to do by the end of *on* (today unless given), overdue first."""
        with self.store.writing() as session:
            day = on or self.day()
            admitted = admit(self, session, acting, Errand.READ_WORKLIST, acting.by)
            member = member_of(session, acting.by)
            if admitted.refused or member is None:
                return admitted.carrying(None)
            end = self.rules().counting.end_of_day(day)
            lines = session.duties.worklist(member.id, member.role, end)
            cards = session.customers.cards({line.subject for line in lines})
            reasons = session.duties.reasons({line.reason for line in lines})
            return admitted.carrying(Worklist(member.id, day, lines, cards, reasons))

    def record(self, acting: Acting, key: str, contact: Contact) -> Decision[CallbackRecord]:
        """
        Record what came of the callback *key*; it is done if the channel is listed and the form complete.

        The customer's rhythm goes on from here. An incomplete form is kept, but the duty stays open.

        Raises:
            NotFound: there is no such duty.
            InvalidFacts: the contact is with another customer, by somebody else, in the future or before the
                duty began; the duty is closed already, or is a notice inside the office (`acknowledge` that).
        """
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.RECORD_CALLBACK, key)
            if admitted.refused:
                return admitted.carrying(None)
            stored = session.duties.get(key)
            self._check(acting, stored.record, contact)
            callbacks = self.rules(contact.at.date()).callbacks
            channel = callbacks.channels.decide(contact.channel.value if contact.channel else "")
            if channel.refused:
                return channel.carrying(None)
            form = callbacks.record.check(CallbackForm(contact, stored.record.reason.entry.id))
            kept = evolve(contact, kind=ContactKind.CALLBACK, duty=key)
            session.contacts.add(kept)
            duty = stored.record
            if form.complete:
                closing = Closing(Ending.DONE, contact.at, contact.by, contact.id)
                duty = session.duties.save(evolve(stored, record=evolve(duty, closed=closing))).record
                self._go_on(session, duty.subject, contact.at)
            return admitted.carrying(CallbackRecord(kept, duty, form))

    def acknowledge(self, acting: Acting, key: str) -> Decision[Duty]:
        """
        Close the notice *key* inside the office, such as clear intent brought before sales control (C-07).

        Raises:
            NotFound: there is no such duty.
            InvalidFacts: the duty is a callback, which is recorded and not acknowledged.
        """
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.COORDINATE_UNIT, key)
            if admitted.refused:
                return admitted.carrying(None)
            stored = session.duties.get(key)
            if not self.is_notice(stored.record):
                raise InvalidFacts(f"duty {key} is a callback: record what came of it")
            if stored.record.open:
                closing = Closing(Ending.DONE, self.now(), acting.by)
                stored = session.duties.save(evolve(stored, record=evolve(stored.record, closed=closing)))
            return admitted.carrying(stored.record)

    def is_notice(self, duty: Duty) -> bool:
        """Whether *duty* stays inside the office: acknowledged, not recorded as a callback."""
        return duty.reason.entry.id in {rule.entry.id for rule in self.rules().notices}

    def explain(self, acting: Acting, key: str) -> Decision[Duty]:
        """
        The duty *key* with everything it rests on.

        Raises:
            NotFound: there is no such duty.
        """
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.READ_WORKLIST, key)
            return admitted.carrying(session.duties.get(key).record if admitted.granted else None)

    def _check(self, acting: Acting, duty: Duty, contact: Contact) -> None:
        if self.is_notice(duty):
            raise InvalidFacts(f"duty {duty.key} is a notice inside the office: acknowledge it")
        if contact.customer != duty.subject:
            raise InvalidFacts(f"the contact is with {contact.customer}, the duty concerns {duty.subject}")
        if contact.by != acting.by:
            raise InvalidFacts(f"the contact was made by {contact.by}, who must record it themself")
        if contact.at > self.now():
            raise InvalidFacts("a contact is recorded after it took place, and this one lies in the future")
        began = next((step.value for step in duty.reason.working if step.code == "duty.counted_from"), None)
        counting = self.rules().counting
        if isinstance(began, date) and counting.day_of(contact.at) < counting.day_of(began):
            raise InvalidFacts(f"duty {duty.key} counts from {counting.day_of(began)}; the contact lies before that")
        if duty.closed is not None and duty.closed.contact != contact.id:
            raise InvalidFacts(f"duty {duty.key} was closed on {duty.closed.at.date()}")

    def _go_on(self, session: Session, code: str, at: DateTime) -> None:
        stored = session.customers.get(code)
        day = at.in_timezone(self.rules().counting.zone).date()
        customer = stored.record
        later = evolve(
            customer, last_contact=_later(customer.last_contact, day), last_callback=_later(customer.last_callback, day)
        )
        if later != customer:
            session.customers.save(evolve(stored, record=later))
        settle(self, session, later)


def _pairs(session: Session, rhythm: Rhythm, codes: Collection[str] | None) -> Iterator[tuple[Subject, Planned]]:
    for subject, standing in session.customers.standings(codes):
        for planned in rhythm.planned(standing):
            yield subject, planned


def _later(one: date | None, other: date) -> date:
    return other if one is None or one < other else one
