"""A Django application: our errand is a part of its transaction, and of nobody else's."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from django_app.__main__ import main, set_up
from estatecrm import Acting, Purpose
from estatecrm.errors import StorageError

QIAN = Acting("qian", Purpose.FOLLOW_UP)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "sales.db"


@pytest.fixture
def code(place: Path) -> Iterator[str]:
    yield set_up(place)
    from django.db import connection

    connection.close()


def subscribe(code: str, unit: str) -> None:
    """What the view does, without the view."""
    from django_app.models import Receipt
    from django_app.office import lent_office

    Receipt.objects.create(customer=code, unit=unit, yuan=1)
    lent_office().customers.move(QIAN, code, "subscribe", unit).expect()


def post(code: str, who: str) -> Any:
    from django.test import Client

    return Client().post("/deposits", {"customer": code, "unit": "3-1201", "yuan": "20000", "who": who}).json()


def kept(place: Path) -> tuple[list[Any], list[Any], list[Any]]:
    """The receipts, the duties and the errands after the set-up, as somebody else sees them."""
    with closing(sqlite3.connect(place)) as other:
        return (
            other.execute("SELECT unit, booked FROM django_app_receipt").fetchall(),
            other.execute("SELECT unit FROM crm_duties").fetchall(),
            other.execute("SELECT actor FROM crm_access_log WHERE seq > 3").fetchall(),
        )


def test_both_sides_commit_together(code: str, place: Path) -> None:
    from django.db import transaction

    with transaction.atomic():
        subscribe(code, "3-1201")
        assert kept(place) == ([], [], [])
    assert kept(place) == ([("3-1201", 0)], [("3-1201",)], [("qian",)])


def test_both_sides_roll_back_together(code: str, place: Path) -> None:
    from django.db import transaction

    with suppress(KeyboardInterrupt), transaction.atomic():
        subscribe(code, "3-1201")
        raise KeyboardInterrupt
    assert kept(place) == ([], [], [])


def test_an_inner_block_takes_its_errand_along_and_leaves_the_outer_one(code: str, place: Path) -> None:
    from django.db import transaction

    with transaction.atomic():
        subscribe(code, "3-1201")
        with suppress(KeyboardInterrupt), transaction.atomic():
            subscribe(code, "3-1202")
            raise KeyboardInterrupt
    assert kept(place) == ([("3-1201", 0)], [("3-1201",)], [("qian",)])


def test_an_errand_that_fails_leaves_the_work_of_django(code: str, place: Path) -> None:
    from django.db import connection, transaction

    with transaction.atomic():
        subscribe(code, "3-1201")
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE crm_match_keys")
        with suppress(StorageError):
            subscribe(code, "3-1202")
    assert kept(place) == ([("3-1201", 0), ("3-1202", 0)], [("3-1201",)], [("qian",)])


def test_without_a_transaction_an_errand_is_refused_before_it_begins(code: str, place: Path) -> None:
    from django_app.office import lent_office

    with pytest.raises(StorageError, match="in no transaction"):
        lent_office().customers.move(QIAN, code, "subscribe", "3-1201")
    assert kept(place) == ([], [], [])


def test_a_granted_errand_is_booked_and_told_once_it_is_kept(code: str, place: Path) -> None:
    from django.core import mail

    mail.outbox = []
    assert post(code, "qian")["booked"] is True
    assert kept(place) == ([("3-1201", 1)], [("3-1201",)], [("qian",)])
    assert [message.subject for message in mail.outbox] == ["3-1201 is subscribed to"]


def test_nobody_is_told_of_what_was_rolled_back(code: str, place: Path) -> None:
    from django.core import mail
    from django.db import transaction

    mail.outbox = []
    with suppress(KeyboardInterrupt), transaction.atomic():
        assert post(code, "qian")["booked"] is True
        raise KeyboardInterrupt
    assert kept(place) == ([], [], [])
    assert mail.outbox == []


def test_a_refused_errand_leaves_the_receipt_and_a_line_in_the_log(code: str, place: Path) -> None:
    from django.core import mail

    mail.outbox = []
    answer = post(code, "zhou")
    assert answer["booked"] is False
    assert answer["why"][3].startswith("✗ Moving the status is open to: property consultant")
    assert kept(place) == ([("3-1201", 0)], [], [("zhou",)])
    assert mail.outbox == []


def test_the_example_runs(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(place)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "qian takes a deposit for 3-1201: booked"
    assert "zhou takes a deposit for 3-1202: not booked" in lines
    assert lines[-1] == "Mail: 3-1201 is subscribed to"
