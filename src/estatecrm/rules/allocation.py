"""Who gets a customer, and how soon they must speak (chapter C)."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from attrs import frozen

from estatecrm.decisions import Condition, Step
from estatecrm.model import Candidate, Standing
from estatecrm.policy import CORE, Entry, Role
from estatecrm.rules.duties import Deadline, day_of
from estatecrm.rules.parameters import doc
from estatecrm.rules.shapes import Grant
from estatecrm.values import NaturalDays, TimeLimit


@frozen(slots=False)
class BalancedAllocation(Grant[tuple[Candidate, ...], str]):
    """
    The supervisor allocates so that loads stay even, weighted by ability.

    Outcome: the id of the member of staff. Ties go to whom a customer was given longest ago, then by id.

    Source: 002 P2 §1.3.
    """

    entry = Entry.of("C-16", "数量均衡兼顾能力", CORE, "002 P2 §1.3")

    def conditions(self, facts: tuple[Candidate, ...], /) -> Iterator[Condition]:
        """There is somebody to give the customer to."""
        able = sum(candidate.ability > 0 for candidate in facts)
        yield self.condition("allocation.candidates", able > 0, candidates=able)

    def working(self, facts: tuple[Candidate, ...], /) -> Iterator[Step[str]]:
        """The burden of each, least first; the last line is the choice."""
        ranked = sorted((c for c in facts if c.ability > 0), key=self.rank)
        for candidate in ranked:
            tenths = round(candidate.burden * 10)
            yield self.step(
                "allocation.burden",
                candidate.member,
                load=candidate.load,
                ability=candidate.ability,
                burden_tenths=tenths,
            )
        yield self.step("allocation.chosen", ranked[0].member)

    def rank(self, candidate: Candidate, /) -> tuple[object, ...]:
        """By what candidates are put in order: burden, then who was given one longest ago."""
        given = candidate.last_given
        return (candidate.burden, given is not None, given.timestamp() if given else 0, candidate.member)


@frozen(slots=False)
class FirstContact(Deadline[Standing]):
    """
    The specialist communicates with each allocated customer within a week.

    Source: 002 P2 §1.3.
    """

    entry = Entry.of("C-17", "一周内沟通", CORE, "002 P2 §1.3")

    within: ClassVar[TimeLimit] = doc(NaturalDays(7))

    def conditions(self, facts: Standing, /) -> Iterator[Condition]:
        """Allocated, and not spoken to since."""
        given, last = facts.allocated_on, facts.last_contact
        yield self.condition("allocation.allocated", given is not None, allocated_on=given)
        spoken = given is not None and last is not None and last > given
        yield self.condition("allocation.unspoken", not spoken, last_contact=last)

    def starts_at(self, facts: Standing, /) -> date:
        """The allocation."""
        return day_of(facts.allocated_on)

    def responsible(self, facts: Standing, /) -> Role:
        """The specialist the customer was given to."""
        return Role.SERVICE_SPECIALIST
