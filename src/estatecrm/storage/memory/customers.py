"""`Customers` in memory."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from attrs import frozen

from estatecrm.decisions import Subject
from estatecrm.errors import Conflict, InvalidFacts, NotFound
from estatecrm.model import Customer, Standing
from estatecrm.storage.checks import check_customer
from estatecrm.storage.codec import the_one
from estatecrm.storage.interfaces import Card, Stored
from estatecrm.storage.memory.tables import Table
from estatecrm.storage.texts import check_reference


@frozen
class MemoryCustomers:
    """The master records of one session."""

    _rows: Table[str, Stored[Customer]]
    _match_keys: Table[str, tuple[str, ...]]
    _sequences: Table[str, int]

    def add(self, customer: Customer, /) -> Stored[Customer]:
        """Keep a new customer; `Conflict` if the code was ever used."""
        self.add_many((customer,))
        return self._rows.rows[customer.code]

    def add_many(self, customers: Iterable[Customer], /) -> int:
        """Keep many new customers at once and count them; `Conflict` if any code was ever used."""
        new: dict[str, Stored[Customer]] = {}
        for customer in customers:
            check_customer(customer, customer.match_keys)
            if customer.code in new or customer.code in self._rows.rows:
                raise Conflict(f"the customer code {customer.code} is taken")
            new[customer.code] = Stored(customer, 1)
        self._rows.change().update(new)
        for stored in new.values():
            self._point(stored.record, stored.record.match_keys)
        return len(new)

    def get(self, code: str, /) -> Stored[Customer]:
        """The customer with *code*; `NotFound` if there is none."""
        if code not in self._rows.rows:
            raise NotFound(f"no customer has the code {code!a}")
        return self._rows.rows[code]

    def save(self, stored: Stored[Customer], /) -> Stored[Customer]:
        """Replace the record; `Conflict` if *stored* is not the newest version, `NotFound` if unknown."""
        customer = stored.record
        rows = self._rows.change()
        old = self.get(customer.code)
        if old.version != stored.version:
            raise Conflict(f"customer {customer.code} was changed by somebody else: read it again")
        check_customer(customer, customer.match_keys)
        match_keys = self._match_keys.change()
        for key in old.record.match_keys:
            match_keys[key] = tuple(code for code in match_keys[key] if code != customer.code)
        self._point(customer, customer.match_keys)
        saved = rows[customer.code] = Stored(customer, stored.version + 1)
        return saved

    def matching(self, keys: Collection[str], /) -> Mapping[str, Sequence[str]]:
        """For each of `Customer.match_keys` that is known, the codes of the customers who have it, sorted."""
        known = self._match_keys.rows
        return {key: known[key] for key in keys if known.get(key)}

    def reserve(self, prefix: str, count: int, /) -> int:
        """Take *count* consecutive numbers of sequence *prefix* for good; return the first (from 1)."""
        if count < 1:
            raise InvalidFacts("at least one number is reserved at a time")
        sequences = self._sequences.change()
        taken = sequences.get(check_reference("a sequence", prefix), 0)
        sequences[prefix] = taken + count
        return taken + 1

    def kept_by(self, consultant: str, /) -> Iterator[Stored[Customer]]:
        """The customers of *consultant* (empty: of nobody), by code."""
        return iter([each for each in self._by_code() if each.record.consultant == consultant])

    def wanting(self, unit: str, /) -> Sequence[Stored[Customer]]:
        """The customers without a live tie who want *unit*, by code (C-07); nobody wants the empty unit."""
        return [
            each
            for each in self._by_code()
            if unit and each.record.wanted_unit == unit and not any(tie.live for tie in each.record.ties)
        ]

    def with_pending_changes(self) -> Sequence[Stored[Customer]]:
        """The customers with a reported change nobody has decided, by code (A-09)."""
        return [each for each in self._by_code() if each.record.pending]

    def cards(self, codes: Collection[str], /) -> Mapping[str, Card]:
        """What a list shows of the customers with *codes*; unknown codes are left out."""
        rows = self._rows.rows
        return {code: card_of(rows[code].record) for code in codes if code in rows}

    def standings(self, codes: Collection[str] | None = None, /) -> Iterator[tuple[Subject, Standing]]:
        """Where each customer stands, with each live tie, by code; all customers, or those with *codes*."""
        chosen = None if codes is None else set(codes)
        for each in self._by_code():
            customer = each.record
            if chosen is None or customer.code in chosen:
                for unit, standing in customer.standings:
                    yield Subject(customer.code, unit, customer.consultant, customer.specialist), the_one(standing)

    def _by_code(self) -> list[Stored[Customer]]:
        return sorted(self._rows.rows.values(), key=attrgetter("record.code"))

    def _point(self, customer: Customer, keys: Iterable[str]) -> None:
        match_keys = self._match_keys.change()
        for key in keys:
            match_keys[key] = tuple(sorted({*match_keys.get(key, ()), customer.code}))


def card_of(customer: Customer) -> Card:
    """What a list shows of *customer*."""
    return Card(
        customer.code,
        customer.name,
        customer.phones[0].number if customer.phones else "",
        customer.grade.value if customer.grade else "",
        customer.status.value,
    )
