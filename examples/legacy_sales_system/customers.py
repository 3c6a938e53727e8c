"""`Customers` over 客户 and what stands beside it, in one session."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from attrs import frozen

from estatecrm.decisions import Subject
from estatecrm.errors import Conflict, InvalidFacts, NotFound
from estatecrm.model import Customer, Standing
from estatecrm.storage import Card, Stored
from estatecrm.storage.checks import check_customer
from estatecrm.storage.codec import the_one
from estatecrm.storage.texts import check_reference, findable, keepable
from legacy_sales_system.columns import COLUMNS, changed, mobile, record
from legacy_sales_system.rows import Row, Rows

_WHOLE: Final = """
    SELECT 代码, 版本, 全文, 姓名, 性别, 手机, 通讯地址, 置业顾问, 首次接触, 备注
    FROM 客户 JOIN 客户_附加 ON 客户编号 = 编号
"""
_ADD: Final = """
    INSERT INTO 客户 (姓名, 性别, 手机, 通讯地址, 置业顾问, 首次接触, 备注) VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_BY_KEY: Final = (
    _WHOLE + "WHERE 编号 IN (SELECT 客户编号 FROM 客户_识别 WHERE 标识 IN (SELECT value FROM json_each(?)))"
)
_BY_MOBILE: Final = _WHOLE + "WHERE REPLACE(REPLACE(手机, ' ', ''), '-', '') IN (SELECT value FROM json_each(?))"


@frozen
class LegacyCustomers:
    """The master records; the sales system's cells are right wherever they differ from ours."""

    _rows: Rows

    def add(self, customer: Customer, /) -> Stored[Customer]:
        """Keep a new customer; `Conflict` if the code was ever used."""
        self.add_many((customer,))
        return self.get(customer.code)

    def add_many(self, customers: Iterable[Customer], /) -> int:
        """Keep many new customers at once and count them; `Conflict` if any code was ever used."""
        added = 0
        with self._rows.undoing():
            for customer in customers:
                text = check_customer(customer, customer.match_keys)
                self._rows.change(_ADD, [column.written(customer) for column in COLUMNS.values()])
                ((number,),) = self._rows.ask("SELECT last_insert_rowid()")
                self._put_beside(number, customer, text, version=1)
                added += 1
        return added

    def get(self, code: str, /) -> Stored[Customer]:
        """The customer with *code*; `NotFound` if there is none."""
        return stored(self._row(code))

    def save(self, customer: Stored[Customer], /) -> Stored[Customer]:
        """Replace the record; `Conflict` if *customer* is not the newest version, `NotFound` if unknown."""
        new = customer.record
        text = check_customer(new, new.match_keys)
        row = self._row(new.code)
        old = stored(row)
        if old.version != customer.version:
            raise Conflict(f"customer {new.code} was changed by somebody else: read it again")
        with self._rows.undoing():
            ((number,),) = self._rows.ask("SELECT 客户编号 FROM 客户_附加 WHERE 代码 = ?", (new.code,))
            for name, cell in changed(old.record, new, row[3:]):
                self._rows.change(f"UPDATE 客户 SET {name} = ? WHERE 编号 = ?", (cell, number))
            self._rows.change("DELETE FROM 客户_识别 WHERE 客户编号 = ?", (number,))
            self._put_beside(number, new, text, version=old.version + 1)
        return Stored(new, old.version + 1)

    def matching(self, keys: Collection[str], /) -> Mapping[str, Sequence[str]]:
        """For each of `Customer.match_keys` that is known, the codes of the customers who have it, sorted."""
        asked = findable(keys)
        mobiles = [mobile(key.removeprefix("phone:")) for key in asked if key.startswith("phone:")]
        rows = [*self._rows.ask(_BY_KEY, (as_list(asked),)), *self._rows.ask(_BY_MOBILE, (as_list(mobiles),))]
        found: dict[str, set[str]] = {}
        for customer in {row[0]: stored(row).record for row in rows}.values():
            # A number that the old program took out of the cell since is no longer held.
            for key in set(customer.match_keys).intersection(asked):
                found.setdefault(key, set()).add(customer.code)
        return {key: sorted(codes) for key, codes in found.items()}

    def reserve(self, prefix: str, count: int, /) -> int:
        """Take *count* consecutive numbers of sequence *prefix* for good; return the first (from 1)."""
        if count < 1:
            raise InvalidFacts("at least one number is reserved at a time")
        values = (check_reference("a sequence", prefix), count)
        self._rows.change(
            "INSERT INTO 客户_取号 VALUES (?, ?) ON CONFLICT DO UPDATE SET 已取 = 已取 + excluded.已取", values
        )
        ((taken,),) = self._rows.ask("SELECT 已取 FROM 客户_取号 WHERE 前缀 = ?", (prefix,))
        return int(taken) - count + 1

    def kept_by(self, consultant: str, /) -> Iterator[Stored[Customer]]:
        """The customers of *consultant* (empty: of nobody), by code."""
        return map(stored, self._asked("WHERE IFNULL(置业顾问, '') = ? ORDER BY 代码", consultant))

    def wanting(self, unit: str, /) -> Sequence[Stored[Customer]]:
        """The customers without a live tie who want *unit*, by code (C-07)."""
        return [stored(row) for row in self._asked("WHERE 想要房号 = ? ORDER BY 代码", unit)]

    def with_pending_changes(self) -> Sequence[Stored[Customer]]:
        """The customers with a reported change nobody has decided, by code (A-09)."""
        return [stored(row) for row in self._rows.ask(_WHOLE + "WHERE 待定变更 > 0 ORDER BY 代码")]

    def cards(self, codes: Collection[str], /) -> Mapping[str, Card]:
        """What a list shows of the customers with *codes*; unknown codes are left out."""
        return {customer.code: card_of(customer) for customer in self._records(codes)}

    def standings(self, codes: Collection[str] | None = None, /) -> Iterator[tuple[Subject, Standing]]:
        """Where each customer stands, with each live tie, by code; all customers, or those with *codes*."""
        for customer in self._records(codes):
            for unit, standing in customer.standings:
                yield Subject(customer.code, unit, customer.consultant, customer.specialist), the_one(standing)

    def _records(self, codes: Collection[str] | None) -> Iterator[Customer]:
        if codes is None:
            rows = self._rows.ask(_WHOLE + "ORDER BY 代码")
        else:
            among = _WHOLE + "WHERE 代码 IN (SELECT value FROM json_each(?)) ORDER BY 代码"
            rows = self._rows.ask(among, (as_list(findable(codes)),))
        return (stored(row).record for row in rows)

    def _row(self, code: str) -> Row:
        for row in self._asked("WHERE 代码 = ?", code):
            return row
        raise NotFound(f"no customer has the code {code!a}")

    def _asked(self, where: str, text: str) -> list[Row]:
        return self._rows.ask(_WHOLE + where, (text,)) if keepable(text) else []

    def _put_beside(self, number: int, customer: Customer, text: str, *, version: int) -> None:
        wants = None if any(tie.live for tie in customer.ties) else customer.wanted_unit or None
        self._rows.change(
            "UPDATE 客户_附加 SET 代码 = ?, 版本 = ?, 想要房号 = ?, 待定变更 = ?, 全文 = ? WHERE 客户编号 = ?",
            (customer.code, version, wants, len(customer.pending), text, number),
        )
        for key in set(customer.match_keys):
            self._rows.change("INSERT INTO 客户_识别 VALUES (?, ?)", (key, number))


def stored(row: Row) -> Stored[Customer]:
    """The customer a row of `_WHOLE` describes."""
    code, version, text, *found = row
    return Stored(record(code, text, found), version)


def card_of(customer: Customer) -> Card:
    """What a list shows of *customer*."""
    phone = customer.phones[0].number if customer.phones else ""
    return Card(
        customer.code, customer.name, phone, customer.grade.value if customer.grade else "", customer.status.value
    )


def as_list(texts: Collection[str]) -> str:
    """*texts* as one parameter for ``json_each``."""
    return json.dumps(list(texts), ensure_ascii=False)
