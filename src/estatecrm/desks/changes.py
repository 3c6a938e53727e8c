"""Which fields of the master change by notice, and how a decided change is put in (A-09)."""

from collections.abc import Callable
from datetime import date
from typing import Final

from attrs import evolve, frozen

from estatecrm.errors import InvalidFacts
from estatecrm.model import BornOn, Change, ChangeState, Customer
from estatecrm.values import IdentityNumber, Phone, clean_text

_LONGEST: Final = 300


@frozen
class Field:
    """A field of the master: how it is written, and how a text becomes its value in the record."""

    text: Callable[[Customer], str]
    put: Callable[[Customer, str], Customer]

    def checked(self, new: str) -> str:
        """*new*, cleaned, after trying that it can be put into a record at all."""
        cleaned = clean_text(new)
        if len(cleaned) > _LONGEST:
            raise InvalidFacts(f"a field holds at most {_LONGEST} characters")
        self.put(_BLANK, cleaned)
        return cleaned


def _name(customer: Customer, text: str) -> Customer:
    if not text:
        raise InvalidFacts("a customer has a name")
    return evolve(customer, name=text)


def _birth(customer: Customer, text: str) -> Customer:
    try:
        return evolve(customer, age=BornOn(date.fromisoformat(text)))
    except ValueError:
        raise InvalidFacts(f"{text!r} is no birth date: write it like 1990-03-05") from None


def _phones(customer: Customer, text: str) -> Customer:
    phones = tuple(Phone.parse(part) for part in text.replace("、", ",").split(","))
    return evolve(customer, phones=phones)


_BLANK = Customer(code="", project="", name="")

FIELDS: Final[dict[str, Field]] = {
    "name": Field(lambda c: c.name, _name),
    "phones": Field(lambda c: ",".join(phone.number for phone in c.phones), _phones),
    "identity": Field(
        lambda c: c.identity.number if c.identity else "",
        lambda c, text: evolve(c, identity=IdentityNumber.parse(text)),
    ),
    "birth_date": Field(lambda c: c.age.day.isoformat() if isinstance(c.age, BornOn) else "", _birth),
    "occupation": Field(lambda c: c.occupation, lambda c, text: evolve(c, occupation=text)),
    "address": Field(lambda c: c.address, lambda c, text: evolve(c, address=text)),
    "wanted_unit": Field(lambda c: c.wanted_unit, lambda c, text: evolve(c, wanted_unit=text)),
}


def applied(customer: Customer, change: Change) -> Customer:
    """*customer* with *change* in its list, and its new value in the record if it was applied."""
    changes = (*(known for known in customer.changes if known.number != change.number), change)
    ordered = tuple(sorted(changes, key=lambda known: known.number))
    if change.state is ChangeState.APPLIED:
        customer = FIELDS[change.what].put(customer, change.new)
    return evolve(customer, changes=ordered)
