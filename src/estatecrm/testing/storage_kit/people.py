"""Scenarios: contacts, staff, the access log."""

import pytest
from attrs import evolve

from estatecrm.errors import Conflict, NotFound
from estatecrm.storage import Store, Stored
from estatecrm.storage.moments import zone_of
from estatecrm.testing.storage_kit import samples
from estatecrm.testing.storage_kit.requirements import requirement
from estatecrm.testing.storage_kit.sessions import StorageKit


class PeopleScenarios(StorageKit):
    """Requirements SC-30 to SC-31, SC-50 to SC-60."""

    @requirement("SC-30")
    def test_gives_contacts_in_order(self, store: Store) -> None:
        """SC-30"""
        kept = [samples.contact(*each) for each in (("b", "A", 2), ("a", "A", 2), ("c", "A", 1), ("B", "A", 3))]
        kept[3] = evolve(kept[3], at=samples.at(0).in_timezone("America/New_York"))
        with store.writing() as session:
            for contact in (*kept, samples.contact("d", "a"), samples.contact("e", "A ")):
                session.contacts.add(contact)
        with store.reading() as session:
            read = session.contacts.of("A")
            assert list(read) == [kept[3], kept[2], kept[1], kept[0]]
            assert zone_of(read[0].at) == "America/New_York"
            assert list(session.contacts.of("Z")) == []

    @requirement("SC-31")
    def test_writes_a_contact_once(self, store: Store) -> None:
        """SC-31"""
        for _ in range(2):
            with store.writing() as session:
                session.contacts.add(samples.contact("c", "A"))
                session.contacts.add(samples.contact("c", "A"))
        with store.writing() as session:
            for different in (samples.contact("c", "B"), evolve(samples.contact("c", "A"), note="")):
                with pytest.raises(Conflict):
                    session.contacts.add(different)
        with store.reading() as session:
            assert list(session.contacts.of("A")) == [samples.contact("c", "A")]
            assert list(session.contacts.of("B")) == []

    @requirement("SC-50")
    def test_keeps_members(self, store: Store) -> None:
        """SC-50"""
        with store.writing() as session:
            added = session.staff.add(samples.member("gu-1"))
            assert session.staff.get("gu-1") == added
        changed = evolve(samples.member("gu-1"), active=True, name="样本丁")
        with store.writing() as session:
            saved = session.staff.save(Stored(changed, added.version))
            assert saved.version > added.version
            with pytest.raises(Conflict):
                session.staff.save(added)
            with pytest.raises(Conflict):
                session.staff.add(samples.member("gu-1"))
            with pytest.raises(NotFound):
                session.staff.get("gu-2")
            with pytest.raises(NotFound):
                session.staff.save(Stored(samples.member("gu-2"), 1))
        with store.reading() as session:
            assert session.staff.get("gu-1") == saved
            assert session.staff.get("gu-1").record == changed

    @requirement("SC-51")
    def test_lists_members(self, store: Store) -> None:
        """SC-51"""
        with store.writing() as session:
            for name in ("b", "B", "顾", "a"):
                session.staff.add(samples.member(name))
        with store.reading() as session:
            assert [each.record for each in session.staff.all()] == [
                samples.member(name) for name in ("B", "a", "b", "顾")
            ]

    @requirement("SC-60")
    def test_logs_in_order(self, store: Store) -> None:
        """SC-60"""
        lines = [samples.attempt(f"A{number}", -number) for number in range(7)]
        lines[3] = evolve(lines[3], role=None, granted=True, unmet=())
        with store.writing() as session:
            for line in lines[:4]:
                session.log.append(line)
        with store.writing() as session:
            for line in lines[4:]:
                session.log.append(line)
            assert list(session.log.newest(2)) == [lines[6], lines[5]]
        with store.reading() as session:
            assert list(session.log.newest(99)) == lines[::-1]
            assert list(session.log.newest(0)) == []
