"""The rules of loyalty, one field each."""

from attrs import field, frozen

from estatecrm.rules.loyalty.club import (
    ClubBelonging,
    ClubCalendar,
    CrossCooperation,
    NeighbourGroup,
    OwnerMail,
    PersonalObservation,
)
from estatecrm.rules.loyalty.earning import PointsEarning, PointsMilestone, ValueFromPoints
from estatecrm.rules.loyalty.membership import (
    CardReminder,
    ExpiryWarning,
    MemberCare,
    MemberDiscount,
    Membership,
    MemberTier,
    PriorityPurchase,
)
from estatecrm.rules.loyalty.referrals import (
    ChainIntroduction,
    KeyPerson,
    PropertyShare,
    ReferralCourse,
    ReferralShare,
)
from estatecrm.rules.loyalty.spending import (
    GiftExchange,
    PointsAdjustment,
    PointsOffset,
    PointsRedemption,
    PointsTransfer,
)
from estatecrm.rules.loyalty.statement import PointsStatement
from estatecrm.rules.loyalty.terms import LedgerTerms


@frozen(kw_only=True)
class LoyaltyRules:
    """Points, membership, referral and club (chapter G); value from points (O-09) and cards (D-12)."""

    membership: Membership = field(factory=Membership)
    tier: MemberTier = field(factory=MemberTier)
    earning: PointsEarning = field(factory=PointsEarning)
    terms: LedgerTerms = field(factory=LedgerTerms)
    redemption: PointsRedemption = field(factory=PointsRedemption)
    gifts: GiftExchange = field(factory=GiftExchange)
    offset: PointsOffset = field(factory=PointsOffset)
    transfer: PointsTransfer = field(factory=PointsTransfer)
    adjustment: PointsAdjustment = field(factory=PointsAdjustment)
    statement: PointsStatement = field(factory=PointsStatement)
    milestone: PointsMilestone = field(factory=PointsMilestone)
    warning: ExpiryWarning = field(factory=ExpiryWarning)
    value: ValueFromPoints = field(factory=ValueFromPoints)
    discount: MemberDiscount = field(factory=MemberDiscount)
    priority: PriorityPurchase = field(factory=PriorityPurchase)
    care: MemberCare = field(factory=MemberCare)
    card: CardReminder = field(factory=CardReminder)
    calendar: ClubCalendar = field(factory=ClubCalendar)
    belonging: ClubBelonging = field(factory=ClubBelonging)
    chain: ChainIntroduction = field(factory=ChainIntroduction)
    key_person: KeyPerson = field(factory=KeyPerson)
    observation: PersonalObservation = field(factory=PersonalObservation)
    cross: CrossCooperation = field(factory=CrossCooperation)
    referral: ReferralCourse = field(factory=ReferralCourse)
    property_share: PropertyShare = field(factory=PropertyShare)
    referral_share: ReferralShare = field(factory=ReferralShare)
    neighbours: NeighbourGroup = field(factory=NeighbourGroup)
    mail: OwnerMail = field(factory=OwnerMail)
