"""
Which columns of 客户 hold which fields of a customer, and who is right where the two differ.

The record stands as a whole in 客户_附加. A cell that says something else than the record was changed by the old
program since, and the cell is right. A mobile number or a day that is none,
such as 无, stays as it is and changes nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Final

from attrs import evolve, frozen

from estatecrm.errors import InvalidFacts
from estatecrm.model import Customer
from estatecrm.storage.codec import customer_in
from estatecrm.values import Gender, Phone

PROJECT: Final = "LH"
"""The one project this sales system serves; it has no column for it."""
_GENDERS: Final = {"男": Gender.MALE, "女": Gender.FEMALE}
_WRITTEN: Final = {gender: written for written, gender in _GENDERS.items()}


@frozen
class Column:
    """What we write into a cell, and what becomes of a record when the old program writes there."""

    written: Callable[[Customer], str | None]
    taken: Callable[[Customer, str], Customer]


def _mobile(customer: Customer) -> str | None:
    return mobile(customer.phones[0].number) if customer.phones else None


def _phones(customer: Customer, cell: str) -> Customer:
    try:
        return evolve(customer, phones=(Phone.parse(cell), *customer.phones[1:]) if cell else customer.phones[1:])
    except InvalidFacts:
        return customer


def _first_contact(customer: Customer, cell: str) -> Customer:
    try:
        return evolve(customer, first_contact=date.fromisoformat(cell) if cell else None)
    except ValueError:
        return customer


COLUMNS: Final = {
    "姓名": Column(lambda one: one.name, lambda one, cell: evolve(one, name=cell)),
    "性别": Column(
        lambda one: _WRITTEN[one.gender] if one.gender else None,
        lambda one, cell: evolve(one, gender=_GENDERS.get(cell)),
    ),
    "手机": Column(_mobile, _phones),
    "通讯地址": Column(lambda one: one.address or None, lambda one, cell: evolve(one, address=cell)),
    "置业顾问": Column(lambda one: one.consultant or None, lambda one, cell: evolve(one, consultant=cell)),
    "首次接触": Column(lambda one: one.first_contact.isoformat() if one.first_contact else None, _first_contact),
    "备注": Column(lambda one: one.note or None, lambda one, cell: evolve(one, note=cell)),
}


def mobile(number: str) -> str:
    """A number as the sales system writes it: without 86."""
    return number.removeprefix("+86")


def changed(old: Customer, new: Customer, found: Sequence[str | None]) -> Iterator[tuple[str, str | None]]:
    """The columns to write, so that the cells *found*, from which *old* was read, are read as *new*."""
    for (name, column), cell in zip(COLUMNS.items(), found, strict=True):
        if column.written(new) != column.written(old) or column.taken(new, cell or "") != new:
            yield name, column.written(new)


def record(code: str, text: str | None, found: Sequence[str | None]) -> Customer:
    """The customer with *code*, from the *text* of the record, if there is one yet, and the cells *found*."""
    customer = Customer(code=code, project=PROJECT, name="") if text is None else customer_in(text)
    for column, cell in zip(COLUMNS.values(), found, strict=True):
        if cell != column.written(customer):
            customer = column.taken(customer, cell or "")
    return customer
