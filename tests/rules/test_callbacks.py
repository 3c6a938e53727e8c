"""D-01 to D-05, D-14, D-16 to D-18, D-21 to D-23: callbacks."""

from datetime import date

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from estatecrm.calendars import DailyWindows
from estatecrm.decisions import Subject
from estatecrm.model import (
    CallbackChannel,
    CallbackSatisfaction,
    CallbackTopic,
    CallSlot,
    Contact,
    ContactKind,
    DecisionStage,
    IntentGrade,
    PurchaseStatus,
    Standing,
    TopicNote,
)
from estatecrm.policy import Role
from estatecrm.rules.callbacks import CallbackForm, QuietHours
from estatecrm.rules.planning import Rhythm
from estatecrm.rules.rulesets import DEVELOPER

CALLBACKS, COUNTING = DEVELOPER.callbacks, DEVELOPER.counting
DOSSIER = date(2025, 3, 3)


def at(month: int, day: int, hour: int = 0, minute: int = 0) -> pendulum.DateTime:
    return pendulum.datetime(2025, month, day, hour, minute, tz="Asia/Shanghai")


def days(rule, standing) -> list[date]:
    return [dict(duty.reason.working[2].values)["last_day"] for duty in rule.plan(standing, COUNTING)]


def standing(status: PurchaseStatus, since: date, **more) -> Standing:
    return Standing(status=status, status_since=since, **more)


class TestAfterEvents:
    """D-01 and D-02: three days after each step, as tasks of their own."""

    def test_d_01_three_days_after_subscription(self):
        assert days(CALLBACKS.after_subscription, standing(PurchaseStatus.SUBSCRIBED, DOSSIER)) == [date(2025, 3, 6)]

    def test_d_02_three_days_after_signing_even_if_called_before(self):
        signed = standing(PurchaseStatus.SIGNED, date(2025, 3, 10), last_callback=date(2025, 3, 6))
        assert days(CALLBACKS.after_signing, signed) == [date(2025, 3, 13)]

    def test_d_01_is_open_from_the_day_itself_to_the_close_of_the_third_day(self):
        (duty,) = CALLBACKS.after_subscription.plan(standing(PurchaseStatus.SUBSCRIBED, DOSSIER), COUNTING)
        assert (duty.earliest, duty.latest) == (at(3, 3), at(3, 7))

    def test_d_02_says_nothing_of_a_customer_who_only_subscribed(self):
        assert days(CALLBACKS.after_signing, standing(PurchaseStatus.SUBSCRIBED, DOSSIER)) == []


class TestRhythms:
    """D-03 and D-04: quarterly until move-in, then at 30 days and half-yearly."""

    def test_d_03_ninety_days_after_the_last_callback(self):
        signed = standing(PurchaseStatus.SIGNED, date(2025, 3, 10), last_callback=date(2025, 3, 13))
        assert days(CALLBACKS.signed, signed) == [date(2025, 6, 11)]

    def test_d_03_a_callback_before_signing_does_not_count(self):
        signed = standing(PurchaseStatus.SIGNED, date(2025, 3, 10), last_callback=date(2025, 3, 6))
        assert days(CALLBACKS.signed, signed) == [date(2025, 6, 8)]

    def test_d_04_first_thirty_days_after_move_in(self):
        assert days(CALLBACKS.residents, standing(PurchaseStatus.MOVED_IN, date(2025, 1, 10))) == [date(2025, 2, 9)]

    def test_d_04_then_half_a_year_after_each(self):
        called = standing(PurchaseStatus.MOVED_IN, date(2025, 1, 10), last_callback=date(2025, 2, 9))
        assert days(CALLBACKS.residents, called) == [date(2025, 8, 8)]

    def test_d_04_is_the_duty_of_customer_service(self):
        (duty,) = CALLBACKS.residents.plan(standing(PurchaseStatus.MOVED_IN, date(2025, 1, 10)), COUNTING)
        assert duty.role is Role.SERVICE_SPECIALIST

    def test_d_17_within_three_days_of_the_service(self):
        assert days(CALLBACKS.after_service, Standing(serviced_on=DOSSIER)) == [date(2025, 3, 6)]


class TestTracks:
    """D-21, D-22 and D-23: fixed days after the dossier."""

    def test_d_21_buyers_on_day_3_30_and_60(self):
        buyer = Standing(dossier_on=DOSSIER, buyer=True)
        assert days(CALLBACKS.buyers, buyer) == [date(2025, 3, 6), date(2025, 4, 2), date(2025, 5, 2)]
        assert days(CALLBACKS.non_buyers, buyer) == []

    def test_d_22_non_buyers_on_day_3_and_15(self):
        visitor = Standing(dossier_on=DOSSIER, buyer=False)
        assert days(CALLBACKS.non_buyers, visitor) == [date(2025, 3, 6), date(2025, 3, 18)]
        assert days(CALLBACKS.buyers, visitor) == []

    def test_d_23_the_supervisor_on_day_15_30_and_60(self):
        buyer = Standing(dossier_on=DOSSIER, buyer=True)
        assert days(CALLBACKS.care, buyer) == [date(2025, 3, 18), date(2025, 4, 2), date(2025, 5, 2)]

    def test_d_23_a_representatives_call_does_not_discharge_it(self):
        buyer, subject = Standing(dossier_on=DOSSIER, buyer=True), Subject("X")
        representative = {duty.key for duty in CALLBACKS.buyers.duties(buyer, subject, COUNTING)}
        supervisor = {duty.key for duty in CALLBACKS.care.duties(buyer, subject, COUNTING)}
        assert not representative & supervisor
        assert "D-23/X/2025-03-03.1" in supervisor

    @pytest.mark.parametrize("buyer", [None])
    def test_d_21_nobody_knows_yet_whether_they_bought(self, buyer):
        unknown = Standing(dossier_on=DOSSIER, buyer=buyer)
        assert days(CALLBACKS.buyers, unknown) == days(CALLBACKS.non_buyers, unknown) == []


class TestChannels:
    """D-05: a listed channel."""

    def test_d_05_fax_is_refused_and_the_list_is_shown(self):
        decision = CALLBACKS.channels.decide("fax")
        assert decision.refused
        assert dict(decision.unmet[0].values)["channels"] == tuple(CallbackChannel)

    @pytest.mark.parametrize("channel", ["phone", "home_visit", "questionnaire", "email", "sms"])
    def test_d_05_the_union_of_both_documents(self, channel):
        assert CALLBACKS.channels.decide(channel).outcome is CallbackChannel(channel)


class TestQuietHours:
    """D-14 and D-18: never in rest time, unless agreed."""

    @pytest.mark.parametrize(
        ("wished", "moved"),
        [
            (at(3, 3, 12, 30), at(3, 3, 14)),
            (at(3, 3, 20, 15), at(3, 4, 9)),
            (at(3, 3, 12), at(3, 3, 14)),
            (at(3, 3, 20), at(3, 4, 9)),
            (at(3, 3, 8, 59), at(3, 3, 9)),
            (at(3, 3, 9), at(3, 3, 9)),
            (at(3, 3, 11, 59), at(3, 3, 11, 59)),
            (at(3, 3, 14), at(3, 3, 14)),
        ],
    )
    def test_d_14_moves_to_the_next_allowed_moment(self, wished, moved):
        assert CALLBACKS.quiet.decide(CallSlot(wished)).outcome == moved

    def test_d_14_a_customers_own_hours_replace_the_usual_ones(self):
        own = QuietHours(own_hours=DailyWindows.of("18:00-19:00"))
        assert own.decide(CallSlot(at(3, 3, 10))).outcome == at(3, 3, 18)

    def test_d_18_an_agreed_time_stays_where_it_is(self):
        assert CALLBACKS.quiet.decide(CallSlot(at(3, 5, 20, 30), agreed=True)).outcome == at(3, 5, 20, 30)

    def test_d_18_agreed_inside_the_limit_or_at_the_customers_wish(self):
        latest = at(3, 7)
        assert CALLBACKS.agreed.decide(CallSlot(at(3, 6, 20, 30), latest)).granted
        late = CallSlot(at(3, 8, 10), latest)
        assert CALLBACKS.agreed.decide(late).unmet[0].entry == "D-17"
        assert CALLBACKS.agreed.decide(CallSlot(at(3, 8, 10), latest, asked_by_customer=True)).granted


def form(entry: str = "D-01", **changes) -> CallbackForm:
    facts = {
        "id": "k1",
        "customer": "X",
        "kind": ContactKind.CALLBACK,
        "at": at(3, 5, 10),
        "by": "chen",
        "channel": CallbackChannel.PHONE,
        "satisfaction": CallbackSatisfaction.SATISFIED,
    }
    return CallbackForm(Contact(**(facts | changes)), entry)


class TestRecord:
    """D-16: complete, or it does not count."""

    def test_d_16_without_satisfaction_it_does_not_count(self):
        assert CALLBACKS.record.check(form(satisfaction=None)).missing == ("satisfaction",)

    def test_d_16_complete(self):
        assert CALLBACKS.record.check(form()).complete

    def test_d_03_its_three_topics_are_required(self):
        spoken = (
            TopicNote(CallbackTopic.PROCESS_SATISFACTION, "顺利"),
            TopicNote(CallbackTopic.OPINIONS, "无"),
        )
        found = CALLBACKS.record.check(form("D-03", topics=spoken))
        assert found.missing == ("service_satisfaction",)

    def test_d_04_its_four_topics_are_required(self):
        found = CALLBACKS.record.check(form("D-04"))
        assert found.missing == ("property_service", "facilities", "opinions", "problems")


class TestRhythmOfContact:
    """Everything a standing calls for, with quiet hours kept."""

    def test_a_callback_opens_at_an_allowed_hour(self):
        (duty,) = Rhythm(DEVELOPER).planned(Standing(grade=IntentGrade.B, last_contact=DOSSIER))
        assert duty.earliest == at(3, 10, 9)

    def test_a_notice_inside_the_office_keeps_no_quiet_hours(self):
        clear = Standing(grade=IntentGrade.A, graded_on=DOSSIER, last_contact=DOSSIER)
        duties = {duty.reason.entry.id: duty for duty in Rhythm(DEVELOPER).planned(clear)}
        assert duties["C-07"].earliest == at(3, 3)
        assert duties["C-09"].earliest == at(3, 6, 9)

    def test_customers_who_stand_alike_share_one_answer(self):
        rhythm, alike = Rhythm(DEVELOPER), Standing(grade=IntentGrade.B, last_contact=DOSSIER)
        assert rhythm.planned(alike) is rhythm.planned(Standing(grade=IntentGrade.B, last_contact=DOSSIER))

    @given(
        status=st.sampled_from(PurchaseStatus),
        stage=st.none() | st.sampled_from(DecisionStage),
        grade=st.none() | st.sampled_from(IntentGrade),
        since=st.dates(date(2020, 1, 1), date(2026, 12, 31)),
        buyer=st.none() | st.booleans(),
    )
    def test_planning_twice_gives_the_same_keys_and_no_window_is_empty(self, status, stage, grade, since, buyer):
        known = Standing(
            status=status,
            stage=stage,
            grade=grade,
            graded_on=since,
            status_since=since,
            last_contact=since,
            dossier_on=since,
            buyer=buyer,
        )
        first = [duty.address(Subject("X")) for duty in Rhythm(DEVELOPER).planned(known)]
        again = [duty.address(Subject("X")) for duty in Rhythm(DEVELOPER).planned(known)]
        assert [duty.key for duty in first] == [duty.key for duty in again]
        assert len({duty.key for duty in first}) == len(first)
        assert all(duty.earliest < duty.latest for duty in first)
