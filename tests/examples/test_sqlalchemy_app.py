"""A SQLAlchemy application that lends its session's connection: its row and our errand share one fate."""

from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from estatecrm.errors import NotFound, StorageError
from estatecrm.storage import open_store, upgrade
from servers import Places, text_of
from sqlalchemy_app.__main__ import QIAN, ZHOU, enrol, main
from sqlalchemy_app.database import open_database
from sqlalchemy_app.deposits import lent_office, take_deposit
from sqlalchemy_app.models import Base, Deposit


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'sales.db'}"
        return
    made: Places = request.getfixturevalue("postgresql")
    yield text_of(made.database("sales", "crm_").set(drivername="postgresql+psycopg"))


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = open_database(url)
    yield engine
    engine.dispose()


@pytest.fixture
def code(engine: Engine, url: str) -> str:
    return enrol(url)


def kept(engine: Engine, url: str, code: str) -> tuple[list[tuple[str, bool]], list[str], list[str]]:
    """The deposits, the customer's units and who tried what since the set-up, as others see them."""
    with Session(engine) as session:
        deposits = [(each.unit, each.booked) for each in session.scalars(select(Deposit).order_by(Deposit.unit))]
    with closing(open_store(url, prefix="crm_")) as store, store.reading() as ours:
        units = [tie.unit for tie in ours.customers.get(code).record.ties]
        return deposits, units, [line.by for line in ours.log.newest(9)[:-3]]


def test_both_sides_commit_together(engine: Engine, url: str, code: str) -> None:
    with Session(engine) as session, session.begin():
        assert take_deposit(session, QIAN, code, "3-1201", 1).granted
    assert kept(engine, url, code) == ([("3-1201", True)], ["3-1201"], ["qian"])


def test_both_sides_roll_back_together(engine: Engine, url: str, code: str) -> None:
    with suppress(KeyboardInterrupt), Session(engine) as session, session.begin():
        assert take_deposit(session, QIAN, code, "3-1201", 1).granted
        raise KeyboardInterrupt
    assert kept(engine, url, code) == ([], [], [])


def test_a_session_that_nobody_commits_keeps_nothing(engine: Engine, url: str, code: str) -> None:
    with Session(engine) as session:
        assert take_deposit(session, QIAN, code, "3-1201", 1).granted
    assert kept(engine, url, code) == ([], [], [])


def test_an_errand_comes_first_and_the_row_after_it(engine: Engine, url: str, code: str) -> None:
    with Session(engine) as session, session.begin():
        assert lent_office(session).customers.move(QIAN, code, "subscribe", "3-1201").granted
        session.add(Deposit(customer=code, unit="3-1201", yuan=1))
    assert kept(engine, url, code) == ([("3-1201", False)], ["3-1201"], ["qian"])


def test_a_savepoint_of_the_application_takes_its_errand_along(engine: Engine, url: str, code: str) -> None:
    with Session(engine) as session, session.begin():
        take_deposit(session, QIAN, code, "3-1201", 1)
        with suppress(KeyboardInterrupt), session.begin_nested():
            take_deposit(session, QIAN, code, "3-1202", 1)
            raise KeyboardInterrupt
    assert kept(engine, url, code) == ([("3-1201", True)], ["3-1201"], ["qian"])


def test_a_refused_errand_leaves_the_row_and_a_line_in_the_log(engine: Engine, url: str, code: str) -> None:
    with Session(engine) as session, session.begin():
        assert take_deposit(session, ZHOU, code, "3-1201", 1).refused
    assert kept(engine, url, code) == ([("3-1201", False)], [], ["zhou"])


def test_an_errand_that_fails_leaves_the_row_and_the_errand_before(engine: Engine, url: str, code: str) -> None:
    with Session(engine) as session, session.begin():
        take_deposit(session, QIAN, code, "3-1201", 1)
        with pytest.raises(NotFound):
            lent_office(session).customers.move(QIAN, "nobody", "subscribe", "3-1202")
        assert session.scalar(select(Deposit.unit)) == "3-1201"
    assert kept(engine, url, code) == ([("3-1201", True)], ["3-1201"], ["qian"])


def test_a_statement_that_fails_leaves_the_transaction_usable(engine: Engine, url: str, code: str) -> None:
    with Session(engine) as session, session.begin():
        session.add(Deposit(customer=code, unit="3-1201", yuan=1))
        session.execute(text("ALTER TABLE crm_duties RENAME TO crm_elsewhere"))
        with pytest.raises(StorageError):
            lent_office(session).customers.move(QIAN, code, "subscribe", "3-1201")
        session.execute(text("ALTER TABLE crm_elsewhere RENAME TO crm_duties"))
    assert kept(engine, url, code) == ([("3-1201", False)], [], [])


def test_the_example_runs(url: str, engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    main(url)
    assert capsys.readouterr().out.splitlines() == [
        "3-1201 granted",
        "3-1202 refused",
        "3-1201 booked",
        "3-1202 not booked",
    ]


def test_the_librarys_tables_are_none_of_the_applications_models(url: str, engine: Engine) -> None:
    assert set(Base.metadata.tables) == {"deposits"}
    assert upgrade(url, prefix="crm_")
