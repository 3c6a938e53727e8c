"""`Customers` in SQL."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import cast

from attrs import frozen

from estatecrm.decisions import Subject
from estatecrm.errors import Conflict, InvalidFacts, NotFound
from estatecrm.model import Customer, Standing
from estatecrm.storage.checks import check_customer
from estatecrm.storage.codec import customer_in, standings_in, standings_text
from estatecrm.storage.interfaces import Card, Stored
from estatecrm.storage.sql.customer_statements import PAGE, Reading, Writing
from estatecrm.storage.sql.links import Link
from estatecrm.storage.sql.statements import Row
from estatecrm.storage.texts import check_reference, findable, keepable
from estatecrm.storage.unread import Unread


@frozen
class SqlCustomers:
    """The master records of one session."""

    _link: Link
    _ask: Reading
    _change: Writing

    def add(self, customer: Customer, /) -> Stored[Customer]:
        """Keep a new customer; `Conflict` if the code was ever used."""
        self.add_many((customer,))
        return Stored(customer, 1)

    def add_many(self, customers: Iterable[Customer], /) -> int:
        """Keep many new customers at once and count them; `Conflict` if any code was ever used."""
        added = 0
        link, change = self._link, self._change
        with link.undoing():
            remaining = iter(customers)
            while part := list(islice(remaining, change.add.part)):
                keyed = [(customer, customer.match_keys) for customer in part]
                rows = [(*_row(customer, keys), 1) for customer, keys in keyed]
                numbers = [(key, customer.code) for customer, keys in keyed for key in keys]
                added += link.change_many(change.add, rows)
                link.change_many(change.add_number, numbers)
        return added

    def get(self, code: str, /) -> Stored[Customer]:
        """The customer with *code*; `NotFound` if there is none."""
        rows = self._link.rows(self._ask.get, (code,)) if keepable(code) else ()
        if not rows:
            raise NotFound(f"no customer has the code {code!a}")
        return _stored(rows)[0]

    def save(self, stored: Stored[Customer], /) -> Stored[Customer]:
        """Replace the record; `Conflict` if *stored* is not the newest version, `NotFound` if unknown."""
        customer = stored.record
        code, *replaced = _row(customer, customer.match_keys)
        with self._link.undoing():
            if not self._link.change(self._change.update, (*replaced, code, stored.version)):
                self.get(customer.code)
                raise Conflict(f"customer {customer.code} was changed by somebody else: read it again")
            self._point(customer)
        return Stored(customer, stored.version + 1)

    def matching(self, keys: Collection[str], /) -> Mapping[str, Sequence[str]]:
        """For each of `Customer.match_keys` that is known, the codes of the customers who have it, sorted."""
        found: dict[str, list[str]] = {}
        for key, code in cast(Iterable[tuple[str, str]], self._link.listed(self._ask.matching, findable(keys))):
            found.setdefault(key, []).append(code)
        return {key: sorted(codes) for key, codes in found.items()}

    def reserve(self, prefix: str, count: int, /) -> int:
        """Take *count* consecutive numbers of sequence *prefix* for good; return the first (from 1)."""
        if count < 1:
            raise InvalidFacts("at least one number is reserved at a time")
        check_reference("a sequence", prefix)
        self._link.change(self._change.add_sequence, (prefix, 0))
        self._link.change(self._change.take, (count, prefix))
        return cast(int, self._link.rows(self._ask.taken, (prefix,))[0][0]) - count + 1

    def kept_by(self, consultant: str, /) -> Iterator[Stored[Customer]]:
        """The customers of *consultant* (empty: of nobody), by code."""
        after = ""
        rows = self._link.rows(self._ask.kept_by, (consultant, after)) if keepable(consultant) else ()
        while rows:
            yield from _stored(rows)
            after = cast(str, rows[-1][2])
            rows = self._link.rows(self._ask.kept_by, (consultant, after)) if len(rows) == PAGE else ()

    def wanting(self, unit: str, /) -> Sequence[Stored[Customer]]:
        """The customers without a live tie who want *unit*, by code (C-07); nobody wants the empty unit."""
        return _stored(self._link.rows(self._ask.wanting, (unit,))) if keepable(unit) else []

    def with_pending_changes(self) -> Sequence[Stored[Customer]]:
        """The customers with a reported change nobody has decided, by code (A-09)."""
        return _stored(self._link.rows(self._ask.pending))

    def cards(self, codes: Collection[str], /) -> Mapping[str, Card]:
        """What a list shows of the customers with *codes*; unknown codes are left out."""
        make = tuple.__new__
        rows = self._link.listed(self._ask.cards, findable(codes))
        return {row[0]: make(Card, row) for row in rows}  # type: ignore[misc]  # the columns of a card

    def standings(self, codes: Collection[str] | None = None, /) -> Iterator[tuple[Subject, Standing]]:
        """Where each customer stands, with each live tie, by code; all customers, or those with *codes*."""
        rows = self._all_placed() if codes is None else self._link.listed(self._ask.standings_of, findable(codes))
        for code, consultant, specialist, text in cast(Iterable[tuple[str, str, str, str]], rows):
            for unit, standing in standings_in(text):
                yield Subject(code, unit, consultant, specialist), standing

    def _all_placed(self) -> Iterator[Row]:
        rows = self._link.rows(self._ask.standings, ("",))
        while rows:
            yield from rows
            rows = self._link.rows(self._ask.standings, (rows[-1][0],)) if len(rows) == PAGE else ()

    def _point(self, customer: Customer) -> None:
        code = customer.code
        old = {number for (number,) in self._link.rows(self._ask.numbers_of, (code,))}
        new = set(customer.match_keys)
        if gone := old - new:
            self._link.change_many(self._change.forget_number, [(number, code) for number in gone])
        if come := new - old:
            self._link.change_many(self._change.add_number, [(number, code) for number in come])


def _row(customer: Customer, keys: tuple[str, ...]) -> Row:
    body = check_customer(customer, keys)
    phones, grades, ties = customer.phones, customer.grades, customer.ties
    wanted = customer.wanted_unit
    return (
        customer.code,
        customer.project,
        customer.name,
        phones[0].number if phones else "",
        grades[-1].grade._value_ if grades else "",
        customer.status._value_,
        customer.consultant,
        customer.specialist,
        wanted if wanted and not any(tie.live for tie in ties) else None,
        len(customer.pending) or None,
        standings_text(customer.standings),
        body,
    )


def _stored(rows: Iterable[Row]) -> list[Stored[Customer]]:
    return [Unread.of(row[0], row[1], customer_in) for row in rows]  # type: ignore[arg-type]  # body, version
