"""What columns mean: found by their headers, shown, overridable, never guessed."""

from io import BytesIO

import pytest

from estatecrm.exchange.columns import ColumnMapping, Match, map_columns
from estatecrm.exchange.faults import FileRefused
from estatecrm.exchange.fields import HEADERS, Field
from estatecrm.exchange.sheets import open_sheet


def mapped(text: str, overrides: dict[str, Field | None] | None = None) -> ColumnMapping:
    return map_columns(open_sheet(BytesIO(text.encode())), overrides)


def fields(text: str) -> list[str | None]:
    return [column.field and column.field.value for column in mapped(text).columns]


def refusal(text: str, overrides: dict[str, Field | None] | None = None) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        mapped(text, overrides)
    return caught.value


@pytest.mark.parametrize(("field", "header"), [(field, header) for field in Field for header in HEADERS[field]])
def test_every_listed_header_is_understood(field: Field, header: str) -> None:
    others = [other for other in ("姓名", "电话", "性别") if other not in HEADERS[field]]
    columns = mapped(",".join([header, *others]) + "\nx,y,z\n").columns
    assert (columns[0].field, columns[0].match) == (field, Match.RECOGNISED)


def test_no_header_stands_for_two_fields() -> None:
    headers = [header for listed in HEADERS.values() for header in listed]
    assert len(headers) == len(set(headers))


@pytest.mark.parametrize("header", ["* 姓 名", "姓名（必填）", "姓名：", "\u3000姓名 *", "ＮＡＭＥ", "客户\u3000姓名"])
def test_decoration_of_a_header_does_not_matter(header: str) -> None:
    assert fields(f"{header},电话\nx,1\n") == ["name", "phones"]


def test_title_lines_above_the_header_are_skipped() -> None:
    mapping = mapped("云栖里来访客户登记表,,\n2026年11月,,\n姓名,电话,备注\n张三,1,x\n")
    assert (mapping.header_rows, [column.header for column in mapping.columns]) == ((3,), ["姓名", "电话", "备注"])


def test_two_header_rows_are_read_together() -> None:
    upper = "序号,客户信息,,联系方式,,介绍人,,认购,,备注"
    lower = ",姓名,性别,电话,微信,姓名,电话,日期,房号,"
    text = f"{upper}\n{lower}\n1,张三,男,1,w,李四,2,2026-1-1,1-1,x\n"
    assert fields(text) == [None, "name", "gender", "phones", None, "introducer", None, "subscribed_on", "unit", "note"]


def test_a_lower_header_under_an_unknown_group_is_not_guessed() -> None:
    mapping = mapped("姓名,电话,配偶,\n,,姓名,电话\n张三,1,李四,2\n")
    assert [column.field for column in mapping.columns] == [Field.NAME, Field.PHONE, None, None]


def test_unknown_headers_are_reported_and_not_read() -> None:
    mapping = mapped("序号,姓名,电话,星座,错误原因\n1,张三,2,狮子,x\n")
    assert mapping.unknown == ("星座",)
    assert [column.match for column in mapping.columns] == [
        *(Match.IGNORED, Match.RECOGNISED, Match.RECOGNISED, Match.UNKNOWN, Match.IGNORED),
    ]


def test_the_clearest_of_several_headers_wins() -> None:
    mapping = mapped("姓名,电话,来访日期,首次来访日期\n张三,1,2026-1-2,2026-1-1\n")
    assert [(column.match, column.field) for column in mapping.columns[2:]] == [
        (Match.SUPERSEDED, None),
        (Match.RECOGNISED, Field.FIRST_VISIT),
    ]


def test_several_telephone_columns_are_all_read() -> None:
    assert fields("姓名,手机,备用电话\n张三,1,2\n") == ["name", "phones", "phones"]


def test_the_same_header_twice_is_refused() -> None:
    assert refusal("姓名,电话,备注,姓名\na,b,c,d\n").code == "header_twice"


def test_the_unit_in_the_header_is_kept() -> None:
    assert mapped("姓名,电话,预算（万元）\na,1,2\n").columns[2].unit == "万元"


def test_an_override_gives_a_header_its_meaning() -> None:
    columns = mapped("称呼,电话,户型\na,1,c\n", {"称呼": Field.NAME, "户型": None}).columns
    assert [(column.match, column.field) for column in columns] == [
        (Match.GIVEN, Field.NAME),
        (Match.RECOGNISED, Field.PHONE),
        (Match.IGNORED, None),
    ]


def test_an_override_wins_over_a_recognised_header() -> None:
    columns = mapped("姓名,称呼,电话\na,b,1\n", {"称呼": Field.NAME}).columns
    assert [column.match for column in columns] == [Match.SUPERSEDED, Match.GIVEN, Match.RECOGNISED]


def test_an_override_for_a_header_that_is_not_there_is_refused() -> None:
    refused = refusal("姓名,电话\na,1\n", {"称呼": Field.NAME})
    assert (refused.code, dict(refused.values)["header"]) == ("unknown_header", "称呼")


def test_a_file_without_a_header_is_refused() -> None:
    assert refusal("张三,15400000001\n李四,15400000002\n").code == "no_header"


@pytest.mark.parametrize(
    ("header", "field", "expected"),
    [
        ("电话,性别,备注", "name", "客户姓名, 姓名, 客户名称"),
        ("姓名,性别,备注", "phones", "联系电话, 手机号码, 手机号, 身份证号, 身份证号码, 身份证"),
    ],
)
def test_a_missing_column_is_named_with_headers_that_would_do(header: str, field: str, expected: str) -> None:
    refused = refusal(f"{header}\na,b,c\n")
    assert refused.code == "field_missing"
    assert dict(refused.values)["field"] == field
    assert dict(refused.values)["expected"] == expected


def test_an_identity_number_stands_in_for_a_phone() -> None:
    assert fields("姓名,身份证号\na,1\n") == ["name", "identity"]


def test_a_repeated_header_and_title_are_recognised() -> None:
    mapping = mapped("登记表,\n姓名,电话\n张三,1\n")
    assert mapping.repeats(["姓名", "电话"])
    assert mapping.repeats(["登记表", ""])
    assert not mapping.repeats(["张三", "电话"])


def test_a_row_under_the_header_that_says_nothing_known_is_no_second_header() -> None:
    assert mapped("姓名,联系方式/电话,星座\n,,狮子\n张三,1,\n").header_rows == (1,)


def test_two_header_rows_are_seen_where_the_upper_one_alone_would_do() -> None:
    mapping = mapped("姓名,联系方式,,备注\n,电话,微信,\n张三,1,w,x\n")
    assert (mapping.header_rows, mapping.unknown) == ((1, 2), ("联系方式/微信",))


@pytest.mark.parametrize("filling", ["(", " ", "【", "* "])
def test_a_long_text_where_a_header_is_sought_keeps_no_pattern_busy(filling: str) -> None:
    assert mapped(f"{filling * 30_000},x\n姓名,电话\n张三,1\n").header_rows == (2,)
