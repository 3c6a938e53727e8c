"""What every desk does first: ask whether this person may, and log the attempt in the same session."""

from datetime import date
from typing import TypeVar

from attrs import frozen
from pendulum import DateTime

from estatecrm.clock import Clock
from estatecrm.decisions import Decision
from estatecrm.errors import NotFound
from estatecrm.model import Access, Acting, Attempt, Errand, Member
from estatecrm.rules.rulesets import Editions, Ruleset
from estatecrm.storage import Session, Store

T = TypeVar("T")


@frozen
class Desk:
    """
    The base of every desk: where records are kept, which rules are in force, what time it is.

    An errand is one session: may this person? gather facts, ask the rule, record the answer and the log entry.
    """

    store: Store
    editions: Editions
    clock: Clock

    def day(self) -> date:
        """The date in the office's zone."""
        return self.now().date()

    def now(self) -> DateTime:
        """The present moment in the office's zone."""
        at = self.clock.now()
        zone = self.editions.on(at.date()).counting.zone
        return at if at.timezone_name == zone else at.in_timezone(zone)

    def rules(self, day: date | None = None) -> Ruleset:
        """The ruleset in force on *day*, today unless given."""
        return self.editions.on(day or self.day())


def member_of(session: Session, id: str) -> Member | None:  # noqa: A002 - the member's own word for it
    """The member of staff with *id*, or None if nobody knows them."""
    try:
        return session.staff.get(id).record
    except NotFound:
        return None


def admit(desk: Desk, session: Session, acting: Acting, errand: Errand, object: str) -> Decision[bool]:  # noqa: A002 - the log's own word
    """Whether who acts may run *errand* on *object*; the attempt is logged either way (K-01, K-15)."""
    member = member_of(session, acting.by)
    decision = desk.rules().access.errand.decide(Access(errand, member)).carrying(True)  # noqa: FBT003 - the outcome of access is a yes
    log(desk, session, acting, errand, object, decision, member)
    return decision


def log(
    desk: Desk,
    session: Session,
    acting: Acting,
    errand: Errand,
    object: str,  # noqa: A002 - the log's own word for it
    decision: Decision[T],
    member: Member | None,
) -> None:
    """Write the attempt at the end of the access log."""
    session.log.append(
        Attempt(
            at=desk.now(),
            by=acting.by,
            role=member.role if member else None,
            errand=errand,
            purpose=acting.purpose,
            object=object,
            granted=decision.granted,
            unmet=tuple(condition.code for condition in decision.unmet),
            entry=decision.entry.id,
            edition=decision.edition,
        )
    )
