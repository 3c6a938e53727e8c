"""The desk of loyalty: earned once, spent once, corrected by further entries; refused without a trace in the ledger."""

from datetime import date

import pendulum
import pytest
from attrs import evolve

from estatecrm.clock import FixedClock
from estatecrm.desks import open_office
from estatecrm.errors import Conflict, InvalidFacts, NotFound
from estatecrm.messages import language
from estatecrm.model import Acting, Customer, PurchaseStatus, Purpose, UnitTie
from estatecrm.model.loyalty import Gift, TransferCircle, Window
from estatecrm.model.points import EntryKind, PointsEvent
from estatecrm.model.points_requests import (
    Adjustment,
    Award,
    GiftOrder,
    PriceOffset,
    Redemption,
    Refund,
    Reversal,
    Transfer,
    Vesting,
)
from estatecrm.model.referrals import Kinship, Referral, ReferralState
from estatecrm.rules.loyalty.market import MARKET_CLUB
from estatecrm.rules.loyalty.membership import MemberTier
from estatecrm.rules.loyalty.spending import PointsTransfer
from estatecrm.rules.rulesets import DEVELOPER
from estatecrm.values import Points, yuan

CLERK = Acting("zhao", Purpose.MAINTENANCE)
MANAGER = Acting("qian", Purpose.ADMINISTRATION)
CONSULTANT = Acting("chen", Purpose.FOLLOW_UP)
E = PointsEvent


@pytest.fixture(autouse=True)
def customers(store, office):
    """Two members, and somebody who has not signed."""
    signed = (UnitTie("1-101", PurchaseStatus.SIGNED, signed_on=date(2025, 2, 1)),)
    with store.writing() as session:
        for code, ties in (("A", signed), ("B", signed), ("C", ())):
            session.customers.add(Customer(code=code, project="LH", name="甄试样", ties=ties))


@pytest.fixture
def club(store):
    """The same office under the rules of clubs on the market, on a given day of 2025."""

    def on(month: int = 3, day: int = 3, year: int = 2025):
        moment = pendulum.datetime(year, month, day, 10, tz="Asia/Shanghai")
        return open_office(store, ruleset=MARKET_CLUB, clock=FixedClock(moment))

    return on


def award(office, member="A", event=E.PURCHASE, cause="contract 1", price=2_000_000, **more):
    price = yuan(price) if event is E.PURCHASE else None
    return office.loyalty.award(CLERK, Award(member=member, event=event, cause=cause, price=price, **more))


def redeem(office, points, key="r1", member="A"):
    return office.loyalty.redeem(CLERK, Redemption(member=member, points=Points(points), cause="fee", key=key))


def figures(office, member="A", **when) -> tuple[int, int, int]:
    found = office.loyalty.balance(CONSULTANT, member, **when).expect()
    return found.available.count, found.frozen.count, found.owed.count


def entries(store, member="A") -> list[tuple[EntryKind, int]]:
    with store.reading() as session:
        return [(entry.kind, entry.points.count) for entry in session.points.of(member)]


def codes(decision) -> list[str]:
    return [condition.code for condition in decision.unmet]


class TestOnce:
    def test_g_04_the_same_activity_posted_twice_earns_20_not_40(self, office, store):
        first = award(office, event=E.COMPANY_ACTIVITY, cause="spring outing").expect()
        second = award(office, event=E.COMPANY_ACTIVITY, cause="spring outing")
        assert second.outcome == first
        assert [each.code for each in second.conditions] == ["points.replayed"]
        assert figures(office) == (20, 0, 0)
        assert entries(store) == [(EntryKind.EARN, 20)]

    def test_the_same_request_written_otherwise_is_the_same(self, office):
        key = "k"
        first = award(office, price="2000000.00", key=key).expect()
        assert award(office, price=2_000_000, key=key).expect() == first

    def test_the_key_of_another_request_is_a_conflict(self, office, store):
        award(office, key="k")
        with pytest.raises(Conflict, match="another request"):
            award(office, price=3_000_000, key="k")
        with pytest.raises(Conflict, match="another request"):
            award(office, member="B", key="k")
        assert entries(store) == [(EntryKind.EARN, 2_000)]
        assert entries(store, "B") == []

    def test_a_refused_request_does_not_use_up_its_key(self, office, store):
        assert codes(redeem(office, 10, "r1")) == ["spend.enough"]
        assert entries(store) == []
        award(office)
        assert redeem(office, 10, "r1").granted

    def test_a_retry_after_the_points_are_gone_still_gives_the_first_result(self, office):
        award(office)
        first = redeem(office, 2_000, "r1").expect()
        assert redeem(office, 2_000, "r1").expect() == first
        assert figures(office) == (0, 0, 0)

    def test_a_key_is_a_line_of_text(self, office):
        for key in (" ", "a\nb"):
            with pytest.raises(InvalidFacts, match="a key on one line"):
                redeem(office, 1, key)

    def test_a_clerk_is_no_part_of_the_request(self, office):
        first = award(office).expect()
        acting = Acting("wu", Purpose.MAINTENANCE)
        again = office.loyalty.award(
            acting, Award(member="A", event=E.PURCHASE, cause="contract 1", price=yuan(2_000_000))
        )
        assert again.outcome == first
        assert first.actor == "zhao"


class TestSpending:
    def test_g_06_points_pay_a_part_of_the_price(self, office):
        award(office, price=2_520_000)
        order = PriceOffset(member="A", contract="contract 2", contract_price=yuan(200_000))
        decision = office.loyalty.offset(CLERK, order)
        assert decision.expect().base == yuan(2_000)
        assert figures(office) == (520, 0, 0)
        assert [step.code for step in decision.working] == ["offset.worth", "offset.capped", "spend.lot"]

    def test_g_06_above_the_cap_is_refused(self, office, store):
        award(office, price=9_000_000)
        order = PriceOffset(member="A", contract="c", contract_price=yuan(200_000), wanted=Points(2_001))
        assert codes(office.loyalty.offset(CLERK, order)) == ["offset.cap"]
        assert len(entries(store)) == 1

    def test_g_06_the_cap_is_that_of_the_contract_however_often_it_is_asked(self, office):
        award(office, price=9_000_000)

        def offset(key, wanted=None, contract="c"):
            price = yuan(200_000)
            order = PriceOffset(member="A", contract=contract, contract_price=price, wanted=wanted, key=key)
            return office.loyalty.offset(CLERK, order)

        assert offset("o1", Points(1_500)).granted
        assert codes(offset("o2", Points(501))) == ["offset.cap"]
        assert offset("o3").expect().base == yuan(500)
        assert codes(offset("o4")) == ["offset.some"]
        assert offset("o5", contract="d").expect().base == yuan(2_000)
        office.loyalty.refund(CLERK, Refund(of="o1", cause="late", points=Points(600)))
        assert offset("o6").expect().base == yuan(600)

    def test_g_05_a_gift(self, office, store):
        award(office, price=600_000)
        kettle = Gift("kettle", Points(600), 1, None, date(2025, 3, 3))
        assert office.loyalty.exchange(CLERK, GiftOrder(member="A", gift=kettle, key="g1")).granted
        assert figures(office) == (0, 0, 0)
        over = evolve(kettle, offered_until=date(2025, 3, 2))
        refused = office.loyalty.exchange(CLERK, GiftOrder(member="A", gift=over, key="g2"))
        assert codes(refused) == ["gift.on_offer", "spend.enough"]
        assert len(entries(store)) == 2

    def test_the_lots_that_were_used_and_why(self, club):
        award(club(3, 3), event=E.SURVEY, cause="s1")
        award(club(4, 3), event=E.SURVEY, cause="s2")
        decision = redeem(club(5, 1), 7)
        speak = language("zh")
        assert [speak.step(step) for step in decision.working[1:]] == [
            "取自第1笔：5分，2027年3月3日到期",
            "取自第2笔：2分，2027年4月3日到期",
        ]

    def test_who_is_no_member(self, office, store):
        assert codes(award(office, member="C")) == ["earn.member"]
        assert codes(redeem(office, 1, member="C")) == ["spend.member", "spend.enough"]
        assert entries(store, "C") == []

    def test_who_is_unknown(self, office):
        for errand in (lambda: award(office, member="Z"), lambda: redeem(office, 1, member="Z")):
            with pytest.raises(NotFound):
                errand()
        with pytest.raises(NotFound):
            figures(office, "Z")

    def test_who_may_not(self, office, store):
        refused = office.loyalty.award(CONSULTANT, Award(member="A", event=E.SUGGESTION, cause="x"))
        assert codes(refused) == ["access.role"]
        assert entries(store) == []


class TestCorrections:
    def test_g_04_a_returned_home_leaves_a_debt_of_100(self, office, store):
        key = award(office).expect().key
        redeem(office, 100)
        entry = office.loyalty.reverse(CLERK, Reversal(of=key, cause="home returned")).expect()
        assert entry.points == Points(-2_000)
        assert figures(office) == (0, 0, 100)
        assert entries(store)[-1] == (EntryKind.REVERSE, -2_000)
        award(office, event=E.JOURNAL_ARTICLE, cause="spring issue")
        assert figures(office) == (0, 0, 0)

    def test_a_refund_in_two_parts_and_no_more(self, office):
        award(office)
        redeem(office, 100)
        refund = office.loyalty.refund
        assert refund(CLERK, Refund(of="r1", cause="late", points=Points(60), key="f1")).expect().points == Points(60)
        assert refund(CLERK, Refund(of="r1", cause="late", key="f2")).expect().points == Points(40)
        assert figures(office) == (2_000, 0, 0)
        with pytest.raises(InvalidFacts):
            refund(CLERK, Refund(of="r1", cause="late", points=Points(1), key="f3"))
        with pytest.raises(InvalidFacts):
            refund(CLERK, Refund(of="r1", cause="late", key="f4"))

    def test_what_was_never_kept_is_not_found(self, office):
        with pytest.raises(NotFound, match="under the key 'x'"):
            office.loyalty.refund(CLERK, Refund(of="x", cause="late"))

    def test_an_adjustment_needs_somebody_else_in_charge(self, office, store):
        def adjust(acting, approver, points=50, key="a1"):
            asked = Adjustment(member="A", points=Points(points), cause="lost form", approver=approver, key=key)
            return office.loyalty.adjust(acting, asked)

        assert codes(adjust(CLERK, "zhao")) == ["adjust.approver", "adjust.four_eyes"]
        assert codes(adjust(CLERK, "nobody")) == ["adjust.approver"]
        assert entries(store) == []
        assert adjust(CLERK, "qian").expect().approver == "qian"
        assert codes(adjust(CLERK, "qian", -51, "a2")) == ["spend.enough"]
        assert adjust(CLERK, "qian", -50, "a2").granted
        assert figures(office) == (0, 0, 0)

    def test_a_transfer_only_where_it_is_allowed_and_with_the_same_last_day(self, club, store):
        award(club(3, 3), event=E.SURVEY, cause="s1")
        award(club(4, 3), event=E.SURVEY, cause="s2")
        asked = Transfer(giver="A", receiver="B", points=Points(7), cause="family", key="t1")
        assert codes(club(5, 1).loyalty.transfer(CLERK, asked)) == ["transfer.circle"]

        class ToMembers(PointsTransfer):
            circle = TransferCircle.MEMBERS

        clock = FixedClock(pendulum.datetime(2025, 5, 1, 10, tz="Asia/Shanghai"))
        office = open_office(store, ruleset=MARKET_CLUB.using(ToMembers()), clock=clock)
        given = office.loyalty.transfer(CLERK, asked).expect()
        assert given.points == Points(-7)
        assert office.loyalty.transfer(CLERK, asked).expect() == given
        assert (figures(office), figures(office, "B")) == ((3, 0, 0), (7, 0, 0))
        assert figures(office, "B", on=date(2027, 3, 4)) == (2, 0, 0)


class TestDays:
    def test_frozen_until_the_contract_is_filed(self, club):
        key = award(club(3, 3)).expect().key
        assert figures(club(3, 3)) == (0, 200, 0)
        assert codes(redeem(club(3, 4), 1)) == ["spend.enough"]
        club(4, 1).loyalty.vest(CLERK, Vesting(of=key, cause="filed"))
        assert figures(club(4, 1)) == (200, 0, 0)
        assert figures(club(4, 1), on=date(2025, 3, 31)) == (0, 200, 0)

    def test_points_expire_by_entries_when_the_day_is_closed(self, club, store):
        award(club(3, 3), event=E.SURVEY, cause="s1")
        later = club(3, 4, 2027)
        assert figures(later) == (0, 0, 0)
        assert figures(later, on=date(2027, 3, 3)) == (5, 0, 0)
        assert entries(store) == [(EntryKind.EARN, 5)]
        closed = later.loyalty.close_day(CLERK).expect()
        assert (closed.members, closed.vested, closed.expired) == (1, Points(0), Points(5))
        assert entries(store) == [(EntryKind.EARN, 5), (EntryKind.EXPIRE, -5)]
        assert later.loyalty.close_day(CLERK).expect().members == 0

    def test_soon_gone(self, club):
        award(club(3, 3), event=E.SURVEY, cause="s1")
        (expiring,) = club(1, 2, 2027).loyalty.balance(CLERK, "A").expect().expiring
        assert (expiring.points, expiring.last_day) == (Points(5), date(2027, 3, 3))

    def test_what_the_company_owes_on_any_day(self, club):
        award(club(3, 3))
        award(club(3, 3), member="B", event=E.SURVEY, cause="s1")
        found = club(3, 10).loyalty.liability(MANAGER).expect()
        assert (found.accounts, found.available, found.frozen, found.worth) == (2, Points(5), Points(200), yuan(2_050))
        assert club(3, 10).loyalty.liability(MANAGER, on=date(2025, 3, 2)).expect().accounts == 0

    def test_the_clock_may_not_go_back(self, office, at):
        award(at(3, 4))
        with pytest.raises(InvalidFacts, match="set the clock"):
            redeem(at(3, 3), 1)


class TestTiers:
    def tier(self, office) -> str:
        return office.loyalty.balance(CLERK, "A").expect().tier

    def test_a_tier_follows_the_window_where_it_is_lost_again(self, club):
        award(club(3, 3), event=E.REFERRAL, cause="x")
        assert self.tier(club(3, 3)) == "lingshang"
        assert self.tier(club(3, 2, 2026)) == "lingshang"
        assert self.tier(club(3, 3, 2026)) == "youshang"

    def test_a_tier_once_reached_is_kept_where_it_is_not(self, store):
        class OneYear(MemberTier):
            window = Window.ROLLING_YEAR

        def on(year):
            clock = FixedClock(pendulum.datetime(year, 3, 3, 10, tz="Asia/Shanghai"))
            return open_office(store, ruleset=DEVELOPER.using(OneYear()), clock=clock)

        key = award(on(2025)).expect().key
        assert (self.tier(on(2025)), self.tier(on(2027))) == ("silver", "silver")
        on(2027).loyalty.reverse(CLERK, Reversal(of=key, cause="returned"))
        assert self.tier(on(2027)) == "ordinary"


class TestReferral:
    SIGNED = Referral(
        referrer="A",
        buyer="B",
        state=ReferralState.SIGNED,
        registered_on=date(2025, 1, 1),
        first_visit=date(2025, 1, 2),
        signed_on=date(2025, 2, 1),
    )

    def test_g_16_rewarded_once_and_taken_back_on_return(self, office, store):
        entry = office.loyalty.reward(CLERK, self.SIGNED).expect()
        assert (entry.points, entry.clause, entry.event) == (Points(500), "G-16", E.REFERRAL)
        assert office.loyalty.reward(CLERK, self.SIGNED).expect() == entry
        assert codes(office.loyalty.reward(CLERK, evolve(self.SIGNED, rewarded=True))) == ["referral.unpaid"]
        returned = evolve(self.SIGNED, state=ReferralState.REWARDED, returned_on=date(2025, 3, 1))
        office.loyalty.take_back(CLERK, returned)
        assert entries(store) == [(EntryKind.EARN, 500), (EntryKind.REVERSE, -500)]

    def test_g_16_somebody_else_is_not_rewarded_for_the_same_buyer(self, office):
        office.loyalty.reward(CLERK, self.SIGNED)
        with pytest.raises(Conflict):
            office.loyalty.award(CLERK, Award(member="B", event=E.REFERRAL, cause="B", key="referral:B"))

    def test_who_is_not_rewarded(self, office, store):
        assert codes(office.loyalty.reward(CLERK, evolve(self.SIGNED, kinship=Kinship.SPOUSE))) == [
            "referral.no_relative"
        ]
        assert codes(office.loyalty.take_back(CLERK, self.SIGNED)) == ["referral.returned"]
        assert entries(store) == []


class TestBooks:
    def test_a_statement_shows_ground_lots_and_balance(self, office):
        award(office)
        redeem(office, 100)
        (page,) = office.loyalty.statement(CLERK, "A").expect()
        assert page.title == "A"
        assert [(row[1], row[4], row[5], row[8], row[9]) for row in page.rows] == [
            (EntryKind.EARN, Points(2_000), Points(2_000), ("#1 +2000",), "G-02"),
            (EntryKind.REDEEM, Points(-100), Points(1_900), ("#1 -100",), "G-04"),
        ]
        (page,) = office.loyalty.statement(CLERK, "A", since=date(2025, 3, 4)).expect()
        assert page.rows == ()

    def test_a_statement_becomes_a_workbook(self, office, tmp_path):
        from openpyxl import load_workbook

        from estatecrm.exchange import write_table

        award(office)
        write_table(tmp_path / "statement.xlsx", office.loyalty.statement(CLERK, "A").expect(), language("zh"))
        sheet = load_workbook(tmp_path / "statement.xlsx").active
        assert [cell.value for cell in sheet[1]][:5] == ["日期", "种类", "事由", "依据", "积分"]
        assert [cell.value for cell in sheet[2]][1:4] == ["获得", "购房", "contract 1"]

    def test_the_proof_finds_nothing_then_the_first_difference(self, office, store):
        award(office)
        award(office, member="B")
        redeem(office, 100)
        assert office.loyalty.verify(CLERK).expect().sound
        with store.writing() as session:
            account = session.points.hold("A")
            entry = evolve(session.points.of("A")[0], number=3, key="forged", points=Points(5))
            session.points.append(evolve(account, number=3), [entry])
        proof = office.loyalty.verify(CLERK).expect()
        assert (proof.members, proof.difference.member, proof.difference.number) == (1, "A", 3)
        assert proof.difference.what == "sum"
        assert office.loyalty.verify(CLERK, "B").expect().sound

    def test_two_rulesets_are_compared_before_one_is_adopted(self, office, store):
        award(office)
        redeem(office, 1_500)
        award(office, member="B", event=E.COMPANY_ACTIVITY, cause="outing")
        found = office.loyalty.rehearse(CLERK, MARKET_CLUB).expect()
        assert [(each.member, each.before.count, each.after.count) for each in found.members] == [
            ("A", 500, 200),
            ("B", 20, 5),
        ]
        assert [each.unspendable for each in found.members] == [Points(1_500), Points(0)]
        assert (found.before, found.after) == (Points(520), Points(205))
        assert [each.member for each in found.losers] == ["A", "B"]
        assert found.winners == ()
        assert [(each.tier_before, each.tier_after) for each in found.moved] == [
            ("silver", "lingshang"),
            ("ordinary", "youshang"),
        ]
        assert len(entries(store)) == 2

    def test_under_the_same_rules_nothing_would_change(self, office):
        key = award(office).expect().key
        redeem(office, 1_500)
        office.loyalty.refund(CLERK, Refund(of="r1", cause="late", points=Points(500)))
        office.loyalty.reverse(CLERK, Reversal(of=key, cause="returned"))
        award(office, event=E.COMPANY_ACTIVITY, cause="outing", times=3)
        found = office.loyalty.rehearse(CLERK, DEVELOPER).expect()
        assert [(each.before, each.after) for each in found.members] == [(Points(-940), Points(-940))]

    def test_reading_is_logged_too(self, office, store):
        office.loyalty.balance(CONSULTANT, "A")
        with store.reading() as session:
            assert session.log.newest(1)[0].errand.value == "read_points"
