"""Contacts, members of staff and lines of the access log as text."""

from estatecrm.errors import StorageError
from estatecrm.model import (
    Attempt,
    CallbackChannel,
    CallbackSatisfaction,
    CallbackTopic,
    Contact,
    ContactKind,
    Errand,
    Member,
    Purpose,
    TopicNote,
)
from estatecrm.policy import Role
from estatecrm.storage.codec.forms import (
    Json,
    flag_in,
    list_in,
    moment_form,
    moment_in,
    read,
    text_in,
    whole_in,
    written,
)

_CONTACT = "contact/1"
_MEMBER = "member/1"
_ATTEMPT = "attempt/1"


def contact_text(contact: Contact) -> str:
    """The text of *contact*; `InvalidFacts` if a text within cannot be kept."""
    _itself(contact, Contact)
    return written(
        "the contact",
        [
            _CONTACT,
            contact.id,
            contact.customer,
            contact.kind.value,
            moment_form(contact.at),
            contact.by,
            contact.channel.value if contact.channel else None,
            contact.duty,
            contact.satisfaction.value if contact.satisfaction else None,
            [[note.topic.value, note.text] for note in contact.topics],
            contact.cause,
            contact.suggestion,
            contact.note,
        ],
    )


def contact_in(text: str) -> Contact:
    """The contact *text* writes; `StorageError` if it writes none."""
    return read(text, _CONTACT, 12, _contact)


def _contact(form: list[Json]) -> Contact:
    id_, customer, kind, at, by, channel, duty, satisfaction, topics, cause, suggestion, note = form
    return Contact(
        id=text_in(id_),
        customer=text_in(customer),
        kind=ContactKind(kind),
        at=moment_in(at),
        by=text_in(by),
        channel=None if channel is None else CallbackChannel(channel),
        duty=text_in(duty),
        satisfaction=None if satisfaction is None else CallbackSatisfaction(satisfaction),
        topics=tuple(_topic_in(topic) for topic in list_in(topics)),
        cause=text_in(cause),
        suggestion=text_in(suggestion),
        note=text_in(note),
    )


def _topic_in(form: Json) -> TopicNote:
    topic, text = list_in(form, 2)
    return TopicNote(CallbackTopic(topic), text_in(text))


def member_text(member: Member) -> str:
    """The text of *member*; `InvalidFacts` if a text within cannot be kept."""
    _itself(member, Member)
    form: list[Json] = [_MEMBER, member.id, member.name, member.role.value, member.active, member.ability]
    return written("the member of staff", form)


def member_in(text: str) -> Member:
    """The member of staff *text* writes; `StorageError` if it writes none."""
    return read(text, _MEMBER, 5, _member)


def _member(form: list[Json]) -> Member:
    id_, name, role, active, ability = form
    return Member(text_in(id_), text_in(name), Role(role), flag_in(active), whole_in(ability))


def attempt_text(attempt: Attempt) -> str:
    """The text of *attempt*; `InvalidFacts` if a text within cannot be kept."""
    _itself(attempt, Attempt)
    return written(
        "the line of the access log",
        [
            _ATTEMPT,
            moment_form(attempt.at),
            attempt.by,
            attempt.role.value if attempt.role else None,
            attempt.errand.value,
            attempt.purpose.value,
            attempt.object,
            attempt.granted,
            list(attempt.unmet),
            attempt.entry,
            attempt.edition,
            attempt.count,
        ],
    )


def attempt_in(text: str) -> Attempt:
    """The line of the access log *text* writes; `StorageError` if it writes none."""
    return read(text, _ATTEMPT, 11, _attempt)


def _attempt(form: list[Json]) -> Attempt:
    at, by, role, errand, purpose, object_, granted, unmet, entry, edition, count = form
    return Attempt(
        at=moment_in(at),
        by=text_in(by),
        role=None if role is None else Role(role),
        errand=Errand(errand),
        purpose=Purpose(purpose),
        object=text_in(object_),
        granted=flag_in(granted),
        unmet=tuple(text_in(code) for code in list_in(unmet)),
        entry=text_in(entry),
        edition=text_in(edition),
        count=whole_in(count),
    )


def _itself(record: object, kind: type) -> None:
    if type(record) is not kind:
        raise StorageError(f"{type(record).__name__} is not {kind.__name__} itself: its own fields would be lost")
