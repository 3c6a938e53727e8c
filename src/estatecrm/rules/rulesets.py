"""
Which rules apply, and since when.

A `Ruleset` holds one record per family and one typed field per rule: type a dot to find a rule. `Ruleset.using`
exchanges rules, `Editions` picks the ruleset in force on a day.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Self, TypeAlias, TypeVar, cast

from attrs import Attribute, evolve, field, fields, frozen

from estatecrm.errors import InvalidFacts, InvalidRule
from estatecrm.model import Standing
from estatecrm.policy import Entry
from estatecrm.rules.access import ErrandAccess
from estatecrm.rules.allocation import BalancedAllocation, FirstContact
from estatecrm.rules.archives import LoanReturn, SameDayReturn
from estatecrm.rules.base import Rule
from estatecrm.rules.callbacks import (
    AfterSigning,
    AfterSubscription,
    AgreedTime,
    BuyerTrack,
    CallbackChannels,
    CareTrack,
    CompleteRecord,
    NonBuyerTrack,
    QuietHours,
    ResidentRhythm,
    ServiceCallback,
    SignedRhythm,
)
from estatecrm.rules.classes import (
    DecisionStageClass,
    Headline,
    IntentGrading,
    PurchaseCourse,
    SourceChannelClass,
    StatusOfStage,
)
from estatecrm.rules.complaints.family import ComplaintRules
from estatecrm.rules.conventions import Counting
from estatecrm.rules.duplicates import PossibleDuplicate
from estatecrm.rules.duties import Cadence, Deadline
from estatecrm.rules.loyalty.family import LoyaltyRules
from estatecrm.rules.master_data import (
    BasicIdentity,
    ChangeApplied,
    ChangeNotice,
    CollectionDuty,
    CustomerCoding,
    FileOpening,
    InformationHandIn,
    NeedBlock,
    SingleUpdater,
    SourceBlock,
)
from estatecrm.rules.reception import (
    ClearIntentNotice,
    IntentFollowUp,
    IntentRegister,
    IntentRegistration,
    PotentialContact,
    TrackingReport,
)

T = TypeVar("T")

RhythmRule: TypeAlias = Deadline[Standing] | Cadence[Standing]


@frozen(kw_only=True)
class MasterData:
    """What is known of a customer (chapter A), and duplicates (P-06)."""

    identity: BasicIdentity = field(factory=BasicIdentity)
    need: NeedBlock = field(factory=NeedBlock)
    source: SourceBlock = field(factory=SourceBlock)
    collection: CollectionDuty = field(factory=CollectionDuty)
    hand_in: InformationHandIn = field(factory=InformationHandIn)
    notice: ChangeNotice = field(factory=ChangeNotice)
    applied: ChangeApplied = field(factory=ChangeApplied)
    updater: SingleUpdater = field(factory=SingleUpdater)
    opening: FileOpening = field(factory=FileOpening)
    coding: CustomerCoding = field(factory=CustomerCoding)
    duplicate: PossibleDuplicate = field(factory=PossibleDuplicate)


@frozen(kw_only=True)
class Classes:
    """Into which classes a customer falls (chapter B)."""

    headline: Headline = field(factory=Headline)
    course: PurchaseCourse = field(factory=PurchaseCourse)
    channel: SourceChannelClass = field(factory=SourceChannelClass)
    stage: DecisionStageClass = field(factory=DecisionStageClass)
    status_of_stage: StatusOfStage = field(factory=StatusOfStage)
    grading: IntentGrading = field(factory=IntentGrading)


@frozen(kw_only=True)
class ReceptionRules:
    """After a customer was received, and who gets them (chapter C)."""

    registration: IntentRegistration = field(factory=IntentRegistration)
    tracking: TrackingReport = field(factory=TrackingReport)
    notice: ClearIntentNotice = field(factory=ClearIntentNotice)
    register: IntentRegister = field(factory=IntentRegister)
    follow_up: IntentFollowUp = field(factory=IntentFollowUp)
    potential: PotentialContact = field(factory=PotentialContact)
    allocation: BalancedAllocation = field(factory=BalancedAllocation)
    first_contact: FirstContact = field(factory=FirstContact)


@frozen(kw_only=True)
class Callbacks:
    """Calling customers back (chapter D)."""

    after_subscription: AfterSubscription = field(factory=AfterSubscription)
    after_signing: AfterSigning = field(factory=AfterSigning)
    signed: SignedRhythm = field(factory=SignedRhythm)
    residents: ResidentRhythm = field(factory=ResidentRhythm)
    after_service: ServiceCallback = field(factory=ServiceCallback)
    buyers: BuyerTrack = field(factory=BuyerTrack)
    non_buyers: NonBuyerTrack = field(factory=NonBuyerTrack)
    care: CareTrack = field(factory=CareTrack)
    channels: CallbackChannels = field(factory=CallbackChannels)
    quiet: QuietHours = field(factory=QuietHours)
    agreed: AgreedTime = field(factory=AgreedTime)
    record: CompleteRecord = field(factory=CompleteRecord)


@frozen(kw_only=True)
class Archives:
    """Files and dossiers (chapter J)."""

    loan: LoanReturn = field(factory=LoanReturn)


@frozen(kw_only=True)
class AccessRules:
    """Who may (chapter K)."""

    errand: ErrandAccess = field(factory=ErrandAccess)


Family: TypeAlias = (
    MasterData | Classes | ReceptionRules | Callbacks | ComplaintRules | LoyaltyRules | Archives | AccessRules
)


@frozen(kw_only=True)
class Ruleset:
    """
    The rules of one company, complete.

    *further* are rhythms of the host's own that have no field here; they are planned like the others.
    """

    name: str
    edition: str
    counting: Counting = field(factory=Counting)
    master: MasterData = field(factory=MasterData)
    classes: Classes = field(factory=Classes)
    reception: ReceptionRules = field(factory=ReceptionRules)
    callbacks: Callbacks = field(factory=Callbacks)
    complaints: ComplaintRules = field(factory=ComplaintRules)
    loyalty: LoyaltyRules = field(factory=LoyaltyRules)
    archives: Archives = field(factory=Archives)
    access: AccessRules = field(factory=AccessRules)
    further: tuple[RhythmRule, ...] = ()

    def using(self, *rules: Rule) -> "Ruleset":
        """
        This ruleset with each of *rules* in the one place it is a kind of.

        Raises:
            InvalidRule: a rule fits no place, or more than one; all misfits are named.
        """
        changed, misfits = self, []
        for rule in rules:
            places = [place for place in _places(changed) if isinstance(rule, place.kind)]
            if len(places) == 1:
                changed = places[0].put(changed, rule)
            else:
                what = "no place" if not places else f"{len(places)} places ({', '.join(p.path for p in places)})"
                misfits.append(f"- {rule.name()} fits {what} of the ruleset")
        if misfits:
            raise InvalidRule("\n".join(["these rules cannot be used:", *misfits]))
        return changed.stamped()

    def adding(self, *rules: RhythmRule) -> "Ruleset":
        """This ruleset with further rhythms of the host's own."""
        return evolve(self, further=(*self.further, *rules)).stamped()

    def called(self, name: str, edition: str) -> "Ruleset":
        """This ruleset under another name and edition."""
        return evolve(self, name=name, edition=edition).stamped()

    def stamped(self) -> "Ruleset":
        """With every rule knowing the edition it stands in."""
        mark, changed = f"{self.name} {self.edition}", self
        for place in _places(self):
            changed = place.put(changed, place.rule.under(mark))
        return evolve(changed, further=tuple(rule.under(mark) for rule in self.further))

    def rules(self) -> Iterator[tuple[str, Rule]]:
        """Every rule with the path on which it is found, such as ``callbacks.quiet``."""
        for place in _places(self):
            yield place.path, place.rule
        for rule in self.further:
            yield f"further.{rule.name()}", rule

    def entries(self) -> dict[str, Entry]:
        """Every rulebook entry the rules carry out, by number."""
        return {entry.id: entry for _, rule in self.rules() for entry in rule.entries()}

    @property
    def calls(self) -> tuple[RhythmRule, ...]:
        """The rhythms that lead to a contact with the customer, and so keep quiet hours."""
        reception, callbacks = self.reception, self.callbacks
        return (
            reception.follow_up,
            reception.potential,
            reception.first_contact,
            callbacks.after_subscription,
            callbacks.after_signing,
            callbacks.signed,
            callbacks.residents,
            callbacks.after_service,
            callbacks.buyers,
            callbacks.non_buyers,
            callbacks.care,
            *self.further,
        )

    @property
    def notices(self) -> tuple[RhythmRule, ...]:
        """The rhythms that stay inside the office."""
        return (self.reception.notice,)


@frozen
class Place:
    """A field of a ruleset that holds one rule."""

    path: str
    family: str
    name: str
    kind: type[Rule]
    rule: Rule

    def put(self, ruleset: Ruleset, rule: Rule) -> Ruleset:
        """*ruleset* with *rule* in this place."""
        if not self.family:
            return _with(ruleset, self.name, rule)
        return _with(ruleset, self.family, _with(getattr(ruleset, self.family), self.name, rule))


def _with(record: T, name: str, value: object) -> T:
    # The field is found by its type at run time, where a type checker cannot follow.
    changed: T = cast("Callable[..., T]", evolve)(record, **{name: value})
    return changed


def _places(ruleset: Ruleset) -> Iterator[Place]:
    for family in fields(Ruleset):
        held = getattr(ruleset, family.name)
        if isinstance(held, Rule):
            yield Place(family.name, "", family.name, _kind(family), held)
        elif isinstance(held, Family):
            for rule in fields(type(held)):
                yield Place(f"{family.name}.{rule.name}", family.name, rule.name, _kind(rule), getattr(held, rule.name))


def _kind(attribute: "Attribute[Rule]") -> type[Rule]:
    kind = attribute.type
    if not (isinstance(kind, type) and issubclass(kind, Rule)):
        raise InvalidRule(f"{attribute.name} of a ruleset must be typed with a rule class")
    return kind


@frozen
class InForce:
    """A ruleset and the first day on which it is in force."""

    since: date
    ruleset: Ruleset


def _in_order(editions: tuple[InForce, ...]) -> tuple[InForce, ...]:
    ordered = tuple(sorted(editions, key=lambda edition: edition.since))
    if not ordered:
        raise InvalidRule("editions need at least one ruleset")
    if len({edition.since for edition in ordered}) < len(ordered):
        raise InvalidRule("two editions begin on the same day")
    return ordered


@frozen
class Editions:
    """The rulesets of a company over time; the day of the event decides."""

    history: tuple[InForce, ...] = field(converter=_in_order)

    @classmethod
    def of(cls, *history: InForce) -> Self:
        """The editions, in any order."""
        return cls(history)

    def on(self, day: date) -> Ruleset:
        """
        The ruleset in force on *day*.

        Raises:
            InvalidFacts: *day* lies before the first edition.
        """
        found = [edition.ruleset for edition in self.history if edition.since <= day]
        if not found:
            raise InvalidFacts(f"no edition is in force on {day}; the first begins on {self.history[0].since}")
        return found[-1]


DEVELOPER = Ruleset(name="developer", edition="2026.1").stamped()
"""The regime of a property developer (000, 001, 002 P1): complete, and the default (R-01)."""

MEMBER_DOSSIER = DEVELOPER.using(SameDayReturn()).called("member_dossier", "2026.1")
"""Where 003 P8 speaks: dossiers come back the same day."""
