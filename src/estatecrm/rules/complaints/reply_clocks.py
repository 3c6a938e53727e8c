"""Days on which the customer hears again: fixed, asked for, promised (F-28, F-50)."""

from collections.abc import Iterator
from typing import ClassVar

from attrs import frozen

from estatecrm.model import Happening
from estatecrm.model.complaint_events import Pressed, Promised, PromiseKept, Replied, Solved, earliest
from estatecrm.policy import CORE, STD, Entry, Role
from estatecrm.rules.complaints.clock import Case, CaseClock, Reopening, Run
from estatecrm.rules.parameters import doc, ours
from estatecrm.values import PROMPT, NaturalDays, TimeLimit


@frozen(slots=False)
class NextReply(CaseClock):
    """
    What cannot be solved yet is explained, and the customer hears again on the day fixed.

    Source: 003 P9 (3).
    """

    entry = Entry.of("F-28", "确定下次回复时间", CORE, "003 P9 (3)")

    within: ClassVar[TimeLimit] = doc(NaturalDays(0))
    reopening: ClassVar[Reopening] = ours(Reopening.STAYS_MET, "a day that was kept was kept")

    def runs(self, case: Case, /) -> Iterator[Run]:
        """One running for every day fixed."""
        for number, reply in enumerate(case.complaint.of(Replied), start=1):
            if reply.next_reply is not None:
                yield Run(f"{reply.next_reply.isoformat()}.{number}", reply.next_reply)

    def done_by(self, case: Case, run: Run, since: int, /) -> Happening | None:
        """The next reply after the one that fixed the day, or the solution."""
        number = int(run.step.rpartition(".")[2])
        replies = case.complaint.of(Replied)
        following = replies[number] if number < len(replies) else None
        return earliest(following, case.complaint.first(Solved, replies[number - 1].us))

    def responsible(self, case: Case, /) -> Role:
        """Customer service."""
        return Role.SERVICE_SPECIALIST


@frozen(slots=False)
class PressedReply(CaseClock):
    """
    A customer who asks again hears in good time; asking once more does not push it out.

    Source: 003 P9 (3).
    """

    entry = Entry.of("F-28", "确定下次回复时间", CORE, "003 P9 (3)")

    within: ClassVar[TimeLimit] = ours(PROMPT, "following a case clearly means answering who asks")
    reopening: ClassVar[Reopening] = ours(Reopening.STAYS_MET, "a question that was answered was answered")

    def runs(self, case: Case, /) -> Iterator[Run]:
        """One running from the first question that no reply came after."""
        waiting, number = False, 0
        for each in case.complaint.history:
            if isinstance(each, (Replied, Solved)):
                waiting = False
            elif isinstance(each, Pressed) and not waiting:
                waiting, number = True, number + 1
                yield Run(f"asked.{number}", each.at)

    def done_by(self, case: Case, run: Run, since: int, /) -> Happening | None:
        """The next reply, or the solution."""
        return earliest(case.complaint.first(Replied, since), case.complaint.first(Solved, since))

    def responsible(self, case: Case, /) -> Role:
        """Customer service."""
        return Role.SERVICE_SPECIALIST


@frozen(slots=False)
class PromiseDay(CaseClock):
    """
    Each promise to a complainant has its day; one not kept counts against whoever gave it.

    Source: 002 P2 §3 norms; 001 §3.3.
    """

    entry = Entry.of("F-50", "不轻易承诺", STD, "002 P2 §3; 001 §3.3")

    within: ClassVar[TimeLimit] = doc(NaturalDays(0))
    reopening: ClassVar[Reopening] = ours(Reopening.STAYS_MET, "a promise that was kept was kept")

    def runs(self, case: Case, /) -> Iterator[Run]:
        """One running for every promise."""
        for number, promise in enumerate(case.complaint.of(Promised), start=1):
            yield Run(f"promise.{number}", promise.until)

    def done_by(self, case: Case, run: Run, since: int, /) -> Happening | None:
        """Its keeping."""
        promise = case.complaint.of(Promised)[int(run.step.rpartition(".")[2]) - 1]
        kept = (each for each in case.complaint.of(PromiseKept) if each.what == promise.what and each.us >= promise.us)
        return next(kept, None)

    def responsible(self, case: Case, /) -> Role:
        """Customer service."""
        return Role.SERVICE_SPECIALIST
