"""Errors as one sentence: what, where, cure."""

import pytest

from estatecrm.errors import (
    Busy,
    Conflict,
    InvalidFacts,
    MissingExtra,
    NewerSchema,
    NotFound,
    StorageError,
    UnpublishedYear,
)
from estatecrm.exchange.faults import FileFault, FileRefused
from estatecrm.messages import language
from estatecrm.values import IdentityNumber, InvalidText, Phone

ZH, EN = language("zh"), language("en")

SAID = [
    (Busy("locked"), "数据库正被别人占用，请稍后再试"),
    (Conflict("changed"), "别人刚刚改过同一条记录，请重新读取后再做一次"),
    (NotFound("duty D-01/LH1/2025-03-03"), "没有找到：duty D-01/LH1/2025-03-03"),
    (NewerSchema("0009"), "数据库由更新版本的 estatecrm 写成，请先升级：pip install -U estatecrm"),
    (StorageError("disk full"), "数据库出错：disk full"),
    (MissingExtra("sqlalchemy", "sql"), '缺少组件，请运行：pip install "estatecrm[sql]"'),
    (UnpublishedYear(2030), "2030年放假安排尚未公布，请先补入日历，或允许暂定答案"),
    (InvalidFacts("no edition is in force"), "资料有误：no edition is in force"),
    (FileRefused.because(FileFault.EMPTY, file="客户.csv"), "客户.csv 是空文件，请从原系统重新导出"),
    (
        FileRefused.because(FileFault.FIELD_MISSING, file="客户.csv", field="phones", expected="联系电话"),
        "客户.csv 缺少联系电话一列，表头可写“联系电话”",
    ),
    (PermissionError(13, "Permission denied", "a.xlsx"), "文件读写失败：a.xlsx（Permission denied）"),
    (KeyError("secret"), "程序内部出错（KeyError）；请连同所用命令报给维护者"),
]


@pytest.mark.parametrize(("trouble", "said"), SAID, ids=[type(trouble).__name__ for trouble, _ in SAID])
def test_an_error_is_one_sentence(trouble: Exception, said: str) -> None:
    assert ZH.error(trouble) == said


def test_work_that_may_have_been_saved_is_said_to_be_so() -> None:
    trouble = StorageError("connection lost")
    trouble.outcome_known = False
    assert EN.error(trouble).startswith("The connection broke and the work may or may not be saved")


def test_a_mistyped_phone_is_told_by_its_cure() -> None:
    with pytest.raises(InvalidText) as refused:
        Phone.parse("1381234567")
    assert ZH.error(refused.value) == "应为 11 位手机号，或带区号的固定电话，境外号码以 + 开头"
    assert "1381234567" not in EN.error(refused.value)


def test_a_mistyped_identity_number_is_told_by_its_fault() -> None:
    with pytest.raises(InvalidText) as refused:
        IdentityNumber.parse("110105194912310021")
    assert ZH.error(refused.value) == "证件号校验位不符，有一位写错，请核对"


def test_an_unexpected_error_tells_nothing_of_its_text() -> None:
    assert "secret" not in EN.error(KeyError("secret"))
