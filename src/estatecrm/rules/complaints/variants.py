"""Where other documents speak of complaints: how grave, and when the customer first hears (appendix 4, 1 and 10)."""

from datetime import date
from typing import ClassVar

from attrs import frozen

from estatecrm.model import MajorEvent, MajorTrigger
from estatecrm.model.complaint_events import Accepted, at_of
from estatecrm.policy import CORE, Entry
from estatecrm.rules.complaints.clock import Case
from estatecrm.rules.complaints.clocks import FirstReply
from estatecrm.rules.complaints.judging import SeverityClass
from estatecrm.rules.parameters import ours
from estatecrm.values import IMMEDIATE, TimeLimit


@frozen(slots=False)
class GroupSeverity(SeverityClass):
    """
    Major by the seven triggers of the group alone.

    Source: 003 P3 2.5.
    """

    events: ClassVar[tuple[MajorEvent, ...]] = ours((), "003 P3 knows the triggers only")


@frozen(slots=False)
class EstateSeverity(SeverityClass):
    """
    Major by the ten events on an estate alone.

    Source: 003 P9 (6).
    """

    entry = Entry.of("F-31", "重大/突发事件", CORE, "003 P9 (6)")
    triggers: ClassVar[tuple[MajorTrigger, ...]] = ours((), "003 P9 knows the events only")


@frozen(slots=False)
class StatusAtOnce(FirstReply):
    """
    The customer is told the status at once, on the day the complaint was logged.

    Source: 003 P9 (4).
    """

    entry = Entry.of("F-29", "一般性投诉", CORE, "003 P9 (4)")

    within: ClassVar[TimeLimit] = ours(IMMEDIATE, "R-02: the text says at once")

    def starts_at(self, case: Case, /) -> date | None:
        """The log entry."""
        return at_of(case.complaint.first(Accepted))
