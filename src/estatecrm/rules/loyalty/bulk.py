"""Balances of many members at once, from plain tuples in the order of members and entries: one pass, no objects."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple, TypeAlias

from estatecrm.model.points import Tally


class Balance(NamedTuple):
    """What a member has on a day."""

    member: str
    available: int
    frozen: int
    debt: int


def balances(tallies: Iterable[Tally], day: date) -> Iterator[Balance]:
    """
    The balance of every member at the close of *day*, from *tallies* in the order of members and, within, of entries.

    What vested or expired by then did, whether an entry says so or not; entries of later days are passed over.
    """
    today = day.toordinal()
    member: str | None = None
    available = debt = 0
    waiting: dict[int, _Waiting] = {}
    for name, on, _, owed, _, parts in tallies:
        if name != member:
            if member is not None:
                yield _balance(member, available, debt, waiting, today)
                waiting = {}
            member, available, debt = name, 0, 0
        if on > today:
            continue
        debt += owed
        for lot, points, vests, expires in parts:
            if vests or lot in waiting:
                waiting[lot] = (vests, lot, points + (waiting[lot][2] if lot in waiting else 0), expires)
            elif expires >= today:
                available += points
    if member is not None:
        yield _balance(member, available, debt, waiting, today)


_Waiting: TypeAlias = tuple[int, int, int, int]
"""A lot that is or was frozen: from when it is usable, its number, what is left, its last day."""


def _balance(member: str, available: int, debt: int, waiting: dict[int, _Waiting], today: int) -> Balance:
    frozen = 0
    for vests, _, left, expires in sorted(waiting.values()):
        if 0 < vests <= min(today, expires):
            repaid = min(left, debt)
            debt -= repaid
            left -= repaid
        if expires >= today:
            available, frozen = (available + left, frozen) if vests <= today else (available, frozen + left)
    return Balance(member, available, frozen, debt)


def liability(found: Iterable[Balance]) -> tuple[int, int, int, int]:
    """How many accounts, and what is available, frozen and owed in all of them."""
    accounts = available = frozen = debt = 0
    for balance in found:
        accounts += 1
        available += balance[1]
        frozen += balance[2]
        debt += balance[3]
    return accounts, available, frozen, debt
