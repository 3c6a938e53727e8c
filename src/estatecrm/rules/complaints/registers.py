"""Registers and reports over complaints (F-17, F-34, F-42; forms 28, 29, 36, 45 and 47)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import ClassVar

from attrs import frozen

from estatecrm.decisions import Cell, Column, Condition, Page, Step
from estatecrm.model import Complaint, ComplaintCategory
from estatecrm.model.complaint_events import Closed, Investigated, Replied, Solved, Summarised
from estatecrm.policy import CORE, Entry
from estatecrm.rules.complaints.clock import Case
from estatecrm.rules.parameters import doc, ours
from estatecrm.rules.shapes import Grant, Report
from estatecrm.values import Rate


@frozen
class Rated:
    """A case as the reports count it: judged, and whether every clock of it was kept."""

    case: Case
    on_time: bool = True


@frozen
class Period:
    """The cases to report on, and the days from *first* to *last*, both counted; *title* heads the page."""

    first: date
    last: date
    cases: tuple[Rated, ...]
    title: str = ""
    zone: str = "Asia/Shanghai"

    def holds(self, complaint: Complaint) -> bool:
        """Whether *complaint* came in during the period."""
        return self.first <= complaint.intake.received_at.in_timezone(self.zone).date() <= self.last

    def closed_in(self, complaint: Complaint) -> bool:
        """Whether *complaint* was closed, for the last time, during the period."""
        closed = complaint.last(Closed)
        if closed is None or not complaint.ended:
            return False
        return self.first <= closed.at.in_timezone(self.zone).date() <= self.last


@frozen(slots=False)
class ComplaintRegister(Report[Period]):
    """
    The complaint register; the record form and the opinion-handling form are views of the same record.

    Source: 002 P2 §3; 003 P3 2.8; 003 P9 (4).
    """

    entry = Entry.of("F-42", "周报月报", CORE, "003 P3 2.8")
    also = (
        Entry.of("F-03", "投诉记录要素", CORE, "000 §4.4; 002 P2 §3; 003 P3 2.3"),
        Entry.of("F-29", "一般性投诉", CORE, "003 P9 (4)"),
    )

    shown: ClassVar[tuple[str, ...]] = ours(
        (
            "number",
            "complainant",
            "received_at",
            "content",
            "phone",
            "unit",
            "channel",
            "category",
            "severity",
            "state",
        ),
        "form 28: complainant, time and content are the document's; the reply of form 46 and the result of 45 are cut",
    )

    def columns(self) -> tuple[Column, ...]:
        """The columns of the register."""
        return tuple(Column(code) for code in self.shown)

    def pages(self, facts: Period, /) -> Iterator[Page]:
        """One page, in order of receipt."""
        ordered = sorted(facts.cases, key=lambda each: each.case.complaint.intake.us)
        rows = (self.row(each) for each in ordered if facts.holds(each.case.complaint))
        yield Page(facts.title, tuple(rows))

    def row(self, rated: Rated, /) -> tuple[Cell, ...]:
        """The values of one case, in the order of the columns."""
        return tuple(self.value(rated, code) for code in self.shown)

    def value(self, rated: Rated, column: str, /) -> Cell:
        """What stands in *column*."""
        complaint = rated.case.complaint
        intake, reply, solved = complaint.intake, complaint.last(Replied), complaint.last(Solved)
        held: dict[str, Cell] = {
            "number": complaint.id,
            "complainant": intake.name,
            "received_at": intake.received_at,
            "content": intake.content,
            "phone": intake.phone,
            "unit": intake.unit,
            "channel": intake.channel,
            "category": complaint.category,
            "severity": rated.case.severity,
            "state": complaint.state,
            "reply": reply.kind if reply else None,
            "result": solved.result if solved else "",
        }
        return held[column]


@frozen(slots=False)
class ClassifiedStatistics(Report[Period]):
    """
    Complaints by category with share, punctuality and cause; for the largest an improvement is proposed.

    Source: 002 P2 §3 step 6.
    """

    entry = Entry.of("F-17", "顾客投诉分类统计表", CORE, "002 P2 §3")

    def columns(self) -> tuple[Column, ...]:
        """Form 29."""
        return tuple(Column(code) for code in ("category", "count", "share", "on_time", "with_cause", "proposal"))

    def pages(self, facts: Period, /) -> Iterator[Page]:
        """One page, the most frequent category first."""
        held = [each for each in facts.cases if facts.holds(each.case.complaint)]
        counts = Counter(each.case.complaint.category for each in held)
        rows = (self.row(category, count, held) for category, count in counts.most_common())
        yield Page(facts.title, tuple(rows))

    def row(self, category: ComplaintCategory | None, count: int, held: list[Rated], /) -> tuple[Cell, ...]:
        """The values of one category."""
        of_it = [each for each in held if each.case.complaint.category is category]
        caused = sum(each.case.complaint.last(Investigated) is not None for each in of_it)
        return (
            category,
            count,
            Rate.of(count, len(held)),
            sum(each.on_time for each in of_it),
            caused,
            self.proposal(of_it),
        )

    def proposal(self, cases: list[Rated], /) -> str:
        """The proposal written last for a category."""
        written = [each.case.complaint.last(Summarised) for each in cases]
        return next((each.proposal for each in reversed(written) if each is not None and each.proposal), "")


@frozen
class Shares:
    """How many complaints each category had, and for which a proposal is written."""

    counts: tuple[tuple[ComplaintCategory, int], ...]
    proposed: tuple[ComplaintCategory, ...] = ()


@frozen(slots=False)
class ImprovementProposal(Grant[Shares, ComplaintCategory]):
    """
    The summary proposes an improvement for the most frequent category.

    Outcome: that category.

    Source: 002 P2 §3 step 6.
    """

    entry = Entry.of("F-17", "顾客投诉分类统计表", CORE, "002 P2 §3")

    def conditions(self, facts: Shares, /) -> Iterator[Condition]:
        """The largest category has its proposal."""
        top = self.top(facts)
        yield self.condition("statistics.proposal", top is None or top in facts.proposed, category=top)

    def working(self, facts: Shares, /) -> Iterator[Step[ComplaintCategory]]:
        """The largest category."""
        top = self.top(facts)
        if top is not None:
            yield self.step("statistics.top", top)

    def top(self, facts: Shares, /) -> ComplaintCategory | None:
        """The most frequent category; the first of several."""
        return max(facts.counts, key=lambda line: line[1])[0] if facts.counts else None


@frozen(slots=False)
class PeriodReport(Report[Period]):
    """
    The weekly and monthly report: new, closed, still open, major, on time.

    Source: 003 P3 2.8.
    """

    entry = Entry.of("F-42", "周报月报", CORE, "003 P3 2.8")

    def columns(self) -> tuple[Column, ...]:
        """Form 36."""
        return tuple(Column(code) for code in ("new", "closed", "still_open", "major", "on_time"))

    def pages(self, facts: Period, /) -> Iterator[Page]:
        """One line."""
        came = [each for each in facts.cases if facts.holds(each.case.complaint)]
        closed = [each for each in facts.cases if facts.closed_in(each.case.complaint)]
        still_open = [each for each in facts.cases if not each.case.complaint.ended]
        line: tuple[Cell, ...] = (
            len(came),
            len(closed),
            len(still_open),
            sum(each.case.major for each in came),
            sum(each.on_time for each in closed),
        )
        yield Page(facts.title, (line,))


@frozen(slots=False)
class MonthlyTally(Report[Period]):
    """
    Complaints are tallied by the month, and callbacks follow from the tally.

    Source: 003 P9 (8).
    """

    entry = Entry.of("F-34", "客户月投诉统计表", CORE, "003 P9 (8)")

    called_from: ClassVar[int] = ours(2, "repeaters and the unsolved are at risk")
    cycle: ClassVar[str] = doc("monthly")

    def columns(self) -> tuple[Column, ...]:
        """Form 47."""
        return tuple(Column(code) for code in ("customer", "count", "unsolved", "callback"))

    def pages(self, facts: Period, /) -> Iterator[Page]:
        """One line a customer, who complained most first."""
        held = [each.case.complaint for each in facts.cases if facts.holds(each.case.complaint)]
        counts = Counter(who(each) for each in held)
        rows = []
        for customer, count in counts.most_common():
            unsolved = sum(not each.of(Solved) and not each.ended for each in held if who(each) == customer)
            row: tuple[Cell, ...] = (customer, count, unsolved, self.to_call(count, unsolved))
            rows.append(row)
        yield Page(facts.title, tuple(rows))

    def to_call(self, count: int, unsolved: int, /) -> bool:
        """Whether the customer is called back: so many complaints, or one that is not solved."""
        return count >= self.called_from or unsolved > 0

    def callbacks(self, facts: Period, /) -> tuple[str, ...]:
        """The customers to be called back."""
        (page,) = self.pages(facts)
        return tuple(str(row[0]) for row in page.rows if row[3])


def who(complaint: Complaint) -> str:
    """Who complains: the customer's code, or the unit where none is known."""
    return complaint.intake.customer or complaint.intake.unit


def rated(cases: Iterable[tuple[Case, bool]]) -> tuple[Rated, ...]:
    """Cases with whether all their clocks were kept."""
    return tuple(Rated(case, on_time) for case, on_time in cases)
