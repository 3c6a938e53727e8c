"""Bringing a customer's open duties in line with where the customer stands now."""

from attrs import evolve

from estatecrm.decisions import Closing, Duty, Ending, Planned, Subject, duty_key
from estatecrm.desks.desk import Desk
from estatecrm.model import Customer
from estatecrm.rules.planning import Rhythm
from estatecrm.storage import Session, Stored


def settle(desk: Desk, session: Session, customer: Customer, rhythm: Rhythm | None = None) -> tuple[int, int, int]:
    """
    Plan what is new, move what falls due on another day, withdraw what has lost its cause.

    Doing it twice changes nothing the second time. Returns how many were added, moved and withdrawn.
    """
    rhythm = rhythm or Rhythm(desk.rules())
    wanted = {
        duty_key(planned.reason.entry.id, subject, planned.step): (subject, planned)
        for subject, planned in _calls_for(rhythm, customer)
    }
    moved = withdrawn = 0
    for stored in session.duties.open_for(customer.code):
        pair = wanted.get(stored.record.key)
        if pair is not None:
            moved += _move(session, stored, *pair)
        elif stored.record.reason.entry.id in rhythm.entries():
            _withdraw(desk, session, stored)
            withdrawn += 1
    return session.duties.plan(wanted.values()), moved, withdrawn


def subjects(customer: Customer) -> tuple[Subject, ...]:
    """The subject of each of the customer's standings, in the same order."""
    return tuple(
        Subject(customer.code, unit, customer.consultant, customer.specialist) for unit, _ in customer.standings
    )


def _calls_for(rhythm: Rhythm, customer: Customer) -> list[tuple[Subject, Planned]]:
    standings = zip(subjects(customer), customer.standings, strict=True)
    return [(subject, planned) for subject, (_, standing) in standings for planned in rhythm.planned(standing)]


def _move(session: Session, stored: Stored[Duty], subject: Subject, planned: Planned) -> int:
    old = stored.record
    new = planned.address(subject)
    if (old.latest, old.assignee, old.role) == (new.latest, new.assignee, new.role):
        return 0
    session.duties.save(evolve(stored, record=new))
    return 1


def _withdraw(desk: Desk, session: Session, stored: Stored[Duty]) -> None:
    closing = Closing(Ending.WITHDRAWN, desk.now(), "")
    session.duties.save(evolve(stored, record=evolve(stored.record, closed=closing)))
