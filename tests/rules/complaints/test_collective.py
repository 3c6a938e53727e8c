"""F-45, F-46 and the collective case: one parent clock, one answer for each household."""

from datetime import date

import pytest

from complaint_samples import COMPLAINTS, TIMES, at, clock, received
from estatecrm.errors import InvalidFacts
from estatecrm.model import ComplaintCategory, ComplaintState, GroupType, ReplyKind, ReplyMeans, Severity
from estatecrm.model.complaint_events import Accepted, Replied, Routed, Solved, Withdrawn
from estatecrm.policy import Department
from estatecrm.rules.complaints.clock import ClockState
from estatecrm.rules.complaints.collective import GroupSigns, Neighbours, merged, unanswered

AREA = ComplaintCategory.SHARED_AREA


def household(number: str, day: int, *history, **more):
    return received(
        at(day, 10), *history, number=f"TS-{number}", unit=number, **({"category": AREA, "project": "P"} | more)
    )


def three():
    return tuple(household(unit, day, Accepted(at=at(day, 10, 5))) for unit, day in (("A", 3), ("B", 7), ("C", 12)))


class TestFinding:
    def test_f_45_three_units_within_ten_days_are_one_collective_case(self):
        a, b, c = three()
        decision = COMPLAINTS.collective.decide(Neighbours(c, (a, b)))
        assert decision.outcome == 3
        assert dict(decision.working[0].values)["units"] == ("A", "B", "C")

    def test_f_45_two_are_not(self):
        a, b, _ = three()
        assert [c.code for c in COMPLAINTS.collective.decide(Neighbours(b, (a,))).unmet] == ["collective.households"]

    def test_f_45_the_same_unit_twice_is_one_household(self):
        a, b, _ = three()
        again = household("A", 13)
        assert COMPLAINTS.collective.decide(Neighbours(again, (a, b))).refused

    @pytest.mark.parametrize(
        "other",
        [
            household("C", 12, project="Q"),
            household("C", 12, category=ComplaintCategory.POOR_QUALITY),
            household("C", 12, Withdrawn(at=at(13))),
        ],
    )
    def test_f_45_another_project_another_matter_or_an_ended_case_does_not_count(self, other):
        a, b, _ = three()
        assert COMPLAINTS.collective.decide(Neighbours(b, (a, other))).refused

    @pytest.mark.parametrize(("day", "granted"), [(2, True), (3, False)])
    def test_f_45_thirty_days_apart_still_count(self, day, granted):
        first = household("A", 3)
        late = received(at(day, 10, month=4), number="TS-C", unit="C", category=AREA, project="P")
        middle = household("B", 20)
        assert COMPLAINTS.collective.decide(Neighbours(late, (first, middle))).granted is granted


class TestTyping:
    @pytest.mark.parametrize(
        ("signs", "expected"),
        [
            (GroupSigns(30, spokesmen=1), GroupType.CORE),
            (GroupSigns(30, spokesmen=2), GroupType.CORE),
            (GroupSigns(30, spokesmen=3), GroupType.SCATTERED),
            (GroupSigns(30), GroupType.SCATTERED),
            (GroupSigns(30, spokesmen=1, delegates=True), GroupType.TEAM),
            (GroupSigns(30, organisation=True), GroupType.TEAM),
        ],
    )
    def test_f_46_who_speaks_makes_the_type(self, signs, expected):
        assert COMPLAINTS.group_type.classify(signs).outcome is expected

    def test_f_46_the_type_chooses_the_tasks(self):
        assert COMPLAINTS.group_type.tasks(GroupType.CORE)[0] == "talk_to_leaders"
        assert COMPLAINTS.group_type.tasks(GroupType.SCATTERED) == ("each_household_apart",)


class TestMerged:
    def merged(self, group: GroupType | None = GroupType.SCATTERED):
        parent, children = merged("TS-G", three(), at(12, 11), by="Li", group=group)
        return parent.after(Routed(at=at(12, 12), department=Department.SALES)), children

    def test_the_children_rest_and_point_to_their_parent(self):
        _, children = self.merged()
        assert {child.state for child in children} == {ComplaintState.MERGED}
        assert {child.end.parent for child in children} == {"TS-G"}
        assert [TIMES.notices(child, at(30)) for child in children] == [(), (), ()]

    def test_no_household_loses_time_by_being_merged(self):
        parent, _ = self.merged()
        assert parent.intake.received_at == at(3, 10)
        assert clock(parent, "F-07").due.closing_day == date(2025, 3, 5)

    def test_the_parent_is_major_from_the_moment_it_was_made(self):
        case = TIMES.case(self.merged()[0])
        assert (case.severity, case.major_since) == (Severity.MAJOR, case.complaint.history[1].us)

    def test_it_is_answered_when_every_household_is(self):
        parent, _ = self.merged()
        for unit, hour in (("A", 9), ("C", 10)):
            parent = parent.after(Replied(at=at(13, hour), kind=ReplyKind.PLAN, household=unit))
        assert clock(parent, "F-10", at(14)).state is ClockState.RUNNING
        assert unanswered(parent) == ("B",)
        parent = parent.after(Replied(at=at(14, 9), kind=ReplyKind.PLAN, household="B"))
        found = clock(parent, "F-10")
        assert (found.state, found.done_at) == (ClockState.MET, at(14, 9))

    def test_f_46_one_written_answer_serves_a_group_that_speaks_with_one_voice(self):
        answer = Replied(at=at(13, 9), kind=ReplyKind.PLAN, means=ReplyMeans.WRITTEN)
        assert clock(self.merged(GroupType.TEAM)[0].after(answer), "F-10").state is ClockState.MET
        assert clock(self.merged(GroupType.SCATTERED)[0].after(answer), "F-10", at(14)).state is ClockState.RUNNING

    def test_the_solution_answers_everybody(self):
        parent, _ = self.merged()
        assert clock(parent.after(Solved(at=at(14, 9))), "F-10").done_at == at(14, 9)

    def test_an_ended_complaint_cannot_be_merged(self):
        with pytest.raises(InvalidFacts, match="still open"):
            merged("TS-G", (*three(), household("D", 12, Withdrawn(at=at(13)))), at(14), by="Li")
        with pytest.raises(InvalidFacts, match="still open"):
            merged("TS-G", (), at(14), by="Li")
