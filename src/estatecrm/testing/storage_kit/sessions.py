"""Scenarios: what a session keeps, sees and refuses."""

from collections.abc import Callable, Iterator

import pytest

from estatecrm.decisions import Planned, Subject
from estatecrm.errors import Busy, Conflict, NotFound, StorageError
from estatecrm.storage import Session, Store, Stored
from estatecrm.testing.storage_kit import samples
from estatecrm.testing.storage_kit.requirements import requirement


class StorageKit:
    """What every part of the kit needs: the one fixture a subclass gives."""

    @pytest.fixture
    def store_factory(self) -> Callable[[str], Store]:
        """
        Opens a store by the name of its place: the same name is the same place, a new name an empty one.

        Override it. What a store keeps in one place may be gone when the test is over.
        """
        raise NotImplementedError("give the kit a fixture `store_factory`: a function from a place's name to a store")

    @pytest.fixture
    def store(self, store_factory: Callable[[str], Store]) -> Iterator[Store]:
        """An empty store."""
        store = store_factory("kit")
        yield store
        store.close()


class _Left(Exception):  # noqa: N818 - it is no error
    """Leaves a session in the middle."""


class SessionScenarios(StorageKit):
    """Requirements SC-01 to SC-09."""

    @requirement("SC-01")
    def test_keeps_everything_at_the_end(self, store: Store) -> None:
        """SC-01"""
        with store.writing() as session:
            _write_everywhere(session)
        with store.reading() as session:
            assert _found_everywhere(session) == [True] * 6

    @requirement("SC-02")
    def test_keeps_nothing_after_an_exception(self, store: Store) -> None:
        """SC-02"""
        with pytest.raises(_Left), store.writing() as session:
            _write_everywhere(session)
            raise _Left
        with store.reading() as session:
            assert _found_everywhere(session) == [False] * 6
        with store.writing() as session:
            _write_everywhere(session)
        with store.reading() as session:
            assert _found_everywhere(session) == [True] * 6

    @requirement("SC-02")
    def test_keeps_the_old_record_after_an_exception(self, store: Store) -> None:
        """SC-02"""
        with store.writing() as session:
            session.customers.add(samples.plain("A"))
        with pytest.raises(_Left), store.writing() as session:
            session.customers.save(Stored(samples.full("A"), session.customers.get("A").version))
            raise _Left
        with store.reading() as session:
            assert session.customers.get("A").record == samples.plain("A")
            assert session.customers.matching([f"phone:{samples.phone(1).number}"]) == {}

    @requirement("SC-03")
    def test_finds_its_own_changes(self, store: Store) -> None:
        """SC-03"""
        with store.writing() as session:
            _write_everywhere(session)
            assert _found_everywhere(session) == [True] * 6

    @requirement("SC-04")
    def test_sees_one_state(self, store: Store) -> None:
        """SC-04: a writer may have to wait for the reader, but never shows through."""
        with store.writing() as session:
            session.customers.add(samples.plain("A"))
        with store.reading() as reader:
            assert list(reader.customers.cards(["A", "B"])) == ["A"]
            try:
                with store.writing() as session:
                    session.customers.add(samples.plain("B"))
            except Busy:
                pass
            assert list(reader.customers.cards(["A", "B"])) == ["A"]

    @requirement("SC-05")
    def test_refuses_changes_while_reading(self, store: Store) -> None:
        """SC-05"""
        with store.writing() as session:
            _write_everywhere(session)
        with store.reading() as session:
            for change in _changes(session):
                with pytest.raises(StorageError) as refused:
                    change()
                assert not isinstance(refused.value, Conflict | NotFound | Busy)
        with store.reading() as session:
            assert list(session.customers.cards(["A", "Z"])) == ["A"]
            assert len(session.log.newest(9)) == 1

    @requirement("SC-06")
    def test_refuses_everything_after_its_end(self, store: Store) -> None:
        """SC-06"""
        with store.writing() as session:
            _write_everywhere(session)
        for each in (*_changes(session), *_questions(session)):
            with pytest.raises(StorageError) as refused:
                each()
            assert not isinstance(refused.value, Conflict | NotFound | Busy)

    @requirement("SC-07")
    def test_goes_on_after_a_refused_call(self, store: Store) -> None:
        """SC-07"""
        with store.writing() as session:
            session.customers.add(samples.plain("A"))
        with store.writing() as session:
            session.customers.add(samples.plain("B"))
            with pytest.raises(Conflict):
                session.customers.add_many([samples.full("C"), samples.plain("A")])
            with pytest.raises(NotFound):
                session.customers.save(Stored(samples.plain("D"), 1))
            with pytest.raises(_Left):
                session.duties.plan(_broken_off())
            session.customers.add(samples.plain("E"))
        with store.reading() as session:
            assert sorted(session.customers.cards(["A", "B", "C", "D", "E"])) == ["A", "B", "E"]
            assert session.customers.matching([f"phone:{samples.phone(1).number}"]) == {}
            assert session.duties.open_for("A") == []

    @requirement("SC-08")
    def test_hides_what_is_not_kept_yet(self, store: Store) -> None:
        """SC-08: a reader may be told that the storage is busy, but never something that is not so."""
        with store.writing() as session:
            session.customers.add(samples.plain("A"))
            session.customers.add(samples.plain("B"))
            try:
                with store.reading() as reader:
                    assert list(reader.customers.cards(["A", "B"])) == []
            except Busy:
                pass

    @requirement("SC-09")
    def test_refuses_sessions_when_closed(self, store: Store) -> None:
        """SC-09"""
        store.close()
        with pytest.raises(StorageError), store.reading():
            pass
        with pytest.raises(StorageError), store.writing():
            pass


def _broken_off() -> Iterator[tuple[Subject, Planned]]:
    yield samples.subject("A"), samples.planned("x")
    raise _Left


def _write_everywhere(session: Session) -> None:
    session.customers.add(samples.full("A"))
    session.customers.reserve("seq", 1)
    session.contacts.add(samples.contact("c", "A"))
    session.duties.plan([(samples.subject("A"), samples.planned("x"))])
    session.staff.add(samples.member("gu-1"))
    session.log.append(samples.attempt("A"))


def _found_everywhere(session: Session) -> list[bool]:
    return [
        bool(session.customers.cards(["A"])),
        bool(session.customers.matching([f"phone:{samples.phone(1).number}"])),
        bool(session.contacts.of("A")),
        bool(session.duties.open_for("A")),
        bool(session.staff.all()),
        bool(session.log.newest(1)),
    ]


def _changes(session: Session) -> list[Callable[[], object]]:
    return [
        lambda: session.customers.add(samples.plain("Z")),
        lambda: session.customers.add_many([samples.plain("Z")]),
        lambda: session.customers.save(Stored(samples.plain("A"), 1)),
        lambda: session.customers.reserve("seq", 1),
        lambda: session.contacts.add(samples.contact("z", "A")),
        lambda: session.duties.plan([(samples.subject("Z"), samples.planned("z"))]),
        lambda: session.staff.add(samples.member("z")),
        lambda: session.log.append(samples.attempt("Z")),
    ]


def _questions(session: Session) -> list[Callable[[], object]]:
    return [
        lambda: session.customers.get("A"),
        lambda: list(session.customers.kept_by("gu-1")),
        lambda: list(session.customers.standings()),
        lambda: session.contacts.of("A"),
        lambda: session.duties.open_for("A"),
        lambda: session.staff.all(),
        lambda: session.log.newest(1),
    ]
