"""The front door: an office is its desks and nothing else."""

from datetime import date

from attrs import frozen

from estatecrm.clock import Clock, SystemClock
from estatecrm.desks.callbacks import CallbacksDesk
from estatecrm.desks.customers import CustomersDesk
from estatecrm.desks.intake import IntakeDesk
from estatecrm.desks.log import LogDesk
from estatecrm.desks.loyalty import LoyaltyDesk
from estatecrm.desks.registers import RegistersDesk
from estatecrm.desks.staff import StaffDesk
from estatecrm.rules.rulesets import DEVELOPER, Editions, InForce, Ruleset
from estatecrm.storage import Store, open_store


@frozen
class Office:
    """One field per desk. Everything it does can be built by hand from the parts."""

    staff: StaffDesk
    customers: CustomersDesk
    intake: IntakeDesk
    callbacks: CallbacksDesk
    loyalty: LoyaltyDesk
    registers: RegistersDesk
    log: LogDesk


def open_office(store: str | Store, *, ruleset: Ruleset | Editions = DEVELOPER, clock: Clock | None = None) -> Office:
    """
    An office over *store*: a storage of your own, or a URL such as ``sqlite:///office.db`` or ``memory://``.

    A database that is empty gets its tables. Without *clock* the machine's clock is read, in Shanghai's zone.

    Raises:
        StorageError: the URL names no storage, or the storage cannot be opened.
        NewerSchema: the database was written by a newer release.
        MissingExtra: the URL needs a package that is not installed.
    """
    kept = open_store(store) if isinstance(store, str) else store
    editions = ruleset if isinstance(ruleset, Editions) else Editions.of(InForce(date.min, ruleset))
    now = clock or SystemClock()
    return Office(
        staff=StaffDesk(kept, editions, now),
        customers=CustomersDesk(kept, editions, now),
        intake=IntakeDesk(kept, editions, now),
        callbacks=CallbacksDesk(kept, editions, now),
        loyalty=LoyaltyDesk(kept, editions, now),
        registers=RegistersDesk(kept, editions, now),
        log=LogDesk(kept, editions, now),
    )
