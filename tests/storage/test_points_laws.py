"""Points are conserved whatever happens, on every storage; and no point is spent twice, by whomever."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

import pendulum
import pytest
from attrs import mutable
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from pendulum import DateTime

from estatecrm.clock import FixedClock
from estatecrm.desks import Office, open_office
from estatecrm.errors import Busy, Conflict, InvalidFacts
from estatecrm.model import Acting, Customer, Member, PurchaseStatus, Purpose, UnitTie
from estatecrm.model.loyalty import Freeze, Term, TransferCircle
from estatecrm.model.points import EntryKind, PointsEvent
from estatecrm.model.points_requests import Adjustment, Award, Redemption, Refund, Reversal, Transfer, Vesting
from estatecrm.policy import Role
from estatecrm.rules.loyalty import ledger
from estatecrm.rules.loyalty.proof import first_difference, lives
from estatecrm.rules.loyalty.spending import PointsTransfer
from estatecrm.rules.loyalty.terms import LedgerTerms
from estatecrm.rules.rulesets import DEVELOPER
from estatecrm.storage import Store, open_store
from estatecrm.values import NaturalDays, Points
from servers import Places, open_database

CLERK = Acting("zhao", Purpose.MAINTENANCE)
NOON = pendulum.datetime(2025, 3, 3, 12, tz="Asia/Shanghai")
BACKENDS = ["memory", "sqlite", "postgresql", "mariadb"]
_MEMBERS = count()


class ShortTerms(LedgerTerms):
    """Points last a month; those of an activity are frozen for two days, those of an article until vested."""

    lasts = Term(1)
    grace = NaturalDays(5)
    freezes = (Freeze(PointsEvent.COMPANY_ACTIVITY, NaturalDays(2)), Freeze(PointsEvent.JOURNAL_ARTICLE))


class ToMembers(PointsTransfer):
    circle = TransferCircle.MEMBERS


RULES = DEVELOPER.using(ShortTerms(), ToMembers()).called("laws", "1")


@mutable
class Clock:
    at: DateTime = NOON

    def now(self) -> DateTime:
        return self.at


@pytest.fixture(params=BACKENDS)
def opening(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Store]:
    """Opens one place on a storage, again and again."""
    if request.param == "memory":
        return lambda: open_store("memory://")
    if request.param == "sqlite":
        return partial(open_store, str(tmp_path / "crm.db"), patience=60.0)
    places: Places = request.getfixturevalue(request.param)
    return partial(open_database, places, "", 60.0, "points")


def begin(store: Store, *members: str) -> None:
    signed = (UnitTie("1-101", PurchaseStatus.SIGNED, signed_on=date(2025, 2, 1)),)
    with store.writing() as session:
        if not session.staff.all():
            session.staff.add(Member("zhao", "赵样一", Role.INFO_SPECIALIST))
            session.staff.add(Member("qian", "钱样四", Role.SALES_MANAGER))
        for member in members:
            session.customers.add(Customer(code=member, project="LH", name="甄试样", ties=signed))


class Life(RuleBasedStateMachine):
    """The life of two members on *store*, with every errand there is."""

    store: Store

    @initialize()
    def begin(self) -> None:
        self.one, self.other = f"M{next(_MEMBERS)}", f"M{next(_MEMBERS)}"
        begin(self.store, self.one, self.other)
        self.clock, self.keys = Clock(), count()
        self.office: Office = open_office(self.store, ruleset=RULES, clock=self.clock)
        self.seen: dict[str, list[object]] = {}

    def key(self) -> str:
        return f"{self.one}-{next(self.keys)}"

    def entries(self, member: str) -> list:
        with self.store.reading() as session:
            return list(session.points.of(member))

    @rule(
        event=st.sampled_from([PointsEvent.COMPANY_ACTIVITY, PointsEvent.JOURNAL_ARTICLE, PointsEvent.ESTATE_ACTIVITY]),
        times=st.integers(1, 3),
    )
    def award(self, event: PointsEvent, times: int) -> None:
        asked = Award(member=self.one, event=event, cause="x", times=times, key=self.key())
        first = self.office.loyalty.award(CLERK, asked).expect()
        assert self.office.loyalty.award(CLERK, asked).expect() == first

    @rule(points=st.integers(1, 90))
    def redeem(self, points: int) -> None:
        before = self.office.loyalty.balance(CLERK, self.one).expect().available.count
        asked = Redemption(member=self.one, points=Points(points), cause="x", key=self.key())
        assert self.office.loyalty.redeem(CLERK, asked).granted is (points <= before)

    @rule(data=st.data(), points=st.integers(1, 90))
    def undo(self, data: st.DataObject, points: int) -> None:
        entries = [each for each in self.entries(self.one) if each.kind in (EntryKind.EARN, EntryKind.REDEEM)]
        if entries:
            entry = data.draw(st.sampled_from(entries))
            earned = entry.kind is EntryKind.EARN
            kind = EntryKind.REVERSE if earned else EntryKind.REFUND
            left = abs(entry.points.count) - ledger.undone(self.entries(self.one), entry, kind)
            request = Reversal if earned else Refund
            errand = self.office.loyalty.reverse if earned else self.office.loyalty.refund
            asked = request(of=entry.key, cause="x", points=Points(points), key=self.key())
            if points <= left:
                errand(CLERK, asked)
            else:
                with pytest.raises(InvalidFacts):
                    errand(CLERK, asked)

    @rule(data=st.data())
    def vest(self, data: st.DataObject) -> None:
        with self.store.reading() as session:
            account = ledger.brought(session.points.account(self.one), self.clock.at.date())[0]
        frozen = [lot.number for lot in account.lots if lot.frozen]
        if frozen:
            key = self.entries(self.one)[data.draw(st.sampled_from(frozen)) - 1].key
            self.office.loyalty.vest(CLERK, Vesting(of=key, cause="x", key=self.key()))

    @rule(points=st.integers(1, 90))
    def transfer(self, points: int) -> None:
        asked = Transfer(giver=self.one, receiver=self.other, points=Points(points), cause="x", key=self.key())
        self.office.loyalty.transfer(CLERK, asked)

    @rule(points=st.integers(-30, 30))
    def adjust(self, points: int) -> None:
        asked = Adjustment(member=self.one, points=Points(points), cause="x", approver="qian", key=self.key())
        self.office.loyalty.adjust(CLERK, asked)

    @rule(days=st.integers(1, 20))
    def wait(self, days: int) -> None:
        self.clock.at = self.clock.at.add(days=days)

    @rule()
    def close_day(self) -> None:
        self.office.loyalty.close_day(CLERK)

    @invariant()
    def nothing_is_lost_or_changed(self) -> None:
        for member in (self.one, self.other):
            with self.store.reading() as session:
                entries, account = list(session.points.of(member)), session.points.account(member)
            assert entries[: len(self.seen.get(member, []))] == self.seen.get(member, [])
            self.seen[member] = entries
            assert first_difference(account, entries) is None
            assert ledger.account_of(entries, member) == account
            assert sum(entry.points.count for entry in entries) == account.net.count
            assert all(life.adds_up for life in lives(entries))


def test_points_are_conserved(opening: Callable[[], Store]) -> None:
    store = opening()
    quick = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    run_state_machine_as_test(
        type("Life", (Life,), {"store": store}),
        settings=settings(
            max_examples=12, stateful_step_count=12, deadline=None, suppress_health_check=quick, database=None
        ),
    )
    assert open_office(store, ruleset=RULES, clock=Clock()).loyalty.verify(CLERK).expect().sound
    store.close()


PROCESSES, POINTS, COST = 8, 7_000, 7


def spend_all(opening: Callable[[], Store], name: int) -> int:
    """How often one of several processes could spend."""
    store = opening()
    office = open_office(store, clock=FixedClock(NOON))
    wins = tries = 0
    while True:
        asked = Redemption(member="M", points=Points(COST), cause="fee", key=f"{name}-{tries}")
        try:
            decision = office.loyalty.redeem(CLERK, asked)
        except (Busy, Conflict):
            continue
        if decision.refused:
            store.close()
            return wins
        wins, tries = wins + 1, tries + 1


@pytest.mark.parametrize("opening", BACKENDS[1:], indirect=True)
def test_eight_processes_spend_7000_points_a_thousand_times_7(opening: Callable[[], Store]) -> None:
    store = opening()
    begin(store, "M")
    office = open_office(store, clock=FixedClock(NOON))
    for number in range(POINTS // 500):
        asked = Award(member="M", event=PointsEvent.REFERRAL, cause=f"{number}")
        office.loyalty.award(CLERK, asked)
    store.close()
    begun = perf_counter()
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        wins = list(pool.map(partial(spend_all, opening), range(PROCESSES)))
    spent = perf_counter() - begun
    again = opening()
    with again.reading() as session:
        account, entries = session.points.account("M"), session.points.of("M")
    again.close()
    assert sum(wins) == POINTS // COST == 1_000
    assert account.net == Points(0)
    assert first_difference(account, entries) is None
    print(f"{sum(wins) / spent:.0f} a second, start of the processes included")  # noqa: T201 - seen with -s
