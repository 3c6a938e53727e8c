"""Where a complaint goes, and who may touch it (F-06, F-09, F-12, F-47)."""

from collections.abc import Iterator
from typing import ClassVar

from attrs import frozen

from estatecrm.decisions import Condition, Step
from estatecrm.model import CauseNature, Complaint, ComplaintCategory, Happening
from estatecrm.policy import CORE, Department, Entry, Role
from estatecrm.rules.parameters import doc, ours
from estatecrm.rules.shapes import Classification, Grant


@frozen
class CategoryDepartment:
    """The department that answers for a category."""

    category: ComplaintCategory
    department: Department


_C, _D = ComplaintCategory, Department


@frozen(slots=False)
class ResponsibleDepartment(Classification[Complaint, Department]):
    """
    The department that can cure the cause; refused where the table has none, and the case waits unrouted.

    Source: 000 §4.4; 002 P1 §2.1(3).
    """

    entry = Entry.of("F-09", "转交责任部门", CORE, "000 §4.4; 002 P1 §2.1(3)")

    departments: ClassVar[tuple[CategoryDepartment, ...]] = ours(
        (
            CategoryDepartment(_C.EXAGGERATION, _D.MARKETING),
            CategoryDepartment(_C.POOR_QUALITY, _D.ENGINEERING),
            CategoryDepartment(_C.LATE_HANDOVER, _D.PROJECT_MANAGEMENT),
            CategoryDepartment(_C.SHARED_AREA, _D.SALES),
            CategoryDepartment(_C.UNFAIR_TERMS, _D.LEGAL),
            CategoryDepartment(_C.TITLE_DIFFICULTY, _D.DEVELOPMENT),
        ),
        "the department that can cure the cause",
    )

    def classes(self, facts: Complaint, /) -> Iterator[tuple[Department, Condition]]:
        """Every line of the table, with whether it is the complaint's category."""
        for line in self.departments:
            met = facts.category is line.category
            yield line.department, self.condition("routing.category", met, category=line.category)


@frozen(kw_only=True)
class Assignment:
    """Somebody is to take part in handling a complaint, or to handle it."""

    member: str = ""
    role: Role | None = None
    against: str = ""
    nth: int = 1
    nature: CauseNature | None = None


@frozen
class RolesForNature:
    """Who handles a cause of a nature."""

    nature: CauseNature
    roles: tuple[Role, ...]


@frozen(slots=False)
class StandAside(Grant[Assignment, bool]):
    """
    Customer relations receives; whoever is complained about is shut out of every step.

    Access asks `shut_out` before any errand on the complaint.

    Source: 003 P3 2.2.
    """

    entry = Entry.of("F-06", "回避", CORE, "003 P3 2.2")

    receivers: ClassVar[tuple[Role, ...]] = doc(
        (Role.RELATIONS_MANAGER, Role.RELATIONS_SPECIALIST, Role.ORIGINAL_RECEPTIONIST, Role.AFTERSALES)
    )

    def conditions(self, facts: Assignment, /) -> Iterator[Condition]:
        """They are not the one complained about."""
        yield self.shut_out(facts.member, facts.against)

    def working(self, facts: Assignment, /) -> Iterator[Step[bool]]:
        """They may take part."""
        yield self.step("aside.may_take_part", True)

    def shut_out(self, member: str, against: str, /) -> Condition:
        """The condition that *member* is not the person the complaint is *against*."""
        return self.condition("aside.not_against", not against or member != against)

    def may_touch(self, complaint: Complaint, happening: Happening, /) -> Condition:
        """The condition that who brings *happening* about is not complained about."""
        return self.shut_out(happening.by, complaint.intake.against)


@frozen(slots=False)
class WhoHandles(Grant[Assignment, Role]):
    """
    Who handles a case: the service manager a second complaint, and by the nature of the cause who can mend it.

    Outcome: the handler's role.

    Source: 002 P2 §3 step 3; 004 A4 §1.03, 1.04.
    """

    entry = Entry.of("F-12", "调查原因", CORE, "002 P2 §3")
    also = (
        Entry.of("F-47", "首次/二次投诉", CORE, "004 A4 §1.03"),
        Entry.of("F-06", "回避", CORE, "003 P3 2.2"),
    )

    second: ClassVar[tuple[Role, ...]] = doc((Role.SERVICE_MANAGER,))
    natures: ClassVar[tuple[RolesForNature, ...]] = doc(
        (
            RolesForNature(CauseNature.REPAIR_QUALITY, (Role.DEPARTMENT_MANAGER, Role.PROJECT_MANAGER)),
            RolesForNature(CauseNature.SERVICE, (Role.SERVICE_SPECIALIST, Role.SERVICE_SUPERVISOR)),
        )
    )

    def conditions(self, facts: Assignment, /) -> Iterator[Condition]:
        """Not the person complained about; a role that may handle it."""
        not_against = not facts.against or facts.member != facts.against
        yield self.condition("aside.not_against", not_against, entry="F-06")
        wanted = self.wanted(facts)
        entry = "F-47" if facts.nth > 1 else "F-12"
        met = not wanted or facts.role in wanted
        yield self.condition("handler.role", met, entry=entry, role=facts.role, roles=wanted)

    def working(self, facts: Assignment, /) -> Iterator[Step[Role]]:
        """The role."""
        if facts.role is not None:
            yield self.step("handler.handles", facts.role)

    def wanted(self, facts: Assignment, /) -> tuple[Role, ...]:
        """The roles that may handle the case; none listed means anybody."""
        if facts.nth > 1:
            return self.second
        return next((line.roles for line in self.natures if line.nature is facts.nature), ())
