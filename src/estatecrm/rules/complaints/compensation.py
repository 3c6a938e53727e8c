"""Who may grant how much, and when a company goes to court (F-43, F-44, F-58)."""

from collections.abc import Iterator
from typing import ClassVar

from attrs import frozen

from estatecrm.decisions import Condition, Step
from estatecrm.model import Complaint, MakeGoodKind
from estatecrm.model.complaint_events import Negotiated
from estatecrm.policy import CORE, SOFT, STD, Entry, Role
from estatecrm.rules.parameters import doc, ours
from estatecrm.rules.shapes import Grant
from estatecrm.values import Money, yuan


@frozen
class Compensation:
    """An amount is to be paid or spent, approved by somebody in *approver*."""

    amount: Money
    approver: Role
    kind: MakeGoodKind = MakeGoodKind.COMPENSATION


@frozen
class Authority:
    """How much somebody in *role* may approve; no *limit* means any amount."""

    role: Role
    limit: Money | None = None


@frozen(slots=False)
class CompensationAuthority(Grant[Compensation, Money]):
    """
    Compensation, indemnity and make-good measures are approved under the authority table, lowest authority first.

    Whoever stands higher in the table may approve what a lower one may. Outcome: the amount.

    Source: 003 P3 2.9; make-good 002 P2 §3 norms.
    """

    entry = Entry.of("F-43", "权限核决表", CORE, "003 P3 2.9")
    also = (Entry.of("F-58", "弥补性方法", SOFT, "002 P2 §3; 003 P5 §2.3(2)"),)

    authorities: ClassVar[tuple[Authority, ...]] = ours(
        (
            Authority(Role.SERVICE_SUPERVISOR, yuan(1_000)),
            Authority(Role.DEPARTMENT_MANAGER, yuan(10_000)),
            Authority(Role.GENERAL_MANAGER),
        ),
        "the table is named but not given",
    )

    def conditions(self, facts: Compensation, /) -> Iterator[Condition]:
        """A real amount, within the authority of whoever approves."""
        entry = "F-58" if facts.kind is MakeGoodKind.MAKE_GOOD else "F-43"
        yield self.condition("compensation.positive", facts.amount > yuan(0), entry=entry, amount=facts.amount)
        able = self.able(facts.amount)
        yield self.condition("compensation.possible", bool(able), entry=entry, most=self.most())
        yield self.condition(
            "compensation.authority",
            facts.approver in able,
            entry=entry,
            approver=facts.approver,
            needed=able[0] if able else None,
        )

    def working(self, facts: Compensation, /) -> Iterator[Step[Money]]:
        """The amount."""
        yield self.step("compensation.approved", facts.amount, approver=facts.approver)

    def able(self, amount: Money, /) -> tuple[Role, ...]:
        """Who may approve *amount*, lowest first; nobody where it is above everybody's authority."""
        return tuple(line.role for line in self.authorities if line.limit is None or amount <= line.limit)

    def most(self) -> Money | None:
        """The most anybody may approve; None where somebody may approve any amount."""
        limits = [line.limit for line in self.authorities]
        known = [limit for limit in limits if limit is not None]
        return max(known) if known and len(known) == len(limits) else None


@frozen
class Lawsuit:
    """A case is to go to court, approved by somebody in *approver*."""

    complaint: Complaint
    approver: Role | None = None


@frozen(slots=False)
class LawsuitApproval(Grant[Lawsuit, bool]):
    """
    Litigation is a last resort: a settlement was tried, and the general manager decided.

    The service manager liaises with the lawyers.

    Source: 003 P3 1.2; 004 A4 §1.12.
    """

    entry = Entry.of("F-44", "避免打官司", STD, "003 P3 1.2; 004 A4 §1.12")

    least_attempts: ClassVar[int] = ours(1, "last resort needs a try")
    approver: ClassVar[Role] = ours(Role.GENERAL_MANAGER, "last resort needs a decision")
    liaison: ClassVar[Role] = doc(Role.SERVICE_MANAGER)

    def conditions(self, facts: Lawsuit, /) -> Iterator[Condition]:
        """Tried to settle, and approved."""
        attempts = len(facts.complaint.of(Negotiated))
        yield self.condition(
            "lawsuit.attempts", attempts >= self.least_attempts, attempts=attempts, least=self.least_attempts
        )
        approved = facts.approver is self.approver
        yield self.condition("lawsuit.approver", approved, approver=facts.approver, needed=self.approver)

    def working(self, facts: Lawsuit, /) -> Iterator[Step[bool]]:
        """It may go to court; who liaises."""
        yield self.step("lawsuit.approved", True, liaison=self.liaison)
