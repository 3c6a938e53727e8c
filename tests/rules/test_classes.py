"""B-01 to B-04, B-07, B-18: into which classes a customer falls."""

from datetime import date

import pytest

from estatecrm.errors import InvalidRule
from estatecrm.model import (
    Customer,
    DecisionStage,
    GradeChange,
    IntentGrade,
    LeadSource,
    PurchaseStatus,
    SourceChannel,
    StageFacts,
    StatusMove,
    TieEnd,
    UnitTie,
)
from estatecrm.policy import SOFT, Entry
from estatecrm.rules.life_cycles import LifeCycle, Move
from estatecrm.rules.parameters import doc
from estatecrm.rules.rulesets import DEVELOPER

CLASSES = DEVELOPER.classes
INTENT, SUBSCRIBED, SIGNED, MOVED_IN = PurchaseStatus
ON = date(2025, 3, 3)


def with_ties(*ties: UnitTie) -> Customer:
    return Customer(code="LH2025030001", project="LH", name="甄试样", ties=ties)


class TestHeadline:
    """B-01: the furthest status speaks for the customer."""

    def test_b_01_signed_beats_subscribed(self):
        two = with_ties(UnitTie("3-1201", SIGNED), UnitTie("5-0802", SUBSCRIBED))
        assert CLASSES.headline.classify(two).outcome is SIGNED
        assert two.status is SIGNED

    def test_b_01_without_a_unit_intent(self):
        assert CLASSES.headline.classify(with_ties()).outcome is INTENT

    def test_b_01_an_ended_tie_counts_no_more(self):
        gone = with_ties(UnitTie("3-1201", SIGNED, ended=TieEnd.RETURNED, ended_on=ON))
        assert CLASSES.headline.classify(gone).outcome is INTENT


class TestCourse:
    """B-02: step by step, and back only by return or voiding."""

    @pytest.mark.parametrize(
        ("state", "move", "target"),
        [
            (INTENT, "subscribe", SUBSCRIBED),
            (SUBSCRIBED, "sign", SIGNED),
            (SIGNED, "hand_over", MOVED_IN),
            (SUBSCRIBED, "return", INTENT),
            (MOVED_IN, "return", INTENT),
            (SIGNED, "void", INTENT),
        ],
    )
    def test_b_02_the_moves_of_the_table(self, state, move, target):
        assert CLASSES.course.move(move, StatusMove(state, ON)).outcome is target

    def test_b_02_signing_without_subscription_is_refused_and_says_what_is_open(self):
        decision = CLASSES.course.move("sign", StatusMove(INTENT, ON))
        assert decision.refused
        (unmet,) = decision.unmet
        assert unmet.code == "life.move_open"
        assert dict(unmet.values)["open"] == ("subscribe",)

    def test_b_02_a_swap_keeps_the_status_and_needs_the_new_unit(self):
        assert CLASSES.course.move("swap", StatusMove(SIGNED, ON, new_unit="5-0802")).outcome is SIGNED
        assert CLASSES.course.move("swap", StatusMove(SIGNED, ON)).unmet[0].code == "status.new_unit"

    def test_b_02_a_step_on_the_same_day_is_in_order_a_day_earlier_is_not(self):
        assert CLASSES.course.move("sign", StatusMove(SUBSCRIBED, ON, since=ON)).granted
        early = CLASSES.course.move("sign", StatusMove(SUBSCRIBED, date(2025, 3, 2), since=ON))
        assert early.unmet[0].code == "status.in_order"

    def test_b_02_an_unknown_move_is_refused(self):
        assert CLASSES.course.move("elope", StatusMove(INTENT, ON)).refused


class TestLifeCycleShape:
    """A table that cannot work is refused when the class is defined."""

    ENTRY = Entry.of("ACME-02", "试验", SOFT, "000")

    def test_a_guard_that_is_no_question(self):
        with pytest.raises(InvalidRule, match="asks nobody"):

            class Acme(LifeCycle[StatusMove, PurchaseStatus]):
                entry = TestLifeCycleShape.ENTRY
                initial = doc(INTENT)
                moves = doc((Move("on", INTENT, SUBSCRIBED, ("nobody",)),))

    def test_a_state_no_move_leads_to(self):
        with pytest.raises(InvalidRule, match="no move leads to moved_in"):

            class Acme(LifeCycle[StatusMove, PurchaseStatus]):
                entry = TestLifeCycleShape.ENTRY
                initial = doc(INTENT)
                moves = doc((Move("on", INTENT, SUBSCRIBED), Move("on", SUBSCRIBED, SIGNED)))

    def test_one_move_from_one_state_twice(self):
        with pytest.raises(InvalidRule, match="leaves intent twice"):

            class Acme(LifeCycle[StatusMove, PurchaseStatus]):
                entry = TestLifeCycleShape.ENTRY
                initial = doc(INTENT)
                moves = doc((Move("on", INTENT, SUBSCRIBED), Move("on", INTENT, SIGNED)))


class TestChannel:
    """B-03: online or offline."""

    def test_b_03_a_friend_is_offline_an_online_advert_online(self):
        assert CLASSES.channel.classify(LeadSource.FRIEND_REFERRAL).outcome is SourceChannel.OFFLINE
        assert CLASSES.channel.classify(LeadSource.ONLINE_AD).outcome is SourceChannel.ONLINE

    def test_b_03_every_source_has_a_channel(self):
        found = {source: CLASSES.channel.classify(source).outcome for source in LeadSource}
        online = {source for source, channel in found.items() if channel is SourceChannel.ONLINE}
        assert online == {LeadSource.WEB, LeadSource.MINI_PROGRAM, LeadSource.SOCIAL_MEDIA, LeadSource.ONLINE_AD}


class TestStage:
    """B-04: the stage, and what lies over it."""

    def test_b_04_a_deposit_and_an_open_dispute(self):
        facts = StageFacts(status=SUBSCRIBED, deposit_paid=True, dispute_open=True)
        assert CLASSES.stage.classify(facts).outcome is DecisionStage.DEPOSIT
        assert CLASSES.stage.overlays(facts) == (DecisionStage.PROBLEM,)

    @pytest.mark.parametrize(
        ("facts", "stage"),
        [
            (StageFacts(deposit_paid=True, signing_overdue=True), DecisionStage.UNSIGNED),
            (StageFacts(visited=True, grade=IntentGrade.B), DecisionStage.INTENT),
            (StageFacts(visited=True, grade=IntentGrade.C), DecisionStage.POTENTIAL),
            (StageFacts(visited=True), DecisionStage.POTENTIAL),
            (StageFacts(), DecisionStage.CALL_IN),
        ],
    )
    def test_b_04_the_furthest_stage_is_the_stage(self, facts, stage):
        assert CLASSES.stage.classify(facts).outcome is stage

    @pytest.mark.parametrize("status", [SIGNED, MOVED_IN])
    def test_b_18_signed_and_moved_in_have_no_stage_but_keep_overlays(self, status):
        facts = StageFacts(status=status, visited=True, deposit_paid=True, dispute_open=True)
        assert CLASSES.stage.classify(facts).outcome is None
        assert CLASSES.stage.overlays(facts) == (DecisionStage.PROBLEM,)


class TestMapping:
    """B-18: both axes give one answer."""

    @pytest.mark.parametrize(
        ("stage", "status"),
        [
            (DecisionStage.CALL_IN, INTENT),
            (DecisionStage.POTENTIAL, INTENT),
            (DecisionStage.INTENT, INTENT),
            (DecisionStage.DEPOSIT, SUBSCRIBED),
            (DecisionStage.UNSIGNED, SUBSCRIBED),
            (DecisionStage.PROBLEM, None),
        ],
    )
    def test_b_18_what_a_stage_stands_for(self, stage, status):
        assert CLASSES.status_of_stage.classify(stage).outcome is status


class TestGrading:
    """B-07: A to D, dated."""

    def test_b_07_c_then_a_keeps_two_rows(self):
        known = with_ties().graded(IntentGrade.C, date(2025, 3, 1)).graded(IntentGrade.A, date(2025, 3, 5))
        assert known.grade is IntentGrade.A
        assert [row.on for row in known.grades] == [date(2025, 3, 1), date(2025, 3, 5)]

    def test_b_07_the_same_grade_again_is_no_change(self):
        known = with_ties().graded(IntentGrade.C, date(2025, 3, 1))
        assert known.graded(IntentGrade.C, date(2025, 3, 9)) == known

    def test_b_07_a_grade_on_the_day_of_the_last_is_granted_a_day_earlier_refused(self):
        same = GradeChange(IntentGrade.A, date(2025, 3, 5), graded_on=date(2025, 3, 5))
        assert CLASSES.grading.decide(same).outcome is IntentGrade.A
        early = GradeChange(IntentGrade.A, date(2025, 3, 4), graded_on=date(2025, 3, 5))
        assert CLASSES.grading.decide(early).unmet[0].code == "grade.in_order"

    def test_b_07_a_host_with_three_grades_refuses_the_fourth(self):
        acme = type("Acme", (type(CLASSES.grading),), {"scale": (IntentGrade.A, IntentGrade.B, IntentGrade.C)})()
        assert acme.decide(GradeChange(IntentGrade.D, ON)).unmet[0].code == "grade.on_scale"
