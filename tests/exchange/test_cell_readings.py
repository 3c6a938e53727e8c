"""What a single cell says: dates, sums, areas, numbers, words; and when it is refused instead."""

# ruff: noqa: DTZ001 - the time in a cell has no zone

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from estatecrm.exchange.cells import narrow
from estatecrm.exchange.dates import from_serial, read_date
from estatecrm.exchange.faults import RowFault, Unreadable
from estatecrm.exchange.ranges import read_area, read_budget
from estatecrm.exchange.sheets import Epoch
from estatecrm.exchange.texts import Remembered, identity_reader, read_age, read_name, read_note, read_phones, read_text
from estatecrm.exchange.words import read_gender, read_grade, read_source, read_status
from estatecrm.model.classes import IntentGrade, LeadSource, PurchaseStatus
from estatecrm.values import Gender, Range, square_metres, yuan

TODAY = dt.date(2026, 11, 20)
FIFTH = dt.date(2026, 1, 5)


def day(cell: object, epoch: Epoch = Epoch.SINCE_1900) -> dt.date | None:
    return read_date(cell, epoch=epoch, today=TODAY)


def fault(read, *arguments: object, **options: object) -> str:
    with pytest.raises(Unreadable) as caught:
        read(*arguments, **options)
    return caught.value.code.value


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2026-1-5",
            "2026-01-05",
            "2026/1/5",
            "2026.01.05",
            "20260105",
            "2026年1月5日",
            "2026年01月05号",
            "2026 - 1 - 5",
        ),
        *(
            "２０２６年１月５日",
            "２０２６－１－５",
            "2026-1-5 9:5",
            "2026/01/05 09:05:30",
            "2026-01-05T09:05:00",
            "2026-1-5 下午3:20",
        ),
        *(
            "2026年1月5日 星期一",
            "2026-01-05（周一）",
            "2026年1月5日9时",
            "26-1-5",
            "26年1月5日",
            "46027",
            "46027.5",
            " 2026-1-5 ",
        ),
    ],
)
def test_the_fifth_of_january_in_every_form_offices_write(text: str) -> None:
    assert day(text) == FIFTH


@pytest.mark.parametrize("cell", [46_027, 46_027.75, 20_260_105, FIFTH, dt.datetime(2026, 1, 5, 9, 5)])
def test_the_fifth_of_january_as_a_number_or_a_date(cell: object) -> None:
    assert day(cell) == FIFTH


def test_a_serial_number_counts_from_the_epoch_of_its_workbook() -> None:
    assert day(46_027 - 1_462, Epoch.SINCE_1904) == FIFTH
    assert day("44565", Epoch.SINCE_1904) == FIFTH


@pytest.mark.parametrize("text", ["01/02/2026", "1-2-2026", "26-01-05", "05.01.26"])
def test_two_possible_days_are_never_guessed(text: str) -> None:
    assert fault(day, text) == "date_ambiguous"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("25/12/2025", dt.date(2025, 12, 25)), ("12/25/2025", dt.date(2025, 12, 25)), ("02/02/2026", dt.date(2026, 2, 2))],
)
def test_a_day_with_one_reading_only_is_taken(text: str, expected: dt.date) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    ("text", "year"), [("85-3-2", 1985), ("85年3月2日", 1985), ("27年3月2日", 2027), ("28年3月2日", 1928)]
)
def test_a_year_of_two_digits_is_the_last_such_year_up_to_the_next(text: str, year: int) -> None:
    assert day(text) == dt.date(year, 3, 2)


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13-01", "20260230", "2025年2月29日", "31/02/2026"])
def test_a_day_that_never_was_is_refused(text: str) -> None:
    assert fault(day, text) == "date_impossible"


@pytest.mark.parametrize("cell", ["下周", "2026-1", "2026", 34, 2026, 0.5, True, "1e5", "2026-1-5-6", 5_000_000])
def test_what_is_no_date_is_refused(cell: object) -> None:
    assert fault(day, cell) == "date_unreadable"


@pytest.mark.parametrize("text", ["-", "/", "无", "暂无", "N/A"])
def test_a_word_for_nothing_is_no_date(text: str) -> None:
    assert day(text) is None


def test_spreadsheets_count_a_leap_day_that_never_was() -> None:
    assert [from_serial(serial, Epoch.SINCE_1900) for serial in (0, 1, 59, 60, 61)] == [
        *(None, dt.date(1900, 1, 1), dt.date(1900, 2, 28), None, dt.date(1900, 3, 1)),
    ]


@given(st.dates(dt.date(1910, 1, 3), dt.date(2199, 12, 30)))
def test_any_written_form_of_a_day_gives_that_day(date: dt.date) -> None:
    forms = [
        date.isoformat(),
        f"{date:%Y%m%d}",
        f"{date.year}年{date.month}月{date.day}日",
        f"{date.year}/{date.month}/{date.day}",
    ]
    assert [day(form) for form in forms] == [date] * 4


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("200万", 2_000_000, 2_000_000),
        ("180-220万", 1_800_000, 2_200_000),
        ("180万-220万元", 1_800_000, 2_200_000),
        ("180万～220", 1_800_000, 2_200_000),
        ("１８０至２２０万", 1_800_000, 2_200_000),
        ("≤230万", None, 2_300_000),
        ("230万以内", None, 2_300_000),
        ("不超过230万", None, 2_300_000),
        ("200万以上", 2_000_000, None),
        (">=200万", 2_000_000, None),
        ("约200万", 2_000_000, 2_000_000),
        ("200w左右", 2_000_000, 2_000_000),
        ("2,300,000元", 2_300_000, 2_300_000),
        ("￥2300000", 2_300_000, 2_300_000),
        ("1.5-2百万", 1_500_000, 2_000_000),
        ("0.02亿", 2_000_000, 2_000_000),
        ("1800000-2200000", 1_800_000, 2_200_000),
    ],
)
def test_budgets_as_offices_write_them(text: str, least: int | None, most: int | None) -> None:
    expected = Range(None if least is None else yuan(least), None if most is None else yuan(most))
    assert read_budget(text) == expected


def test_a_budget_cell_may_be_a_number() -> None:
    assert read_budget(2_300_000) == Range(yuan(2_300_000), yuan(2_300_000))


def test_the_unit_in_the_header_applies_to_bare_figures() -> None:
    assert read_budget("180-220", unit="万元") == Range(yuan(1_800_000), yuan(2_200_000))
    assert read_budget("2300000元", unit="万元") == Range(yuan(2_300_000), yuan(2_300_000))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(
            ("200", "money_unit_missing"),
            ("9999", "money_unit_missing"),
            ("5元", "money_implausible"),
            ("900亿", "money_implausible"),
        ),
        *(
            ("220-180万", "range_reversed"),
            ("≥200万以内", "range_reversed"),
            ("两百万", "money_unreadable"),
            ("面议", "money_unreadable"),
        ),
    ],
)
def test_a_budget_that_cannot_be_told_is_refused(text: str, code: str) -> None:
    assert fault(read_budget, text) == code


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        *(
            ("90-110㎡", 90, 110),
            ("100平", 100, 100),
            ("约100平米", 100, 100),
            ("100m²左右", 100, 100),
            ("９０～１１０平方米", 90, 110),
        ),
        *(
            (">=90", 90, None),
            ("90以上", 90, None),
            ("120㎡以下", None, 120),
            ("89.5", "89.5", "89.5"),
            ("100平方", 100, 100),
        ),
    ],
)
def test_areas_as_offices_write_them(text: str, least: object, most: object) -> None:
    expected = Range(None if least is None else square_metres(least), None if most is None else square_metres(most))
    assert read_area(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("三房", "area_unreadable"),
        ("3", "area_implausible"),
        ("110-90", "range_reversed"),
        ("99999㎡", "area_implausible"),
    ],
)
def test_an_area_that_cannot_be_told_is_refused(text: str, code: str) -> None:
    assert fault(read_area, text) == code


@pytest.mark.parametrize(
    ("cell", "age"), [("34", 34), ("３４岁", 34), (34, 34), ("34周岁", 34), ("120", 120), ("无", None)]
)
def test_ages(cell: object, age: int | None) -> None:
    assert read_age(cell) == age


@pytest.mark.parametrize("cell", ["80后", "121", "三十", 34.5, True, "-3", "34虚岁"])
def test_what_is_no_age_is_refused(cell: object) -> None:
    assert fault(read_age, cell) == "age_unreadable"


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("15400000001", ["+8615400000001"]),
        (15_400_000_001, ["+8615400000001"]),
        ("+86 154-0000-0001", ["+8615400000001"]),
        ("１５４０００００００１", ["+8615400000001"]),
        ("15400000001/15400000002", ["+8615400000001", "+8615400000002"]),
        ("15400000001、15400000002", ["+8615400000001", "+8615400000002"]),
        ("15400000001 15400000001", ["+8615400000001"]),
        ("154 0000 0001 或 0571-88880000", ["+8615400000001", "+8657188880000"]),
        ("'+8615400000001", ["+8615400000001"]),
        ("无", []),
    ],
)
def test_phones(cell: object, numbers: list[str]) -> None:
    assert list(read_phones(cell)) == numbers


@pytest.mark.parametrize("cell", ["1540000001", "没留", "15400000001/没留", "154000000012"])
def test_what_is_no_phone_is_refused(cell: object) -> None:
    assert fault(read_phones, cell) == "phone_unreadable"


@pytest.mark.parametrize("cell", ["1.54E+10", "1.54002e10", 15_400_000_001.5])
def test_a_phone_that_lost_digits_says_so(cell: object) -> None:
    assert fault(read_phones, cell) == "phone_lost_digits"


identity = identity_reader(TODAY)


def test_identity_numbers() -> None:
    assert identity("11010519491231002X") == "11010519491231002X"
    assert identity(" 11010519491231002ｘ") == "11010519491231002X"
    assert identity("无") is None
    assert identity(110_105_491_231_002) == "110105491231002"


@pytest.mark.parametrize("cell", [110105194912310000, 1.1010519491231e17, "1.10105E+17", "110105194912310000"])
def test_an_identity_number_that_came_as_a_number_has_lost_its_last_digits(cell: object) -> None:
    assert fault(identity, cell) == "identity_lost_digits"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("110105194912310021", "identity_checksum"), ("1101051949123", "identity_length")),
        *(("110105194912AB002X", "identity_characters"), ("10000020991231002X", "identity_future_birth")),
    ],
)
def test_an_identity_number_that_cannot_be_right_says_why(text: str, code: str) -> None:
    assert fault(identity, text) == code


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("张三", "张三"),
        ("张\u3000三", "张三"),
        (" 王 伟 ", "王伟"),
        ("欧阳𠮷", "欧阳𠮷"),
        ("Anna Li", "Anna Li"),
        ("买买提·热合曼", "买买提·热合曼"),
    ],
)
def test_names(cell: str, name: str) -> None:
    assert read_name(cell) == name


@pytest.mark.parametrize("cell", [12, "15400000001", "——", FIFTH])
def test_what_is_no_name_is_refused(cell: object) -> None:
    assert fault(read_name, cell) == "name_unreadable"


def test_text_is_kept_as_typed_but_for_its_edges() -> None:
    assert read_text("  云栖里3幢 502 ") == "云栖里3幢 502"
    assert read_text("第一行\n第二行") == "第一行 第二行"
    assert read_note("第一行\r\n第二行") == "第一行\n第二行"
    assert read_text("=1+1") == "=1+1"
    assert read_text("'=1+1") == "=1+1"
    assert read_text("/") is None


@pytest.mark.parametrize(
    ("read", "text", "code"),
    [
        (read_text, "a\0b", "text_control"),
        (read_note, "a\ud800", "text_control"),
        (read_text, "长" * 501, "text_too_long"),
    ],
)
def test_text_no_database_could_keep_is_refused(read, text: str, code: str) -> None:
    assert fault(read, text) == code


@pytest.mark.parametrize(
    ("text", "grade"), [("A", "A"), ("ａ级", "A"), ("B类", "B"), ("c", "C"), ("D等", "D"), ("无", None)]
)
def test_grades(text: str, grade: str | None) -> None:
    assert read_grade(text) == grade


@pytest.mark.parametrize("text", ["强", "A+", "AB", "E", "1"])
def test_a_grade_offices_do_not_agree_on_is_refused(text: str) -> None:
    assert fault(read_grade, text) == "grade_unknown"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(
            ("广告", "advertising"),
            ("朋友介绍", "friend_referral"),
            ("路过", "walk_by"),
            ("房展会", "expo"),
            ("活动", "event"),
        ),
        *(
            ("抖音", "social_media"),
            ("小程序", "mini_program"),
            ("官网", "web"),
            ("网络广告", "online_ad"),
            ("围挡", "billboard"),
        ),
        *(("自然到访", "site_visit"), ("其他", "other"), ("吃饭时听说", "other"), ("/", None)),
    ],
)
def test_sources(text: str, code: str | None) -> None:
    assert read_source(text) == code


@pytest.mark.parametrize(
    ("text", "status"), [("意向", "intent"), ("已认购", "subscribed"), ("签约客户", "signed"), ("已入住", "moved_in")]
)
def test_statuses(text: str, status: str) -> None:
    assert read_status(text) == status


def test_unknown_words_of_closed_lists_are_refused() -> None:
    assert fault(read_status, "退房") == "status_unknown"
    assert fault(read_gender, "保密") == "gender_unknown"
    assert [read_gender(text) for text in ("男", "女士", "Female", "无")] == ["male", "female", "female", None]


def test_every_code_is_one_of_the_model() -> None:
    from estatecrm.exchange import words

    assert set(words._SOURCES.values()) == {source.value for source in LeadSource}
    assert set(words._STATUSES.values()) == {status.value for status in PurchaseStatus}
    assert set(words._GENDERS.values()) == {gender.value for gender in Gender}
    assert {read_grade(letter) for letter in "ABCD"} == {grade.value for grade in IntentGrade}


def test_readings_are_remembered_within_bounds() -> None:
    asked: list[str] = []
    remembered: Remembered[str] = Remembered(lambda text: asked.append(text) or text)
    assert [remembered["a"], remembered["a"]] == ["a", "a"]
    assert asked == ["a"]
    for number in range(25_000):
        remembered[str(number)]
    assert len(remembered) <= 20_000


def test_a_refusal_never_repeats_the_cell() -> None:
    assert str(Unreadable(RowFault.PHONE_UNREADABLE)) == "phone_unreadable"


@given(st.text(max_size=30))
def test_no_text_makes_a_reading_raise_anything_else(text: str) -> None:
    for read in (
        read_name,
        read_phones,
        identity,
        read_age,
        read_text,
        read_note,
        read_grade,
        read_source,
        read_area,
        read_budget,
        day,
    ):
        with contextlib.suppress(Unreadable):
            read(text)


def test_full_width_signs_become_ascii() -> None:
    assert narrow("２０２６－１１－２０　（五）：￥５～６") == "2026-11-20 (五):¥5~6"


@pytest.mark.parametrize("filling", [" ", "\u3000", "0", "x ", "(", "-", "1 ", "\ufeff", "或 "])
def test_a_text_made_long_on_purpose_keeps_no_pattern_busy(filling: str) -> None:
    """Each of these would take minutes if a pattern went back and forth over it."""
    for text in (f"2026-1-5{filling * 30_000}x", f"\ufeff张{filling * 30_000}三", f"1{filling * 30_000}"):
        for read in (read_name, read_phones, identity, read_age, read_text, read_note, read_area, read_budget, day):
            with contextlib.suppress(Unreadable):
                read(text)
