"""Workbooks: every kind of cell, both epochs, merged areas, and the forms other programs write."""

# ruff: noqa: DTZ001 - the time in a cell has no zone

import datetime as dt
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter

from estatecrm.exchange.cells import FormulaError
from estatecrm.exchange.faults import FileRefused
from estatecrm.exchange.sheets import open_sheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DATES = (
    '<numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/>'
    '<numFmt numFmtId="177" formatCode="[Red]0.00&quot;d&quot;"/><numFmt numFmtId="178" formatCode="[h]:mm"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="177"/><xf numFmtId="178"/>'
    '<xf numFmtId="31"/></cellXfs>'
)


def cells(book: BytesIO) -> list[list[object]]:
    return [row for _, row in open_sheet(book).rows()]


def test_every_kind_of_cell_keeps_its_kind(raw_book) -> None:
    row = (
        '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="inlineStr"><is><t>b &amp; c</t></is></c>'
        '<c r="C1"><v>15400000001</v></c><c r="D1"><v>1.5</v></c><c r="E1" t="b"><v>1</v></c>'
        '<c r="F1" t="e"><v>#N/A</v></c><c r="G1" t="str"><f>A1</f><v>甲</v></c><c r="I1" s="1"><v>46000</v></c>'
        '<c r="J1" t="d"><v>2026-01-05T00:00:00</v></c></row>'
    )
    found = cells(raw_book(row, shared="<si><t>a</t></si><si><t>甲乙</t></si>", styles=DATES))[0]
    assert found == [
        *("甲乙", "b & c", 15_400_000_001, 1.5, True, "#N/A", "甲", "", dt.date(2025, 12, 9)),
        dt.datetime(2026, 1, 5),
    ]
    assert type(found[2]) is int
    assert type(found[5]) is FormulaError


def test_a_style_is_a_date_only_when_its_format_shows_one(raw_book) -> None:
    row = "".join(f'<c r="{"ABCDEF"[style]}1" s="{style}"><v>46000</v></c>' for style in range(6))
    found = cells(raw_book(f'<row r="1">{row}</row>', styles=DATES))[0]
    day = dt.date(2025, 12, 9)
    assert found == [46000, day, day, 46000, 46000, day]


@pytest.mark.parametrize(
    ("serial", "epoch", "day"),
    [
        (1, "0", dt.date(1900, 1, 1)),
        (59, "0", dt.date(1900, 2, 28)),
        (60, "0", 60),
        (61, "0", dt.date(1900, 3, 1)),
        (44_538, "1", dt.date(2025, 12, 9)),
        (0, "1", dt.date(1904, 1, 1)),
        (46_000.375, "0", dt.datetime(2025, 12, 9, 9, 0)),
    ],
)
def test_dates_count_from_the_epoch_of_the_workbook(raw_book, serial: float, epoch: str, day: object) -> None:
    book = raw_book(
        f'<row r="1"><c r="A1" s="1"><v>{serial}</v></c></row>',
        styles=DATES,
        properties=f'<workbookPr date1904="{epoch}"/>',
    )
    assert cells(book) == [[day]]


def test_readings_of_hanzi_and_runs_of_formats_are_told_apart(raw_book) -> None:
    shared = '<si><r><t>王</t></r><r><rPr/><t xml:space="preserve"> 伟</t></r><rPh sb="0" eb="1"><t>wang</t></rPh></si>'
    assert cells(raw_book('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', shared=shared)) == [["王 伟"]]


def test_escaped_characters_of_workbooks_are_resolved(raw_book) -> None:
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>a_x000D_b_x005F_x0041_&#x1F600;</t></is></c></row>'
    assert cells(raw_book(row)) == [["a\rb_x0041_😀"]]


def test_an_area_merged_downwards_holds_its_value_in_every_row(raw_book) -> None:
    rows = "".join(
        f'<row r="{number}">{first}<c r="B{number}"><v>{number}</v></c></row>'
        for number, first in (
            (2, '<c r="A2" t="inlineStr"><is><t>林晓燕</t></is></c>'),
            (3, ""),
            (4, '<c r="A4"/>'),
            (5, ""),
        )
    )
    book = raw_book(rows, behind='<mergeCells count="2"><mergeCell ref="A2:A4"/><mergeCell ref="C2:D2"/></mergeCells>')
    assert list(open_sheet(book).rows()) == [(2, ["林晓燕", 2]), (3, ["林晓燕", 3]), (4, ["林晓燕", 4]), (5, ["", 5])]


def test_a_merged_area_makes_no_rows_of_its_own(raw_book) -> None:
    book = raw_book(
        '<row r="1"><c r="A1"><v>1</v></c></row>', behind='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )
    assert list(open_sheet(book).rows()) == [(1, [1])]


def test_prefixes_comments_and_cdata_are_read_by_the_full_parser(raw_book) -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><!-- by hand --><x:sheetData><x:row r="3"><x:c r="B3" t="inlineStr"><x:is>'
        "<x:t><![CDATA[a<b]]></x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>"
    )
    book = raw_book(members={"xl/worksheets/sheet1.xml": sheet})
    assert list(open_sheet(book).rows()) == [(3, ["", "a<b"])]


def test_both_ways_of_reading_give_the_same_rows(raw_book) -> None:
    row = (
        '<row r="{n}" spans="1:4"><c r="A{n}" t="s"><v>0</v></c><c r="B{n}" s="1"><v>46000</v></c>'
        '<c r="C{n}" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c><c r="D{n}"><v>-1.25E3</v></c></row>'
    )
    rows = "".join(row.format(n=number) for number in range(1, 30))
    options = {"shared": "<si><t>&lt;甲&gt;</t></si>", "styles": DATES}
    plain = cells(raw_book(rows, **options))
    commented = cells(raw_book(f"<!-- -->{rows}", **options))
    assert plain == commented == [["<甲>", dt.date(2025, 12, 9), "甲乙", -1250]] * 29


def test_a_workbook_of_openpyxl_is_read() -> None:
    book = openpyxl.Workbook()
    book.active.append(["姓名", 12, 1.5, dt.date(2026, 1, 5), dt.datetime(2026, 1, 5, 9, 30), True, None, "尾"])
    buffer = BytesIO()
    book.save(buffer)
    row = ["姓名", 12, 1.5, dt.date(2026, 1, 5), dt.datetime(2026, 1, 5, 9, 30), True, "", "尾"]
    assert cells(buffer) == [row]


@pytest.mark.parametrize("constant_memory", [True, False])
def test_a_workbook_of_xlsxwriter_is_read(constant_memory: bool) -> None:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": constant_memory, "in_memory": not constant_memory})
    sheet = book.add_worksheet()
    for number in range(5_000):
        sheet.write_row(number, 0, [f"客户{number}&", number, " 空 "])
    book.close()
    assert cells(buffer) == [[f"客户{number}&", number, " 空 "] for number in range(5_000)]


def three_sheets() -> BytesIO:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer)
    book.add_worksheet("说明").write(0, 0, "x")
    book.add_worksheet("空")
    book.add_worksheet("客户").write(0, 0, "y")
    book.worksheets()[0].hide()
    book.worksheets()[1].activate()
    book.close()
    return buffer


def test_the_first_visible_sheet_with_anything_in_it_is_read() -> None:
    sheet = open_sheet(three_sheets())
    assert (sheet.name, list(sheet.rows())) == ("客户", [(1, ["y"])])


def test_a_sheet_can_be_chosen_by_its_name() -> None:
    assert list(open_sheet(three_sheets(), sheet="说明").rows()) == [(1, ["x"])]


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(FileRefused, match="has no sheet named 二月; it has 说明, 空, 客户"):
        open_sheet(three_sheets(), sheet="二月")


def test_a_workbook_without_a_value_is_empty(raw_book) -> None:
    with pytest.raises(FileRefused) as caught:
        open_sheet(raw_book('<row r="1"><c r="A1" s="0"/></row>'))
    assert caught.value.code == "empty"


def test_rows_about_counts_the_rows_for_a_progress_bar(raw_book) -> None:
    rows = "".join(f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>' for number in range(1, 11))
    assert open_sheet(raw_book(rows)).rows_about == 10
