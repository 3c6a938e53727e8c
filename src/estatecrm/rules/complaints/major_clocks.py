"""The clocks of a major case: who must be told by when, and the report to the group (F-32, F-36 to F-38, F-41)."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from attrs import frozen

from estatecrm.calendars import moment_from
from estatecrm.decisions import Condition
from estatecrm.model import Complaint, Happening
from estatecrm.model.complaint_events import Accepted, Convened, Replied, Solved, at_of
from estatecrm.policy import CORE, Entry, Role
from estatecrm.rules.complaints.clock import Case, CaseClock, Reopening, Run, each_time
from estatecrm.rules.parameters import doc, ours
from estatecrm.values import ALARM, IMMEDIATE, PROMPT, ClockHours, TimeLimit

_TOLD_ONCE = "who was told was told"


@frozen(slots=False)
class MajorReport(CaseClock):
    """
    A major complaint is reported at once to the department manager and the centre's leadership.

    Source: 003 P9 (6).
    """

    entry = Entry.of("F-32", "重大投诉上报", CORE, "003 P9 (6)")

    within: ClassVar[TimeLimit] = ours(ALARM, "R-02: the first moment")
    recipients: ClassVar[tuple[Role, ...]] = doc((Role.DEPARTMENT_MANAGER, Role.CENTER_LEADER))
    reopening: ClassVar[Reopening] = ours(Reopening.STAYS_MET, _TOLD_ONCE)

    def conditions(self, case: Case, /) -> Iterator[Condition]:
        """The case is major."""
        yield self.condition("clock.major", case.major, severity=case.severity)

    def starts_at(self, case: Case, /) -> date | None:
        """The moment it was known to be major."""
        return known_major(case)

    def done_by(self, case: Case, run: Run, since: int, /) -> Happening | None:
        """The last of them was told."""
        return all_told(case.complaint, self.recipients, since)

    def responsible(self, case: Case, /) -> Role:
        """Who took it down."""
        return case.complaint.intake.taker or Role.SERVICE_SPECIALIST


@frozen(slots=False)
class MajorExplained(CaseClock):
    """
    The customer of a major complaint gets the reason and the time of the reply.

    Source: 003 P9 (6).
    """

    entry = Entry.of("F-32", "重大投诉上报", CORE, "003 P9 (6)")

    within: ClassVar[TimeLimit] = ours(IMMEDIATE, "R-02: explained the same day")
    reopening: ClassVar[Reopening] = ours(Reopening.STAYS_MET, _TOLD_ONCE)

    def conditions(self, case: Case, /) -> Iterator[Condition]:
        """The case is major."""
        yield self.condition("clock.major", case.major, severity=case.severity)

    def runs(self, case: Case, /) -> Iterator[Run]:
        """From the moment it was known to be major."""
        start = known_major(case)
        if start is not None:
            yield Run("explained", start)

    def done_by(self, case: Case, run: Run, since: int, /) -> Happening | None:
        """A reply that fixes the next one, or brings the result."""
        replies = (each for each in case.complaint.of(Replied) if each.us >= since and each.next_reply is not None)
        return next(replies, None) or case.complaint.first(Solved, since)

    def responsible(self, case: Case, /) -> Role:
        """Who took it down."""
        return case.complaint.intake.taker or Role.SERVICE_SPECIALIST


@frozen(slots=False)
class Warning24(CaseClock):
    """
    While handling goes on, a major complaint is reported to brand or management and to legal within 24 hours.

    Source: 003 P3 2.5.
    """

    entry = Entry.of("F-36", "24小时预警报备", CORE, "003 P3 2.5")

    within: ClassVar[TimeLimit] = doc(ClockHours(24))
    recipients: ClassVar[tuple[Role, ...]] = doc((Role.BRAND_DIVISION, Role.LEGAL))
    reopening: ClassVar[Reopening] = ours(Reopening.STAYS_MET, _TOLD_ONCE)

    def conditions(self, case: Case, /) -> Iterator[Condition]:
        """The case is major."""
        yield self.condition("clock.major", case.major, severity=case.severity)

    def starts_at(self, case: Case, /) -> date | None:
        """The moment it was known to be major."""
        return known_major(case)

    def done_by(self, case: Case, run: Run, since: int, /) -> Happening | None:
        """The last of them was told."""
        return all_told(case.complaint, self.recipients, since)

    def responsible(self, case: Case, /) -> Role:
        """The customer-relations manager."""
        return Role.RELATIONS_MANAGER


@frozen(slots=False)
class TopReport(CaseClock):
    """
    Brand or management reports in good time to the operations vice-president and the CEO.

    Source: 003 P3 2.5.
    """

    entry = Entry.of("F-37", "上报高层", CORE, "003 P3 2.5")

    within: ClassVar[TimeLimit] = ours(PROMPT, "R-02: the text says in good time")
    warned: ClassVar[Role] = doc(Role.BRAND_DIVISION)
    recipients: ClassVar[tuple[Role, ...]] = doc((Role.OPS_VP, Role.CEO))
    reopening: ClassVar[Reopening] = ours(Reopening.STAYS_MET, _TOLD_ONCE)

    def conditions(self, case: Case, /) -> Iterator[Condition]:
        """The case is major."""
        yield self.condition("clock.major", case.major, severity=case.severity)

    def starts_at(self, case: Case, /) -> date | None:
        """The moment brand or management was warned."""
        return at_of(None if case.major_since is None else case.complaint.told(self.warned, case.major_since))

    def done_by(self, case: Case, run: Run, since: int, /) -> Happening | None:
        """The last of them was told."""
        return all_told(case.complaint, self.recipients, since)

    def responsible(self, case: Case, /) -> Role:
        """Brand or management."""
        return Role.BRAND_DIVISION


@frozen(slots=False)
class CrisisTold(CaseClock):
    """
    Who accepted a major complaint tells the head of department and the general manager at the first moment.

    Source: 003 P3 1.3, 2.6.
    """

    entry = Entry.of("F-38", "危机事件处理小组", CORE, "003 P3 1.3; 003 P3 2.6")

    within: ClassVar[TimeLimit] = ours(ALARM, "R-02: the first moment")
    recipients: ClassVar[tuple[Role, ...]] = doc((Role.DEPARTMENT_MANAGER, Role.GENERAL_MANAGER))
    reopening: ClassVar[Reopening] = ours(Reopening.STAYS_MET, _TOLD_ONCE)

    def conditions(self, case: Case, /) -> Iterator[Condition]:
        """The case is major."""
        yield self.condition("clock.major", case.major, severity=case.severity)

    def starts_at(self, case: Case, /) -> date | None:
        """The acceptance, or the moment it was known to be major where that came later."""
        return accepted_major(case)

    def done_by(self, case: Case, run: Run, since: int, /) -> Happening | None:
        """The last of them was told."""
        return all_told(case.complaint, self.recipients, since)

    def responsible(self, case: Case, /) -> Role:
        """Who accepted it."""
        return case.complaint.intake.taker or Role.SERVICE_SPECIALIST


@frozen(slots=False)
class CrisisMeeting(CaseClock):
    """
    The general manager convenes the crisis team.

    Source: 003 P3 1.3, 2.6.
    """

    entry = Entry.of("F-38", "危机事件处理小组", CORE, "003 P3 1.3; 003 P3 2.6")

    within: ClassVar[TimeLimit] = ours(ClockHours(24), "the same clock as F-36")
    leader: ClassVar[Role] = doc(Role.GENERAL_MANAGER)
    reopening: ClassVar[Reopening] = ours(Reopening.STAYS_MET, "the team that met knows the case")

    def conditions(self, case: Case, /) -> Iterator[Condition]:
        """The case is major."""
        yield self.condition("clock.major", case.major, severity=case.severity)

    def runs(self, case: Case, /) -> Iterator[Run]:
        """From the acceptance, or from when it was known to be major."""
        start = accepted_major(case)
        if start is not None:
            yield Run("meeting", start)

    def done_by(self, case: Case, run: Run, since: int, /) -> Happening | None:
        """The team met under its leader; without the leader it is not the team."""
        met = (each for each in case.complaint.of(Convened) if each.us >= since and each.leader is self.leader)
        return next(met, None)

    def responsible(self, case: Case, /) -> Role:
        """The leader."""
        return self.leader


@frozen(slots=False)
class GroupResult(CaseClock):
    """
    Within 24 hours of completing handling the result is with the group's customer service, which surveys.

    Source: 003 P3 2.4.
    """

    entry = Entry.of("F-41", "24小时反馈", CORE, "003 P3 2.4")

    within: ClassVar[TimeLimit] = doc(ClockHours(24))
    recipient: ClassVar[Role] = doc(Role.GROUP_CUSTOMER_SERVICE)
    reopening: ClassVar[Reopening] = ours(Reopening.STAYS_MET, _TOLD_ONCE)

    def runs(self, case: Case, /) -> Iterator[Run]:
        """One running for every completion."""
        return each_time(case.complaint.of(Solved))

    def done_by(self, case: Case, run: Run, since: int, /) -> Happening | None:
        """The group was told."""
        return case.complaint.told(self.recipient, since)

    def responsible(self, case: Case, /) -> Role:
        """The customer-relations manager."""
        return Role.RELATIONS_MANAGER


def known_major(case: Case) -> date | None:
    """The moment *case* was known to be major."""
    return None if case.major_since is None else moment_from(case.major_since)


def accepted_major(case: Case) -> date | None:
    """The moment a major *case* was accepted, or known to be major where that came later."""
    accepted = case.complaint.first(Accepted)
    if accepted is None or case.major_since is None:
        return None
    return moment_from(max(accepted.us, case.major_since))


def all_told(complaint: Complaint, recipients: tuple[Role, ...], since: int) -> Happening | None:
    """When the last of *recipients* was told; None as long as one was not."""
    told = [complaint.told(role, since) for role in recipients]
    known = [each for each in told if each is not None]
    return max(known, key=lambda each: each.us) if known and len(known) == len(told) else None
