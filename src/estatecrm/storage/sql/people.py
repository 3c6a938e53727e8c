"""`Contacts`, `Staff` and `AccessLog` in SQL."""

from collections.abc import Sequence
from typing import cast

from attrs import frozen
from sqlalchemy import bindparam, literal_column, select, update

from estatecrm.errors import Conflict, NotFound
from estatecrm.model import Attempt, Contact, Member
from estatecrm.storage.checks import check_attempt, check_contact, check_member
from estatecrm.storage.codec import attempt_in, contact_in, member_in
from estatecrm.storage.interfaces import Stored
from estatecrm.storage.moments import microseconds_of
from estatecrm.storage.sql.links import Link
from estatecrm.storage.sql.schema import Tables
from estatecrm.storage.sql.statements import Compiler, Statement
from estatecrm.storage.texts import keepable
from estatecrm.storage.unread import Unread


@frozen
class PeopleStatements:
    """What is asked of the tables of contacts, staff and access log."""

    add_contact: Statement
    contact: Statement
    contacts_of: Statement
    add_member: Statement
    member: Statement
    update_member: Statement
    members: Statement
    append: Statement
    newest: Statement


def people_statements(tables: Tables, compiler: Compiler) -> PeopleStatements:
    """The statements for *tables*."""
    contacts, staff, log = tables.contacts.c, tables.staff.c, tables.access_log.c
    make = compiler.statement
    member = select(staff.body, staff.version)
    return PeopleStatements(
        add_contact=compiler.adding_new(tables.contacts, "id", "customer", "at_us", "body"),
        contact=make(select(contacts.body).where(contacts.id == bindparam("of_id")), "of_id"),
        contacts_of=make(
            select(contacts.body)
            .where(contacts.customer == bindparam("of_customer"))
            .order_by(contacts.at_us, contacts.id),
            "of_customer",
        ),
        add_member=compiler.adding(tables.staff, "id", "body", "version"),
        member=make(member.where(staff.id == bindparam("of_id")), "of_id"),
        update_member=make(
            update(tables.staff)
            .values(body=bindparam("new_body"), version=staff.version + literal_column("1"))
            .where(staff.id == bindparam("of_id"), staff.version == bindparam("of_version")),
            "new_body",
            "of_id",
            "of_version",
        ),
        members=make(member.order_by(staff.id)),
        append=compiler.adding(tables.access_log, "at_us", "actor", "body"),
        newest=make(
            select(log.body).order_by(log.seq.desc()).limit(bindparam("count")).offset(literal_column("0")), "count"
        ),
    )


@frozen
class SqlContacts:
    """Visits, calls and callbacks, in one session."""

    _link: Link
    _statements: PeopleStatements

    def add(self, contact: Contact, /) -> None:
        """Keep a contact; `Conflict` if its id was used for a different one, nothing if it is the same."""
        body = check_contact(contact)
        row = (contact.id, contact.customer, microseconds_of(contact.at), body)
        if self._link.change(self._statements.add_contact, row):
            return
        # A snapshot that is older than the contact does not show it: then it may be any.
        if [*self._link.rows(self._statements.contact, (contact.id,))] != [(body,)]:
            raise Conflict(f"the contact id {contact.id} was used for a different contact")

    def of(self, customer: str, /) -> Sequence[Contact]:
        """The contacts with a customer, oldest first, then by id."""
        if not keepable(customer):
            return []
        return [contact_in(cast(str, body)) for (body,) in self._link.rows(self._statements.contacts_of, (customer,))]


@frozen
class SqlStaff:
    """The members of staff, in one session."""

    _link: Link
    _statements: PeopleStatements

    def add(self, member: Member, /) -> Stored[Member]:
        """Keep a new member; `Conflict` if the id is taken."""
        body = check_member(member)
        with self._link.undoing():
            self._link.change(self._statements.add_member, (member.id, body, 1))
        return Stored(member, 1)

    def get(self, id: str, /) -> Stored[Member]:  # noqa: A002 - the member's own word for it
        """The member with *id*; `NotFound` if there is none."""
        rows = self._link.rows(self._statements.member, (id,)) if keepable(id) else ()
        for body, version in rows:
            return Unread.of(cast(str, body), cast(int, version), member_in)
        raise NotFound(f"no member of staff has the id {id!a}")

    def save(self, stored: Stored[Member], /) -> Stored[Member]:
        """Replace the record; `Conflict` if *stored* is not the newest version, `NotFound` if unknown."""
        member = stored.record
        body = check_member(member)
        if not self._link.change(self._statements.update_member, (body, member.id, stored.version)):
            self.get(member.id)
            raise Conflict(f"member {member.id} was changed by somebody else: read it again")
        return Stored(member, stored.version + 1)

    def all(self) -> Sequence[Stored[Member]]:
        """All members, active or not, by id."""
        rows = self._link.rows(self._statements.members)
        return [Unread.of(cast(str, body), cast(int, version), member_in) for body, version in rows]


@frozen
class SqlAccessLog:
    """Every attempt at an errand, in one session."""

    _link: Link
    _statements: PeopleStatements

    def append(self, attempt: Attempt, /) -> None:
        """Add a line at the end."""
        body = check_attempt(attempt)
        self._link.change(self._statements.append, (microseconds_of(attempt.at), attempt.by, body))

    def newest(self, count: int, /) -> Sequence[Attempt]:
        """The last *count* lines, newest first."""
        return [attempt_in(cast(str, body)) for (body,) in self._link.rows(self._statements.newest, (max(count, 0),))]
