"""The desk where the ledger of points is read: balances, statements, what the company owes, and the proof."""

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from estatecrm.decisions import Decision, Table
from estatecrm.desks.desk import Desk, admit
from estatecrm.model import Acting, Errand
from estatecrm.model.loyalty import Downgrade, Expiring, TierFacts
from estatecrm.model.points import Account, Liability
from estatecrm.rules.loyalty import ledger, measures
from estatecrm.rules.loyalty.bulk import Balance, balances, liability
from estatecrm.rules.loyalty.proof import Difference, first_difference
from estatecrm.rules.loyalty.rehearsal import Rehearsal, rehearsed
from estatecrm.rules.loyalty.statement import AccountEntries
from estatecrm.rules.rulesets import Ruleset
from estatecrm.storage import Session
from estatecrm.values import Points

SOON = 60
"""Within how many days points count as soon gone."""


@frozen
class MemberPoints:
    """What a member has on a day: to spend, frozen, owed; their tier, and what is soon gone."""

    member: str
    day: date
    available: Points
    frozen: Points
    owed: Points
    tier: str
    expiring: tuple[Expiring, ...]


@frozen
class Proof:
    """What a proof of the ledger looked at, and the first thing that is not as it should be."""

    members: int
    entries: int
    difference: Difference | None

    @property
    def sound(self) -> bool:
        """Whether everything adds up."""
        return self.difference is None


@frozen
class PointsBooksDesk(Desk):
    """The ledger of points, read as of any day; reading is an errand that is logged."""

    def balance(self, acting: Acting, member: str, *, on: date | None = None) -> Decision[MemberPoints]:
        """
        What *member* has at the close of *on*, today unless given.

        Raises:
            NotFound: there is no such customer.
        """
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.READ_POINTS, member)
            if admitted.refused:
                return admitted.carrying(None)
            session.customers.get(member)
            day = on or self.day()
            account = self._account(session, member, day)
            expiring = measures.soon_expired(account, day, SOON)
            owed = Points(account.debt)
            tier = self._tier(session, member, day)
            found = MemberPoints(member, day, account.available, account.frozen, owed, tier, expiring)
            return admitted.carrying(found)

    def statement(self, acting: Acting, member: str, *, since: date = date.min) -> Decision[Table]:
        """
        Every entry of *member* from *since* on, each with its ground, its lots and the balance after it.

        Raises:
            NotFound: there is no such customer.
        """
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.READ_POINTS, member)
            if admitted.refused:
                return admitted.carrying(None)
            session.customers.get(member)
            entries = tuple(session.points.of(member))
            return admitted.carrying(self.rules().loyalty.statement.table(AccountEntries(member, entries, since)))

    def liability(self, acting: Acting, *, on: date | None = None) -> Decision[Liability]:
        """What the company owes all members at the close of *on*, at what a point is worth against a price."""
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.READ_POINTS, "liability")
            if admitted.refused:
                return admitted.carrying(None)
            day = on or self.day()
            found = balances(session.points.tallies(), day)
            accounts, available, frozen, owed = liability(_that_exist(found))
            worth = Points(available + frozen).worth(self.rules(day).loyalty.offset.yuan_per_point)
            return admitted.carrying(Liability(day, accounts, Points(available), Points(frozen), Points(owed), worth))

    def verify(self, acting: Acting, member: str = "") -> Decision[Proof]:
        """Work out the account of *member*, or of everybody, again from the entries; the first difference is named."""
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.READ_POINTS, member or "proof")
            return admitted.carrying(_proof(session, member) if admitted.granted else None)

    def rehearse(self, acting: Acting, other: Ruleset) -> Decision[Rehearsal]:
        """What the ledger so far would be under *other*: liability, tiers, who gains and who loses. Changes nothing."""
        with self.store.writing() as session:
            admitted = admit(self, session, acting, Errand.READ_POINTS, "rehearsal")
            if admitted.refused:
                return admitted.carrying(None)
            books = (session.points.of(member) for member in _members(session))
            return admitted.carrying(rehearsed(books, self.rules().loyalty, other.loyalty, self.day()))

    def _account(self, session: Session, member: str, day: date) -> Account:
        account = session.points.account(member)
        if account.day <= day.toordinal():
            return ledger.brought(account, day)[0]
        return ledger.as_of(session.points.of(member), day, member)

    def _tier(self, session: Session, member: str, day: date) -> str:
        rule = self.rules(day).loyalty.tier
        figure = measures.highest if rule.downgrade is Downgrade.NEVER else measures.measured
        entries = [entry for entry in session.points.of(member) if entry.day <= day]
        return rule.classify(TierFacts(figure(entries, rule.base, rule.window, day))).outcome or ""


def _that_exist(found: Iterator[Balance]) -> Iterator[Balance]:
    return (balance for balance in found if balance.available or balance.frozen or balance.debt)


def _members(session: Session) -> list[str]:
    return list(dict.fromkeys(tally[0] for tally in session.points.tallies()))


def _proof(session: Session, member: str) -> Proof:
    members = [member] if member else _members(session)
    seen = 0
    for count, each in enumerate(members):
        entries = session.points.of(each)
        seen += len(entries)
        difference = first_difference(session.points.account(each), entries)
        if difference is not None:
            return Proof(count + 1, seen, difference)
    return Proof(len(members), seen, None)
