"""`Contacts`, `Staff` and `AccessLog` in memory."""

from collections.abc import Sequence

from attrs import frozen

from estatecrm.errors import Conflict, NotFound
from estatecrm.model import Attempt, Contact, Member
from estatecrm.storage.checks import check_attempt, check_contact, check_member
from estatecrm.storage.codec import contact_text
from estatecrm.storage.interfaces import Stored
from estatecrm.storage.memory.tables import Table
from estatecrm.storage.moments import microseconds_of


@frozen
class MemoryContacts:
    """Visits, calls and callbacks, in one session."""

    _rows: Table[str, Contact]

    def add(self, contact: Contact, /) -> None:
        """Keep a contact; `Conflict` if its id was used for a different one, nothing if it is the same."""
        text = check_contact(contact)
        known = self._rows.change().setdefault(contact.id, contact)
        if known is not contact and contact_text(known) != text:
            raise Conflict(f"the contact id {contact.id} was used for a different contact")

    def of(self, customer: str, /) -> Sequence[Contact]:
        """The contacts with a customer, oldest first, then by id."""
        found = (contact for contact in self._rows.rows.values() if contact.customer == customer)
        return sorted(found, key=lambda contact: (microseconds_of(contact.at), contact.id))


@frozen
class MemoryStaff:
    """The members of staff, in one session."""

    _rows: Table[str, Stored[Member]]

    def add(self, member: Member, /) -> Stored[Member]:
        """Keep a new member; `Conflict` if the id is taken."""
        check_member(member)
        rows = self._rows.change()
        if member.id in rows:
            raise Conflict(f"the member id {member.id} is taken")
        added = rows[member.id] = Stored(member, 1)
        return added

    def get(self, id: str, /) -> Stored[Member]:  # noqa: A002 - the member's own word for it
        """The member with *id*; `NotFound` if there is none."""
        if id not in self._rows.rows:
            raise NotFound(f"no member of staff has the id {id!a}")
        return self._rows.rows[id]

    def save(self, stored: Stored[Member], /) -> Stored[Member]:
        """Replace the record; `Conflict` if *stored* is not the newest version, `NotFound` if unknown."""
        member = stored.record
        rows = self._rows.change()
        if self.get(member.id).version != stored.version:
            raise Conflict(f"member {member.id} was changed by somebody else: read it again")
        check_member(member)
        saved = rows[member.id] = Stored(member, stored.version + 1)
        return saved

    def all(self) -> Sequence[Stored[Member]]:
        """All members, active or not, by id."""
        return [stored for _, stored in sorted(self._rows.rows.items())]


@frozen
class MemoryAccessLog:
    """Every attempt at an errand, in one session."""

    _rows: Table[int, Attempt]

    def append(self, attempt: Attempt, /) -> None:
        """Add a line at the end."""
        check_attempt(attempt)
        rows = self._rows.change()
        rows[len(rows) + 1] = attempt

    def newest(self, count: int, /) -> Sequence[Attempt]:
        """The last *count* lines, newest first."""
        rows = self._rows.rows
        return [rows[number] for number in range(len(rows), max(len(rows) - count, 0), -1)]
