"""A sales system that was there before holds our customers and staff; both sides see each other's work."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from attrs import evolve

from estatecrm import Acting, Customer, FixedClock, Office, Purpose, Role, open_office
from estatecrm.errors import Conflict, StorageError
from estatecrm.model import Errand, Grading, IntentGrade
from estatecrm.storage import Store
from estatecrm.testing.storage_kit import Concurrent, Durable, Shared, StorageContract
from estatecrm.values import Phone
from legacy_sales_system.__main__ import main
from legacy_sales_system.counter import change_mobile, enter_clerk, enter_customer, found_system, read_customer
from legacy_sales_system.store import LegacyStore


def open_at(folder: Path, place: str) -> Store:
    path = folder / f"{place}.db"
    if not path.exists():
        found_system(path)
    return LegacyStore(path, patience=1)


class TestLegacyStore(StorageContract, Durable, Concurrent, Shared):
    """Zero exclusions: what the old tables have no column for is kept as exactly as the rest."""

    @pytest.fixture
    def store_factory(self, tmp_path: Path) -> Callable[[str], Store]:
        return partial(open_at, tmp_path)


TODAY = date(2025, 3, 5)
GU, ZHAO = Acting("gu", Purpose.FOLLOW_UP), Acting("zhao", Purpose.MAINTENANCE)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    place = tmp_path / "sales.db"
    found_system(place)
    enter_clerk(place, "gu", "顾样", "置业顾问")
    enter_clerk(place, "zhao", "赵样", "信息专员")
    assert enter_customer(place, "样本甲", "154 0000-0001", "gu", "2025-03-05") == 1
    return place


@pytest.fixture
def store(place: Path) -> LegacyStore:
    return LegacyStore(place, patience=1)


@pytest.fixture
def office(store: LegacyStore) -> Office:
    return open_office(store, clock=FixedClock.on(TODAY))


def test_customers_and_staff_who_were_there_before_are_known(store: LegacyStore) -> None:
    with store.reading() as session:
        customer = session.customers.get("old-1").record
        assert (customer.name, customer.consultant, customer.first_contact) == ("样本甲", "gu", TODAY)
        assert customer.phones == (Phone("+8615400000001"),)
        assert session.customers.matching(["phone:+8615400000001"]) == {"phone:+8615400000001": ["old-1"]}
        assert [each.record.role for each in session.staff.all()] == [Role.PROPERTY_CONSULTANT, Role.INFO_SPECIALIST]


def test_what_the_library_changes_the_counter_shows(office: Office, place: Path) -> None:
    office.customers.report_change(ZHAO, "old-1", "phones", "15400000002、15400000003").expect()
    assert read_customer(place, 1) == ("样本甲", "15400000002", "gu")


def test_what_the_counter_changes_the_library_reads_and_keeps_the_rest(
    office: Office, store: LegacyStore, place: Path
) -> None:
    office.customers.report_change(ZHAO, "old-1", "phones", "15400000002、15400000003").expect()
    office.customers.grade(GU, "old-1", IntentGrade.A).expect()
    change_mobile(place, 1, "15400000004")
    with store.reading() as session:
        customer = session.customers.get("old-1").record
        assert [phone.number for phone in customer.phones] == ["+8615400000004", "+8615400000003"]
        assert customer.grade is IntentGrade.A
        assert session.customers.matching([f"phone:+861540000000{n}" for n in range(5)]) == {
            "phone:+8615400000003": ["old-1"],
            "phone:+8615400000004": ["old-1"],
        }


def test_a_change_at_the_counter_is_not_overwritten_by_whoever_read_before(store: LegacyStore, place: Path) -> None:
    with store.reading() as session:
        early = session.customers.get("old-1")
    change_mobile(place, 1, "15400000004")
    with store.writing() as session, pytest.raises(Conflict):
        session.customers.save(evolve(early, record=evolve(early.record, note="late")))
    assert read_customer(place, 1)[1] == "15400000004"


@pytest.mark.parametrize(
    ("cell", "expected", "shown"),
    [
        ("无", ["+8615400000002", "+8615400000003"], "无"),
        ("1540000-0002", ["+8615400000002", "+8615400000003"], "1540000-0002"),
        ("", ["+8615400000003"], "15400000003"),
    ],
)
def test_a_mobile_number_that_is_none_or_gone_does_not_take_the_others_along(
    cell: str, expected: list[str], shown: str, office: Office, store: LegacyStore, place: Path
) -> None:
    office.customers.report_change(ZHAO, "old-1", "phones", "15400000002、15400000003").expect()
    change_mobile(place, 1, cell)
    for grade in (IntentGrade.B, IntentGrade.A):
        office.customers.grade(GU, "old-1", grade).expect()
    with store.reading() as session:
        phones = [phone.number for phone in session.customers.get("old-1").record.phones]
    assert phones == expected
    assert read_customer(place, 1)[1] == shown


def test_their_tables_and_ours_commit_together(office: Office, place: Path) -> None:
    office.customers.grade(GU, "old-1", IntentGrade.A).expect()
    with closing(sqlite3.connect(place)) as connection:
        assert connection.execute("SELECT 版本 FROM 客户_附加").fetchall() == [(2,)]
        assert connection.execute("SELECT DISTINCT subject FROM crm_duties").fetchall() == [("old-1",)]
        assert connection.execute("SELECT COUNT(*) FROM crm_access_log").fetchall() == [(1,)]
        assert connection.execute("SELECT COUNT(*) FROM crm_customers").fetchall() == [(0,)]
        assert connection.execute("SELECT COUNT(*) FROM crm_staff").fetchall() == [(0,)]


@pytest.mark.parametrize("table", ["crm_duties", "crm_access_log", "客户_附加"])
def test_their_tables_and_ours_are_rolled_back_together(table: str, office: Office, place: Path) -> None:
    with closing(sqlite3.connect(place)) as connection:
        connection.execute(f"CREATE TRIGGER t BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'no'); END")
    newcomer = Customer(
        code="", project="LH", name="样本乙", first_contact=TODAY, grades=(Grading(TODAY, IntentGrade.A),)
    )
    with pytest.raises(StorageError):
        office.customers.open_file(ZHAO, newcomer)
    with closing(sqlite3.connect(place)) as connection:
        assert connection.execute("SELECT 姓名 FROM 客户").fetchall() == [("样本甲",)]
        assert connection.execute("SELECT COUNT(*) FROM 客户_取号").fetchall() == [(0,)]
        assert connection.execute("SELECT COUNT(*) FROM crm_duties").fetchall() == [(0,)]
        assert connection.execute("SELECT COUNT(*) FROM crm_access_log").fetchall() == [(0,)]


def test_a_refused_errand_leaves_the_customer_and_a_line_in_the_log(
    office: Office, store: LegacyStore, place: Path
) -> None:
    enter_clerk(place, "kong", "孔样", "销控专员")
    assert office.customers.grade(Acting("kong", Purpose.FOLLOW_UP), "old-1", IntentGrade.A).refused
    with store.reading() as session:
        assert session.customers.get("old-1").version == 1
        (line,) = session.log.newest(9)
    assert (line.by, line.errand, line.granted, line.unmet) == ("kong", Errand.GRADE, False, ("access.role",))


def test_a_post_the_library_does_not_know_is_named(office: Office, place: Path) -> None:
    enter_clerk(place, "qin", "秦样", "保洁")
    with pytest.raises(StorageError, match="the post of qin is none the library knows"):
        office.customers.read(Acting("qin", Purpose.FOLLOW_UP), "old-1")


def test_the_example_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(tmp_path / "sales.db")
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["The counter enters customer 1.", "The library grades old-1, whom gu looks after:"]
    assert lines[3] == "When: from 8 Mar 2025 09:00, by 8 Mar 2025 24:00 at the latest"
    assert lines[-1] == "The counter shows 样本甲 15400000002 gu"
