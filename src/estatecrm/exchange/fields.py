"""What a column may hold, under the names a `Draft` uses."""

from enum import StrEnum
from typing import Final


class Field(StrEnum):
    """A fact about a customer that a register may have a column for."""

    NAME = "name"
    GENDER = "gender"
    BIRTH_DATE = "birth_date"
    AGE = "age"
    PHONE = "phones"
    IDENTITY = "identity"
    OCCUPATION = "occupation"
    ADDRESS = "address"
    SOURCE = "source"
    INTRODUCER = "introducer"
    AREA = "area"
    LAYOUT = "layout"
    BUDGET = "budget"
    GRADE = "grade"
    WANTED_UNIT = "wanted_unit"
    CONSULTANT = "consultant"
    FIRST_VISIT = "first_visit"
    LAST_CONTACT = "last_contact"
    STATUS = "status"
    UNIT = "unit"
    SUBSCRIBED_ON = "subscribed_on"
    SIGNED_ON = "signed_on"
    MOVED_IN_ON = "moved_in_on"
    NOTE = "note"


DATE_FIELDS: Final = (
    Field.BIRTH_DATE,
    Field.FIRST_VISIT,
    Field.LAST_CONTACT,
    Field.SUBSCRIBED_ON,
    Field.SIGNED_ON,
    Field.MOVED_IN_ON,
)

HEADERS: Final[dict[Field, tuple[str, ...]]] = {
    Field.NAME: ("客户姓名", "姓名", "客户名称", "客户名", "客户", "业主姓名", "name", "customer", "customername"),
    Field.GENDER: ("性别", "客户性别", "gender", "sex"),
    Field.BIRTH_DATE: ("出生日期", "出生年月日", "生日", "birthdate", "dateofbirth", "birthday"),
    Field.AGE: ("年龄", "客户年龄", "age"),
    Field.PHONE: (
        *("联系电话", "手机号码", "手机号", "手机", "移动电话", "电话", "电话号码", "联系方式", "客户电话", "客户手机"),
        *("联系电话1", "手机1", "电话1", "联系电话2", "手机2", "电话2", "备用电话", "其他电话", "家庭电话", "固定电话"),
        *("phone", "mobile", "telephone", "phonenumber"),
    ),
    Field.IDENTITY: (
        *("身份证号", "身份证号码", "身份证", "证件号码", "证件号", "identity", "identitynumber", "idnumber"),
    ),
    Field.OCCUPATION: ("职业", "工作", "从事职业", "occupation", "job"),
    Field.ADDRESS: ("家庭住址", "现住址", "居住地址", "住址", "通讯地址", "联系地址", "地址", "address", "homeaddress"),
    Field.SOURCE: ("客户来源", "获知途径", "认知途径", "来源渠道", "信息来源", "来源", "渠道", "source"),
    Field.INTRODUCER: ("介绍人", "介绍人姓名", "推荐人", "推荐人姓名", "introducer", "referrer"),
    Field.AREA: ("意向面积", "需求面积", "面积需求", "购房面积", "面积", "area", "wantedarea"),
    Field.LAYOUT: ("意向户型", "需求户型", "户型需求", "户型", "layout"),
    Field.BUDGET: ("购房预算", "总价预算", "预算总价", "意向总价", "预算", "budget"),
    Field.GRADE: ("意向等级", "客户等级", "客户级别", "意向级别", "等级", "级别", "grade"),
    Field.WANTED_UNIT: ("意向房号", "意向房源", "意向单元", "wantedunit"),
    Field.CONSULTANT: (
        *("置业顾问", "销售顾问", "销售代表", "销售人员", "销售", "业务员", "接待人", "接待人员", "跟进人"),
        "consultant",
    ),
    Field.FIRST_VISIT: (
        *("首次来访日期", "首次来访时间", "首访日期", "首访时间", "首次到访日期", "首次接待日期"),
        *("来访日期", "来访时间", "到访日期", "接待日期", "firstvisit"),
    ),
    Field.LAST_CONTACT: (
        *("最近跟进日期", "最近跟进时间", "最后跟进日期", "最后跟进时间", "最近跟进", "最后跟进", "跟进日期"),
        *("上次联系", "上次联系日期", "最近联系日期", "最后联系日期", "lastcontact"),
    ),
    Field.STATUS: ("客户状态", "购房状态", "成交状态", "状态", "status"),
    Field.UNIT: ("认购房号", "签约房号", "成交房号", "购买房号", "房号", "房源", "unit"),
    Field.SUBSCRIBED_ON: ("认购日期", "认购时间", "定房日期", "subscribedon", "subscriptiondate"),
    Field.SIGNED_ON: ("签约日期", "签约时间", "合同日期", "签合同日期", "signedon", "signingdate"),
    Field.MOVED_IN_ON: ("入住日期", "入住时间", "交房日期", "收房日期", "movedinon", "moveindate"),
    Field.NOTE: ("备注", "跟进情况", "跟进记录", "客户备注", "说明", "note", "notes", "remark"),
}
"""How offices head their columns, the clearest first; the first in a file wins over the later ones."""

REASON_HEADER: Final = "错误原因"
"""The column that says why a row was rejected; never read back."""

REASON_HEADERS: Final = frozenset({REASON_HEADER, "reasons"})
IGNORED_HEADERS: Final = REASON_HEADERS | {"序号", "编号", "行号", "no", "no."}
GROUP_HEADERS: Final = frozenset(
    {
        *("客户信息", "客户资料", "客户情况", "基本信息", "基本资料", "基本情况", "客户基本信息", "客户基本情况"),
        *("个人信息", "个人资料", "联系信息", "联系资料", "购房需求", "需求信息", "需求情况", "需求", "购房意向"),
        *("意向信息", "意向情况", "来访信息", "来访情况", "跟进信息", "成交信息", "成交情况", "购房信息"),
        *("置业信息", "销售信息", "来源信息", "接待信息", "认购信息", "签约信息", "其他", "其它", "其他信息"),
    }
)
"""Upper headers that only group what stands below them."""
