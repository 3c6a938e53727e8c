"""Rejected rows come back as they were, with their reasons, and can be corrected and imported again."""

import datetime as dt
import sys
from pathlib import Path

import openpyxl
import pytest

from estatecrm.exchange.drafts import Draft, Refused
from estatecrm.exchange.reading import Drafts, read_drafts
from estatecrm.exchange.rejected import write_rejected
from estatecrm.exchange.sheets import open_sheet
from estatecrm.testing.samples import SAMPLE_DAY, write_samples

TODAY = dt.date(2026, 11, 20)
TEXT = """来访登记表,,,,,,
姓名,联系方式,,身份证号,首访日期,等级,备注
,电话,微信,,,,
张三,+8615400000001,zs,,01/02/2026,强,"=HYPERLINK(""http://example.invalid"")"
李四,15400000002,,100000199001011230,2026-1-5,A,http://example.invalid
王五,15400000003,,,2026-1-5,A,
"""


def say(code: str, values: tuple[tuple[str, str], ...]) -> str:
    return f"{dict(values)['column']}: {code}"


def refused(drafts: Drafts) -> list[Refused]:
    return [row for row in drafts if isinstance(row, Refused)]


def written(tmp_path: Path, text: str = TEXT) -> Path:
    source = tmp_path / "in.csv"
    source.write_text(text, encoding="utf-8")
    drafts = read_drafts(source, today=TODAY)
    return write_rejected(tmp_path / "rejected.xlsx", refused(drafts), mapping=drafts.mapping, say=say)


def test_the_rows_come_back_in_their_own_columns_with_the_reasons_last(tmp_path: Path) -> None:
    assert [cells for _, cells in open_sheet(written(tmp_path)).rows()] == [
        ["姓名", "联系方式/电话", "联系方式/微信", "身份证号", "首访日期", "等级", "备注", "错误原因"],
        [
            *("张三", "+8615400000001", "zs", "", "01/02/2026", "强", '=HYPERLINK("http://example.invalid")'),
            "首访日期: date_ambiguous; 等级: grade_unknown",
        ],
        [
            *("李四", "15400000002", "", "100000199001011230", "2026-1-5", "A", "http://example.invalid"),
            "身份证号: identity_checksum",
        ],
    ]


def test_strings_stay_strings_and_the_reasons_are_red(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(tmp_path)).worksheets[0]
    assert (sheet["B2"].value, sheet["B2"].number_format, sheet["B2"].data_type) == ("+8615400000001", "@", "s")
    assert (sheet["G2"].data_type, sheet["G3"].hyperlink) == ("s", None)
    assert sheet["H2"].font.color.rgb == "FFC00000"
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["B"].width > 15


def test_corrected_rows_are_imported(tmp_path: Path) -> None:
    path = written(tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet["E2"], sheet["F2"], sheet["D3"] = "2026-02-01", "B", "100000199001011233"
    book.save(path)
    again = read_drafts(path, today=TODAY)
    assert again.mapping.unknown == ("联系方式/微信",)
    assert [(row.name, row.phones) for row in again if isinstance(row, Draft)] == [
        ("张三", ("+8615400000001",)),
        ("李四", ("+8615400000002",)),
    ]


def test_rows_rejected_again_get_one_column_of_reasons(tmp_path: Path) -> None:
    first = read_drafts(written(tmp_path), today=TODAY)
    second = write_rejected(tmp_path / "again.xlsx", refused(first), mapping=first.mapping, say=say)
    assert list(open_sheet(second).rows()) == list(open_sheet(tmp_path / "rejected.xlsx").rows())


def test_cells_a_comma_pushed_out_of_the_table_are_kept(tmp_path: Path) -> None:
    path = written(tmp_path, "姓名,电话,备注\n张三,15400000001,先看,再说\n")
    assert list(open_sheet(path).rows())[1][1] == ["张三", "15400000001", "先看", "再说", ": too_many_cells"]


def test_dates_counted_since_1904_do_not_move(tmp_path: Path) -> None:
    register = write_samples(tmp_path)[2]
    drafts = read_drafts(register, today=SAMPLE_DAY)
    path = write_rejected(tmp_path / "r.xlsx", refused(drafts), mapping=drafts.mapping, say=say)
    again = read_drafts(path, today=SAMPLE_DAY)
    before = [([reason.code for reason in row.reasons], row.cells[8:14]) for row in refused(drafts)]
    assert [([reason.code for reason in row.reasons], row.cells[8:14]) for row in refused(again)] == before


def test_a_row_whose_characters_no_file_can_hold_is_still_written(tmp_path: Path, raw_book) -> None:
    cells = "".join(f'<c r="{at}1" t="str"><v>{text}</v></c>' for at, text in (("A", "姓名"), ("B", "电话")))
    row = '<row r="2"><c r="A2" t="str"><v>王_xD800_</v></c><c r="B2"><v>15400000001</v></c></row>'
    drafts = read_drafts(raw_book(f'<row r="1">{cells}</row>{row}'), today=TODAY)
    path = write_rejected(tmp_path / "r.xlsx", refused(drafts), mapping=drafts.mapping, say=say)
    assert list(open_sheet(path).rows())[1][1] == ["王?", "15400000001", "姓名: text_control"]


def test_without_xlsxwriter_a_harmless_csv_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    path = written(tmp_path)
    assert path.name == "rejected.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = [cells for _, cells in open_sheet(path).rows()]
    assert rows[1][1] == "'+8615400000001\t"
    assert rows[1][6] == '\'=HYPERLINK("http://example.invalid")'
    assert rows[2][3] == "100000199001011230\t"
    again = read_drafts(path, today=TODAY)
    assert [row.reasons for row in refused(again)] == [
        row.reasons for row in refused(read_drafts(tmp_path / "in.csv", today=TODAY))
    ]
    assert list(tmp_path.glob(".*")) == []
