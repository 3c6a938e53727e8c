"""P-06 and issue 2: every row ends in exactly one way, the counts add up, the same file again changes nothing."""

from datetime import date

import pytest

from estatecrm.desks import RowEnd
from estatecrm.exchange.importing import import_drafts
from estatecrm.exchange.reading import read_drafts
from estatecrm.model import Acting, IntentGrade, Purpose

SPECIALIST = Acting("zhao", Purpose.INTAKE)
CONSULTANT = Acting("chen", Purpose.FOLLOW_UP)
TODAY = date(2025, 3, 3)
HEADER = "客户姓名,手机,意向等级,置业顾问,首访日期,职业"


@pytest.fixture
def take(at, office, tmp_path):
    """Import lines below the usual header, on a day of 2025."""

    def run(*lines: str, header: str = HEADER, month: int = 3, day: int = 3):
        path = tmp_path / "客户.csv"
        path.write_text("\n".join([header, *lines]), encoding="utf-8-sig")
        drafts = read_drafts(path, today=date(2025, month, day))
        return import_drafts(at(month, day).intake, SPECIALIST, drafts, project="LH")

    return run


def ends(imported) -> list[str]:
    return [row.end.value for row in imported.receipt.rows]


def test_a_row_becomes_a_customer_with_code_file_and_consultant(take, office):
    imported = take("甄试样,14400000001,B,陈样二,2025-03-01,教师").expect()
    assert ends(imported) == ["created"]
    customer = office.customers.read(CONSULTANT, "LH2025030001").expect()
    assert (customer.consultant, customer.grade, customer.file_opened) == ("chen", IntentGrade.B, TODAY)
    assert (customer.first_contact, customer.occupation) == (date(2025, 3, 1), "教师")


def test_the_same_file_again_changes_nothing_also_later(take, office):
    lines = ("甄试样,14400000001,B,陈样二,2025-03-01,教师", "贾试样,14400000002,,,,")
    take(*lines)
    before = office.customers.read(CONSULTANT, "LH2025030001").expect()
    assert ends(take(*lines, month=4, day=1).expect()) == ["unchanged", "unchanged"]
    assert office.customers.read(CONSULTANT, "LH2025030001").expect() == before


def test_two_rows_of_one_person_do_not_undo_each_other_the_next_time(take):
    lines = ("甄试样,14400000001,B,陈样二,2025-03-01,教师", "甄试样,14400000001,A,陈样二,2025-03-02,医生")
    assert ends(take(*lines).expect()) == ["created", "updated"]
    assert ends(take(*lines).expect()) == ["unchanged", "unchanged"]


def test_a_row_twice_in_one_file_is_taken_in_once(take):
    line = "甄试样,14400000001,B,陈样二,2025-03-01,教师"
    assert ends(take(line, line).expect()) == ["created", "unchanged"]


def test_what_a_later_file_adds_is_an_update(take, office):
    take("甄试样,14400000001,,,2025-03-01,")
    assert ends(take("甄试样,14400000001,A,孙样三,2025-03-02,医生").expect()) == ["updated"]
    customer = office.customers.read(CONSULTANT, "LH2025030001").expect()
    assert (customer.grade, customer.consultant, customer.occupation) == (IntentGrade.A, "sun", "医生")
    assert customer.first_contact == date(2025, 3, 1)


def test_an_older_grade_does_not_replace_a_newer_one(take, office):
    take("甄试样,14400000001,A,,2025-03-02,")
    take("甄试样,14400000001,C,,2025-03-01,")
    assert office.customers.read(CONSULTANT, "LH2025030001").expect().grade is IntentGrade.A


def test_p_06_the_same_phone_under_another_name_is_a_possible_duplicate(take):
    imported = take("甄试样,+86 144 0000 0001,,,,", "贾试样,14400000001,,,,").expect()
    assert ends(imported) == ["created", "possible_duplicate"]
    assert imported.receipt.rows[1].codes == ("LH2025030001",)


def test_p_06_one_row_that_resembles_two_customers_is_for_the_specialist(take):
    header = "客户姓名,手机1,手机2"
    imported = take(
        "甄试样,14400000001,", "贾试样,14400000002,", "甄试样,14400000001,14400000002", header=header
    ).expect()
    assert ends(imported) == ["created", "created", "possible_duplicate"]


def test_an_unknown_consultant_is_rejected_with_field_and_reason(take):
    imported = take("甄试样,14400000001,B,查无此人,2025-03-01,").expect()
    assert ends(imported) == ["rejected"]
    (row,) = imported.rejected
    assert [(r.field, r.code, r.column) for r in row.reasons] == [("consultant", "consultant_unknown", "置业顾问")]


def test_rejected_rows_and_taken_rows_add_up_to_the_file(take):
    imported = take("甄试样,14400000001,,,,", ",14400000002,,,,", "贾试样,12,,,,", "甄试样,14400000001,,,,").expect()
    assert ends(imported) == ["created", "rejected", "rejected", "unchanged"]
    assert imported.receipt.counts == {
        RowEnd.CREATED: 1,
        RowEnd.UPDATED: 0,
        RowEnd.UNCHANGED: 1,
        RowEnd.POSSIBLE_DUPLICATE: 0,
        RowEnd.REJECTED: 2,
    }
    assert [row.row for row in imported.rejected] == [3, 4]


def test_only_the_specialist_imports(at, office, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"{HEADER}\n甄试样,14400000001,,,,", encoding="utf-8")
    drafts = read_drafts(path, today=TODAY)
    decision = import_drafts(office.intake, CONSULTANT, drafts, project="LH")
    assert [c.code for c in decision.unmet] == ["access.role"]


def test_a_project_without_letters_is_refused_before_any_row(office, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"{HEADER}\n甄试样,14400000001,,,,", encoding="utf-8")
    decision = import_drafts(office.intake, SPECIALIST, read_drafts(path, today=TODAY), project="绿湖")
    assert [c.code for c in decision.unmet] == ["coding.project_letters"]


def test_codes_go_on_where_the_last_file_ended(take):
    first = take("甄试样,14400000001,,,,", "贾试样,14400000002,,,,").expect()
    second = take("任试样,14400000003,,,,").expect()
    assert first.receipt.touched == ("LH2025030001", "LH2025030002")
    assert second.receipt.touched == ("LH2025030003",)


def test_a_subscriber_in_the_file_gets_the_callback_of_d_01(take, at, store):
    header = "客户姓名,手机,客户状态,房号,认购日期,置业顾问"
    imported = take("甄试样,14400000001,认购,3-1201,2025-03-02,陈样二", header=header).expect()
    manager = Acting("qian", Purpose.CALLBACK)
    assert at().callbacks.plan(manager, imported.receipt.touched).expect().added == 1
    with store.reading() as session:
        (stored,) = session.duties.open_for("LH2025030001")
    assert stored.record.key == "D-01/LH2025030001/3-1201/2025-03-02"
    assert stored.record.assignee == "chen"


def test_the_same_cells_under_another_mapping_are_another_row(at, office, tmp_path):
    from estatecrm.exchange.fields import Field

    path = tmp_path / "a.csv"
    path.write_text("姓名,手机,最近回访\n甄试样,14400000001,2025-03-02", encoding="utf-8")
    first = read_drafts(path, today=TODAY)
    import_drafts(at().intake, SPECIALIST, first, project="LH")
    named = read_drafts(path, today=TODAY, mapping={"最近回访": Field.LAST_CONTACT})
    assert ends(import_drafts(at().intake, SPECIALIST, named, project="LH").expect()) == ["updated"]
