"""Registers as workbooks: one page each, text stays text, complete or not there."""

# ruff: noqa: DTZ001 - the time in a cell has no zone

import datetime as dt
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from estatecrm.errors import MissingExtra
from estatecrm.exchange import workbook
from estatecrm.exchange.faults import FileRefused
from estatecrm.exchange.sheets import open_sheet
from estatecrm.exchange.workbook import Page, display_width, sheet_title, write_pages

COLUMNS = ("客户", "电话", "首访")


def test_c_08_one_page_for_every_consultant_also_for_one_without_customers(tmp_path: Path) -> None:
    """C-08: given 3 reps with 4, 0, 2 customers, three pages of 4, 0, 2 rows."""
    pages = [
        Page(name, COLUMNS, [(f"客户{n}", "15400000001", dt.date(2026, 1, 5)) for n in range(count)])
        for name, count in (("林晓燕", 4), ("周志强", 0), ("欧阳倩", 2))
    ]
    write_pages(tmp_path / "register.xlsx", pages)
    book = openpyxl.load_workbook(tmp_path / "register.xlsx")
    assert [(sheet.title, sheet.max_row - 1) for sheet in book.worksheets] == [
        ("林晓燕", 4),
        ("周志强", 0),
        ("欧阳倩", 2),
    ]
    assert [sheet.freeze_panes for sheet in book.worksheets] == ["A2"] * 3


def test_what_a_customer_typed_stays_text(tmp_path: Path) -> None:
    typed = ("=1+1", "http://example.invalid", "+8615400000001", "@SUM(A1)", "{=1}", "007", "_x0041_")
    write_pages(tmp_path / "r.xlsx", [Page("甲", ("a",) * 7, [typed])])
    row = openpyxl.load_workbook(tmp_path / "r.xlsx").worksheets[0][2]
    assert [(cell.data_type, cell.number_format, cell.hyperlink) for cell in row] == [("s", "@", None)] * 7
    assert list(open_sheet(tmp_path / "r.xlsx").rows())[1][1] == list(typed)


def test_dates_and_numbers_are_real(tmp_path: Path) -> None:
    values = (dt.date(2026, 1, 5), dt.datetime(2026, 1, 5, 9, 30), 12, Decimal("88.5"), None, 100000199001011233)
    write_pages(tmp_path / "r.xlsx", [Page("甲", ("a",) * 6, [values])])
    expected = [dt.date(2026, 1, 5), dt.datetime(2026, 1, 5, 9, 30), 12, 88.5, "", "100000199001011233"]
    assert list(open_sheet(tmp_path / "r.xlsx").rows())[1][1] == expected


@pytest.mark.parametrize(
    ("wanted", "title"),
    [
        ("林晓燕", "林晓燕"),
        ("a/b\\c?d*e[f]:g", "a b c d e f  g"),
        ("'引号'", "引号"),
        ("", "_"),
        ("History", "History_"),
        ("长" * 40, "长" * 31),
        ("𠮷" * 20, "𠮷" * 15),
    ],
)
def test_titles_are_made_fit_for_a_tab(wanted: str, title: str) -> None:
    assert sheet_title(wanted, set()) == title


def test_titles_differ_whatever_their_case() -> None:
    taken: set[str] = set()
    titles = [sheet_title(wanted, taken) for wanted in ("Anna", "ANNA", "anna", "长" * 31, "长" * 33)]
    assert titles == ["Anna", "ANNA (2)", "anna (3)", "长" * 31, "长" * 27 + " (2)"]


def test_a_hanzi_is_two_wide() -> None:
    assert (display_width("客户abc"), display_width("a\n客户"), display_width("")) == (7, 4, 0)


def test_more_rows_than_a_sheet_holds_are_refused_and_leave_no_file(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(workbook, "LAST_ROW", 10)
    (tmp_path / "r.xlsx").write_bytes(b"PK\x03\x04before")
    with pytest.raises(FileRefused) as caught:
        write_pages(tmp_path / "r.xlsx", [Page("甲", ("a",), ((str(n),) for n in range(10)))])
    assert caught.value.code == "too_many_rows"
    assert [path.name for path in tmp_path.iterdir()] == ["r.xlsx"]
    assert (tmp_path / "r.xlsx").read_bytes() == b"PK\x03\x04before"


@pytest.mark.parametrize("held", [b"SQLite format 3\x00", "姓名,手机".encode()])
def test_what_is_no_workbook_is_never_written_over(tmp_path: Path, held: bytes) -> None:
    target = tmp_path / "estatecrm.db"
    target.write_bytes(held)
    with pytest.raises(FileRefused) as caught:
        write_pages(target, [Page("甲", ("a",), ())])
    assert caught.value.code == "not_ours"
    assert target.read_bytes() == held


def test_a_failure_while_rows_are_fetched_leaves_nothing_behind(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def rows():
        yield ("a",)
        raise OSError("the database is gone")

    with pytest.raises(OSError, match="database is gone"):
        write_pages(tmp_path / "r.xlsx", [Page("甲", ("a",), rows())])
    assert list(tmp_path.iterdir()) == []


def test_without_xlsxwriter_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingExtra, match=r"estatecrm\[excel\]"):
        write_pages(tmp_path / "r.xlsx", [])
    assert list(tmp_path.iterdir()) == []
