"""Every loyalty case of other systems' own test suites, run as it stands; a convention by the option that has it."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from estatecrm.model.loyalty import Crossing, Occasion, PointsBase, Spending, Tier, TierBase, TierFacts
from estatecrm.model.points import FOR_GOOD, PointsEvent
from estatecrm.rules.loyalty.earning import PointsEarning, PointsMilestone
from estatecrm.rules.loyalty.membership import MemberTier
from estatecrm.rules.loyalty.spending import PointsRedemption
from estatecrm.values import Points, percent, yuan
from rules.loyalty.books import Book

Given = Mapping[str, Any]
TABLE = json.loads((Path(__file__).parents[2] / "cases" / "peer_cases.json").read_text(encoding="utf-8"))
CASES = [
    pytest.param(case["given"], case["expect"], id=f"{number}-{case['given']['op']}")
    for number, case in enumerate(TABLE)
    if case["capability"].startswith("loyalty.")
]


class AfterOffset(PointsEarning):
    """ERPNext counts what is left after points were used; most of its cases give no discount."""

    base = PointsBase.AFTER_OFFSET


def earned(given: Given, *, paid_in_points: int = 0) -> int:
    class PerPoint(AfterOffset):
        yuan_per_point = yuan(given.get("amount_per_point", 1))

    price = yuan(given.get("amount", given.get("invoice_total", 0)))
    off = price * percent(given.get("discount_percent", 0))
    facts = Occasion(event=PointsEvent.PURCHASE, is_member=True, price=price, discount=off, offset=yuan(paid_in_points))
    return PerPoint().decide(facts).expect().count


def tier_for(given: Given) -> Given:
    class Spent(MemberTier):
        tiers = tuple(Tier(name, Points(least)) for name, least in given["tiers"])
        base = TierBase.SPENDING

    figure = Points(given["spent_before"] + given["current_amount"])
    return {"tier": Spent().classify(TierFacts(figure)).outcome}


def entries(given: Given) -> Given:
    book = Book()
    for points in given["entries"]:
        if points > 0:
            book.earn(points)
        else:
            book.redeem(-points)
    return {"balance": book.now().available.count}


def earn_then_cancel(given: Given) -> Given:
    book = Book()
    entry = book.earn(earned(given))
    book.reverse(entry, entry.points.count)
    return {"balance": book.now().available.count}


def redeem_cross_document(given: Given) -> Given:
    book = Book()
    book.earn(given["balance"])
    book.redeem(given["redeem"])
    book.earn(earned(given, paid_in_points=given["redeem"] * given["point_value"]))
    return {"balance": book.now().available.count}


def consumption_order(given: Given) -> Given:
    book = Book()
    for lot in given["lots"]:
        book.earn(1, expires=date.fromisoformat(lot["expires"]).toordinal() if lot["expires"] else FOR_GOOD)
    return {"order": [part.lot for part in book.redeem(len(given["lots"])).parts]}


def max_redeem_in_multiples(given: Given) -> Given:
    class Multiples(PointsRedemption):
        multiple = Points(given["step"])

    most = Multiples().most(Points(given["balance"]))
    assert Multiples().decide(Spending(most, Points(given["balance"]))).granted
    return {"points_cost": most.count}


def order(given: Given) -> Given:
    book = Book()
    book.earn(given["balance"])
    book.earn(given["earn"])
    used = [book.redeem(cost) for cost in given["costs"]]
    return {"used": -sum(entry.points.count for entry in used), "balance": book.now().available.count}


def spend_then_refund(given: Given) -> Given:
    """The peer gives nothing back; ours does, and like the peer's it takes nothing a second time."""
    book = Book()
    book.earn(given["balance"])
    before = book.redeem(given["spent"])
    book.refund(before, given["spent"])
    assert book.now().available == Points(given["balance"])
    again = [entry for entry in book.entries if entry.points.count < 0 and entry is not before]
    return {"deducted_again": len(again)}


def confirm_twice_same_key(given: Given) -> Given:
    """The desk does this (tests/desks/test_loyalty.py); here: the second write of a key is what a storage refuses."""
    from estatecrm.storage import open_store

    book = Book()
    entry = book.earn(given["earn"])
    store = open_store("memory://")
    with store.writing() as session:
        session.points.hold("M1")
        session.points.append(book.account, [entry])
        assert session.points.keyed(entry.key) == entry
    with store.reading() as session:
        return {"balance": session.points.account("M1").available.count}


def lots(given: Given) -> Given:
    days = {"expires d1": date(2025, 3, 31), "expires d2": date(2025, 4, 30)}
    book = Book()
    for step in given["steps"]:
        if step[0] == "issue":
            book.earn(step[2], expires=days[step[3]].toordinal())
        elif step[0] == "redeem":
            book.redeem(step[1])
        else:
            book.on(2025, 4, 15)
    return {"balance": book.now().available.count}


def milestones(given: Given) -> Given:
    class Peers(PointsMilestone):
        milestones = tuple(Points(each) for each in given["thresholds"])

    notified, before = [], 0
    for balance in given["balances"]:
        reached = Peers().decide(Crossing(Points(before), Points(balance))).outcome
        notified.append([] if reached is None else [reached.count])
        before = balance
    return {"notified": notified}


OPERATIONS: dict[str, Callable[[Given], Given]] = {
    "tier_for": tier_for,
    "earn": lambda given: {"points": earned(given)},
    "ledger": entries,
    "earn_then_cancel": earn_then_cancel,
    "redeem_cross_document": redeem_cross_document,
    "consumption_order": consumption_order,
    "max_redeem_in_multiples": max_redeem_in_multiples,
    "order": order,
    "spend_then_refund": spend_then_refund,
    "confirm_twice_same_key": confirm_twice_same_key,
    "lots": lots,
    "milestones": milestones,
}


@pytest.mark.parametrize(("given", "expect"), CASES)
def test_a_peer_case(given: Given, expect: Given) -> None:
    found = OPERATIONS[given["op"]](given)
    assert found == {name: value for name, value in expect.items() if name not in {"kind", "note"}}


def test_every_case_is_run() -> None:
    assert len(CASES) == 19
    assert {case.values[0]["op"] for case in CASES} == set(OPERATIONS)
