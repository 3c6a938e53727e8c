"""The clocks of every case, from acceptance to the callback on the result (F-04, F-07 to F-11, F-13, F-15, F-18)."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from attrs import frozen

from estatecrm.model import Complaint, Happening, ReplyKind, Severity
from estatecrm.model.complaint_events import (
    Accepted,
    Begun,
    CalledBack,
    Chosen,
    Extended,
    FeedbackGathered,
    Grouped,
    Investigated,
    Judged,
    Proposed,
    Replied,
    Routed,
    Solved,
    at_of,
    earliest,
)
from estatecrm.policy import CORE, STD, Entry, Role
from estatecrm.rules.complaints.clock import Case, CaseClock, Reopening, Run, each_time
from estatecrm.rules.complaints.collective import everybody_answered
from estatecrm.rules.parameters import doc, ours
from estatecrm.values import IMMEDIATE, PROMPT, ClockHours, NaturalDays, TimeLimit, WorkingDays

_ANSWERS = (ReplyKind.PLAN, ReplyKind.RESULT)


@frozen(slots=False)
class Acceptance(CaseClock):
    """
    Accepted, with the first entry in the register, at once.

    Source: 002 P2 §3; 003 P3 1.1.
    """

    entry = Entry.of("F-04", "即时受理", CORE, "002 P2 §3; 003 P3 1.1")

    within: ClassVar[TimeLimit] = ours(ClockHours.of_minutes(30), "text says instantly")
    reopening: ClassVar[Reopening] = ours(Reopening.STAYS_MET, "a case opened again is not received again")

    def done_by(self, case: Case, run: Run, since: int, /) -> Happening | None:
        """The row in the register."""
        return case.complaint.first(Accepted)

    def responsible(self, case: Case, /) -> Role:
        """Who took it down."""
        return case.complaint.intake.taker or Role.SERVICE_SPECIALIST


@frozen(slots=False)
class FirstReply(CaseClock):
    """
    What can be solved on the spot is; otherwise the customer is called within two days.

    Source: 002 P1 §2.1(2).
    """

    entry = Entry.of("F-07", "两天内回电", CORE, "002 P1 §2.1(2)")

    within: ClassVar[TimeLimit] = doc(NaturalDays(2))
    reopening: ClassVar[Reopening] = ours(Reopening.RESTARTS, "a customer who comes back waits for a call again")

    def done_by(self, case: Case, run: Run, since: int, /) -> Happening | None:
        """The first reply, or the solution."""
        return earliest(case.complaint.first(Replied, since), case.complaint.first(Solved, since))

    def responsible(self, case: Case, /) -> Role:
        """Customer service."""
        return Role.SERVICE_SPECIALIST


@frozen(slots=False)
class HeadReport(CaseClock):
    """
    What was not solved is written up and given to the head of department.

    Source: 002 P1 §2.1(2).
    """

    entry = Entry.of("F-08", "报交部门领导", CORE, "002 P1 §2.1(2)")

    within: ClassVar[TimeLimit] = ours(NaturalDays(0), "must precede the two-day reply")
    head: ClassVar[Role] = doc(Role.DEPARTMENT_MANAGER)
    reopening: ClassVar[Reopening] = ours(Reopening.STAYS_MET, "the head knows the case")

    def done_by(self, case: Case, run: Run, since: int, /) -> Happening | None:
        """The head was told, or there was no need to."""
        return earliest(case.complaint.told(self.head, since), case.complaint.first(Solved, since))

    def responsible(self, case: Case, /) -> Role:
        """Customer service."""
        return Role.SERVICE_SPECIALIST


@frozen(slots=False)
class PassOn(CaseClock):
    """
    An accepted complaint goes to the responsible department in good time.

    Source: 000 §4.4; 002 P1 §2.1(3); 003 P9 (4).
    """

    entry = Entry.of("F-09", "转交责任部门", CORE, "000 §4.4; 002 P1 §2.1(3)")
    also = (Entry.of("F-29", "一般性投诉", CORE, "003 P9 (4)"),)

    within: ClassVar[TimeLimit] = ours(PROMPT, "R-02: the text says in good time")
    reopening: ClassVar[Reopening] = ours(Reopening.RESTARTS, "a case opened again is passed on again")

    def starts_at(self, case: Case, /) -> date | None:
        """The acceptance."""
        return at_of(case.complaint.first(Accepted))

    def done_by(self, case: Case, run: Run, since: int, /) -> Happening | None:
        """A department got it, or it was solved without."""
        return earliest(case.complaint.first(Routed, since), case.complaint.first(Solved, since))

    def responsible(self, case: Case, /) -> Role:
        """Customer service."""
        return Role.SERVICE_SPECIALIST


@frozen(slots=False)
class StartInvestigation(CaseClock):
    """
    The responsible department investigates at once.

    Source: 000 §4.4.
    """

    entry = Entry.of("F-10", "规定时间内反馈", CORE, "000 §4.4")

    within: ClassVar[TimeLimit] = ours(IMMEDIATE, "R-02: the text says at once")
    reopening: ClassVar[Reopening] = ours(Reopening.STAYS_MET, "each department that gets it begins once")

    def runs(self, case: Case, /) -> Iterator[Run]:
        """One running for every department that got it."""
        return each_time(case.complaint.of(Routed), "begin.")

    def done_by(self, case: Case, run: Run, since: int, /) -> Happening | None:
        """It took the case up; an answer shows that it did."""
        complaint = case.complaint
        begun = earliest(complaint.first(Begun, since), complaint.first(Investigated, since))
        return earliest(begun, first_answer(complaint, since))

    def responsible(self, case: Case, /) -> Role:
        """The head of the department."""
        return Role.DEPARTMENT_MANAGER


@frozen
class SeverityLimit:
    """The limit for complaints of a severity."""

    severity: Severity
    within: TimeLimit


@frozen(slots=False)
class Answer(CaseClock):
    """
    The responsible department makes a plan and answers the customer within the set time.

    A collective case is answered once every household is.

    Source: 000 §4.4.
    """

    entry = Entry.of("F-10", "规定时间内反馈", CORE, "000 §4.4")

    resolve_days: ClassVar[tuple[SeverityLimit, ...]] = ours(
        (SeverityLimit(Severity.GENERAL, NaturalDays(7)), SeverityLimit(Severity.MAJOR, NaturalDays(3))),
        "000 leaves the time to the company",
    )
    within: ClassVar[TimeLimit] = ours(NaturalDays(7), "for a severity the table does not list")
    extension: ClassVar[TimeLimit] = ours(NaturalDays(0), "the documents know no extension")

    def starts_at(self, case: Case, /) -> date | None:
        """The moment the department got it."""
        return at_of(case.complaint.first(Routed))

    def limit(self, case: Case, /) -> TimeLimit:
        """The limit for the severity, and once extended the extension on top."""
        limit = self.of_severity(case)
        return longer(limit, self.extension) if case.complaint.first(Extended) else limit

    def of_severity(self, case: Case, /) -> TimeLimit:
        """The limit for the severity of the case."""
        return next((line.within for line in self.resolve_days if line.severity is case.severity), self.within)

    def done_by(self, case: Case, run: Run, since: int, /) -> Happening | None:
        """A plan or a result reached the customer; in a collective case every household."""
        complaint = case.complaint
        if complaint.of(Grouped):
            return everybody_answered(complaint, since)
        return first_answer(complaint, since)

    def responsible(self, case: Case, /) -> Role:
        """The head of the department."""
        return Role.DEPARTMENT_MANAGER


@frozen(slots=False)
class AgreedInvestigation(CaseClock):
    """
    The investigation of a founded complaint ends by the day agreed with the customer.

    Source: 002 P2 §3 step 2.
    """

    entry = Entry.of("F-11", "投诉判断", CORE, "002 P2 §3")

    within: ClassVar[TimeLimit] = doc(NaturalDays(0))
    reopening: ClassVar[Reopening] = ours(Reopening.STAYS_MET, "each time agreed is kept once")

    def runs(self, case: Case, /) -> Iterator[Run]:
        """One running for every judgement that agreed a day."""
        for number, judged in enumerate(case.complaint.of(Judged), start=1):
            if judged.founded and judged.agreed_by is not None:
                yield Run(str(number), judged.agreed_by)

    def done_by(self, case: Case, run: Run, since: int, /) -> Happening | None:
        """What was found out, at any time after the judgement."""
        judged = case.complaint.of(Judged)[int(run.step) - 1]
        return earliest(case.complaint.first(Investigated, judged.us), case.complaint.first(Solved, judged.us))

    def responsible(self, case: Case, /) -> Role:
        """The head of the department."""
        return Role.DEPARTMENT_MANAGER


@frozen(slots=False)
class Choice(CaseClock):
    """
    The leader reads every plan, picks the best and directs promptly.

    Source: 002 P2 §3 step 4.
    """

    entry = Entry.of("F-13", "提出处理方案", CORE, "002 P2 §3")

    within: ClassVar[TimeLimit] = ours(PROMPT, "R-02: the text says promptly")
    reopening: ClassVar[Reopening] = ours(Reopening.STAYS_MET, "each set of plans is chosen from once")

    def runs(self, case: Case, /) -> Iterator[Run]:
        """One running for every set of plans."""
        return each_time(case.complaint.of(Proposed))

    def done_by(self, case: Case, run: Run, since: int, /) -> Happening | None:
        """The choice."""
        return case.complaint.first(Chosen, since)

    def responsible(self, case: Case, /) -> Role:
        """The supervising leader."""
        return Role.DEPARTMENT_MANAGER


@frozen(slots=False)
class Feedback(CaseClock):
    """
    After a plan is carried out the customer's reaction is gathered as soon as possible.

    Source: 002 P2 §3 step 5.
    """

    entry = Entry.of("F-15", "收集反馈意见", STD, "002 P2 §3")

    within: ClassVar[TimeLimit] = ours(PROMPT, "R-02")
    reopening: ClassVar[Reopening] = ours(Reopening.STAYS_MET, "each solution is followed up once")

    def runs(self, case: Case, /) -> Iterator[Run]:
        """One running for every time it was solved."""
        return each_time(case.complaint.of(Solved))

    def done_by(self, case: Case, run: Run, since: int, /) -> Happening | None:
        """The reaction, or a callback that brings it."""
        complaint = case.complaint
        return earliest(complaint.first(FeedbackGathered, since), complaint.first(CalledBack, since))

    def responsible(self, case: Case, /) -> Role:
        """Customer service."""
        return Role.SERVICE_SPECIALIST


@frozen(slots=False)
class ResultCallback(CaseClock):
    """
    The result is followed by a callback, to make sure that the customer is satisfied.

    Source: 000 §4.4; 002 P2 §3; 003 P3 2.4.
    """

    entry = Entry.of("F-18", "处理结果回访", CORE, "000 §4.4; 002 P2 §3; 003 P3 2.4")

    within: ClassVar[TimeLimit] = ours(NaturalDays(3), "D-17: three days after a service")
    reopening: ClassVar[Reopening] = ours(Reopening.STAYS_MET, "each solution is followed up once")

    def runs(self, case: Case, /) -> Iterator[Run]:
        """One running for every time it was solved."""
        return each_time(case.complaint.of(Solved))

    def done_by(self, case: Case, run: Run, since: int, /) -> Happening | None:
        """The callback."""
        return case.complaint.first(CalledBack, since)

    def responsible(self, case: Case, /) -> Role:
        """Customer service."""
        return Role.SERVICE_SPECIALIST


def first_answer(complaint: Complaint, since: int) -> Happening | None:
    """The first plan or result that reached the customer, or the solution itself."""
    answers = (each for each in complaint.of(Replied) if each.us >= since and each.kind in _ANSWERS)
    return earliest(next(answers, None), complaint.first(Solved, since))


def longer(limit: TimeLimit, extension: TimeLimit) -> TimeLimit:
    """*limit* with *extension* on top where both are days of one kind; else *limit*."""
    if isinstance(limit, NaturalDays) and isinstance(extension, NaturalDays):
        return NaturalDays(limit.days + extension.days)
    if isinstance(limit, WorkingDays) and isinstance(extension, WorkingDays):
        return WorkingDays(limit.days + extension.days)
    return limit
