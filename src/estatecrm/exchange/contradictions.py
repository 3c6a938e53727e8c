"""What a row says that cannot all be true."""

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from estatecrm.exchange.drafts import Draft
from estatecrm.exchange.faults import RowFault
from estatecrm.exchange.fields import Field

Contradiction = tuple[Field, RowFault]

_AGE_BELOW: Final = 1
_AGE_ABOVE: Final = 2
"""Ages are noted some time ago, and often counted the old way (虚岁), which is up to two years more."""
_STEPS: Final = ("intent", "subscribed", "signed", "moved_in")


def contradictions(draft: Draft, today: dt.date) -> Iterator[Contradiction]:
    """Every contradiction in *draft*, with the field to correct."""
    if draft.birth_date is not None or draft.age is not None:
        yield from _about_age(draft, today)
    if draft.status is not None or draft.subscribed_on or draft.signed_on or draft.moved_in_on:
        yield from _about_status(draft)
    yield from _about_order(draft)


def birth_in(identity: str) -> dt.date | None:
    """The birth date in an identity number that was checked, where it holds one."""
    if len(identity) == 18:
        digits = identity[6:14]
    elif len(identity) == 15 and identity.isdigit():
        digits = "19" + identity[6:12]
    else:
        return None
    return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def _about_age(draft: Draft, today: dt.date) -> Iterator[Contradiction]:
    proven = birth_in(draft.identity) if draft.identity else None
    if proven is not None and draft.birth_date is not None and proven != draft.birth_date:
        yield Field.BIRTH_DATE, RowFault.BIRTH_CONTRADICTS_IDENTITY
    born = proven or draft.birth_date
    if born is not None and draft.age is not None:
        youngest = _years(born, draft.first_visit or today) - _AGE_BELOW
        if not youngest <= draft.age <= _years(born, today) + _AGE_ABOVE:
            yield Field.AGE, RowFault.AGE_CONTRADICTS_BIRTH


def _about_status(draft: Draft) -> Iterator[Contradiction]:
    days = (draft.subscribed_on, draft.signed_on, draft.moved_in_on)
    if draft.status is not None and any(days[_STEPS.index(draft.status) :]):
        yield Field.STATUS, RowFault.STATUS_CONTRADICTS_DATES
    if draft.status != _STEPS[0] and draft.unit is None:
        yield Field.UNIT, RowFault.UNIT_MISSING


def _about_order(draft: Draft) -> Iterator[Contradiction]:
    visit, last = draft.first_visit, draft.last_contact
    if visit is not None and last is not None and last < visit:
        yield Field.LAST_CONTACT, RowFault.DATES_OUT_OF_ORDER
    if draft.subscribed_on is None and draft.signed_on is None and draft.moved_in_on is None:
        return
    steps = (
        (Field.FIRST_VISIT, visit),
        (Field.SUBSCRIBED_ON, draft.subscribed_on),
        (Field.SIGNED_ON, draft.signed_on),
        (Field.MOVED_IN_ON, draft.moved_in_on),
    )
    known = [(step, day) for step, day in steps if day is not None]
    for (_, earlier), (step, later) in pairwise(known):
        if later < earlier:
            yield step, RowFault.DATES_OUT_OF_ORDER


def _years(born: dt.date, day: dt.date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
