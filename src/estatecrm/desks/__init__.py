"""One desk per errand: may this person? gather facts, ask the rule, record the answer and the log, in one session."""

from estatecrm.desks.callbacks import CallbackRecord, CallbacksDesk, Planning, Todo, Worklist
from estatecrm.desks.customers import CustomersDesk
from estatecrm.desks.intake import IntakeDesk, Newcomer, Receipt, RowEnd, RowOutcome
from estatecrm.desks.log import LogDesk
from estatecrm.desks.loyalty import LoyaltyDesk
from estatecrm.desks.office import Office, open_office
from estatecrm.desks.points_books import MemberPoints, PointsBooksDesk, Proof
from estatecrm.desks.points_corrections import ClosedDay, PointsCorrectionsDesk
from estatecrm.desks.registers import RegistersDesk
from estatecrm.desks.staff import StaffDesk

__all__ = [
    "CallbackRecord",
    "CallbacksDesk",
    "ClosedDay",
    "CustomersDesk",
    "IntakeDesk",
    "LogDesk",
    "LoyaltyDesk",
    "MemberPoints",
    "Newcomer",
    "Office",
    "Planning",
    "PointsBooksDesk",
    "PointsCorrectionsDesk",
    "Proof",
    "Receipt",
    "RegistersDesk",
    "RowEnd",
    "RowOutcome",
    "StaffDesk",
    "Todo",
    "Worklist",
    "open_office",
]
