"""Codes in, sentences out, in Chinese and in English."""

from datetime import date
from pathlib import Path

import pendulum
import pytest

from estatecrm.decisions import Condition, Step, Subject
from estatecrm.errors import InvalidFacts, InvalidRule
from estatecrm.messages import language
from estatecrm.model import Access, CallSlot, Customer, Errand, IntentGrade, Member, PurchaseStatus, Standing
from estatecrm.policy import CORE, Entry, Role
from estatecrm.rules.planning import Rhythm
from estatecrm.rules.rulesets import DEVELOPER
from estatecrm.values import PROMPT, NaturalDays, TimeLimit, WorkingDays

ZH, EN = language("zh"), language("en")


def duty(entry: str, standing: Standing):
    planned = [each for each in Rhythm(DEVELOPER).planned(standing) if each.reason.entry.id == entry]
    return planned[0].address(Subject("LH2025030001", consultant="chen"))


@pytest.mark.parametrize("called", ["zh", "zh-CN", "zh_CN", "zh_Hans_CN", "ZH_cn.UTF-8"])
def test_chinese_goes_by_many_names(called: str) -> None:
    assert language(called).catalogue.locale == "zh_CN"


@pytest.mark.parametrize("called", ["en", "en-US", "en_GB.UTF-8"])
def test_english_goes_by_many_names(called: str) -> None:
    assert language(called).catalogue.locale == "en"


@pytest.mark.parametrize("called", ["fr", "zh_TW", "", "C"])
def test_another_language_is_refused_with_the_cure(called: str) -> None:
    with pytest.raises(InvalidFacts, match="choose zh_CN or en"):
        language(called)


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(InvalidFacts, match="no time zone 'Mars'"):
        language("zh", zone="Mars")


def test_a_condition_says_what_held() -> None:
    met = Condition("follow.graded", met=True, entry="C-09", values=(("grade", IntentGrade.B),))
    assert (ZH.condition(met), EN.condition(met)) == ("意向等级B级", "Intent grade B")


def test_an_unmet_condition_says_what_would_allow_it() -> None:
    unmet = Condition("follow.graded", met=False, entry="C-09", values=(("grade", None),))
    assert ZH.condition(unmet) == "尚未评定意向等级：评级后开始跟进"
    assert EN.condition(unmet) == "Not graded: follow-up starts with a grade"


def test_a_time_word_is_said_with_its_meaning() -> None:
    vague = Step("duty.limit", WorkingDays(1), (("word", PROMPT),))
    exact = Step("duty.limit", NaturalDays(3), (("word", NaturalDays(3)),))
    assert (ZH.step(vague), EN.step(vague)) == ("“及时”按1个工作日计", '"promptly" means 1 working day')
    assert (ZH.step(exact), EN.step(exact)) == ("期限3天", "Limit: 3 days")


def test_one_is_said_in_the_singular() -> None:
    assert EN.say("allocation.candidates", {"candidates": 1}) == "1 member can be given the customer"
    assert EN.say("allocation.candidates", {"candidates": 3}) == "3 members can be given the customer"


def test_a_code_nobody_knows_is_said_as_it_is() -> None:
    assert ZH.say("acme.vip", {"level": IntentGrade.A, "since": date(2025, 3, 1)}) == (
        "acme.vip (level=A级, since=2025年3月1日)"
    )
    assert ZH.say("acme.plain") == "acme.plain"


def test_a_value_that_is_missing_leaves_its_place_standing() -> None:
    assert ZH.say("follow.met", {}) == "上次联系{last_contact}"


def test_a_value_that_looks_like_a_placeholder_is_not_filled_again() -> None:
    assert ZH.say("status.unit_tied", {"units": ("{status}",), "status": PurchaseStatus.SIGNED}) == "{status}为签约"


def test_a_refusal_is_explained_line_by_line() -> None:
    decision = DEVELOPER.access.errand.decide(Access(Errand.IMPORT, Member("li", "李雷", Role.FRONT_DESK)))
    assert ZH.explain(decision) == (
        "不准",
        "✓ 在员工名册内",
        "✓ 在岗",
        "✗ 导入客户只对以下岗位开放：客户信息管理专员、客户信息主管；您的岗位是前台",
        "依据：K-01《授权访问》000 §2.3（developer 2026.1版）",
    )
    assert EN.explain(decision) == (
        "Refused",
        "✓ On the staff list",
        "✓ In post",
        "✗ Importing customers is open to: information specialist, information supervisor; your post is front desk",
        'By: K-01 "Authorised persons only", 000 §2.3 (edition developer 2026.1)',
    )


def test_a_granted_decision_says_its_outcome_and_working() -> None:
    decision = DEVELOPER.callbacks.quiet.decide(CallSlot(pendulum.datetime(2025, 3, 5, 22, tz="Asia/Shanghai")))
    assert ZH.explain(decision)[1:2] == ("· 2025年3月5日 22:00在客户休息时间内，改为2025年3月6日 09:00起",)


def test_a_duty_is_explained_down_to_the_clause() -> None:
    """C-09: grade B, last contact 2025-03-03, next due 2025-03-10."""
    due = duty("C-09", Standing(grade=IntentGrade.B, last_contact=date(2025, 3, 3)))
    assert ZH.explain_duty(due) == (
        "待办：跟进意向客户，客户LH2025030001",
        "时间：2025年3月10日 09:00起，最迟2025年3月10日 24:00",
        "由chen（置业顾问）办理",
        "✓ 是意向客户",
        "✓ 意向等级B级",
        "✓ 上次联系2025年3月3日",
        "· 自2025年3月3日起算，当日不计",
        "· 期限7天",
        "· 最迟2025年3月10日 24:00",
        "· 2025年3月10日 00:00在客户休息时间内，改为2025年3月10日 09:00起",
        "依据：C-09《定期跟进》000 §3.1（developer 2026.1版）",
    )
    assert EN.explain_duty(due)[-1] == 'By: C-09 "Intent follow-up schedule", 000 §3.1 (edition developer 2026.1)'


@pytest.mark.parametrize(
    ("entry", "standing", "zh", "en"),
    [
        (
            "C-09",
            Standing(grade=IntentGrade.A, last_contact=date(2025, 3, 3)),
            "A级客户每3天跟进，上次2025年3月3日",
            "grade A: every 3 days, last 3 Mar 2025",
        ),
        (
            "D-01",
            Standing(status=PurchaseStatus.SUBSCRIBED, status_since=date(2025, 3, 3)),
            "2025年3月3日认购，3天内回访",
            "subscribed 3 Mar 2025, call within 3 days",
        ),
        (
            "D-03",
            Standing(status=PurchaseStatus.SIGNED, status_since=date(2025, 3, 10)),
            "签约未入住，2025年3月10日起90天内回访",
            "signed, call within 90 days from 10 Mar 2025",
        ),
        (
            "C-07",
            Standing(grade=IntentGrade.A, graded_on=date(2025, 3, 5)),
            "2025年3月5日评为A级，1个工作日内报销控",
            "graded A on 5 Mar 2025, report within 1 working day",
        ),
    ],
)
def test_why_a_duty_exists_fits_into_one_line(entry: str, standing: Standing, zh: str, en: str) -> None:
    reason = duty(entry, standing).reason
    assert (ZH.why(reason), EN.why(reason)) == (zh, en)


def test_a_provisional_date_says_what_it_assumed() -> None:
    due = duty("C-07", Standing(grade=IntentGrade.A, graded_on=date(2030, 3, 5)))
    assert "注意：2030年放假安排尚未公布，工作日为暂定，公布后重新计算" in ZH.explain_duty(due)


def test_a_checklist_says_what_is_missing() -> None:
    found = DEVELOPER.master.identity.check(Customer(code="LH1", project="LH", name="王"))
    assert ZH.completeness(found) == (
        "缺：性别、年龄、联系方式、职业、家庭住址（已有1/6）",
        "依据：A-01《基本信息》000 §2.1（developer 2026.1版）",
    )


def test_a_cell_of_a_file_is_refused_with_place_and_cure() -> None:
    assert ZH.refusal(12, "联系电话", "138***67", "phone_unreadable") == (
        "第12行 联系电话“138***67”：应为 11 位手机号，或带区号的固定电话"
    )
    assert EN.refusal(12, "姓名", "", "name_missing") == "row 12, 姓名: missing: fill it in"


class TestHostSentences:
    """A host adds codes and rewrites ours."""

    def test_a_mapping_adds_and_replaces(self) -> None:
        ours = language("zh", extra=[{"acme.vip": "贵宾{level}", "follow.met": "最近一次：{last_contact}"}])
        assert ours.say("acme.vip", {"level": 3}) == "贵宾3"
        assert ours.say("follow.met", {"last_contact": date(2025, 3, 3)}) == "最近一次：2025年3月3日"
        assert ZH.say("acme.vip") == "acme.vip"

    def test_a_po_file_adds(self, tmp_path: Path) -> None:
        path = tmp_path / "acme.po"
        path.write_text(
            'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "acme.vip"\nmsgstr "贵宾"\n',
            encoding="utf-8",
        )
        assert language("zh", extra=[path]).say("acme.vip") == "贵宾"

    def test_a_misspelt_placeholder_is_refused_at_once(self) -> None:
        with pytest.raises(InvalidRule, match=r"follow.met asks for \{last\}; the values it may use are last_contact"):
            language("zh", extra=[{"follow.met": "最近一次：{last}"}])

    def test_a_file_that_is_not_there_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(InvalidRule, match=r"gone\.po cannot be read"):
            language("zh", extra=[tmp_path / "gone.po"])

    def test_a_title_of_a_host_entry_needs_no_catalogue(self) -> None:
        assert EN.entry(Entry.of("ACME-01", "贵宾回访", CORE, "000")) == "贵宾回访"

    def test_a_host_rhythm_gets_a_plain_why(self) -> None:
        class AcmeResidents(type(DEVELOPER.callbacks.residents)):
            """Acme calls after a fortnight."""

            entry = Entry.of("ACME-02", "两周回访", CORE, "000 §4.2")
            first_days: TimeLimit = NaturalDays(14)

        planned = Rhythm(DEVELOPER.using(AcmeResidents())).planned(
            Standing(status=PurchaseStatus.MOVED_IN, status_since=date(2025, 1, 10))
        )
        assert ZH.why(planned[0].reason) == "须在14天内办理"
