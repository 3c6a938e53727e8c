"""Who may run which errand: the simplest honest rule, until the full regime of chapter K."""

from collections.abc import Iterator
from typing import ClassVar, final

from attrs import frozen

from estatecrm.decisions import Condition, Decision
from estatecrm.model import Access, Errand
from estatecrm.policy import CORE, Entry, Role
from estatecrm.rules.parameters import ours
from estatecrm.rules.shapes import Grant


@frozen
class Permit:
    """The roles that may run an errand."""

    errand: Errand
    roles: tuple[Role, ...]


_SELLING = (Role.PROPERTY_CONSULTANT, Role.SALES_REP)
_LEADING_SALES = (Role.SALES_MANAGER, Role.SITE_MANAGER)
_INFORMATION = (Role.INFO_SPECIALIST, Role.INFO_SUPERVISOR)
_SERVING = (Role.SERVICE_SPECIALIST, Role.ACCOUNT_REP)
_LEADING_SERVICE = (Role.SERVICE_SUPERVISOR, Role.SERVICE_MANAGER, Role.CARE_SUPERVISOR)
_ALL = (
    *_SELLING,
    *_LEADING_SALES,
    Role.SALES_CONTROL,
    *_INFORMATION,
    *_SERVING,
    *_LEADING_SERVICE,
    Role.GENERAL_MANAGER,
)


@frozen(slots=False)
class ErrandAccess(Grant[Access, bool]):
    """
    Only authorised persons open and query the customer database: known, in post, in a role that may.

    Source: 000 §2.3.
    """

    entry = Entry.of("K-01", "授权访问", CORE, "000 §2.3")

    permits: ClassVar[tuple[Permit, ...]] = ours(
        (
            Permit(Errand.ENROL_STAFF, (*_LEADING_SALES, *_INFORMATION, Role.SERVICE_MANAGER, Role.GENERAL_MANAGER)),
            Permit(Errand.OPEN_FILE, (*_SELLING, *_LEADING_SALES, *_INFORMATION, *_SERVING)),
            Permit(Errand.READ_FILE, _ALL),
            Permit(Errand.REPORT_CHANGE, _ALL),
            Permit(Errand.DECIDE_CHANGE, (Role.INFO_SPECIALIST,)),
            Permit(Errand.GRADE, (*_SELLING, *_LEADING_SALES, Role.INFO_SPECIALIST)),
            Permit(Errand.MOVE_STATUS, (*_SELLING, *_LEADING_SALES, Role.SALES_CONTROL, Role.INFO_SPECIALIST)),
            Permit(Errand.ALLOCATE, (*_LEADING_SALES, *_LEADING_SERVICE)),
            Permit(Errand.IMPORT, _INFORMATION),
            Permit(Errand.PLAN_CALLBACKS, (*_LEADING_SALES, *_INFORMATION, *_LEADING_SERVICE)),
            Permit(Errand.READ_WORKLIST, _ALL),
            Permit(Errand.RECORD_CALLBACK, (*_SELLING, *_LEADING_SALES, *_SERVING, *_LEADING_SERVICE)),
            Permit(Errand.READ_REGISTER, (*_SELLING, *_LEADING_SALES, *_INFORMATION, Role.GENERAL_MANAGER)),
            Permit(Errand.COORDINATE_UNIT, (Role.SALES_CONTROL, *_LEADING_SALES)),
            Permit(Errand.AWARD_POINTS, (*_INFORMATION, *_SERVING, *_LEADING_SERVICE)),
            Permit(Errand.SPEND_POINTS, (*_INFORMATION, *_SERVING, *_LEADING_SERVICE)),
            Permit(Errand.CORRECT_POINTS, (*_INFORMATION, *_LEADING_SERVICE)),
            Permit(Errand.READ_POINTS, _ALL),
            Permit(Errand.CLOSE_POINTS, (*_INFORMATION, *_LEADING_SERVICE)),
            Permit(Errand.READ_LOG, (*_INFORMATION, Role.GENERAL_MANAGER)),
        ),
        "the text asks for strict control and names no roles; a company replaces this table",
    )

    def conditions(self, facts: Access, /) -> Iterator[Condition]:
        """Known, in post, and in a role the errand is open to."""
        member = facts.member
        yield self.condition("access.known", member is not None)
        yield self.condition("access.in_post", member is not None and member.active)
        roles = self.may(facts.errand)
        role = member.role if member else None
        yield self.condition("access.role", role in roles, errand=facts.errand, role=role, roles=roles)

    @final
    def founding(self) -> Decision[bool]:
        """The decision that lets the first member of an empty staff list enrol themself."""
        founding = self.condition("access.founding", True)
        return Decision(self.name(), self.entry, self.edition, True, (founding,), outcome=True)

    def may(self, errand: Errand, /) -> tuple[Role, ...]:
        """The roles that may run *errand*."""
        return next((permit.roles for permit in self.permits if permit.errand is errand), ())
