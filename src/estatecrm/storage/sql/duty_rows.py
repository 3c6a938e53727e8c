"""Duties as rows of their table and back."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple, cast

from pendulum import DateTime

from estatecrm.decisions import Closing, Duty, Ending, Planned, Reason, Subject, duty_key
from estatecrm.errors import InvalidFacts
from estatecrm.policy import Role
from estatecrm.storage.moments import microseconds_of, moment_of, zone_of
from estatecrm.storage.sql.kept_reasons import KeptReasons
from estatecrm.storage.sql.statements import Row
from estatecrm.storage.texts import IDENTIFIER, KEY, check_text, keepable

_NAMED: Final = Subject("", consultant="consultant", specialist="specialist")
"""Somebody whose people are called as the fields are: asked for the assignee, `Planned` names the field it takes."""


class Sheet(NamedTuple):
    """What the rows of one `Planned` have in common, whoever it is addressed to."""

    planned: Planned
    digest: str
    reason: str
    entry: str
    step: str
    role: str
    whose: str
    anybody: str
    tail: Row


def rows_of(pairs: Iterable[tuple[Subject, Planned]], sheets: dict[int, Sheet], reasons: KeptReasons) -> Sequence[Row]:
    """The rows of new duties; *sheets* are those met so far, by the identity of what is planned."""
    rows: list[Row] = []
    for subject, planned in pairs:
        sheet = sheets.get(id(planned))
        if sheet is None:
            sheet = sheets[id(planned)] = _sheet(planned, reasons)
        _, _, _, entry, step, role, whose, anybody, tail = sheet
        assignee: str = getattr(subject, whose) if whose else ""
        their = f"={assignee}" if assignee else anybody
        key = duty_key(entry, subject, step)
        rows.append((key, subject.code, subject.unit, step, entry, role, assignee, their, *tail))
    return rows


def check_rows(rows: Sequence[Row]) -> None:
    """
    Whether every storage can keep these rows of duties.

    Raises:
        InvalidFacts: a text in one of them is too long or cannot be kept, or a subject is empty.
    """
    keys, subjects, units, steps, _, _, assignees = cast(Sequence[Sequence[str]], [*zip(*rows, strict=True)][:7])
    if max(map(len, keys)) > KEY:
        raise InvalidFacts(f"a duty's key has more than {KEY} characters")
    for what, texts in (("subject", subjects), ("unit", units), ("step", steps), ("assignee", assignees)):
        if max(map(len, texts)) > IDENTIFIER:
            raise InvalidFacts(f"a duty's {what} has more than {IDENTIFIER} characters")
    if not all(subjects):
        raise InvalidFacts("a duty's subject must not be empty")
    if not keepable("\n".join((*keys, *assignees))):
        for text in (*keys, *assignees):
            check_text("a duty's key or assignee", text)


def row_of(duty: Duty, digest: str) -> Row:
    """The row of *duty*, open or closed, whose reason has *digest*."""
    return (
        duty.key,
        duty.subject,
        duty.unit,
        duty.step,
        duty.reason.entry.id,
        duty.role.value,
        duty.assignee,
        holder(duty.assignee, duty.role),
        *_moments(duty.earliest, duty.latest),
        digest,
        microseconds_of(duty.earliest) if duty.closed is None else None,
        *_closing(duty.closed),
    )


def duty_in(row: Row, reasons: Mapping[str, Reason]) -> Duty:
    """The duty a row tells of; KeyError or ValueError if it tells of none."""
    key, subject, unit, step, role, assignee = cast(tuple[str, ...], row[:6])
    earliest_us, latest_us = cast(tuple[int, int], row[6:8])
    zones, digest = cast(tuple[str, str], row[8:10])
    earliest_zone, _, latest_zone = zones.partition(" ")
    return Duty(
        key,
        subject,
        unit,
        step,
        Role(role),
        assignee,
        moment_of(earliest_us, earliest_zone),
        moment_of(latest_us, latest_zone or earliest_zone),
        reasons[digest],
        None if row[10] is None else _closing_in(row[10:15]),
    )


def holder(assignee: str, role: Role) -> str:
    """Whose worklist a duty stands on: the assignee's, or that of anybody in the role."""
    return f"={assignee}" if assignee else f"@{role.value}"


def _sheet(planned: Planned, reasons: KeptReasons) -> Sheet:
    digest, text = reasons.written(planned.reason)
    earliest_us, latest_us, zones = _moments(planned.earliest, planned.latest)
    return Sheet(
        planned,
        digest,
        text,
        planned.reason.entry.id,
        planned.step,
        planned.role.value,
        planned.assignee(_NAMED),
        holder("", planned.role),
        (earliest_us, latest_us, zones, digest, earliest_us, 1),
    )


def _moments(earliest: DateTime, latest: DateTime) -> tuple[int, int, str]:
    first, last = zone_of(earliest), zone_of(latest)
    return microseconds_of(earliest), microseconds_of(latest), first if first == last else f"{first} {last}"


def _closing(closed: Closing | None) -> Row:
    if closed is None:
        return (None, None, None, None, None)
    return (closed.how.value, zone_of(closed.at), closed.by, closed.contact, microseconds_of(closed.at))


def _closing_in(row: Row) -> Closing:
    ended, zone, by, contact = cast(tuple[str, str, str, str], row[:4])
    return Closing(Ending(ended), moment_of(cast(int, row[4]), zone), by, contact)
