"""Decisions, duties and checklists line by line."""

from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

from estatecrm.decisions import Completeness, Condition, Decision, Duty, Reason
from estatecrm.policy import Entry
from estatecrm.values import Area, Money, Points, Rate, TimeLimit

if TYPE_CHECKING:
    from estatecrm.messages.language import Language

T = TypeVar("T")

_SAYABLE = (str, int, Enum, Money, Points, Area, Rate, TimeLimit)


def decision_lines(speak: "Language", decision: Decision[T]) -> Iterator[str]:
    """The answer, the conditions marked met or not, the working, the clause."""
    yield _answer(speak, decision)
    yield from _checked(speak, decision.conditions)
    for step in decision.working:
        yield speak.say("line.step", {"step": speak.step(step)})
    yield clause(speak, decision.entry, decision.edition)


def duty_lines(speak: "Language", duty: Duty) -> Iterator[str]:
    """What is to be done, when and by whom; then everything its reason rests on."""
    reason = duty.reason
    yield speak.say(
        "duty.what", {"todo": speak.todo(reason.entry.id, speak.entry(reason.entry)), "subject": duty.subject}
    )
    if duty.unit:
        yield speak.say("duty.unit", {"unit": duty.unit})
    yield speak.say("duty.when", {"earliest": duty.earliest, "latest": duty.latest})
    yield speak.say("duty.who" if duty.assignee else "duty.anybody", {"role": duty.role, "assignee": duty.assignee})
    yield from _checked(speak, reason.because)
    for step in reason.working:
        yield speak.say("line.step", {"step": speak.step(step)})
    if reason.provisional:
        yield speak.say("line.provisional", {"years": _assumed(reason)})
    if duty.closed is not None:
        yield speak.say("duty.closed", {"how": duty.closed.how, "at": duty.closed.at, "by": duty.closed.by})
    yield clause(speak, reason.entry, reason.edition)


def completeness_lines(speak: "Language", found: Completeness) -> Iterator[str]:
    """How much is there, what is missing, what is flagged, the clause."""
    total, missing = len(found.items), len(found.missing)
    yield speak.say(
        "checklist.complete" if found.complete else "checklist.missing",
        {"present": f"{total - missing}/{total}", "missing": found.missing},
    )
    yield from _checked(speak, found.flags)
    yield clause(speak, found.entry, found.edition)


def why(speak: "Language", reason: Reason) -> str:
    """The sentence ``why.<entry>``, filled with what the conditions and the working speak of."""
    filling: dict[str, object] = {}
    for condition in reason.because:
        filling.update(condition.values)
    for step in reason.working:
        filling[step.code.rpartition(".")[2]] = step.value
    code = f"why.{reason.entry.id}"
    known = speak.catalogue.find(code) is not None
    return speak.say(code if known else "why.any", filling if known or "limit" in filling else {"limit": None})


def clause(speak: "Language", entry: Entry, edition: str) -> str:
    """The entry with its title, the place in the documents and the edition of the ruleset."""
    return speak.say(
        "line.clause" if edition else "line.clause_only",
        {"entry": entry.id, "title": speak.entry(entry), "source": entry.source, "edition": edition},
    )


def _answer(speak: "Language", decision: Decision[T]) -> str:
    if decision.refused:
        return speak.say("answer.refused")
    outcome = decision.outcome
    if outcome is None or isinstance(outcome, bool) or not isinstance(outcome, _SAYABLE):
        return speak.say("answer.granted")
    return speak.say("answer.outcome", {"outcome": outcome})


def _checked(speak: "Language", conditions: tuple[Condition, ...]) -> Iterator[str]:
    for condition in conditions:
        said = {"condition": speak.condition(condition)}
        yield speak.say("line.met" if condition.met else "line.unmet", said)


def _assumed(reason: Reason) -> object:
    for step in reason.working:
        years = dict(step.values).get("assumed_years")
        if years:
            return tuple(map(str, years)) if isinstance(years, tuple) else str(years)
    return None
