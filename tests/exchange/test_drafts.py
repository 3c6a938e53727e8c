"""A row as a draft, or refused with every reason at once."""

import datetime as dt
from io import BytesIO

import pytest

from estatecrm.exchange.drafts import Draft, FieldRefusal, Refused, masked
from estatecrm.exchange.faults import FileRefused
from estatecrm.exchange.fields import Field
from estatecrm.exchange.reading import Drafts, read_drafts
from estatecrm.values import Range, square_metres, yuan

TODAY = dt.date(2026, 11, 20)
PHONE = "15400000001"
IDENTITY = "100000199001011233"


def drafts(text: str, **options: object) -> Drafts:
    return read_drafts(BytesIO(text.encode()), today=TODAY, **options)


def only(header: str, row: str) -> Draft | Refused:
    return next(iter(drafts(f"{header}\n{row}\n")))


def reasons(header: str, row: str) -> list[tuple[str | None, str]]:
    refused = only(f"姓名,电话,{header}", f"张三,{PHONE},{row}")
    return (
        [(reason.field and reason.field.value, reason.code) for reason in refused.reasons]
        if isinstance(refused, Refused)
        else []
    )


def test_a_full_row_becomes_a_draft() -> None:
    header = (
        "客户姓名,性别,出生日期,年龄,联系电话,身份证号,职业,家庭住址,来源,介绍人,意向面积,户型,预算,意向等级,意向房号,"
        "置业顾问,首次来访日期,最近跟进日期,客户状态,房号,认购日期,签约日期,入住日期,备注"
    )
    row = (
        f"欧阳倩,女,1990-01-01,36,{PHONE},{IDENTITY},教师,云栖里3幢502,朋友介绍,王伟,90-110㎡,三房,≤230万,Ａ级,5-0802,"
        "林晓燕,2025/3/3,2026.10.1,入住,3-1802,2025年4月1日,2025-04-08,2026-10-01,喜欢高楼层"
    )
    draft = only(header, row)
    assert isinstance(draft, Draft)
    assert draft[:-1] == (
        *(2, "欧阳倩", "female", dt.date(1990, 1, 1), 36, ("+8615400000001",), IDENTITY, "教师", "云栖里3幢502"),
        *(
            "friend_referral",
            "王伟",
            Range(square_metres(90), square_metres(110)),
            "三房",
            Range(None, yuan(2_300_000)),
        ),
        *("A", "5-0802", "林晓燕", dt.date(2025, 3, 3), dt.date(2026, 10, 1), "moved_in", "3-1802"),
        *(dt.date(2025, 4, 1), dt.date(2025, 4, 8), dt.date(2026, 10, 1), "喜欢高楼层", None),
    )
    assert draft.cells[0] == "欧阳倩"


def test_what_a_file_does_not_say_is_none() -> None:
    draft = only("姓名,电话", f"张三,{PHONE}")
    assert draft[:-1] == (2, "张三", *[None] * 3, ("+8615400000001",), *[None] * 20)


def test_every_fault_of_a_row_is_named_at_once() -> None:
    refused = only("姓名,电话,年龄,等级,首次来访日期", ",没留,80后,强,01/02/2026")
    assert isinstance(refused, Refused)
    assert [(reason.field, reason.code, reason.column, reason.found) for reason in refused.reasons] == [
        (Field.PHONE, "phone_unreadable", "电话", "没留"),
        (Field.AGE, "age_unreadable", "年龄", "80后"),
        (Field.GRADE, "grade_unknown", "等级", "强"),
        (Field.FIRST_VISIT, "date_ambiguous", "首次来访日期", "01/02/2026"),
        (Field.NAME, "name_missing", "姓名", ""),
    ]


def test_a_row_needs_a_phone_or_an_identity_number() -> None:
    refused = only("姓名,电话,身份证号", "张三,,")
    assert isinstance(refused, Refused)
    assert [reason.code for reason in refused.reasons] == ["contact_missing"]
    assert isinstance(only("姓名,电话,身份证号", f"张三,,{IDENTITY}"), Draft)


def test_all_telephone_columns_count_each_number_once() -> None:
    draft = only("姓名,手机,备用电话", f"张三,{PHONE},15400000002/{PHONE}")
    assert isinstance(draft, Draft)
    assert draft.phones == ("+8615400000001", "+8615400000002")


def test_a_source_in_free_words_is_other_and_keeps_its_words() -> None:
    draft = only("姓名,电话,来源", f"张三,{PHONE}, 吃饭时听说 ")
    assert isinstance(draft, Draft)
    assert (draft.source, draft.source_words) == ("other", "吃饭时听说")


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("出生日期,身份证号", f"1990-01-02,{IDENTITY}", [("birth_date", "birth_contradicts_identity")]),
        ("出生日期,身份证号", f"1990-01-01,{IDENTITY}", []),
        ("年龄,身份证号", f"34,{IDENTITY}", [("age", "age_contradicts_birth")]),
        ("年龄,身份证号", f"35,{IDENTITY}", []),
        ("年龄,身份证号", f"38,{IDENTITY}", []),
        ("年龄,身份证号", f"39,{IDENTITY}", [("age", "age_contradicts_birth")]),
        ("年龄,身份证号,首访日期", f"30,{IDENTITY},2021-06-01", []),
        ("年龄,出生日期", "20,1990-01-01", [("age", "age_contradicts_birth")]),
        ("状态,房号,认购日期,签约日期", "签约,3-1,2026-05-02,2026-05-01", [("signed_on", "dates_out_of_order")]),
        ("状态,房号,认购日期,签约日期", "签约,3-1,2026-05-01,2026-05-01", []),
        ("状态,房号,签约日期,入住日期", "入住,3-1,2026-05-02,2026-05-01", [("moved_in_on", "dates_out_of_order")]),
        ("首访日期,状态,房号,认购日期", "2026-05-02,认购,3-1,2026-05-01", [("subscribed_on", "dates_out_of_order")]),
        ("首访日期,最近跟进", "2026-05-02,2026-05-01", [("last_contact", "dates_out_of_order")]),
        ("状态,房号", "签约,", [("unit", "unit_missing")]),
        ("状态,房号", "认购,3-1", []),
        ("签约日期", "2026-05-01", [("unit", "unit_missing")]),
        ("状态,签约日期", "意向,2026-05-01", [("status", "status_contradicts_dates")]),
        ("状态,房号,签约日期", "认购,3-1,2026-05-01", [("status", "status_contradicts_dates")]),
        ("首访日期", "2026-11-20", []),
        ("首访日期", "2026-11-21", [("first_visit", "date_in_future")]),
        ("首访日期", "1989-12-31", [("first_visit", "date_too_early")]),
        ("出生日期", "1899-12-31", [("birth_date", "date_too_early")]),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(header: str, row: str, expected: list[tuple[str, str]]) -> None:
    assert reasons(header, row) == expected


def test_a_comma_that_shifts_the_cells_of_a_csv_is_noticed() -> None:
    refused = only("姓名,电话,备注", f"张三,{PHONE},先看,再说")
    assert isinstance(refused, Refused)
    assert [(reason.field, reason.code) for reason in refused.reasons] == [(None, "too_many_cells")]
    assert isinstance(only("姓名,电话,备注", f"张三,{PHONE},先看,,"), Draft)


def test_a_shorter_row_is_filled_with_nothing() -> None:
    assert isinstance(only("姓名,电话,备注,等级", f"张三,{PHONE}"), Draft)


def test_the_failed_formula_of_a_workbook_is_refused(raw_book) -> None:
    cells = "".join(f'<c r="{at}1" t="str"><v>{text}</v></c>' for at, text in (("A", "姓名"), ("B", "电话")))
    row = f'<row r="1">{cells}</row><row r="2"><c r="A2" t="e"><v>#N/A</v></c><c r="B2"><v>{PHONE}</v></c></row>'
    refused = next(iter(read_drafts(raw_book(row), today=TODAY)))
    assert isinstance(refused, Refused)
    assert refused.reasons[0].code == "cell_error"


def test_counts_add_up_and_repeated_headers_are_not_rows() -> None:
    text = f"登记表,\n姓名,电话\n张三,{PHONE}\n,\n登记表,\n姓名,电话\n,{PHONE}\n李四,15400000002\n"
    read = drafts(text)
    for _ in range(2):
        kinds = [type(row) for row in read]
        assert kinds == [Draft, Refused, Draft]
        assert (read.rows, read.refused, read.repeated) == (3, 1, 2)


def test_a_header_without_rows_is_refused() -> None:
    with pytest.raises(FileRefused) as caught:
        drafts("姓名,电话\n姓名,电话\n")
    assert caught.value.code == "no_rows"


def test_a_mapping_says_what_a_header_means() -> None:
    read = drafts(f"称呼,电话\n张三,{PHONE}\n", mapping={"称呼": Field.NAME})
    assert [row.name for row in read if isinstance(row, Draft)] == ["张三"]


def test_nothing_shows_a_person_unmasked() -> None:
    draft = only("姓名,电话,身份证号", f"欧阳倩,{PHONE},{IDENTITY}")
    assert repr(draft) == "Draft(row=2, name='欧阳*')"
    refused = only("姓名,电话,身份证号,年龄", f"欧阳倩,{PHONE}9,100000199001011230,154 0000 0001")
    assert PHONE[:8] not in repr(refused)
    assert "199001" not in repr(refused)
    assert "0000 0001" not in repr(refused)


@pytest.mark.parametrize(
    ("field", "cell", "found"),
    [
        (Field.NAME, "欧阳倩", "欧阳*"),
        (Field.PHONE, "15400000001x", "154*******1x"),
        (Field.IDENTITY, 100000199001011230, "100*************30"),
        (Field.NOTE, "电话154 0000 0001", "电话154********01"),
        (Field.FIRST_VISIT, "2026-02-30 09:05", "2026-02-30 09:05"),
        (Field.NOTE, "长" * 50, "长" * 39 + "…"),
    ],
)
def test_what_a_reason_repeats_is_masked(field: Field, cell: object, found: str) -> None:
    assert masked(field, cell) == found


def test_a_draft_can_be_refused_by_somebody_who_knows_more() -> None:
    draft = only("姓名,电话", f"张三,{PHONE}")
    assert isinstance(draft, Draft)
    reason = FieldRefusal(Field.CONSULTANT, "consultant_unknown", "置业顾问", "小王")
    assert draft.refuse(reason) == Refused(2, (reason,), ["张三", PHONE])
    assert reason.values == (("column", "置业顾问"), ("found", "小王"))
