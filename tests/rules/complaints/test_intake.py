"""F-01, F-02, F-03, F-05, F-30, F-40, F-48, F-52: how complaints come in and what they are about."""

from datetime import date

import pytest

from complaint_samples import COMPLAINTS, at, received
from estatecrm.model import ComplaintCategory, ComplaintChannel, ComplaintSource, GeneralKind, Intake, Submission
from estatecrm.model.complaint_events import Adopted, Routed, Told
from estatecrm.policy import Department, Role
from estatecrm.rules.complaints.intake import ChannelCheck, ChannelChecks, Lookup, Taking
from estatecrm.rules.complaints.judging import Matter


def test_f_01_a_mailbox_not_tried_for_a_month_is_unproven():
    checks = ChannelChecks(date(2025, 3, 3), (ChannelCheck(ComplaintChannel.MAILBOX, date(2025, 1, 31)),))
    assert "mailbox" in COMPLAINTS.channels.check(checks).missing


@pytest.mark.parametrize(("tried", "proven"), [(date(2025, 2, 1), True), (date(2025, 1, 31), False)])
def test_f_01_the_thirtieth_day_is_still_in_time(tried, proven):
    checks = ChannelChecks(date(2025, 3, 3), (ChannelCheck(ComplaintChannel.HOTLINE, tried),))
    assert ("hotline" not in COMPLAINTS.channels.check(checks).missing) is proven


def test_f_02_late_keys_are_3a_and_belong_with_h_39():
    decision = COMPLAINTS.taxonomy.classify(Matter("延期交房三个月，一直拿不到钥匙"))
    assert decision.outcome is ComplaintCategory.LATE_HANDOVER
    line = COMPLAINTS.taxonomy.line_of(ComplaintCategory.LATE_HANDOVER)
    assert (line.code, line.belongs_with) == ("F-02.3a", "H-39")


def test_f_02_what_no_word_points_to_is_other():
    assert COMPLAINTS.taxonomy.classify(Matter("楼下太吵")).outcome is ComplaintCategory.OTHER


@pytest.mark.parametrize("stated", ["F-02.4", "title_difficulty"])
def test_f_02_a_stated_category_wins_over_words(stated):
    assert COMPLAINTS.taxonomy.classify(Matter("漏水", stated)).outcome is ComplaintCategory.TITLE_DIFFICULTY


def test_f_02_an_unknown_category_is_refused_and_the_known_ones_are_named():
    decision = COMPLAINTS.taxonomy.classify(Matter("漏水", "weather"))
    assert decision.refused
    assert [dict(condition.values)["category"] for condition in decision.unmet] == [
        line.category for line in COMPLAINTS.taxonomy.codes
    ]


def test_f_03_without_a_unit_it_is_accepted_and_flagged_incomplete():
    intake = Intake(
        received_at=at(3, 10), name="A", phone="1", content="leak", channel=ComplaintChannel.PHONE, taken_by="Li"
    )
    assert COMPLAINTS.fields.check(intake).missing == ("unit",)


def test_f_05_a_phone_not_on_file_is_noted_and_stops_nothing():
    intake = Intake(received_at=at(3, 10), phone="0755-1", unit="2-0301")
    decision = COMPLAINTS.verification.decide(Lookup(intake, phones=("0755-2",), unit_known=True))
    assert [condition.code for condition in decision.unmet] == ["verify.phone"]
    assert COMPLAINTS.verification.decide(Lookup(intake, ("0755-1",), unit_known=True)).outcome is True


def test_f_30_rats_in_the_basement_are_pest_control():
    assert COMPLAINTS.kind.classify(Matter("地下室有老鼠")).outcome is GeneralKind.PEST_CONTROL


def test_f_30_what_is_none_of_the_seven_has_no_kind():
    assert COMPLAINTS.kind.classify(Matter("合同写错了")).refused


def test_f_40_a_relay_without_the_text_message_is_incomplete():
    relayed = received(
        at(3, 10),
        Routed(at=at(3, 11), department=Department.ENGINEERING),
        channel=ComplaintChannel.CALL_CENTRE,
        content="leak",
    )
    assert COMPLAINTS.relay.check(relayed).missing == ("relay_texted",)
    texted = relayed.after(Told(at=at(3, 12), role=Role.RELATIONS_MANAGER))
    assert COMPLAINTS.relay.check(texted).complete


def test_f_40_asks_nothing_of_other_channels():
    assert COMPLAINTS.relay.check(received()).items == ()


def test_f_48_a_phone_caller_takes_calls_and_no_visits():
    visit = COMPLAINTS.takers.decide(Taking(Role.PHONE_CALLER, ComplaintChannel.ON_SITE))
    assert [condition.code for condition in visit.unmet] == ["taking.channel"]
    call = COMPLAINTS.takers.decide(Taking(Role.PHONE_CALLER, ComplaintChannel.PHONE, ComplaintSource.CALL))
    assert call.granted


def test_f_48_a_role_the_table_does_not_name_takes_none():
    assert COMPLAINTS.takers.decide(Taking(Role.CEO, ComplaintChannel.PHONE)).refused


def test_f_52_an_adopted_suggestion_earns_under_g_03():
    suggestion = received(submission=Submission.SUGGESTION)
    assert [c.code for c in COMPLAINTS.suggestion.decide(suggestion).unmet] == ["suggestion.adopted"]
    assert COMPLAINTS.suggestion.decide(suggestion.after(Adopted(at=at(4)))).outcome == "G-03"


def test_f_52_a_complaint_is_no_suggestion():
    assert COMPLAINTS.suggestion.decide(received().after(Adopted(at=at(4)))).refused
