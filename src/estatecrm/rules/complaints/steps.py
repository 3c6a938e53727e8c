"""One step on the way of a complaint: whatever is about to happen to it meets the rule that speaks of it."""

from collections.abc import Iterator

from estatecrm.decisions import Condition, Decision, Step
from estatecrm.model import Complaint, Happening
from estatecrm.model.complaint_events import Extended, Held, Investigated, MadeGood, Replied, Resumed, Routed
from estatecrm.rules.complaints.compensation import Compensation
from estatecrm.rules.complaints.course import CaseMove
from estatecrm.rules.complaints.family import ComplaintRules
from estatecrm.rules.complaints.holds import HoldWish, Resumption
from estatecrm.rules.complaints.routing import Assignment
from estatecrm.rules.conventions import Counting


def advanced(
    rules: ComplaintRules, counting: Counting, complaint: Complaint, happening: Happening
) -> Decision[Complaint]:
    """
    *complaint* after *happening*, or why not and what would allow it. The complaint itself never changes.

    Raises:
        InvalidFacts: *happening* lies before the receipt, or before what happened last.
    """
    complaint.allow_only_later(happening)
    course = rules.course
    conditions: list[Condition] = []
    working: tuple[Step[object], ...]
    if happening.move:
        moved = course.move(happening.move, CaseMove(complaint, happening))
        conditions += moved.conditions
        working = moved.working
    else:
        conditions.append(course.condition("course.not_ended", not complaint.ended, state=complaint.state))
        working = (course.step("course.noted", complaint.state),)
    conditions.append(rules.aside.may_touch(complaint, happening))
    conditions += _spoken_of(rules, counting, complaint, happening)
    granted = all(condition.met for condition in conditions)
    return Decision(
        course.name(),
        course.entry,
        course.edition,
        granted,
        tuple(conditions),
        working if granted else (),
        complaint.after(happening) if granted else None,
    )


def _spoken_of(
    rules: ComplaintRules, counting: Counting, complaint: Complaint, happening: Happening
) -> Iterator[Condition]:
    match happening:
        case Routed():
            yield rules.aside.shut_out(happening.to, complaint.intake.against)
        case Investigated():
            asked = Assignment(
                member=happening.by,
                role=happening.handler,
                against=complaint.intake.against,
                nth=complaint.nth,
                nature=happening.nature,
            )
            yield from rules.handler.conditions(asked)
        case Held():
            yield from rules.holding.conditions(HoldWish(complaint, happening, counting))
        case Resumed():
            yield from rules.resuming.conditions(Resumption(complaint, happening.at))
        case Extended():
            yield from rules.extending.conditions(complaint)
        case MadeGood():
            asked_for = Compensation(happening.amount, happening.approved_by, happening.kind)
            yield from rules.authority.conditions(asked_for)
        case Replied():
            yield from rules.reply.conditions(happening)
            yield from rules.words.conditions(happening.text)
        case _:
            return
