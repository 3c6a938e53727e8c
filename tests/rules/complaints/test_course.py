"""F-11 to F-14, F-18, F-19, F-33, F-43, F-51 and the holds: the life of a case, and steps that are refused."""

from datetime import date, datetime

import pytest

from complaint_samples import (
    COMPLAINTS,
    at,
    content,
    received,
    solved_case,
    step,
    unhappy,
    unmet,
    walked,
)
from estatecrm.errors import InvalidFacts
from estatecrm.model import (
    CauseNature,
    Complaint,
    ComplaintChannel,
    ComplaintState,
    HoldReason,
    Intake,
    MakeGoodKind,
    ReplyKind,
    ReplyMeans,
)
from estatecrm.model.complaint_events import (
    Accepted,
    Chosen,
    Closed,
    CustomerAccepted,
    Extended,
    Held,
    Investigated,
    Judged,
    MadeGood,
    Merged,
    Proposed,
    Reopened,
    Replied,
    Resumed,
    Routed,
    Signed,
    Solved,
    Told,
    Withdrawn,
)
from estatecrm.policy import Department, Role
from estatecrm.rules.complaints.course import ComplaintCourse
from estatecrm.values import yuan

ROUTED = (Accepted(at=at(3, 10, 10)), Routed(at=at(3, 11), department=Department.ENGINEERING))


class TestJudgement:
    def test_f_11_unfounded_without_a_reply_cannot_close(self):
        judged = walked(*ROUTED, Judged(at=at(4, 9), founded=False))
        assert "course.unfounded_answered" in unmet(step(judged, Closed(at=at(4, 10))))
        assert unmet(step(judged, Solved(at=at(4, 10)))) == ["course.unfounded_answered"]

    def test_f_11_unfounded_with_a_reply_is_solved_called_back_and_closed(self):
        closed = walked(
            *ROUTED,
            Judged(at=at(4, 9), founded=False, reply="as the contract says"),
            Solved(at=at(4, 10)),
            content(at(5, 9)),
            Closed(at=at(5, 10)),
        )
        assert closed.state is ComplaintState.CLOSED

    def test_f_11_founded_without_an_agreed_time_cannot_proceed(self):
        judged = walked(*ROUTED, Judged(at=at(4, 9), founded=True))
        found = Investigated(at=at(5, 9), cause="joint")
        assert unmet(step(judged, found)) == ["course.founded_with_time"]

    def test_f_12_the_wrong_handler_is_refused_with_who_may(self):
        judged = walked(*ROUTED, Judged(at=at(4, 9), founded=True, agreed_by=date(2025, 3, 6)))
        found = Investigated(at=at(5, 9), cause="manner", nature=CauseNature.SERVICE, handler=Role.SALES_MANAGER)
        refused = step(judged, found)
        assert unmet(refused) == ["handler.role"]
        assert dict(refused.unmet[0].values)["roles"] == (Role.SERVICE_SPECIALIST, Role.SERVICE_SUPERVISOR)


def proposed(*options: str) -> Complaint:
    return walked(
        *ROUTED,
        Judged(at=at(4, 9), founded=True, agreed_by=date(2025, 3, 6)),
        Investigated(at=at(5, 9), cause="joint"),
        Proposed(at=at(5, 10), options=options),
    )


class TestPlans:
    def test_f_13_one_option_is_no_choice_unless_waived_with_a_reason(self):
        only = proposed("renew")
        assert unmet(step(only, Chosen(at=at(5, 11), option="renew"))) == ["course.options"]
        assert step(only, Chosen(at=at(5, 11), option="renew", reason="no other way")).granted

    def test_f_13_two_options_are_enough(self):
        assert step(proposed("renew", "seal"), Chosen(at=at(5, 11), option="renew")).granted

    def test_f_14_acceptance_without_signature_awaits_it(self):
        agreed = walked(
            Chosen(at=at(5, 11), option="renew"), CustomerAccepted(at=at(5, 12)), start=proposed("renew", "seal")
        )
        assert agreed.state is ComplaintState.AWAITING_SIGNATURE
        assert unmet(step(agreed, Solved(at=at(6)))) == ["course.signed"]
        assert walked(Signed(at=at(5, 13)), Solved(at=at(6)), start=agreed).state is ComplaintState.SOLVED

    def test_f_51_another_plan_than_the_customers_needs_its_reason(self):
        other = proposed("a", "b").after(Chosen(at=at(5, 11), option="a", preferred="b"))
        assert [flag.code for flag in COMPLAINTS.choice_shared.check(other).flags] == ["manner.preference"]
        explained = proposed("a", "b").after(Chosen(at=at(5, 11), option="a", preferred="b", reason="safer"))
        assert COMPLAINTS.choice_shared.check(explained).flags == ()

    def test_f_51_a_customer_who_was_not_asked_is_flagged_as_missing(self):
        assert COMPLAINTS.choice_shared.check(solved_case()).missing == ("preference_asked",)


class TestClosing:
    def test_f_19_without_a_callback_it_does_not_close(self):
        refused = step(solved_case(), Closed(at=at(11)))
        assert unmet(refused) == ["course.callback"]
        assert refused.outcome is None

    def test_f_19_accepted_solved_and_called_back_it_closes(self):
        assert step(solved_case().after(content(at(11))), Closed(at=at(12))).outcome.state is ComplaintState.CLOSED

    def test_f_18_a_dissatisfied_customer_opens_it_again_and_it_counts_as_repeated(self):
        called = solved_case().after(unhappy(at(11)))
        assert unmet(step(called, Closed(at=at(12)))) == ["course.callback"]
        again = step(called, Reopened(at=at(11, 10))).expect()
        assert (again.state, again.nth) == (ComplaintState.REOPENED, 2)

    def test_f_18_a_callback_before_the_last_solution_does_not_count(self):
        again = solved_case().after(content(at(11)), Reopened(at=at(12)), Solved(at=at(13)))
        assert unmet(step(again, Closed(at=at(14)))) == ["course.callback"]

    @pytest.mark.parametrize(("minute", "granted"), [(0, True), (1, False)])
    def test_a_closed_case_is_opened_again_within_seven_days(self, minute, granted):
        closed = solved_case().after(content(at(11)), Closed(at=at(12, 9)))
        assert step(closed, Reopened(at=at(19, 9, minute))).granted is granted

    def test_f_33_a_letter_answered_by_phone_is_not_answered(self):
        letter = received(at(3, 10), *ROUTED, channel=ComplaintChannel.WRITTEN)
        phoned = letter.after(Replied(at=at(4), kind=ReplyKind.RESULT), Solved(at=at(4)), content(at(5)))
        assert unmet(step(phoned, Closed(at=at(6)))) == ["course.written"]
        written = letter.after(
            Replied(at=at(4), kind=ReplyKind.RESULT, means=ReplyMeans.WRITTEN), Solved(at=at(4)), content(at(5))
        )
        assert step(written, Closed(at=at(6))).granted

    def test_a_closed_case_takes_no_more_notes(self):
        closed = solved_case().after(content(at(11)), Closed(at=at(12)))
        assert unmet(step(closed, Told(at=at(13), role=Role.CEO))) == ["course.not_ended"]

    def test_a_move_that_is_not_open_names_those_that_are(self):
        refused = step(received(), Solved(at=at(4)))
        assert dict(refused.unmet[0].values)["open"] == ("accept", "merge", "withdraw")

    def test_an_open_case_can_be_withdrawn_or_merged_and_then_rests(self):
        assert walked(Withdrawn(at=at(4))).ended
        merged = walked(Merged(at=at(4), parent="TS-9"))
        assert (merged.state, merged.end.at) == (ComplaintState.MERGED, at(4))


class TestHolds:
    def hold(self, **more):
        given = {"at": at(4, 9), "reason": HoldReason.WAITING_ON_CUSTOMER, "until": at(10, 9)} | more
        return Held(**given)

    def test_a_hold_has_its_reason_and_its_end(self):
        held = walked(*ROUTED, self.hold())
        assert held.held_at(held.history[-1].us).reason is HoldReason.WAITING_ON_CUSTOMER

    def test_a_hold_inside_another_is_refused(self):
        held = walked(*ROUTED, self.hold())
        assert unmet(step(held, self.hold(at=at(5)))) == ["hold.not_on_hold"]

    def test_a_hold_without_end_in_sight_is_refused_and_the_latest_end_is_named(self):
        refused = step(walked(*ROUTED), self.hold(until=at(4, month=5)))
        assert unmet(refused) == ["hold.bounded"]
        assert dict(refused.unmet[0].values)["latest"] == at(4, month=4)

    def test_a_hold_that_ends_before_it_begins_is_no_hold(self):
        with pytest.raises(InvalidFacts, match="later moment"):
            self.hold(until=at(4, 9))

    def test_only_what_is_on_hold_is_resumed(self):
        assert unmet(step(walked(*ROUTED), Resumed(at=at(5)))) == ["hold.on_hold"]
        assert walked(*ROUTED, self.hold(), Resumed(at=at(5))).holds[0].end == Resumed(at=at(5)).us

    def test_an_ended_case_is_not_put_on_hold(self):
        assert "hold.open" in unmet(step(walked(Withdrawn(at=at(3, 12))), self.hold()))

    def test_closing_ends_a_hold(self):
        gone = walked(*ROUTED, self.hold(), Withdrawn(at=at(5, 9)))
        assert gone.holds[0].end == gone.end.us

    def test_time_is_extended_once(self):
        once = walked(*ROUTED, Extended(at=at(5), reason="appraisal"))
        assert unmet(step(once, Extended(at=at(6), reason="again"))) == ["extend.once"]


class TestBadInput:
    def test_a_resolution_before_the_receipt_is_impossible_and_changes_nothing(self):
        complaint = received()
        with pytest.raises(InvalidFacts, match="before its receipt"):
            step(complaint, Solved(at=at(3, 9)))
        assert complaint.history == ()

    def test_nothing_happens_before_what_happened_last(self):
        with pytest.raises(InvalidFacts, match="lies before"):
            step(walked(*ROUTED), Solved(at=at(3, 10, 30)))

    def test_a_naive_time_is_refused(self):
        naive = datetime(2025, 3, 4)  # noqa: DTZ001 - this is what is refused
        with pytest.raises(InvalidFacts, match="time zone"):
            Solved(at=naive)
        with pytest.raises(InvalidFacts, match="time zone"):
            Intake(received_at=naive)

    def test_overlapping_holds_in_a_history_are_refused(self):
        first = Held(at=at(4), reason=HoldReason.WAITING_ON_OTHERS, until=at(8))
        with pytest.raises(InvalidFacts, match="on hold already"):
            received().after(first, Held(at=at(5), reason=HoldReason.WAITING_ON_OTHERS, until=at(9)))
        with pytest.raises(InvalidFacts, match="not on hold"):
            received().after(Resumed(at=at(5)))

    def test_f_43_a_payment_above_the_approvers_authority_leaves_the_case_as_it_was(self):
        case = walked(*ROUTED)
        refused = step(case, MadeGood(at=at(5), amount=yuan(3_000), approved_by=Role.SERVICE_SUPERVISOR))
        assert unmet(refused) == ["compensation.authority"]
        assert dict(refused.unmet[0].values)["needed"] is Role.DEPARTMENT_MANAGER
        assert len(case.history) == 2

    def test_f_58_a_make_good_of_500_is_the_supervisors(self):
        made = MadeGood(at=at(5), amount=yuan(500), approved_by=Role.SERVICE_SUPERVISOR, kind=MakeGoodKind.MAKE_GOOD)
        assert step(walked(*ROUTED), made).granted

    def test_f_28_unsolvable_without_a_next_day_is_refused(self):
        silent = Replied(at=at(4), kind=ReplyKind.UNSOLVABLE)
        assert unmet(step(walked(*ROUTED), silent)) == ["reply.next"]
        past = Replied(at=at(4), kind=ReplyKind.UNSOLVABLE, next_reply=date(2025, 3, 3))
        assert unmet(step(walked(*ROUTED), past)) == ["reply.next_later"]

    def test_f_49_a_reply_with_a_forbidden_word_does_not_go_out(self):
        blunt = Replied(at=at(4), kind=ReplyKind.STATUS, text="这个不行")
        refused = step(walked(*ROUTED), blunt)
        assert dict(refused.unmet[0].values)["words"] == ("不行",)


def test_f_19_the_diagram_shows_every_move():
    diagram = ComplaintCourse.diagram()
    assert diagram.count("-->") == len(ComplaintCourse.moves) + 1
    assert "called_back --> closed: close" in diagram


def test_personal_data_stays_out_of_a_repr():
    shown = repr(received(at(3, 10), name="Zhang", phone="0755-1", content="leak"))
    assert not {"Zhang", "0755-1", "leak"} & set(shown.replace("'", " ").replace(",", " ").split())
