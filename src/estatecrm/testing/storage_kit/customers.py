"""Scenarios: the master records."""

from datetime import date

import pytest
from attrs import evolve

from estatecrm.decisions import Subject
from estatecrm.errors import Conflict, InvalidFacts, NotFound
from estatecrm.model import Customer, PurchaseStatus, TieEnd, UnitTie
from estatecrm.storage import Card, Store, Stored
from estatecrm.testing.storage_kit import samples
from estatecrm.testing.storage_kit.requirements import requirement
from estatecrm.testing.storage_kit.sessions import StorageKit


def _keep(store: Store, *customers: Customer) -> None:
    with store.writing() as session:
        session.customers.add_many(customers)


class CustomerScenarios(StorageKit):
    """Requirements SC-10 to SC-22."""

    @requirement("SC-10")
    def test_reads_what_was_kept(self, store: Store) -> None:
        """SC-10"""
        with store.writing() as session:
            session.customers.add(samples.full("A"))
            session.customers.add_many([samples.full("B"), samples.plain("C")])
        with store.reading() as session:
            read = [session.customers.get(code).record for code in "ABC"]
            assert read == [samples.full("A"), samples.full("B"), samples.plain("C")]

    @requirement("SC-11")
    def test_gives_a_code_once(self, store: Store) -> None:
        """SC-11"""
        _keep(store, samples.full("A"))
        with store.writing() as session, pytest.raises(Conflict):
            session.customers.add(samples.plain("A"))
        with store.reading() as session:
            assert session.customers.get("A").record == samples.full("A")

    @requirement("SC-12")
    def test_adds_all_or_none(self, store: Store) -> None:
        """SC-12"""
        many = [samples.kept_by(f"M{number:04}", "gu-9") for number in range(2_500)]
        with store.writing() as session:
            assert session.customers.add_many(iter(many)) == 2_500
            assert session.customers.add_many([]) == 0
        for wrong in ([samples.plain("N"), samples.plain("M0007")], [samples.plain("N"), samples.plain("N")]):
            with store.writing() as session, pytest.raises(Conflict):
                session.customers.add_many(wrong)
        with store.reading() as session:
            assert session.customers.cards(["N"]) == {}
            assert [each.record for each in session.customers.kept_by("gu-9")] == many

    @requirement("SC-13")
    def test_returns_what_it_keeps(self, store: Store) -> None:
        """SC-13"""
        with store.writing() as session:
            added = session.customers.add(samples.plain("A"))
            assert session.customers.get("A") == added
            saved = session.customers.save(Stored(samples.full("A"), added.version))
            assert session.customers.get("A") == saved
        with store.reading() as session:
            again = session.customers.get("A")
        assert again == saved
        assert again.record == samples.full("A")
        assert saved.version > added.version

    @requirement("SC-14")
    def test_loses_no_update(self, store: Store) -> None:
        """SC-14"""
        _keep(store, samples.plain("A"))
        with store.reading() as session:
            early = session.customers.get("A")
        theirs = evolve(samples.plain("A"), note="theirs")
        with store.writing() as session:
            session.customers.save(Stored(theirs, early.version))
        for attempt in ("another session", "the same again"):
            with store.writing() as session, pytest.raises(Conflict):
                session.customers.save(Stored(evolve(theirs, note=attempt), early.version))
        with store.reading() as session:
            assert session.customers.get("A").record == theirs

    @requirement("SC-15")
    def test_knows_nobody_who_was_not_added(self, store: Store) -> None:
        """SC-15"""
        with store.writing() as session:
            with pytest.raises(NotFound):
                session.customers.get("A")
            with pytest.raises(NotFound):
                session.customers.save(Stored(samples.plain("A"), 1))
            assert session.customers.cards(["A"]) == {}

    @requirement("SC-16")
    def test_matches_the_numbers_held_now(self, store: Store) -> None:
        """SC-16"""
        old, new, shared = (f"phone:{samples.phone(number).number}" for number in (1, 2, 3))
        person = "identity:H00000000"
        _keep(
            store,
            evolve(samples.full("B"), phones=(samples.phone(1), samples.phone(3), samples.phone(3))),
            evolve(samples.plain("A"), phones=(samples.phone(3),)),
        )
        with store.writing() as session:
            found = session.customers.matching([old, new, shared, person])
            assert {key: list(codes) for key, codes in found.items()} == {old: ["B"], shared: ["A", "B"], person: ["B"]}
            kept = session.customers.get("B")
            changed = evolve(kept.record, phones=(samples.phone(2), samples.phone(3)), identity=None)
            session.customers.save(Stored(changed, kept.version))
        with store.reading() as session:
            found = session.customers.matching([old, new, shared, person, *(f"phone:{n}" for n in range(2_000))])
            assert {key: list(codes) for key, codes in found.items()} == {new: ["B"], shared: ["A", "B"]}
            assert session.customers.matching([]) == {}

    @requirement("SC-17")
    def test_reserves_consecutive_numbers(self, store: Store) -> None:
        """SC-17"""
        with store.writing() as session:
            assert session.customers.reserve("XY2503", 1) == 1
            assert session.customers.reserve("XY2503", 5) == 2
            with pytest.raises(InvalidFacts):
                session.customers.reserve("XY2503", 0)
        with store.writing() as session:
            assert session.customers.reserve("xy2503", 1) == 1
            assert session.customers.reserve("XY2503", 1) == 7

    @requirement("SC-18")
    def test_streams_a_consultants_customers(self, store: Store) -> None:
        """SC-18"""
        mine = [samples.kept_by(f"M{number:04}", "gu-1") for number in range(1_200)]
        _keep(store, *reversed(mine), samples.kept_by("A", "gu-2"), samples.plain("B"), samples.plain("C"))
        with store.writing() as session:
            seen = []
            for each in session.customers.kept_by("gu-1"):
                seen.append(each.record.code)
                session.customers.save(Stored(evolve(each.record, note="seen"), each.version))
            assert seen == [customer.code for customer in mine]
            moved = session.customers.get("A")
            session.customers.save(Stored(evolve(moved.record, consultant=""), moved.version))
        with store.reading() as session:
            assert [each.record.code for each in session.customers.kept_by("")] == ["A", "B", "C"]
            assert [each.record.note for each in session.customers.kept_by("gu-1")] == ["seen"] * 1_200
            assert list(session.customers.kept_by("gu-2")) == []

    @requirement("SC-19")
    def test_finds_who_wants_a_unit(self, store: Store) -> None:
        """SC-19"""
        wants = [evolve(samples.plain(code), wanted_unit="1-101") for code in "DCBA"]
        live = UnitTie("2-202", PurchaseStatus.SUBSCRIBED, date(2025, 3, 1))
        ended = evolve(live, ended=TieEnd.VOIDED, ended_on=date(2025, 3, 2))
        wants[0], wants[1] = evolve(wants[0], ties=(ended,)), evolve(wants[1], ties=(ended, live))
        _keep(store, *wants, evolve(samples.plain("E"), wanted_unit="1-102"), samples.plain("F"))
        with store.writing() as session:
            assert [each.record.code for each in session.customers.wanting("1-101")] == ["A", "B", "D"]
            assert list(session.customers.wanting("")) == []
            first = session.customers.wanting("1-101")[0]
            session.customers.save(Stored(evolve(first.record, wanted_unit=""), first.version))
            assert [each.record for each in session.customers.wanting("1-101")] == [wants[2], wants[0]]

    @requirement("SC-20")
    def test_finds_undecided_changes(self, store: Store) -> None:
        """SC-20"""
        full = samples.full("B")
        _keep(store, samples.plain("C"), full, evolve(full, code="A"), evolve(full, code="D", changes=full.changes[:1]))
        with store.writing() as session:
            pending = session.customers.with_pending_changes()
            assert [each.record.code for each in pending] == ["A", "B"]
            session.customers.save(Stored(evolve(pending[0].record, changes=()), pending[0].version))
            assert [each.record for each in session.customers.with_pending_changes()] == [full]

    @requirement("SC-21")
    def test_shows_cards(self, store: Store) -> None:
        """SC-21"""
        _keep(store, samples.full("A"), samples.plain("B"))
        with store.writing() as session:
            assert session.customers.cards(["B", "A", "A", "Z"]) == {
                "A": Card("A", "欧阳𠮷野 ", samples.phone(1).number, "A", "moved_in"),
                "B": Card("B", "样本甲", "", "", "intent"),
            }
            assert session.customers.cards([]) == {}
            kept = session.customers.get("A")
            session.customers.save(Stored(evolve(samples.plain("A"), name="样本丙"), kept.version))
            assert session.customers.cards(["A"]) == {"A": Card("A", "样本丙", "", "", "intent")}

    @requirement("SC-22")
    def test_says_where_customers_stand(self, store: Store) -> None:
        """SC-22"""
        many = [samples.kept_by(f"M{number:04}", "gu-3") for number in range(1_100)]
        _keep(store, samples.full("B"), samples.full("A"), *many)
        expected = [
            (Subject(each.code, unit, each.consultant, each.specialist), standing)
            for each in (samples.full("A"), samples.full("B"), *many)
            for unit, standing in each.standings
        ]
        with store.reading() as session:
            assert list(session.customers.standings()) == expected
            assert list(session.customers.standings(["Z", "B", "B"])) == expected[2:4]
            assert list(session.customers.standings([])) == []
