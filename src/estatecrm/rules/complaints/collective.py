"""Many households, one matter: when complaints become one case, and how it is answered (F-45, F-46)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar

from attrs import evolve, frozen
from pendulum import DateTime

from estatecrm.decisions import Condition, Step
from estatecrm.errors import InvalidFacts
from estatecrm.model import Complaint, GroupType, Happening, Household, ReplyKind, ReplyMeans
from estatecrm.model.complaint_events import Accepted, Grouped, Merged, Replied, Solved
from estatecrm.policy import CORE, STD, Entry
from estatecrm.rules.parameters import doc, ours
from estatecrm.rules.shapes import Classification, Grant
from estatecrm.values import NaturalDays

_ANSWERS = (ReplyKind.PLAN, ReplyKind.RESULT)


@frozen
class Neighbours:
    """A new complaint, and the open ones that may be about the same matter."""

    new: Complaint
    others: tuple[Complaint, ...] = ()


@frozen(slots=False)
class CollectiveComplaint(Grant[Neighbours, int]):
    """
    Three or more households that complain of the same matter make a collective complaint.

    Outcome: the number of households.

    Source: 003 P9 (6).
    """

    entry = Entry.of("F-45", "集体投诉识别", CORE, "003 P9 (6)")

    least: ClassVar[int] = doc(3)
    window: ClassVar[NaturalDays] = ours(NaturalDays(30), "the same cause surfaces within a month")

    def conditions(self, facts: Neighbours, /) -> Iterator[Condition]:
        """So many households (R-04: the number itself counts)."""
        units = self.households(facts)
        yield self.condition("collective.households", len(units) >= self.least, households=len(units), least=self.least)

    def working(self, facts: Neighbours, /) -> Iterator[Step[int]]:
        """The households."""
        units = self.households(facts)
        yield self.step("collective.found", len(units), units=units)

    def members(self, facts: Neighbours, /) -> tuple[Complaint, ...]:
        """The complaints on the same matter, the new one last."""
        alike = (each for each in facts.others if not each.ended and self.same_matter(facts.new, each))
        return (*sorted(alike, key=lambda each: (each.intake.us, each.id)), facts.new)

    def same_matter(self, one: Complaint, other: Complaint, /) -> bool:
        """Whether two complaints are of one matter: same category and project, and both within the window."""
        gap = abs(one.intake.received_at - other.intake.received_at)
        return (
            one.category is not None
            and one.category is other.category
            and one.intake.project == other.intake.project
            and gap <= timedelta(days=self.window.days)
        )

    def households(self, facts: Neighbours, /) -> tuple[str, ...]:
        """The units, each once."""
        return tuple(dict.fromkeys(each.intake.unit for each in self.members(facts) if each.intake.unit))


@frozen
class GroupSigns:
    """How a group of households appears: how many, and who speaks for them."""

    households: int
    spokesmen: int = 0
    delegates: bool = False
    organisation: bool = False


@frozen
class Strategy:
    """The tasks with which a type of group is met."""

    group: GroupType
    tasks: tuple[str, ...]


_G = GroupType


@frozen(slots=False)
class GroupTyping(Classification[GroupSigns, GroupType]):
    """
    A collective complaint is typed, and the type chooses how it is met.

    Source: 001 §4.3.
    """

    entry = Entry.of("F-46", "群体性投诉策略", STD, "001 §4.3")

    most_leaders: ClassVar[int] = ours(2, "headings only: one or two who speak for the others are leaders")
    strategies: ClassVar[tuple[Strategy, ...]] = ours(
        (
            Strategy(_G.CORE, ("talk_to_leaders", "one_written_answer")),
            Strategy(_G.TEAM, ("elect_representatives", "one_channel", "one_written_answer")),
            Strategy(_G.SCATTERED, ("each_household_apart",)),
        ),
        "headings only in the source",
    )

    def classes(self, facts: GroupSigns, /) -> Iterator[tuple[GroupType, Condition]]:
        """Core with one or two leaders, team with delegates or an organisation, else scattered."""
        team = facts.delegates or facts.organisation
        core = not team and 1 <= facts.spokesmen <= self.most_leaders
        yield _G.CORE, self.condition("group.core", core, spokesmen=facts.spokesmen)
        yield _G.TEAM, self.condition("group.team", team)
        yield _G.SCATTERED, self.condition("group.scattered", True)

    def tasks(self, group: GroupType, /) -> tuple[str, ...]:
        """The tasks for a type."""
        return next((line.tasks for line in self.strategies if line.group is group), ())


def merged(
    name: str, members: tuple[Complaint, ...], at: DateTime, *, by: str, group: GroupType | None = None
) -> tuple[Complaint, tuple[Complaint, ...]]:
    """
    The collective case called *name* over *members*, and the members gone into it.

    Its clocks run from the earliest receipt and acceptance among them: no household loses time by being merged.

    Raises:
        InvalidFacts: there are no members, or one is ended already.
    """
    if not members or any(each.ended for each in members):
        raise InvalidFacts("a collective complaint is made of complaints that are still open")
    first = min(members, key=lambda each: each.intake.us)
    intake = evolve(first.intake, unit="", customer="", name="", phone="")
    accepted = [each for member in members for each in member.of(Accepted)]
    opening = (min(accepted, key=lambda each: each.us),) if accepted else ()
    households = tuple(Household(each.intake.unit, each.id) for each in members)
    parent = Complaint(id=name, intake=intake, edition=first.edition, history=opening)
    grown = parent.after(Grouped(at=at, by=by, households=households, group=group))
    return grown, tuple(each.after(Merged(at=at, by=by, parent=name)) for each in members)


def everybody_answered(complaint: Complaint, since: int) -> Happening | None:
    """
    What completed the answers of a collective case: one for each household.

    A group with a spokesman or delegates is answered by one answer in writing to all; the solution answers everybody.
    """
    solved = complaint.first(Solved, since)
    replies = [each for each in complaint.of(Replied) if each.us >= since and each.kind in _ANSWERS]
    if complaint.group in (GroupType.CORE, GroupType.TEAM):
        whole = next((each for each in replies if not each.household and each.means is ReplyMeans.WRITTEN), None)
        if whole is not None:
            return whole
    firsts = [next((r for r in replies if r.household == home.unit), None) for home in complaint.households]
    known = [each for each in firsts if each is not None]
    if known and len(known) == len(firsts):
        last = max(known, key=lambda each: each.us)
        return last if solved is None or last.us <= solved.us else solved
    return solved


def unanswered(complaint: Complaint) -> tuple[str, ...]:
    """The units of a collective case that have had no answer yet."""
    answered = {each.household for each in complaint.of(Replied) if each.kind in _ANSWERS}
    return tuple(home.unit for home in complaint.households if home.unit not in answered)
