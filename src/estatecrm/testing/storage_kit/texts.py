"""Scenarios: texts and moments at their edges."""

from collections.abc import Callable

import pendulum
import pytest
from attrs import evolve

from estatecrm.decisions import Planned
from estatecrm.errors import InvalidFacts, NotFound
from estatecrm.policy import Role
from estatecrm.storage import Session, Store
from estatecrm.storage.moments import microseconds_of, zone_of
from estatecrm.testing.storage_kit import samples
from estatecrm.testing.storage_kit.requirements import requirement
from estatecrm.testing.storage_kit.sessions import StorageKit

ALIKE = (
    "x",
    "x ",
    " x",
    "X",
    "x\u00a0",
    "ｘ",
    "é",
    "e\u0301",
    "𠮷",
    "𡈽",
    "吉",
    "0",
    "00",
    "ß",
    "ss",
    "%",
    "_",
    "\\",
    "'",
    '"',
)
"""Texts that databases are known to take for each other."""
_BAD = ("a\0b", "\ud840", "\udc00x")


class TextScenarios(StorageKit):
    """Requirements SC-70 to SC-73."""

    @requirement("SC-70")
    def test_keeps_texts_apart(self, store: Store) -> None:
        """SC-70"""
        with store.writing() as session:
            session.customers.add_many(
                [evolve(samples.plain(text), name=text, note=text, consultant=text, wanted_unit=text) for text in ALIKE]
            )
            session.duties.plan([(samples.subject(text, text), samples.planned(text)) for text in ALIKE])
            for text in ALIKE:
                session.contacts.add(samples.contact(text, text))
                session.staff.add(samples.member(text))
                assert session.customers.reserve(text, 1) == 1
        with store.reading() as session:
            for text in ALIKE:
                record = session.customers.get(text).record
                assert (record.name, record.note) == (text, text)
                assert [each.record.code for each in session.customers.kept_by(text)] == [text]
                assert [each.record.code for each in session.customers.wanting(text)] == [text]
                assert session.customers.cards([text])[text].name == text
                assert [each.record.assignee for each in session.duties.open_for(text)] == [text]
                assert [contact.id for contact in session.contacts.of(text)] == [text]
                assert session.staff.get(text).record.id == text
                lines = session.duties.worklist(text, Role.PROPERTY_CONSULTANT, samples.at(99))
                assert [line.subject for line in lines] == [text]

    @requirement("SC-71")
    def test_refuses_what_cannot_be_kept(self, store: Store) -> None:
        """SC-71"""
        with store.writing() as session:
            for keep in (keep for text in (*_BAD, "x" * 129, "") for keep in _keeping(session, text)):
                with pytest.raises(InvalidFacts):
                    keep()
            for text in _BAD:
                with pytest.raises(InvalidFacts):
                    session.customers.add(evolve(samples.plain("A"), note=text))
                with pytest.raises(InvalidFacts):
                    session.contacts.add(evolve(samples.contact("c", "A"), note=text))
            session.customers.add(evolve(samples.plain("x" * 128), note="\\u0000 \\\\u0000"))
        with store.reading() as session:
            assert [subject.code for subject, _ in session.customers.standings()] == ["x" * 128]
            for text in _BAD:
                _finds_nothing(session, text)

    @requirement("SC-72")
    def test_sorts_by_code_point(self, store: Store) -> None:
        """SC-72"""
        codes = ["10", "9", "A", "Z", "_", "a", "é", "王", "豈", "ｘ", "𠮷"]
        with store.writing() as session:
            session.customers.add_many([samples.kept_by(code, "gu-1") for code in codes[::-1]])
            session.duties.plan([(samples.subject(code, "gu-1"), samples.planned("x")) for code in codes[::-1]])
        with store.reading() as session:
            assert [each.record.code for each in session.customers.kept_by("gu-1")] == codes
            assert [subject.code for subject, _ in session.customers.standings()] == codes
            lines = session.duties.worklist("gu-1", Role.PROPERTY_CONSULTANT, samples.at(99))
            assert [line.subject for line in lines] == codes

    @requirement("SC-73")
    def test_keeps_moments(self, store: Store) -> None:
        """SC-73: Berlin's clocks go back at 2025-10-26 01:00 UTC."""
        folded = [
            pendulum.datetime(2025, 10, 26, hour, 30, 0, 123456, tz="UTC").in_timezone("Europe/Berlin")
            for hour in (0, 1)
        ]
        moments = [*folded, samples.NOON.add(microseconds=1), pendulum.datetime(1969, 12, 31, 23, 59, 59, 999_999)]
        moments.append(pendulum.datetime(2025, 3, 5, tz=pendulum.FixedTimezone(5 * 3600 + 1800)))
        reason = samples.planned("x").reason
        with store.writing() as session:
            for number, moment in enumerate(moments):
                session.contacts.add(evolve(samples.contact(f"c{number}", f"M{number}"), at=moment))
                planned = Planned("x", Role.FRONT_DESK, moment, moment.add(microseconds=1), reason)
                session.duties.plan([(samples.subject(f"M{number}"), planned)])
        with store.reading() as session:
            for number, moment in enumerate(moments):
                (contact,) = session.contacts.of(f"M{number}")
                duty = session.duties.get(f"KIT-01/M{number}/x").record
                for read in (contact.at, duty.earliest):
                    assert microseconds_of(read) == microseconds_of(moment)
                    assert zone_of(read) == zone_of(moment)
                    assert read.isoformat() == moment.isoformat()
                assert microseconds_of(duty.latest) == microseconds_of(moment) + 1


def _keeping(session: Session, text: str) -> list[Callable[[], object]]:
    return [
        lambda: session.customers.add(samples.plain(text)),
        lambda: session.customers.add_many([samples.plain("A"), samples.plain(text)]),
        lambda: session.duties.plan(
            [(samples.subject("A"), samples.planned("x")), (samples.subject(text), samples.planned("x"))]
        ),
        lambda: session.contacts.add(samples.contact(text, "A")),
        lambda: session.contacts.add(samples.contact("c", text)),
        lambda: session.staff.add(samples.member(text)),
    ]


def _finds_nothing(session: Session, text: str) -> None:
    with pytest.raises(NotFound):
        session.customers.get(text)
    with pytest.raises(NotFound):
        session.duties.get(text)
    with pytest.raises(NotFound):
        session.staff.get(text)
    assert session.customers.matching([text]) == {}
    assert session.customers.cards([text]) == {}
    assert list(session.customers.kept_by(text)) == []
    assert list(session.customers.wanting(text)) == []
    assert list(session.customers.standings([text])) == []
    assert list(session.contacts.of(text)) == []
    assert list(session.duties.open_for(text)) == []
    assert list(session.duties.worklist(text, Role.FRONT_DESK, samples.at(99))) == []
    assert session.duties.reasons([text]) == {}
