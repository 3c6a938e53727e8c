"""What is there when a case is over: papers, sanctions, accounts, true reports (F-16, F-20, F-22, F-39, F-56, F-57)."""

from collections.abc import Iterator
from typing import ClassVar

from attrs import frozen

from estatecrm.decisions import Condition, Item, Step
from estatecrm.model import CauseOrigin, Complaint, SanctionPart
from estatecrm.model.complaint_events import CalledBack, Investigated, Judged, Proposed, Sanctioned, Signed, Told
from estatecrm.policy import CORE, SOFT, STD, Department, Entry, Role
from estatecrm.rules.complaints.clock import Case
from estatecrm.rules.parameters import doc, ours
from estatecrm.rules.shapes import Checklist, Grant
from estatecrm.values import Money, yuan


@frozen(slots=False)
class ComplaintFile(Checklist[Complaint]):
    """
    The papers of a case are archived together.

    Source: 002 P2 §3.
    """

    entry = Entry.of("F-20", "投诉归档资料", CORE, "002 P2 §3")
    also = (Entry.of("F-57", "外部原因投诉", SOFT, "004 A1"),)

    papers: ClassVar[tuple[str, ...]] = doc(("intake", "findings", "options", "signature", "callback"))

    def items(self, facts: Complaint, /) -> Iterator[Item]:
        """Each paper; of a case that was judged unfounded, only what such a case has."""
        judged = facts.last(Judged)
        unfounded = judged is not None and not judged.founded
        for code in self.papers:
            if not (unfounded and code in ("findings", "options", "signature")):
                line = f"paper_{code}"
                yield self.item(line, self.paper(code, facts))

    def flags(self, facts: Complaint, /) -> Iterator[Condition]:
        """A cause outside the company is still worked on (F-57)."""
        found = facts.last(Investigated)
        outside = found is not None and found.origin is CauseOrigin.OUTSIDE
        worked = not outside or not facts.ended or bool(found and found.measures)
        yield self.condition("closing.outside_worked", worked, entry="F-57")

    def paper(self, code: str, complaint: Complaint, /) -> object:
        """The happening that stands for a paper."""
        held: dict[str, object] = {
            "intake": complaint.intake.content,
            "findings": complaint.last(Investigated),
            "options": complaint.last(Proposed),
            "signature": complaint.last(Signed),
            "callback": complaint.last(CalledBack),
        }
        return held[code]


@frozen(slots=False)
class Sanctions(Checklist[Complaint]):
    """
    In a founded case the direct culprit and the department supervisor are sanctioned; both entries link to the case.

    Source: 002 P2 §3 step 5.
    """

    entry = Entry.of("F-16", "责任者处罚", STD, "002 P2 §3")

    parts: ClassVar[tuple[SanctionPart, ...]] = doc((SanctionPart.CULPRIT, SanctionPart.SUPERVISOR))

    def items(self, facts: Complaint, /) -> Iterator[Item]:
        """One entry for each part; none where the case was not founded."""
        judged = facts.last(Judged)
        if judged is None or not judged.founded:
            return
        given = {each.part for each in facts.of(Sanctioned)}
        for part in self.parts:
            line = f"sanction_{part.value}"
            yield self.item(line, part if part in given else None)


@frozen
class Breach:
    """A clock that was missed: its rulebook entry, and the department that had the case."""

    entry: str
    department: Department | None = None


@frozen
class Handling:
    """How a case was handled: what was missed, how often it was opened again."""

    breaches: tuple[Breach, ...] = ()
    reopenings: int = 0


@frozen(slots=False)
class Accountability(Grant[Handling, tuple[Department, ...]]):
    """
    Departments that handle complaints badly are held to account.

    Outcome: the departments for which an item is opened.

    Source: 000 §4.4.
    """

    entry = Entry.of("F-22", "问责", STD, "000 §4.4")

    clocks: ClassVar[tuple[str, ...]] = ours(("F-07", "F-10"), "the two clocks are the objective signs")
    reopenings: ClassVar[int] = ours(2, "repeat failure: the second reopening")

    def conditions(self, facts: Handling, /) -> Iterator[Condition]:
        """A clock of the list was missed, or the case was opened again too often."""
        missed = tuple(each.entry for each in facts.breaches if each.entry in self.clocks)
        again = facts.reopenings >= self.reopenings
        yield self.condition(
            "account.trigger", bool(missed) or again, clocks=missed, reopenings=facts.reopenings, most=self.reopenings
        )

    def working(self, facts: Handling, /) -> Iterator[Step[tuple[Department, ...]]]:
        """The departments."""
        found = [each.department for each in facts.breaches if each.entry in self.clocks and each.department]
        yield self.step("account.departments", tuple(dict.fromkeys(found)))


@frozen
class Unwarned:
    """A major case, who handled it and who manages the site, the loss, and whether the warning came in time."""

    case: Case
    warned_in_time: bool
    loss: Money
    handler: str
    manager: str


@frozen(slots=False)
class WarningLiability(Grant[Unwarned, tuple[str, ...]]):
    """
    Loss from a warning that never came falls on the handler and the site's manager.

    Outcome: who is liable.

    Source: 003 P3 2.7.
    """

    entry = Entry.of("F-39", "未预警责任", STD, "003 P3 2.7")

    def conditions(self, facts: Unwarned, /) -> Iterator[Condition]:
        """A major case, not warned of in time, and a loss."""
        yield self.condition("clock.major", facts.case.major, severity=facts.case.severity)
        yield self.condition("liability.unwarned", not facts.warned_in_time)
        yield self.condition("liability.loss", facts.loss > yuan(0), loss=facts.loss)

    def working(self, facts: Unwarned, /) -> Iterator[Step[tuple[str, ...]]]:
        """Handler and manager."""
        yield self.step("liability.liable", (facts.handler, facts.manager), loss=facts.loss)


@frozen
class Audit:
    """A case as an audit finds it."""

    case: Case


@frozen(slots=False)
class TruthfulReport(Checklist[Audit]):
    """
    Serious events are answered in time, summed up and reported truthfully; concealment breaks the team's rules.

    Source: 004 A5.6.
    """

    entry = Entry.of("F-56", "如实上报", STD, "004 A5.6")

    above: ClassVar[tuple[Role, ...]] = ours(
        (Role.DEPARTMENT_MANAGER, Role.CENTER_LEADER, Role.GENERAL_MANAGER, Role.BRAND_DIVISION),
        "any of those a major case is reported to by F-32, F-36 and F-38",
    )

    def items(self, facts: Audit, /) -> Iterator[Item]:
        """A major case was reported to somebody above; nothing is asked of a general one."""
        if facts.case.major:
            told = [each for each in facts.case.complaint.of(Told) if each.role in self.above]
            yield self.item("reported_up", told[0] if told else None)
