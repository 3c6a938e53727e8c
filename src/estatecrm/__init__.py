"""
The customer-management rules of a Chinese property developer, over any storage, with a reason for every answer.

=========================== =================================================================
where                       what
=========================== =================================================================
`estatecrm.values`          quantities that know their unit
`estatecrm.calendars`       working time: days off, office hours, windows, deadlines
`estatecrm.policy`          documents, clauses, rulebook entries, roles
`estatecrm.model`           facts: customers, contacts, staff
`estatecrm.decisions`       answers with reasons
`estatecrm.rules`           judgement; `estatecrm.rules.rulesets.DEVELOPER` is the default
`estatecrm.storage`         interfaces, and the adapters in memory and SQL
`estatecrm.messages`        decisions as sentences, in Chinese and English
`estatecrm.desks`           errands; `open_office` opens them all
`estatecrm.exchange`        files in and out
`estatecrm.testing`         kits for those who extend the library
=========================== =================================================================

The names below are what a newcomer needs; each is loaded when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from estatecrm.clock import FixedClock, SystemClock
    from estatecrm.decisions import Decision, Duty
    from estatecrm.desks.office import Office, open_office
    from estatecrm.model import Acting, Customer, Member, Purpose
    from estatecrm.policy import Entry, Role
    from estatecrm.rules.rulesets import DEVELOPER, Editions, Ruleset

_HOMES = {
    "Acting": "estatecrm.model",
    "Customer": "estatecrm.model",
    "DEVELOPER": "estatecrm.rules.rulesets",
    "Decision": "estatecrm.decisions",
    "Duty": "estatecrm.decisions",
    "Editions": "estatecrm.rules.rulesets",
    "Entry": "estatecrm.policy",
    "FixedClock": "estatecrm.clock",
    "Member": "estatecrm.model",
    "Office": "estatecrm.desks.office",
    "Purpose": "estatecrm.model",
    "Role": "estatecrm.policy",
    "Ruleset": "estatecrm.rules.rulesets",
    "SystemClock": "estatecrm.clock",
    "open_office": "estatecrm.desks.office",
}

__all__ = [
    "DEVELOPER",
    "Acting",
    "Customer",
    "Decision",
    "Duty",
    "Editions",
    "Entry",
    "FixedClock",
    "Member",
    "Office",
    "Purpose",
    "Role",
    "Ruleset",
    "SystemClock",
    "open_office",
]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
