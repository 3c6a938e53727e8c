"""The club, and new customers met through the old (G-10, G-11, G-14, G-15, G-18, G-19)."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from attrs import frozen

from estatecrm.decisions import Condition, Item, Step
from estatecrm.model.classes import DecisionStage
from estatecrm.model.loyalty import ClubActivity, ClubMonths, Participation, months_later
from estatecrm.model.referrals import (
    FreeUnit,
    MailOwner,
    NeighbourWish,
    OccupationPair,
    PairFacts,
    Sightings,
)
from estatecrm.policy import SOFT, STD, Entry
from estatecrm.rules.parameters import doc, ours
from estatecrm.rules.shapes import Checklist, Grant
from estatecrm.values import NaturalDays, Rate


@frozen(slots=False)
class ClubCalendar(Checklist[ClubMonths]):
    """
    The club regularly holds activities; a month without one is missed.

    Source: 000 §5.4.
    """

    entry = Entry.of("G-10", "客户俱乐部", STD, "000 §5.4")

    kinds: ClassVar[tuple[ClubActivity, ...]] = doc(tuple(ClubActivity))
    every_months: ClassVar[int] = ours(1, "monthly is a normal club rhythm")

    def items(self, facts: ClubMonths, /) -> Iterator[Item]:
        """Every span of *every_months* from the first month on, as ``2025-03``."""
        start = facts.first.replace(day=1)
        while start <= facts.last:
            end = months_later(start, self.every_months)
            held = [activity for activity in facts.held if start <= activity.on < end]
            month = start.isoformat()[:7]
            yield self.item(month, tuple(held))
            start = end

    def flags(self, facts: ClubMonths, /) -> Iterator[Condition]:
        """The kinds that were not held at all."""
        for kind in self.kinds:
            held = any(activity.kind is kind for activity in facts.held)
            yield self.condition("club.kind_held", held, kind=kind)


@frozen(slots=False)
class ClubBelonging(Grant[Participation, Rate]):
    """
    Sign-up and attendance are kept; who comes belongs.

    Outcome: members who came within *months*, of all members.

    Source: 000 §5.4.
    """

    entry = Entry.of("G-11", "俱乐部活动参与", STD, "000 §5.4")

    months: ClassVar[int] = ours(12, "countable from attendance, over a year of activities")

    def conditions(self, facts: Participation, /) -> Iterator[Condition]:
        """There are members."""
        yield self.condition("club.members", facts.members > 0)

    def working(self, facts: Participation, /) -> Iterator[Step[Rate]]:
        """Each member who came is counted once."""
        since = months_later(facts.on, -self.months)
        came = {each.member for each in facts.attendances if each.came and since < each.on <= facts.on}
        share = Rate.of(len(came), facts.members)
        yield self.step("club.belonging", share, came=len(came), members=facts.members, months=self.months)


@frozen(slots=False)
class PersonalObservation(Grant[Sightings, DecisionStage]):
    """
    Buyers return to the site; a person seen there again is a lead.

    Source: 003 P2 §3.3.
    """

    entry = Entry.of("G-14", "个人观察", STD, "003 P2 §3.3")

    sightings: ClassVar[int] = ours(2, "the repeat visit is the point")
    within: ClassVar[NaturalDays] = ours(NaturalDays(30), "a month of deciding")

    def conditions(self, facts: Sightings, /) -> Iterator[Condition]:
        """Seen often enough within the days that lead up to one of the sightings."""
        most = max((self._up_to(facts, day) for day in facts.days), default=0)
        met = most >= self.sightings
        yield self.condition("sighting.repeated", met, seen=most, least=self.sightings, within=self.within)

    def working(self, facts: Sightings, /) -> Iterator[Step[DecisionStage]]:
        """A potential customer."""
        yield self.step("sighting.lead", DecisionStage.POTENTIAL)

    def _up_to(self, facts: Sightings, day: date) -> int:
        return sum(0 <= (day - each).days <= self.within.days for each in set(facts.days))


@frozen(slots=False)
class CrossCooperation(Grant[PairFacts, tuple[str, str]]):
    """
    Customers who may do business with each other are brought together, then asked for introductions.

    Outcome: the pair, in the order of their codes; it is suggested once.

    Source: 003 P2 §3.4.
    """

    entry = Entry.of("G-15", "交叉合作法", STD, "003 P2 §3.4")

    matches: ClassVar[tuple[OccupationPair, ...]] = ours(
        (
            OccupationPair("fit_out_contractor", "restaurant_owner"),
            OccupationPair("designer", "shop_owner"),
            OccupationPair("lawyer", "company_owner"),
            OccupationPair("accountant", "company_owner"),
        ),
        "occupation is what the source uses; a company writes its own table",
    )

    def conditions(self, facts: PairFacts, /) -> Iterator[Condition]:
        """Two different people, whose occupations match, not suggested before."""
        yield self.condition("pair.two", facts.one != facts.other)
        yield self.condition("pair.match", self.match(facts.occupation, facts.other_occupation))
        known = any(set(pair) == {facts.one, facts.other} for pair in facts.suggested)
        yield self.condition("pair.new", not known)

    def working(self, facts: PairFacts, /) -> Iterator[Step[tuple[str, str]]]:
        """The pair."""
        one, other = sorted((facts.one, facts.other))
        yield self.step("pair.suggested", (one, other))

    def match(self, one: str, other: str, /) -> bool:
        """Whether two occupations may do business: if the table has the pair, either way round."""
        return any({pair.one, pair.other} == {one, other} for pair in self.matches)


@frozen(slots=False)
class NeighbourGroup(Grant[NeighbourWish, tuple[str, ...]]):
    """
    Customers who buy together to be neighbours see adjacent units first.

    Outcome: all units, those first that lie together and are enough for the group.

    Source: 004 A1.
    """

    entry = Entry.of("G-18", "邻里结伴购房", SOFT, "004 A1")

    def conditions(self, facts: NeighbourWish, /) -> Iterator[Condition]:
        """A group is two or more."""
        yield self.condition("neighbours.group", len(set(facts.group)) > 1, people=len(set(facts.group)))

    def working(self, facts: NeighbourWish, /) -> Iterator[Step[tuple[str, ...]]]:
        """Clusters that are large enough, then everything else as it came."""
        wanted = len(set(facts.group))
        clusters = [cluster for cluster in self._clusters(facts.units) if len(cluster) >= wanted]
        first = [unit for cluster in clusters for unit in cluster]
        rest = [unit for unit in facts.units if unit not in first]
        order = tuple(unit.unit for unit in (*first, *rest))
        yield self.step("neighbours.order", order, adjacent=len(first), people=wanted)

    def adjacent(self, one: FreeUnit, other: FreeUnit, /) -> bool:
        """Whether two units lie side by side: next doors on one floor."""
        return (one.building, one.floor) == (other.building, other.floor) and abs(one.door - other.door) == 1

    def _clusters(self, units: tuple[FreeUnit, ...]) -> Iterator[list[FreeUnit]]:
        left = list(units)
        while left:
            cluster = [left.pop(0)]
            for unit in cluster:
                joined = [other for other in left if self.adjacent(unit, other)]
                cluster += joined
                left = [other for other in left if other not in joined]
            yield cluster


@frozen(slots=False)
class OwnerMail(Grant[tuple[MailOwner, ...], tuple[str, ...]]):
    """
    For a new product the fitting existing owners get a letter that also asks for referrals.

    Outcome: whom to write to; consent is needed, and an opt-out honoured.

    Source: 004 A1.
    """

    entry = Entry.of("G-19", "业主DM", STD, "004 A1")

    def conditions(self, facts: tuple[MailOwner, ...], /) -> Iterator[Condition]:
        """The product fits somebody."""
        yield self.condition("mail.fitting", any(owner.fits for owner in facts))

    def working(self, facts: tuple[MailOwner, ...], /) -> Iterator[Step[tuple[str, ...]]]:
        """The fitting ones who may be written to."""
        fitting = [owner for owner in facts if owner.fits]
        letters = tuple(owner.code for owner in fitting if self.may_write(owner))
        yield self.step("mail.letters", letters, fitting=len(fitting), letters=len(letters))

    def may_write(self, owner: MailOwner, /) -> bool:
        """Who may be written to: who consents to marketing and has not opted out."""
        return owner.consents and not owner.opted_out
