"""What was said and done with a customer: visits, calls, callbacks."""

from attrs import field, frozen
from pendulum import DateTime

from estatecrm.model.classes import CallbackChannel, CallbackSatisfaction, CallbackTopic, ContactKind


@frozen
class TopicNote:
    """What the customer said on one topic."""

    topic: CallbackTopic
    text: str = field(repr=False)


@frozen(kw_only=True)
class Contact:
    """
    One contact with a customer, written once and never changed.

    Of a callback it is the record form (D-16): *channel*, *at*, *by* and *satisfaction* are its required fields.
    """

    id: str
    customer: str
    kind: ContactKind
    at: DateTime
    by: str
    channel: CallbackChannel | None = None
    duty: str = ""
    satisfaction: CallbackSatisfaction | None = None
    topics: tuple[TopicNote, ...] = ()
    cause: str = field(default="", repr=False)
    suggestion: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
