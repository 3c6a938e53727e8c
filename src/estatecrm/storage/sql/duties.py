"""`Duties` in SQL; duties that rest on the same reason share its text."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice
from typing import cast

from attrs import frozen
from pendulum import DateTime

from estatecrm.decisions import Duty, Planned, Reason, Subject
from estatecrm.errors import Conflict, NotFound, StorageError
from estatecrm.policy import Role
from estatecrm.storage.checks import check_duty
from estatecrm.storage.interfaces import Line, Stored
from estatecrm.storage.moments import microseconds_of
from estatecrm.storage.sql.duty_rows import Sheet, check_rows, duty_in, holder, row_of, rows_of
from estatecrm.storage.sql.duty_statements import DutyStatements
from estatecrm.storage.sql.kept_reasons import KeptReasons
from estatecrm.storage.sql.links import Link
from estatecrm.storage.sql.statements import Row
from estatecrm.storage.texts import findable, keepable


@frozen
class SqlDuties:
    """What has to be done, in one session."""

    _link: Link
    _statements: DutyStatements
    _reasons: KeptReasons

    def plan(self, pairs: Iterable[tuple[Subject, Planned]], /) -> int:
        """Keep every duty whose key is new and count them; a key known already stays as it is."""
        added = 0
        link, add_new = self._link, self._statements.add_new
        sheets: dict[int, Sheet] = {}
        with link.undoing():
            remaining = iter(pairs)
            while part := list(islice(remaining, add_new.part)):
                rows = rows_of(part, sheets, self._reasons)
                check_rows(rows)
                added += link.change_many(add_new, rows)
            reasons = {sheet.digest: sheet.reason for sheet in sheets.values()}
            if reasons:
                link.change_many(self._statements.add_reason, list(reasons.items()))
        return added

    def get(self, key: str, /) -> Stored[Duty]:
        """The duty with *key*; `NotFound` if there is none."""
        rows = self._link.rows(self._statements.get, (key,)) if keepable(key) else ()
        if not rows:
            raise NotFound(f"there is no duty {key!a}")
        return self._stored(rows)[0]

    def save(self, stored: Stored[Duty], /) -> Stored[Duty]:
        """Replace the duty; `Conflict` if *stored* is not the newest version, `NotFound` if unknown."""
        duty = check_duty(stored.record)
        digest, text = self._reasons.written(duty.reason)
        with self._link.undoing():
            key, *replaced = row_of(duty, digest)
            if not self._link.change(self._statements.update, (*replaced, key, stored.version)):
                self.get(duty.key)
                raise Conflict(f"duty {duty.key} was changed by somebody else: read it again")
            self._link.change(self._statements.add_reason, (digest, text))
        return Stored(duty, stored.version + 1)

    def open_for(self, subject: str, /) -> Sequence[Stored[Duty]]:
        """The open duties towards a customer, by latest moment, then key."""
        if not keepable(subject):
            return []
        return self._stored(self._link.rows(self._statements.open_for, (subject,)))

    def worklist(self, assignee: str, role: Role, before: DateTime, /) -> Sequence[Line]:
        """What *assignee* has to do: their open duties, and those of *role* that have no assignee."""
        anybodys = holder("", role)
        theirs = holder(assignee, role) if keepable(assignee) else anybodys
        rows = self._link.rows(self._statements.worklist, (theirs, anybodys, microseconds_of(before)))
        make = tuple.__new__
        return [make(Line, row) for row in rows]

    def reasons(self, digests: Collection[str], /) -> Mapping[str, Reason]:
        """The reasons that lines point to."""
        wanted = findable(digests)
        found = {digest: reason for digest in wanted if (reason := self._reasons.known(digest)) is not None}
        missing = [digest for digest in wanted if digest not in found]
        for digest, text in cast(Iterable[tuple[str, str]], self._link.listed(self._statements.reasons, missing)):
            found[digest] = self._reasons.read(digest, text)
        return found

    def _stored(self, rows: Sequence[Row]) -> list[Stored[Duty]]:
        reasons = self.reasons({cast(str, row[9]) for row in rows})
        try:
            return [Stored(duty_in(row, reasons), cast(int, row[-1])) for row in rows]
        except (KeyError, ValueError) as error:
            raise StorageError("a stored duty is damaged, or a newer release wrote it") from error
