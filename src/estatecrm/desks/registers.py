"""The desk where registers are printed."""

from collections import Counter

from attrs import frozen

from estatecrm.decisions import Decision, Table
from estatecrm.desks.desk import Desk, admit
from estatecrm.model import Acting, Customer, Errand, PurchaseStatus
from estatecrm.rules.reception import RegisterFacts
from estatecrm.storage import Session


@frozen
class RegistersDesk(Desk):
    """What the office keeps as lists."""

    def intent(self, acting: Acting) -> Decision[Table]:
        """
        The intent register, one page for each consultant in post, and one for customers who have none (C-08).

        A page is titled with the consultant's name, and the id where two bear it; the last one, untitled, is left
        out if it is empty.
        """
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.READ_REGISTER, "intent")
            if admitted.refused:
                return admitted.carrying(None)
            sellers = [stored.record for stored in session.staff.all() if stored.record.role.sells]
            names = Counter(member.name for member in sellers)
            kept = [(member, _intent(session, member.id)) for member in sellers]
            pages = [
                (member.name if names[member.name] == 1 else f"{member.name} {member.id}", customers)
                for member, customers in kept
                if customers or member.active
            ]
            nobody = _intent(session, "")
            facts = RegisterFacts((*pages, *((("", nobody),) if nobody else ())))
            return admitted.carrying(self.rules().reception.register.table(facts))


def _intent(session: Session, consultant: str) -> tuple[Customer, ...]:
    kept = (stored.record for stored in session.customers.kept_by(consultant))
    return tuple(customer for customer in kept if customer.status is PurchaseStatus.INTENT)
