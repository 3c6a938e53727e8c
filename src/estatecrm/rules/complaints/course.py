"""The life of a complaint: every move, and the checks that stop a premature close (F-11 to F-14, F-18, F-19, F-33)."""

from typing import ClassVar

from attrs import frozen

from estatecrm.calendars import microseconds_of
from estatecrm.decisions import Condition
from estatecrm.model import (
    CallbackSatisfaction,
    Complaint,
    ComplaintChannel,
    ComplaintState,
    Happening,
    ReplyKind,
    ReplyMeans,
)
from estatecrm.model.complaint_events import (
    Accepted,
    CalledBack,
    Chosen,
    Closed,
    Judged,
    Proposed,
    Replied,
    Signed,
    Solved,
)
from estatecrm.policy import CORE, Entry
from estatecrm.rules.life_cycles import LifeCycle, Move
from estatecrm.rules.parameters import doc, ours
from estatecrm.values import NaturalDays


@frozen
class CaseMove:
    """A complaint, and what is about to happen to it."""

    complaint: Complaint
    happening: Happening


_S = ComplaintState
_FRESH = (_S.ACCEPTED, _S.REOPENED)
_WORKED = (*_FRESH, _S.ROUTED, _S.JUDGED)
_OPEN = tuple(state for state in _S if not state.ended)


def _moves(
    name: str, sources: tuple[ComplaintState, ...], target: ComplaintState, *guards: str
) -> tuple[Move[ComplaintState], ...]:
    return tuple(Move(name, source, target, guards) for source in sources)


@frozen(slots=False)
class ComplaintCourse(LifeCycle[CaseMove, ComplaintState]):
    """
    A case is received, accepted, routed, judged, investigated, solved, called back and closed; in between plans are
    put up, one is chosen, and the customer signs.

    It closes only as a closed loop: accepted, solved, called back, answered as the customer asked.

    Source: 002 P2 §3.
    """

    entry = Entry.of("F-19", "闭环管理", CORE, "002 P2 §3")
    also = (
        Entry.of("F-11", "投诉判断", CORE, "002 P2 §3"),
        Entry.of("F-13", "提出处理方案", CORE, "002 P2 §3"),
        Entry.of("F-14", "顾客签字", CORE, "002 P2 §3"),
        Entry.of("F-18", "处理结果回访", CORE, "000 §4.4; 002 P2 §3; 003 P3 2.4"),
        Entry.of("F-33", "书面回复", CORE, "003 P9 (7)"),
    )

    initial: ClassVar[ComplaintState] = doc(_S.RECEIVED)
    moves: ClassVar[tuple[Move[ComplaintState], ...]] = ours(
        (
            *_moves("accept", (_S.RECEIVED,), _S.ACCEPTED),
            *_moves("route", _WORKED, _S.ROUTED),
            *_moves("judge", (*_FRESH, _S.ROUTED), _S.JUDGED),
            *_moves("investigate", (_S.ROUTED, _S.JUDGED), _S.INVESTIGATED, "founded_with_time"),
            *_moves("propose", (_S.INVESTIGATED, _S.PROPOSED), _S.PROPOSED),
            *_moves("choose", (_S.PROPOSED,), _S.CHOSEN, "enough_options"),
            *_moves("agree", (_S.CHOSEN,), _S.AWAITING_SIGNATURE),
            *_moves("sign_plan", (_S.CHOSEN, _S.AWAITING_SIGNATURE), _S.SIGNED),
            *_moves("solve", (*_FRESH, _S.ROUTED, _S.SIGNED), _S.SOLVED),
            *_moves("solve", (_S.JUDGED,), _S.SOLVED, "unfounded_answered"),
            *_moves("solve", (_S.CHOSEN, _S.AWAITING_SIGNATURE), _S.SOLVED, "signed"),
            *_moves("call_back", (_S.SOLVED, _S.CALLED_BACK), _S.CALLED_BACK),
            *_moves(
                "close",
                (_S.JUDGED, _S.SOLVED, _S.CALLED_BACK),
                _S.CLOSED,
                "accepted",
                "has_result",
                "called_back",
                "judged_well",
                "answered_in_kind",
            ),
            *_moves("reopen", (_S.CALLED_BACK, _S.CLOSED), _S.REOPENED, "may_reopen"),
            *_moves("withdraw", _OPEN, _S.WITHDRAWN),
            *_moves("merge", (_S.RECEIVED, *_WORKED), _S.MERGED),
        ),
        "the six steps of 002 P2 §3 in the order the text gives them",
    )

    min_options: ClassVar[int] = ours(2, "text speaks of different plans")
    reopen_within: ClassVar[NaturalDays] = ours(NaturalDays(7), "within a week it is the same case, later another")
    written: ClassVar[tuple[ComplaintChannel, ...]] = ours(
        (ComplaintChannel.WRITTEN, ComplaintChannel.MAILBOX), "what comes by letter or mailbox came in writing"
    )

    def state(self, facts: CaseMove, /) -> ComplaintState:
        """Where the case stands."""
        return facts.complaint.state

    def founded_with_time(self, facts: CaseMove, /) -> Condition:
        """A complaint is investigated once it is judged founded and a day is agreed with the customer (F-11)."""
        judged = facts.complaint.last(Judged)
        ready = judged is not None and judged.founded and judged.agreed_by is not None
        return self.condition("course.founded_with_time", ready, entry="F-11")

    def enough_options(self, facts: CaseMove, /) -> Condition:
        """There were different plans to choose from, or a reason why not (F-13)."""
        proposed, chosen = facts.complaint.last(Proposed), facts.happening
        options = len(proposed.options) if proposed else 0
        waived = isinstance(chosen, Chosen) and bool(chosen.reason)
        met = options >= self.min_options or waived
        return self.condition("course.options", met, entry="F-13", options=options, least=self.min_options)

    def signed(self, facts: CaseMove, /) -> Condition:
        """The customer signed the plan (F-14)."""
        return self.condition("course.signed", facts.complaint.first(Signed) is not None, entry="F-14")

    def unfounded_answered(self, facts: CaseMove, /) -> Condition:
        """It was judged unfounded, and the customer was told why (F-11)."""
        judged = facts.complaint.last(Judged)
        met = judged is not None and not judged.founded and bool(judged.reply)
        return self.condition("course.unfounded_answered", met, entry="F-11")

    def accepted(self, facts: CaseMove, /) -> Condition:
        """It was accepted (F-19)."""
        return self.condition("course.accepted", facts.complaint.first(Accepted) is not None)

    def has_result(self, facts: CaseMove, /) -> Condition:
        """There is a result (F-19)."""
        return self.condition("course.result", facts.complaint.last(Solved) is not None)

    def called_back(self, facts: CaseMove, /) -> Condition:
        """The customer was called back on the last result and is not dissatisfied (F-18, F-19)."""
        solved = facts.complaint.last(Solved)
        calls = [each for each in facts.complaint.of(CalledBack) if solved is None or each.us >= solved.us]
        content = bool(calls) and calls[-1].satisfaction is not CallbackSatisfaction.DISSATISFIED
        return self.condition("course.callback", content, called=bool(calls))

    def judged_well(self, facts: CaseMove, /) -> Condition:
        """If it was judged unfounded, the customer was told why (F-11)."""
        judged = facts.complaint.last(Judged)
        met = judged is None or judged.founded or bool(judged.reply)
        return self.condition("course.unfounded_answered", met, entry="F-11")

    def answered_in_kind(self, facts: CaseMove, /) -> Condition:
        """What came in writing was answered in writing (F-33)."""
        return self.condition("course.written", self.answered_as_asked(facts.complaint), entry="F-33")

    def answered_as_asked(self, complaint: Complaint, /) -> bool:
        """Whether a complaint in writing has had an answer in writing; any answer will do for the others."""
        if complaint.intake.channel not in self.written:
            return True
        answers = [each for each in complaint.of(Replied) if each.kind is not ReplyKind.STATUS]
        return any(each.means is ReplyMeans.WRITTEN for each in answers)

    def may_reopen(self, facts: CaseMove, /) -> Condition:
        """The customer is dissatisfied with the callback, or came back soon after the close (F-18)."""
        complaint, closed = facts.complaint, facts.complaint.last(Closed)
        call = complaint.last(CalledBack)
        unhappy = call is not None and call.satisfaction is CallbackSatisfaction.DISSATISFIED
        limit = self.reopen_within.days * 86_400_000_000
        soon = closed is not None and microseconds_of(facts.happening.at) - closed.us <= limit
        return self.condition("course.reopen", unhappy or soon, entry="F-18", within=self.reopen_within)
