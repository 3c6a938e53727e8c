"""Scenarios: what has to be done."""

import pytest
from attrs import evolve

from estatecrm.decisions import Closing, Ending, Planned, Subject
from estatecrm.errors import Conflict, NotFound
from estatecrm.policy import Role
from estatecrm.storage import Line, Store, Stored
from estatecrm.storage.moments import microseconds_of, zone_of
from estatecrm.testing.storage_kit import samples
from estatecrm.testing.storage_kit.requirements import requirement
from estatecrm.testing.storage_kit.sessions import StorageKit

_CONSULTANT, _FRONT_DESK = Role.PROPERTY_CONSULTANT, Role.FRONT_DESK


def _plan(store: Store, *pairs: tuple[Subject, Planned]) -> int:
    with store.writing() as session:
        return session.duties.plan(pairs)


def _many() -> list[tuple[Subject, Planned]]:
    """Duties of several people and roles that begin and end in all orders."""
    return [
        (
            samples.subject(f"C{number:03}", ("", "gu-1", "gu-2", "gu-1 ")[number % 4]),
            samples.planned(
                f"s{number % 3}",
                number * 7 % 11,
                12 + number * 5 % 13,
                role=(_CONSULTANT, _FRONT_DESK)[number % 5 == 0],
                rule=f"KitRule{number % 6}",
            ),
        )
        for number in range(120)
    ]


class DutyScenarios(StorageKit):
    """Requirements SC-40 to SC-46."""

    @requirement("SC-40")
    def test_reads_what_was_planned(self, store: Store) -> None:
        """SC-40"""
        rich = Planned(
            "step 一", _CONSULTANT, samples.NOON, samples.at(24).in_timezone("Europe/Berlin"), samples.full_reason()
        )
        pairs = [(samples.subject("A", "gu-1", "1-101"), rich), (samples.subject("B", "gu-1"), samples.planned("x"))]
        _plan(store, *pairs)
        with store.reading() as session:
            for subject, planned in pairs:
                duty = planned.address(subject)
                read = session.duties.get(duty.key).record
                assert read == duty
                assert zone_of(read.earliest) == "Asia/Shanghai"
                assert zone_of(read.latest) == zone_of(duty.latest)
            with pytest.raises(NotFound):
                session.duties.get("KIT-01/A/x")

    @requirement("SC-41")
    def test_plans_nothing_twice(self, store: Store) -> None:
        """SC-41"""
        first = (samples.subject("A", "gu-1"), samples.planned("x"))
        later = (samples.subject("A", "gu-2"), samples.planned("x", 5, 9, rule="Other"))
        assert _plan(store, first, first) == 1
        assert _plan(store, later, (samples.subject("A", "gu-1"), samples.planned("y"))) == 1
        assert _plan(store) == 0
        with store.reading() as session:
            known = session.duties.get("KIT-01/A/x")
            assert known.record == first[1].address(first[0])
            assert len(session.duties.open_for("A")) == 2

    @requirement("SC-42")
    def test_loses_no_update_of_a_duty(self, store: Store) -> None:
        """SC-42"""
        _plan(store, (samples.subject("A", "gu-1"), samples.planned("x")))
        with store.writing() as session:
            early = session.duties.get("KIT-01/A/x")
            theirs = evolve(early.record, assignee="gu-2", latest=samples.at(48), reason=samples.full_reason())
            saved = session.duties.save(Stored(theirs, early.version))
            assert saved == session.duties.get("KIT-01/A/x")
            assert saved.version > early.version
        with store.writing() as session:
            with pytest.raises(Conflict):
                session.duties.save(Stored(evolve(theirs, assignee="gu-3"), early.version))
            with pytest.raises(NotFound):
                session.duties.save(Stored(evolve(theirs, key="KIT-01/B/x"), 1))
        with store.reading() as session:
            assert session.duties.get("KIT-01/A/x").record == theirs

    @requirement("SC-43")
    def test_lists_the_open_duties_towards_somebody(self, store: Store) -> None:
        """SC-43"""
        ends = {"b": 9, "a": 9, "c": 3, "d": 12}
        pairs = [(samples.subject("A", "gu-1"), samples.planned(step, 0, end)) for step, end in ends.items()]
        _plan(
            store, *pairs, (samples.subject("A "), samples.planned("x")), (samples.subject("a"), samples.planned("x"))
        )
        with store.reading() as session:
            assert [each.record.step for each in session.duties.open_for("A")] == ["c", "a", "b", "d"]
            assert list(session.duties.open_for("Z")) == []

    @requirement("SC-44")
    def test_lists_somebodys_work(self, store: Store) -> None:
        """SC-44: compared with a plain list comprehension."""
        pairs = _many()
        _plan(store, *pairs)
        duties = [planned.address(subject) for subject, planned in pairs]
        with store.reading() as session:
            for assignee in ("gu-1", "gu-2", "gu-1 ", "gu", ""):
                for role in (_CONSULTANT, _FRONT_DESK):
                    for hours in (0, 1, 6, 99):
                        expected = sorted(
                            (microseconds_of(duty.latest), duty.key)
                            for duty in duties
                            if (duty.assignee == assignee if duty.assignee else duty.role is role)
                            and duty.earliest < samples.at(hours)
                        )
                        lines = session.duties.worklist(assignee, role, samples.at(hours))
                        assert [(line.latest_us, line.key) for line in lines] == expected

    @requirement("SC-45")
    def test_gives_the_reasons_of_lines(self, store: Store) -> None:
        """SC-45"""
        pairs = _many()
        _plan(store, *pairs)
        duties = {duty.key: duty for duty in (planned.address(subject) for subject, planned in pairs)}
        with store.reading() as session:
            lines = session.duties.worklist("gu-1", _CONSULTANT, samples.at(99))
            reasons = session.duties.reasons({line.reason for line in lines})
            assert len(reasons) == 6
            for line in lines:
                duty = duties[line.key]
                assert reasons[line.reason] == duty.reason
                assert line == Line(
                    duty.key,
                    duty.subject,
                    duty.unit,
                    duty.step,
                    "KIT-01",
                    microseconds_of(duty.earliest),
                    microseconds_of(duty.latest),
                    line.reason,
                )
            assert session.duties.reasons(["unknown"]) == {}

    @requirement("SC-46")
    def test_closes_a_duty(self, store: Store) -> None:
        """SC-46"""
        _plan(store, (samples.subject("A", "gu-1"), samples.planned("x")), (samples.subject("A"), samples.planned("y")))
        closing = Closing(Ending.DONE, samples.at(3).in_timezone("UTC"), "gu-1", "c-1")
        with store.writing() as session:
            kept = session.duties.get("KIT-01/A/x")
            session.duties.save(Stored(evolve(kept.record, closed=closing), kept.version))
        with store.writing() as session:
            closed = session.duties.get("KIT-01/A/x")
            assert closed.record.closed == closing
            assert [each.record.step for each in session.duties.open_for("A")] == ["y"]
            assert [line.step for line in session.duties.worklist("gu-1", _CONSULTANT, samples.at(99))] == ["y"]
            assert session.duties.plan([(samples.subject("A", "gu-1"), samples.planned("x"))]) == 0
            session.duties.save(Stored(evolve(closed.record, closed=None), closed.version))
            assert [line.step for line in session.duties.worklist("gu-1", _CONSULTANT, samples.at(99))] == ["x", "y"]
