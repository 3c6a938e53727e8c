"""Every kind of value as a person of the language writes it."""

from datetime import date
from decimal import Decimal

import pendulum
import pytest

from estatecrm.messages import language
from estatecrm.model import IntentGrade, LeadSource
from estatecrm.policy import Role
from estatecrm.rules.rulesets import DEVELOPER
from estatecrm.values import (
    ALARM,
    IMMEDIATE,
    PROMPT,
    BusinessHours,
    ClockHours,
    IdentityNumber,
    NaturalDays,
    Phone,
    Points,
    Range,
    Rate,
    WorkingDays,
    percent,
    square_metres,
    yuan,
)

ZH, EN = language("zh"), language("en")

SAYINGS = [
    (yuan("1234567.5"), "1,234,567.50元", "¥1,234,567.50"),
    (yuan(1500000), "1,500,000元", "¥1,500,000"),
    (yuan("-0.05"), "-0.05元", "¥-0.05"),
    (Points(1), "1分", "1 point"),
    (Points(2500), "2,500分", "2,500 points"),
    (square_metres("89.50"), "89.5㎡", "89.5 ㎡"),
    (percent("12.5"), "12.5%", "12.5%"),
    (Rate.of(1, 3), "≈33.3333%", "≈33.3333%"),
    (NaturalDays(7), "7天", "7 days"),
    (NaturalDays(1), "1天", "1 day"),
    (NaturalDays(0), "当日", "the same day"),
    (WorkingDays(1), "1个工作日", "1 working day"),
    (WorkingDays(5), "5个工作日", "5 working days"),
    (ClockHours(24), "24小时", "24 hours"),
    (ClockHours("1.5"), "90分钟", "90 minutes"),
    (ClockHours.of_seconds(1), "1秒", "1 second"),
    (BusinessHours(1), "1个工作小时", "1 office hour"),
    (ALARM, "马上", "at the first moment"),
    (IMMEDIATE, "立即", "immediately"),
    (PROMPT, "及时", "promptly"),
    (date(2025, 3, 10), "2025年3月10日", "10 Mar 2025"),
    (pendulum.datetime(2025, 3, 5, 6, 7, 59, tz="UTC"), "2025年3月5日 14:07", "5 Mar 2025 14:07"),
    (pendulum.datetime(2025, 3, 5, 16, tz="UTC"), "2025年3月6日 00:00", "6 Mar 2025 00:00"),
    (None, "无", "none"),
    (True, "是", "yes"),
    (12_000, "12,000", "12,000"),
    (Decimal("0.10"), "0.1", "0.1"),
    (Decimal("1E+6"), "1,000,000", "1,000,000"),
    ("LH2025030001", "LH2025030001", "LH2025030001"),
    (IntentGrade.A, "A级", "A"),
    (LeadSource.FRIEND_REFERRAL, "朋友介绍", "friend's referral"),
    ((Role.SALES_MANAGER, Role.SITE_MANAGER), "销售经理、案场经理", "sales manager, site manager"),
    ((), "无", "none"),
    (Range(square_metres(90), square_metres(110)), "90㎡至110㎡", "90 ㎡ to 110 ㎡"),
    (Range(yuan(1500000), None), "1,500,000元以上", "¥1,500,000 or more"),
    (Range(None, yuan(2)), "2元以下", "up to ¥2"),
    (DEVELOPER.reception.follow_up.interval_days[:2], "A级 3天、B级 7天", "A 3 days, B 7 days"),
    (Phone.parse("13800001234"), "138****1234", "138****1234"),
]


@pytest.mark.parametrize(("value", "zh", "en"), SAYINGS, ids=[repr(value) for value, _, _ in SAYINGS])
def test_a_value_is_said_in_both_languages(value: object, zh: str, en: str) -> None:
    assert (ZH.value(value), EN.value(value)) == (zh, en)


def test_an_identity_number_is_said_masked() -> None:
    said = ZH.value(IdentityNumber.parse("11010519491231002X"))
    assert "19491231" not in said


def test_the_end_of_a_limit_at_midnight_is_24_00_of_the_day_before() -> None:
    midnight = pendulum.datetime(2025, 3, 6, tz="Asia/Shanghai")
    assert ZH.end(midnight) == "2025年3月5日 24:00"
    assert EN.end(midnight) == "5 Mar 2025 24:00"
    assert ZH.end(midnight.subtract(minutes=1)) == "2025年3月5日 23:59"


def test_moments_are_told_in_the_zone_asked_for() -> None:
    moment = pendulum.datetime(2025, 3, 5, 6, 0, tz="UTC")
    assert language("zh", zone="Europe/Berlin").value(moment) == "2025年3月5日 07:00"
