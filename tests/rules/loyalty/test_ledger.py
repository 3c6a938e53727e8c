"""G-04: an append-only ledger in which lots vest, are spent, expire and come back, and in which nothing gets lost."""

import subprocess
import sys
from datetime import date

import pytest
from attrs import evolve
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from estatecrm.errors import InvalidFacts, LedgerBroken
from estatecrm.model.points import (
    FOR_GOOD,
    USABLE,
    Account,
    EntryKind,
    LateRefund,
    Lot,
    LotOrder,
    Part,
    PointsEntry,
    Shortfall,
)
from estatecrm.rules.loyalty import ledger
from estatecrm.rules.loyalty.bulk import balances, liability
from estatecrm.rules.loyalty.ledger import Terms
from estatecrm.rules.loyalty.proof import first_difference, lives
from estatecrm.values import Points
from rules.loyalty.books import Book, ordinal

MARCH_31 = ordinal(2025, 3, 31)


class TestReturnOfAHome:
    """G-04: a cancelled contract reverses its entries; the balance is never below zero."""

    def test_g_04_2000_earned_1900_left_leaves_a_debt_of_100(self):
        book = Book()
        purchase = book.earn(2_000)
        book.redeem(100)
        entry = book.reverse(purchase, 2_000)
        assert book.figures() == (0, 0, 100, 0)
        assert (entry.points, entry.parts, entry.debt) == (Points(-2_000), (Part(1, -1_900, USABLE, FOR_GOOD),), 100)

    def test_a_later_earning_repays_the_debt_first(self):
        book = Book()
        purchase = book.earn(2_000)
        book.redeem(100)
        book.reverse(purchase, 2_000)
        entry = book.earn(250)
        assert book.figures() == (150, 0, 0, 0)
        assert (entry.points, entry.debt, entry.parts) == (Points(250), -100, (Part(4, 150, USABLE, FOR_GOOD),))

    def test_frozen_points_repay_it_only_when_they_vest(self):
        book = Book()
        purchase = book.earn(100)
        book.redeem(100)
        book.reverse(purchase, 100)
        later = book.earn(250, vests=FOR_GOOD)
        assert book.figures() == (0, 250, 100, 0)
        book.vest(later)
        assert book.figures() == (150, 0, 0, 0)

    def test_what_other_lots_hold_is_taken_before_a_debt_is_made(self):
        book = Book()
        purchase = book.earn(100)
        book.redeem(100)
        book.earn(70)
        book.reverse(purchase, 100)
        assert book.figures() == (0, 0, 30, 0)

    def test_by_option_the_shortfall_is_only_recorded(self):
        book = Book(Terms(shortfall=Shortfall.RECORDED))
        purchase = book.earn(2_000)
        spent = book.redeem(100)
        book.reverse(purchase, 2_000)
        assert book.figures() == (0, 0, 0, 100)
        book.earn(50)
        assert book.figures() == (50, 0, 0, 100)
        book.refund(spent, 100)  # what was spent comes back: it was never theirs
        assert book.figures() == (50, 0, 0, 0)

    def test_a_refund_repays_the_debt_first(self):
        book = Book()
        purchase = book.earn(2_000)
        spent = book.redeem(100)
        book.reverse(purchase, 2_000)
        book.refund(spent, 100)
        assert book.figures() == (0, 0, 0, 0)

    def test_no_more_is_taken_back_than_was_given(self):
        book = Book()
        purchase = book.earn(100)
        book.reverse(purchase, 60)
        with pytest.raises(InvalidFacts, match="60 points were taken back; 41 more exceed"):
            book.reverse(purchase, 41)
        book.reverse(purchase, 40)
        assert book.figures() == (0, 0, 0, 0)

    def test_only_an_earning_of_the_member_is_taken_back(self):
        book = Book()
        book.earn(100)
        spent = book.redeem(10)
        with pytest.raises(InvalidFacts, match="no earn of M1"):
            book.reverse(spent, 10)
        with pytest.raises(InvalidFacts, match="no earn of M1"):
            book.reverse(evolve(book.entries[0], member="M2"), 10)


class TestLots:
    """Soonest expiry first, then oldest; refunds go back where they came from."""

    def test_the_soonest_expiry_is_spent_first_the_never_expiring_last(self):
        book = Book()
        book.earn(10)
        book.earn(10, expires=ordinal(2025, 6, 30))
        book.earn(10, expires=MARCH_31)
        book.earn(10, expires=MARCH_31)
        assert [part.lot for part in book.redeem(40).parts] == [3, 4, 2, 1]

    def test_by_option_the_oldest_first(self):
        book = Book(Terms(order=LotOrder.OLDEST))
        book.earn(10)
        book.earn(10, expires=MARCH_31)
        assert [part.lot for part in book.redeem(15).parts] == [1, 2]

    def test_the_last_day_is_still_good_and_the_next_is_not(self):
        book = Book()
        book.earn(10, expires=MARCH_31)
        assert book.on(2025, 3, 31).figures() == (10, 0, 0, 0)
        assert book.on(2025, 4, 1).figures() == (0, 0, 0, 0)
        with pytest.raises(InvalidFacts, match="0 points to spend, not 1"):
            book.redeem(1)

    def test_expiry_is_an_entry_written_before_the_next_one(self):
        book = Book()
        book.earn(10, expires=MARCH_31)
        book.on(2025, 5, 1).earn(5)
        assert [(entry.kind, entry.points.count) for entry in book.entries] == [
            (EntryKind.EARN, 10),
            (EntryKind.EXPIRE, -10),
            (EntryKind.EARN, 5),
        ]

    def test_points_vest_on_their_day(self):
        book = Book()
        book.earn(10, vests=ordinal(2025, 3, 18))
        assert book.on(2025, 3, 17).figures() == (0, 10, 0, 0)
        assert book.on(2025, 3, 18).figures() == (10, 0, 0, 0)
        assert [part.lot for part in book.redeem(10).parts] == [1]

    def test_what_vests_before_it_expires_repays_a_debt_however_late_it_is_written(self):
        book = Book()
        purchase = book.earn(40)
        book.redeem(40)
        book.reverse(purchase, 40)
        book.earn(100, vests=ordinal(2025, 3, 10), expires=MARCH_31)
        assert book.on(2025, 3, 9).figures() == (0, 100, 40, 0)
        assert book.on(2025, 3, 10).figures() == (60, 0, 0, 0)
        assert book.on(2025, 4, 1).figures() == (0, 0, 0, 0)
        book.on(2025, 6, 1).earn(5)
        assert book.on(2025, 6, 1).figures() == (5, 0, 0, 0)

    def test_a_refund_restores_the_lots_with_their_own_last_day(self):
        book = Book()
        book.earn(30, expires=ordinal(2025, 6, 30))
        book.earn(30, expires=MARCH_31)
        spent = book.redeem(50)
        entry = book.refund(spent, 25)
        assert entry.parts == (Part(1, 20, USABLE, ordinal(2025, 6, 30)), Part(2, 5, USABLE, MARCH_31))
        assert book.on(2025, 4, 1).figures() == (30, 0, 0, 0)

    def test_a_second_refund_goes_on_where_the_first_stopped(self):
        book = Book()
        book.earn(30, expires=ordinal(2025, 6, 30))
        book.earn(30, expires=MARCH_31)
        spent = book.redeem(50)
        book.refund(spent, 25)
        assert book.refund(spent, 25).parts == (Part(2, 25, USABLE, MARCH_31),)
        with pytest.raises(InvalidFacts, match="50 points were refunded; 1 more exceed"):
            book.refund(spent, 1)

    def test_a_refund_of_expired_points_has_days_of_grace(self):
        book = Book()
        book.earn(30, expires=MARCH_31)
        spent = book.redeem(30)
        book.on(2025, 4, 10).refund(spent, 30)
        assert book.on(2025, 5, 10).figures() == (30, 0, 0, 0)
        assert book.on(2025, 5, 11).figures() == (0, 0, 0, 0)

    def test_by_option_a_refund_of_expired_points_expires_at_once(self):
        book = Book(Terms(late_refund=LateRefund.FORFEIT))
        book.earn(30, expires=MARCH_31)
        spent = book.redeem(30)
        book.on(2025, 4, 10).refund(spent, 30)
        assert book.figures() == (0, 0, 0, 0)
        assert [entry.kind for entry in book.entries[2:]] == [EntryKind.REFUND, EntryKind.EXPIRE]


class TestBadFacts:
    """Nothing comes of fractions, nothings, negatives, and of clocks that go backwards."""

    @pytest.mark.parametrize("points", [0, -1, 10**15 + 1, 1.5, True])
    def test_points_are_whole_and_more_than_none(self, points):
        for ask in (Book().earn, Book().redeem):
            with pytest.raises(InvalidFacts):
                ask(points)

    def test_no_entry_before_the_last_one(self):
        book = Book()
        book.earn(5)
        with pytest.raises(InvalidFacts, match="set the clock"):
            book.on(2025, 3, 2).earn(5)

    def test_what_vested_does_not_vest_again(self):
        book = Book()
        earning = book.earn(5)
        with pytest.raises(InvalidFacts, match="no frozen points"):
            book.vest(earning)

    def test_an_account_that_does_not_add_up_is_not_returned(self):
        account = Account("M1", 1, 1, (Lot(1, 5, USABLE, FOR_GOOD),))
        with pytest.raises(LedgerBroken, match="lot 1 of M1 would hold -1"):
            ledger.folded(account, 2, -6, (Part(1, -6, USABLE, FOR_GOOD),))
        with pytest.raises(LedgerBroken, match="entry 2 of M1 does not add up"):
            ledger.folded(account, 2, -4, (Part(1, -5, USABLE, FOR_GOOD),))
        with pytest.raises(LedgerBroken):
            ledger.folded(account, 2, 1, (), debt=-1)


def test_the_checks_hold_without_assertions():
    """Under ``python -O`` too."""
    code = "from estatecrm.model.points import Account; from estatecrm.rules.loyalty.ledger import folded"
    code += "; assert False; folded(Account('M1'), 1, 5, ())"
    answer = subprocess.run([sys.executable, "-O", "-c", code], capture_output=True, text=True, check=False)
    assert "LedgerBroken: entry 1 of M1 does not add up" in answer.stderr


class TestProof:
    """The first difference is named, wherever somebody changed a figure."""

    @pytest.fixture
    def book(self) -> Book:
        book = Book()
        book.earn(100, expires=MARCH_31)
        spent = book.redeem(30)
        book.refund(spent, 10)
        return book

    def found(self, kept: Account, entries: list[PointsEntry]) -> tuple[int, str, int, int]:
        difference = first_difference(kept, entries)
        return (difference.number, difference.what, difference.expected, difference.found)

    def test_nothing_differs(self, book):
        assert first_difference(book.account, book.entries) is None

    @pytest.mark.parametrize(
        ("number", "change", "found"),
        [
            (1, {"points": Points(101)}, (1, "sum", 100, 101)),
            (2, {"points": Points(30)}, (2, "sign", 0, 30)),
            (2, {"day": date(2025, 3, 2)}, (2, "day", ordinal(2025, 3, 3), ordinal(2025, 3, 2))),
            (2, {"parts": (Part(1, -101, 0, MARCH_31),)}, (2, "spendable", 100, 101)),
            (3, {"of": 1}, (3, "undone", 100, 10)),
            (3, {"number": 4}, (4, "number", 3, 4)),
        ],
    )
    def test_a_changed_entry_is_named(self, book, number, change, found):
        book.entries[number - 1] = evolve(book.entries[number - 1], **change)
        assert self.found(book.account, book.entries) == found

    @pytest.mark.parametrize(
        ("change", "found"),
        [
            ({"number": 2}, (2, "entries", 3, 2)),
            ({"lots": (Lot(1, 81, 0, MARCH_31),)}, (3, "available", 80, 81)),
            ({"lots": (Lot(1, 80, 0, FOR_GOOD),)}, (1, "lot", 80, 80)),
            ({"debt": 1}, (3, "debt", 0, 1)),
        ],
    )
    def test_a_changed_account_is_named(self, book, change, found):
        assert self.found(evolve(book.account, **change), book.entries) == found

    def test_a_refund_of_more_than_was_taken_is_named(self, book):
        parts = (Part(1, 31, 0, MARCH_31),)
        book.entries[2] = evolve(book.entries[2], points=Points(31), parts=parts)
        assert self.found(book.account, book.entries) == (3, "undone", 30, 31)


class Life(RuleBasedStateMachine):
    """One member's life, with everything that can happen, under any terms."""

    @initialize(order=st.sampled_from(LotOrder), shortfall=st.sampled_from(Shortfall), late=st.sampled_from(LateRefund))
    def begin(self, order, shortfall, late):
        self.book = Book(Terms(order, shortfall, late, 5))
        self.seen: list[PointsEntry] = []

    @rule(points=st.integers(1, 50), lasts=st.integers(0, 20) | st.none(), freezes=st.integers(0, 8) | st.none())
    def earn(self, points, lasts, freezes):
        today = self.book.day.toordinal()
        expires = FOR_GOOD if lasts is None else today + lasts
        vests = FOR_GOOD if freezes is None else today + freezes if freezes else USABLE
        self.book.earn(points, expires=expires, vests=vests)

    @rule(points=st.integers(1, 60))
    def redeem(self, points):
        before = self.book.figures()
        if points <= before[0]:
            self.book.redeem(points)
            assert self.book.figures()[0] == before[0] - points
        else:
            with pytest.raises(InvalidFacts):
                self.book.redeem(points)
            assert self.book.figures() == before

    @rule(data=st.data(), points=st.integers(1, 60))
    def undo(self, data, points):
        kinds = {EntryKind.EARN: self.book.reverse, EntryKind.REDEEM: self.book.refund, EntryKind.VEST: None}
        entries = [entry for entry in self.book.entries if kinds.get(entry.kind)]
        if entries:
            entry = data.draw(st.sampled_from(entries))
            undoing = EntryKind.REVERSE if entry.kind is EntryKind.EARN else EntryKind.REFUND
            left = abs(entry.points.count) - ledger.undone(self.book.entries, entry, undoing)
            if points <= left:
                kinds[entry.kind](entry, points)
            else:
                with pytest.raises(InvalidFacts):
                    kinds[entry.kind](entry, points)

    @rule(points=st.integers(-30, 30).filter(bool))
    def adjust(self, points):
        if points > 0 or -points <= self.book.figures()[0]:
            self.book.adjust(points)

    @rule(data=st.data())
    def vest(self, data):
        frozen = [lot.number for lot in self.book.now().lots if lot.frozen]
        if frozen:
            self.book.vest(self.book.entries[data.draw(st.sampled_from(frozen)) - 1])

    @rule(days=st.integers(1, 15))
    def wait(self, days):
        self.book.day = date.fromordinal(self.book.day.toordinal() + days)

    @invariant()
    def everything_adds_up(self):
        book, now = self.book, self.book.now()
        assert book.entries[: len(self.seen)] == self.seen  # no entry ever changes
        self.seen = list(book.entries)
        assert ledger.account_of(book.entries, "M1") == book.account  # replay gives the state
        assert first_difference(book.account, book.entries) is None
        assert sum(entry.points.count for entry in book.entries) == book.account.net.count
        assert all(life.adds_up for life in lives(book.entries))
        assert not (now.available and now.debt)
        (found,) = list(balances([entry.tally for entry in book.entries], book.day)) or [("M1", 0, 0, 0)]
        assert tuple(found) == ("M1", now.available.count, now.frozen.count, now.debt)

    @invariant()
    def the_past_does_not_move(self):
        remembered = getattr(self, "past", {})
        for day, figures in remembered.items():
            account = ledger.as_of(self.book.entries, day, "M1")
            assert (account.available.count, account.frozen.count, account.debt) == figures, day
        yesterday = date.fromordinal(self.book.day.toordinal() - 1)
        account = ledger.as_of(self.book.entries, yesterday, "M1")
        self.past = remembered | {yesterday: (account.available.count, account.frozen.count, account.debt)}


def test_whatever_happens_the_ledger_adds_up():
    quick = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        Life, settings=settings(max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=quick)
    )


def test_balances_of_many_members_pass_over_later_entries():
    rows = []
    for name in ("A", "B"):
        book = Book(account=Account(name))
        book.earn(10, expires=MARCH_31)
        book.earn(7, vests=ordinal(2025, 3, 20))
        book.on(2025, 3, 10).redeem(4)
        rows += [entry.tally for entry in book.entries]
    assert list(balances(rows, date(2025, 3, 5))) == [("A", 10, 7, 0), ("B", 10, 7, 0)]
    assert list(balances(rows, date(2025, 3, 20))) == [("A", 13, 0, 0), ("B", 13, 0, 0)]
    assert liability(balances(rows, date(2025, 4, 1))) == (2, 14, 0, 0)
