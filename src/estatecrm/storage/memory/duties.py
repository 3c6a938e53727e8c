"""`Duties` in memory."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from attrs import field, frozen
from pendulum import DateTime

from estatecrm.decisions import Duty, Planned, Reason, Subject
from estatecrm.errors import Conflict, NotFound
from estatecrm.policy import Role
from estatecrm.storage.checks import check_duty
from estatecrm.storage.codec import Reasons, digest_of
from estatecrm.storage.interfaces import Line, Stored
from estatecrm.storage.memory.tables import Table
from estatecrm.storage.moments import microseconds_of


@frozen
class MemoryDuties:
    """What has to be done, in one session."""

    _rows: Table[str, Stored[Duty]]
    _reasons: Table[str, Reason]
    _forms: Reasons = field(repr=False)

    def plan(self, pairs: Iterable[tuple[Subject, Planned]], /) -> int:
        """Keep every duty whose key is new and count them; a key known already stays as it is."""
        new: dict[str, Stored[Duty]] = {}
        for subject, planned in pairs:
            duty = planned.address(subject)
            check_duty(duty)
            if duty.key not in new and duty.key not in self._rows.rows:
                new[duty.key] = Stored(duty, 1)
        self._rows.change().update(new)
        self._keep_reasons(stored.record.reason for stored in new.values())
        return len(new)

    def get(self, key: str, /) -> Stored[Duty]:
        """The duty with *key*; `NotFound` if there is none."""
        if key not in self._rows.rows:
            raise NotFound(f"there is no duty {key!a}")
        return self._rows.rows[key]

    def save(self, stored: Stored[Duty], /) -> Stored[Duty]:
        """Replace the duty; `Conflict` if *stored* is not the newest version, `NotFound` if unknown."""
        duty = stored.record
        rows = self._rows.change()
        if self.get(duty.key).version != stored.version:
            raise Conflict(f"duty {duty.key} was changed by somebody else: read it again")
        check_duty(duty)
        self._keep_reasons((duty.reason,))
        saved = rows[duty.key] = Stored(duty, stored.version + 1)
        return saved

    def open_for(self, subject: str, /) -> Sequence[Stored[Duty]]:
        """The open duties towards a customer, by latest moment, then key."""
        found = [each for each in self._rows.rows.values() if each.record.subject == subject and each.record.open]
        return sorted(found, key=lambda each: (microseconds_of(each.record.latest), each.record.key))

    def worklist(self, assignee: str, role: Role, before: DateTime, /) -> Sequence[Line]:
        """What *assignee* has to do: their open duties, and those of *role* that have no assignee."""
        end = microseconds_of(before)
        mine = (
            self._line(each.record)
            for each in self._rows.rows.values()
            if each.record.open
            and (each.record.assignee == assignee if each.record.assignee else each.record.role is role)
        )
        return sorted((line for line in mine if line.earliest_us < end), key=lambda line: (line.latest_us, line.key))

    def reasons(self, digests: Collection[str], /) -> Mapping[str, Reason]:
        """The reasons that lines point to."""
        known = self._reasons.rows
        return {digest: known[digest] for digest in digests if digest in known}

    def _line(self, duty: Duty) -> Line:
        return Line(
            duty.key,
            duty.subject,
            duty.unit,
            duty.step,
            duty.reason.entry.id,
            microseconds_of(duty.earliest),
            microseconds_of(duty.latest),
            digest_of(self._forms.text(duty.reason)),
        )

    def _keep_reasons(self, reasons: Iterable[Reason]) -> None:
        kept = self._reasons.change()
        distinct = {id(reason): reason for reason in reasons}
        kept.update({digest_of(self._forms.text(reason)): reason for reason in distinct.values()})
