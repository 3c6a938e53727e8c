"""C-08: the intent register as a workbook, one page each, strings stay strings."""

from datetime import date

import openpyxl
import pytest

from estatecrm.exchange.registers import write_table
from estatecrm.messages import language
from estatecrm.model import Customer, Grading, IntentGrade, Need
from estatecrm.rules.reception import RegisterFacts
from estatecrm.rules.rulesets import DEVELOPER
from estatecrm.values import Phone, Range, square_metres, yuan

ONE = Customer(
    code="LH2025030001",
    project="LH",
    name='=HYPERLINK("http://x","甄试样")',
    phones=(Phone.parse("14400000001"),),
    needs=(Need(date(2025, 3, 1), Range(square_metres(90), square_metres(110)), "三房", Range(None, yuan(2_300_000))),),
    grades=(Grading(date(2025, 3, 1), IntentGrade.B),),
    last_contact=date(2025, 3, 2),
)


@pytest.fixture
def workbook(tmp_path):
    table = DEVELOPER.reception.register.table(RegisterFacts((("陈样二", (ONE,)), ("孙样三", ()), ("", (ONE,)))))
    return openpyxl.load_workbook(write_table(tmp_path / "意向客户登记表.xlsx", table, language("zh_CN")))


def test_c_08_a_sheet_for_each_representative_also_for_one_without_customers(workbook):
    assert [(sheet.title, sheet.max_row - 1) for sheet in workbook] == [("陈样二", 1), ("孙样三", 0), ("暂无顾问", 1)]


def test_c_08_headers_in_the_readers_language(workbook):
    headers = [cell.value for cell in workbook["陈样二"][1]]
    assert headers == ["客户编码", "姓名", "联系电话", "户型", "面积", "预算", "意向等级", "最近联系", "跟进情况"]


def test_what_a_customer_typed_is_text_and_no_formula(workbook):
    cell = workbook["陈样二"]["B2"]
    assert (cell.data_type, cell.value, cell.hyperlink) == ("s", '=HYPERLINK("http://x","甄试样")', None)


def test_a_date_is_a_date_and_a_need_is_said(workbook):
    sheet = workbook["陈样二"]
    assert sheet["H2"].value.date() == date(2025, 3, 2)
    assert [sheet["E2"].value, sheet["F2"].value] == ["90㎡至110㎡", "2,300,000元以下"]
