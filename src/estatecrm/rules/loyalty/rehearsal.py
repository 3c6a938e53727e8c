"""A ledger lived again under other rules: what would be owed, who would gain and who would lose."""

from collections.abc import Iterable, Sequence
from datetime import date

from attrs import evolve, field, frozen, mutable

from estatecrm.model.loyalty import Occasion, TierFacts, Window
from estatecrm.model.points import FOR_GOOD, Account, EntryKind, PointsEntry, PointsEvent
from estatecrm.rules.loyalty import ledger, measures
from estatecrm.rules.loyalty.family import LoyaltyRules
from estatecrm.rules.loyalty.ledger import Change, Credit, Stamp
from estatecrm.values import Points


@frozen
class Rehearsed:
    """One member under the rules as they are, and under the others."""

    member: str
    before: Points
    """Available and frozen, less owed."""
    after: Points
    tier_before: str
    tier_after: str
    unspendable: Points
    """What was spent but would not have been there to spend."""

    @property
    def gains(self) -> int:
        """How many points the member would have more; negative if fewer."""
        return self.after.count - self.before.count


@frozen
class Rehearsal:
    """All members under both rules, by code."""

    day: date
    members: tuple[Rehearsed, ...]

    @property
    def before(self) -> Points:
        """What the company owes, less what members owe."""
        return Points.total(each.before for each in self.members)

    @property
    def after(self) -> Points:
        """What it would owe."""
        return Points.total(each.after for each in self.members)

    @property
    def winners(self) -> tuple[Rehearsed, ...]:
        """Who would have more, most first."""
        return tuple(sorted((each for each in self.members if each.gains > 0), key=lambda each: -each.gains))

    @property
    def losers(self) -> tuple[Rehearsed, ...]:
        """Who would have less, most first."""
        return tuple(sorted((each for each in self.members if each.gains < 0), key=lambda each: each.gains))

    @property
    def moved(self) -> tuple[Rehearsed, ...]:
        """Whose tier would be another."""
        return tuple(each for each in self.members if each.tier_before != each.tier_after)


def rehearsed(books: Iterable[Sequence[PointsEntry]], now: LoyaltyRules, other: LoyaltyRules, day: date) -> Rehearsal:
    """
    The entries of each member in *books* lived again under *other*, up to *day*.

    What is frozen until an errand vests it vests when it did; what never had to vest stays frozen. Points that would
    not have been there to spend are counted, and not spent.
    """
    found = []
    for entries in books:
        lived = _Life(other, Account(entries[0].member))
        for entry in entries:
            lived.live(entry)
        before = ledger.as_of(entries, day, entries[0].member)
        after = ledger.as_of(lived.entries, day, entries[0].member)
        tiers = (_tier(entries, now, day), _tier(lived.entries, other, day))
        found.append(Rehearsed(entries[0].member, _worth(before), _worth(after), *tiers, Points(lived.unspendable)))
    return Rehearsal(day, tuple(sorted(found, key=lambda each: each.member)))


@mutable
class _Life:
    """One member's ledger as it grows under other rules; *places* are the new numbers of the old entries."""

    rules: LoyaltyRules
    account: Account
    entries: list[PointsEntry] = field(factory=list)
    places: dict[int, int] = field(factory=dict)
    unspendable: int = 0

    def live(self, entry: PointsEntry) -> None:
        """What *entry* would have been."""
        account, due = ledger.brought(self.account, entry.day)
        change = self._change(account, entry)
        for each in due:
            self._record(each, entry)
        if change:
            self._record(change, entry)
        if change:
            self.places[entry.number] = len(self.entries)

    def _change(self, account: Account, entry: PointsEntry) -> Change | None:
        if entry.kind is EntryKind.EARN:
            return self._earning(account, entry)
        if entry.kind in (EntryKind.REFUND, EntryKind.REVERSE):
            return self._undoing(account, entry)
        if entry.kind is EntryKind.VEST:
            number = self.places.get(entry.of)
            waits = any(lot.number == number and lot.vests >= FOR_GOOD for lot in account.lots)
            return ledger.vest(account, number) if number is not None and waits else None
        if entry.kind is EntryKind.EXPIRE:
            return None
        points = entry.points.count
        if points > 0:
            return ledger.earn(account, Credit(points), entry.kind)
        spent = min(-points, account.available.count)
        self.unspendable += -points - spent
        return ledger.take(account, spent, self.rules.terms.order, entry.kind) if spent else None

    def _earning(self, account: Account, entry: PointsEntry) -> Change | None:
        points = entry.points
        if entry.event is not None:
            occasion = Occasion(
                event=entry.event, is_member=True, times=entry.times, price=entry.base, earned=self._earned(entry)
            )
            points = self.rules.earning.decide(occasion).outcome or Points(0)
        credit = self.rules.terms.credit(points, entry.event, entry.day)
        return ledger.earn(account, credit) if points.count else None

    def _undoing(self, account: Account, entry: PointsEntry) -> Change | None:
        number = self.places.get(entry.of)
        if number is None:
            return None
        first = self.entries[number - 1]
        before = ledger.undone(self.entries, first, entry.kind)
        left = abs(first.points.count) - before
        points = min(left, abs(entry.points.count)) if entry.kind is EntryKind.REFUND else left
        if not points:
            return None
        terms = self.rules.terms.options()
        if entry.kind is EntryKind.REFUND:
            return ledger.refund(account, first, points, before, terms)
        return ledger.reverse(account, first, points, before, terms)

    def _earned(self, entry: PointsEntry) -> Points:
        cap = self.rules.earning.cap(entry.event) if isinstance(entry.event, PointsEvent) else None
        window = cap.window if cap else Window.LIFETIME
        return measures.earned(self.entries, entry.event, window, entry.day)

    def _record(self, change: Change, entry: PointsEntry) -> None:
        stamp = Stamp(
            entry.at, entry.clause, self.rules.terms.edition, entry.actor, "", "", event=entry.event, base=entry.base
        )
        self.account, written = ledger.recorded(evolve(self.account, day=entry.day.toordinal()), change, stamp)
        self.entries.append(written)


def _tier(entries: Sequence[PointsEntry], rules: LoyaltyRules, day: date) -> str:
    rule = rules.tier
    return rule.classify(TierFacts(measures.measured(entries, rule.base, rule.window, day))).outcome or ""


def _worth(account: Account) -> Points:
    return account.available + account.frozen - account.owed
