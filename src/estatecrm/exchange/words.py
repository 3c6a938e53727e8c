"""The words offices use for closed lists, and what each surely means."""

import re
from collections.abc import Mapping
from typing import Final

from estatecrm.exchange.cells import Cell, narrow, shown
from estatecrm.exchange.faults import RowFault, Unreadable

BLANK_WORDS: Final = frozenset(
    {"", "-", "--", "---", "/", "\\", "无", "暂无", "没有", "未知", "不详", "未填", "空", "n/a", "none", "null"}
)
"""What people write where they have nothing to write."""

_GRADE: Final = re.compile(r"([ABCD])[级类等]?(?:客户)?").fullmatch

_GENDERS: Final = {
    **dict.fromkeys(("男", "男性", "男士", "先生", "m", "male"), "male"),
    **dict.fromkeys(("女", "女性", "女士", "小姐", "f", "female"), "female"),
}
_STATUSES: Final = {
    **dict.fromkeys(("意向", "意向客户", "有意向", "未购", "未购买", "未成交", "intent"), "intent"),
    **dict.fromkeys(("认购", "已认购", "认购客户", "subscribed"), "subscribed"),
    **dict.fromkeys(("签约", "已签约", "签约客户", "已签合同", "已网签", "signed"), "signed"),
    **dict.fromkeys(("入住", "已入住", "入住客户", "已交房", "已收房", "moved_in", "movedin"), "moved_in"),
}
_SOURCES: Final = {
    **dict.fromkeys(("广告", "报纸", "报纸广告", "电视", "电视广告", "电台", "短信", "dm单", "传单"), "advertising"),
    **dict.fromkeys(("户外", "户外广告", "户外广告牌", "广告牌", "围挡", "高炮", "灯箱"), "billboard"),
    **dict.fromkeys(("朋友介绍", "朋友推荐", "朋友", "友介", "亲友介绍", "熟人介绍"), "friend_referral"),
    **dict.fromkeys(("老带新", "老客户介绍", "业主介绍", "老业主介绍", "转介绍", "介绍"), "friend_referral"),
    **dict.fromkeys(("路过", "自然路过", "路经"), "walk_by"),
    **dict.fromkeys(("自然到访", "自然来访", "自访", "上门", "到访", "来访"), "site_visit"),
    **dict.fromkeys(("展会", "房展会", "房展", "房交会", "外展", "外展点"), "expo"),
    **dict.fromkeys(("活动", "推广活动", "暖场活动", "客户活动", "业主活动"), "event"),
    **dict.fromkeys(("网络", "网站", "官网", "互联网", "网上"), "web"),
    **dict.fromkeys(("网络广告", "线上广告", "信息流", "朋友圈广告", "百度", "搜索广告"), "online_ad"),
    **dict.fromkeys(("抖音", "小红书", "微博", "快手", "视频号", "微信", "公众号", "朋友圈"), "social_media"),
    **dict.fromkeys(("小程序", "微信小程序"), "mini_program"),
    **dict.fromkeys(("其他", "其它", "other"), "other"),
    **{
        code: code
        for code in (
            *("advertising", "friend_referral", "walk_by", "site_visit", "expo", "event"),
            *("billboard", "web", "mini_program", "social_media", "online_ad"),
        )
    },
}


def read_gender(cell: Cell) -> str | None:
    """``male`` or ``female``."""
    return _listed(cell, _GENDERS, RowFault.GENDER_UNKNOWN)


def read_status(cell: Cell) -> str | None:
    """``intent``, ``subscribed``, ``signed`` or ``moved_in`` (B-01)."""
    return _listed(cell, _STATUSES, RowFault.STATUS_UNKNOWN)


def read_grade(cell: Cell) -> str | None:
    """``A`` to ``D`` (B-07); words such as 强 are not, because offices do not agree on them."""
    word = narrow(shown(cell)).upper().replace(" ", "")
    if word.lower() in BLANK_WORDS:
        return None
    found = _GRADE(word)
    if found is None:
        raise Unreadable(RowFault.GRADE_UNKNOWN)
    return found[1]


def read_source(cell: Cell) -> str | None:
    """The code of the source (A-03, B-03); ``other`` for a word nobody can class, which `Draft.source_words` keeps."""
    word = _plain(cell)
    return None if word in BLANK_WORDS else _SOURCES.get(word, "other")


def _listed(cell: Cell, known: Mapping[str, str], fault: RowFault) -> str | None:
    word = _plain(cell)
    if word in BLANK_WORDS:
        return None
    if word not in known:
        raise Unreadable(fault)
    return known[word]


def _plain(cell: Cell) -> str:
    return narrow(shown(cell)).lower().replace(" ", "")
