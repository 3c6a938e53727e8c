"""Scenarios: the ledger of points."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from functools import partial
from multiprocessing import get_context
from typing import Final

import pytest
from attrs import evolve

from estatecrm.errors import Busy, Conflict, InvalidFacts
from estatecrm.model.points import FOR_GOOD, Account, EntryKind, Lot, Part, PointsEntry, PointsEvent
from estatecrm.storage import Session, Store
from estatecrm.testing.storage_kit import samples
from estatecrm.testing.storage_kit.requirements import requirement
from estatecrm.testing.storage_kit.sessions import StorageKit
from estatecrm.values import Points, yuan

DAY: Final = date(2025, 3, 5)
_SPENDERS, _POINTS, _COST = 4, 70, 7


def credit(member: str, number: int, points: int, expires: int = FOR_GOOD) -> PointsEntry:
    """An entry that gives *points* in a lot of their own, full in every field."""
    return PointsEntry(
        member=member,
        number=number,
        kind=EntryKind.EARN,
        points=Points(points),
        day=DAY,
        at=samples.at(number),
        clause="KIT-01",
        edition="2025",
        cause="合同 1\n",
        actor="gu-1",
        key=f"{member}/{number}",
        fingerprint="0" * 32,
        event=PointsEvent.PURCHASE,
        of=0,
        parts=(Part(number, points, 0, expires),),
        approver="gu-2",
        base=yuan("1000.50"),
        times=2,
        other="XY000001",
    )


def after(account: Account, *entries: PointsEntry) -> Account:
    """*account* after credits, worked out by hand."""
    lots = tuple(Lot(entry.number, entry.points.count, 0, entry.parts[0].expires) for entry in entries)
    return Account(account.member, account.number + len(entries), DAY.toordinal(), (*account.lots, *lots))


def given(session: Session, member: str, *points: int) -> Account:
    """Gives *member* points, a lot for each number."""
    account = session.points.hold(member)
    entries = [credit(member, account.number + 1 + place, each) for place, each in enumerate(points)]
    changed = after(account, *entries)
    session.points.append(changed, entries)
    return changed


def spend(store: Store, member: str, cost: int, name: str) -> int:
    """*cost* points spent from the first lot in one session; 0 if there are too few."""
    with store.writing() as session:
        account = session.points.hold(member)
        left = account.lots[0].left if account.lots else 0
        if left < cost:
            return 0
        number = account.number + 1
        parts = (Part(1, -cost, 0, FOR_GOOD),)
        entry = evolve(
            credit(member, number, 1), kind=EntryKind.REDEEM, points=Points(-cost), parts=parts, key=f"{name}/{number}"
        )
        lots = (Lot(1, left - cost, 0, FOR_GOOD),) if left > cost else ()
        session.points.append(Account(member, number, DAY.toordinal(), lots), [entry])
        return 1


class PointsScenarios(StorageKit):
    """Requirements SC-61 to SC-67."""

    @requirement("SC-61")
    def test_keeps_entries(self, store: Store) -> None:
        """SC-61"""
        entries = [credit("A", 1, 10), evolve(credit("A", 2, 5), event=None, base=None, debt=-5, parts=())]
        with store.writing() as session:
            assert session.points.hold("A") == Account("A")
            session.points.append(Account("A", 2, DAY.toordinal()), entries)
        with store.reading() as session:
            assert list(session.points.of("A")) == entries
            assert session.points.of("B") == []

    @requirement("SC-62")
    def test_keeps_the_account(self, store: Store) -> None:
        """SC-62"""
        account = Account("A", 1, DAY.toordinal(), (Lot(1, 10, 0, FOR_GOOD), Lot(3, 4, 5, 6)), 7, 8)
        with store.writing() as session:
            session.points.hold("A")
            session.points.append(account, [credit("A", 1, 10)])
            assert session.points.hold("A") == account
        with store.reading() as session:
            assert session.points.account("A") == account
            assert session.points.account("B") == Account("B")

    @requirement("SC-63")
    def test_keeps_a_key_once(self, store: Store) -> None:
        """SC-63"""
        with store.writing() as session:
            given(session, "A", 10)
        with store.writing() as session:
            account = session.points.hold("B")
            taken = [credit("B", 1, 3), evolve(credit("B", 2, 4), key="A/1")]
            for entries in (taken, taken[1:], [credit("B", 1, 3), evolve(credit("B", 2, 4), key="B/1")]):
                with pytest.raises(Conflict):
                    session.points.append(after(account, *entries), entries)
            assert session.points.of("B") == []
            assert session.points.hold("B") == Account("B")
            given(session, "B", 3)
        with store.reading() as session:
            assert session.points.account("B").net == Points(3)

    @requirement("SC-64")
    def test_refuses_what_begins_elsewhere(self, store: Store) -> None:
        """SC-64"""
        with store.writing() as session:
            given(session, "A", 10)
        with store.writing() as session:
            late = evolve(credit("A", 1, 5), key="late")
            with pytest.raises(Conflict):
                session.points.append(after(Account("A"), late), [late])
            with pytest.raises(InvalidFacts):
                session.points.append(after(Account("A"), late), [evolve(late, number=2, key="")])
        with store.reading() as session:
            assert session.points.account("A").net == Points(10)
            assert session.points.keyed("late") is None

    @requirement("SC-65")
    def test_finds_by_key(self, store: Store) -> None:
        """SC-65"""
        with store.writing() as session:
            given(session, "A", 10)
            assert session.points.keyed("A/1") == credit("A", 1, 10)
        with store.reading() as session:
            assert session.points.keyed("A/1") == credit("A", 1, 10)
            assert [session.points.keyed(key) for key in ("a/1", "A/1 ", "A/2", "", "a\0b")] == [None] * 5

    @requirement("SC-66")
    def test_finds_what_falls_due(self, store: Store) -> None:
        """SC-66"""
        today = DAY.toordinal()
        lots = {"B": (0, today), "A": (0, today), "C": (0, today + 1), "D": (today + 1, FOR_GOOD), "E": (0, FOR_GOOD)}
        with store.writing() as session:
            for member, (vests, expires) in lots.items():
                session.points.hold(member)
                account = Account(member, 1, today, (Lot(1, 10, vests, expires),))
                session.points.append(account, [credit(member, 1, 10, expires)])
        with store.reading() as session:
            assert list(session.points.due_by(DAY)) == []
            assert list(session.points.due_by(date(2025, 3, 6))) == ["A", "B", "D"]
            assert list(session.points.due_by(date(2025, 3, 7))) == ["A", "B", "C", "D"]

    @requirement("SC-67")
    def test_gives_every_entry_in_figures(self, store: Store) -> None:
        """SC-67"""
        with store.writing() as session:
            for member in ("b", "A", "𠮷"):
                given(session, member, 1, 2)
            given(session, "A", 3)
        with store.reading() as session:
            found = [(tally[0], tally[2]) for tally in session.points.tallies()]
            assert found == [("A", 1), ("A", 2), ("A", 3), ("b", 1), ("b", 2), ("𠮷", 1), ("𠮷", 2)]
            assert next(session.points.tallies()) == credit("A", 1, 1).tally


class PointsConcurrently(StorageKit):
    """Among threads (SC-94)."""

    @requirement("SC-94")
    def test_spends_no_point_twice_among_threads(self, store: Store) -> None:
        """SC-94"""
        with store.writing() as session:
            given(session, "A", _POINTS)
        with ThreadPoolExecutor(_SPENDERS) as pool:
            wins = sum(pool.map(partial(spend_all, store), range(_SPENDERS)))
        with store.reading() as session:
            assert (wins, session.points.account("A").net) == (_POINTS // _COST, Points(0))
            assert len(session.points.of("A")) == 1 + _POINTS // _COST


class PointsElsewhere(StorageKit):
    """Among processes (SC-96)."""

    @requirement("SC-96")
    def test_spends_no_point_twice_among_processes(self, store_factory: Callable[[str], Store]) -> None:
        """SC-96"""
        store = store_factory("points")
        with store.writing() as session:
            given(session, "A", _POINTS)
        store.close()
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            wins = sum(pool.map(partial(_spend_elsewhere, store_factory), range(2)))
        again = store_factory("points")
        with again.reading() as session:
            assert (wins, session.points.account("A").net) == (_POINTS // _COST, Points(0))
        again.close()


def spend_all(store: Store, name: int) -> int:
    """How often somebody called *name* could spend, until nothing is left."""
    wins = 0
    while True:
        try:
            won = spend(store, "A", _COST, str(name))
        except (Busy, Conflict):
            continue
        if not won:
            return wins
        wins += won


def _spend_elsewhere(store_factory: Callable[[str], Store], name: int) -> int:
    store = store_factory("points")
    try:
        return spend_all(store, name)
    finally:
        store.close()
