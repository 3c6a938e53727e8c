"""What an adapter refuses before it keeps a record, so that all of them refuse alike."""

from estatecrm.decisions import Duty
from estatecrm.errors import InvalidFacts
from estatecrm.model import Attempt, Contact, Customer, Member
from estatecrm.model.points import PointsEntry
from estatecrm.storage.codec import attempt_text, contact_text, customer_text, member_text
from estatecrm.storage.codec.points import entry_text
from estatecrm.storage.texts import IDENTIFIER, KEY, check_identifier, check_reference


def check_customer(customer: Customer, keys: tuple[str, ...]) -> str:
    """
    The text of *customer*, if every storage can keep it and find it again by its match *keys*.

    Raises:
        InvalidFacts: a text cannot be kept, the code is empty, or an identifier is too long.
    """
    code = customer.code
    texts = (code, customer.project, customer.consultant, customer.wanted_unit, *keys)
    if not code or max(map(len, texts)) > IDENTIFIER:
        check_identifier("a customer code", code)
        raise InvalidFacts(
            f"a project, consultant, unit or number of customer {code} has more than {IDENTIFIER} characters"
        )
    return customer_text(customer)


def check_contact(contact: Contact) -> str:
    """The text of *contact*, if every storage can keep it; else `InvalidFacts`."""
    check_identifier("a contact id", contact.id)
    check_identifier("a contact's customer", contact.customer)
    return contact_text(contact)


def check_member(member: Member) -> str:
    """The text of *member*, if every storage can keep it; else `InvalidFacts`."""
    check_identifier("a member's id", member.id)
    return member_text(member)


def check_points_entry(entry: PointsEntry) -> str:
    """The text of *entry*, if every storage can keep it; else `InvalidFacts`."""
    check_identifier("a member", entry.member)
    check_reference("the key of an entry", entry.key, most=KEY)
    if not entry.key:
        raise InvalidFacts("an entry needs its key: a retry is known by it")
    return entry_text(entry)


def check_attempt(attempt: Attempt) -> str:
    """The text of *attempt*, if every storage can keep it; else `InvalidFacts`."""
    check_reference("who attempts", attempt.by)
    return attempt_text(attempt)


def check_duty(duty: Duty) -> Duty:
    """*duty* itself, if every storage can keep it; else `InvalidFacts`."""
    check_reference("a duty's key", duty.key, most=KEY)
    check_identifier("a duty's subject", duty.subject)
    for what, text in (("unit", duty.unit), ("step", duty.step), ("assignee", duty.assignee)):
        check_reference(f"a duty's {what}", text)
    if duty.closed is not None:
        check_reference("who closes a duty", duty.closed.by)
        check_reference("the contact that closes a duty", duty.closed.contact)
    return duty
