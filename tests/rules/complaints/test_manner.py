"""F-25, F-26, F-27, F-28, F-49: how people are met."""

import pytest

from complaint_samples import COMPLAINTS, at
from estatecrm.model import Clear, Principle, ReplyKind, Technique
from estatecrm.model.complaint_events import Replied
from estatecrm.rules.complaints.manner import Kept, Meeting, Point


def kept(*what) -> Kept:
    return Kept(tuple(Point(each, "noted") for each in what))


def test_f_25_acting_before_settling_the_emotion_is_flagged():
    out_of_order = kept(Principle.ACT, Principle.SETTLE_EMOTION)
    assert [flag.code for flag in COMPLAINTS.principles.check(out_of_order).flags] == ["manner.order"]
    assert COMPLAINTS.principles.check(kept(*Principle)).flags == ()


def test_f_25_flags_and_blocks_nothing():
    assert COMPLAINTS.principles.check(kept()).missing == tuple(each.value for each in Principle)


@pytest.mark.parametrize(
    ("done", "following"),
    [((), Technique.LISTEN), ((Technique.LISTEN,), Technique.ACCEPT_FEELINGS), (tuple(Technique)[:3], Technique.SOLVE)],
)
def test_f_26_the_step_after_listening_is_to_accept_feelings(done, following):
    assert COMPLAINTS.technique.classify(kept(*done)).outcome is following


def test_f_26_after_the_last_step_there_is_none():
    assert COMPLAINTS.technique.classify(kept(*Technique)).refused


def test_f_27_a_form_the_customer_did_not_confirm_makes_four_of_five():
    points = (*kept(Clear.LISTEN, Clear.ASK, Clear.FOLLOW, Clear.REPLY).points, Point(Clear.RECORD))
    found = COMPLAINTS.five_clears.check(Kept(points))
    assert [(item.code, item.entry) for item in found.items if not item.present] == [("record", "F-27.5")]
    assert found.share.fraction * 5 == 4


def test_f_49_this_will_not_do_is_blocked():
    refused = COMPLAINTS.words.decide("这个不行")
    assert dict(refused.unmet[0].values)["words"] == ("不行",)
    assert COMPLAINTS.words.decide("我们马上为您查看").outcome is True


@pytest.mark.parametrize("word", ["不行", "不知道", "没办法"])
def test_f_49_every_word_of_the_list_is_found(word):
    assert COMPLAINTS.words.hits(f"对不起，{word}。") == (word,)


def test_f_49_six_skills_make_the_list():
    found = COMPLAINTS.manner.check(Meeting(("voice_low", "manners")))
    assert len(found.items) == 6
    assert found.missing == ("skill_no_arguing", "skill_no_rash_promise", "skill_no_shirking", "skill_no_doubt")


@pytest.mark.parametrize("kind", [ReplyKind.STATUS, ReplyKind.PLAN, ReplyKind.RESULT])
def test_f_28_other_replies_need_no_next_day(kind):
    assert COMPLAINTS.reply.decide(Replied(at=at(4), kind=kind)).granted
