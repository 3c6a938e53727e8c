"""The ledger when things go wrong: a lost answer, a host's old snapshot, a forged row, an interrupted upgrade."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import cast

import pytest

from estatecrm.clock import FixedClock
from estatecrm.desks import open_office
from estatecrm.errors import Conflict, StorageError
from estatecrm.model.points import FOR_GOOD, Account, Lot
from estatecrm.model.points_requests import Redemption
from estatecrm.storage import open_store, upgrade
from estatecrm.storage.sql import SqlSession, SqlStore
from estatecrm.storage.sql.links import Connection, Link
from estatecrm.testing.storage_kit import samples
from estatecrm.testing.storage_kit.points import DAY, given, spend
from estatecrm.values import Points
from servers import Places, open_database
from storage.test_points_laws import CLERK, begin


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    store = open_store(str(tmp_path / "crm.db"))
    yield store
    store.close()


def member_with(store: SqlStore, points: int) -> None:
    begin(store, "M")
    with store.writing() as session:
        given(session, "M", points)


def test_after_a_lost_answer_a_retry_has_exactly_one_effect(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    member_with(store, 100)
    desk = open_office(store, clock=FixedClock(samples.NOON)).loyalty
    asked = Redemption(member="M", points=Points(30), cause="fee", key="r1")
    run = Link._bare

    def answerless(link: Link, *sql: str) -> None:
        run(link, *sql)
        if sql == ("COMMIT",):
            raise sqlite3.OperationalError("no answer")

    with monkeypatch.context() as patch:
        patch.setattr(Link, "_bare", answerless)
        with pytest.raises(StorageError) as lost:
            desk.redeem(CLERK, asked)
    assert not lost.value.outcome_known
    assert desk.redeem(CLERK, asked).expect().number == 2
    with store.reading() as session:
        assert session.points.account("M").net == Points(70)
        assert len(session.points.of("M")) == 2


def test_after_an_answer_lost_before_the_work_a_retry_has_one_effect_too(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    member_with(store, 100)
    desk = open_office(store, clock=FixedClock(samples.NOON)).loyalty
    asked = Redemption(member="M", points=Points(30), cause="fee", key="r1")
    run = Link._bare

    def workless(link: Link, *sql: str) -> None:
        run(link, *(("ROLLBACK",) if sql == ("COMMIT",) else sql))
        if sql == ("COMMIT",):
            raise sqlite3.OperationalError("no answer")

    with monkeypatch.context() as patch:
        patch.setattr(Link, "_bare", workless)
        with pytest.raises(StorageError) as lost:
            desk.redeem(CLERK, asked)
    assert not lost.value.outcome_known
    assert desk.redeem(CLERK, asked).granted
    with store.reading() as session:
        assert session.points.account("M").net == Points(70)


LEVELS = {
    "postgresql": [("BEGIN ISOLATION LEVEL READ COMMITTED",), ("BEGIN ISOLATION LEVEL REPEATABLE READ",)],
    "mariadb": [
        ("SET TRANSACTION ISOLATION LEVEL READ COMMITTED", "START TRANSACTION"),
        ("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", "START TRANSACTION WITH CONSISTENT SNAPSHOT"),
        ("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE", "START TRANSACTION"),
    ],
}


@pytest.mark.parametrize(
    ("kind", "statements"), [(kind, level) for kind, levels in LEVELS.items() for level in levels], ids=str
)
def test_a_host_whose_snapshot_is_old_spends_no_point_twice(
    request: pytest.FixtureRequest, kind: str, statements: tuple[str, ...]
) -> None:
    """The host looked at the account before somebody else spent it: it sees what is left, or is told to repeat."""
    places: Places = request.getfixturevalue(kind)
    opening: Callable[[], SqlStore] = partial(open_database, places, "", 10.0, "host")
    store, other = opening(), opening()
    member_with(store, 7)
    lent = store._engine.raw_connection()
    link = Link(cast(Connection, lent.driver_connection), store._error, writable=True)
    link.run(*statements)
    host = SqlSession(link, store._statements, store._reasons)
    if "SERIALIZABLE" not in statements[0]:  # there a reader keeps others from spending
        assert host.points.account("M").net == Points(7)
    assert spend(other, "M", 7, "other") == 1
    try:
        assert host.points.hold("M").net == Points(0)
    except Conflict:
        pass
    finally:
        link.end()
        lent.invalidate()
    with other.reading() as session:
        assert session.points.account("M").net == Points(0)
        assert len(session.points.of("M")) == 2
    for each in (store, other):
        each.close()


def test_an_account_that_was_tampered_with_is_named_by_the_proof(store: SqlStore, tmp_path: Path) -> None:
    member_with(store, 100)
    with closing(sqlite3.connect(tmp_path / "crm.db")) as forger:
        forger.execute("UPDATE points_accounts SET lots = 'lots/1 1 900 0 3652059'")
        forger.commit()
    proof = open_office(store, clock=FixedClock(samples.NOON)).loyalty.verify(CLERK, "M").expect()
    assert (proof.difference.what, proof.difference.expected, proof.difference.found) == ("available", 100, 900)


@pytest.mark.parametrize("lots", ["", "lots/2", "lots/1 1 2 3", "lots/1 1 2 3 x", "parts/1 1 2 3 4"])
def test_a_damaged_account(store: SqlStore, tmp_path: Path, lots: str) -> None:
    member_with(store, 100)
    with closing(sqlite3.connect(tmp_path / "crm.db")) as forger:
        forger.execute("UPDATE points_accounts SET lots = ?", (lots,))
        forger.commit()
    with store.reading() as session, pytest.raises(StorageError, match="damaged"):
        session.points.account("M")


def test_a_database_of_the_release_before_gets_its_ledger_and_keeps_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "crm.db"
    with closing(open_store(str(path))) as store:
        begin(cast(SqlStore, store), "M")
    with closing(sqlite3.connect(path)) as older:
        older.execute("DROP TABLE points_accounts")
        older.execute("DROP TABLE points_entries")
        older.execute("UPDATE schema_version SET version_num = '0001'")
        older.commit()
    with pytest.raises(StorageError, match="run `estatecrm upgrade`"):
        open_store(str(path))
    upgrade(str(path))
    with closing(open_store(str(path))) as store, store.writing() as session:
        assert session.customers.get("M").record.code == "M"
        given(session, "M", 5)
        assert session.points.account("M") == Account("M", 1, DAY.toordinal(), (Lot(1, 5, 0, FOR_GOOD),))
