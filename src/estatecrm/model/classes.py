"""The classes customers and contacts fall into (rulebook, appendix 3)."""

from enum import Enum


class PurchaseStatus(Enum):
    """How far a customer has come with a unit (B-01), in order."""

    INTENT = "intent"
    SUBSCRIBED = "subscribed"
    SIGNED = "signed"
    MOVED_IN = "moved_in"


class DecisionStage(Enum):
    """Where a customer stands in deciding (B-04); `PROBLEM` and `SPECIAL_OFFER` lie over any other."""

    CALL_IN = "call_in"
    POTENTIAL = "potential"
    INTENT = "intent"
    DEPOSIT = "deposit"
    UNSIGNED = "unsigned"
    PROBLEM = "problem"
    SPECIAL_OFFER = "special_offer"


class IntentGrade(Enum):
    """How strong the wish to buy is (B-07): clear, strong, watching, cold."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class LeadSource(Enum):
    """How the customer came (A-03, B-03)."""

    ADVERTISING = "advertising"
    FRIEND_REFERRAL = "friend_referral"
    WALK_BY = "walk_by"
    SITE_VISIT = "site_visit"
    EXPO = "expo"
    EVENT = "event"
    BILLBOARD = "billboard"
    WEB = "web"
    MINI_PROGRAM = "mini_program"
    SOCIAL_MEDIA = "social_media"
    ONLINE_AD = "online_ad"
    OTHER = "other"


class SourceChannel(Enum):
    """Whether a customer came online or offline (B-03)."""

    ONLINE = "online"
    OFFLINE = "offline"


class InformationGroup(Enum):
    """What kind of information is collected (A-04)."""

    BASIC = "basic"
    NEED = "need"
    SOURCE = "source"
    LIVING_EXPERIENCE = "living_experience"
    PROBLEMS = "problems"
    SUGGESTIONS = "suggestions"
    CONSTRUCTION_OPINION = "construction_opinion"
    PROSPECT = "prospect"


class CollectionStage(Enum):
    """When information is collected (A-04)."""

    ENQUIRY = "enquiry"
    SUBSCRIPTION = "subscription"
    SIGNING = "signing"
    CONSTRUCTION = "construction"
    MOVED_IN = "moved_in"
    EVENT = "event"


class CallbackChannel(Enum):
    """How a callback may be made (D-05)."""

    PHONE = "phone"
    HOME_VISIT = "home_visit"
    QUESTIONNAIRE = "questionnaire"
    EMAIL = "email"
    SMS = "sms"


class CallbackSatisfaction(Enum):
    """What the customer says of the service (D-19)."""

    SATISFIED = "satisfied"
    ORDINARY = "ordinary"
    DISSATISFIED = "dissatisfied"


class CallbackTopic(Enum):
    """What a callback asks about (D-03, D-04, D-10)."""

    PROCESS_SATISFACTION = "process_satisfaction"
    SERVICE_SATISFACTION = "service_satisfaction"
    OPINIONS = "opinions"
    PROPERTY_SERVICE = "property_service"
    FACILITIES = "facilities"
    PROBLEMS = "problems"


class ContactKind(Enum):
    """What kind of meeting a contact was."""

    VISIT = "visit"
    CALL_IN = "call_in"
    CALLBACK = "callback"


class Likelihood(Enum):
    """Whether a newcomer is somebody known already (P-06)."""

    NEW = "new"
    KNOWN = "known"
    POSSIBLE_DUPLICATE = "possible_duplicate"
