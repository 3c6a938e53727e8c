"""
Customers for demonstrations and tests who cannot be real persons.

Every telephone number begins with 154, a prefix that is not allocated and yet has the form of a mobile
number. Every identity number begins with 100000, which is the code of the country as a whole and of no
place that issues cards (provinces begin at 11), and is otherwise well formed down to its check character.
Addresses name an invented estate, building and unit.
"""

import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import Final

from attrs import frozen

SAMPLE_DAY: Final = dt.date(2026, 11, 20)
"""The day on which the sample files were "exported"; nothing in them happened later."""

SAMPLE_PREFIX: Final = "154"
SAMPLE_AREA: Final = "100000"


@frozen
class SampleStaff:
    """A consultant of the sample office."""

    id: str
    name: str


SAMPLE_STAFF: Final = (
    SampleStaff("S01", "林晓燕"),
    SampleStaff("S02", "周志强"),
    SampleStaff("S03", "欧阳倩"),
    SampleStaff("S04", "马建国"),
    SampleStaff("S05", "何雨桐"),
)


@frozen
class SamplePerson:
    """A customer as an office would know them; area in square metres, budget in 万元."""

    name: str
    gender: str
    birth_date: dt.date
    phone: str
    identity: str
    occupation: str
    address: str
    source: str
    introducer: str
    area: tuple[int, int]
    layout: str
    budget: tuple[int, int]
    grade: str
    wanted_unit: str
    consultant: str
    first_visit: dt.date
    last_contact: dt.date
    status: str
    unit: str
    subscribed_on: dt.date | None
    signed_on: dt.date | None
    moved_in_on: dt.date | None
    note: str


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_SURNAMES: Final = _words(
    "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 欧阳 上官 司马 诸葛"
)
_SURNAME_WEIGHTS: Final = (
    *(72, 72, 68, 54, 45, 31, 23, 22, 21, 20, 17, 15, 13, 13, 12, 11, 11, 11, 10, 9),
    *(9, 8, 7, 7, 6, 6, 6, 6, 5, 5, 1, 1, 1, 1),
)
"""Roughly per thousand people in China; compound surnames are about as rare as they really are."""
_GIVEN: Final = {
    "男": _words("伟 强 磊 军 勇 杰 涛 明 超 建华 志刚 国庆 文博 子轩 浩然 宇航 俊杰 海波 永康 家豪 𠮷 喆"),
    "女": _words("芳 娜 敏 静 丽 艳 娟 霞 秀英 桂兰 雪梅 婷婷 雨欣 梓涵 思琪 佳怡 晓燕 美玲 玉珍 海燕 𡈽 垚"),
}
_OCCUPATIONS: Final = _words("教师 医生 工程师 公务员 个体户 会计 司机 护士 销售 退休 设计师 律师 企业主 程序员")
_ESTATES: Final = _words("云栖里 望湖苑 锦程花园 春和景明 听松小筑")
_SOURCES: Final = _words("朋友介绍 路过 户外广告 报纸广告 抖音 小红书 小程序 官网 房展会 活动 自然到访 老带新")
_LAYOUTS: Final = _words("两房 三房 三房两厅 四房 复式")
_NOTES: Final = (
    "",
    "",
    "",
    "关注学区",
    "对比周边楼盘",
    "家人周末再来看",
    "希望高楼层",
    "贷款年限待定",
    "下午方便接电话",
)
_STATUSES: Final = ("意向", "认购", "签约", "入住")
_STATUS_WEIGHTS: Final = (70, 10, 12, 8)
_GRADE_WEIGHTS: Final = (15, 30, 35, 20)
_KEPT_UP: Final = {"A": 5, "B": 10, "C": 19, "D": 38}
"""Within how many days nearly everybody of a grade was last spoken to: a little more than C-09 asks for."""


def sample_people(count: int, *, seed: int, day: dt.date = SAMPLE_DAY) -> Iterator[SamplePerson]:
    """
    *count* different people, the same for the same *seed* and *day*; all that they did lies before *day*.

    Up to a hundred seeds give different telephone numbers.
    """
    chance = Random(seed)
    for number in range(count):
        yield _person(chance, seed % 100 * 1_000_000 + number * 37, day)


def identity_check(body: str) -> str:
    """The check character for the first seventeen digits of an identity number (GB 11643)."""
    return "10X98765432"[sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(body)) % 11]


def _person(chance: Random, number: int, day: dt.date) -> SamplePerson:
    gender = chance.choice("男女")
    birth = day - dt.timedelta(days=chance.randrange(22 * 366, 68 * 365))
    order = chance.randrange(1, 499) * 2 + (gender == "男")
    body = f"{SAMPLE_AREA}{birth:%Y%m%d}{order:03d}"
    source = chance.choice(_SOURCES)
    referred = source in {"朋友介绍", "老带新"}
    least_area = chance.randrange(70, 160, 5)
    least_budget = chance.randrange(90, 400, 10)
    visit = day - dt.timedelta(days=chance.randrange(5, 700))
    status = chance.choices(_STATUSES, _STATUS_WEIGHTS)[0]
    steps = _steps(chance, status, visit, day)
    last = max((step for step in steps if step is not None), default=visit)
    return SamplePerson(
        name=_name(chance, gender),
        gender=gender,
        birth_date=birth,
        phone=f"{SAMPLE_PREFIX}{number:08d}",
        identity=body + identity_check(body),
        occupation=chance.choice(_OCCUPATIONS),
        address=f"{chance.choice(_ESTATES)}{chance.randrange(1, 30)}幢{_unit(chance)}",
        source=source,
        introducer=_name(chance, chance.choice("男女")) if referred else "",
        area=(least_area, least_area + chance.choice((0, 10, 20))),
        layout=chance.choice(_LAYOUTS),
        budget=(least_budget, least_budget + chance.choice((0, 20, 50))),
        grade=(grade := chance.choices("ABCD", _GRADE_WEIGHTS)[0]),
        wanted_unit=f"{chance.randrange(1, 12)}-{_unit(chance)}" if status == "意向" and chance.random() < 0.4 else "",
        consultant=chance.choice(SAMPLE_STAFF).name,
        first_visit=visit,
        last_contact=max(last, day - dt.timedelta(days=chance.randrange(0, (day - last).days + 1) % _KEPT_UP[grade])),
        status=status,
        unit="" if status == "意向" else f"{chance.randrange(1, 12)}-{_unit(chance)}",
        subscribed_on=steps[0],
        signed_on=steps[1],
        moved_in_on=steps[2],
        note=chance.choice(_NOTES),
    )


def _name(chance: Random, gender: str) -> str:
    surname = chance.choices(_SURNAMES, _SURNAME_WEIGHTS)[0]
    given = chance.choice(_GIVEN[gender])
    if len(given) == 1 and chance.random() < 0.5:
        given += chance.choice(_GIVEN[gender][:8])
    return surname + given


def _unit(chance: Random) -> str:
    return f"{chance.randrange(1, 33)}{chance.randrange(1, 5):02d}"


def _steps(
    chance: Random, status: str, visit: dt.date, day: dt.date
) -> tuple[dt.date | None, dt.date | None, dt.date | None]:
    """The days of subscribing, signing and moving in, as far as the status has come, in order."""
    reached = _STATUSES.index(status)
    days: list[dt.date | None] = []
    last = visit
    for step in range(1, 4):
        if step <= reached:
            last += dt.timedelta(days=chance.randrange(0, (day - last).days + 1))
        days.append(last if step <= reached else None)
    return days[0], days[1], days[2]
