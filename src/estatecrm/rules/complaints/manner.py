"""How people are met: one family of checklists, and the words a reply does not use (F-25 to F-28, F-49, F-51)."""

from collections.abc import Iterator
from enum import Enum
from typing import ClassVar

from attrs import frozen

from estatecrm.decisions import Condition, Item, Step
from estatecrm.model import Clear, Complaint, Principle, ReplyKind, Technique
from estatecrm.model.complaint_events import Chosen, Replied
from estatecrm.policy import CORE, SOFT, STD, Entry
from estatecrm.rules.parameters import doc, ours
from estatecrm.rules.shapes import Checklist, Classification, Grant


@frozen
class Point:
    """A point of a list that was kept, with what shows it."""

    what: Enum
    proof: str = ""


@frozen
class Kept:
    """The points of a list that were kept, in the order in which they were."""

    points: tuple[Point, ...] = ()


@frozen(slots=False)
class Manner(Checklist[Kept], shape=True):
    """A list of points on how a complainant is met; each needs its proof only where the list says so."""

    points: ClassVar[tuple[Enum, ...]]
    needs_proof: ClassVar[bool]
    in_order: ClassVar[bool]

    def items(self, facts: Kept, /) -> Iterator[Item]:
        """Every point of the list."""
        kept = {each.what for each in facts.points if each.proof or not self.needs_proof}
        for number, point in enumerate(self.points, start=1):
            yield self.item(point.value, point if point in kept else None, entry=self.numbered(number))

    def flags(self, facts: Kept, /) -> Iterator[Condition]:
        """The points were kept in their order, where the order matters."""
        if self.in_order:
            places = [self.points.index(each.what) for each in facts.points if each.what in self.points]
            yield self.condition("manner.order", places == sorted(places))

    def numbered(self, number: int, /) -> str:
        """The rulebook number of a point: the entry's own."""
        return self.entry.id


@frozen(slots=False)
class Principles(Manner):
    """
    Five principles in their order: feelings before facts.

    Source: 001 §4.1.
    """

    entry = Entry.of("F-25", "处理原则", SOFT, "001 §4.1")

    points: ClassVar[tuple[Enum, ...]] = doc(tuple(Principle))
    needs_proof: ClassVar[bool] = ours(False, "nobody proves a feeling")
    in_order: ClassVar[bool] = doc(True)


@frozen(slots=False)
class FiveClears(Manner):
    """
    Listen, ask, follow, reply and record clearly, each with its proof.

    Source: 003 P9 (1)-(5).
    """

    entry = Entry.of("F-27", "五清楚", CORE, "003 P9 (1)–(5)")

    points: ClassVar[tuple[Enum, ...]] = doc(tuple(Clear))
    needs_proof: ClassVar[bool] = doc(True)
    in_order: ClassVar[bool] = ours(False, "all five hold throughout a case")

    def numbered(self, number: int, /) -> str:
        """F-27.1 to F-27.5."""
        return f"{self.entry.id}.{number}"


@frozen(slots=False)
class TechniqueStep(Classification[Kept, Technique]):
    """
    The step a case has to take next: listen, accept feelings, offer help, solve; none after the last.

    Source: 001 §4.2.
    """

    entry = Entry.of("F-26", "处理技巧", SOFT, "001 §4.2")

    steps: ClassVar[tuple[Technique, ...]] = doc(tuple(Technique))

    def classes(self, facts: Kept, /) -> Iterator[tuple[Technique, Condition]]:
        """The first step not taken yet."""
        taken = {each.what for each in facts.points}
        for step in self.steps:
            yield step, self.condition("manner.step_open", step not in taken, step=step)


@frozen(slots=False)
class NoConflict(Grant[str, bool]):
    """
    A draft reply uses none of the words that turn a customer away.

    Source: 002 P2 §3 norms.
    """

    entry = Entry.of("F-49", "避免冲突技巧", STD, "002 P2 §3")

    forbidden: ClassVar[tuple[str, ...]] = doc(("不行", "不知道"))
    also_forbidden: ClassVar[tuple[str, ...]] = ours(("没办法",), "the source list is open-ended")

    def conditions(self, facts: str, /) -> Iterator[Condition]:
        """None of the words occurs."""
        hits = self.hits(facts)
        yield self.condition("manner.words", not hits, words=hits)

    def working(self, facts: str, /) -> Iterator[Step[bool]]:
        """It may go out."""
        yield self.step("manner.may_go", True)

    def hits(self, text: str, /) -> tuple[str, ...]:
        """The forbidden words that occur in *text*."""
        return tuple(word for word in (*self.forbidden, *self.also_forbidden) if word in text)


@frozen
class Meeting:
    """How somebody met a complainant, as a check of the conversation found."""

    kept: tuple[str, ...] = ()


@frozen(slots=False)
class NoConflictManner(Checklist[Meeting]):
    """
    Six skills that keep a conversation from becoming a quarrel.

    Source: 002 P2 §3 norms.
    """

    entry = Entry.of("F-49", "避免冲突技巧", STD, "002 P2 §3")

    skills: ClassVar[tuple[str, ...]] = doc(
        ("no_arguing", "no_rash_promise", "no_shirking", "voice_low", "no_doubt", "manners")
    )

    def items(self, facts: Meeting, /) -> Iterator[Item]:
        """Every skill."""
        for skill in self.skills:
            line = f"skill_{skill}"
            yield self.item(line, skill if skill in facts.kept else None)


@frozen(slots=False)
class ReplyContent(Grant[Replied, bool]):
    """
    A reply that brings no solution fixes the day of the next one; a case never lacks a next date until closed.

    Source: 003 P9 (3).
    """

    entry = Entry.of("F-28", "确定下次回复时间", CORE, "003 P9 (3)")

    needs_next: ClassVar[tuple[ReplyKind, ...]] = ours(
        (ReplyKind.UNSOLVABLE,), "a plan has its own clock, a status report changes no date"
    )

    def conditions(self, facts: Replied, /) -> Iterator[Condition]:
        """A next day where the reply needs one, and not one already past."""
        needed = facts.kind in self.needs_next
        yield self.condition("reply.next", facts.next_reply is not None or not needed, kind=facts.kind)
        if facts.next_reply is not None:
            yield self.condition("reply.next_later", facts.next_reply >= facts.at.date(), next_reply=facts.next_reply)

    def working(self, facts: Replied, /) -> Iterator[Step[bool]]:
        """It may go out."""
        yield self.step("manner.may_go", True)


@frozen(slots=False)
class CustomersChoice(Checklist[Complaint]):
    """
    The customer takes part in choosing; where another plan is taken than theirs, there is a reason.

    Source: 002 P2 §3 norms.
    """

    entry = Entry.of("F-51", "顾客参与选择", SOFT, "002 P2 §3")

    def items(self, facts: Complaint, /) -> Iterator[Item]:
        """The customer was asked."""
        chosen = facts.last(Chosen)
        if chosen is not None:
            yield self.item("preference_asked", chosen.preferred)

    def flags(self, facts: Complaint, /) -> Iterator[Condition]:
        """Their plan was taken, or there is a reason."""
        chosen = facts.last(Chosen)
        heeded = chosen is None or not chosen.preferred or chosen.preferred == chosen.option or bool(chosen.reason)
        yield self.condition("manner.preference", heeded)
