"""
Records as text, for adapters that keep a record whole: strict, versioned, the same text for the same record.

=================================== ======================================
`customer_text`, `customer_in`      `Customer`
`contact_text`, `contact_in`        `Contact`
`member_text`, `member_in`          `Member`
`attempt_text`, `attempt_in`        `Attempt`
`standings_text`, `standings_in`    `Customer.standings`
`Reasons`, `digest_of`              `Reason` and its digest
=================================== ======================================

Writing raises `InvalidFacts` where a text cannot be kept; reading raises `StorageError` where a text is damaged or
of a newer form. Nothing is imported or evaluated on a text's say-so.
"""

from estatecrm.storage.codec.customers import customer_in, customer_text
from estatecrm.storage.codec.people import (
    attempt_in,
    attempt_text,
    contact_in,
    contact_text,
    member_in,
    member_text,
)
from estatecrm.storage.codec.reasons import Reasons, digest_of
from estatecrm.storage.codec.standings import standings_in, standings_text, the_one

__all__ = [
    "Reasons",
    "attempt_in",
    "attempt_text",
    "contact_in",
    "contact_text",
    "customer_in",
    "customer_text",
    "digest_of",
    "member_in",
    "member_text",
    "standings_in",
    "standings_text",
    "the_one",
]
