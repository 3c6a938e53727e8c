"""The desk where registers are printed."""

from attrs import frozen

from estatecrm.decisions import Decision, Table
from estatecrm.desks.desk import Desk, admit
from estatecrm.model import Acting, Customer, Errand, Member, PurchaseStatus
from estatecrm.rules.reception import RegisterFacts
from estatecrm.storage import Session


@frozen
class RegistersDesk(Desk):
    """What the office keeps as lists."""

    def intent(self, acting: Acting) -> Decision[Table]:
        """
        The intent register, one page for each consultant in post, and one for customers who have none (C-08).

        A page is titled with the consultant's id; the last one, untitled, is left out if it is empty.
        """
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.READ_REGISTER, "intent")
            if admitted.refused:
                return admitted.carrying(None)
            sellers = [stored.record for stored in session.staff.all() if stored.record.role.sells]
            pages = [(member.id, _intent(session, member.id)) for member in sellers]
            kept = [(title, customers) for title, customers in pages if customers or _in_post(sellers, title)]
            nobody = _intent(session, "")
            facts = RegisterFacts((*kept, *((("", nobody),) if nobody else ())))
            return admitted.carrying(self.rules().reception.register.table(facts))


def _intent(session: Session, consultant: str) -> tuple[Customer, ...]:
    kept = (stored.record for stored in session.customers.kept_by(consultant))
    return tuple(customer for customer in kept if customer.status is PurchaseStatus.INTENT)


def _in_post(sellers: list[Member], consultant: str) -> bool:
    return any(member.id == consultant and member.active for member in sellers)
